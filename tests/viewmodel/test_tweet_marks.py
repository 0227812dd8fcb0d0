"""Single tweets: a mark each, cards where there is room, none over another; hostile texts are texts."""
from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lane_reading import boxes, faults, measure, overlap, said
from timeline_app.base.text import catalogue
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND
from timeline_app.domain.time import Span
from timeline_app.engine import collection_lanes
from timeline_app.engine.dataset import Collection
from timeline_app.viewmodel import tweet_cards, tweet_marks
from timeline_app.viewmodel.lanes import tweets as lane
from timeline_app.viewmodel.picture import LanePicture, LaneRequest
from timeline_app.viewmodel.window import TimeScale, Window
from tweet_fakes import NOON, dataset_of, of_rows, of_tweets, told, tweet_id

HOSTILE = ("\u202eright to left\u202c <b>bold</b> &amp; \x07", "Z\u0338\u0322\u031b\u034ea\u0337l\u0336go " * 9,
           "👩‍👩‍👧‍👦" * 80, "가" * 700, "A" * 900, "\n\n\t ", "", "&lt;script&gt;")
TIMES = [NOON + n * 7 * SECOND + (n % 5) * 300 for n in range(600)]


@pytest.fixture(scope="module")
def chatty(tmp_path_factory) -> Collection:
    lines = [told(at, HOSTILE[n % len(HOSTILE)] or f"plain words {n}", "Blue", lang=("en", "ko")[n % 2], retweets=n % 3)
             for n, at in enumerate(TIMES)]
    return of_tweets(tmp_path_factory.mktemp("chatty"), *lines)


@pytest.fixture(scope="module")
def bare(tmp_path_factory) -> Collection:
    return of_rows(tmp_path_factory.mktemp("bare"), "tweet_id", [str(tweet_id(NOON + n * MINUTE)) for n in range(9)])


def asked(collection: Collection, span: Span, what: str = "", **fields: object) -> LaneRequest:
    data, width = dataset_of(collection), fields.pop("width", 1_000.0)
    spec = collection_lanes.spec(data, f"main/{what}")
    return LaneRequest(spec, data, TimeScale(Window.of(span), width), fields.pop("height", 200.0),
                       catalogue(fields.pop("language", "en")), "UTC", measure, **fields)


def marked(picture: LanePicture) -> int:
    return sum(len(bars.items) for bars in picture.bars) + len(picture.bands)


def test_that_each_tweet_in_view_is_one_mark_at_its_time_and_none_lies_on_another(chatty: Collection):
    told_ = asked(chatty, Span(NOON, NOON + 20 * MINUTE))
    picture = lane.picture(told_)
    shown = [at for at in TIMES if at < NOON + 20 * MINUTE]
    assert marked(picture) == len(shown) > tweet_cards.MOST
    starts = np.concatenate([bars.start for bars in picture.bars])
    assert sorted(starts.tolist()) == shown
    placed = [(told_.scale.x(a), t, told_.scale.x(b), low) for bars in picture.bars
              for a, b, t, low in zip(bars.start.tolist(), bars.end.tolist(), bars.top, bars.bottom, strict=True)]
    assert not any(overlap(one, other) for n, one in enumerate(placed) for other in placed[:n])


def test_that_too_many_tweets_or_too_low_a_lane_stay_bars(chatty: Collection):
    assert marked_or_none(chatty, Span(NOON, NOON + 2 * HOUR), 200.0) is None
    crowd = Span(NOON, NOON + 20 * MINUTE)
    assert marked_or_none(chatty, crowd, 200.0)
    assert marked_or_none(chatty, Span(NOON - 300 * DAY, NOON + MINUTE), 34.0) is None
    assert marked_or_none(chatty, Span(NOON - 9_000 * DAY, NOON + 20 * MINUTE), 60.0) is None


def marked_or_none(collection: Collection, span: Span, height: float) -> int | None:
    picture = lane.picture(asked(collection, span, height=height))
    return marked(picture) if all(bars.items is not None for bars in picture.bars) else None


def test_that_marks_of_one_moment_are_heaped_so_that_a_heap_counts_them(tmp_path):
    same = of_tweets(tmp_path, *[told(NOON, "words", sequence=n) for n in range(6)], told(NOON + HOUR, "words"))
    picture = lane.picture(asked(same, Span(NOON - HOUR, NOON + 2 * HOUR), height=90.0))
    tops = sorted(float(one) for one in picture.bars[0].top[picture.bars[0].start == NOON])
    assert len(tops) == 6 and len({round(b - a, 3) for a, b in pairwise(tops)}) == 1


def test_that_a_mark_is_hit_where_it_is_and_names_its_tweet(chatty: Collection):
    told_ = asked(chatty, Span(NOON, NOON + MINUTE))
    picture = lane.picture(told_)
    bars = picture.bars[0]
    for start, top in zip(bars.start.tolist(), bars.top.tolist(), strict=True):
        found = picture.hit(told_.scale, told_.scale.x(start) + 1.5, top + 3)
        assert found.kind == "tweet" and found.id == f"tweet:main:{tweet_id(start)}"
    assert picture.hit(told_.scale, told_.scale.x(NOON + 30 * SECOND) + 60, 197) is None


def test_that_a_card_is_hit_too(chatty: Collection):
    told_ = asked(chatty, Span(NOON, NOON + 20 * SECOND))
    picture = lane.picture(told_)
    label, box = picture.labels[0], next(iter(boxes(picture, told_.scale)))
    found = picture.hit(told_.scale, box[0] + 5, (box[1] + box[3]) / 2)
    assert found == picture.items[label.item] and picture.chosen(found.id) == (found,)
    assert picture.chosen("e-1") == picture.chosen("") == ()


def test_that_a_card_says_time_language_retweets_and_the_text(chatty: Collection):
    texts = said(lane.picture(asked(chatty, Span(NOON, NOON + 20 * SECOND), height=300.0)))
    assert "12:00:00.000 · en" in texts and "12:00:07.300 · ko · 1 retweet" in texts
    assert any("<b>bold</b> & " in text for text in texts), "markup is text, entities are what they stand for"


def test_that_several_days_in_view_are_told_apart(bare: Collection):
    texts = said(lane.picture(asked(bare, Span(NOON - 2 * DAY, NOON + 9 * MINUTE))))
    assert any(text.startswith("3 June 12:00:00 · ") for text in texts)


@settings(max_examples=30)
@given(st.integers(0, 600), st.floats(1, 280), st.sampled_from((34.0, 64.0, 120.0, 300.0)),
       st.sampled_from(("", "lang")), st.sampled_from((75, 100, 200)), st.sampled_from((320.0, 1_000.0)))
def test_that_no_card_is_over_another_cut_or_crossed_by_a_line(
        chatty: Collection, first: int, seconds: float, height: float, what: str, percent: int, width: float):
    start = NOON + first * SECOND
    told_ = asked(chatty, Span(start, start + round(seconds * SECOND)), what, height=height * percent / 100,
                  text_percent=percent, width=width)
    picture = lane.picture(told_)
    assert faults(picture, told_.scale, told_.height) == []
    for rule in picture.rules:
        x = told_.scale.x(rule.at_ms)
        assert not any(overlap((x, rule.top, x + 0.5, rule.bottom), box) for box in boxes(picture, told_.scale))


def test_that_what_has_no_room_is_counted(chatty: Collection):
    picture = lane.picture(asked(chatty, Span(NOON, NOON + 4 * MINUTE), height=70.0))
    cards = len({label.item for label in picture.labels})
    assert 0 < cards < 35
    assert picture.heading.lines[:2] == (
        "35 tweets in view, one mark each", f"{35 - cards} more than have room for a card")


def test_that_without_texts_cards_say_time_and_id(bare: Collection):
    texts = said(lane.picture(asked(bare, Span(NOON, NOON + 3 * MINUTE))))
    assert f"12:01:00 · {tweet_id(NOON + MINUTE)}" in texts


def test_that_a_damaged_id_fades_over_its_doubt_and_is_never_written(tmp_path):
    damaged = of_rows(tmp_path, "tweet_id", [f"{tweet_id(NOON + n * 3 * HOUR):.5E}" for n in range(30)])
    told_ = asked(damaged, Span(NOON - DAY, NOON + 5 * DAY), height=300.0)
    picture = lane.picture(told_)
    assert picture.bands and all(b.edges[0] < b.edges[1] == b.edges[2] < b.edges[3] for b in picture.bands)
    ids = {str(one) for one in damaged.store.rows.ids.tolist()}
    assert said(picture) and not any(one in text for text in said(picture) for one in ids)
    assert any("within" in text for text in said(picture))


def test_that_a_search_dims_marks_and_cards_that_do_not_match(chatty: Collection):
    picture = lane.picture(asked(chatty, Span(NOON, NOON + 30 * SECOND), tweet_matches={"main": np.array([0, 2])}))
    assert [len(bars.start) for bars in picture.bars if not bars.dim] == [2]
    assert {label.item for label in picture.labels if not label.dim} <= {0, 2}


def test_that_marks_of_a_stack_have_the_colour_of_their_part_and_a_legend(chatty: Collection):
    picture = lane.picture(asked(chatty, Span(NOON, NOON + MINUTE), "lang"))
    assert {bars.role for bars in picture.bars} == {"free0", "free1"}
    assert {one.text for one in picture.heading.legend} == {"English", "Korean"}


def test_that_a_window_of_ten_milliseconds_shows_its_tweet(chatty: Collection):
    picture = lane.picture(asked(chatty, Span(NOON - 5, NOON + 5)))
    assert marked(picture) == 1 and "12:00:00.000 · en" in said(picture)
    assert lane.picture(asked(chatty, Span(NOON + 1, NOON + 11))).quiet == "no tweet in view"


def test_that_levels_are_the_lowest_that_are_free():
    left = np.array([0.0, 1.0, 2.0, 5.0, 5.5])
    assert tweet_marks._levels(left, left + 3).tolist() == [0, 1, 2, 0, 1]

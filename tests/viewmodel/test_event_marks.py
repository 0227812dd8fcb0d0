"""Marks of events: wordings in their order, places that stay in the lane, what a search and a dispute do."""
from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes import EVENTS, tiny_dataset, words
from lane_reading import at, certain, dataset, event, faults, measure, request, within
from timeline_app.domain.records import Claim, Question
from timeline_app.domain.time import Precision
from timeline_app.engine.dataset import open_dataset
from timeline_app.viewmodel import event_marks, moves, walk
from timeline_app.viewmodel.event_marks import lay_out, own_mark, variants
from timeline_app.viewmodel.frame import FrameRequest, compose
from timeline_app.viewmodel.picture import SPACE, Heading, Run

NOTED = event("e", at(2), label=words("Name", "이름"), note=words("a note", "설명"))


def disputed(answers: int, **fields: object):
    """A dataset of one event, for whose one question there are so many answers that exclude each other."""
    one = event("e", at(2), label=words("Name"), **fields)
    claims = tuple(Claim(f"c-{n}", "e", "how_long", words("so long"), f"PT{n + 1}H") for n in range(answers))
    return dataset((one,), questions=(Question("e", "how_long", words("How long?")),), claims=claims)


def spoken(wordings: tuple[tuple[Run, ...], ...]) -> list[list[str]]:
    return [[run.glyph or run.text for run in runs] for runs in wordings]


def test_that_the_note_is_dropped_before_the_name():
    assert spoken(variants(NOTED, request(dataset((NOTED,))))) == [["Name", "a note"], ["Name"]]
    assert spoken(variants(NOTED, request(dataset((NOTED,)), language="ko"))) == [["이름", "설명"], ["이름"]]


def test_that_an_event_without_a_label_says_its_title():
    bare = event("A long title", at(2))
    assert spoken(variants(bare, request(dataset((bare,))))) == [["A long title"]]


def test_that_a_dispute_is_a_half_glyph_and_the_number_of_answers_and_outlives_the_note():
    data = disputed(3, note=words("a note"))
    assert spoken(variants(data.events[0], request(data))) == [
        ["Name", "half", "3 rival answers · a note"], ["Name", "half", "3 rival answers"], ["Name", "half"]]
    data = disputed(2)
    assert spoken(variants(data.events[0], request(data))) == [["Name", "half", "2 rival answers"], ["Name", "half"]]


def test_that_one_answer_is_no_dispute():
    data = disputed(1)
    assert spoken(variants(data.events[0], request(data))) == [["Name"]]


def test_that_wordings_grow_narrower():
    data = disputed(3, note=words("a note"))
    asked = request(data)
    widths = [asked.runs_width(runs) for runs in variants(data.events[0], asked)]
    assert widths == sorted(widths, reverse=True) and len(set(widths)) == 3
    assert asked.runs_width((Run("abcd", size=13), Run("", size=13, glyph="half"))) == 28 + SPACE + 15


def test_that_a_disputed_moment_is_a_half_filled_dot_and_others_are_whole():
    assert [one.shape for one in lay_out([own_mark(disputed(2).events[0], request(disputed(2)))],
                                         request(disputed(2))).points] == ["half"]
    assert [one.shape for one in lay_out([own_mark(NOTED, request(dataset((NOTED,))))],
                                         request(dataset((NOTED,)))).points] == ["dot"]


def test_that_what_a_search_does_not_match_is_dimmed_and_stays():
    pair = (event("found", at(1)), event("other", within(3, 24)))
    asked = request(dataset(pair), matches=frozenset({"found"}))
    sheet = lay_out([own_mark(one, asked) for one in pair], asked)
    assert [one.dim for one in (*sheet.points, *sheet.bands)] == [False, True]
    assert [label.dim for label in sheet.labels] == [False, True]


def test_that_a_rival_date_is_drawn_with_its_event_and_no_label_stands_on_it():
    claims = tuple(Claim(f"c-{day}", "e", "when", words("then"), day, "UTC") for day in ("2020-06-01", "2020-06-03"))
    one = event("e", within(2, 24), label=words("Name"), note=words("about as wide as the gap"))
    data = dataset((one,), questions=(Question("e", "when", words("When?")),), claims=claims)
    asked = request(data)
    sheet = lay_out([own_mark(data.events[0], asked)], asked)
    (rival,) = sheet.rivals
    assert rival.start_ms > one.when.latest_end and rival.item == 0
    left, right = asked.scale.x(rival.start_ms), asked.scale.x(rival.end_ms)
    (label,) = sheet.labels
    x = label.dx + (asked.scale.x(label.anchor_ms) if label.anchor_ms is not None else 0)
    assert x >= right or x + label.width <= left


def test_that_a_mark_too_short_to_see_is_a_dot_at_its_middle():
    short = event("short", certain(2, 0.2, Precision.MINUTE))
    asked = request(dataset((short,)), width=200.0)
    (point,) = lay_out([own_mark(short, asked)], asked).points
    assert point.at_ms == (short.when.earliest_start + short.when.latest_end) // 2


def test_that_an_approximate_band_is_dashed():
    pair = event("about", replace(within(2, 24), approximate=True)), event("that day", within(4, 24))
    asked = request(dataset(pair))
    assert [band.dashed for band in lay_out([own_mark(one, asked) for one in pair], asked).bands] == [True, False]


def test_that_a_label_hangs_on_its_mark_and_at_the_edge_where_the_mark_goes_on():
    inside, outside = event("inside", within(2, 12)), event("outside", certain(-3, 24 * 5))
    asked = request(dataset((inside, outside)))
    sheet = lay_out([own_mark(one, asked) for one in (inside, outside)], asked)
    anchors = {asked.dataset.events[label.item].id: label.anchor_ms for label in sheet.labels}
    assert anchors["inside"] in (inside.when.earliest_start, inside.when.latest_end)
    assert anchors["outside"] == outside.when.latest_end
    both = event("both", certain(-3, 24 * 15))
    (label,) = lay_out([own_mark(both, asked)], request(dataset((both,)))).labels
    assert label.anchor_ms is None and label.dx > 0


@pytest.mark.parametrize("percent", [75, 100, 150, 200])
@settings(max_examples=15)
@given(st.integers(0, 2**32), st.integers(1, 16), st.sampled_from((27.0, 60.0, 120.0, 300.0)))
def test_that_no_label_leaves_the_lane_or_covers_another_at_any_text_size(
        percent: int, seed: int, count: int, high: float):
    dice = Random(seed)
    events = tuple(event("x" * dice.randrange(1, 40), dice.choice((at, lambda day: within(day, 24),
                                                                   lambda day: certain(day, 60)))(dice.uniform(-1, 8)))
                   for _ in range(count))
    asked = request(dataset(events), text_percent=percent, height=max(high, 27.0 * percent / 100), width=700.0)
    drawn = lay_out([own_mark(one, asked) for one in events], asked).picture(Heading("h"))
    assert faults(drawn, asked.scale, asked.height) == []


def test_that_a_lane_wants_room_for_what_it_shows_and_more_with_larger_text():
    crowd = tuple(event(f"event number {n}", at(2 + n / 100)) for n in range(5))
    few, many = (event_marks.wanted(request(dataset(some)), own_mark)
                 for some in (crowd[:1], crowd))
    assert few.ideal < many.ideal and few.least <= few.ideal and many.least <= many.ideal
    asked = request(dataset(crowd), text_percent=200)
    assert event_marks.wanted(asked, own_mark).ideal > 1.5 * many.ideal


def test_that_the_item_of_a_mark_carries_the_title_and_the_place_of_the_selection():
    data = tiny_dataset()
    asked = request(data)
    sheet = lay_out([own_mark(one, asked) for one in EVENTS], asked)
    assert {item.id for item in sheet.items} == {one.id for one in EVENTS}
    for item in sheet.items:
        when = data.event_by_id[item.id].when
        assert item.mark[:2] == (when.earliest_start, when.latest_end)
        assert item.mark[3] > 0 and item.name == data.event_by_id[item.id].title.text


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_no_reported_flood_of_the_opening_view_loses_its_name_on_a_small_screen(language: str):
    data = open_dataset("june-2020")
    state = moves.set_up(walk.opening(data), language=language)
    frame = compose(FrameRequest(data, state, 722.0, 502.0, measure))
    lane = next(one for one in frame.lanes if one.spec.id == "floods")
    assert len(lane.picture.items) == len(lane.picture.labels) >= 7 and lane.height <= 95

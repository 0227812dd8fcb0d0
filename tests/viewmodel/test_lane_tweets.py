"""Lanes of tweets: what is drawn is what the collection holds, at every zoom; and what is not known is not drawn."""
from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lane_reading import faults, measure, plain, said
from timeline_app.base.text import catalogue
from timeline_app.domain.calendar import DAY, HOUR, MINUTE
from timeline_app.domain.snowflake import instant
from timeline_app.domain.time import Span
from timeline_app.engine import collection_lanes
from timeline_app.engine.dataset import Collection
from timeline_app.viewmodel import moves, tweet_bins, tweet_gaps, tweet_marks, walk
from timeline_app.viewmodel.frame import FrameRequest, compose
from timeline_app.viewmodel.lanes import tweets as lane
from timeline_app.viewmodel.picture import LanePicture, LaneRequest
from timeline_app.viewmodel.state import LaneLook
from timeline_app.viewmodel.window import TimeScale, Window
from tweet_fakes import NOON, dataset_of, of_rows, of_tweets, told, tweet_id

DICE = np.random.default_rng(5)
BURST = (NOON + np.sort(DICE.integers(0, 3 * HOUR, 900))).tolist()
SPARSE = (NOON - 40 * DAY + np.sort(DICE.integers(0, 90 * DAY, 300))).tolist()
TIMES = sorted({*BURST, *SPARSE})
ZONES = ("UTC", "America/Chicago", "Asia/Kathmandu")
USES = ["hijacked" if n % 3 else "original" for n in range(len(TIMES))]


@pytest.fixture(scope="module")
def coded(tmp_path_factory) -> Collection:
    rows = [f"{tweet_id(at)},{use},{n % 7},{n % 2}" for n, (at, use) in enumerate(zip(TIMES, USES, strict=True))]
    return of_rows(tmp_path_factory.mktemp("coded"), "tweet_id,use,retweets,likes", rows)


@pytest.fixture(scope="module")
def tagged(tmp_path_factory) -> Collection:
    langs = ("en", "ko", "ja", "es", "fr", "de", "th", "tr")
    lines = [told(at, f"words {n}", *(("Blue", "Green") if n % 4 == 0 else ("Blue",) if n % 2 else ()),
                  lang=langs[n % 8], retweets=n % 5) for n, at in enumerate(TIMES[:700])]
    return of_tweets(tmp_path_factory.mktemp("tagged"), *lines)


def asked(collection: Collection, what: str = "", span: Span | None = None, **fields: object) -> LaneRequest:
    """A request for the lane "main/<what>", by default of all the time that the collection reaches."""
    data = dataset_of(collection)
    spec = collection_lanes.spec(data, f"main/{what}")
    whole = collection.store.span
    window = Window.of(span or Span(whole.start - HOUR, whole.end + HOUR))
    width, language = fields.pop("width", 1_000.0), fields.pop("language", "en")
    scale = fields.pop("scale", TimeScale(window, width))
    return LaneRequest(spec, data, scale, fields.pop("height", 120.0), catalogue(language), fields.pop("zone", "UTC"),
                       measure, **fields)


def drawn(collection: Collection, what: str = "", span: Span | None = None, **fields: object) -> LanePicture:
    return lane.picture(asked(collection, what, span, **fields))


def heights(picture: LanePicture) -> list[float]:
    """The heights of all bars of all parts."""
    return [float(b - t) for bars in picture.bars for t, b in zip(bars.top, bars.bottom, strict=True)]


@settings(max_examples=60)
@given(st.integers(TIMES[0] - DAY, TIMES[-1]), st.floats(0, 11), st.sampled_from(ZONES),
       st.sampled_from(("", "use=hijacked", "use=original")))
def test_that_bins_at_any_zoom_hold_exactly_the_tweets_between_their_edges(
        coded: Collection, start: int, size: float, zone: str, key: str):
    scale = TimeScale(Window.of(Span(start, start + round(10 ** size))), 1_000.0)
    counting = tweet_bins.Counting(coded.store, scale, zone)
    edges, values = tweet_bins.in_view(counting), tweet_bins.counted(counting, (key,))[:, 0].tolist()
    own = [at for at, use in zip(TIMES, USES, strict=True) if not key or key == f"use={use}"]
    assert values == [bisect_left(own, b) - bisect_left(own, a) for a, b in pairwise(edges.tolist())]
    inside = [at for at in TIMES if scale.window.span.contains(at)]
    assert all(edges[0] <= at < edges[-1] for at in inside), "no tweet in view is outside of the bins"


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("width", tweet_bins.BINS, ids=lambda one: one.name)
def test_that_edges_follow_on_each_other_across_the_pieces_in_which_they_are_kept(width: tweet_bins.Bin, zone: str):
    span = Span(NOON - 700 * width.most_ms, NOON + 700 * width.most_ms)
    edges = tweet_bins.edges(span, width, zone)
    steps = np.diff(edges)
    assert edges[0] <= span.start and edges[-1] >= span.end and (steps > 0).all()
    assert steps.max() <= width.most_ms + HOUR, "but for the hour that an autumn night has twice"
    assert np.array_equal(edges[3:9], tweet_bins.edges(Span(int(edges[3]), int(edges[8])), width, zone)[:6])


def test_that_a_bin_is_at_least_a_pixel_wide_and_the_narrowest_that_is():
    for us_per_px in (0.01, 1.0, 999.0, 1e6, 6e8, 1e11):
        width = tweet_bins.bin_for(us_per_px)
        smaller = [one for one in tweet_bins.BINS if one.most_ms < width.most_ms]
        assert width.most_ms * 1000 >= us_per_px and all(one.most_ms * 1000 < us_per_px for one in smaller)
    assert tweet_bins.bin_for(1e16).name == "1y"


def test_that_the_heading_names_the_bin_and_the_peak_its_figure(coded: Collection):
    picture = drawn(coded, span=Span(NOON - DAY, NOON + DAY))
    counted = np.histogram(list(TIMES), np.arange(NOON - DAY, NOON + DAY + 1, 10 * MINUTE))[0]
    assert picture.heading.title == "All tweets" and picture.heading.lines[0] == "tweets per 10 minutes"
    assert f"peak {counted.max()} in 10 minutes" in said(picture) and picture.bin_text == "10 minutes"
    assert drawn(coded, span=Span(NOON - DAY, NOON + DAY), language="ko").heading.lines[0] == "트윗, 10분 단위"


def test_that_a_stack_adds_up_to_all_tweets_and_names_its_coding(coded: Collection):
    picture = drawn(coded, "use", height=300.0)
    assert [bars.role for bars in picture.bars if len(bars.start)] == ["original", "hijacked"]
    assert "parts as coded in the column “use” of the file" in picture.heading.lines
    whole, stack = drawn(coded, height=300.0), {}
    for bars in picture.bars:
        for start, top in zip(bars.start.tolist(), bars.top.tolist(), strict=True):
            stack[start] = min(top, stack.get(start, top))
    for start, top in zip(whole.bars[0].start.tolist(), whole.bars[0].top.tolist(), strict=True):
        assert stack[start] == pytest.approx(top, abs=1.0)


def test_that_what_is_in_no_part_of_a_stack_is_drawn_as_all_others(tagged: Collection):
    picture = drawn(tagged, "lang", height=400.0)
    roles = [bars.role for bars in picture.bars if len(bars.start)]
    assert len(roles) == collection_lanes.STACKED + 1 and roles[-1] == "rest"
    names = {run.text for label in picture.labels for run in label.runs} | {one.text for one in picture.heading.legend}
    assert {"all others", "English", "Korean"} <= names


def test_that_only_what_the_file_codes_is_called_coded(tagged: Collection):
    texts = " ".join(drawn(tagged, "lang").heading.lines)
    assert "coded" not in texts and "as the platform guessed it" in texts


def test_that_tags_are_never_stacked_by_themselves_and_a_stack_of_them_says_that_parts_overlap(tagged: Collection):
    assert collection_lanes.spec(dataset_of(tagged), "main/#") is None
    told_ = asked(tagged, "#blue")
    picture = lane.picture(replace(told_, spec=replace(told_.spec, terms=("#blue", "#green"))))
    assert "parts overlap: some tweets count in two of them" in picture.heading.lines


@pytest.mark.parametrize("weight", ["retweets", "likes"])
def test_that_weights_are_summed_and_named(coded: Collection, weight: str):
    look = LaneLook("main/", weight=weight)
    picture = drawn(coded, span=Span(NOON - 30 * DAY, NOON + 30 * DAY), look=look)
    assert picture.heading.lines[0].startswith(f"{weight} of these tweets as of collection, per ")
    counting = tweet_bins.Counting(coded.store, asked(coded).scale, "UTC", weight)
    assert int(tweet_bins.counted(counting, ("",)).sum()) == sum(n % (7 if weight == "retweets" else 2)
                                                                for n in range(len(TIMES)))


@pytest.mark.parametrize("scale, power", [("root", np.sqrt), ("log", np.log1p)])
def test_that_other_scales_are_worded_and_stacks_show_totals_on_them(coded: Collection, scale: str, power: object):
    picture = drawn(coded, "use", look=LaneLook("main/use", scale), height=300.0)
    words = {"root": "square-root scale", "log": "log scale"}[scale]
    assert words in picture.heading.lines and "totals only: parts do not add up on it" in picture.heading.lines
    assert [bars.role for bars in picture.bars] == ["counted"] and picture.heading.legend == ()
    counted = tweet_bins.counted(tweet_bins.Counting(coded.store, asked(coded).scale, "UTC"), ("",))[:, 0]
    own, counted = np.array(heights(picture)), counted[counted > 0]
    assert own / own.max() == pytest.approx(power(counted) / power(counted.max()), abs=1e-4)


def test_that_unknown_time_is_hatched_and_nothing_is_a_blank(coded: Collection):
    whole = coded.store.span
    before = drawn(coded, span=Span(whole.start - 9 * DAY, whole.start - 8 * DAY))
    assert before.quiet == "no data here" and len(before.gaps) == 1
    silent = next((a, b) for a, b in pairwise(SPARSE) if b - a > HOUR and not any(a < one < b for one in BURST))
    inside = drawn(coded, span=Span(silent[0] + 1, silent[1]))
    assert inside.quiet == "no tweet in view" and inside.gaps == ()
    both = drawn(coded, span=Span(whole.start - 30 * DAY, whole.end + 30 * DAY))
    assert [both.gaps[0].start_ms, both.gaps[-1].end_ms] == [whole.start - 30 * DAY, whole.end + 30 * DAY]
    assert all(gap.end_ms <= bars.start.min() or gap.start_ms >= bars.end.max()
               for gap in both.gaps for bars in both.bars)


def test_that_how_much_is_missing_counts_overlapping_gaps_once(coded: Collection):
    whole = coded.store.span
    assert tweet_gaps.missing_ms(coded.store, Span(whole.start - 500, whole.start + 500)) == 500
    assert tweet_gaps.missing_ms(coded.store, Span(whole.start, whole.end)) == 0


def test_that_matches_are_solid_over_the_whole_that_is_dim(coded: Collection):
    rows = np.arange(0, len(TIMES), 10)
    picture = drawn(coded, span=Span(NOON - 30 * DAY, NOON + 30 * DAY), tweet_matches={"main": rows})
    dim, solid = ([bars for bars in picture.bars if bars.dim is one] for one in (True, False))
    window = Span(NOON - 30 * DAY, NOON + 30 * DAY)
    shown = [n for n, at in enumerate(TIMES) if window.contains(at)]
    found = sum(n % 10 == 0 for n in shown)
    assert f"{found:,} of {len(shown):,} in view match" in picture.heading.lines
    assert len(solid[0].start) < len(dim[0].start) and solid[0].top.min() >= dim[0].top.min()
    assert drawn(coded, tweet_matches={}).bars[0].dim is False, "a collection that was not searched is not dim"


def test_that_matches_of_a_term_and_of_a_weight_are_those_of_plain_python(coded: Collection):
    rows = np.arange(0, len(TIMES), 3)
    look = LaneLook("main/use=hijacked", weight="retweets")
    told_ = asked(coded, "use=hijacked", tweet_matches={"main": rows}, look=look)
    view = lane.tweet_view.of(told_, coded)
    expected = sum(n % 7 for n in range(0, len(TIMES), 3) if USES[n] == "hijacked")
    assert int(view.matching.values.sum()) == expected
    assert view.matches == sum(USES[n] == "hijacked" for n in range(0, len(TIMES), 3))


@settings(max_examples=20)
@given(st.integers(TIMES[0] - DAY, TIMES[-1]), st.floats(2, 10.5), st.sampled_from(("", "use", "use=original")),
       st.sampled_from((34.0, 72.0, 190.0, 400.0)), st.sampled_from((75, 100, 200)))
def test_that_labels_stay_inside_and_apart_from_years_to_milliseconds(
        coded: Collection, start: int, size: float, what: str, height: float, percent: int):
    told_ = asked(coded, what, Span(start, start + round(10 ** size)), height=height * percent / 100,
                  text_percent=percent, width=700.0)
    assert faults(lane.picture(told_), told_.scale, told_.height) == []


def test_that_the_same_request_gives_the_same_picture(coded: Collection):
    assert plain(drawn(coded, "use")) == plain(drawn(coded, "use"))


def test_that_an_unknown_collection_is_a_heading_and_no_error(coded: Collection):
    told_ = asked(coded)
    assert lane.picture(replace(told_, spec=replace(told_.spec, collection_id="gone"))).bars == ()
    assert lane.wanted(told_).least > 0


def test_that_lanes_share_a_scale_only_where_they_count_the_same_in_the_same_way(coded: Collection):
    data = dataset_of(coded)
    state = moves.set_up(walk.opening(data), same_scale=True)
    state = moves.toggle_added_lane(moves.toggle_added_lane(state, "main/use=original"), "main/use=hijacked")
    state = moves.cycle_scale(state, "main/use=hijacked")
    found = {one.spec.id: one.request.common_peak for one in
             compose(FrameRequest(data, state, 1_000.0, 700.0, measure)).lanes}
    assert found["main/"] == found["main/use=original"] > 0 and found["main/use=hijacked"] == 0
    weighted = moves.cycle_weight(state, "main/use=original")
    found = {one.spec.id: one.request.common_peak for one in
             compose(FrameRequest(data, weighted, 1_000.0, 700.0, measure)).lanes}
    assert 0 < found["main/use=original"] != found["main/"]


def test_that_tweets_without_a_time_and_damaged_ones_are_named(tmp_path):
    ids = [f"{tweet_id(NOON + n * HOUR):.5E}" for n in range(30)] + ["27758622443"]
    damaged = of_rows(tmp_path, "tweet_id", ids)
    lines = drawn(damaged).heading.lines
    assert "1 without a time, before November 2010" in lines
    assert any("damaged ID" in line and "time within" in line for line in lines)


def test_that_few_tweets_are_marks_and_many_are_bars(coded: Collection):
    many, few = drawn(coded, height=200.0), drawn(coded, span=Span(NOON - 20 * DAY, NOON - HOUR), height=200.0)
    assert all(bars.items is None for bars in many.bars)
    shown = sum(len(bars.items) for bars in few.bars)
    assert 40 < shown <= tweet_marks.MOST
    assert few.heading.lines[0] == f"{shown} tweets in view, one mark each"
    times = sorted(instant(int(one.id.rpartition(":")[2])) for one in few.items)
    assert times == [at for at in TIMES if NOON - 20 * DAY <= at < NOON - HOUR]


def test_that_kinds_that_overlap_say_so_and_others_do_not(tmp_path):
    both = [{"type": "quoted", "id": "1268150437278646273"}, {"type": "replied_to", "id": "1268150437278646274"}]
    lines = [told(NOON + n * 7_000, "words", **({"refers": both} if n == 3 else {})) for n in range(500)]
    mixed = of_tweets(tmp_path, *lines)
    said_ = "parts overlap: some tweets count in two of them"
    assert said_ in drawn(mixed, "kind").heading.lines
    assert said_ not in drawn(mixed, "kind", Span(NOON + 20 * MINUTE, NOON + DAY)).heading.lines


def test_that_a_legend_holds_only_parts_that_are_not_named_beside_their_bars(tagged: Collection):
    for height in (40.0, 120.0, 500.0):
        picture = drawn(tagged, "lang", height=height, width=400.0)
        named = [label.runs[-1].text for label in picture.labels if len(label.runs) > 1]
        legend = [one.text for one in picture.heading.legend]
        assert len(named) + len(legend) == collection_lanes.STACKED + 1 and not set(named) & set(legend)

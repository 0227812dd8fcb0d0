"""All lanes of a view: their order, their heights, what folds, what is hit, and june-2020 at any scale."""
from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import numpy as np
import pytest

from fakes import EVENTS, LANES, MIDNIGHT, tiny_dataset, tiny_meta, words
from lane_reading import at, boxes, counted, dataset, event, faults, measure, plain, within
from timeline_app.domain.calendar import DAY, HOUR, MINUTE
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset, LaneSpec, open_dataset
from timeline_app.engine.series import Point as Figure
from timeline_app.viewmodel import moves, walk
from timeline_app.viewmodel.frame import HALF_TITLE, STRIP, Frame, FrameRequest, PlacedLane, compose
from timeline_app.viewmodel.picture import Band, Heading, Item, LanePicture
from timeline_app.viewmodel.state import LaneChoice, Setting, ViewState
from timeline_app.viewmodel.window import Window


def framed(data: Dataset | None = None, state: ViewState | None = None, height: float = 700.0, **more: object) -> Frame:
    """The frame of a dataset (the tiny one) in a state (its opening)."""
    chosen = data or tiny_dataset()
    width = more.pop("width", 1_000.0)
    return compose(FrameRequest(chosen, state or walk.opening(chosen), width, height, measure, **more))


def arranged(**choice: object) -> Frame:
    """The tiny dataset with its lanes arranged by the viewer."""
    return framed(state=moves.look(walk.opening(tiny_dataset()), lanes=LaneChoice(**choice)))


def looking(data: Dataset, span: Span, **setting: object) -> ViewState:
    return moves.look(walk.opening(data, Setting(**setting)), window=Window.of(span))


def ids(frame: Frame) -> list[str]:
    return [lane.spec.id for lane in frame.lanes]


def lane(frame: Frame, name: str) -> PlacedLane:
    return next(one for one in frame.lanes if one.spec.id == name)


def test_that_documented_lanes_stand_above_counted_ones_whatever_the_dataset_says():
    mixed = tiny_dataset(meta=tiny_meta(lanes=LANES[::-1]))
    assert ids(framed(mixed)) == ["statements", "floods", "portals", "daily", "coded"]


def test_that_pinned_lanes_come_first_within_their_half_and_never_cross_it():
    frame = arranged(pinned=("daily", "statements"))
    assert ids(frame) == ["statements", "portals", "floods", "daily", "coded"]
    assert [one.spec.id for one in frame.lanes if one.is_pinned] == ["statements", "daily"]


def test_that_hidden_lanes_are_gone_and_leave_no_room():
    frame = arranged(hidden=frozenset({"portals", "coded"}))
    assert ids(frame) == ["floods", "statements", "daily"] and frame.height == 700
    assert arranged(hidden=frozenset(spec.id for spec in LANES)).lanes == ()


def test_that_the_counted_half_is_titled_over_its_first_lane_only():
    for frame in (framed(), arranged(pinned=("daily",)), arranged(hidden=frozenset({"coded"}))):
        titled = [one for one in frame.lanes if one.half_title]
        first = next(one for one in frame.lanes if one.spec.half == "counted")
        assert titled == [first] and first.head == HALF_TITLE and first.half_title == "What was counted"
    assert not any(one.half_title for one in arranged(hidden=frozenset({"coded", "daily"})).lanes)


@pytest.mark.parametrize("height", [500.0, 700.0, 1_400.0])
def test_that_lanes_lie_on_each_other_and_fill_the_height_they_are_given(height: float):
    frame = framed(height=height)
    assert frame.height == height == frame.lanes[-1].top + frame.lanes[-1].height
    tops = [one.top for one in frame.lanes]
    assert tops == [0, *np.cumsum([one.height for one in frame.lanes[:-1]])]


def test_that_with_too_little_height_lanes_keep_their_least_and_are_scrolled():
    heights = [[one.height for one in framed(height=given).lanes] for given in (100.0, 10.0)]
    assert heights[0] == heights[1] and sum(heights[0]) > 100 and min(heights[0]) > 16


def test_that_a_lane_grows_and_shrinks_by_steps_but_not_below_its_least():
    own = lane(framed(), "floods").height
    heights = [lane(arranged(taller=(("floods", step),)), "floods").height for step in (-3, 1, 4)]
    assert heights[0] <= own < heights[1] < heights[2]
    least = lane(framed(height=100.0), "portals").height
    small = moves.look(walk.opening(tiny_dataset()), lanes=LaneChoice(taller=(("portals", -3),)))
    assert all(lane(framed(state=small, height=height), "portals").height >= least for height in (300.0, 400.0, 450.0))


def test_that_a_lane_with_nothing_in_view_is_a_strip_with_a_sentence_and_nothing_else():
    data = tiny_dataset()
    frame = framed(data, looking(data, Span(MIDNIGHT + 5 * DAY + HOUR, MIDNIGHT + 6 * DAY)))
    quiet = [one for one in frame.lanes if one.is_strip]
    assert [one.spec.id for one in quiet] == ["portals", "floods", "statements", "coded"]
    for one in quiet:
        picture = one.picture
        assert one.height - one.head == STRIP and [label.has_ground for label in picture.labels] == [bool(picture.gaps)]
        assert (picture.bands, picture.points, picture.bars, picture.items) == ((), (), (), ())
    assert lane(frame, "floods").picture.quiet.startswith("nothing in view; before: ")
    assert lane(frame, "coded").picture.quiet.startswith("no data here; before: ")


def test_that_a_quiet_lane_names_what_comes_next_where_there_is_room_for_it():
    data = tiny_dataset()
    state = looking(data, Span(MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR))
    said = [lane(framed(data, state, width=width), "statements").picture.quiet for width in (900.0, 200.0)]
    assert said == ["nothing in view; next: Thursday 4 June 2020", "nothing in view"]


def test_that_a_state_that_lasts_through_the_window_keeps_its_lane_open():
    data = tiny_dataset()
    between = framed(data, looking(data, Span(MIDNIGHT + round(1.3 * DAY), MIDNIGHT + round(1.4 * DAY))))
    assert not lane(between, "portals").is_strip
    after = framed(data, looking(data, Span(MIDNIGHT + round(4.3 * DAY), MIDNIGHT + round(4.4 * DAY))))
    assert lane(after, "portals").is_strip


def test_that_an_event_just_out_of_view_leaves_no_mark_in_the_strip():
    data = dataset((event("e", at(1)),), lanes=(LaneSpec("l", "events", "documented", words("L"), event_ids=("e",)),))
    (strip,) = framed(data, looking(data, Span(MIDNIGHT + DAY + 2 * MINUTE, MIDNIGHT + 3 * DAY))).lanes
    assert strip.is_strip and strip.picture.points == () and len(strip.picture.labels) == 1


@pytest.mark.parametrize("state", [Setting(), Setting("ko", same_scale=True), Setting(text_percent=200)])
def test_that_the_same_request_gives_an_equal_frame(state: Setting):
    data = tiny_dataset()
    one, other = (framed(data, walk.opening(data, state)) for _ in range(2))
    assert plain(one.lanes) == plain(other.lanes) and one.height == other.height


def test_that_a_hit_finds_the_event_under_its_label_its_band_and_its_dot():
    frame = framed(state=walk.opening(tiny_dataset()))
    seen = set()
    for placed in frame.lanes:
        top = placed.top + placed.head
        for mark, box in zip(placed.picture.labels, boxes(placed.picture, frame.scale), strict=True):
            if mark.item >= 0:
                hit = frame.hit(frame.scale, (box[0] + box[2]) / 2, top + (box[1] + box[3]) / 2)
                seen.add(("label", hit[1].id))
        for band in placed.picture.bands:
            hit = frame.hit(frame.scale, frame.scale.x(sum(band.edges) // 4), top + band.top + band.height / 2)
            seen.add(("band", hit[1].id))
        for point in placed.picture.points:
            hit = frame.hit(frame.scale, frame.scale.x(point.at_ms), top + point.y)
            seen.add(("point", hit[1].id))
    assert seen == {
        ("label", "e-asks"), ("band", "e-asks"), ("band", "e-down"), ("label", "e-café"), ("band", "e-café"),
        ("label", "e-flood"), ("band", "e-flood"), ("label", "e-statement"), ("point", "e-statement")}


def test_that_nothing_is_hit_beside_marks_or_below_all_lanes():
    frame = framed()
    assert frame.hit(frame.scale, 990, lane(frame, "floods").top + 2) is None
    assert frame.hit(frame.scale, 500, frame.height + 50) is None and frame.lane_at(-1) is None
    assert frame.lane_at(0) is frame.lanes[0] and frame.lane_at(frame.height - 1) is frame.lanes[-1]


def test_that_the_smaller_of_two_marks_is_hit():
    scale, top = framed().scale, 10.0
    items = tuple(Item("event", name, name) for name in ("narrow", "wide"))
    bands = tuple(Band((start, start, end, end), top, 15.0, "ink", item=item) for item, start, end in
                  ((0, MIDNIGHT + 3 * DAY, MIDNIGHT + 4 * DAY), (1, MIDNIGHT, MIDNIGHT + 6 * DAY)))
    picture = LanePicture(Heading("h"), bands=bands, items=items)
    at_both, at_one = (scale.x(MIDNIGHT + round(days * DAY)) for days in (3.5, 1.5))
    assert [picture.hit(scale, x, top + 5).id for x in (at_both, at_one)] == ["narrow", "wide"]


def test_that_a_figure_is_hit_by_its_ring_its_line_and_its_label_below_the_title_of_the_half():
    figure = replace(counted(MIDNIGHT, [], bin="point", unit="USD"), points=(
        Figure(MIDNIGHT + DAY, MIDNIGHT + 5 * DAY, 9.0),))
    frame = framed(dataset(series=(figure,), lanes=(LaneSpec("l", "amounts", "counted", words("L"), series_id="s"),)))
    (placed,) = frame.lanes
    (box,) = boxes(placed.picture, frame.scale)
    y = placed.head + placed.picture.points[0].y
    places = [(frame.scale.x(MIDNIGHT + days * DAY), y) for days in (1, 3, 5)]
    for x, at_y in (*places, (box[0] + 2, placed.head + box[1] + 1), (box[2] - 2, placed.head + box[3] - 1)):
        assert frame.hit(frame.scale, x, at_y)[1].id == "s:0"
    assert frame.hit(frame.scale, places[1][0], y + HALF_TITLE + 8) is None


def test_that_one_scale_is_that_of_the_highest_bin_drawn_and_lanes_are_equally_high():
    data = tiny_dataset()
    for span in (data.meta.opening, Span(MIDNIGHT + 4 * DAY + 7, MIDNIGHT + 5 * DAY), Span(MIDNIGHT - 99 * DAY,
                                                                                         MIDNIGHT + 99 * DAY)):
        frame = framed(data, looking(data, span, same_scale=True))
        counted_lanes = [one for one in frame.lanes if one.spec.kind == "counts" and not one.is_strip]
        assert max(h := [one.height - one.head for one in counted_lanes]) - min(h) <= 1
        for one in counted_lanes:
            assert all(bars.top.min() >= 0 for bars in one.picture.bars)
    daily, coded = lane(frame, "daily").picture.bars[0], lane(frame, "coded").picture.bars
    assert (daily.bottom - daily.top).max() > 20 * (coded[0].bottom - coded[0].top).max()


@pytest.mark.parametrize("changes", [
    {"events": (), "series": (), "claims": (), "questions": (), "quotes": (), "meta": tiny_meta(lanes=())},
    {"events": (), "series": ()}, {"meta": tiny_meta(lanes=())}, {"events": EVENTS[:1]},
    {"meta": tiny_meta(lanes=(LaneSpec("odd", "verdicts", "documented", words("Odd"), event_ids=("gone", "e-asks")),
                              LaneSpec("none", "counts", "counted", words("None"), series_id="gone")))}])
def test_that_datasets_with_nothing_or_little_in_them_are_composed(changes: dict[str, object]):
    data = tiny_dataset(**changes)
    frame = framed(data)
    assert ids(frame) == [spec.id for spec in data.meta.lanes]
    assert all(faults(one.picture, frame.scale, one.height - one.head) == [] for one in frame.lanes)


def test_that_a_lane_of_counts_for_printed_figures_and_the_reverse_are_composed():
    figures, bins = counted(MIDNIGHT, [5], id="f", bin="point"), counted(MIDNIGHT, [5], id="b")
    lanes = (LaneSpec("one", "counts", "counted", words("One"), series_id="f"),
             LaneSpec("two", "amounts", "counted", words("Two"), series_id="b"))
    assert ids(framed(dataset(series=(figures, bins), lanes=lanes))) == ["one", "two"]


@pytest.mark.parametrize(("kind", "number"), [("events", 300), ("floods", 300), ("portals", 2_000)])
def test_that_all_of_many_events_in_one_lane_are_there(kind: str, number: int):
    dice = Random(3)
    crowd = tuple(event(f"e-{n}", within(dice.uniform(0, 6.9), dice.choice((0, 24))), subject=f"s-{n}", state="open")
                  for n in range(number))
    data = dataset(crowd, lanes=(LaneSpec("l", kind, "documented", words("L"),
                                          event_ids=tuple(one.id for one in crowd)),))
    frame = framed(data)
    (placed,) = frame.lanes
    assert {item.id for item in placed.picture.items} == {one.id for one in crowd} and frame.height == 700
    assert faults(placed.picture, frame.scale, placed.height) == []


@cache
def june() -> Dataset:
    return open_dataset("june-2020")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_june_2020_keeps_every_label_in_its_lane_and_apart_at_20_scales(language: str):
    dice, data = Random(language), june()
    opening = walk.opening(data).view.window.centre_us // 1000
    for n in range(20):
        half = int(HOUR / 2 * 87_600 ** dice.random())
        middle = opening + round(dice.gauss(0, 1) * (half + 5 * DAY))
        state = looking(data, Span(middle - half, middle + half), language=language, same_scale=n % 3 == 0,
                        text_percent=dice.choice((75, 100, 100, 150, 200)))
        frame = framed(data, state, dice.choice((300.0, 700.0, 1_400.0)), width=float(dice.randint(400, 1_900)))
        for one in frame.lanes:
            assert faults(one.picture, frame.scale, one.height - one.head) == [], (n, one.spec.id)
            assert one.picture.heading.title and (one.picture.quiet == "" or len(one.picture.labels) == 1)


def test_that_june_2020_opens_with_both_halves_and_no_lane_of_events_folded():
    frame = framed(june(), height=1_000.0)
    halves = [one.spec.half for one in frame.lanes]
    assert halves == sorted(halves, key="documented counted".split().index) and set(halves) == {"documented", "counted"}
    assert not any(one.is_strip for one in frame.lanes if one.spec.kind in ("portals", "floods"))

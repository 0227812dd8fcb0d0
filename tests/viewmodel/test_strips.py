"""Lanes folded by hand: strips that say how much they have in view, and lanes that were given room."""
from __future__ import annotations

import pytest

from fakes import MIDNIGHT, tiny_dataset
from lane_reading import measure
from timeline_app.domain.calendar import DAY
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset, open_dataset
from timeline_app.viewmodel import in_view, moves, summary, walk
from timeline_app.viewmodel.frame import STRIP, Frame, FrameRequest, PlacedLane, compose
from timeline_app.viewmodel.state import LaneChoice, Setting
from timeline_app.viewmodel.window import Window


def framed(data: Dataset, choice: LaneChoice, span: Span | None = None, **setting: object) -> Frame:
    state = moves.look(walk.opening(data, Setting(**setting)), lanes=choice)
    state = moves.look(state, window=Window.of(span)) if span is not None else state
    return compose(FrameRequest(data, state, 1_000.0, 700.0, measure))


def lane(frame: Frame, name: str) -> PlacedLane:
    return next(one for one in frame.lanes if one.spec.id == name)


@pytest.mark.parametrize("percent", [100, 200])
def test_that_a_folded_lane_is_a_strip_and_the_others_get_its_room(percent: int):
    data = tiny_dataset()
    before = framed(data, LaneChoice(), text_percent=percent)
    after = framed(data, LaneChoice(folded=frozenset({"portals", "daily"})), text_percent=percent)
    for name in ("portals", "daily"):
        assert lane(after, name).is_folded and lane(after, name).is_strip
        assert lane(after, name).height - lane(after, name).head == STRIP * percent / 100
    assert lane(after, "floods").height >= lane(before, "floods").height
    assert not any(one.is_folded for one in before.lanes)


def test_that_a_strip_draws_its_marks_without_words_and_says_how_many_are_in_view():
    strip = lane(framed(tiny_dataset(), LaneChoice(folded=frozenset({"portals"}))), "portals")
    assert strip.picture.heading.lines == ("3 events in view", "3") and not strip.picture.labels
    assert len(in_view.of_lane(strip, Span(MIDNIGHT - DAY, MIDNIGHT + 9 * DAY))) == 3
    counted = lane(framed(tiny_dataset(), LaneChoice(folded=frozenset({"daily"}))), "daily")
    assert counted.picture.bars and not counted.picture.labels and counted.picture.heading.lines[0].endswith("tweets")


def test_that_marks_of_a_strip_stay_within_it():
    for choice in (LaneChoice(), LaneChoice(group="actor")):
        data = open_dataset("june-2020")
        every = frozenset(one.spec.id for one in framed(data, choice).lanes)
        for strip in framed(data, LaneChoice(group=choice.group, folded=every)).lanes:
            room, picture = strip.height - strip.head, strip.picture
            assert all(band.top >= 0 and band.top + band.height <= room for band in picture.bands)
            assert all(0 <= point.y <= room for point in picture.points)
            assert all(one.top >= 0 and one.top + one.height <= room for one in picture.stacks)


def test_that_a_folded_lane_with_nothing_in_view_says_so():
    later = Span(MIDNIGHT + 8 * DAY, MIDNIGHT + 9 * DAY)
    frame = framed(tiny_dataset(), LaneChoice(folded=frozenset({"floods"})), later)
    assert lane(frame, "floods").is_folded and lane(frame, "floods").picture.quiet.startswith("nothing in view")


def test_that_an_opened_lane_has_more_than_the_others():
    data = open_dataset("june-2020")
    before, after = framed(data, LaneChoice()), framed(data, LaneChoice(opened="floods"))
    assert lane(after, "floods").height > lane(before, "floods").height
    assert framed(data, LaneChoice(opened="daily")).height == framed(data, LaneChoice()).height


@pytest.mark.parametrize("group", ["kind", "place", "actor", "hashtag", "source", "precision"])
def test_that_grouped_lanes_lie_below_each_other_and_every_event_is_counted_once(group: str):
    data = open_dataset("june-2020")
    own = framed(data, LaneChoice())
    frame = framed(data, LaneChoice(group=group))
    assert all(a.top + a.height == b.top for a, b in zip(frame.lanes, frame.lanes[1:], strict=False))
    assert summary.account(frame).events == summary.account(own).events
    drawn = [in_view.times(one, frame.scale.window.span) for one in frame.lanes if one.spec.half == "documented"]
    assert sum(len(one) for one in drawn) >= summary.account(frame).events
    counted = [one.spec.id for one in own.lanes if one.spec.half == "counted"]
    assert [one.spec.id for one in frame.lanes if one.spec.half == "counted"] == counted

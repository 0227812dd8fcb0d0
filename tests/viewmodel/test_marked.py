"""What a marked span holds: events that may have touched it, bins that begin in it, tweets that were made in it."""
from __future__ import annotations

import pytest

from fakes import MIDNIGHT, tiny_dataset
from timeline_app.base.text import catalogue
from timeline_app.domain.calendar import DAY, HOUR, MINUTE
from timeline_app.domain.time import Span
from timeline_app.viewmodel import marked
from timeline_app.viewmodel.state import LaneChoice

DATASET = tiny_dataset()


def account(start_days: float, end_days: float, **choice: object) -> marked.Marked:
    span = Span(MIDNIGHT + round(start_days * DAY), MIDNIGHT + round(end_days * DAY))
    return marked.account(span, DATASET, LaneChoice(**choice), "en")


@pytest.mark.parametrize(("span", "events"), [
    ((0.0, 6.0), 5), ((1.0, 2.0), 2), ((1.9, 1.95), 0), ((4.9, 5.0), 1), ((2.5, 2.6), 1), ((-5.0, -4.0), 0)])
def test_that_events_that_may_have_touched_it_are_counted_once(span, events):
    start, end = (MIDNIGHT + round(one * DAY) for one in span)
    touching = [e for e in DATASET.events if e.when.earliest_start < end and e.when.latest_end >= start]
    assert account(*span).events == len(touching) == events


def test_that_events_of_hidden_lanes_are_left_out():
    assert account(0, 6).events - account(0, 6, hidden=frozenset({"portals"})).events == 3


def test_that_bins_that_begin_in_it_are_summed_lane_by_lane():
    start = MIDNIGHT + 4 * DAY
    found = marked.account(Span(start + MINUTE, start + HOUR), DATASET, LaneChoice(), "en")
    coded = DATASET.series_by_id["coded"]
    within = (coded.start > start) & (coded.start < start + HOUR)
    assert within.sum() == 5
    assert [(one.title, one.number) for one in found.counted] == [
        ("#example by use", int(coded.values[within].sum())), ("#example", 0)]


def test_that_it_is_said_in_lines_and_what_there_is_none_of_is_left_out():
    lines = marked.lines(account(1.0, 2.0), DATASET, catalogue("en"))
    assert lines[:2] == ("24 h", "2 events") and len(lines) == 3
    assert lines[2].startswith("#example: ")
    assert marked.lines(account(1.7, 1.8), DATASET, catalogue("ko"))[1] == "사건 1건"

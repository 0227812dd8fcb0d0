"""What a marked span holds: events that may have touched it, bins that begin in it, tweets that were made in it."""
from __future__ import annotations

import pytest

from fakes import MIDNIGHT, tiny_dataset, tiny_session
from timeline_app.base.text import catalogue
from timeline_app.domain.calendar import DAY, HOUR, MINUTE
from timeline_app.domain.time import Span
from timeline_app.viewmodel import commands, marked, moves
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


def keyed(*ids: str, session=None):
    session = session or tiny_session()
    for one in ids:
        session.become(commands.by_id(one).move(session), discrete=False)
    return session


def test_that_a_key_marks_the_selected_event_where_it_is_in_sight_else_the_middle():
    session = tiny_session()
    middle = session.state.view.window.centre_us // 1000
    marked_span = keyed("mark_end_later").state.view.marked
    assert marked_span.start < middle < marked_span.end
    session.become(moves.select(session.state, "e-flood"))
    flood = DATASET.event_by_id["e-flood"].when.span
    assert keyed("mark_start_later", session=session).state.view.marked == flood


def test_that_keys_move_both_ends_and_an_end_never_passes_the_other():
    session = keyed("mark_end_later")
    first, step = session.state.view.marked, round(session.state.view.window.length_us * 0.05 / 1000)
    keyed("mark_end_later", "mark_start_earlier", session=session)
    assert session.state.view.marked == Span(first.start - step, first.end + step)
    keyed(*["mark_end_earlier"] * 30, session=session)
    assert session.state.view.marked.length == 1
    keyed(*["mark_start_later"] * 3, session=session)
    assert session.state.view.marked.length == 1


def test_that_an_end_that_leaves_the_window_takes_it_along_up_to_the_limits():
    session = keyed(*["mark_end_later"] * 60)
    view = session.state.view
    assert view.marked.end == session.limits.span.end and view.window.end_us == session.limits.end_us
    keyed(*["mark_start_earlier"] * 90, session=session)
    assert session.state.view.marked == session.limits.span
    assert session.state.view.window.start_us == session.limits.start_us

"""Where a new note goes: on what is selected, at an instant, or on the marked span."""
from __future__ import annotations

from dataclasses import dataclass

from timeline_app.base.problems import UserError
from timeline_app.domain.calendar import MINUTE, SECOND
from timeline_app.domain.time import Precision, Span
from timeline_app.viewmodel import tweet_pick, walk
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.window import TimeScale

_STEPS = (MINUTE, SECOND, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """The time of a note, of length 0 for a moment, and the event that it is put on."""

    span: Span
    event_id: str = ""


def in_sight(session: Session) -> Place | None:
    """The time of the selected event or tweet, if any of it is in view."""
    place = of_selection(session)
    return place if place is not None and session.state.view.window.span.overlaps(place.span) else None


def of_selection(session: Session) -> Place | None:
    """The time of the selected event or tweet: its moment where it is known to the minute, else all the time that it
    may have taken. None where nothing with a time is selected."""
    selected, dataset = session.state.view.selected, session.dataset
    event = dataset.event_by_id.get(selected)
    if event is None:
        span = tweet_pick.span(selected, dataset)
        return Place(Span(span.start, span.start)) if span is not None else None
    span = walk.bounded(event.when)
    is_fine = event.when.is_moment and event.when.precision <= Precision.MINUTE
    return Place(Span(span.start, span.start) if is_fine else span, selected)


def at(instant_us: int, scale: TimeScale) -> Place:
    """A moment, no finer than the scale can tell: to the minute where a pixel is longer than one, to the second or to
    the millisecond below."""
    ms = _snapped(instant_us // 1000, scale)
    return Place(Span(ms, ms))


def of_marked(session: Session, scale: TimeScale) -> Place:
    """The marked span, no finer than the scale can tell; UserError where none is marked."""
    marked = session.state.view.marked
    if marked is None:
        raise UserError("no_marked_span")
    start, end = _snapped(marked.start, scale), _snapped(marked.end, scale)
    return Place(Span(start, end) if end > start else marked)


def _snapped(ms: int, scale: TimeScale) -> int:
    step = next((step for step in _STEPS if scale.us_per_px >= step * 1000), 1)
    return (ms + step // 2) // step * step

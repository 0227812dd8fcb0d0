"""Reported floods: thin brackets that fade over their uncertainty. A flood is somebody's claim, so it is never drawn as
a state of what it was aimed at.
"""
from __future__ import annotations

from timeline_app.domain.records import Event
from timeline_app.viewmodel import event_marks
from timeline_app.viewmodel.event_marks import Mark
from timeline_app.viewmodel.picture import LanePicture, LaneRequest, Wanted


def wanted(request: LaneRequest) -> Wanted:
    """Rows for what the opening view shows."""
    return event_marks.wanted(request, mark, most=7)


def picture(request: LaneRequest) -> LanePicture:
    """The lane at this scale and height."""
    return event_marks.picture(request, mark)


def mark(event: Event, request: LaneRequest) -> Mark:
    """The bracket of a flood."""
    return Mark(event, _edges(event), "line", "ink", 3.0, event_marks.variants(event, request))


def _edges(event: Event) -> tuple[int, int, int, int]:
    """The four instants; a flood known only to lie in a stretch is strongest in its middle and fades to both ends."""
    when = event.when
    if when.is_moment:
        middle = (when.earliest_start + when.latest_end) // 2
        return when.earliest_start, middle, middle, when.latest_end
    return when.earliest_start, when.latest_start, when.earliest_end, when.latest_end

"""A lane of events: bands as long as they may have taken, dots for moments. Statements, calls, donations, context."""
from __future__ import annotations

from timeline_app.viewmodel import crowd, event_marks
from timeline_app.viewmodel.event_marks import Mark
from timeline_app.viewmodel.picture import LanePicture, LaneRequest, Wanted


def wanted(request: LaneRequest) -> Wanted:
    """Rows for what the opening view shows."""
    if crowd.is_crowded(request):
        return crowd.WANTED
    return event_marks.wanted(marks(request), request, most=5)


def picture(request: LaneRequest) -> LanePicture:
    """The lane at this scale and height."""
    if crowd.is_crowded(request):
        return crowd.picture(request)
    return event_marks.lay_out(marks(request), request).picture(event_marks.heading(request))


def marks(request: LaneRequest) -> list[Mark]:
    """A mark for each event of the lane, earliest first."""
    return [event_marks.own_mark(event, request) for event in event_marks.of_lane(request)]

"""A lane of events: bands as long as they may have taken, dots for moments. Statements, calls, donations, context."""
from __future__ import annotations

from timeline_app.viewmodel import event_marks
from timeline_app.viewmodel.picture import LanePicture, LaneRequest, Wanted


def wanted(request: LaneRequest) -> Wanted:
    """Rows for what the opening view shows."""
    return event_marks.wanted(request, event_marks.own_mark, most=5)


def picture(request: LaneRequest) -> LanePicture:
    """The lane at this scale and height."""
    return event_marks.picture(request, event_marks.own_mark)

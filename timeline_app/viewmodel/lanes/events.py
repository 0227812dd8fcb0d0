"""A lane of events: bands as long as they may have taken, dots for moments. Statements, calls, donations, context."""
from __future__ import annotations

from timeline_app.viewmodel import event_marks
from timeline_app.viewmodel.event_marks import Mark
from timeline_app.viewmodel.picture import Heading, LanePicture, LaneRequest, Wanted


def wanted(request: LaneRequest) -> Wanted:
    """Rows for what the opening view shows."""
    return event_marks.wanted(marks(request), request, most=5)


def picture(request: LaneRequest) -> LanePicture:
    """The lane at this scale and height."""
    spec = request.spec
    return event_marks.lay_out(marks(request), request).picture(
        Heading(request.say(spec.title), (request.say(spec.note),) if spec.note.text else ()))


def marks(request: LaneRequest) -> list[Mark]:
    """A mark for each event of the lane, earliest first."""
    found = request.dataset.event_by_id
    events = [found[event_id] for event_id in request.spec.event_ids if event_id in found]
    events.sort(key=lambda event: (event.when.earliest_start, -event.when.latest_end))
    return [event_marks.own_mark(event, request) for event in events]

"""A lane of events: bands as long as they may have taken, dots for moments. Statements, calls, donations, context."""
from __future__ import annotations

from timeline_app.domain.records import Event
from timeline_app.domain.time import Precision
from timeline_app.viewmodel import event_marks
from timeline_app.viewmodel.event_marks import Mark
from timeline_app.viewmodel.picture import Heading, LanePicture, LaneRequest, Wanted

FINE = frozenset({Precision.MS, Precision.SECOND, Precision.MINUTE})


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
    return [_mark(event, request) for event in events]


def _mark(event: Event, request: LaneRequest) -> Mark:
    when = event.when
    edges = (when.earliest_start, when.latest_start, when.earliest_end, when.latest_end)
    wordings = event_marks.variants(event, request)
    if when.is_moment:
        style = "dot" if when.precision in FINE else "light"
        return Mark(event, (edges[0], edges[0], edges[3], edges[3]), style, "ink", 16.0, wordings)
    return Mark(event, edges, "solid", "ink", 5.0, wordings)

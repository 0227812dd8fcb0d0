"""Lanes that a person has folded: a strip with the lane's name, how much it has in view, and where. Lanes that fold by
themselves, because they have nothing in view, are `frame`'s business.
"""
from __future__ import annotations

from dataclasses import replace

from timeline_app.engine import event_index
from timeline_app.viewmodel import marked, note_lanes
from timeline_app.viewmodel.lanes import lane_of
from timeline_app.viewmodel.picture import Heading, LanePicture, LaneRequest

PLAIN = "events"
OPENED = 0.6  # of the height of the view, for a lane that was given room
FEW, ROOMY = 12, 1.3  # events for which a lane needs no such height, but so much of what it would like


def picture(request: LaneRequest) -> LanePicture:
    """The marks of a lane in one row, its bars as a small skyline, without words; its heading says how much is
    in view, in full and as a mere number."""
    spec = request.spec
    kind = PLAIN if spec.half == "documented" and not spec.series_id else spec.kind
    drawn = lane_of(kind).picture(request)
    heading = Heading(drawn.heading.title, in_view(request, drawn))
    stacks = tuple(replace(one, runs=one.runs[:1]) for one in drawn.stacks)
    return replace(drawn, heading=heading, stacks=stacks, labels=(), rules=(), rivals=())


def in_view(request: LaneRequest, drawn: LanePicture) -> tuple[str, str]:
    """How much of a lane is in view, with its unit and as a number."""
    spec, window, texts = request.spec, request.scale.window.span, request.texts
    if spec.half == note_lanes.HALF:
        number = sum(request.notes.named(one).span.overlaps(window)
                     for one in note_lanes.names(request.notes, spec.id))
        return texts.count("lane.notes_in_view", number), f"{number:,}"
    if spec.half == "documented" and not spec.series_id:
        number = event_index.of(request.dataset, spec.event_ids).count(window)
        return texts.count("lane.in_view", number), f"{number:,}"
    counted = marked.of_lane(spec, request.dataset, window, texts.language)
    if counted is not None:
        return marked.amount(counted, request.dataset, texts), f"{counted.number:,}"
    number = sum(window.start <= point.at_ms < window.end for point in drawn.points)
    return texts.count("summary.figures", number), f"{number:,}"

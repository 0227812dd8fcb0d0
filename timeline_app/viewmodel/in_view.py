"""What a frame has in view, in order of time: its marks by name. The summary, the tree of a screen reader and the table
are made from this, so that they say what is drawn and nothing else.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from timeline_app.domain.records import Event
from timeline_app.domain.time import Span
from timeline_app.engine import event_index
from timeline_app.viewmodel.frame import Frame, PlacedLane
from timeline_app.viewmodel.picture import Item, LanePicture

CLUSTER = "cluster"
SELECTED = frozenset({"event", "tweet", "note"})  # kinds of items that a state can select by their id


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One mark in view: which item of its lane it is, its time, and its top and height in px of the lane."""

    lane: PlacedLane
    number: int
    start_ms: int
    end_ms: int
    top: float
    height: float

    @property
    def item(self) -> Item:
        """The item that the mark stands for."""
        return self.lane.picture.items[self.number]

    @property
    def selects(self) -> str:
        """What a state selects for it; "" for what cannot be selected."""
        item = self.item
        return item.id if item.kind in SELECTED else ""


def of_lane(lane: PlacedLane, window: Span) -> list[Seen]:
    """The marks of a lane that touch a stretch of time, one for each item, in order of time."""
    found: dict[int, Seen] = {}
    for number, start, end, top, height in _marks(lane.picture):
        if number >= 0 and number not in found and start < window.end and window.start < max(end, start + 1):
            found[number] = Seen(lane, number, start, end, top, height)
    return sorted(found.values(), key=attrgetter("start_ms", "end_ms"))


def of_frame(frame: Frame) -> list[Seen]:
    """The marks of all lanes in order of time, of equal starts the shortest first, then as the lanes stand."""
    window = frame.scale.window.span
    return sorted((one for lane in frame.lanes for one in of_lane(lane, window)), key=attrgetter("start_ms", "end_ms"))


def _marks(picture: LanePicture) -> Iterator[tuple[int, int, int, float, float]]:
    """Item, start, end, top and height of everything that stands for an item."""
    for band in picture.bands:
        yield band.item, band.edges[0], band.edges[3], band.top, band.height
    for point in picture.points:
        yield point.item, point.at_ms, point.at_ms, point.y - 8.0, 16.0
    for stack in picture.stacks:
        yield stack.item, stack.start_ms, stack.end_ms, stack.top, stack.height
    for bars in picture.bars:
        if bars.items is not None:
            yield from zip(bars.items.tolist(), bars.start.tolist(), bars.end.tolist(), bars.top.tolist(),
                           (bars.bottom - bars.top).tolist(), strict=True)


def events_of(lane: PlacedLane, window: Span) -> list[Event]:
    """The events of a lane that are in view, drawn one by one or many as one, in order of time."""
    return [lane.request.dataset.events[row] for row in rows_of(lane, window).tolist()] if lane.request else []


def times(lane: PlacedLane, window: Span) -> np.ndarray:
    """int64[n, 2]: the earliest starts and latest ends of the events of a lane that are in view, in order of time."""
    return lane.request.dataset.instants[rows_of(lane, window)][:, [0, 3]]


def rows_of(lane: PlacedLane, window: Span) -> np.ndarray:
    """intp[n]: where the events of a lane that are in view stand in the dataset, in order of time."""
    if lane.request is None or lane.spec.half != "documented":
        return np.zeros(0, dtype=np.intp)
    dataset, seen = lane.request.dataset, of_lane(lane, window)
    index = event_index.of(dataset, lane.spec.event_ids)
    if lane.picture.stacks:
        return index.rows[index.touching(window)]
    items = (one.item for one in seen)
    drawn = [dataset.row_of[item.id] for item in items if item.kind == "event" and item.id in dataset.row_of]
    return index.rows[np.isin(index.rows, drawn)]


def zone_of(lane: PlacedLane) -> str:
    """The zone in which the bars of a lane are said: days of authors who do not say where a day begins are UTC."""
    series = lane.request.dataset.series_by_id.get(lane.spec.series_id)
    return lane.request.zone if series is None or series.zone_is_stated else "UTC"

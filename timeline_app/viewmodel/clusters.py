"""Which events of a lane are drawn one by one and which are put together, where there are more than can be told apart.

Events are put together by cells of the calendar, long ones by longer cells; what is a cluster depends on the scale, the
zone and the lane's height alone, never on where the view begins, so that nothing flickers while one pans. Of a cell
with too many, those that the dataset says most about stay by themselves. Layout and drawing are in `event_marks`.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from timeline_app.domain.records import Event
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, Span
from timeline_app.engine import event_index
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.event_index import EventIndex, LengthClass
from timeline_app.viewmodel import cells, event_columns
from timeline_app.viewmodel.picture import LaneRequest
from timeline_app.viewmodel.window import TimeScale

MOST_MARKS = 300  # in view, that are drawn one by one if there is room for them
LEAST_PX = 52.0  # of a cell, so that a cluster has room for its count
MARK_PX = 10.0
_NAME = re.compile(r"cluster:(.*):(-?\d+):(-?\d+):(\d+):(\d+)", re.DOTALL)
Part = tuple[LengthClass, slice]


@dataclass(frozen=True, slots=True)
class Name:
    """What a state calls a cluster: its lane, its cell, and how long its events are, above and up to."""

    lane: str
    cell: Span
    shortest: int
    longest: int

    def __str__(self) -> str:
        return f"cluster:{self.lane}:{self.cell.start}:{self.cell.end}:{self.shortest}:{self.longest}"

    @classmethod
    def read(cls, selected: str) -> Name | None:
        """The name in a selection; None where it is something else."""
        match = _NAME.fullmatch(selected)
        if match is None:
            return None
        start, end, shortest, longest = (int(one) for one in match.groups()[1:])
        return cls(match[1], Span(start, max(start, end)), shortest, longest)

    def parts(self, index: EventIndex) -> list[Part]:
        """Its events in a lane."""
        return [(one, one.between(self.cell.start, self.cell.end)) for one in index.classes
                if self.shortest < one.longest <= self.longest]


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Events drawn as one: `count` of them besides those of its cell that stand by themselves (`beside`), in the time
    from `start` to `end`; `reach` is what is drawn of that; `matched` are what a search found, None without one."""

    name: Name
    start: int
    end: int
    reach: tuple[int, int]
    count: int
    beside: int
    parts: tuple[Part, ...]
    matched: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """What a lane draws: events by their places in its index, in order of time, and clusters."""

    index: EventIndex
    singles: tuple[int, ...]
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """`start` and `end` are those of its events. `is_fine`: of the finest cells, which are longer than their events:
    its cluster stays within it, so that neighbours do not lie on each other."""

    name: Name
    parts: tuple[Part, ...]
    count: int
    start: int
    end: int
    is_fine: bool


def index_of(request: LaneRequest) -> EventIndex:
    """The lane's events in time."""
    return event_index.of(request.dataset, request.spec.event_ids)


def grouped(request: LaneRequest, scale: TimeScale, rows: int) -> Grouped:
    """What to draw in so many rows of a view `scale`."""
    index, span = index_of(request), scale.window.span
    if index.count(span) <= MOST_MARKS:
        places = index.touching(span)
        if _depth(_reach(index.start[places], index.end[places], scale)) <= rows:
            return Grouped(index, tuple(places.tolist()), ())
    for found, quotas in _choices(index, request, scale, rows):
        for quota in quotas:
            made = _drawn(found, index, request, (scale, quota))
            if _depth(_reaches(made, scale)) <= rows:
                return made
    return made


def _choices(index: EventIndex, request: LaneRequest, scale: TimeScale, rows: int
             ) -> Iterator[tuple[list[_Cell], Iterable[int]]]:
    """The cells to try, and how many events of one may stand by themselves: first cells by the length of events; where
    even clusters lie on each other then, coarser ones for all that are shorter."""
    base = cells.step_for(LEAST_PX * request.text_percent / 100 * scale.us_per_px / 1000)
    steps = sorted({max(base, cells.step_for(one.longest)) for one in index.classes})
    yield _cells(index, request, scale, base), range(min(rows, 6), -1, -1)
    for step in steps[1:]:
        yield _cells(index, request, scale, step), (0,)


def _cells(index: EventIndex, request: LaneRequest, scale: TimeScale, base: int) -> list[_Cell]:
    """The cells with their events that touch the view, by the length that they are for, none finer than a step."""
    by_step: dict[int, list[LengthClass]] = {}
    for one in index.classes:
        by_step.setdefault(max(base, cells.step_for(one.longest)), []).append(one)
    found: list[_Cell] = []
    for step, classes in by_step.items():
        found += _of_step((step, step == base), classes, request, scale.window.span)
    return found


def _of_step(of: tuple[int, bool], classes: list[LengthClass], request: LaneRequest, span: Span) -> Iterator[_Cell]:
    step, is_fine = of
    longest = max(one.longest for one in classes)
    half = longest // 2 + 1
    edges = cells.edges(step, max(MIN_INSTANT, span.start - half), min(MAX_INSTANT, span.end + half), request.zone)
    bounds = [np.searchsorted(one.middle, edges) for one in classes]
    counts = sum(np.diff(one) for one in bounds)
    starts, ends = _reaches_of(classes, bounds)
    shortest = min(one.longest for one in classes) // 4
    for number in np.flatnonzero((counts > 0) & (starts < span.end) & (ends > span.start)).tolist():
        parts = tuple((one, slice(int(at[number]), int(at[number + 1])))
                      for one, at in zip(classes, bounds, strict=True) if at[number] < at[number + 1])
        cell = Span(int(edges[number]), int(edges[number + 1]))
        yield _Cell(Name(request.spec.id, cell, shortest, longest), parts, int(counts[number]),
                    int(starts[number]), int(ends[number]), is_fine)


def _reaches_of(classes: list[LengthClass], bounds: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """int64[n] each: the first start and the last end of the events of each cell."""
    size = len(bounds[0]) - 1
    starts, ends = np.full(size, MAX_INSTANT, np.int64), np.full(size, MIN_INSTANT, np.int64)
    for one, at in zip(classes, bounds, strict=True):
        full = np.flatnonzero(at[1:] > at[:-1])
        if len(full):
            first, last = at[full], int(at[full[-1] + 1])
            starts[full] = np.minimum(starts[full], np.minimum.reduceat(one.start[:last], first))
            ends[full] = np.maximum(ends[full], np.maximum.reduceat(one.end[:last], first))
    return starts, ends


def _drawn(found: Iterable[_Cell], index: EventIndex, request: LaneRequest, how: tuple[TimeScale, int]) -> Grouped:
    """The cells with at most `quota` events as events, the others as clusters beside the best known of theirs."""
    scale, quota = how
    singles: list[int] = []
    clusters: list[Cluster] = []
    for cell in found:
        if cell.count <= max(quota, 1):
            singles += (place for one, some in cell.parts for place in one.places[some].tolist())
            continue
        kept = _best_known(cell, index, request.dataset, quota - 1)
        singles += kept
        clusters.append(_cluster(cell, request, len(kept)))
    span = scale.window.span
    seen = sorted(one for one in singles if index.start[one] < span.end and index.end[one] > span.start)
    return Grouped(index, tuple(seen), tuple(clusters))


def _best_known(cell: _Cell, index: EventIndex, dataset: Dataset, most: int) -> list[int]:
    """Those of a cell that the dataset says most about, if it says anything: never all of it."""
    known = event_columns.said_of(dataset)
    if known is None or most < 1:
        return []
    places = np.concatenate([one.places[some] for one, some in cell.parts])
    said = known[index.rows[places]]
    best = np.lexsort((places, -said))[:min(most, cell.count - 2)]
    return places[best[said[best] > 0]].tolist()


def _cluster(cell: _Cell, request: LaneRequest, beside: int) -> Cluster:
    matched = None
    if request.matches is not None:
        found, index = event_columns.matching(request.dataset, request.matches), index_of(request)
        matched = sum(int(found[index.rows[one.places[some]]].sum()) for one, some in cell.parts)
    within = cell.name.cell
    reach = (cell.start, cell.end)
    if cell.is_fine:
        reach = max(cell.start, within.start), min(cell.end, within.end)
    return Cluster(cell.name, cell.start, cell.end, reach, cell.count - beside, beside, cell.parts, matched)


def events_of(places: Iterable[int], index: EventIndex, dataset: Dataset) -> list[Event]:
    """The events at some places of an index."""
    return [dataset.events[index.rows[place]] for place in places]


def _reaches(made: Grouped, scale: TimeScale) -> tuple[np.ndarray, np.ndarray]:
    places = np.array(made.singles, dtype=np.int64)
    boxes = np.array([one.reach for one in made.clusters], dtype=np.int64).reshape(-1, 2)
    start = np.concatenate([made.index.start[places], boxes[:, 0]])
    end = np.concatenate([made.index.end[places], boxes[:, 1]])
    return _reach(start, end, scale)


def _reach(start: np.ndarray, end: np.ndarray, scale: TimeScale) -> tuple[np.ndarray, np.ndarray]:
    """The px from left to right of marks, no mark narrower than it can be seen."""
    left, right = scale.xs(start), scale.xs(end)
    more = np.maximum(MARK_PX - (right - left), 0.0) / 2
    return left - more, right + more


def _depth(reach: tuple[np.ndarray, np.ndarray]) -> int:
    """How many marks stand at the fullest place."""
    left, right = np.sort(reach[0]), np.sort(reach[1])
    return int((np.arange(1, len(left) + 1) - np.searchsorted(right, left, side="right")).max(initial=0))

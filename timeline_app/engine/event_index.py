"""The events of a lane as arrays in time: which touch a stretch, how many, what comes next. What is drawn of them is
not decided here.

Everything a frame asks is answered by binary search, so that a million events cost about as much as a thousand.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset


@dataclass(frozen=True, slots=True, eq=False)
class LengthClass:
    """The events of about one length, by the middle of their time: int64[k] their `places` in the index, `middle`,
    `start` and `end`. None of them is longer than `longest` ms; each is longer than a quarter of it. `held` ms is as
    long as the longest there is."""

    longest: int
    held: int
    places: np.ndarray
    middle: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def between(self, start: int, end: int) -> slice:
        """Those whose middle lies in a stretch."""
        low, high = np.searchsorted(self.middle, (start, end))
        return slice(int(low), int(high))


@dataclass(frozen=True, eq=False)
class EventIndex:
    """n events by earliest start, of equal starts the longest first. int64[n] each: `rows` their places in the
    dataset, `start` and `end` the time they may have taken, a moment at least 1 ms."""

    rows: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def _ends(self) -> np.ndarray:
        return np.sort(self.end)

    @cached_property
    def _reach(self) -> np.ndarray:
        """The latest end of all up to each: it never falls, so that it can be searched."""
        return np.maximum.accumulate(self.end)

    @cached_property
    def classes(self) -> tuple[LengthClass, ...]:
        """The events by length, in classes that are four times as long as the one before."""
        length = np.maximum(self.end.astype(np.float64) - self.start, 1.0)
        rank = np.ceil(np.log2(length) / 2).astype(np.int64)
        return tuple(self._class(4 ** one, np.flatnonzero(rank == one)) for one in np.unique(rank).tolist())

    def _class(self, longest: int, places: np.ndarray) -> LengthClass:
        start, end = self.start[places], self.end[places]
        middle = start // 2 + end // 2 + (start % 2 + end % 2) // 2
        order = np.argsort(middle, kind="stable")
        held = int((end.astype(np.float64) - start).max(initial=1.0))
        return LengthClass(longest, held, places[order], middle[order], start[order], end[order])

    def touching(self, span: Span) -> np.ndarray:
        """int64[k]: the places of those that share time with a stretch, in order."""
        low = int(np.searchsorted(self._reach, span.start, side="right"))
        high = int(np.searchsorted(self.start, span.end))
        return low + np.flatnonzero(self.end[low:high] > span.start)

    def count(self, span: Span) -> int:
        """How many share time with a stretch."""
        begun = np.searchsorted(self.start, span.end)
        return int(begun - np.searchsorted(self._ends, span.start, side="right"))

    def next_start(self, at: int) -> int | None:
        """The first start at or after an instant."""
        place = int(np.searchsorted(self.start, at))
        return int(self.start[place]) if place < len(self) else None

    def last_start(self, at: int) -> int | None:
        """The last start before an instant."""
        place = int(np.searchsorted(self.start, at))
        return int(self.start[place - 1]) if place else None


class _Same:
    """Ids known by being the same tuple: to compare 50,000 of them at each frame would cost more than to draw them."""

    __slots__ = ("ids",)

    def __init__(self, ids: tuple[str, ...]) -> None:
        self.ids = ids

    def __hash__(self) -> int:
        return id(self.ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.ids is other.ids


def of(dataset: Dataset, event_ids: tuple[str, ...]) -> EventIndex:
    """The index of some events of a dataset; ids that it does not have are left out. Kept as long as the tuple is
    asked for."""
    return _made(dataset, _Same(event_ids))


@lru_cache(maxsize=512)
def _made(dataset: Dataset, same: _Same) -> EventIndex:
    known = dataset.row_of
    rows = np.array([known[one] for one in same.ids if one in known], dtype=np.int64)
    start = dataset.instants[rows, 0]
    end = np.maximum(dataset.instants[rows, 3], start + 1)
    order = np.lexsort((-end, start))
    return EventIndex(rows[order], start[order], end[order])

"""Tweets one by one: a mark each, as long as its time is in doubt, those of one moment on top of each other. So a heap
of marks is still a bar, and says how many they are. Their texts are in `tweet_cards`.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.domain.snowflake import EPOCH_MS
from timeline_app.engine.dataset import Collection
from timeline_app.viewmodel import tweet_pick
from timeline_app.viewmodel.bars import Part
from timeline_app.viewmodel.picture import Band, Bars, Item, LaneRequest, ManyItems

MOST = 400
LEAST_PX, APART = 3.0, 1.0
UNITS = (14.0, 11.0, 8.0, 6.0, 4.0, 3.0)  # px that a mark may be high; steps, so that it is calm while one pans


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The tweets of a lane that are in view, in time: int64[n] rows, intp[n] which part each is of, bool[n] whether a
    search does not match it."""

    rows: np.ndarray
    part: np.ndarray
    dim: np.ndarray
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Marks at their places: `left`, `right` and `top` float64[n] px, `at` int64[n] ms; `strip` is the px they take
    from the floor of the lane up."""

    seen: Seen
    at: np.ndarray
    left: np.ndarray
    right: np.ndarray
    top: np.ndarray
    strip: float
    bars: tuple[Bars, ...]
    bands: tuple[Band, ...]
    items: TweetItems


@dataclass(frozen=True, slots=True, eq=False)
class TweetItems(ManyItems):
    """The items of marks: int64[n] IDs ascending, ms, ms of doubt and float64[n] tops; all `high` px high."""

    collection: Collection
    ids: np.ndarray
    at: np.ndarray
    half: np.ndarray
    top: np.ndarray
    high: float

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, number: int) -> Item:
        if not -len(self.ids) <= number < len(self.ids):
            raise IndexError(number)
        at, half = int(self.at[number]), int(self.half[number])
        return Item("tweet", tweet_pick.name(self.collection.id, int(self.ids[number])), "",
                    (at - half, at + half + 1, float(self.top[number]), self.high))

    def named(self, selected: str) -> tuple[Item, ...]:
        """The tweet that a state has selected."""
        place = int(np.searchsorted(self.ids, tweet_pick.number(selected)))
        found = self[place] if place < len(self.ids) else None
        return (found,) if found is not None and found.id == selected else ()


def lay_out(seen: Seen, collection: Collection, request: LaneRequest, room: float) -> Marks | None:
    """A mark for each tweet, in at most `room` px from the floor; None where they would lie on each other."""
    at, half = _times(seen.rows, collection)
    left, right = request.scale.xs(at - half), request.scale.xs(at + half + 1)
    right = np.maximum(right, left + LEAST_PX)
    level = _levels(left, right)
    heap = int(level.max(initial=0)) + 1
    unit = next((one for one in UNITS if one * heap <= room), 0.0)
    if not unit:
        return None
    top = request.height - 1.0 - (level + 1) * unit
    items = TweetItems(collection, np.asarray(collection.store.rows.ids[seen.rows]), at, half, top, unit)
    placed = Marks(seen, at, left, right, top, unit * heap, (), (), items)
    return Marks(seen, at, left, right, top, unit * heap, _bars(placed, half, (request, unit)),
                 _bands(placed, half, unit), items)


def _times(rows: np.ndarray, collection: Collection) -> tuple[np.ndarray, np.ndarray]:
    """int64[n] each: when tweets were made, and how far that may be off."""
    columns = collection.store.rows
    at = (np.asarray(columns.ids[rows]) >> 22) + EPOCH_MS
    half = columns.numbers.get("half_width_ms")
    return at, np.zeros(len(rows), np.int64) if half is None else np.asarray(half[rows])


def _levels(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """intp[n]: for each mark the lowest level on which nothing before it reaches it."""
    ends: list[float] = []
    found = np.zeros(len(left), np.intp)
    for number, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        level = next((n for n, end in enumerate(ends) if end + APART <= a), len(ends))
        if level == len(ends):
            ends.append(b)
        ends[level] = b
        found[number] = level
    return found


def _bars(marks: Marks, half: np.ndarray, look: tuple[LaneRequest, float]) -> tuple[Bars, ...]:
    """Marks of a certain time, one group a colour."""
    request, unit = look
    seen, found = marks.seen, []
    wide = max(1, round(LEAST_PX * request.scale.us_per_px / 1000))
    for number, part in enumerate(seen.parts):
        for dim in (False, True):
            own = np.flatnonzero((seen.part == number) & (seen.dim == dim) & (half == 0))
            if len(own):
                top = marks.top[own].astype(np.float32)
                found.append(Bars(marks.at[own], marks.at[own] + wide, top, top + np.float32(unit - 1), part.role, dim,
                                  own.astype(np.int32)))
    return tuple(found)


def _bands(marks: Marks, half: np.ndarray, unit: float) -> tuple[Band, ...]:
    """Marks of damaged IDs, which fade over all their doubt."""
    seen = marks.seen
    return tuple(Band((int(marks.at[n] - half[n]), int(marks.at[n]), int(marks.at[n]), int(marks.at[n] + half[n])),
                      float(marks.top[n]), unit - 1, seen.parts[seen.part[n]].role, item=int(n), dim=bool(seen.dim[n]))
                 for n in np.flatnonzero(half))

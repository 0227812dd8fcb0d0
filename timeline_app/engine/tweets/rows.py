"""Tweets in ID order, each ID once, as columns; and what becomes of the same tweet told twice.

Columns that would be all zero are left out, so a plain list of IDs is nothing but its IDs. Joining is associative:
flags are added up (but an ID is damaged only if every copy is), retweets and likes are the greatest, tags the union,
author, language, original and text those of the first copy that has any; file and line those of the first copy whose
line is known. Files are in `run`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from timeline_app.engine.tweets import ragged
from timeline_app.engine.tweets.batch import DAMAGED, says_something
from timeline_app.engine.tweets.ragged import Ragged

NUMBERS = {"flags": np.uint16, "author": np.int64, "lang": np.uint16, "retweets": np.int32, "likes": np.int32,
           "half_width_ms": np.int64, "original": np.int64, "file": np.uint32, "line": np.uint32}
_GLANCE = 64  # IDs that tell whether a part is sorted
RAGGED = {"tags": np.int32, "outer_tags": np.int32, "text": np.uint8, "folded": np.uint8}


@dataclass(frozen=True, slots=True)
class Rows:
    """`ids` int64[n]; `numbers` and `ragged` hold the columns that are not empty, n rows each."""

    ids: np.ndarray
    numbers: Mapping[str, np.ndarray] = field(default_factory=dict)
    ragged: Mapping[str, Ragged] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def size(self) -> int:
        """Bytes of all columns."""
        lists = sum(one.offsets.nbytes + one.values.nbytes for one in self.ragged.values())
        return self.ids.nbytes + sum(one.nbytes for one in self.numbers.values()) + lists

    def part(self, start: int, end: int) -> Rows:
        """Rows start..end."""
        return Rows(self.ids[start:end], {name: one[start:end] for name, one in self.numbers.items()},
                    {name: one.part(start, end) for name, one in self.ragged.items()})


def filled(rows: Rows) -> Rows:
    """The rows without columns that say nothing."""
    return Rows(rows.ids, {name: one for name, one in rows.numbers.items() if says_something(one)},
                {name: one for name, one in rows.ragged.items() if len(one.values)})


def join(parts: Sequence[Rows]) -> Rows:
    """All tweets of all parts in ID order, each once; parts may be unsorted, and earlier parts count as first."""
    parts = [part for part in parts if len(part)] or list(parts[:1])
    ids = np.concatenate([part.ids for part in parts])
    numbers = [name for name in NUMBERS if any(name in part.numbers for part in parts)]
    lists = [name for name in RAGGED if any(name in part.ragged for part in parts)]
    if not numbers and not lists:
        ids.sort(kind="stable" if all(_seems_sorted(part.ids) for part in parts) else "quicksort")  # "stable" merges
        return Rows(_once(ids))
    order = np.argsort(ids, kind="stable")
    ids = ids[order]
    first = np.flatnonzero(_is_first(ids))
    made = {name: _joined_number(name, parts)[order] for name in numbers}
    if len(first) < len(ids):
        made = {name: _combined(name, made, first) for name in made}
    ragged_columns = {name: _joined_list(name, parts, order, first) for name in lists}
    return Rows(ids[first] if len(first) < len(ids) else ids, made, ragged_columns)


def _seems_sorted(ids: np.ndarray) -> bool:
    return bool((ids[1:_GLANCE] >= ids[: _GLANCE - 1][: len(ids) - 1]).all())


def _once(ids: np.ndarray) -> np.ndarray:
    keep = _is_first(ids)
    return ids if keep.all() else ids[keep]


def _is_first(ids: np.ndarray) -> np.ndarray:
    keep = np.empty(len(ids), np.bool_)
    keep[:1] = True
    np.not_equal(ids[1:], ids[:-1], out=keep[1:])
    return keep


def _joined_number(name: str, parts: Sequence[Rows]) -> np.ndarray:
    empty = NUMBERS[name]
    return np.concatenate([part.numbers[name] if name in part.numbers else np.zeros(len(part), empty)
                           for part in parts])


def _joined_list(name: str, parts: Sequence[Rows], order: np.ndarray, first: np.ndarray) -> Ragged:
    every = ragged.joined([part.ragged.get(name) or ragged.empty(len(part), RAGGED[name]) for part in parts])
    if len(first) == len(order):
        return every.take(order)
    if name == "text":
        lengths = every.lengths[order]
        return every.take(order[_first_filled(lengths, first)])
    sorted_rows = every.take(order)
    group = np.zeros(len(order), np.int64)
    group[first[1:]] = 1
    owner = np.repeat(np.cumsum(group), sorted_rows.lengths)
    return ragged.of_pairs(owner, sorted_rows.values, len(first))


def _first_filled(column: np.ndarray, first: np.ndarray) -> np.ndarray:
    """The place of the first value of each group that is not zero, else of the first."""
    places = np.where(column != 0, np.arange(len(column)), len(column))
    found = np.minimum.reduceat(places, first)
    return np.where(found < len(column), found, first)


def _greatest(column: np.ndarray, first: np.ndarray) -> np.ndarray:
    return np.maximum.reduceat(column, first)


def _least(column: np.ndarray, first: np.ndarray) -> np.ndarray:
    return np.minimum.reduceat(column, first)


def _of_first(column: np.ndarray, first: np.ndarray) -> np.ndarray:
    return column[_first_filled(column, first)]


def _combined(name: str, columns: Mapping[str, np.ndarray], first: np.ndarray) -> np.ndarray:
    if name == "file":  # of the copy that gives the line
        line = columns.get("line")
        return columns[name][first if line is None else _first_filled(line, first)]
    return _COMBINE[name](columns[name], first)


def _flags(column: np.ndarray, first: np.ndarray) -> np.ndarray:
    some, every = np.bitwise_or.reduceat(column, first), np.bitwise_and.reduceat(column, first)
    return some & ~np.uint16(DAMAGED) | every & np.uint16(DAMAGED)


_COMBINE: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "flags": _flags, "author": _of_first, "lang": _of_first, "retweets": _greatest, "likes": _greatest,
    "half_width_ms": _least, "original": _of_first, "line": _of_first}

"""Which tweets several collections have in common, by ID: a table for each pair, and counts per bin.

The sorted IDs of all are gone through side by side, a span at a time, so that memory stays bounded. IDs that lost
digits and those that only stand for a time are compared with nothing: they are counted apart. How it is shown is not
here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, pairwise

import numpy as np

from timeline_app.domain.snowflake import EPOCH_MS, FIRST_ID, LAST_ID
from timeline_app.engine.tweets.batch import DAMAGED, TIMES_ONLY
from timeline_app.engine.tweets.store import Store

_AT_ONCE = 1_000_000  # rows of each collection at a time
_SHIFT = 22
_LAST_MS = (LAST_ID >> _SHIFT) + EPOCH_MS

Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two collections by their places: tweets that only the first has, only the second, both."""

    first: int
    second: int
    only_first: int
    only_second: int
    both: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Of each collection the tweets that could be compared and those that could not; of each pair what it shares; and
    how many tweets are in all of them."""

    compared: tuple[int, ...]
    doubtful: tuple[int, ...]
    pairs: tuple[Pair, ...]
    in_all: int


def shared(stores: Sequence[Store], check: Check | None = None) -> Overlap:
    """What two or more collections have in common. `check` is called between spans and may raise."""
    places = list(combinations(range(len(stores)), 2))
    compared, both, in_all = [0] * len(stores), [0] * len(places), 0
    for parts in _spans(stores, (0, LAST_ID), check):
        compared = [many + len(part) for many, part in zip(compared, parts, strict=True)]
        both = [many + len(_in_both(parts[a], parts[b])) for many, (a, b) in zip(both, places, strict=True)]
        in_all += len(reduce(_in_both, parts)) if len(stores) > 2 else 0
    pairs = tuple(Pair(a, b, compared[a] - many, compared[b] - many, many)
                  for many, (a, b) in zip(both, places, strict=True))
    doubtful = tuple(len(store) - many for store, many in zip(stores, compared, strict=True))
    return Overlap(tuple(compared), doubtful, pairs, in_all if len(stores) > 2 else sum(both))


def ids(stores: Sequence[Store], check: Check | None = None) -> np.ndarray:
    """int64[k]: the IDs that all of the collections have, ascending."""
    found = [reduce(_in_both, parts) for parts in _spans(stores, (0, LAST_ID), check)]
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def counts(stores: Sequence[Store], edges: np.ndarray, check: Check | None = None) -> np.ndarray:
    """int64[n - 1]: tweets that all of the collections have, from each edge (ms UTC, ascending) to before the next."""
    edges = np.asarray(edges, np.int64)
    before = np.zeros(len(edges), np.int64)
    if len(edges) < 2:
        return before[1:]
    keys = np.maximum((np.clip(edges, EPOCH_MS, _LAST_MS) - EPOCH_MS) << _SHIFT, FIRST_ID)
    keys[edges > _LAST_MS] = LAST_ID
    for parts in _spans(stores, (int(keys[0]), int(keys[-1])), check):
        before += np.searchsorted(reduce(_in_both, parts), keys)
    return np.diff(before)


def _spans(stores: Sequence[Store], within: tuple[int, int], check: Check | None) -> Iterator[list[np.ndarray]]:
    """The comparable IDs of every collection, span by span, from one ID to another, both within."""
    columns = [store.rows.ids for store in stores]
    first, last = within
    cuts = np.unique(np.concatenate([column[_AT_ONCE::_AT_ONCE] for column in columns]))
    cuts = [first, *cuts[(cuts > first) & (cuts <= last)].tolist()]
    places = [[*np.searchsorted(column, cuts).tolist(), int(np.searchsorted(column, last, "right"))]
              for column in columns]
    for ends in pairwise(zip(*places, strict=True)):
        if check:
            check()
        yield [_comparable(store, low, high) for store, low, high in zip(stores, *ends, strict=True)]


def _comparable(store: Store, low: int, high: int) -> np.ndarray:
    """The IDs of rows low..high that are whole."""
    found, flags = np.asarray(store.rows.ids[low:high]), store.rows.numbers.get("flags")
    return found if flags is None else found[flags[low:high] & (DAMAGED | TIMES_ONLY) == 0]


def _in_both(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """What stands in both of two ascending arrays without repetition."""
    few, many = sorted((one, other), key=len)
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    return few[many[at] == few] if len(many) else few

"""Tweets per bin, exact at every zoom: by the directory of minutes, and inside a minute by the IDs themselves.

Bins are given by their edges. Up to an hour they are steps of time that passes, from the first instant of each local
day; longer ones are steps of the wall clock: a day may have 23 or 25 hours, and nothing is counted twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from timeline_app.base.problems import UserError
from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND, civil_from_days, days_from_civil, weekday
from timeline_app.domain.snowflake import EPOCH_MS, LAST_ID
from timeline_app.engine.tweets.paging import ask_for
from timeline_app.engine.tweets.store import MINUTE_MS, Store
from timeline_app.engine.tweets.tag_names import compared

_SHIFT = 22
_END_MS = (LAST_ID >> _SHIFT) + EPOCH_MS
_BIN = re.compile(r"([1-9][0-9]{0,3})(ms|s|min|h|d|w|mo|y)")
_UNITS = {"ms": 1, "s": SECOND, "min": MINUTE, "h": HOUR}
MOST_BINS = 5_000_000
_Known = WeakKeyDictionary[Store, dict[object, np.ndarray]]
_MOST_KEPT = 24  # of a store: the lanes of a frame ask for the same edges
_before: _Known = WeakKeyDictionary()
_summed: _Known = WeakKeyDictionary()
_lock = Lock()


def rows_before(store: Store, edges: np.ndarray) -> np.ndarray:
    """int64[n]: how many rows stand before each instant (ms UTC, ascending); those from before the scheme always do."""
    edges = np.asarray(edges, np.int64)
    return _kept(_before, store, edges.tobytes(), lambda: _places(
        store, edges, store.minutes, store.rows.ids, (np.clip(edges, EPOCH_MS, _END_MS) - EPOCH_MS) << _SHIFT))


def _kept(known: _Known, store: Store, key: object, make: Callable[[], np.ndarray]) -> np.ndarray:
    """What was worked out for the store before, or is now; the oldest goes."""
    with _lock:
        found = known.setdefault(store, {}).get(key)
    if found is None:
        found = make()
        with _lock:
            known[store][key] = found
            while len(known[store]) > _MOST_KEPT:
                known[store].pop(next(iter(known[store])))
    return found


def _places(store: Store, edges: np.ndarray, directory: np.ndarray, values: np.ndarray, keys: np.ndarray
            ) -> np.ndarray:
    """int64[n]: how many values stand before each edge: by the directory, and inside a minute by their keys."""
    inside = np.clip(edges, EPOCH_MS, _END_MS)
    minute = inside // MINUTE_MS - store.manifest.minute
    last = len(store.minutes) - 1
    found = np.asarray(directory[np.clip(minute, 0, last)]).astype(np.int64)
    within = np.flatnonzero((inside % MINUTE_MS != 0) & (minute >= 0) & (minute < last))
    if len(within):
        low, high = int(found[within[0]]), int(directory[minute[within[-1]] + 1])
        part = values[low:high]
        places = low + np.searchsorted(part, keys[within].astype(part.dtype))
        found[within] = np.maximum(places, found[within])
    return found


def counts(store: Store, edges: np.ndarray, key: str = "", weight: str = "") -> np.ndarray:
    """int64[n - 1]: tweets from each edge (ms UTC, ascending) to before the next, of a term or (with "") all; with a
    weight, "retweets" or "likes", their sum."""
    edges, number = np.asarray(edges, np.int64), store.number(key)
    if not len(edges) or (key and number is None):
        return np.zeros(max(len(edges) - 1, 0), np.int64)
    _ask(store, edges, number)
    rows = rows_before(store, edges)
    if number is None:
        return np.diff(_sums_before(store, edges, rows, weight) if weight else rows)
    posting, directory = store.posting(number), store.directory(number)
    places = _searched(posting, rows) if directory is None else _places(store, edges, directory, posting, rows)
    return np.diff(_running(store, number, weight)[places] if weight else places)


def _ask(store: Store, edges: np.ndarray, number: int | None) -> None:
    """Ask for the pages that counting will need, before the first of them is waited for."""
    minute = np.clip(edges[[0, -1]], EPOCH_MS, _END_MS) // MINUTE_MS - store.manifest.minute
    first, last = np.clip([minute[0], minute[1] + 1], 0, len(store.minutes) - 1).tolist()
    directory = store.directory(number) if number is not None else None
    for array in (store.minutes, directory) if directory is not None else (store.minutes,):
        ask_for(array, first, last + 1)
    if edges[-1] - edges[0] < len(edges) * MINUTE_MS:  # finer than minutes: the values themselves are searched
        ask_for(store.rows.ids, int(store.minutes[first]), int(store.minutes[last]))
        if directory is not None:
            ask_for(store.posting(number), int(directory[first]), int(directory[last]))


def _searched(posting: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """int64[n]: how much of a posting stands before each row; only the part in question is looked at."""
    if not len(rows):
        return rows
    low, high = np.searchsorted(posting, rows[[0, -1]].astype(posting.dtype)).tolist()
    return low + np.searchsorted(posting[low:high], rows.astype(posting.dtype))


def _sums_before(store: Store, edges: np.ndarray, rows: np.ndarray, weight: str) -> np.ndarray:
    """int64[n]: the sum of a weight before each edge, whose rows are known."""
    column = store.rows.numbers.get(weight)
    if column is None:
        return np.zeros(len(edges), np.int64)
    last = len(store.minutes) - 1
    minute = np.clip(np.clip(edges, EPOCH_MS, _END_MS) // MINUTE_MS - store.manifest.minute, 0, last)
    found = np.asarray(store.sums[weight][minute])
    start = np.asarray(store.minutes[minute])
    within = np.flatnonzero(rows > start)
    if len(within):
        low, high = int(start[within[0]]), int(rows[within[-1]])
        total = np.concatenate([[0], np.cumsum(column[low:high], dtype=np.int64)])
        found[within] += total[rows[within] - low] - total[start[within] - low]
    return found


def _running(store: Store, number: int, weight: str) -> np.ndarray:
    """int64[k + 1]: the sum of a weight before each row of a posting; the last few are kept."""
    def made() -> np.ndarray:
        column, posting = store.rows.numbers.get(weight), store.posting(number)
        of_rows = column[posting] if column is not None else np.zeros(len(posting), np.int64)
        return np.concatenate([[0], np.cumsum(of_rows, dtype=np.int64)])

    return _kept(_summed, store, (number, weight), made)


def rows_of(store: Store, key: str) -> np.ndarray:
    """Rows of a term, ascending; of "" all of them."""
    if not key:
        return np.arange(len(store))
    number = store.number(key)
    return store.posting(number) if number is not None else np.zeros(0, np.int64)


def key_of(written: str) -> str:
    """The key of what a person writes: `T`, `#T` and `＃T` are a tag, `use=hijacked` and `lang=ko` are themselves."""
    plain = compared(written)
    return plain if "=" in plain else f"#{plain}" if plain else ""


def edges_of(start_ms: int, end_ms: int, bin_name: str, zone: str = "UTC") -> np.ndarray:
    """int64[n]: the edges of the bins that hold start_ms to before end_ms; UserError for a bin or zone nobody knows."""
    match = _BIN.fullmatch(bin_name)
    if match is None:
        raise UserError("unknown_bin", bin=bin_name)
    if not zones.is_zone(zone):
        raise UserError("unknown_zone", zone=zone)
    number, unit = int(match[1]), match[2]
    step = _UNITS.get(unit, DAY) * number
    if (unit in ("ms", "s", "min", "h") and DAY % step) or (end_ms - start_ms) // step > MOST_BINS:
        raise UserError("unknown_bin", bin=bin_name)
    made = _edges(start_ms, end_ms, (number, unit), zone)
    first = int(np.searchsorted(made, start_ms, "right")) - 1
    return made[first : int(np.searchsorted(made, end_ms, "left")) + 1]


def _edges(start: int, end: int, size: tuple[int, str], zone: str) -> np.ndarray:
    number, unit = size
    step = _UNITS.get(unit, DAY) * number
    if unit in _UNITS and zone == "UTC":
        return np.arange(start // step * step, end + step, step, dtype=np.int64)
    if unit in _UNITS and step <= HOUR:
        return _passing(start, end, step, zone)
    return np.array([zones.first_instant(local, zone) for local in _locals(start, end, size, zone)], np.int64)


def _passing(start: int, end: int, step: int, zone: str) -> np.ndarray:
    """Steps of time that passes, anew from each local midnight; none that lies outside of what is asked for, because a
    day has 86 million milliseconds."""
    days = range(zones.to_local(start, zone) // DAY - 1, zones.to_local(end, zone) // DAY + 3)
    midnights = [zones.first_instant(day * DAY, zone) for day in days]
    parts = [np.arange(one + max(start - one, 0) // step * step, min(following, end + step), step, np.int64)
             for one, following in zip(midnights, midnights[1:], strict=False)
             if start < following and one < end + step]
    return np.concatenate(parts)


def _locals(start: int, end: int, size: tuple[int, str], zone: str) -> Iterator[int]:
    """Wall-clock times of the edges, from one at or before the start to one behind the end."""
    number, unit = size
    first, last = zones.to_local(start, zone) - DAY, zones.to_local(end, zone) + DAY
    if unit in ("mo", "y"):
        yield from _months(first, last, number * (12 if unit == "y" else 1))
        return
    step = {"h": HOUR, "d": DAY, "w": 7 * DAY}[unit] * number
    phase = -weekday(0) * DAY if unit == "w" else 0  # weeks begin on Monday
    local = (first - phase) // step * step + phase
    while local < last + step:
        yield local
        local += step


def _months(first: int, last: int, step: int) -> Iterator[int]:
    year, month, _ = civil_from_days(first // DAY)
    at = (year * 12 + month - 1) // step * step
    local = first
    while local <= last:
        local = days_from_civil(at // 12, at % 12 + 1, 1) * DAY
        yield local
        at += step

"""Tweets per bin, exact at every zoom: by the directory of minutes, and inside a minute by the IDs themselves.

Bins are given by their edges. Up to an hour they are steps of time that passes, from the first instant of each local
day; longer ones are steps of the wall clock: a day may have 23 or 25 hours, and nothing is counted twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from timeline_app.base.problems import UserError
from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND, civil_from_days, days_from_civil, weekday
from timeline_app.domain.snowflake import EPOCH_MS, LAST_ID
from timeline_app.engine.tweets.shard import compared
from timeline_app.engine.tweets.store import MINUTE_MS, Store

_SHIFT = 22
_END_MS = (LAST_ID >> _SHIFT) + EPOCH_MS
_BIN = re.compile(r"([1-9][0-9]{0,3})(ms|s|min|h|d|w|mo|y)")
_UNITS = {"ms": 1, "s": SECOND, "min": MINUTE, "h": HOUR}
MOST_BINS = 5_000_000


def rows_before(store: Store, edges: np.ndarray) -> np.ndarray:
    """int64[n]: how many rows stand before each instant (ms UTC, ascending); those from before the scheme always do."""
    inside = np.clip(edges, EPOCH_MS, _END_MS)
    minute = inside // MINUTE_MS - store.manifest.minute
    last = len(store.minutes) - 1
    found = np.asarray(store.minutes[np.clip(minute, 0, last)])
    within = np.flatnonzero((inside % MINUTE_MS != 0) & (minute >= 0) & (minute < last))
    if len(within):
        low, high = int(found[within[0]]), int(store.minutes[minute[within[-1]] + 1])
        keys = (inside[within] - EPOCH_MS) << _SHIFT
        found[within] = np.maximum(low + np.searchsorted(store.rows.ids[low:high], keys), found[within])
    return found


def counts(store: Store, edges: np.ndarray, tag: str | None = None) -> np.ndarray:
    """int64[n - 1]: tweets from each edge (ms UTC, ascending) to before the next; with a tag, those that use it."""
    rows = rows_before(store, np.asarray(edges, np.int64))
    if tag is None:
        return np.diff(rows)
    code = store.code(compared(tag))
    if code is None:
        return np.zeros(max(len(rows) - 1, 0), np.int64)
    return np.diff(np.searchsorted(store.rows_of_tag(code), rows))


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
    """Steps of time that passes, anew from each local midnight."""
    days = range(zones.to_local(start, zone) // DAY - 1, zones.to_local(end, zone) // DAY + 3)
    midnights = [zones.first_instant(day * DAY, zone) for day in days]
    parts = [np.arange(one, following, step) for one, following in zip(midnights, midnights[1:], strict=False)]
    return np.unique(np.concatenate(parts)).astype(np.int64)


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

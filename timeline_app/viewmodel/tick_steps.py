"""Where ticks fall: from every millisecond to every 500 million years, on a zone's wall clock. No words, no px.

A step yields instants, int64 ms UTC. Hours stand at wall-clock hours: a day of 23 hours lacks one, a day of 25 has
one twice. Days begin at local midnight or, where the clock skips it, at the jump. Years have no year 0.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND, civil_from_days, days_from_civil, days_in_month
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT

AGO_FROM = 1950  # "before present" of archaeology and geology counts from 1950
CLOCK_MS = {"ms": 1, "second": SECOND, "minute": MINUTE, "hour": HOUR}
# A year or month of the shortest kind, so that a label that fits there fits everywhere.
_UNIT_MS = CLOCK_MS | {"day": DAY, "month": 28 * DAY, "year": 365 * DAY, "ago": 365 * DAY}


@dataclass(frozen=True, slots=True)
class Step:
    """Every `count` units. Units: ms, second, minute, hour, day (of the month), month (of the year), year (of its
    era), ago (years before 1950, for deep time)."""

    unit: str
    count: int

    @property
    def shortest_ms(self) -> int:
        """The least time between two of its ticks, but for the hours that summer time takes from a day."""
        return self.count * _UNIT_MS[self.unit] - (HOUR if self.unit == "day" else 0)

    @property
    def of_clock(self) -> bool:
        """Whether its ticks stand at times of day."""
        return self.unit in CLOCK_MS


@dataclass(frozen=True, slots=True)
class Moment:
    """One tick: its instant and whether the wall clock shows this time for the second time that day."""

    at_ms: int
    is_repeated: bool = False


def moments(step: Step, start: int, end: int, zone: str) -> list[Moment]:
    """The ticks of a step from `start` up to, not including, `end`, in order."""
    start, end = max(start, MIN_INSTANT), min(end, MAX_INSTANT)
    if step.of_clock:
        return list(_clock_moments(step.count * CLOCK_MS[step.unit], start, end, zone))
    first, last = (zones.to_local(at, zone) // DAY for at in (start, end))
    begun = (day_start(day, zone) for day in _DAYS[step.unit](step.count, first, last + 1))
    return [Moment(at) for at in begun if at is not None and start <= at < end]


def last_before(step: Step, at_ms: int, zone: str) -> Moment | None:
    """The last tick of a step at or before an instant; None where time itself begins later."""
    reach = step.shortest_ms * 2 + (4 * HOUR if step.unit == "hour" else 0 if step.of_clock else 9 * DAY)
    found = moments(step, at_ms - reach, at_ms + 1, zone)
    return found[-1] if found else None


@lru_cache(maxsize=8192)
def day_start(day: int, zone: str) -> int | None:
    """The instant at which a local day begins; None for a day that the zone skipped."""
    at = zones.first_instant(day * DAY, zone)
    return at if zones.to_local(at, zone) // DAY == day else None


def _clock_moments(length: int, start: int, end: int, zone: str) -> Iterator[Moment]:
    shown_until: int | None = None
    for since, until, offset in _pieces(start - DAY, end, zone):
        first = -(-(max(since, start) + offset) // length) * length - offset
        for at in range(first, until, length):
            yield Moment(at, shown_until is not None and at + offset < shown_until)
        shown_until = until + offset


def _pieces(start: int, end: int, zone: str) -> Iterator[tuple[int, int, int]]:
    """(since, until, offset) where the zone's offset stays the same. No zone changes twice in a UTC day."""
    since, at, offset = start, start, zones.offset_ms(start, zone)
    while at < end:
        morning, at = at, min(end, (at // DAY + 1) * DAY)
        if zones.offset_ms(at - 1, zone) != offset:
            change = _change(max(since, morning - 1), at - 1, zone)
            yield since, change, offset
            since, offset = change, zones.offset_ms(change, zone)
    if since < end:
        yield since, end, offset


def _change(before: int, after: int, zone: str) -> int:
    """The first instant with another offset than `before` has, by bisection."""
    offset = zones.offset_ms(before, zone)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if zones.offset_ms(middle, zone) == offset else (before, middle)
    return after


def _month_days(count: int, first: int, last: int) -> Iterator[int]:
    """Days 1, 1 + count ... of each month, the last only if the next month's first is a full step away."""
    year, month, _ = civil_from_days(first)
    while (begun := days_from_civil(year, month, 1)) <= last:
        for day in range(1, days_in_month(year, month) - count + 2, count):
            if first <= begun + day - 1 <= last:
                yield begun + day - 1
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _months(count: int, first: int, last: int) -> Iterator[int]:
    year, month, _ = civil_from_days(first)
    month -= (month - 1) % count
    while (day := days_from_civil(year, month, 1)) <= last:
        if day >= first:
            yield day
        year, month = (year + 1, 1) if month + count > 12 else (year, month + count)


def _years(count: int, first: int, last: int) -> Iterator[int]:
    """Round years of both eras: ... 20 BCE, 10 BCE, 1, 10, 20 ..."""
    low, high = civil_from_days(first)[0], civil_from_days(last)[0]
    eldest, youngest = (1 - low) // count, max(1, -((high - 1) // count))
    years = [1 - k * count for k in range(eldest, youngest - 1, -1)]
    years += [max(1, k * count) for k in range(max(count == 1, (low - 1) // count), high // count + 1)]
    for year in years:
        if first <= (day := days_from_civil(year, 1, 1)) <= last:
            yield day


def _years_ago(count: int, first: int, last: int) -> Iterator[int]:
    most = (AGO_FROM - civil_from_days(first)[0]) // count + 1
    least = (AGO_FROM - civil_from_days(last)[0]) // count - 1
    for k in range(most, least - 1, -1):
        if first <= (day := days_from_civil(AGO_FROM - k * count, 1, 1)) <= last:
            yield day


_DAYS = {"day": _month_days, "month": _months, "year": _years, "ago": _years_ago}

"""IANA time zones in ms: offsets, wall clocks and back; no dates, and no texts but abbreviations.

A *local* value is what the wall clock shows, counted in ms as if it were UTC. Zone data come from `zoneinfo`
(the system's, else the `tzdata` package's). Outside 1900 to 2100 every zone is UTC: before, clocks kept local
mean time that the data know only for some cities; after, the rules are nobody's promise.
Unknown names raise ValueError: ask `is_zone` first.
"""

from __future__ import annotations

import re
import zoneinfo
from datetime import datetime, timedelta
from functools import lru_cache
from importlib import resources

from timeline_app.domain.calendar import DAY, SECOND, days_from_civil

RULES_START = days_from_civil(1900, 1, 1) * DAY
RULES_END = days_from_civil(2101, 1, 1) * DAY

_NUMERIC = re.compile(r"([+-])(\d\d)(\d\d)?\Z")


def is_zone(name: object) -> bool:
    """Whether the name is an IANA zone, as written there. Never looks a name up in the file system."""
    return isinstance(name, str) and name in _names()


def rules_apply(instant: int) -> bool:
    """Whether zones have offsets at this instant; outside 1900 to 2100 they are UTC."""
    return RULES_START <= instant < RULES_END


def offset_ms(instant: int, zone: str) -> int:
    """What to add to a UTC instant to get the zone's wall clock."""
    if not RULES_START <= instant < RULES_END:
        return 0
    offset = _offset_all_day(zone, instant // DAY)
    return _offset_at(zone, instant) if offset is None else offset


def to_local(instant: int, zone: str) -> int:
    """What the zone's wall clock shows at an instant."""
    return instant + offset_ms(instant, zone)


def to_utc(local_ms: int, zone: str, later: bool = False) -> int:
    """The instant at which the zone's clock shows a local time.

    A time the clock skips is pushed forward by what was skipped; of a time it shows twice you get the first,
    or the second with `later`. So do java.time and Temporal.
    """
    # Offsets are less than a day and change at most once in two: there are only the one before and the one after.
    offsets = {offset_ms(local_ms - DAY, zone), offset_ms(local_ms + DAY, zone)}
    shown = [u for u in (local_ms - o for o in offsets) if to_local(u, zone) == local_ms]
    if not shown:
        return local_ms - min(offsets)
    return max(shown) if later else min(shown)


def first_instant(local_ms: int, zone: str) -> int:
    """The first instant at which the clock shows this local time or a later one: where a day begins.

    Differs from `to_utc` only for times the clock skips: they begin where it jumps.
    """
    instant = to_utc(local_ms, zone)
    return instant if to_local(instant, zone) == local_ms else _jump_before(instant, local_ms, zone)


def last_instant(local_ms: int, zone: str) -> int:
    """Where the time in which the clock shows less than this ends for good: where the day before ends.

    Of a time shown twice this is the second, unless the clock was set back to this very time.
    """
    second = to_utc(local_ms, zone, later=True)
    comes_from_below = to_local(second - 1, zone) < local_ms == to_local(second, zone)
    return second if comes_from_below else first_instant(local_ms, zone)


def abbreviation(instant: int, zone: str) -> str:
    """What people there call the time: "CDT"; where they have no word for it, "UTC+3" or "UTC-3:30"."""
    if not rules_apply(instant):
        return "UTC"
    name = _clock(zone, instant).tzname() or ""
    numeric = _NUMERIC.match(name)
    if not numeric:
        return name
    sign, hours, minutes = numeric.groups()
    tail = f":{minutes}" if minutes else ""
    return f"UTC{sign}{int(hours)}{tail}" if int(hours) or tail else "UTC"


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Names come from tzdata's own list, so that case and aliases mean the same on every file system."""
    try:
        listed = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    except (ModuleNotFoundError, FileNotFoundError):
        listed = zoneinfo.available_timezones()
    return frozenset(listed) - {"Factory"}  # tzdata's "nobody has set the zone yet"


@lru_cache(maxsize=64)
def _epoch(zone: str) -> datetime:
    """1970-01-01 00:00 on the zone's wall: a base for wall-clock arithmetic, cheaper than `fromtimestamp`."""
    if not is_zone(zone):
        raise ValueError(f"not an IANA time zone: {zone!r:.80}")
    return datetime(1970, 1, 1, tzinfo=zoneinfo.ZoneInfo(zone))


def _clock(zone: str, instant: int) -> datetime:
    epoch = _epoch(zone)
    return epoch.tzinfo.fromutc(epoch + timedelta(seconds=instant // SECOND))


def _milliseconds(offset: timedelta) -> int:
    return (offset.days * 86_400 + offset.seconds) * SECOND


def _offset_at(zone: str, instant: int) -> int:
    return _milliseconds(_clock(zone, instant).utcoffset())


@lru_cache(maxsize=16_384)
def _offset_all_day(zone: str, day: int) -> int | None:
    """The offset of a whole UTC day, or None if it changes within (no zone ever changed twice in one)."""
    start = _offset_at(zone, day * DAY)
    return start if start == _offset_at(zone, (day + 1) * DAY - 1) else None


def _jump_before(pushed: int, local_ms: int, zone: str) -> int:
    """The instant of the jump that skipped a local time: by bisection, no jump was longer than a day."""
    before, after = pushed - DAY - 1, pushed
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (before, middle) if to_local(middle, zone) >= local_ms else (middle, after)
    return after

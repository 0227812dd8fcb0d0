"""Clock times of tables: ISO 8601 with an offset, or local in a named zone. Dates of historians are in
domain/edtf."""
from __future__ import annotations

import re

from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND, civil_from_days, days_from_civil, days_in_month
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT

_DATE = r"(?P<year>-?[0-9]{4,9})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_CLOCK = r"T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(:(?P<second>[0-9]{2})(\.(?P<fraction>[0-9]{1,9}))?)?"
_OFFSET = r"(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})"
_MOMENT = re.compile(f"{_DATE}({_CLOCK}{_OFFSET}?)?")


def instant(text: str) -> int | None:
    """The instant in ms UTC of a date and clock time with its offset; None for anything else."""
    return _read(text, None)


def moment(text: str, zone: str) -> int | None:
    """The instant of a clock time, local in the zone unless it has an offset, or of the beginning of a
    date."""
    return _read(text, zone)


def _read(text: str, zone: str | None) -> int | None:
    match = _MOMENT.fullmatch(text)
    if match is None or (zone is None and match["offset"] is None):
        return None
    days, clock = _days(match), _clock(match)
    if days is None or clock is None:
        return None
    local = days * DAY + clock
    if not MIN_INSTANT <= local <= MAX_INSTANT:
        return None
    if match["offset"] is None:
        return local if zone == "UTC" else zones.first_instant(local, zone)
    offset = _offset(match["offset"])
    return None if offset is None else local - offset


def _days(match: re.Match[str]) -> int | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        return None
    return days_from_civil(year, month, day)


def _clock(match: re.Match[str]) -> int | None:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        return None
    fraction = int((match["fraction"] or "0").ljust(3, "0")[:3])
    return hour * HOUR + minute * MINUTE + second * SECOND + fraction


def _offset(text: str) -> int | None:
    if text == "Z":
        return 0
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 23 or minutes > 59:
        return None
    size = hours * HOUR + minutes * MINUTE
    return -size if text[0] == "-" else size


def written(at: int) -> str:
    """An instant as ISO 8601 in UTC, to the millisecond where it is that fine: what `instant` reads back."""
    days, rest = divmod(at, DAY)
    year, month, day = civil_from_days(days)
    clock = f"{rest // HOUR:02}:{rest % HOUR // MINUTE:02}:{rest % MINUTE // SECOND:02}"
    fraction = f".{rest % SECOND:03}" if rest % SECOND else ""
    return f"{year:0{5 if year < 0 else 4}}-{month:02}-{day:02}T{clock}{fraction}Z"

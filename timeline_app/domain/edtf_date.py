"""One EDTF date as written: year, month or season, day, clock time, and what is doubted of each.

Which instants it means is `edtf_bounds`; intervals and sets of dates are `edtf`.
Grammar: Library of Congress, "Extended Date/Time Format (EDTF) Specification", 4 February 2019. Beyond it we
read a fraction of exactly three digits on a clock time, and a `?`, `~` or `%` after one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from timeline_app.domain.time import BadDate

UNSTATED = "XX"


def _part(name: str, pattern: str) -> str:
    return rf"(?P<before_{name}>[?~%]?)(?P<{name}>{pattern})(?P<after_{name}>[?~%]?)"


_YEAR = _part("year", r"-?[0-9X]{4}(?:S[0-9]+)?|Y-?[0-9]+(?:E[0-9]+)?(?:S[0-9]+)?")
_MONTH_DAY = rf"(?:-{_part('month', '[0-9X]{2}')}(?:-{_part('day', '[0-9X]{2}')})?)?"
_DATE = re.compile(_YEAR + _MONTH_DAY)
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?P<fraction>\.[0-9]*)?)?"
    r"(?P<offset>Z|[+-][0-9]{2}(?::[0-9]{2})?)?(?P<mark>[?~%]?)"
)
_LIMITS = (("hour", 24), ("minute", 59), ("second", 59))
_MONTHS = frozenset(f"{month:02}" for month in range(1, 13))
_SEASONS = frozenset(str(season) for season in range(21, 42))
_MONTHS_WITH_X = frozenset({"0X", "1X", "XX"} | {f"X{digit}" for digit in range(10)})
_FARTHEST_OFFSET = 14 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `milliseconds` None if no fraction is stated, `offset` minutes east of UTC or None."""

    hour: int
    minute: int
    second: int
    milliseconds: int | None = None
    offset: int | None = None

    def __str__(self) -> str:
        fraction = "" if self.milliseconds is None else f".{self.milliseconds:03}"
        return f"{self.hour:02}:{self.minute:02}:{self.second:02}{fraction}{self._offset_text}"

    @property
    def _offset_text(self) -> str:
        if not self.offset:
            return "" if self.offset is None else "Z"
        hours, minutes = divmod(abs(self.offset), 60)
        return f"{'-' if self.offset < 0 else '+'}{hours:02}:{minutes:02}"


@dataclass(frozen=True, slots=True)
class Date:
    """The parts of a date, as written: `X` for a digit that is not stated, months 21 to 41 for seasons.

    `marks` has one of "", "?", "~", "%" per part that is there: uncertain (?), approximate (~) or both.
    """

    year: str
    month: str | None = None
    day: str | None = None
    clock: Clock | None = None
    marks: tuple[str, ...] = ("",)

    @property
    def parts(self) -> tuple[str, ...]:
        """Year, month, day: those that are there."""
        return tuple(part for part in (self.year, self.month, self.day) if part is not None)

    def __str__(self) -> str:
        if self.clock:
            return f"{'-'.join(self.parts)}T{self.clock}{self.marks[0]}"
        marked = sum(1 for mark in self.marks if mark)
        if marked and self.marks == self.marks[:1] * marked + ("",) * (len(self.marks) - marked):
            shared = "-".join(self.parts[:marked]) + self.marks[0]
            return "-".join((shared, *self.parts[marked:]))
        return "-".join(mark + part for mark, part in zip(self.marks, self.parts, strict=True))


def read_date(text: str, column: int = 1) -> Date:
    """The date a text writes; `column` is where it stands, for errors. Raises BadDate.

    Whether the day exists is not asked here.
    """
    day_text, has_clock, clock_text = text.partition("T")
    match = _DATE.fullmatch(day_text)
    if not match:
        raise BadDate("date_shape", {"text": text}, column)
    _check_year(match["year"], bool(match["month"]), column + match.start("year"))
    if match["month"] and match["month"] not in _MONTHS | _MONTHS_WITH_X:
        _check_season(match, column + match.start("month"))
    date = Date(match["year"], match["month"], match["day"], None, _marks(match))
    return _with_clock(date, clock_text, column + len(day_text) + 1) if has_clock else date


def _check_year(year: str, has_month: bool, column: int) -> None:
    digits, _, significant = year.removeprefix("Y").removeprefix("-").partition("S")
    if year.startswith("-") and not digits.strip("0"):
        raise BadDate("date_negative_zero", {}, column)
    if has_month and (significant or year.startswith("Y")):
        raise BadDate("date_year_alone", {"year": year}, column)
    if year.startswith("Y") and (digits.startswith("0") or ("E" not in digits and len(digits) < 5)):
        raise BadDate("date_year_prefix", {"year": year}, column)
    if significant and ("X" in digits or not significant.strip("0") or len(significant) > 3):
        raise BadDate("date_significant_digits", {"year": year}, column)


def _check_season(match: re.Match[str], column: int) -> None:
    if match["month"] not in _SEASONS or match["day"]:
        raise BadDate("date_month", {"month": match["month"]}, column)


def _marks(match: re.Match[str]) -> tuple[str, ...]:
    """What is doubted of each part: one before a part is about it alone, one after it about all up to it."""
    names = [name for name in ("year", "month", "day") if match[name]]
    after = [match[f"after_{name}"] for name in names]
    return tuple(_combined(match[f"before_{name}"] + "".join(after[i:])) for i, name in enumerate(names))


def _combined(marks: str) -> str:
    if "%" in marks or {"?", "~"} <= set(marks):
        return "%"
    return marks[:1]


def _with_clock(date: Date, text: str, column: int) -> Date:
    if len(date.parts) < 3 or any(date.marks) or not "".join(date.parts).lstrip("-").isdecimal():
        raise BadDate("date_clock_without_day", {}, column)
    match = _CLOCK.fullmatch(text)
    if not match:
        raise BadDate("date_clock_shape", {"text": text}, column)
    if match["second"] is None:
        raise BadDate("date_minutes", {"text": text}, column)
    _check_clock(match, column)
    fraction = match["fraction"]
    milliseconds = int(fraction[1:]) if fraction else None
    hour, minute, second = (int(match[name]) for name, _ in _LIMITS)
    clock = Clock(hour, minute, second, milliseconds, _offset(match, column))
    return Date(date.year, date.month, date.day, clock, (match["mark"],) * 3)


def _check_clock(match: re.Match[str], column: int) -> None:
    if match["second"] == "60":
        raise BadDate("date_leap_second", {}, column + match.start("second"))
    for name, greatest in _LIMITS:
        if int(match[name]) > greatest:
            raise BadDate(f"date_{name}", {name: match[name]}, column + match.start(name))
    if match["fraction"] and len(match["fraction"]) != 4:
        raise BadDate("date_fraction", {"fraction": match["fraction"]}, column + match.start("fraction"))
    after_midnight = match["minute"] + match["second"] + (match["fraction"] or "").lstrip(".")
    if match["hour"] == "24" and after_midnight.strip("0"):
        raise BadDate("date_after_midnight", {}, column + match.start("hour"))


def _offset(match: re.Match[str], column: int) -> int | None:
    text = match["offset"]
    if text is None or text == "Z":
        return None if text is None else 0
    minutes = int(text[4:] or 0)
    offset = 60 * int(text[1:3]) + minutes
    if minutes > 59 or offset > _FARTHEST_OFFSET:
        raise BadDate("date_offset", {"offset": text}, column + match.start("offset"))
    return -offset if text.startswith("-") else offset

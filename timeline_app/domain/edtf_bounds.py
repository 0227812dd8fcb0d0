"""Which time an EDTF date means: first and last ms on its own clock, and how finely it is stated; no zones.

Seasons are counted in whole months, as weather services do: 21 and 25 are spring of the north (March to May),
22 and 26 summer, 23 and 27 autumn, 24 and 28 winter, from December to February of the next year; 29 to 32 the
same of the south; 33 to 36 quarters, 37 to 39 thirds, 40 and 41 halves of the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND, days_from_civil, days_in_month
from timeline_app.domain.edtf_date import UNSTATED, Clock, Date
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, BadDate, Precision

# A date without a zone began somewhere at UTC+14 (Kiritimati) and ended last at UTC-12 (Howland).
EASTERNMOST = 14 * HOUR
WESTERNMOST = 12 * HOUR

# First month of each season and its length in months; a winter runs on into the next year.
_SEASONS = dict(
    zip(
        (str(season) for season in range(21, 42)),
        [(3, 3), (6, 3), (9, 3), (12, 3)] * 2
        + [(9, 3), (12, 3), (3, 3), (6, 3)]
        + [(1, 3), (4, 3), (7, 3), (10, 3), (1, 4), (5, 4), (9, 4), (1, 6), (7, 6)],
        strict=True,
    )
)
_LONGEST_EXPONENT = 3
# A day that exists at all exists in one of 8 years in a row; years not in a row are at most 1000 (XXX4).
_YEARS_TO_TRY = 1000


def clock_bounds(date: Date) -> tuple[int, int]:
    """First ms of a date and the first after it, on its own clock: UTC if it has an offset, else the place's.

    Raises BadDate if there is no such day, or if it is out of the range of instants.
    """
    if date.month in _SEASONS:
        low, high = _season_days(date)
    else:
        first, last = _civil(date, earliest=True), _civil(date, earliest=False)
        low, high = days_from_civil(*first), days_from_civil(*last) + 1
    bounds = _clock_span(low * DAY, date.clock) if date.clock else (low * DAY, high * DAY)
    if bounds[0] - EASTERNMOST <= MIN_INSTANT or bounds[1] + WESTERNMOST >= MAX_INSTANT:
        raise BadDate("date_out_of_range", {"year": date.year})
    return bounds


def stated_precision(date: Date) -> Precision:
    """The finest part that is stated. A part of which no digit is stated does not count."""
    if date.clock:
        return Precision.SECOND if date.clock.milliseconds is None else Precision.MS
    if date.day not in (None, UNSTATED):
        return Precision.DAY
    if date.month in _SEASONS:
        return Precision.SEASON
    if date.month not in (None, UNSTATED):
        return Precision.MONTH
    return (Precision.YEAR, Precision.DECADE, Precision.CENTURY)[min(2, _unstated_digits(date.year))]


def _clock_span(day_start: int, clock: Clock) -> tuple[int, int]:
    minutes = clock.minute - (clock.offset or 0)
    start = day_start + clock.hour * HOUR + minutes * MINUTE + clock.second * SECOND
    if clock.milliseconds is None:
        return start, start + SECOND
    return start + clock.milliseconds, start + clock.milliseconds + 1


def _season_days(date: Date) -> tuple[int, int]:
    years = _years(date.year)
    first_month, months = _SEASONS[date.month]
    after = first_month - 1 + months
    end_year, end_month = years[-1] + after // 12, after % 12 + 1
    return days_from_civil(years[0], first_month, 1), days_from_civil(end_year, end_month, 1)


def _civil(date: Date, earliest: bool) -> tuple[int, int, int]:
    """The earliest or latest day the date can mean."""

    def ordered(choices: Sequence[int]) -> Iterable[int]:
        return choices if earliest else reversed(choices)

    months = _matching(date.month or UNSTATED, 1, 12)
    for year in islice(ordered(_years(date.year)), _YEARS_TO_TRY):
        for month in ordered(months):
            days = _matching(date.day or UNSTATED, 1, days_in_month(year, month))
            if days:
                return year, month, days[0 if earliest else -1]
    raise BadDate("date_day", {"year": date.year, "month": date.month, "day": date.day})


@lru_cache(maxsize=256)
def _matching(pattern: str, least: int, greatest: int) -> tuple[int, ...]:
    """The numbers of two digits that fit a pattern, in order."""
    tens, ones = pattern
    return tuple(
        number
        for number in range(least, greatest + 1)
        if tens in ("X", str(number // 10)) and ones in ("X", str(number % 10))
    )


@lru_cache(maxsize=256)
def _years(text: str) -> Sequence[int]:
    """The years a year can mean, in order."""
    digits = text.removeprefix("Y").removeprefix("-").partition("S")[0]
    in_a_row = "X" not in digits.rstrip("X")
    years = _run_of_years(digits, _unstated_digits(text)) if in_a_row else tuple(_filled(digits))
    if "-" not in text:
        return years
    if isinstance(years, range):  # -0000 is no year: -000X ends with -1
        return range(-years[-1], 1 - max(1, years[0]))
    return tuple(-year for year in reversed(years) if year)


def _filled(digits: str) -> Iterator[int]:
    choices = ("0123456789" if digit == "X" else digit for digit in digits)
    return (int("".join(chosen)) for chosen in product(*choices))


def _run_of_years(digits: str, unstated: int) -> range:
    first = int(_plain(digits).replace("X", "0")) // 10**unstated * 10**unstated
    return range(first, first + 10**unstated)


def _plain(digits: str) -> str:
    """The digits of a year without its exponent: 17E7 is 170000000."""
    base, _, exponent = digits.partition("E")
    if len(exponent) > _LONGEST_EXPONENT:
        raise BadDate("date_out_of_range", {"year": f"Y{digits}"})
    return base + "0" * int(exponent or 0)


def _unstated_digits(text: str) -> int:
    """How many digits of a year, from the right, are not sure: 3 in 1X56, 2 in 20XX and in 1950S2."""
    digits, _, significant = text.removeprefix("Y").removeprefix("-").partition("S")
    digits = _plain(digits)
    if significant:
        return max(0, len(digits) - int(significant))
    return len(digits) - digits.index("X") if "X" in digits else 0

"""The proleptic Gregorian calendar in whole days since 1970-01-01, for any year; no zones, no clock.

Years are astronomical: 0 is 1 BCE, -1 is 2 BCE. `datetime` stops at the years 1 and 9999; this does not stop.
Method: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), days_from_civil: years begin in
March, so that the leap day is the last of its year and month lengths follow one line.
"""

from __future__ import annotations

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_DAYS_IN_CYCLE = 146_097  # 400 years, after which the calendar repeats
_EPOCH_FROM_MARCH_0 = 719_468  # days from 0000-03-01 to 1970-01-01
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date. A month outside 1..12 raises; a day past its month runs on."""
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} is not in 1..12")
    march_year = year - 1 if month < 3 else year
    day_of_year = (153 * ((month - 3) % 12) + 2) // 5 + day - 1
    leap_days = march_year // 4 - march_year // 100 + march_year // 400
    return 365 * march_year + leap_days + day_of_year - _EPOCH_FROM_MARCH_0


def civil_from_days(days: int) -> tuple[int, int, int]:
    """Year, month and day of a day counted from 1970-01-01; the inverse of `days_from_civil`."""
    cycle, day_of_cycle = divmod(days + _EPOCH_FROM_MARCH_0, _DAYS_IN_CYCLE)
    # Taking out the leap days before this one leaves years of 365 days each.
    leap_days = day_of_cycle // 1460 - day_of_cycle // 36_524 + day_of_cycle // 146_096
    year_of_cycle = (day_of_cycle - leap_days) // 365
    day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle // 4 - year_of_cycle // 100)
    months_from_march = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * months_from_march + 2) // 5 + 1
    month = (months_from_march + 2) % 12 + 1
    return 400 * cycle + year_of_cycle + (month < 3), month, day


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Length of a month in days."""
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


def weekday(days: int) -> int:
    """Day of the week of a day counted from 1970-01-01: 0 is Monday."""
    return (days + 3) % 7

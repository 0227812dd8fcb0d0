"""The calendar against `datetime.date` in its range, and against itself far outside it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_app.domain.calendar import civil_from_days, days_from_civil, days_in_month, is_leap, weekday

EPOCH = date(1970, 1, 1).toordinal()
FAR = 200_000_000
any_day = st.integers(-FAR * 366, FAR * 366)


@given(st.dates())
@example(date(2000, 2, 29))
@example(date(1900, 2, 28))
def test_that_days_and_weekdays_are_those_of_datetime(day):
    days = day.toordinal() - EPOCH
    assert days_from_civil(day.year, day.month, day.day) == days
    assert civil_from_days(days) == (day.year, day.month, day.day)
    assert weekday(days) == day.weekday()


@given(any_day)
def test_that_a_day_of_deep_time_is_found_again_from_its_date(days):
    year, month, day = civil_from_days(days)
    assert 1 <= month <= 12
    assert 1 <= day <= days_in_month(year, month)
    assert days_from_civil(year, month, day) == days


@given(st.integers(-FAR, FAR), st.integers(1, 12))
def test_that_each_month_is_followed_by_the_next(year, month):
    following = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    assert days_from_civil(*following) - days_from_civil(year, month, 1) == days_in_month(year, month)


@given(st.integers(-FAR, FAR))
def test_that_400_years_later_the_calendar_repeats(year):
    assert days_from_civil(year + 400, 3, 1) - days_from_civil(year, 3, 1) == 146_097
    assert is_leap(year) == is_leap(year + 400) == (days_in_month(year, 2) == 29)


def test_that_the_year_0_is_there_and_leap():
    assert civil_from_days(days_from_civil(1, 1, 1) - 1) == (0, 12, 31)
    assert days_in_month(0, 2) == 29
    assert [is_leap(year) for year in (-4, -1, 1900, 2000)] == [True, False, False, True]


@pytest.mark.parametrize("month", [0, 13])
def test_that_month_13_does_not_roll_into_the_next_year(month):
    with pytest.raises(ValueError, match=str(month)):
        days_from_civil(2020, month, 1)

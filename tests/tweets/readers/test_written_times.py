"""Times in both forms equal those of the standard library, whatever the zone; what is no time is unread."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.engine.tweets.readers.written_times import UNREAD, seconds_of

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1), timezones=ZONES).map(
    lambda one: one.replace(microsecond=0))


@settings(deadline=None, max_examples=60)
@given(st.lists(MOMENTS, max_size=5))
def test_that_both_forms_are_read_in_any_zone(moments):
    expected = [int(one.timestamp()) for one in moments]
    english = [f"{DAYS[one.weekday()]} {MONTHS[one.month - 1]} {one:%d %H:%M:%S %z %Y}" for one in moments]
    assert seconds_of([one.isoformat() for one in moments]).tolist() == expected
    assert seconds_of([one.isoformat(" ", "milliseconds") for one in moments]).tolist() == expected
    assert seconds_of(english).tolist() == expected


def test_that_a_time_without_zone_is_utc():
    expected = int(datetime(2020, 6, 3, 7, 1, 2, tzinfo=UTC).timestamp())
    written = ["2020-06-03 07:01:02", "2020-06-03T07:01:02Z", "2020-06-03T07:01:02.123456Z", "2020-06-03T07:01:02.9"]
    assert seconds_of(written).tolist() == [expected] * 4


@pytest.mark.parametrize("written", [
    "", "2020", "2020-02-30T00:00:00Z", "2021-02-29 00:00:00", "2020-13-01T00:00:00Z", "2020-06-03T24:00:00Z",
    "2020-06-03T07:0a:00Z", "2020-06-03T07:01:02 KST", "Sat Mai 23 18:01:55 +0000 2020", "23/05/2020 19:01:55",
    "٢٠٢٠-٠٦-٠٣T٠٧:٠١:٠٢Z", "x" * 10_000])
def test_that_what_is_no_time_is_unread(written):
    assert seconds_of([written]).tolist() == [UNREAD]

"""Zones against `datetime`, and at the places where clocks jump, fall back, or have no rules."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND, days_from_civil

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CHICAGO = "America/Chicago"
# Half hours, a day skipped, fold at midnight, jump across midnight, jump of 24 hours, double summer time.
NAMES = [
    *("UTC", CHICAGO, "Asia/Seoul", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"),
    *("America/Toronto", "America/Havana", "America/Sao_Paulo", "Pacific/Apia", "Pacific/Kwajalein"),
    *("Europe/London", "Europe/Dublin", "Africa/Casablanca", "Antarctica/Troll", "Africa/Monrovia"),
]
names = st.sampled_from(NAMES)
ruled = st.integers(zones.RULES_START, zones.RULES_END - 1)
inside = st.integers(zones.RULES_START + 2 * DAY, zones.RULES_END - 2 * DAY)
any_instant = st.integers(-(2**62), 2**62)


def at(text: str) -> int:
    """Ms of a UTC or wall-clock time."""
    return (datetime.fromisoformat(text + "+00:00") - EPOCH) // timedelta(milliseconds=1)


def local_datetime(instant: int, name: str) -> datetime:
    return (EPOCH + timedelta(milliseconds=instant)).astimezone(ZoneInfo(name))


@given(ruled, names)
def test_that_offsets_are_those_of_datetime(instant, name):
    offset = local_datetime(instant, name).utcoffset() // timedelta(milliseconds=1)
    assert zones.offset_ms(instant, name) == offset
    assert zones.to_local(instant, name) == instant + offset


@given(st.integers(1900, 2100), names)
def test_that_offsets_are_those_of_datetime_up_to_each_change(year, name):
    start, end = days_from_civil(year, 1, 1), days_from_civil(year + 1, 1, 1)
    for day in range(start, end):
        before, after = day * DAY, (day + 1) * DAY
        if zones.offset_ms(before, name) == zones.offset_ms(after, name):
            continue
        for instant in range(before, after + 1, 30 * MINUTE):
            for near in (instant - 1, instant):
                if zones.rules_apply(near):
                    offset = local_datetime(near, name).utcoffset() // timedelta(milliseconds=1)
                    assert zones.offset_ms(near, name) == offset


@given(inside, names, st.booleans())
@example(at("2020-11-01T01:30:00"), CHICAGO, False)
@example(at("2020-11-01T01:30:00"), CHICAGO, True)
@example(at("2020-03-08T02:30:00"), CHICAGO, False)
def test_that_local_times_are_placed_as_datetime_places_them(local, name, later):
    shown = (EPOCH + timedelta(milliseconds=local)).replace(tzinfo=ZoneInfo(name))
    exists = zones.to_local(zones.to_utc(local, name), name) == local
    # Of a skipped time datetime's first reading is the one pushed forward.
    expected = shown.replace(fold=int(later and exists)).astimezone(UTC)
    assert zones.to_utc(local, name, later) == (expected - EPOCH) // timedelta(milliseconds=1)


@given(any_instant | ruled, names)
@example(zones.RULES_START, "Asia/Seoul")
@example(zones.RULES_START - 1, CHICAGO)
@example(zones.RULES_END - 1, "Asia/Seoul")
@example(zones.RULES_END, CHICAGO)
def test_that_an_instant_is_found_again_from_its_clock(instant, name):
    local = zones.to_local(instant, name)
    assert instant in (zones.to_utc(local, name), zones.to_utc(local, name, later=True))


@given(inside, names)
def test_that_what_a_clock_shows_lies_between_its_first_and_last_instant(instant, name):
    local = zones.to_local(instant, name)
    assert zones.first_instant(local, name) <= instant < zones.last_instant(local + 1, name)
    assert zones.to_local(zones.first_instant(local, name) - 1, name) < local


@given(names, inside, inside)
def test_that_later_local_times_begin_no_earlier(name, one, other):
    first, second = sorted((one, other))
    assert zones.first_instant(first, name) <= zones.first_instant(second, name)
    assert zones.last_instant(first, name) <= zones.last_instant(second, name)


@pytest.mark.parametrize(
    ("day", "name", "hours"),
    [
        ("2020-05-31", CHICAGO, 24),
        ("2020-03-08", CHICAGO, 23),
        ("2020-11-01", CHICAGO, 25),
        ("2020-04-05", "Australia/Lord_Howe", 24.5),
        ("2018-02-17", "America/Sao_Paulo", 25),  # falls back from midnight to 23:00
        ("2018-11-04", "America/Sao_Paulo", 23),  # begins at 01:00
        ("2020-10-31", "America/Havana", 24),
        ("2020-11-01", "America/Havana", 25),  # shows midnight twice, and only this day's
        ("1919-03-30", "America/Toronto", 23.5),  # jumps from 23:30 to 00:30 of the next day
        ("1919-03-31", "America/Toronto", 23.5),
        ("2011-12-30", "Pacific/Apia", 0),  # left out when the date line moved
        ("1993-08-21", "Pacific/Kwajalein", 0),
    ],
)
def test_that_days_are_as_long_as_their_clocks_run(day, name, hours):
    start = at(f"{day}T00:00:00")
    assert zones.last_instant(start + DAY, name) - zones.first_instant(start, name) == hours * HOUR


def test_that_a_skipped_time_is_pushed_forward_and_a_repeated_one_is_the_first_unless_later():
    assert zones.to_utc(at("2020-03-08T02:30:00"), CHICAGO) == at("2020-03-08T08:30:00")
    assert zones.to_utc(at("2020-03-08T02:30:00"), CHICAGO, later=True) == at("2020-03-08T08:30:00")
    assert zones.to_utc(at("2020-11-01T01:30:00"), CHICAGO) == at("2020-11-01T06:30:00")
    assert zones.to_utc(at("2020-11-01T01:30:00"), CHICAGO, later=True) == at("2020-11-01T07:30:00")


@given(any_instant, names)
def test_that_outside_1900_to_2100_every_zone_is_utc(instant, name):
    if not zones.rules_apply(instant):
        assert zones.offset_ms(instant, name) == 0
        assert zones.abbreviation(instant, name) == "UTC"


def test_that_the_rules_cover_1900_to_2100_whole():
    assert not zones.rules_apply(at("1899-12-31T23:59:59"))
    assert zones.rules_apply(at("1900-01-01T00:00:00"))
    assert zones.rules_apply(at("2100-12-31T23:59:59"))
    assert not zones.rules_apply(at("2101-01-01T00:00:00"))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        *[(CHICAGO, "CDT"), ("Asia/Seoul", "KST"), ("UTC", "UTC"), ("Europe/Paris", "CEST")],
        *[("Europe/Istanbul", "UTC+3"), ("Asia/Kathmandu", "UTC+5:45"), ("America/Sao_Paulo", "UTC-3")],
        *[("Etc/GMT-14", "UTC+14"), ("Antarctica/Troll", "UTC+2")],
    ],
)
def test_that_zones_without_a_word_are_written_as_hours_from_utc(name, written):
    assert zones.abbreviation(at("2020-06-01T12:00:00"), name) == written


BAD_NAMES = [
    *("", " ", ".", "..", "../etc/passwd", "/etc/localtime", "localtime", "posixrules", "Factory", "CDT"),
    *("america/chicago", "America/Chicago\n", "America", "right/UTC", "America\\Chicago", "\0", "\ud800"),
]


@pytest.mark.parametrize("name", [*BAD_NAMES, "A" * 5000, None, 5, 1.0, b"UTC", ["UTC"]])
def test_that_what_is_no_zone_is_refused(name):
    assert not zones.is_zone(name)


def test_that_a_name_is_never_looked_up_in_the_file_system():
    zones.is_zone("UTC")
    opened = []
    watching = True

    def watch(event, args):  # an audit hook stays for good
        if watching and event == "open":
            opened.append(args[0])

    sys.addaudithook(watch)
    for name in BAD_NAMES:
        with pytest.raises(ValueError, match="not an IANA time zone"):
            zones.offset_ms(0, name)
    watching = False
    assert opened == []


def test_that_a_second_is_whole_and_the_milliseconds_stay():
    assert zones.to_local(SECOND + 1, "Asia/Seoul") == 9 * HOUR + SECOND + 1
    assert zones.to_utc(9 * HOUR + SECOND + 1, "Asia/Seoul") == SECOND + 1

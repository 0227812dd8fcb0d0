"""EDTF texts: which instants they mean, and how they are written back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from timeline_app.domain.calendar import DAY, HOUR, SECOND, days_from_civil
from timeline_app.domain.edtf import Kind, parse, resolve
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, BadDate, Basis, Precision, When

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CHICAGO = "America/Chicago"


def at(text: str) -> int:
    return (datetime.fromisoformat(text + "+00:00") - EPOCH) // timedelta(milliseconds=1)


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in table.strip().splitlines()]


def start_of(year: int, month: int = 1, day: int = 1) -> int:
    return days_from_civil(year, month, day) * DAY


def days(when: When) -> tuple[str, str]:
    """First and last day of a time, both included."""
    instants = (when.span.start, when.span.end - 1)
    return tuple((EPOCH + timedelta(milliseconds=instant)).date().isoformat() for instant in instants)


def bounds(when: When) -> tuple[int, int, int, int]:
    return when.earliest_start, when.latest_start, when.earliest_end, when.latest_end


DAYS = """
    2020-05-31               2020-05-31 2020-05-31 day
    2020-02                  2020-02-01 2020-02-29 month
    1985                     1985-01-01 1985-12-31 year
    202X                     2020-01-01 2029-12-31 decade
    20XX                     2000-01-01 2099-12-31 century
    1XXX                     1000-01-01 1999-12-31 century
    1X56                     1056-01-01 1956-12-31 century
    1950S2                   1900-01-01 1999-12-31 century
    1953S3                   1950-01-01 1959-12-31 decade
    2004-XX                  2004-01-01 2004-12-31 year
    2004-XX-XX               2004-01-01 2004-12-31 year
    2004-07-XX               2004-07-01 2004-07-31 month
    1984-1X                  1984-10-01 1984-12-31 month
    2020-06-0X               2020-06-01 2020-06-09 day
    2019-02-2X               2019-02-20 2019-02-28 day
    2020-XX-31               2020-01-31 2020-12-31 day
    156X-12-25               1560-12-25 1569-12-25 day
    15XX-12-XX               1500-12-01 1599-12-31 month
    200X-02-29               2000-02-29 2008-02-29 day
    190X-02-29               1904-02-29 1908-02-29 day
    XXX4-02-29               0004-02-29 9984-02-29 day
    2001-21                  2001-03-01 2001-05-31 season
    2001-24                  2001-12-01 2002-02-28 season
    2001-29                  2001-09-01 2001-11-30 season
    2001-32                  2001-06-01 2001-08-31 season
    2001-33                  2001-01-01 2001-03-31 season
    2001-36                  2001-10-01 2001-12-31 season
    2001-39                  2001-09-01 2001-12-31 season
    2001-41                  2001-07-01 2001-12-31 season
    2004-06-~01/2004-06-~20  2004-06-01 2004-06-20 day
    2004/2005-06             2004-01-01 2005-06-30 year
    {1667,1668,1670..1672}   1667-01-01 1672-12-31 year
    [1984-12,1985-01-03]     1984-12-01 1985-01-03 month
"""


@pytest.mark.parametrize(("text", "first", "last", "precision"), rows(DAYS))
def test_that_a_date_covers_its_days_and_knows_how_fine_it_is(text, first, last, precision):
    when = resolve(text, "UTC")
    assert days(when) == (first, last)
    assert when.precision.value == precision


YEARS = """
    Y170000002    170000002   170000002
    Y-17E7       -170000000  -170000000
    Y-291000000  -291000000  -291000000
    Y-123456        -123456     -123456
    Y171010000S3  171000000   171999999
    Y3388E2S3        338000      338999
    -1950S2           -1999       -1900
    0000                  0           0
    -0099               -99         -99
    -156X             -1569       -1560
    -01XX              -199        -100
    -1X50             -1950       -1050
    -000X                -9          -1
"""


@pytest.mark.parametrize(("text", "first_year", "last_year"), rows(YEARS))
def test_that_years_may_be_long_negative_or_rounded(text, first_year, last_year):
    assert resolve(text, CHICAGO).span.start == start_of(int(first_year))
    assert resolve(text, CHICAGO).span.end == start_of(int(last_year) + 1)
    assert str(parse(text)) == text


def test_that_a_day_in_a_zone_is_as_long_as_its_clocks_run():
    assert resolve("2020-05-31", CHICAGO).span.start == at("2020-05-31T05:00:00")
    lengths = [resolve(day, CHICAGO).span.length / HOUR for day in ("2020-03-08", "2020-05-31", "2020-11-01")]
    assert lengths == [23, 24, 25]


def test_that_a_date_without_zone_is_the_50_hours_it_can_mean():
    when = resolve("2020-05-31", None)
    assert bounds(when) == (at("2020-05-30T10:00:00"), at("2020-06-01T12:00:00")) * 2
    assert when.span.length == 50 * HOUR
    assert when.zone is None


def test_that_a_clock_time_without_offset_is_local_and_without_zone_is_anywhere():
    assert resolve("2020-05-31T18:26:00", CHICAGO).span.start == at("2020-05-31T23:26:00")
    anywhere = resolve("2020-05-31T18:26:00", None)
    assert (anywhere.span.start, anywhere.span.end) == (at("2020-05-31T04:26:00"), at("2020-06-01T06:26:01"))


CLOCKS = """
    2020-05-31T18:26:00-05:00  2020-05-31T23:26:00     second
    2020-06-01T21:47:38Z       2020-06-01T21:47:38     second
    2020-06-01T01:26:00+02     2020-05-31T23:26:00     second
    2020-06-01T05:45:00+05:45  2020-06-01T00:00:00     second
    2020-06-01T24:00:00Z       2020-06-02T00:00:00     second
    2020-06-01T13:30:15.250Z   2020-06-01T13:30:15.250 ms
"""


@pytest.mark.parametrize(("text", "utc", "precision"), rows(CLOCKS))
@pytest.mark.parametrize("zone", [None, CHICAGO, "Asia/Seoul"])
def test_that_a_clock_time_with_offset_needs_no_zone(text, utc, precision, zone):
    when = resolve(text, zone)
    length = {"second": SECOND, "ms": 1}[precision]
    assert bounds(when) == (at(utc), at(utc) + length) * 2
    assert when.precision is Precision(precision)
    assert when.is_moment


def test_that_a_time_the_clock_shows_twice_may_be_either():
    when = resolve("2020-11-01T01:30:00", CHICAGO)
    assert (when.span.start, when.span.end) == (at("2020-11-01T06:30:00"), at("2020-11-01T07:30:01"))


def test_that_a_time_the_clock_skips_is_pushed_forward():
    assert resolve("2020-03-08T02:30:00", CHICAGO).span.start == at("2020-03-08T08:30:00")
    skipped = resolve("2011-12-30", "Pacific/Apia").span
    assert (skipped.start, skipped.length) == (at("2011-12-30T10:00:00"), 24 * HOUR)


def test_that_outside_1900_to_2100_a_zone_is_utc():
    assert resolve("1899", CHICAGO).span.start == at("1899-01-01T00:00:00")
    assert resolve("1900-06-01", CHICAGO).span.start == at("1900-06-01T06:00:00")
    assert resolve("2101", CHICAGO).span.end == at("2102-01-01T00:00:00")


def test_that_an_interval_starts_in_its_first_and_ends_in_its_last_date():
    when = resolve("2020-06-01/2020-06-05", "UTC")
    assert bounds(when) == tuple(start_of(2020, 6, day) for day in (1, 2, 5, 6))
    assert not when.is_moment


def test_that_an_end_is_never_before_the_start_where_dates_overlap():
    start = start_of(2020, 6, 5)
    assert bounds(resolve("2020-06-05/2020-06", "UTC")) == (start, start + DAY, start, start_of(2020, 7))
    assert resolve("2020-06/2020-06-05", "UTC").latest_start == start_of(2020, 6, 6)


@pytest.mark.parametrize("text", ["2020-06-04/..", "2020-06-04/"])
def test_that_an_open_end_has_no_bound_and_is_flagged(text):
    when = resolve(text, "UTC")
    assert bounds(when) == (start_of(2020, 6, 4), start_of(2020, 6, 5), start_of(2020, 6, 5), MAX_INSTANT)
    assert (when.open_start, when.open_end, when.text) == (False, True, text)


@pytest.mark.parametrize("text", ["../2020-06-04", "/2020-06-04"])
def test_that_an_open_start_has_no_bound_and_is_flagged(text):
    when = resolve(text, "UTC")
    assert bounds(when) == (MIN_INSTANT, start_of(2020, 6, 4), start_of(2020, 6, 4), start_of(2020, 6, 5))
    assert (when.open_start, when.open_end, when.text) == (True, False, text)


def test_that_one_of_a_set_is_a_moment_somewhere_in_its_hull():
    hull = (start_of(2020, 5, 31), start_of(2020, 6, 4))
    assert bounds(resolve("[2020-05-31,2020-06-03]", "UTC")) == hull * 2
    assert bounds(resolve("[..2020-06-07]", "UTC")) == (MIN_INSTANT, start_of(2020, 6, 8)) * 2
    assert bounds(resolve("[2020-06-07..]", "UTC")) == (start_of(2020, 6, 7), MAX_INSTANT) * 2
    assert bounds(resolve("[1667,1670..1672]", "UTC")) == (start_of(1667), start_of(1673)) * 2
    assert resolve("[..2020-06-07]", "UTC").open_start
    assert resolve("[1760-01,1760-12..]", "UTC").open_end


def test_that_all_of_a_set_lasts_from_its_first_to_its_last_date():
    years = (start_of(1960), start_of(1961), start_of(1961, 12), start_of(1962))
    assert bounds(resolve("{1960,1961-12}", "UTC")) == years
    assert bounds(resolve("{..1984}", "UTC")) == (MIN_INSTANT, start_of(1984), start_of(1984), start_of(1985))
    assert bounds(resolve("{1962,1960}", "UTC")) == bounds(resolve("{1960,1962}", "UTC"))


MARKS = """
    2004-06-11            ,,    2004-06-11
    2004-06-11%           %,%,% 2004-06-11%
    2004-06~-11           ~,~,  2004-06~-11
    2004?-06-11           ?,,   2004?-06-11
    2004-%06-11           ,%,   2004-%06-11
    ?2004-06-~11          ?,,~  ?2004-06-~11
    ?2004-?06-11          ?,?,  2004-06?-11
    2004?-06~-11          %,~,  %2004-~06-11
    ?2004-?06             ?,?   2004-06?
    2001-21?              ?,?   2001-21?
    2020-06-01T10:00:00~  ~,~,~ 2020-06-01T10:00:00~
"""


@pytest.mark.parametrize(("text", "marks", "canonical"), rows(MARKS))
def test_that_a_mark_before_a_part_is_about_it_and_one_after_about_all_up_to_it(text, marks, canonical):
    (stretch,) = parse(text).stretches
    assert stretch.first.marks == tuple(marks.split(","))
    assert str(parse(text)) == canonical


DOUBT = """
    2020                   certain
    2020~                  approximate
    2020?                  uncertain
    2020%                  approximate,uncertain
    2020-06-04~/2020-06-05 approximate
    2004-?06-11            uncertain
    [1667?,1668~]          approximate,uncertain
"""


@pytest.mark.parametrize(("text", "doubt"), rows(DOUBT))
def test_that_doubt_about_any_part_is_doubt_about_the_whole(text, doubt):
    when = resolve(text, None)
    assert when.approximate == ("approximate" in doubt)
    assert when.uncertain == ("uncertain" in doubt)


def test_that_zone_basis_and_text_are_kept():
    when = resolve(parse(" [1667, 1668] "), CHICAGO, Basis.INFERRED)
    assert (when.zone, when.basis, when.text) == (CHICAGO, Basis.INFERRED, "[1667,1668]")
    assert resolve("2020", None).basis is Basis.DOCUMENT


ALIKE = """
    2020-06-01T10:00:00+00:00 2020-06-01T10:00:00Z
    2020-06-01T10:00:00-05    2020-06-01T10:00:00-05:00
    [1667..1667]              [1667]
    2020/2020                 2020/2020
"""


@pytest.mark.parametrize(("written", "canonical"), [*rows(ALIKE), ("{ 1960, 1961-12 }", "{1960,1961-12}")])
def test_that_equal_texts_are_written_alike(written, canonical):
    assert parse(written) == parse(canonical)
    assert str(parse(written)) == canonical


def test_that_kinds_are_told_apart():
    texts = {
        "2020": Kind.DATE,
        "2020/..": Kind.INTERVAL,
        "[2020,2021]": Kind.ONE_OF,
        "{2020,2021}": Kind.ALL_OF,
    }
    assert {text: parse(text).kind for text in texts} == texts


def test_that_a_reversed_interval_is_found_once_the_zone_says_so():
    mixed = "2020-06-04T20:00:00/2020-06-04T22:00:00Z"
    assert resolve(mixed, "Asia/Seoul").span.start == at("2020-06-04T11:00:00")
    with pytest.raises(BadDate) as refused:
        resolve(mixed, CHICAGO)
    assert refused.value.code == "date_reversed"

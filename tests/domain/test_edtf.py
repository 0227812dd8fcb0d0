"""EDTF texts: which instants they mean, how they are written back, and what is refused and where."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND, days_from_civil
from timeline_app.domain.edtf import Kind, parse, resolve
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, BadDate, Basis, Precision, When

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CHICAGO = "America/Chicago"


def at(text: str) -> int:
    return (datetime.fromisoformat(text + "+00:00") - EPOCH) // timedelta(milliseconds=1)


def start_of(year: int, month: int = 1, day: int = 1) -> int:
    return days_from_civil(year, month, day) * DAY


def days(when: When) -> tuple[str, str]:
    """First and last day of a time, both included."""
    return tuple((EPOCH + timedelta(milliseconds=i)).date().isoformat() for i in (when.span.start, when.span.end - 1))


def bounds(when: When) -> tuple[int, int, int, int]:
    return when.earliest_start, when.latest_start, when.earliest_end, when.latest_end


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        *[("2020-05-31", "2020-05-31", "2020-05-31", "day"), ("2020-02", "2020-02-01", "2020-02-29", "month")],
        *[("1985", "1985-01-01", "1985-12-31", "year"), ("202X", "2020-01-01", "2029-12-31", "decade")],
        *[("20XX", "2000-01-01", "2099-12-31", "century"), ("1XXX", "1000-01-01", "1999-12-31", "century")],
        *[("2004-XX", "2004-01-01", "2004-12-31", "year"), ("2004-07-XX", "2004-07-01", "2004-07-31", "month")],
        *[("2004-XX-XX", "2004-01-01", "2004-12-31", "year"), ("2020-06-0X", "2020-06-01", "2020-06-09", "day")],
        *[("2019-02-2X", "2019-02-20", "2019-02-28", "day"), ("2020-XX-31", "2020-01-31", "2020-12-31", "day")],
        *[("156X-12-25", "1560-12-25", "1569-12-25", "day"), ("15XX-12-XX", "1500-12-01", "1599-12-31", "month")],
        *[("200X-02-29", "2000-02-29", "2008-02-29", "day"), ("1984-1X", "1984-10-01", "1984-12-31", "month")],
        *[("1X56", "1056-01-01", "1956-12-31", "century"), ("XXX4-02-29", "0004-02-29", "9984-02-29", "day")],
        *[("1950S2", "1900-01-01", "1999-12-31", "century"), ("1953S3", "1950-01-01", "1959-12-31", "decade")],
        *[("2001-21", "2001-03-01", "2001-05-31", "season"), ("2001-24", "2001-12-01", "2002-02-28", "season")],
        *[("2001-29", "2001-09-01", "2001-11-30", "season"), ("2001-32", "2001-06-01", "2001-08-31", "season")],
        *[("2001-33", "2001-01-01", "2001-03-31", "season"), ("2001-36", "2001-10-01", "2001-12-31", "season")],
        *[("2001-39", "2001-09-01", "2001-12-31", "season"), ("2001-41", "2001-07-01", "2001-12-31", "season")],
        *[("2004-06-~01/2004-06-~20", "2004-06-01", "2004-06-20", "day"), ("2004/2005-06", "2004-01-01", "2005-06-30", "year")],
        *[("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31", "year"), ("[1984-12,1985-01-03]", "1984-12-01", "1985-01-03", "month")],
    ],
)  # fmt: skip
def test_that_a_date_covers_its_days_and_knows_how_fine_it_is(text, first, last, precision):
    when = resolve(text, "UTC")
    assert days(when) == (first, last)
    assert when.precision.value == precision


@pytest.mark.parametrize(
    ("text", "first_year", "last_year"),
    [
        *[("Y170000002", 170_000_002, 170_000_002), ("Y-17E7", -170_000_000, -170_000_000), ("Y-123456", -123_456, -123_456)],
        *[("Y171010000S3", 171_000_000, 171_999_999), ("Y3388E2S3", 338_000, 338_999), ("0000", 0, 0)],
        *[("-0099", -99, -99), ("-156X", -1569, -1560), ("-01XX", -199, -100), ("-000X", -9, -1), ("-1X50", -1950, -1050)],
        *[("Y-291000000", -291_000_000, -291_000_000), ("-1950S2", -1999, -1900)],
    ],
)  # fmt: skip
def test_that_years_may_be_long_negative_or_rounded(text, first_year, last_year):
    assert resolve(text, CHICAGO).span.start == start_of(first_year)
    assert resolve(text, CHICAGO).span.end == start_of(last_year + 1)
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


@pytest.mark.parametrize(
    ("text", "utc", "length"),
    [
        *[("2020-05-31T18:26:00-05:00", "2020-05-31T23:26:00", SECOND), ("2020-06-01T21:47:38Z", "2020-06-01T21:47:38", SECOND)],
        *[("2020-06-01T01:26:00+02", "2020-05-31T23:26:00", SECOND), ("2020-06-01T13:30:15.250Z", "2020-06-01T13:30:15.250", 1)],
        *[("2020-06-01T24:00:00Z", "2020-06-02T00:00:00", SECOND), ("2020-06-01T05:45:00+05:45", "2020-06-01T00:00:00", SECOND)],
    ],
)  # fmt: skip
@pytest.mark.parametrize("zone", [None, CHICAGO, "Asia/Seoul"])
def test_that_a_clock_time_with_offset_needs_no_zone(text, utc, length, zone):
    when = resolve(text, zone)
    assert bounds(when) == (at(utc), at(utc) + length) * 2
    assert when.precision is (Precision.MS if length == 1 else Precision.SECOND)
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
    assert bounds(resolve("2020-06-05/2020-06", "UTC")) == (
        start_of(2020, 6, 5), start_of(2020, 6, 6), start_of(2020, 6, 5), start_of(2020, 7),
    )  # fmt: skip
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
    assert bounds(resolve("[2020-05-31,2020-06-03]", "UTC")) == (start_of(2020, 5, 31), start_of(2020, 6, 4)) * 2
    assert bounds(resolve("[..2020-06-07]", "UTC")) == (MIN_INSTANT, start_of(2020, 6, 8)) * 2
    assert bounds(resolve("[2020-06-07..]", "UTC")) == (start_of(2020, 6, 7), MAX_INSTANT) * 2
    assert bounds(resolve("[1667,1670..1672]", "UTC")) == (start_of(1667), start_of(1673)) * 2
    assert resolve("[..2020-06-07]", "UTC").open_start
    assert resolve("[1760-01,1760-12..]", "UTC").open_end


def test_that_all_of_a_set_lasts_from_its_first_to_its_last_date():
    assert bounds(resolve("{1960,1961-12}", "UTC")) == tuple(map(at, (
        "1960-01-01T00:00:00", "1961-01-01T00:00:00", "1961-12-01T00:00:00", "1962-01-01T00:00:00",
    )))  # fmt: skip
    assert bounds(resolve("{..1984}", "UTC")) == (MIN_INSTANT, start_of(1984), start_of(1984), start_of(1985))
    assert bounds(resolve("{1962,1960}", "UTC")) == bounds(resolve("{1960,1962}", "UTC"))


@pytest.mark.parametrize(
    ("text", "marks", "canonical"),
    [
        *[("2004-06~-11", ("~", "~", ""), "2004-06~-11"), ("?2004-06-~11", ("?", "", "~"), "?2004-06-~11")],
        *[("2004-06-11%", ("%", "%", "%"), "2004-06-11%"), ("2004?-06-11", ("?", "", ""), "2004?-06-11")],
        *[("2004-%06-11", ("", "%", ""), "2004-%06-11"), ("?2004-?06-11", ("?", "?", ""), "2004-06?-11")],
        *[("2004?-06~-11", ("%", "~", ""), "%2004-~06-11"), ("?2004", ("?",), "2004?")],
        *[("2020-06-01T10:00:00~", ("~", "~", "~"), "2020-06-01T10:00:00~"), ("2001-21?", ("?", "?"), "2001-21?")],
    ],
)
def test_that_a_mark_before_a_part_is_about_it_and_one_after_about_all_up_to_it(text, marks, canonical):
    (stretch,) = parse(text).stretches
    assert stretch.first.marks == marks
    assert str(parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        *[("2020", False, False), ("2020~", True, False), ("2020?", False, True), ("2020%", True, True)],
        *[("2020-06-04~/2020-06-05", True, False), ("2004-?06-11", False, True), ("[1667?,1668~]", True, True)],
    ],
)
def test_that_doubt_about_any_part_is_doubt_about_the_whole(text, approximate, uncertain):
    when = resolve(text, None)
    assert (when.approximate, when.uncertain) == (approximate, uncertain)


def test_that_zone_basis_and_text_are_kept():
    when = resolve(parse(" [1667, 1668] "), CHICAGO, Basis.INFERRED)
    assert (when.zone, when.basis, when.text) == (CHICAGO, Basis.INFERRED, "[1667,1668]")
    assert resolve("2020", None).basis is Basis.DOCUMENT


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        *[("2020-06-01T10:00:00+00:00", "2020-06-01T10:00:00Z"), ("2020-06-01T10:00:00-05", "2020-06-01T10:00:00-05:00")],
        *[("[1667..1667]", "[1667]"), ("2020/2020", "2020/2020"), ("{ 1960, 1961-12 }", "{1960,1961-12}")],
    ],
)  # fmt: skip
def test_that_equal_texts_are_written_alike(written, canonical):
    assert parse(written) == parse(canonical)
    assert str(parse(written)) == canonical


def test_that_kinds_are_told_apart():
    texts = {"2020": Kind.DATE, "2020/..": Kind.INTERVAL, "[2020,2021]": Kind.ONE_OF, "{2020,2021}": Kind.ALL_OF}
    assert {text: parse(text).kind for text in texts} == texts


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        *[("", "date_empty", None), ("  ", "date_empty", None), (None, "date_not_text", None)],
        *[(float("nan"), "date_not_text", None), (b"2020", "date_not_text", None), ("2" * 201, "date_too_long", None)],
        *[("NaN", "date_words", 1), ("June 2020", "date_words", 1), ("2020-06-04 about", "date_words", 12)],
        *[("199u", "date_words", 4), ("2020\u201321", "date_character", 5), ("\ud800", "date_character", 1)],
        *[("２０２０", "date_character", 1), ("2020-06-01\n", "date_character", 11), ("2020년", "date_character", 5)],
        *[("5/31/2020", "date_slashes", None), ("2020/05/31", "date_slashes", None), ("06/2020", "date_slashes", None)],
        *[("2020/06", "date_slashes", None), ("31/05/20", "date_slashes", None)],
        *[("20200531", "date_shape", 1), ("2020-5-31", "date_shape", 1), ("20", "date_shape", 1), ("2020-", "date_shape", 1)],
        *[("2020-06/2020-6", "date_shape", 9), ("12020", "date_shape", 1), ("2020~~", "date_shape", 1), ("SEXY", "date_shape", 1)],
        *[("2020-13", "date_month", 6), ("2020-00-01", "date_month", 6), ("2020-20", "date_month", 6), ("2020-42", "date_month", 6)],
        *[("2020-21-05", "date_month", 6), ("2020-2X", "date_month", 6), ("2020-06-01/2020-13-01", "date_month", 17)],
        *[("2020-02-30", "date_day", 1), ("2019-02-29", "date_day", 1), ("2020-06-31", "date_day", 1), ("2020-06-00", "date_day", 1)],
        *[("2020-02-3X", "date_day", 1), ("XXX1-02-29", "date_day", 1), ("[2020,2019-02-29]", "date_day", 7)],
        *[("1950S2-06", "date_year_alone", 1), ("Y12020-06", "date_year_alone", 1), ("Y2020", "date_year_prefix", 1)],
        *[("Y012020", "date_year_prefix", 1), ("-0000", "date_negative_zero", 1), ("19XXS2", "date_significant_digits", 1)],
        *[("1950S0", "date_significant_digits", 1), ("Y1E9", "date_out_of_range", 1), ("Y-1E99999999999", "date_out_of_range", 1)],
        *[("Y" + "9" * 190, "date_out_of_range", 1), ("Y292000000", "date_out_of_range", 1), ("2020S1~~", "date_shape", 1)],
        *[("2020-05-31T18:26", "date_minutes", 12), ("2020-05-31T18:26-05:00", "date_minutes", 12)],
        *[("2020-05-31T", "date_clock_shape", 12), ("2020-05-31T18", "date_clock_shape", 12), ("2020-05-31T1:02:03", "date_clock_shape", 12)],
        *[("2020-05-31T18:26:00Z+01", "date_clock_shape", 12), ("2020-05-31T18:26:00+0500", "date_clock_shape", 12)],
        *[("2020-05T18:26:00", "date_clock_without_day", 9), ("2020-05-3XT18:26:00", "date_clock_without_day", 12)],
        *[("2020-05-31~T18:26:00", "date_clock_without_day", 13), ("2020-05-31T25:00:00", "date_hour", 12)],
        *[("2020-05-31T18:60:00", "date_minute", 15), ("2020-05-31T18:26:61", "date_second", 18)],
        *[("2016-12-31T23:59:60Z", "date_leap_second", 18), ("2020-05-31T24:00:01", "date_after_midnight", 12)],
        *[("2020-05-31T24:00:00.001", "date_after_midnight", 12), ("2020-05-31T18:26:00.5", "date_fraction", 20)],
        *[("2020-05-31T18:26:00+15", "date_offset", 20), ("2020-05-31T18:26:00+05:60", "date_offset", 20)],
        *[("2020-06-05/2020-06-04", "date_reversed", 1), ("[1672..1670]", "date_reversed", 2)],
        *[("2020-06-01T10:00:00Z/2020-06-01T11:00:00+09", "date_reversed", 1)],
        *[("/", "date_interval", 1), ("../..", "date_interval", 1), ("2020/2021/2022", "date_interval", 1), ("../", "date_interval", 1)],
        *[("[2020", "date_set_brackets", 1), ("[2020}", "date_set_brackets", 1), ("[", "date_set_brackets", 1)],
        *[("[]", "date_shape", 2), ("[2020,]", "date_shape", 7), ("[..]", "date_set_open", 2), ("[2020,2021]/2022", "date_set_brackets", 1)],
        *[("  2020-13", "date_month", 8), ("[2020, 2020-13]", "date_month", 13)],
    ],
)  # fmt: skip
def test_that_what_we_would_have_to_guess_is_refused_with_its_place(text, code, column):
    with pytest.raises(BadDate) as refused:
        parse(text)
    assert (refused.value.code, refused.value.column) == (code, column)


def test_that_a_reversed_interval_is_found_once_the_zone_says_so():
    mixed = "2020-06-04T20:00:00/2020-06-04T22:00:00Z"
    assert resolve(mixed, "Asia/Seoul").span.start == at("2020-06-04T11:00:00")
    with pytest.raises(BadDate) as refused:
        resolve(mixed, CHICAGO)
    assert refused.value.code == "date_reversed"


def test_that_an_unknown_zone_is_refused():
    with pytest.raises(BadDate) as refused:
        resolve("2020", "Mars/Phobos")
    assert (refused.value.code, refused.value.args_) == ("date_zone", {"zone": "Mars/Phobos"})


marks = st.sampled_from(["", "", "", "?", "~", "%"])
year_texts = st.from_regex(r"-?[0-9X]{4}", fullmatch=True)
long_years = st.from_regex(r"[0-9]{4}S[1-4]|Y-?[1-9][0-9]{4,7}|Y-?[1-9][0-9]?E[3-6]", fullmatch=True)
month_texts = st.integers(1, 12).map("{:02}".format) | st.sampled_from(["0X", "1X", "XX", "X2"])
season_texts = st.integers(21, 41).map(str)
day_texts = st.integers(1, 31).map("{:02}".format) | st.sampled_from(["0X", "1X", "2X", "XX", "X1"])
years, whole_years, months, seasons, days_of_month = (
    st.tuples(marks, part, marks).map("".join)
    for part in (year_texts, long_years, month_texts, season_texts, day_texts)
)
clock_texts = st.builds(
    "{:02}:{:02}:{:02}{}{}{}".format,
    *[st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), st.sampled_from(["", ".000", ".250"])],
    *[st.sampled_from(["", "Z", "+09", "-03:30", "+14:00"]), marks],
)
plain_days = st.dates().map(str)
dates = st.one_of(
    *[years, whole_years, *(st.tuples(years, part).map("-".join) for part in (months, seasons))],
    *[st.tuples(years, months, days_of_month).map("-".join), plain_days],
    *[st.tuples(plain_days, clock_texts).map("T".join)],
)
members = dates | st.tuples(dates, dates).map("..".join) | dates.map("..{}".format) | dates.map("{}..".format)
lists = st.lists(members, min_size=1, max_size=4).map(",".join)
ends = dates | st.sampled_from(["..", ""])
texts = dates | st.tuples(ends, ends).map("/".join) | lists.map("[{}]".format) | lists.map("{{{}}}".format)
zone_names = st.sampled_from([None, "UTC", CHICAGO, "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu"])


@given(texts)
def test_that_what_is_written_back_reads_as_the_same_value(text):
    try:
        value = parse(text)
    except BadDate:
        return
    assert parse(str(value)) == value
    assert str(parse(str(value))) == str(value)


@given(texts, zone_names)
def test_that_the_four_instants_are_in_order(text, zone):
    try:
        when = resolve(text, zone)
    except BadDate:
        return
    assert when.is_ordered
    assert MIN_INSTANT <= when.earliest_start < when.latest_end <= MAX_INSTANT
    assert when.open_start == (when.earliest_start == MIN_INSTANT)
    assert when.open_end == (when.latest_end == MAX_INSTANT)


@given(st.dates(), zone_names)
def test_that_the_coarser_date_contains_the_finer(day, zone):
    text = day.isoformat()
    finer = [f"{text}T12:00:00", text, text[:8] + "XX", text[:7], text[:4], text[:3] + "X", text[:2] + "XX"]
    spans = [resolve(date, zone).span for date in finer]
    assert all(coarse.contains(fine) for fine, coarse in zip(spans, spans[1:], strict=False))


@given(st.dates(), zone_names)
def test_that_a_day_without_zone_contains_the_day_of_every_zone(day, zone):
    assert resolve(day.isoformat(), None).span.contains(resolve(day.isoformat(), zone).span)


@given(st.dates(), st.dates(), zone_names)
def test_that_the_span_of_an_interval_is_the_union_of_its_days(one, other, zone):
    first, last = sorted((one.isoformat(), other.isoformat()))
    both = resolve(first, zone).span.union(resolve(last, zone).span)
    for text in (f"{first}/{last}", f"[{first},{last}]", f"{{{first}..{last}}}"):
        assert resolve(text, zone).span == both


@given(st.text() | st.text("0123456789-XYESTZ:.,+/[]{}?~% ", max_size=40), zone_names)
def test_that_hostile_text_is_read_or_refused_but_never_fails(text, zone):
    try:
        when = resolve(text, zone)
    except BadDate as bad:
        assert bad.code.startswith("date_")
        assert bad.column is None or 1 <= bad.column <= len(text) + 1
    else:
        assert when.is_ordered


@pytest.mark.parametrize("text", ["[" + ",".join(["XXX1-02-29"] * 17) + "]", "{" + "," * 198, "[" * 200, "?" * 200])
def test_that_a_text_made_to_be_slow_is_refused(text):
    with pytest.raises(BadDate):
        parse(text)


def test_that_a_minute_is_a_minute_in_any_part_of_the_clock():
    minute = resolve("2020-05-31T18:26:00Z/2020-05-31T18:27:00Z", None)
    assert minute.earliest_end - minute.earliest_start == MINUTE

"""The ruler's ticks: in the window, in order, never touching, each word true of its instant; right across clock
changes, leap days and eras; the words of both languages.
"""
from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tick_reading import Reader
from timeline_app.base.text import catalogue
from timeline_app.domain import edtf, zones
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, civil_from_days, days_from_civil
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT
from timeline_app.viewmodel.tick_steps import Step, moments
from timeline_app.viewmodel.ticks import FINEST_PX, GAP, HEADING_PX, MARK_PX, Ticks, dates, ticks
from timeline_app.viewmodel.window import TimeScale, Window

ZONES = ("America/Chicago", "Asia/Seoul", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
CHICAGO = "America/Chicago"
YEAR = 365 * DAY
LONGEST = 280_000_000 * YEAR * 1000


def measure(text: str, size: int, weight: str) -> float:
    """Letters of one width, Hangul twice as wide."""
    return sum(1.0 if letter >= "가" else 0.56 for letter in text) * size


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """From 10 ms to 280 million years, mostly about now, some in deep time."""
    length = round(10 ** draw(st.floats(4, 21.94)))
    centre = draw(st.sampled_from((0, -2_000, -66_000_000))) * YEAR * 1000 + draw(st.integers(-10**14, 4 * 10**15))
    start = max(MIN_INSTANT * 1000, centre - length // 2)
    return Window(start, min(start + min(length, LONGEST), MAX_INSTANT * 1000))


cases = st.tuples(windows(), st.floats(200, 3840), st.sampled_from(ZONES))


def shown(text: str, zone: str, width: float = 1250.0, language: str = "en") -> Ticks:
    """The ruler of a span written as EDTF."""
    return ticks(Window.of(edtf.resolve(text, zone).span), width, zone, catalogue(language), measure)


def words(row) -> list[str]:
    return [tick.text for tick in row if tick.labelled]


@given(cases)
def test_that_ticks_are_in_order_in_the_window_and_no_more_than_fit(case):
    window, width, zone = case
    made = ticks(window, width, zone, catalogue("en"), measure)
    for row in (made.major, made.minor):
        assert all(a.at_ms < b.at_ms for a, b in pairwise(row))
        assert all(tick.labelled == bool(tick.text) for tick in row)
    outside = [t for t in (*made.major, *made.minor) if not window.start_us <= t.at_ms * 1000 < window.end_us]
    assert outside == [] or (outside == [made.major[0]] and outside[0].at_ms * 1000 < window.start_us)
    assert {t.at_ms for t in made.major} - {t.at_ms for t in outside} <= {t.at_ms for t in made.minor}
    assert len(made.minor) <= width / FINEST_PX * 1.1 + 8


@given(cases, st.sampled_from(("en", "ko")))
def test_that_no_label_touches_another_or_a_line_of_the_upper_row_or_an_edge(case, language):
    window, width, zone = case
    made = ticks(window, width, zone, catalogue(language), measure)
    scale = TimeScale(window, width)
    lines = [scale.x(tick.at_ms) for tick in made.major]
    for row, size, weight in ((made.major, HEADING_PX, "semibold"), (made.minor, MARK_PX, "regular")):
        boxes = [(t.left, t.left + measure(t.text, size, weight)) for t in row if t.labelled]
        assert all(right + GAP / 2 <= left for (_, right), (left, _) in pairwise(boxes))
        assert all(left >= 0 and right <= width for left, right in boxes)
        assert not any(left < x < right for left, right in boxes for x in lines)


@given(cases)
def test_that_every_word_read_back_gives_the_instant_of_its_line(case):
    window, width, zone = case
    made = ticks(window, width, zone, catalogue("en"), measure)
    reader = Reader(zone)
    for tick in made.major:
        if tick.labelled:
            assert reader.heading(tick, made.major_unit) == tick.at_ms
    for tick in made.minor:
        if tick.labelled:
            assert reader.mark(tick, made.minor_unit, made.major) == tick.at_ms


@given(cases, st.sampled_from(("en", "ko")))
def test_that_the_dates_of_the_overview_do_not_touch_and_read_back(case, language):
    window, width, zone = case
    row = dates(window, width, zone, catalogue(language), measure)
    boxes = [(t.left, t.left + measure(t.text, MARK_PX, "regular")) for t in row if t.labelled]
    assert all(right + GAP / 2 <= left for (_, right), (left, _) in pairwise(boxes))
    assert all(left >= 0 and right <= width for left, right in boxes)
    assert len(row) <= width / 80 + 3


@given(windows(), st.integers(-(10**6), 10**6))
def test_that_panning_never_changes_the_steps(window: Window, by_us: int):
    made = ticks(window, 1250.0, "UTC", catalogue("en"), measure)
    moved = window.moved(by_us * window.length_us // 10**8)
    if civil_from_days(window.end_us // 1000 // DAY)[0] == civil_from_days(moved.end_us // 1000 // DAY)[0]:
        after = ticks(moved, 1250.0, "UTC", catalogue("en"), measure)
        assert abs(len(after.minor) - len(made.minor)) <= 2
        assert (after.major_unit, after.minor_unit) == (made.major_unit, made.minor_unit)


def test_that_the_opening_week_reads_as_designed():
    made = shown("2020-05-30/2020-06-05", CHICAGO, 1280.0)
    assert words(made.major) == ["Sat 30 May 2020", "Sun 31 May", "Mon 1 June", "Tue 2 June", "Wed 3 June",
                                 "Thu 4 June", "Fri 5 June"]
    assert words(made.minor) == ["06:00", "12:00", "18:00"] * 7
    assert (made.major_unit, made.minor_unit) == ("day", "hour")


def test_that_the_opening_week_reads_as_designed_in_korean():
    made = shown("2020-05-30/2020-06-05", CHICAGO, 1400.0, "ko")
    assert words(made.major)[:3] == ["2020년 5월 30일 (토)", "5월 31일 (일)", "6월 1일 (월)"]


@pytest.mark.parametrize(("span", "upper", "lower"), [
    ("2020-05-20/2020-06-15", ["May 2020", "June"], ["21", "22"]),
    ("2020-05-26/2020-06-05", ["May 2020", "June"], ["Wed 27", "Thu 28"]),
    ("2020-03/2020-08", ["Mar 2020", "Apr"], ["8", "15"]),
    ("2019-07/2021-06", ["2019", "2020"], ["Aug", "Sept"]),
    ("2020-05-31T18:26:00Z/2020-05-31T18:26:20Z", ["Sun 31 May 2020, 18:26"], [":01", ":02"]),
    ("2020-05-31T18:00:00Z/2020-05-31T18:20:00Z", ["Sun 31 May 2020"], ["18:01", "18:02"]),
])
def test_that_each_scale_has_its_two_levels(span: str, upper: list[str], lower: list[str]):
    made = shown(span, "UTC", 1000.0)
    assert words(made.major)[:2] == upper
    assert words(made.minor)[:2] == lower


def test_that_the_year_is_said_at_the_first_label_and_where_it_changes():
    made = shown("2020-12-30/2021-01-03", "UTC")
    assert words(made.major) == ["Wed 30 Dec 2020", "Thu 31 Dec", "Fri 1 Jan 2021", "Sat 2 Jan", "Sun 3 Jan"]


def test_that_a_date_is_said_again_where_minutes_reach_the_next_day():
    made = shown("2020-05-31T23:58:00Z/2020-06-01T00:01:30Z", "UTC")
    assert words(made.major) == ["Sun 31 May 2020, 23:58", "23:59", "Mon 1 June 2020, 00:00", "00:01"]


def test_that_the_first_heading_stays_in_sight_until_the_next_one_comes():
    week = Window.of(edtf.resolve("2020-05-30/2020-06-05", CHICAGO).span)
    later = ticks(week.moved(10 * HOUR * 1000), 1250.0, CHICAGO, catalogue("en"), measure)
    assert later.major[0].text == "Sat 30 May 2020"[:len(later.major[0].text)] and later.major[0].left >= 0
    gone = ticks(week.moved(22 * HOUR * 1000), 1250.0, CHICAGO, catalogue("en"), measure)
    assert not gone.major[0].labelled
    assert gone.major[1].text == "Sun 31 May 2020"


def test_that_a_day_of_23_hours_lacks_one_and_a_day_of_25_has_one_twice():
    spring = shown("2020-03-08", CHICAGO, 1400.0)
    assert words(spring.minor)[:3] == ["01:00", "03:00", "04:00"]
    autumn = shown("2020-11-01", CHICAGO, 1400.0)
    assert words(autumn.minor)[:4] == ["01:00", "01:00 CST", "03:00", "04:00"]
    assert len(autumn.minor) == 25 and len(spring.minor) == 23


def test_that_the_half_hour_that_lord_howe_repeats_is_told_apart():
    made = shown("2020-04-05T01:00:00+11:00/2020-04-05T03:00:00+10:30", "Australia/Lord_Howe", 1400.0)
    again = [text for text in words(made.minor) if " " in text]
    assert again[0].startswith("01:30 ") and "02:00" in words(made.minor)


def test_that_the_name_of_a_repeated_hour_never_reaches_over_the_line_of_the_next_day():
    zone = "America/Sao_Paulo"  # at midnight the clock went back to 23:00
    for width in range(1300, 3000, 20):
        made = shown("2018-02-17/2018-02-18", zone, float(width))
        line = width * 25 / 49
        again = [tick for tick in made.minor if " " in tick.text]
        assert all(tick.left + measure(tick.text, MARK_PX, "regular") <= line for tick in again)
    wide = shown("2018-02-17T20:00:00-02:00/2018-02-18T04:00:00-03:00", zone)
    assert "23:00 UTC-3" in words(wide.minor)


def test_that_days_begin_where_the_clock_skips_midnight_and_a_skipped_day_has_no_tick():
    found = moments(Step("day", 1), *_bounds("2018-11-03/2018-11-05", "America/Sao_Paulo"), "America/Sao_Paulo")
    assert [zones.to_local(m.at_ms, "America/Sao_Paulo") % DAY for m in found] == [0, HOUR, 0]
    samoa = moments(Step("day", 1), *_bounds("2011-12-29/2012-01-01", "Pacific/Apia"), "Pacific/Apia")
    assert [civil_from_days(zones.to_local(m.at_ms, "Pacific/Apia") // DAY)[2] for m in samoa] == [29, 31, 1]


def _bounds(text: str, zone: str) -> tuple[int, int]:
    span = edtf.resolve(text, zone).span
    return span.start, span.end


def test_that_leap_days_have_their_tick_and_weeks_align_with_months():
    found = moments(Step("day", 1), *_bounds("2020-02-28/2020-03-01", "UTC"), "UTC")
    days = [civil_from_days(one.at_ms // DAY)[1:] for one in found]
    assert days == [(2, 28), (2, 29), (3, 1)]
    for count in (2, 7, 14):
        found = moments(Step("day", count), *_bounds("2020-01/2021-12", "UTC"), "UTC")
        assert min(b.at_ms - a.at_ms for a, b in pairwise(found)) == count * DAY
        assert sum(civil_from_days(m.at_ms // DAY)[2] == 1 for m in found) == 24


@pytest.mark.parametrize(("count", "expected"), [
    (1, [-2, -1, 0, 1, 2, 3]), (10, [-19, -9, 1, 10, 20]), (100, [-199, -99, 1, 100, 200])])
def test_that_there_is_no_year_0(count: int, expected: list[int]):
    start, end = days_from_civil(expected[0], 1, 1) * DAY, days_from_civil(expected[-1], 1, 1) * DAY + 1
    assert [civil_from_days(m.at_ms // DAY)[0] for m in moments(Step("year", count), start, end, "UTC")] == expected


def test_that_years_before_our_era_are_said_in_both_languages():
    span = "-0044/-0040"  # astronomical: 45 to 41 BCE
    assert words(shown(span, "UTC").major)[:2] == ["45 BCE", "44 BCE"]
    assert words(shown(span, "UTC", language="ko").major)[:2] == ["기원전 45년", "기원전 44년"]


def test_that_deep_time_counts_back_from_1950_as_each_language_does():
    window = Window(-67_000_000 * YEAR * 1000, -60_000_000 * YEAR * 1000)
    assert "66 Ma" in words(ticks(window, 1250.0, "UTC", catalogue("en"), measure).major)
    assert "6600만 년 전" in words(ticks(window, 1250.0, "UTC", catalogue("ko"), measure).major)
    late = Window(-40_000 * YEAR * 1000, 30_000 * YEAR * 1000)
    said = words(ticks(late, 620.0, "UTC", catalogue("en"), measure).major)
    assert said[2:6] == ["20 ka", "10 ka", "present", "+10 ka"]
    old = Window(-130_000_000 * YEAR * 1000, -90_000_000 * YEAR * 1000)
    assert "1억 2000만 년 전" in words(ticks(old, 1250.0, "UTC", catalogue("ko"), measure).major)


def test_that_all_of_time_has_ticks_that_fit_into_int64():
    made = ticks(Window(MIN_INSTANT * 1000, MAX_INSTANT * 1000), 1250.0, CHICAGO, catalogue("en"), measure)
    assert len(words(made.major)) > 4
    assert all(MIN_INSTANT <= tick.at_ms <= MAX_INSTANT for tick in (*made.major, *made.minor))


def test_that_before_1900_and_after_2100_days_are_those_of_utc():
    for year in ("1850-07-04/1850-07-06", "2150-07-04/2150-07-06"):
        made = shown(year, CHICAGO)
        assert all(tick.at_ms % DAY == 0 for tick in made.major)


def test_that_weekdays_are_not_said_of_dates_that_never_had_them():
    assert words(shown("1066-10-13/1066-10-15", "UTC").major)[0] == "13 Oct 1066"
    assert words(shown("1600-10-13/1600-10-15", "UTC").major)[0] == "Fri 13 Oct 1600"


def test_that_the_overview_has_a_calm_row_with_the_year_once():
    window = Window.of(edtf.resolve("2020-05-22/2020-06-20", CHICAGO).span)
    row = dates(window, 1250.0, CHICAGO, catalogue("en"), measure)
    assert words(row)[:4] == ["22 May 2020", "25 May", "28 May", "1 June"]


@pytest.mark.parametrize(("year", "days"), [
    (1900, 28), (2000, 29), (2100, 28), (2020, 29), (-3, 28), (-4, 29), (0, 29)])
def test_that_leap_days_follow_the_centuries_and_go_on_before_our_era(year: int, days: int):
    start, end = days_from_civil(year, 2, 1) * DAY, days_from_civil(year, 3, 1) * DAY
    for language in ("en", "ko"):
        made = ticks(Window(start * 1000, end * 1000), 1250.0, "UTC", catalogue(language), measure)
        assert (made.major_unit, made.minor_unit, len(made.minor)) == ("month", "day", days)
        assert str(days) in words(made.minor)[-1]


@given(st.integers(4, 17), st.floats(-1, 1), st.sampled_from(("en", "ko")))
def test_that_no_word_near_the_turn_of_the_eras_is_a_year_0(power: int, aside: float, language: str):
    """From an hour to 3,000 years around the first of January of the year 1."""
    turn, length = days_from_civil(1, 1, 1) * DAY * 1000, 10 ** max(power, 9)
    start = turn - length // 2 + round(length * aside * 0.4)
    made = ticks(Window(start, start + length), 1250.0, "UTC", catalogue(language), measure)
    said = [*words(made.major), *(words(made.minor) if made.minor_unit in ("year", "ago") else ())]
    assert not [text for text in said if re.search(r"(?<![\d,:.])0(?![\d,:.])", text)]


@given(windows(), st.floats(600, 3840), st.sampled_from(ZONES), st.sampled_from(("en", "ko")))
def test_that_at_every_scale_there_are_lines_of_two_levels_and_words(window, width, zone, language):
    made = ticks(window, width, zone, catalogue(language), measure)
    assert made.major_unit != made.minor_unit or made.major_unit in ("year", "ago")
    assert len(made.minor) > sum(one.at_ms * 1000 >= window.start_us for one in made.major)
    assert words(made.major) or words(made.minor)


def test_that_the_chosen_zone_decides_where_days_begin():
    window = Window.of(edtf.resolve("2020-05-30/2020-06-02", "UTC").span)
    starts = {zone: ticks(window, 1250.0, zone, catalogue("en"), measure).major[1].at_ms % DAY // MINUTE
              for zone in ("UTC", "Asia/Seoul", "Asia/Kolkata", CHICAGO)}
    assert starts == {"UTC": 0, "Asia/Seoul": 15 * 60, "Asia/Kolkata": 18 * 60 + 30, CHICAGO: 5 * 60}

"""Times in words: as fine as they are known, in the zone that is named, in both languages."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.base.text import catalogue
from timeline_app.domain import edtf
from timeline_app.domain.answers import parse_answer
from timeline_app.domain.calendar import DAY, HOUR, MINUTE
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, Basis, Precision, Span, When
from timeline_app.viewmodel import dates, wording
from timeline_app.viewmodel.answer_words import Manner, answer_text, long_duration, qualified, quantity

EN, KO = catalogue("en"), catalogue("ko")
CHICAGO, NEW_YORK, SEOUL = "America/Chicago", "America/New_York", "Asia/Seoul"
DOWN = 1_590_967_560_000  # Sunday 31 May 2020, 18:26 in Chicago


def said(text, zone=CHICAGO, texts=EN, axis=CHICAGO, **changed):
    return wording.when_text(replace(edtf.resolve(text, zone), **changed), axis, texts)


def bounds(low, high, precision, zone=CHICAGO, is_moment=True):
    inner = (high, low) if is_moment else (low, high)
    return When(low, inner[0], inner[1], high, precision, zone=zone)


@pytest.mark.parametrize(
    ("text", "zone", "en", "ko"),
    [
        ("2020-05-31", CHICAGO, "Sunday 31 May 2020", "2020년 5월 31일 일요일"),
        (
            "2020-06-01/2020-06-03",
            CHICAGO,
            "Monday 1 June to Wednesday 3 June 2020",
            "2020년 6월 1일 월요일부터 6월 3일 수요일까지",
        ),
        (
            "2019-12-30/2020-01-02",
            CHICAGO,
            "Monday 30 December 2019 to Thursday 2 January 2020",
            "2019년 12월 30일 월요일부터 2020년 1월 2일 목요일까지",
        ),
        ("[2020-05-31,2020-06-01]", CHICAGO, "31 May or 1 June 2020", "2020년 5월 31일 또는 6월 1일"),
        ("2020-06-02?", CHICAGO, "Tuesday 2 June 2020 (uncertain)", "2020년 6월 2일 화요일(불확실)"),
        ("2020-06-04~/2020-06-05", None, "about 4 June to 5 June 2020", "2020년 6월 4일경부터 6월 5일까지"),
        ("[..2020-06-07]", NEW_YORK, "7 June 2020 or earlier", "2020년 6월 7일 또는 그 이전"),
        ("2020-06-04/..", CHICAGO, "from Thursday 4 June 2020", "2020년 6월 4일 목요일부터"),
        (
            "2020-06-04/",
            CHICAGO,
            "from Thursday 4 June 2020, end not known",
            "2020년 6월 4일 목요일부터, 끝 미상",
        ),
        ("../1990", "UTC", "until 1990", "1990년까지"),
        (
            "{1667,1668,1670..1672}",
            "UTC",
            "1667 and 1668 and 1670 to 1672",
            "1667년 및 1668년 및 1670년부터 1672년까지",
        ),
        ("2020-06", None, "June 2020", "2020년 6월"),
        ("2020-04/2020-06", "UTC", "April to June 2020", "2020년 4월부터 6월까지"),
        ("2020-22", "UTC", "summer 2020", "2020년 여름"),
        ("2020-33", "UTC", "January to March 2020", "2020년 1월부터 3월까지"),
        ("201X", "UTC", "the 2010s", "2010년대"),
        ("19XX", "UTC", "1900 to 1999", "1900년부터 1999년까지"),
        ("-0043", "UTC", "44 BCE", "기원전 44년"),
        ("0000", "UTC", "1 BCE", "기원전 1년"),
        ("-0043-03-15", "UTC", "15 March 44 BCE", "기원전 44년 3월 15일"),
        ("Y-66000000", None, "about 66 million years ago", "약 6,600만 년 전"),
        ("Y-170000000", None, "about 170 million years ago", "약 1.7억 년 전"),
        ("Y30000", "UTC", "30,000", "30,000년"),
    ],
)
def test_that_a_date_is_said_as_it_is_stated(text, zone, en, ko):
    assert said(text, zone).main == en
    assert said(text, zone, KO).main == ko


def test_that_a_clock_time_is_said_in_the_zone_of_the_axis_with_its_own_beside():
    found = said("2020-05-31T18:26:00-05:00", precision=Precision.MINUTE, axis=NEW_YORK)
    assert found.main == "Sunday 31 May 2020, 19:26 EDT"
    assert found.zone_note == "in Chicago: Sunday 31 May 2020, 18:26 CDT"
    assert said("2020-05-31T18:26:00-05:00", precision=Precision.MINUTE).zone_note == ""


def test_that_a_time_is_about_only_where_its_bounds_are_wider_than_what_is_stated():
    wide = {
        "earliest_start": DOWN - MINUTE,
        "earliest_end": DOWN - MINUTE,
        "latest_start": DOWN + MINUTE,
        "latest_end": DOWN + MINUTE,
        "precision": Precision.MINUTE,
    }
    stated = "2020-05-31T18:26:00-05:00"
    assert said(stated, **wide).main == "Sunday 31 May 2020, about 18:26 CDT"
    assert said(stated, texts=KO, **wide).main == "2020년 5월 31일 일요일 18:26경 CDT"
    assert said(stated, precision=Precision.MINUTE).main == "Sunday 31 May 2020, 18:26 CDT"
    assert said(stated + "~", precision=Precision.MINUTE).main == "Sunday 31 May 2020, about 18:26 CDT"
    assert said("2020-06-01T21:47:38Z", "UTC").main == "Monday 1 June 2020, 16:47:38 CDT"


def test_that_a_part_of_a_day_is_named_with_its_hours_in_its_own_zone():
    day = DOWN - 18 * HOUR - 26 * MINUTE
    evening = bounds(day + 18 * HOUR, day + 24 * HOUR, Precision.PART_OF_DAY)
    assert wording.when_text(evening, SEOUL, EN).main == "Sunday 31 May 2020, evening (18:00 to 24:00 CDT)"
    assert wording.when_text(evening, SEOUL, KO).main == "2020년 5월 31일 일요일 저녁(18:00~24:00 CDT)"
    late = bounds(day + 12 * HOUR, day + 24 * HOUR, Precision.PART_OF_DAY)
    assert "afternoon or evening (12:00" in wording.when_text(late, CHICAGO, EN).main


def test_that_a_moment_between_bounds_and_a_stretch_of_time_are_told_apart():
    low, high = DOWN, DOWN + 85 * MINUTE
    moment = bounds(low, high, Precision.MINUTE)
    assert wording.when_text(moment, CHICAGO, EN).main == "Sunday 31 May 2020, between 18:26 and 19:51 CDT"
    stretch = bounds(low, high, Precision.MINUTE, is_moment=False)
    assert wording.when_text(stretch, CHICAGO, EN).main == "Sunday 31 May 2020, 18:26 to 19:51 CDT"
    night = bounds(low, low + 9 * HOUR, Precision.MINUTE, is_moment=False)
    assert wording.when_text(night, CHICAGO, EN).main == (
        "Sunday 31 May 2020, 18:26 to Monday 1 June 2020, 03:26 CDT"
    )


def test_that_bounds_speak_where_they_differ_from_the_text():
    columns = replace(
        edtf.resolve("2020-05-31", CHICAGO), latest_end=DOWN + 2 * DAY, latest_start=DOWN + 2 * DAY
    )
    assert wording.when_text(columns, CHICAGO, EN).main == "Sunday 31 May to Tuesday 2 June 2020"


def test_that_the_note_says_how_finely_and_in_which_zone_a_date_is_meant():
    assert said("2020-06-04", None).zone_note == "a date without a zone: up to 50 hours"
    assert said("2020-05-31", NEW_YORK).zone_note == "New York date: 30 May 23:00 to 31 May 23:00, CDT"
    assert said("-0043-03-15", "Europe/Rome").zone_note == "before 1900 and after 2100 in UTC"
    assert said("2020-05-31").precision_note == "to the day"
    assert said("Y-66000000", None).precision_note == ""


@pytest.mark.parametrize(
    ("length", "en", "ko"),
    [
        (63_480_000, "17 h 38 min", "17시간 38분"),
        (2 * HOUR, "2 h", "2시간"),
        (526_000, "8 min 46 s", "8분 46초"),
        (850, "850 ms", "850밀리초"),
        (0, "0 s", "0초"),
        (27 * HOUR, "27 h", "27시간"),
        (-HOUR, "1 h", "1시간"),
        (100 * HOUR, "4 d 4 h", "4일 4시간"),
        (DAY * 365_243, "1,000 y", "1,000년"),
        (HOUR + 5_000, "1 h", "1시간"),
    ],
)
def test_that_a_length_is_said_in_its_two_largest_units(length, en, ko):
    assert (wording.duration(length, EN), wording.duration(length, KO)) == (en, ko)


def test_that_a_length_of_one_whole_unit_is_a_phrase():
    lengths = (HOUR, 24 * HOUR, 96 * HOUR, 90 * MINUTE, 150 * MINUTE, 61_000, 0)
    assert [long_duration(length, EN) for length in lengths] == (
        ["1 hour", "24 hours", "4 days", "90 minutes", "2 h 30 min", "61 seconds", "0 s"]
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (
            DOWN - 42 * HOUR - 26 * MINUTE,
            DOWN + 4 * DAY + 17 * HOUR + 34 * MINUTE,
            "30 May 00:00 to 5 June 12:00, CDT",
        ),
        (DOWN, DOWN + 30_000, "31 May 18:26:00 to 31 May 18:26:30, CDT"),
        (DOWN, DOWN + 300, "31 May 18:26:00.000 to 31 May 18:26:00.300, CDT"),
        (DOWN - 40 * DAY, DOWN + 190 * DAY, "April 2020 to December 2020"),
        (DOWN - 365 * 7 * DAY, DOWN, "2013 to 2020"),
        (1_603_602_000_000, 1_604_300_400_000, "25 October 00:00 to 2 November 01:00, CDT and CST"),
        (1_577_700_000_000, 1_578_200_000_000, "30 December 2019 04:00 to 4 January 2020 22:53, CST"),
        (MIN_INSTANT, DOWN, "about 292 million years ago to 2020"),
    ],
)
def test_that_a_span_is_said_as_finely_as_its_length_asks_for(start, end, expected):
    assert wording.span_text(Span(start, end), CHICAGO, EN) == expected


def test_that_single_moments_are_said_no_finer_than_asked():
    def at(precision):
        return wording.moment(DOWN, precision, CHICAGO, EN)

    assert at(Precision.SECOND) == "Sunday 31 May 2020, 18:26:00 CDT"
    assert at(Precision.HOUR) == "Sunday 31 May 2020, 18:00 CDT"
    assert at(Precision.PART_OF_DAY) == "Sunday 31 May 2020, evening"
    assert at(Precision.DAY) == "Sunday 31 May 2020"
    assert at(Precision.MONTH) == "May 2020"
    assert at(Precision.YEAR) == "2020"


def test_that_a_date_that_cannot_be_read_is_given_back_as_it_is():
    assert wording.edtf_words("last Sunday", EN) == "last Sunday"
    assert wording.edtf_words("2020-05-31", EN) == "31 May 2020"


WORDS = {
    ("vocabulary", "many"): "many fans",
    ("units", "tips"): "hints",
    ("unit_patterns", "THB"): "{n} baht {x}",
}


def answer(text, unit, zone=CHICAGO, texts=EN, own=CHICAGO):
    manner = Manner(texts, CHICAGO, own, lambda table, key: WORDS.get((table, key), key))
    return answer_text(parse_answer(text, unit, zone), manner)


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("../PT5H", "duration", "within 5 hours"),
        ("PT2H", "duration", "2 hours"),
        ("PT5H/..", "duration", "at least 5 hours"),
        ("PT2H/PT3H", "duration", "2 hours to 3 hours"),
        ("PT8M46S", "duration", "8 min 46 s"),
        ("1026531 USD", "USD", "$1,026,531"),
        ("28.0 %", "%", "28.0 %"),
        (">20000 tips", "tips", "more than 20,000 hints"),
        ("<5 tips", "tips", "less than 5 hints"),
        ("<=5 tips", "tips", "at most 5 hints"),
        ("~38700 retweets", "retweets", "about 38,700 retweets"),
        (">=817000 retweets", "retweets", "at least 817,000 retweets"),
        ("3 rank", "rank", "place 3"),
        ("3000000 THB", "THB", "3,000,000 baht {x}"),
        ("many", "actor", "many fans"),
        ("fan-4|fan-5", "actor", "fan-4 and fan-5"),
        ("bts-fans", "actor", "bts fans"),
        ("", "key", ""),
        ("not-established", "key", "not established"),
        ("around noon", "EDTF", "around noon"),
        ("2020-05-31T18:26:00-05:00", "EDTF", "Sunday 31 May 2020, 18:26 CDT"),
        ("2020-06-01T21:47:38Z", "EDTF", "Monday 1 June 2020, 16:47:38 CDT"),
    ],
)
def test_that_an_answer_is_said_in_words(text, unit, expected):
    assert answer(text, unit) == expected


def test_that_a_day_printed_elsewhere_says_where():
    assert answer("2020-06-12", "EDTF", "Europe/Dublin") == "Friday 12 June 2020 (Dublin)"
    assert answer("2020-06-12", "EDTF", "America/Winnipeg") == "Friday 12 June 2020"
    assert answer("2020-06-12", "EDTF", NEW_YORK, own=NEW_YORK) == "Friday 12 June 2020"


def test_that_about_stands_before_the_number_where_a_word_stands_before_it():
    assert qualified("리트윗 1,000,000번", "~", KO) == "리트윗 약 1,000,000번"
    assert qualified("1,026,531달러", "~", KO) == "약 1,026,531달러"
    assert qualified("$1,026,531", "~", EN) == "about $1,026,531"


def test_that_a_number_without_a_unit_stands_alone():
    manner = Manner(KO, CHICAGO, None, lambda table, key: key)
    assert quantity(Decimal("12000.50"), "", manner) == "12,000.50"
    assert quantity(Decimal(5), "USD", manner) == "5달러"


INSTANT = st.one_of(st.integers(MIN_INSTANT, MAX_INSTANT), st.integers(-(2**45), 2**45))


@given(
    st.lists(INSTANT, min_size=4, max_size=4), st.sampled_from(list(Precision)), st.booleans(), st.booleans()
)
def test_that_no_time_breaks_its_words(instants, precision, has_zone, doubted):
    low, one, other, high = sorted(instants)
    text = "2020-05-31T18:26:00" if doubted else ""
    zone = CHICAGO if has_zone else None
    when = When(low, one, other, high, precision, Basis.DOCUMENT, zone, text, doubted, doubted)
    for texts in (EN, KO):
        assert wording.when_text(when, SEOUL, texts).main
        assert wording.span_text(when.span, SEOUL, texts)


@given(st.text("0123456789XY-/.[]{},?~%SE", min_size=1, max_size=16))
def test_that_every_edtf_text_has_words(text):
    assert wording.edtf_words(text, KO)


@given(st.integers(0, 10**12))
def test_that_large_numbers_keep_three_figures(number):
    assert dates.large(number, EN) and dates.large(number, KO)

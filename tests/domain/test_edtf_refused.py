"""EDTF texts that are refused: with which code, and at which place."""

from __future__ import annotations

import pytest

from timeline_app.domain.edtf import parse, resolve
from timeline_app.domain.time import BadDate

REFUSED = """
    NaN                          date_words 1
    199u                         date_words 4
    2020–21                      date_character 5
    ２０２０                     date_character 1
    2020년                       date_character 5
    20200531                     date_shape 1
    2020-5-31                    date_shape 1
    2020-                        date_shape 1
    20                           date_shape 1
    12020                        date_shape 1
    2020~~                       date_shape 1
    SEXY                         date_shape 1
    2020-06/2020-6               date_shape 9
    []                           date_shape 2
    [2020,]                      date_shape 7
    2020-13                      date_month 6
    2020-00-01                   date_month 6
    2020-20                      date_month 6
    2020-42                      date_month 6
    2020-2X                      date_month 6
    2020-21-05                   date_month 6
    2020-06-01/2020-13-01        date_month 17
    2020-02-30                   date_day 1
    2019-02-29                   date_day 1
    2020-06-31                   date_day 1
    2020-06-00                   date_day 1
    2020-02-3X                   date_day 1
    XXX1-02-29                   date_day 1
    [2020,2019-02-29]            date_day 7
    1950S2-06                    date_year_alone 1
    Y12020-06                    date_year_alone 1
    Y2020                        date_year_prefix 1
    Y012020                      date_year_prefix 1
    -0000                        date_negative_zero 1
    -0000S2                      date_negative_zero 1
    19XXS2                       date_significant_digits 1
    1950S0                       date_significant_digits 1
    Y1E9                         date_out_of_range 1
    Y-1E99999999999              date_out_of_range 1
    Y292000000                   date_out_of_range 1
    Y-292000000                  date_out_of_range 1
    2020-05-31T18:26             date_minutes 12
    2020-05-31T18:26-05:00       date_minutes 12
    2020-05-31T                  date_clock_shape 12
    2020-05-31T18                date_clock_shape 12
    2020-05-31T1:02:03           date_clock_shape 12
    2020-05-31T18:26:00Z+01      date_clock_shape 12
    2020-05-31T18:26:00+0500     date_clock_shape 12
    2020-05T18:26:00             date_clock_without_day 9
    2020-05-3XT18:26:00          date_clock_without_day 12
    2020-05-31~T18:26:00         date_clock_without_day 13
    2020-05-31T25:00:00          date_hour 12
    2020-05-31T18:60:00          date_minute 15
    2020-05-31T18:26:61          date_second 18
    2016-12-31T23:59:60Z         date_leap_second 18
    2020-05-31T24:00:01          date_after_midnight 12
    2020-05-31T24:00:00.001      date_after_midnight 12
    2020-05-31T18:26:00.5        date_fraction 20
    2020-05-31T18:26:00+15       date_offset 20
    2020-05-31T18:26:00+05:60    date_offset 20
    2020-06-05/2020-06-04        date_reversed 1
    [1672..1670]                 date_reversed 2
    /                            date_interval 1
    ../..                        date_interval 1
    ../                          date_interval 1
    2020/2021/2022               date_interval 1
    [                            date_set_brackets 1
    [2020                        date_set_brackets 1
    [2020}                       date_set_brackets 1
    [2020,2021]/2022             date_shape 1
    2020/[2021,2022]             date_shape 6
    [..]                         date_set_open 2
"""
SPACED = {
    "June 2020": ("date_words", 1),
    "2020-06-04 about": ("date_words", 12),
    "2020-06-01\n": ("date_character", 11),
    "\ud800": ("date_character", 1),
    "  2020-13": ("date_month", 8),
    "[2020, 2020-13]": ("date_month", 13),
    "Y" + "9" * 190: ("date_out_of_range", 1),
}


def refusal(text: object) -> tuple[str, int | None]:
    with pytest.raises(BadDate) as refused:
        parse(text)
    return refused.value.code, refused.value.column


@pytest.mark.parametrize(("text", "code", "column"), [line.split() for line in REFUSED.strip().splitlines()])
def test_that_what_we_would_have_to_guess_is_refused_with_its_place(text, code, column):
    assert refusal(text) == (code, int(column))


@pytest.mark.parametrize("text", SPACED)
def test_that_the_place_counts_spaces_and_strange_characters(text):
    assert refusal(text) == SPACED[text]


@pytest.mark.parametrize("text", ["5/31/2020", "2020/05/31", "31/05/20", "06/2020", "2020/06"])
def test_that_slash_dates_are_refused_as_such(text):
    assert refusal(text) == ("date_slashes", None)


@pytest.mark.parametrize("text", [None, float("nan"), 2020, b"2020", ["2020"]])
def test_that_what_is_no_text_is_refused(text):
    assert refusal(text) == ("date_not_text", None)


def test_that_empty_and_overlong_texts_are_refused():
    assert refusal("") == refusal("  ") == ("date_empty", None)
    assert refusal("2" * 201) == ("date_too_long", None)


def test_that_an_unknown_zone_is_refused():
    with pytest.raises(BadDate) as refused:
        resolve("2020", "Mars/Phobos")
    assert (refused.value.code, refused.value.args_) == ("date_zone", {"zone": "Mars/Phobos"})


@pytest.mark.parametrize("text", ["[" + ",".join(["XXX1-02-29"] * 17) + "]", "{" + "," * 198, "[" * 200, "?" * 200])
def test_that_a_text_made_to_be_slow_is_refused(text):
    with pytest.raises(BadDate):
        parse(text)

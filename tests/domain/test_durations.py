"""Durations as claims state them, and everything that has no fixed length or is no duration."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND
from timeline_app.domain.durations import parse
from timeline_app.domain.time import BadDate

LENGTHS = {
    "PT2H": 7_200_000,
    "PT17H38M": 17 * HOUR + 38 * MINUTE,
    "PT8M46S": 8 * MINUTE + 46 * SECOND,
    "P1D": DAY,
    "P2W": 14 * DAY,
    "P1DT1S": DAY + SECOND,
    "PT36H": 36 * HOUR,
    "PT1.5H": 90 * MINUTE,
    "P0.5D": 12 * HOUR,
    "PT1M0.25S": MINUTE + 250,
    "PT0.001S": 1,
    "PT0S": 0,
}
RANGES = {
    "../PT24H": (0, 24 * HOUR),
    "PT5H/..": (5 * HOUR, None),
    "PT25H/PT26H": (25 * HOUR, 26 * HOUR),
    "PT1H/PT60M": (HOUR, HOUR),
}
REFUSED = """
    P1M            duration_no_fixed_length 1
    P1Y2M3D        duration_no_fixed_length 1
    P1YT2H         duration_no_fixed_length 1
    PT5H/P1Y       duration_no_fixed_length 6
    P              duration_shape 1
    PT             duration_shape 1
    P1DT           duration_shape 1
    -P1D           duration_shape 1
    pt2h           duration_shape 1
    PT1.5H30M      duration_shape 1
    P1W2D          duration_shape 1
    PT٢H           duration_shape 1
    /PT1H          duration_shape 1
    PT1H/PT2H/PT3H duration_shape 6
    ../..          duration_open 1
    PT2H/PT1H      duration_reversed 1
    PT0.0001S      duration_too_fine 1
"""


def refusal(text: object) -> tuple[str, int | None]:
    with pytest.raises(BadDate) as refused:
        parse(text)
    return refused.value.code, refused.value.column


@pytest.mark.parametrize("text", LENGTHS)
def test_that_a_duration_is_exactly_as_long_as_stated(text):
    assert parse(text) == (LENGTHS[text], LENGTHS[text])


@pytest.mark.parametrize("text", RANGES)
def test_that_a_range_has_the_bounds_that_are_stated(text):
    assert parse(text) == RANGES[text]


@given(*[st.integers(0, 10**6)] * 4)
def test_that_days_hours_minutes_and_seconds_add_up(days, hours, minutes, seconds):
    length = days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND
    assert parse(f"P{days}DT{hours}H{minutes}M{seconds}S") == (length, length)


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_that_what_is_no_duration_is_refused_with_its_place(line):
    text, code, column = line.split()
    assert refusal(text) == (code, int(column))


def test_that_words_and_line_ends_are_refused():
    assert refusal("2 hours") == refusal("PT2H\n") == ("duration_shape", 1)


def test_that_what_is_no_text_or_too_much_of_it_is_refused():
    assert refusal("") == ("duration_empty", None)
    assert refusal(None) == refusal(2.5) == ("duration_not_text", None)
    assert refusal("P" + "9" * 200 + "D") == ("duration_too_long", None)
    assert refusal("P" + "9" * 100 + "D") == ("duration_out_of_range", 1)


@given(st.text() | st.text("PTDHMSWY0123456789./", max_size=30))
def test_that_any_text_is_a_duration_or_refused(text):
    try:
        low, high = parse(text)
    except BadDate:
        return
    assert low >= 0
    assert high is None or low <= high

"""A date check decodes a post's time, shows no more of it than it may, and says "check", never "wrong"."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.domain import edtf, snowflake
from timeline_app.domain.calendar import DAY, HOUR, MINUTE
from timeline_app.domain.date_check import check, stretch
from timeline_app.domain.records import Post
from timeline_app.domain.time import Precision

CHICAGO = "America/Chicago"
# A made-up instant, 31 May 2020 00:48:06.846 in Chicago, and an ID that carries it.
AT = 1_590_904_086_846
ID = snowflake.first_id(AT)


def post(precision="minute", post_id: int | None = ID, utc_ms=AT):
    return Post("e", post_id, utc_ms, precision, "request")


def when(text):
    return edtf.resolve(text, CHICAGO)


@pytest.mark.parametrize(
    ("claimed", "status", "apart"),
    [
        ("2020-05-31", "fits", 0),
        ("2020-05-31T00:48:00-05:00", "fits", 0),
        ("2020-05-30/2020-05-31", "fits", 0),
        ("../2020-06-01", "fits", 0),
        ("2020-05-30", "check", 48 * MINUTE),
        ("2020-06-02", "check", -47 * HOUR - 12 * MINUTE),
    ],
)
def test_that_a_claimed_time_is_held_against_the_time_in_the_number(claimed, status, apart):
    found = check(when(claimed), post())
    assert (found.status, found.apart_ms, found.is_decoded) == (status, apart, True)


def test_that_the_arithmetic_is_shown_and_its_result_only_where_it_may_be():
    steps = (f"({ID} >> 22)", "+ 1288834974657")
    assert check(when("2020-05-31"), post()).arithmetic == steps
    assert check(when("2020-05-31"), post("ms")).arithmetic == (*steps, f"= {AT}")


@given(
    st.integers(snowflake.EPOCH_MS + 10 * DAY, 2**41),
    st.sampled_from(["second", "minute", "part_of_day", "?"]),
)
def test_that_a_time_is_never_shown_finer_than_it_may_be(instant, precision):
    found = check(when("2020-05-31"), post(precision, None, instant))
    step = {"second": 1000, "minute": MINUTE, "part_of_day": 5 * HOUR}.get(precision, 23 * HOUR)
    assert found.shown.length >= step and found.shown.contains(instant)
    assert not found.is_decoded


def test_that_a_minute_is_the_whole_minute():
    stated = replace(when("2020-05-31T00:48:00-05:00"), precision=Precision.MINUTE)
    assert check(stated, post("second")).status == "fits"
    assert check(when("2020-05-31T00:48:00-05:00"), post("second")).status == "check"


def test_that_a_post_in_the_next_minute_is_not_0_apart():
    found = check(replace(when("2020-05-31T00:47:00-05:00"), precision=Precision.MINUTE), post())
    assert (found.status, found.apart_ms) == ("check", MINUTE)


def test_that_a_number_from_before_the_scheme_is_not_decoded():
    found = check(when("2020-05-31"), post(post_id=20))
    assert (found.status, found.arithmetic) == ("fits", ())


def test_that_a_claim_without_a_zone_may_be_any_of_its_50_hours():
    assert check(edtf.resolve("2020-05-30", None), post()).status == "fits"
    assert check(edtf.resolve("2020-05-29", None), post()).status == "check"


def test_that_the_repeated_hour_of_autumn_stays_with_its_own_instant():
    second_half_past_one = 1_604_215_800_000  # 1 November 2020, 01:30 CST, after 01:30 CDT
    assert stretch(second_half_past_one, Precision.MINUTE, CHICAGO).contains(second_half_past_one)
    assert stretch(second_half_past_one, Precision.PART_OF_DAY, CHICAGO).length == 7 * HOUR

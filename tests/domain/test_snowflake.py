"""Post IDs whose time is known, the way there and back, and everything that has no time in it."""

from __future__ import annotations

from copy import copy
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.domain import snowflake

ids = st.integers(snowflake.FIRST_ID, snowflake.LAST_ID)


def iso(instant: int) -> str:
    time = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant)
    return time.isoformat(timespec="milliseconds")


@pytest.mark.parametrize(
    ("post_id", "time"),
    [
        (1266969685532332032, "2020-05-31T05:48:06.846+00:00"),
        (1268422690336935943, "2020-06-04T06:01:50.187+00:00"),
        ("1268422690336935943", "2020-06-04T06:01:50.187+00:00"),
    ],
)
def test_that_official_posts_of_june_2020_decode_to_their_time(post_id, time):
    assert iso(snowflake.instant(post_id)) == time


def test_that_the_epoch_is_the_day_the_scheme_came_into_use():
    assert iso(snowflake.EPOCH_MS) == "2010-11-04T01:42:54.657+00:00"
    assert iso(snowflake.instant(snowflake.FIRST_ID))[:10] == "2010-11-04"


@given(ids)
def test_that_an_id_lies_between_the_first_of_its_millisecond_and_that_of_the_next(post_id):
    instant = snowflake.instant(post_id)
    if instant < snowflake.instant(snowflake.LAST_ID):
        assert snowflake.first_id(instant + 1) > post_id
    if snowflake.instant(snowflake.FIRST_ID) < instant:
        assert snowflake.first_id(instant) <= post_id
        assert snowflake.instant(snowflake.first_id(instant)) == instant
        assert snowflake.instant(snowflake.first_id(instant) - 1) == instant - 1


@given(ids)
def test_that_an_id_is_its_parts_put_together(post_id):
    parts = snowflake.parts(str(post_id))
    assert 0 <= parts.worker < 1024
    assert 0 <= parts.sequence < 4096
    assert (parts.instant - snowflake.EPOCH_MS) * 2**22 + parts.worker * 2**12 + parts.sequence == post_id


FULL_WIDTH = "１２６８４２２６９０３３６９３５９４３"


def refusal(post_id: object) -> str:
    with pytest.raises(snowflake.BadId) as refused:
        snowflake.instant(post_id)
    return refused.value.code


@pytest.mark.parametrize("post_id", [1.2689e18, None, True, b"1268422690336935943"])
def test_that_a_float_and_what_is_no_number_are_refused(post_id):
    assert refusal(post_id) == "post_id_type"


@pytest.mark.parametrize("text", ["1.2689E+18", "", "-1", FULL_WIDTH, "9" * 5000, "1\n", " 1268422690336935943"])
def test_that_a_text_which_is_not_plain_digits_is_refused(text):
    assert refusal(text) == "post_id_not_decimal"


@pytest.mark.parametrize("post_id", [-1, 0, 1480402543, snowflake.FIRST_ID - 1, "27758622443"])
def test_that_ids_counted_up_before_the_scheme_are_refused(post_id):
    assert refusal(post_id) == "post_id_before_scheme"


def test_that_more_than_63_bits_are_refused():
    assert refusal(2**63) == refusal("9" * 19) == "post_id_too_large"


def test_that_no_id_is_made_for_times_before_or_after_the_scheme():
    for instant in (snowflake.EPOCH_MS - 1, 0, 2**62):
        with pytest.raises(snowflake.BadId):
            snowflake.first_id(instant)


def test_that_a_refusal_can_be_copied_to_another_process():
    bad = copy(snowflake.BadId("post_id_type", {"type": "float"}))
    assert (bad.code, bad.args_) == ("post_id_type", {"type": "float"})

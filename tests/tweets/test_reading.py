"""Tweets read back: what a row says, which rows a span holds, their order, and retweets under what they repeat."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.engine.tweets import reading, withdrawn
from timeline_app.engine.tweets.batch import BEFORE_SCHEME, DAMAGED, QUOTE, REPLY, RETWEET, TIMES_ONLY
from tweets.made import NOON, SOURCE, ids_at, store_of

RANDOM = np.random.default_rng(11)
MANY = 300
IDS = ids_at(*sorted(RANDOM.integers(0, 100_000, MANY).tolist()))
ORIGINALS = [IDS[place // 3] if place % 3 == 2 else 77 if place % 50 == 1 else 0 for place in range(MANY)]
RETWEETS, LIKES = RANDOM.integers(0, 9, (2, MANY)).tolist()
TAGS = [["KPop"] if place % 2 else ["kpop", "BLM"] if place % 5 == 0 else [] for place in range(MANY)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of(tmp_path_factory.mktemp("many"), IDS, original=ORIGINALS, retweets=np.array(RETWEETS, np.int32),
                    likes=np.array(LIKES, np.int32), tags=TAGS)


def test_that_a_row_says_all_that_the_store_has(tmp_path):
    first, second = ids_at(5, 1_005)
    store = store_of(tmp_path, [second, first], flags=np.array([RETWEET | QUOTE, REPLY], np.uint16),
                     langs=["ko", "und"], retweets=np.array([4, 0], np.int32), likes=np.array([0, 7], np.int32),
                     original=np.array([first, 0]), line=np.array([2, 9], np.uint32),
                     tags=[["BLM", "use=hijacked"], []], text=["Tom &amp; Jerry\n\u2066경찰", ""])
    assert reading.tweets(store, np.array([1, 0])) == (
        reading.Tweet(1, second, NOON + 1_005, 0, ("retweet", "quote"), "ko", "Tom &amp; Jerry\n\u2066경찰", 4, 0,
                      ("BLM", "use=hijacked"), first, SOURCE.name, 2),
        reading.Tweet(0, first, NOON + 5, 0, ("reply",), "und", "", 0, 7, (), 0, SOURCE.name, 9))
    assert reading.tweets(store, [1])[0].shown == "Tom & Jerry\n\u2066경찰"
    assert reading.source(store, reading.tweets(store, [1])[0]) == SOURCE


def test_that_what_a_store_has_no_column_for_is_empty(tmp_path):
    number, = ids_at(0)
    assert reading.tweets(store_of(tmp_path, [number]), [0]) == (
        reading.Tweet(0, number, NOON, 0, (), "", "", 0, 0, (), 0, SOURCE.name, 0),)


def test_that_a_doubtful_id_says_what_it_is(tmp_path):
    damaged, timed = ids_at(0, 60_000)
    store = store_of(tmp_path, [27_758_622_443, damaged, timed], half_width_ms=np.array([0, 1_200_000, 0]),
                     flags=np.array([BEFORE_SCHEME, DAMAGED, TIMES_ONLY], np.uint16))
    old, rescued, bare = reading.tweets(store, np.arange(3))
    assert (old.at_ms, old.has_id, old.is_damaged) == (None, True, False)
    assert (rescued.at_ms, rescued.half_width_ms, rescued.has_id, rescued.is_damaged) == (NOON, 1_200_000, False, True)
    assert (bare.at_ms, bare.has_id, bare.is_damaged) == (NOON + 60_000, False, False)
    assert reading.rows_between(store, 0, 2**50).tolist() == [1, 2]


@settings(max_examples=60)
@given(st.integers(-1_000, 101_000), st.integers(0, 60_000), st.sampled_from(["", "#kpop", "#blm", "#nobody"]),
       st.none() | st.sets(st.integers(0, MANY - 1)))
def test_that_the_rows_of_a_span_are_those_of_plain_python(store, start, length, key, matches):
    expected = [place for place, one in enumerate(reading.tweets(store, np.arange(MANY)))
                if NOON + start <= one.at_ms < NOON + start + length
                and (not key or key[1:] in [tag.casefold() for tag in one.tags])
                and (matches is None or place in matches)]
    found = reading.rows_between(store, NOON + start, NOON + start + length, key,
                                 None if matches is None else np.array(sorted(matches), np.int64))
    assert found.dtype == np.int64
    assert found.tolist() == expected


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("by", ["time", "retweets", "likes"])
def test_that_rows_are_ordered_by_figures_and_equal_ones_by_time(store, by, descending):
    figures = {"time": range(MANY), "retweets": RETWEETS, "likes": LIKES}[by]
    rows = np.arange(20, MANY)
    expected = sorted(rows.tolist(), key=lambda row: -figures[row] if descending else figures[row])
    assert reading.ordered(store, rows, by, descending).tolist() == expected


def test_that_a_figure_nobody_told_orders_nothing(tmp_path):
    store = store_of(tmp_path, ids_at(0, 1))
    assert reading.ordered(store, np.arange(2), "likes", True).tolist() == [0, 1]


@settings(max_examples=40)
@given(st.sets(st.integers(0, MANY - 1)))
def test_that_retweets_stand_under_what_they_repeat(store, chosen):
    rows = sorted(chosen)
    expected: dict[int, list[int]] = {}
    heads: dict[int, int] = {}
    for row in rows:
        number = ORIGINALS[row] or IDS[row]
        head = heads.setdefault(number, IDS.index(number) if number in IDS else row)
        expected.setdefault(head, []).extend([row] if row != head else [])
    groups = reading.folded_groups(store, np.array(rows, np.int64))
    assert len(groups) == len(expected)
    assert {head: below.tolist() for head, below in groups} == expected
    assert groups.heads.tolist() == sorted(expected)


def test_that_a_store_without_retweets_folds_nothing(tmp_path):
    groups = reading.folded_groups(store_of(tmp_path, ids_at(0, 1)), np.arange(2))
    assert [(head, below.tolist()) for head, below in groups] == [(0, []), (1, [])]


@pytest.mark.parametrize("place", ["tweets/main", "tweets", "."])
def test_that_a_withdrawn_tweet_says_nothing_any_more(tmp_path, place):
    ids = ids_at(0, 1, 2)
    store = store_of(tmp_path, ids, text=["one", "two", "three"], tags=[["a"], ["b"], []])
    assert not any(one.is_withdrawn for one in reading.tweets(store, np.arange(3)))
    listed = f"on request\r\nhttps://twitter.com/nobody/status/{ids[1]}\r\n99999999999999999999999 {ids[2] + 1}\n"
    (tmp_path / place / withdrawn.NAME).write_text(listed, encoding="utf-8")
    found = reading.tweets(store, np.array([2, 1, 0]))
    assert [(one.text, one.tags, one.is_withdrawn) for one in found] == [
        ("three", (), False), ("", (), True), ("one", ("a",), False)]
    assert [one.id for one in found] == ids[::-1]

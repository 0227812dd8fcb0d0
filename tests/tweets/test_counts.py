"""Counts against plain Python: any span, bin, zone and tag, also on days of 23 and 25 hours."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.base.problems import UserError
from timeline_app.domain.snowflake import EPOCH_MS
from timeline_app.engine.tweets import collection
from timeline_app.engine.tweets.counts import counts, edges_of

RANDOM = np.random.default_rng(7)
BEGIN = int(datetime(2020, 3, 7, tzinfo=UTC).timestamp() * 1000)
TIMES = np.sort(np.concatenate([BEGIN + RANDOM.integers(0, 240 * 86_400_000, 1_500),
                                BEGIN + 86_400_000 * 90 + RANDOM.integers(0, 120_000, 1_500)]))
IDS = ((TIMES - EPOCH_MS) << 22) + RANDOM.permutation(len(TIMES))
USES = RANDOM.integers(0, 2, (len(TIMES), 2))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    rows = [f"{one},{a},{b}\n" for one, (a, b) in zip(IDS.tolist(), USES.tolist(), strict=True)]
    first = "".join(rows[:2000]) + "27758622443,1,0\n"
    (folder / "a.csv").write_text("tweet_id,Kpop,blue\n" + first, encoding="utf-8")
    rows = [f"{one},{b},{a}\n" for one, (a, b) in zip(IDS.tolist(), USES.tolist(), strict=True)]
    (folder / "b.csv").write_text("tweet_id,blue,KPOP\n" + "".join(rows[1800:]), encoding="utf-8")
    collection.import_sources([folder], folder / "out")
    return collection.open_store(folder / "out")


def test_that_a_tweet_of_two_files_is_one_tweet(store):
    assert len(store) == len(IDS) + 1
    assert store.manifest.duplicates == 200
    assert store.manifest.counts["before_scheme"] == 1
    assert store.rows.ids[1:].tolist() == sorted(IDS.tolist())
    assert store.manifest.tags == ("blue", "kpop")


@settings(max_examples=60)
@given(st.integers(-10**9, 21 * 10**9), st.sampled_from([1, 7, 999, 60_000, 61_000, 600_000, 3_600_000, 86_400_000]),
       st.integers(1, 300), st.sampled_from([None, "kpop", "#BLUE", "nobody"]))
def test_that_counts_are_those_of_plain_python(store, start, step, bins, tag):
    edges = BEGIN + start + np.arange(bins + 1) * step
    known = {None: [1] * len(TIMES), "kpop": USES[:, 0].tolist(), "#BLUE": USES[:, 1].tolist()}
    uses = known.get(tag, [0] * len(TIMES))
    expected = [0] * bins
    for at, used in zip(TIMES.tolist(), uses, strict=True):
        place = (at - int(edges[0])) // step
        if 0 <= place < bins:
            expected[place] += used
    assert counts(store, edges, tag).tolist() == expected


@pytest.mark.parametrize("zone", ["America/Chicago", "Europe/Berlin", "Asia/Seoul", "Australia/Lord_Howe", "UTC",
                                  "America/Sao_Paulo", "Asia/Kathmandu"])
def test_that_days_are_those_of_the_zone(store, zone):
    expected: dict[str, int] = {}
    for at in TIMES.tolist():
        day = datetime.fromtimestamp(at // 1000, ZoneInfo(zone)).date().isoformat()
        expected[day] = expected.get(day, 0) + 1
    edges = edges_of(int(TIMES[0]), int(TIMES[-1]) + 1, "1d", zone)
    days = [datetime.fromtimestamp(edge // 1000, ZoneInfo(zone)).date().isoformat() for edge in edges[:-1].tolist()]
    found = dict(zip(days, counts(store, edges).tolist(), strict=True))
    assert {day: n for day, n in found.items() if n} == expected


def test_that_the_days_on_which_clocks_change_have_23_and_25_hours():
    day = int(datetime(2020, 3, 8, 6, tzinfo=UTC).timestamp() * 1000)
    spring = edges_of(day, day + 23 * 3_600_000, "1d", "America/Chicago")
    assert np.diff(spring).tolist() == [23 * 3_600_000]
    assert len(edges_of(day, day + 23 * 3_600_000, "1h", "America/Chicago")) == 24
    day = int(datetime(2020, 11, 1, 5, tzinfo=UTC).timestamp() * 1000)
    assert np.diff(edges_of(day, day + 1, "1d", "America/Chicago")).tolist() == [25 * 3_600_000]
    assert len(edges_of(day, day + 25 * 3_600_000, "1h", "America/Chicago")) == 26


@settings(max_examples=80)
@given(st.integers(0, 2 * 365), st.integers(1, 86_400_000 * 40),
       st.sampled_from(["1min", "15min", "1h", "6h", "1d", "1w", "1mo", "3mo", "1y"]),
       st.sampled_from(["UTC", "America/Chicago", "Australia/Lord_Howe", "Asia/Kathmandu"]))
def test_that_edges_ascend_and_hold_the_whole_span(day, length, size, zone):
    start = BEGIN + day * 86_400_000 + length // 7
    edges = edges_of(start, start + length, size, zone)
    assert edges[0] <= start < edges[1]
    assert edges[-2] < start + length <= edges[-1]
    assert (np.diff(edges) > 0).all()


@pytest.mark.parametrize("size", ["", "7h", "0d", "1fortnight", "1ms"])
def test_that_a_bin_nobody_knows_is_refused(size):
    with pytest.raises(UserError):
        edges_of(BEGIN, BEGIN + 10**10, size)

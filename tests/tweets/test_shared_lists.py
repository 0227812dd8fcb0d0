"""Real lists, where they are at hand beside the project; without them the promise is kept on nothing."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np

from timeline_app.domain import snowflake
from timeline_app.engine.report import iso
from timeline_app.engine.tweets import collection
from timeline_app.engine.tweets.counts import counts

BESIDE = Path(__file__).resolve().parents[3] / "shared"
FORTUNE = BESIDE / "fixtures" / "tweets" / "ids" / "fortune-100-tweet-ids.txt"
WHITEOUT = BESIDE / "facts" / "whiteoutwednesday-ids.csv"


def test_that_the_fortune_100_list_has_6184_tweets(tmp_path):
    if FORTUNE.exists():
        assert len(collection.store_at(FORTUNE)) == 6_184


def test_that_times_and_uses_of_the_whiteoutwednesday_list_are_its_own():
    if not WHITEOUT.exists():
        return
    with WHITEOUT.open(encoding="utf-8", newline="") as handle:
        rows = sorted(csv.DictReader(handle), key=lambda row: int(row["tweet_id"]))
    store = collection.store_at(WHITEOUT)
    assert (store.manifest.tweets, store.manifest.refused, store.manifest.clock_offset_s) == (9_102, 0, 0)
    times = [snowflake.instant(one) for one in store.rows.ids.tolist()]
    assert [iso(at) for at in times] == [row["utc"].replace(".000Z", "Z") for row in rows]
    edges = np.arange(min(times) // 600_000, max(times) // 600_000 + 2) * 600_000
    for use in sorted({row["use"] for row in rows} - {""}):
        expected = Counter(at // 600_000 for at, row in zip(times, rows, strict=True) if row["use"] == use)
        found = counts(store, edges, f"use={use}")
        assert found.tolist() == [expected[edge // 600_000] for edge in edges[:-1].tolist()]

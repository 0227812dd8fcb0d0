"""Real lists, where they are at hand beside the project; without them the promise is kept on nothing."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from timeline_app import cli
from timeline_app.base.resources import bundled_dataset
from timeline_app.domain import snowflake
from timeline_app.engine.instants import instant
from timeline_app.engine.report import iso
from timeline_app.engine.tweets import collection
from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET
from timeline_app.engine.tweets.counts import counts
from tweets import stored

BESIDE = Path(__file__).resolve().parents[3] / "shared"
SAMPLES = BESIDE / "fixtures" / "tweets"
COUNTED = bundled_dataset("june-2020") / "counts" / "whiteoutwednesday-10min-use.csv"
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


def test_that_its_counts_by_use_are_those_that_the_dataset_of_june_2020_ships():
    if not WHITEOUT.exists():
        return
    store = collection.store_at(WHITEOUT)
    with COUNTED.open(encoding="utf-8", newline="") as handle:
        shipped = {(instant(row["start"]), row["use"]): int(row["value"]) for row in csv.DictReader(handle)}
    for use in ("original", "hijacked"):
        starts = np.arange(min(at for at, _ in shipped), max(at for at, _ in shipped) + 1_200_000, 600_000)
        found = dict(zip(starts.tolist(), counts(store, starts, f"use={use}").tolist(), strict=False))
        expected = {at: n for (at, one), n in shipped.items() if one == use and n}
        assert {at: n for at, n in found.items() if n} == expected
        assert sum(expected.values()) == len(store.posting(store.number(f"use={use}")))


def test_that_three_forms_of_the_same_hundred_tweets_are_identical_rows_in_the_store(tmp_path):
    forms = [SAMPLES / name for name in ("v2_twarc2/noflat.jsonl", "v2_twarc2/flat.jsonl", "twarc_csv/csv_noflat.csv")]
    if not all(one.exists() for one in forms):
        return
    nested, flat, table = (stored.imported(tmp_path / one.name, one) for one in forms)
    assert stored.rows(nested) == stored.rows(flat) == stored.rows(table)
    assert len(nested) == 100
    flags = np.array(stored.number(nested, "flags"))
    assert [int((flags & kind > 0).sum()) for kind in (RETWEET, QUOTE, REPLY)] == [47, 8, 31]
    together = stored.imported(tmp_path / "together", *forms)
    assert (stored.rows(together), together.manifest.duplicates) == (stored.rows(nested), 200)
    assert {name for name, _ in stored.places(together)} == {"noflat.jsonl"}


@pytest.mark.parametrize(("name", "outer", "original"), [("kpop", 374, 543), ("brexit", 68, 217)])
def test_that_both_figures_of_tag_uses_are_kept(tmp_path, name, outer, original):
    path = SAMPLES / "v2_twarc2" / f"{name}.jsonl"
    if path.exists():
        manifest = stored.imported(tmp_path / "out", path).manifest
        assert (manifest.outer_uses, manifest.original_uses) == (outer, original)
        assert all(one.query and one.retrieved_at and one.tool.startswith("twarc") for one in manifest.origins)


def test_that_the_stream_keeps_seven_tweets_and_names_line_eight(tmp_path):
    path = SAMPLES / "v2_twarc2" / "streaming_output_with_error.jsonl"
    if path.exists():
        store = stored.imported(tmp_path / "out", path)
        assert (len(store), stored.refused(store)) == (7, [(path.name, 8, "cut_line")])
        assert [line for _, line in stored.places(store)] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(("name", "words"), [
    ("empty.json", "nothing"), ("users.jsonl", "accounts"), ("lists.jsonl", "lists of accounts"),
    ("counts.jsonl", "counts"), ("tweets_compliance.jsonl", "gone"), ("users_compliance.jsonl", "gone")])
@pytest.mark.parametrize("command", ["import", "info"])
def test_that_files_without_tweets_are_refused_in_a_sentence(tmp_path, capsys, name, words, command):
    path = SAMPLES / "v2_twarc2" / name
    if path.exists() and (command, name) != ("info", "counts.jsonl"):  # which opens as a series
        given = ["import", str(path), "-o", str(tmp_path / "out")] if command == "import" else ["info", str(path)]
        assert cli.main(given) == 2
        said = capsys.readouterr().err
        assert name in said and words in said


def test_that_the_folder_of_academictwitter_is_read_without_a_word_about_its_accounts(tmp_path):
    folder = SAMPLES / "academictwitteR"
    if folder.exists():
        report = collection.import_sources([folder], tmp_path / "out")
        assert (report.tweets, [one.file for one in report.problems]) == (25, ["LICENSE.md"])

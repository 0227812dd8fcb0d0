"""The real samples beside the project, where they are there: what the formats' own tools say of them."""

from __future__ import annotations

import pytest

from ground import tree
from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET
from timeline_app.engine.tweets.readers.gather import Notes
from timeline_app.engine.tweets.readers.sniff import sniff
from tweets.readers.made import places, read, rows

SAMPLES = tree.ROOT.parent / "shared" / "fixtures" / "tweets"


def sample(name: str) -> bytes | None:
    path = SAMPLES / name
    return path.read_bytes() if path.exists() else None


def test_that_three_forms_of_the_same_hundred_tweets_give_identical_rows():
    forms = [sample(f"v2_twarc2/{name}.jsonl") for name in ("noflat", "flat")] + [sample("twarc_csv/csv_noflat.csv")]
    if all(forms):
        nested, flat, table = (read(form) for form in forms)
        assert rows(nested) == rows(flat) == rows(table)
        assert [int((nested.flags & kind > 0).sum()) for kind in (RETWEET, QUOTE, REPLY)] == [47, 8, 31]
        assert len(nested.ids) == 100


@pytest.mark.parametrize(("name", "outer", "original"), [
    ("v2_twarc2/kpop.jsonl", 374, 543), ("v2_twarc2/brexit.jsonl", 68, 217)])
def test_that_the_tags_that_retweets_lost_are_found_again(name, outer, original):
    if data := sample(name):
        notes = Notes()
        read(data, notes)
        assert (notes.outer_uses, notes.original_uses) == (outer, original)


def test_that_the_stream_has_seven_tweets_and_one_refused_line():
    if data := sample("v2_twarc2/streaming_output_with_error.jsonl"):
        batch = read(data)
        assert (len(batch.ids), places(batch)) == (7, [(8, 30091, "cut_line")])


@pytest.mark.parametrize(("name", "refusal"), [
    ("empty.json", "empty"), ("users.jsonl", "users"), ("lists.jsonl", "lists"), ("counts.jsonl", "counts"),
    ("tweets_compliance.jsonl", "compliance"), ("users_compliance.jsonl", "compliance")])
def test_that_files_without_tweets_are_refused(name, refusal):
    data = sample(f"v2_twarc2/{name}")
    if data is not None:
        assert sniff(data).refusal == refusal


@pytest.mark.parametrize("name", [
    "v2_twarc2/kpop.jsonl", "v11/v11_sample100.jsonl", "twarc_csv/csv_kpop.csv",
    "academictwitteR/data_1402939532849319939.json"])
def test_that_written_times_agree_with_those_in_the_ids(name):
    if data := sample(name):
        batch = read(data)
        assert (batch.clock.compared, batch.clock.offset_s, batch.refused) == (len(batch.ids), 0, ())

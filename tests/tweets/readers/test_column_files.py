"""Tweets kept as columns: every column is for what its name and values say, and a broken file ends with its place."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from timeline_app.base.problems import UserError
from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.engine.tweets import collection
from timeline_app.engine.tweets.batch import DAMAGED, QUOTE, RETWEET, Batch
from timeline_app.engine.tweets.readers import column_files
from timeline_app.engine.tweets.readers.sniff import Shape, sniff
from tweets.readers.made import at, iso, rows, tags, tweet_id

FORMS = ["parquet", "ipc"]


def write(path: Path, form: str, **columns: object) -> Path:
    import polars

    frame = polars.DataFrame(columns)
    (frame.write_parquet if form == "parquet" else frame.write_ipc)(path)
    return path


def read(path: Path) -> Batch:
    [batch] = column_files.batches(path, path.name)
    return batch


@pytest.mark.parametrize("form", FORMS)
def test_that_known_columns_are_read_whatever_their_types(tmp_path, form):
    path = write(tmp_path / "x", form, **{
        "id": [tweet_id(1), tweet_id(2)], "author_id": ["7", None], "created_at": [at(1), at(2)],
        "text": ["가 & b", None], "lang": ["ko", "en"], "public_metrics.retweet_count": [3, 4], "like_count": ["5", ""],
        "entities.hashtags": [[{"tag": "one"}, {"tag": "two"}], []], "is_quote": [True, False],
        "referenced_tweets.retweeted.id": [None, str(tweet_id(0))]})
    batch = read(path)
    assert sniff(path.read_bytes()) == Shape("columns", "columns")
    assert rows(batch) == [(tweet_id(1), QUOTE, 7, "ko", 3, 5, ["one", "two"], "가 & b"),
                           (tweet_id(2), RETWEET, 0, "en", 4, 0, [], "")]
    assert (batch.original.tolist(), batch.line.tolist()) == ([0, tweet_id(0)], [1, 2])
    assert (batch.clock.compared, batch.clock.offset_s) == (2, 0)


@pytest.mark.parametrize("written", [["#One,two"], [["#One", "two"]], ['["#One", "two"]'], ["One two"]])
def test_that_tags_are_read_in_every_way_they_are_kept(tmp_path, written):
    assert tags(read(write(tmp_path / "x", "parquet", id=[tweet_id(1)], hashtags=written)), 0) == ["One", "two"]


def test_that_keywords_and_columns_of_few_words_become_tags(tmp_path):
    path = write(tmp_path / "x", "parquet", id=[str(tweet_id(n)) for n in range(8)], blm=[n % 2 == 0 for n in range(8)],
                 use=["hijacked" if n < 4 else "other" for n in range(8)], note=[f"{n} words" for n in range(8)])
    batch = read(path)
    assert (tags(batch, 0), tags(batch, 7)) == (["blm", "use=hijacked"], ["use=other"])


def test_that_ids_that_became_decimals_are_damaged_and_those_that_are_none_refused(tmp_path):
    decimal = read(write(tmp_path / "x", "parquet", id=[float(tweet_id(1)), None]))
    assert (decimal.flags.tolist(), [one.reason for one in decimal.refused]) == ([DAMAGED], ["no_id"])
    assert abs(int(decimal.ids[0]) - tweet_id(1)) < 4_000
    words = read(write(tmp_path / "y", "parquet", id=[str(tweet_id(1)), "x", "-5"]))
    assert [(one.line, one.reason) for one in words.refused] == [(2, "not_an_id"), (3, "not_an_id")]


@pytest.mark.parametrize("form", FORMS)
def test_that_rows_come_in_bounded_parts_and_each_once(tmp_path, monkeypatch, form):
    monkeypatch.setattr(column_files, "ROWS", 10)
    found = list(column_files.batches(write(tmp_path / "x", form, id=[tweet_id(n) for n in range(30)]), "x"))
    assert [one for batch in found for one in batch.ids.tolist()] == [tweet_id(n) for n in range(30)]
    assert max(len(batch.ids) for batch in found) == 10


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("spoil", [lambda data: data[:len(data) // 2], lambda data: data[:6] + b"\xff" * 400,
                                   lambda data: data[:8], lambda data: data[:-30] + b"\xff" * 22 + data[-8:]])
def test_that_a_broken_file_ends_as_refused(tmp_path, form, spoil):
    path = write(tmp_path / "x", form, id=[tweet_id(n) for n in range(30)], created_at=[iso(n) for n in range(30)])
    path.write_bytes(spoil(path.read_bytes()))
    last = list(column_files.batches(path, "x"))[-1]
    assert [one.reason for one in last.refused] == ["broken_columns"]
    assert all(catalogue(language).has("tweet_readers.broken_columns") for language in LANGUAGES)


def test_that_a_file_without_ids_says_so(tmp_path):
    batch = read(write(tmp_path / "x", "parquet", user_id=[1], name=["fan-1"]))
    assert [one.reason for one in batch.refused] == ["no_id_column"]


def test_that_columns_come_through_the_whole_import_and_packed_ones_are_refused_with_a_sentence(tmp_path):
    path = write(tmp_path / "x.bin", "parquet", id=[tweet_id(n) for n in range(30)], text=["x"] * 30)
    collection.import_sources([path], tmp_path / "out")
    assert collection.open_store(tmp_path / "out").rows.ids.tolist() == [tweet_id(n) for n in range(30)]
    path.write_bytes(gzip.compress(path.read_bytes()))
    with pytest.raises(UserError) as told:
        collection.import_sources([path], tmp_path / "other")
    assert told.value.arguments["reason"] == "@tweet_readers.packed_columns"

"""What was opened and not imported lies in the user's cache: built once, listed, cleared, and nothing lost by it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from timeline_app import cli
from timeline_app.engine.tweets import cache, collection, lock
from timeline_app.engine.tweets.building import Watch
from tweets.readers.made import jsonl, tweet_id, v2


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "mine.jsonl"
    path.write_bytes(jsonl(*(v2(number, "words") for number in range(20))))
    return path


def test_that_what_was_opened_before_is_not_read_again(source, monkeypatch):
    first = collection.store_at(source)
    monkeypatch.setattr(collection, "import_sources", None)
    monkeypatch.setattr(collection, "sources_of", None)
    assert collection.store_at(source).folder == first.folder
    assert len(first) == 20


def test_that_a_file_that_changed_is_read_anew_and_its_old_store_goes(source):
    collection.store_at(source)
    source.write_bytes(jsonl(v2(50, "other")))
    store = collection.store_at(source)
    assert store.rows.ids.tolist() == [tweet_id(50)]
    assert [(one.name, one.tweets) for one in cache.cached()] == [("mine.jsonl", 1)]


def test_that_entries_have_path_size_and_use_and_the_last_used_is_first(source, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(f"{tweet_id(1)}\n", encoding="utf-8")
    for path in (source, other):
        collection.store_at(path)
    for number, one in enumerate(cache.cached()):
        os.utime(one.folder / "opened.json", (1_000 + number, 1_000 + number))
    collection.store_at(source)
    first, second = cache.cached()
    assert (first.path, first.name, first.tweets) == (str(source), "mine.jsonl", 20)
    assert (second.name, second.used < first.used) == ("other.txt", True)
    assert first.bytes == sum(one.stat().st_size for one in first.folder.rglob("*") if one.is_file())


def test_that_clearing_removes_what_is_not_being_built(source, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(f"{tweet_id(1)}\n", encoding="utf-8")
    for path in (source, other):
        collection.store_at(path)
    busy = cache.place_of(other) / "tweets" / "main" / ".building"
    with lock.held(busy):
        assert [one.name for one in cache.clear(cache.cached())] == ["mine.jsonl"]
    assert [one.name for one in cache.clear(cache.cached())] == ["other.txt"]
    assert cache.cached() == ()


def test_that_the_command_line_lists_and_clears_the_cache(source, capsys):
    assert cli.main(["cache"]) == 0
    assert "empty" in capsys.readouterr().out
    collection.store_at(source)
    assert cli.main(["cache"]) == 0
    assert str(source) in capsys.readouterr().out
    assert cli.main(["cache", "--json"]) == 0
    [one] = json.loads(capsys.readouterr().out)["collections"]
    assert {name: one[name] for name in ("path", "name", "tweets")} == {
        "path": str(source), "name": "mine.jsonl", "tweets": 20}
    assert cli.main(["cache", "--clear", "--json"]) == 0
    assert [one["name"] for one in json.loads(capsys.readouterr().out)["cleared"]] == ["mine.jsonl"]
    assert cli.main(["cache", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["collections"] == []


def test_that_several_files_are_one_entry_with_all_their_paths(source, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(f"{tweet_id(1)}\n", encoding="utf-8")
    for _ in range(2):
        assert len(collection.store_of([source, other], None, Watch())) == 20
    [one] = cache.cached()
    assert (one.paths, one.name) == ((str(source), str(other)), "mine.jsonl, other.txt")


def test_that_a_store_of_the_cache_that_is_damaged_is_built_anew(source):
    store = collection.store_at(source)
    (store.folder / "ids.npy").write_bytes(b"")
    assert len(collection.store_at(source)) == 20

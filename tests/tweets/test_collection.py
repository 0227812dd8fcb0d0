"""An import is whole or not at all, the same wherever it is built, and goes on where it was killed."""

from __future__ import annotations

import json
import random
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from timeline_app import cli
from timeline_app.base.problems import UserError
from timeline_app.engine.tweets import building, collection, lines, shard
from timeline_app.engine.tweets.building import Watch
from timeline_app.engine.tweets.index import build_store
from timeline_app.engine.tweets.merge import merge
from timeline_app.engine.tweets.run import sync
from tweets.stored import content

SIZE = 20_000


@pytest.fixture
def sources(tmp_path) -> Path:
    """Two overlapping lists with bad lines, and a table with tags."""
    folder, luck = tmp_path / "sources", random.Random(3)
    folder.mkdir()
    ids = [luck.randrange(10**18, 13 * 10**17) for _ in range(9_000)]
    rows = [str(one) for one in ids]
    rows[100] = rows[5_000] = "no id"
    (folder / "a.txt").write_text("\n".join(rows), encoding="utf-8")
    (folder / "b.txt").write_text("\n".join(map(str, ids[4_000:6_000])) + "\n", encoding="utf-8")
    table = "".join(f"{one},{luck.randrange(2)},{luck.choice(['en', 'ko', ''])}\n" for one in ids[:2_000])
    (folder / "c.csv").write_text("id,Tag,lang\n" + table, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def small_shards(monkeypatch):
    monkeypatch.setattr(collection, "shards_of", lambda sources: shard.shards_of(sources, SIZE))


def test_that_two_processes_build_the_same_bytes_as_one(sources, tmp_path):
    collection.import_sources([sources], tmp_path / "one")
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        collection.import_sources([sources], tmp_path / "two", executor)
    assert content(tmp_path / "one") == content(tmp_path / "two")
    written = (tmp_path / "one").rglob("*.json")
    assert not any(str(tmp_path) in one.read_text(encoding="utf-8") for one in written)


def test_that_what_a_journal_or_a_pointer_names_is_on_the_disk_before(sources, tmp_path, monkeypatch):
    home, synced = tmp_path / "out" / "tweets" / "main", []
    journal = home / ".building" / "journal.jsonl"

    def runs(folder: Path) -> None:
        assert f'"shard":{int(folder.name)},'.encode() not in journal.read_bytes()
        sync(folder)
        synced.append(folder.name)

    def store(folder: Path) -> None:
        assert not (home / "collection.json").exists() and (folder / "store.json").exists()
        sync(folder)
        synced.append(folder.name)

    monkeypatch.setattr(building, "sync", runs)
    monkeypatch.setattr(collection, "sync", store)
    collection.import_sources([sources], tmp_path / "out")
    assert len(synced) > 5 and synced[-1] == "store"


def test_that_runs_of_runs_are_the_run_of_all(sources, tmp_path):
    found, _ = collection.sources_of([sources])
    runs = [shard.build_shard([found[part.source] for part in one.parts], one, tmp_path / "runs" / f"{one.number:06}")
            for one in shard.shards_of(found, SIZE)]
    pairs = [merge(runs[at : at + 3], tmp_path / "pairs" / f"{at}") for at in range(0, len(runs), 3)]
    plain, nested = build_store(runs, [], tmp_path / "plain"), build_store(pairs, [], tmp_path / "nested")
    assert content(plain) == content(nested)


def test_that_refused_lines_have_their_place_in_the_file(sources, tmp_path):
    collection.import_sources([sources], tmp_path / "out")
    store = collection.open_store(tmp_path / "out")
    manifest = store.manifest
    assert [(one.file, one.line, one.offset) for one in manifest.refused_lines] == [
        ("a.txt", 101, 100 * 20), ("a.txt", 5_001, 100 * 20 + 6 + 4_899 * 20)]
    assert (manifest.refused, manifest.tweets) == (2, len(set(store.rows.ids.tolist())))


def test_that_a_listener_that_stops_ends_the_import_and_the_next_goes_on(sources, tmp_path):
    class Stop(Exception):
        pass

    def stop(progress):
        raise Stop

    target = tmp_path / "target"
    for _ in range(3):
        with pytest.raises(Stop):
            collection.import_sources([sources], target, watch=Watch(stop))
    assert (target / "tweets" / "main" / ".building" / "journal.jsonl").read_bytes().count(b"\n") == 3
    seen = []
    collection.import_sources([sources], target, watch=Watch(seen.append))
    assert seen[0].done > 3 * SIZE
    collection.import_sources([sources], tmp_path / "undisturbed")
    assert content(target) == content(tmp_path / "undisturbed")


def test_that_a_persons_own_files_beside_the_store_stay(sources, tmp_path):
    own = tmp_path / "out" / "tweets" / "hourly" / "list.txt"
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    (own.parents[1] / "notes.txt").write_text("mine", encoding="utf-8")
    collection.import_sources([sources / "b.txt"], tmp_path / "out")
    first = collection.open_store(tmp_path / "out").folder
    collection.import_sources([sources / "a.txt"], tmp_path / "out")
    assert own.exists() and (own.parents[1] / "notes.txt").exists()
    assert not first.exists()


def test_that_a_store_with_a_cut_file_is_refused(sources, tmp_path):
    made = collection.import_sources([sources], tmp_path / "out").store / "ids.npy"
    made.write_bytes(made.read_bytes()[:-8])
    with pytest.raises(UserError):
        collection.open_store(tmp_path / "out")


def test_that_a_packed_file_of_many_pieces_is_one_shard(sources, tmp_path, monkeypatch):
    import gzip

    packed = tmp_path / "a.txt.gz"
    packed.write_bytes(gzip.compress((sources / "a.txt").read_bytes()))
    monkeypatch.setattr(shard, "LIST_PIECE", 30_000)
    collection.import_sources([packed], tmp_path / "packed")
    collection.import_sources([sources / "a.txt"], tmp_path / "plain")
    one, two = (collection.open_store(tmp_path / name) for name in ("packed", "plain"))
    assert one.rows.ids.tolist() == two.rows.ids.tolist()
    assert [line.line for line in one.manifest.refused_lines] == [101, 5_001]
    assert lines.is_packed(packed.read_bytes())


def test_that_the_command_line_imports_counts_and_tells(sources, tmp_path, capsys):
    target = str(tmp_path / "out")
    assert cli.main(["import", str(sources), "-o", target]) == 0
    capsys.readouterr()
    assert cli.main(["info", "--json", target]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["refused"], found["events"], found["gaps"], found["tags"]) == (2, 0, [], 1)
    assert cli.main(["counts", target, "--bin", "1mo", "--zone", "America/Chicago"]) == 0
    head, *rows = capsys.readouterr().out.split()
    assert head == "start,count,covered"
    assert sum(int(row.split(",")[1]) for row in rows) == found["tweets"]
    assert rows[0].split(",")[0].endswith(("-05:00", "-06:00"))
    assert cli.main(["counts", str(sources / "c.csv"), "--tag", "TAG", "--bin", "1y"]) == 0
    assert cli.main(["counts", target, "--bin", "soon"]) == 2


def test_that_a_folder_without_tweets_is_said_to_have_none(tmp_path):
    (tmp_path / "x.txt").write_text("hello\nworld\n", encoding="utf-8")
    assert not collection.recognise(tmp_path)
    with pytest.raises(UserError, match="no_tweets"):
        collection.import_sources([tmp_path], tmp_path / "out")

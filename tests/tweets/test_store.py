"""A store that was damaged is refused on opening or found by its hashes; one of another version is refused as such."""

from __future__ import annotations

import json
import random
import shutil

import pytest

from timeline_app.base.problems import UserError
from timeline_app.domain.snowflake import EPOCH_MS
from timeline_app.engine.check import check
from timeline_app.engine.tweets import collection
from timeline_app.engine.tweets.run import HEADER
from timeline_app.engine.tweets.store import MANIFEST, Store
from tweets.readers.made import jsonl, v2

LUCK = random.Random(23)
BEGIN = 1_591_142_400_000 - EPOCH_MS
IDS = [BEGIN + at * 977 << 22 for at in range(300)]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A dataset folder with a collection that has texts, tags and languages."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "mine.jsonl").write_bytes(jsonl(*(v2(number, "so", f"tag{number % 7}") for number in range(300))))
    collection.import_sources([folder / "mine.jsonl"], folder / "out")
    return folder / "out"


@pytest.fixture
def store(published, tmp_path):
    """A copy of it, open."""
    shutil.copytree(published, tmp_path / "copy")
    return collection.open_store(tmp_path / "copy")


def found(store) -> tuple[str, ...]:
    """What is seen of a damage: "refused" on opening, else the files that are named."""
    try:
        return Store.open(store.folder).verify()
    except UserError as error:
        assert error.code in ("store_broken", "store_of_another_version")
        return ("refused",)


def flipped(path, at: int, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << bit
    path.write_bytes(data)


def test_that_a_store_as_it_was_written_is_whole(store):
    assert len(store) == 300
    assert store.verify() == ()
    assert [one.name for one in store.manifest.files] == sorted(one.name for one in store.folder.glob("*.npy"))


def test_that_a_flipped_bit_of_any_file_is_found_or_refused(store):
    for path in sorted(store.folder.iterdir()):
        whole = path.read_bytes()
        for at in {0, 6, 8, 30, min(HEADER, len(whole) - 1), len(whole) - 1, *LUCK.choices(range(len(whole)), k=6)}:
            flipped(path, at, LUCK.randrange(8))
            assert {path.name, "refused"} & set(found(store)), (path.name, at)
            path.write_bytes(whole)
    assert found(store) == ()


def test_that_a_file_that_was_cut_or_lost_or_grew_is_refused(store):
    for path in sorted(store.folder.iterdir()):
        whole = path.read_bytes()
        for left in (whole[:-1], whole[: len(whole) // 2], whole[:HEADER - 1], b"", whole + b"\0" * 8):
            path.write_bytes(left)
            assert found(store) in (("refused",), (MANIFEST,)), (path.name, len(left))
            path.write_bytes(whole)
        path.unlink()
        assert found(store) == ("refused",), path.name
        path.write_bytes(whole)


def test_that_a_head_that_tells_of_fewer_values_is_not_believed(store):
    ids = store.folder / "ids.npy"
    ids.write_bytes(ids.read_bytes().replace(b"(300,)", b"(200,)"))
    with pytest.raises(UserError, match="store_broken"):
        Store.open(store.folder)


def test_that_a_store_of_another_version_is_refused_as_such(store):
    manifest = store.folder / MANIFEST
    told = json.loads(manifest.read_bytes())
    for schema in (told["schema"] - 1, told["schema"] + 1):
        manifest.write_text(json.dumps({"schema": schema}), encoding="utf-8")
        with pytest.raises(UserError, match="store_of_another_version"):
            Store.open(store.folder)


def test_that_a_cached_store_of_another_version_is_built_anew(tmp_path, monkeypatch):
    monkeypatch.setattr("timeline_app.engine.tweets.cache.cache_folder", lambda: tmp_path / "cache")
    (tmp_path / "list.txt").write_text("\n".join(map(str, IDS)), encoding="utf-8")
    first = collection.store_at(tmp_path / "list.txt")
    manifest = first.folder / MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b'"schema": 2', b'"schema": 1'))
    again = collection.store_at(tmp_path / "list.txt")
    assert (again.rows.ids.tolist(), again.verify()) == (IDS, ())


def test_that_looking_for_damage_can_be_ended(store):
    def end() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.verify(end)


def test_that_a_check_names_the_damaged_file(store, tmp_path):
    assert check(tmp_path / "copy") == ()
    flipped(store.folder / "ids.npy", HEADER + 3, 1)
    [problem] = check(tmp_path / "copy")
    assert (problem.severity, problem.code) == ("error", "collection_damaged")
    assert problem.file == f"tweets/main/{store.folder.name}/ids.npy"

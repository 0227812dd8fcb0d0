"""An import that is ended, refused or alone: no two into one place, nothing left, and how far it is while it runs."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from timeline_app import cli
from timeline_app.base.problems import UserError
from timeline_app.base.text import catalogue
from timeline_app.domain.snowflake import EPOCH_MS
from timeline_app.engine.collection_report import bar
from timeline_app.engine.tweets import building, collection, lock, shard
from timeline_app.engine.tweets.building import Progress, Watch
from timeline_app.engine.tweets.workers import start_workers
from tweets import stored
from tweets.readers.made import jsonl, tweet_id, v2

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from timeline_app.engine.tweets import lock
with lock.held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""
LUCK = random.Random(5)
IDS = [LUCK.randrange(10**18, 13 * 10**17) for _ in range(10)] + [tweet_id(n) for n in range(5_000)]


class Stop(Exception):
    pass


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "ids.txt"
    path.write_text("\n".join(map(str, IDS)), encoding="utf-8")
    return path


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(collection, "shards_of", lambda sources: shard.shards_of(sources, 20_000))
    monkeypatch.setattr(building, "TELL_S", 0)


def test_that_a_second_import_into_one_place_is_refused_and_the_first_one_is_not_disturbed(source, tmp_path):
    seen = []

    def second(_):
        with pytest.raises(UserError, match="import_is_running"):
            collection.import_sources([source], tmp_path / "out")
        seen.append(1)

    collection.import_sources([source], tmp_path / "out", watch=Watch(second))
    assert seen
    assert len(collection.open_store(tmp_path / "out")) == len(IDS)


def test_that_the_lock_of_a_process_that_is_gone_is_taken_over(source, tmp_path):
    work = tmp_path / "out" / "tweets" / "main" / ".building"
    command = [sys.executable, "-c", HOLDER, str(work)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as child:
        child.stdout.readline()
        with pytest.raises(UserError, match="import_is_running"):
            collection.import_sources([source], tmp_path / "out")
        child.kill()
    assert (work / lock.NAME).exists()
    collection.import_sources([source], tmp_path / "out")
    assert not work.exists()


def test_that_collections_of_one_dataset_do_not_wait_for_each_other(source, tmp_path):
    def other(_):
        if "b" not in collection.names(tmp_path / "out"):
            collection.import_sources([source], tmp_path / "out", name="b")

    collection.import_sources([source], tmp_path / "out", watch=Watch(other), name="a")
    assert collection.names(tmp_path / "out") == ("a", "b")


@pytest.mark.parametrize("after", [0, 1, 3, 7, 12])
def test_that_an_import_that_is_ended_goes_on(source, tmp_path, small, after):
    left = [after]

    def check():
        left[0] -= 1
        if left[0] < 0:
            raise Stop

    with pytest.raises(Stop):
        collection.import_sources([source], tmp_path / "kept", watch=Watch(check=check))
    collection.import_sources([source], tmp_path / "kept")
    collection.import_sources([source], tmp_path / "undisturbed")
    assert stored.content(tmp_path / "kept") == stored.content(tmp_path / "undisturbed")


def test_that_an_import_that_is_ended_leaves_the_store_that_was_there(source, tmp_path):
    def stop():
        raise Stop

    collection.import_sources([source], tmp_path / "out")
    before = stored.content(tmp_path / "out")
    (tmp_path / "other.txt").write_text("1267727923328540673\n", encoding="utf-8")
    with pytest.raises(Stop):
        collection.import_sources([tmp_path / "other.txt"], tmp_path / "out", watch=Watch(check=stop))
    after = stored.content(tmp_path / "out")
    assert {name: found for name, found in after.items() if building.WORK not in name} == before


def test_that_workers_end_at_once_in_the_middle_of_a_shard(tmp_path):
    with (tmp_path / "big.jsonl").open("wb") as out:
        block = jsonl(*(v2(number, "x" * 1_000) for number in range(1_000)))
        for _ in range(100):
            out.write(block)
    begun = []

    def told(progress):
        begun.append(progress.done)

    def check():
        if begun and begun[-1]:
            raise Stop

    workers = start_workers(2)
    with pytest.raises(Stop), workers:
        collection.import_sources([tmp_path / "big.jsonl"], tmp_path / "out", workers, Watch(told, check))
    with pytest.raises((RuntimeError, BrokenExecutor)):
        workers.submit(os.getpid)
    assert not collection.is_store(tmp_path / "out")


def test_that_progress_grows_to_the_end_and_knows_what_was_read_before(source, tmp_path, small):
    seen = []
    with pytest.raises(Stop):
        collection.import_sources([source], tmp_path / "out", watch=Watch(stop_after(seen, 4)))
    collection.import_sources([source], tmp_path / "out", watch=Watch(seen.append))
    total = source.stat().st_size
    assert all(one.total == total for one in seen)
    assert [one.done for one in seen[4:]] == sorted(one.done for one in seen[4:])
    assert (seen[0].resumed, seen[4].resumed > 0, seen[-1].merging, seen[-1].done) == (0, True, True, total)


def stop_after(seen: list, count: int):
    def told(progress):
        seen.append(progress)
        if len(seen) == count:
            raise Stop

    return told


def test_that_workers_tell_how_far_they_are_within_a_shard(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "TELL_S", 0)
    (tmp_path / "one.csv").write_bytes(b"id_str,from_user,text,created_at,status_url\n" + b"".join(
        b"%d,x,words,,\n" % tweet_id(n) for n in range(60_000)))
    seen = []
    with ThreadPoolExecutor(1) as executor:
        collection.import_sources([tmp_path / "one.csv"], tmp_path / "out", executor, Watch(seen.append))
    assert any(0 < one.done < one.total for one in seen)
    assert len(collection.open_store(tmp_path / "out")) == 60_000


def test_that_tweets_per_minute_are_there_before_the_import_is_done(source, tmp_path, small):
    seen = []
    collection.import_sources([source], tmp_path / "out", watch=Watch(seen.append, preview=True))
    first, last = next(one for one in seen if len(one.counts)), seen[-1]
    assert 0 < first.counts.sum() < last.counts.sum() == len(IDS)
    expected = Counter(((one >> 22) + EPOCH_MS) // 60_000 for one in IDS)
    assert dict(zip(last.minutes.tolist(), last.counts.tolist(), strict=True)) == expected
    assert (np.diff(last.minutes) > 0).all()
    plain = []
    collection.import_sources([source], tmp_path / "out", watch=Watch(plain.append))
    assert {one.minutes for one in plain} == {None}


def test_that_a_full_disk_is_said_before_anything_is_built(source, tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    with pytest.raises(UserError, match="disk_full"):
        collection.import_sources([source], tmp_path / "out")


def test_that_a_disk_that_fills_up_and_workers_that_die_are_said_in_a_sentence(source, tmp_path, monkeypatch):
    class Dead(ThreadPoolExecutor):
        def submit(self, *_):
            future = Future()
            future.set_exception(BrokenExecutor())
            return future

    with Dead(1) as executor, pytest.raises(UserError, match="workers_ended"):
        collection.import_sources([source], tmp_path / "out", executor)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(collection, "build_store", full)
    with pytest.raises(UserError, match="cannot_write"):
        collection.import_sources([source], tmp_path / "out")


def test_that_an_import_of_which_nothing_can_be_read_fails_and_replaces_nothing(source, tmp_path, capsys):
    target = str(tmp_path / "out")
    assert cli.main(["import", str(source), "-o", target]) == 0
    before = stored.content(tmp_path / "out")
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(jsonl(v2(1, "x", id="one"), v2(2, "y", id="two")))
    assert cli.main(["import", str(bad), "-o", target]) == 2
    said = capsys.readouterr().err
    assert "Lines refused: 2" in said and "line 1 of bad.jsonl" in said
    only_notices = tmp_path / "notices.jsonl"
    only_notices.write_bytes(jsonl({"delete": {"status": {"id": 1}}}))
    assert cli.main(["import", str(only_notices), "-o", target]) == 2
    assert stored.content(tmp_path / "out") == before


def test_that_a_source_that_changes_while_it_is_read_is_not_published(source, tmp_path, small):
    before = source.read_bytes()

    def grow(_):
        if source.stat().st_size == len(before):
            source.write_bytes(before + b"%d\n" % tweet_id(9_000))

    with pytest.raises(UserError, match="source_changed"):
        collection.import_sources([source], tmp_path / "out", watch=Watch(grow))
    assert not collection.is_store(tmp_path / "out")


def test_that_a_dataset_that_cannot_be_written_is_said(source, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="cannot_write"):
        collection.import_sources([source], tmp_path / "file")


def test_that_an_interrupted_command_says_that_it_can_go_on(source, tmp_path, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(collection, "import_sources", interrupted)
    assert cli.main(["import", str(source), "-o", str(tmp_path / "out")]) == 2
    assert "goes on where it was" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "a b", "../x", "0123456789abcdef", "x" * 65, "nul", "é", ".hidden"])
def test_that_a_collection_is_called_by_letters_and_digits(source, tmp_path, name):
    with pytest.raises(UserError, match="collection_name"):
        collection.import_sources([source], tmp_path / "out", name=name)
    assert not (tmp_path / "out").exists()


def test_that_the_bar_knows_no_time_before_it_knows_a_rate():
    texts = catalogue("en")
    assert "0% · 0 MB/s · – left" in bar(Progress(0, 100_000_000), 3.0, texts)
    assert "0% · 0 MB/s · – left" in bar(Progress(400, 100_000_000, resumed=400), 3.0, texts)
    assert "50% · 10 MB/s · 0:05 left" in bar(Progress(50_000_000, 100_000_000), 5.0, texts)
    assert "75% · 5 MB/s · 0:05 left" in bar(Progress(75_000_000, 100_000_000, resumed=50_000_000), 5.0, texts)


@pytest.mark.parametrize("name", ["x" * 300, "file/inside"])
def test_that_a_target_that_cannot_be_made_is_said(tmp_path, name):
    source = tmp_path / "a.txt"
    source.write_text("1268075191464886272\n", encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="cannot_write"):
        collection.import_sources([source], tmp_path / name)

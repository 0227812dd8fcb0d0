"""kill -9 at any moment: the old store opens, the import goes on where it was, and nothing is left of it."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from timeline_app.engine.tweets import collection, shard
from tweets import stored
from tweets.readers.made import jsonl, page, v2, v11

ROOT = Path(__file__).resolve().parents[2]
SIZE = 30_000
CHILD = """
import os, signal, sys
from pathlib import Path
from timeline_app.engine.tweets import collection, shard
collection.shards_of = lambda sources: shard.shards_of(sources, 30_000)
sources, target, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
passed = 0
def count(frame, event, argument):
    global passed
    passed += 1
    if passed == last:
        os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(count)
collection.import_sources([sources], target)
sys.setprofile(None)
print(passed)
"""
WITH_WORKERS = """
import sys
from pathlib import Path
from timeline_app.engine.tweets import collection, shard
from timeline_app.engine.tweets.building import Watch
from timeline_app.engine.tweets.workers import start_workers
collection.shards_of = lambda sources: shard.shards_of(sources, 30_000)
if __name__ == "__main__":
    told = lambda one: print("told", flush=True)
    with start_workers(2) as workers:
        collection.import_sources([Path(sys.argv[1])], Path(sys.argv[2]), workers, Watch(told))
"""


@pytest.fixture(autouse=True)
def small_shards(monkeypatch):
    monkeypatch.setattr(collection, "shards_of", lambda sources: shard.shards_of(sources, SIZE))


def lists(folder: Path) -> None:
    """Two overlapping lists with bad lines, and a table with tags."""
    luck = random.Random(3)
    ids = [luck.randrange(10**18, 13 * 10**17) for _ in range(6_000)]
    rows = [str(one) for one in ids]
    rows[100] = rows[3_000] = "no id"
    (folder / "a.txt").write_text("\n".join(rows), encoding="utf-8")
    (folder / "b.txt").write_text("\n".join(map(str, ids[3_000:4_000])) + "\n", encoding="utf-8")
    table = "".join(f"{one},{luck.randrange(2)},{luck.choice(['en', 'ko', ''])}\n" for one in ids[:1_000])
    (folder / "c.csv").write_text("id,Tag,lang\n" + table, encoding="utf-8")


def objects(folder: Path) -> None:
    """Pages, an array and notices, overlapping, with a line that is cut."""
    tweets = [v2(number, f"words {number}", "Tag", f"of{number % 7}") for number in range(300)]
    (folder / "pages.jsonl").write_bytes(jsonl(*(page(*tweets[at : at + 20]) for at in range(0, 300, 20))))
    (folder / "flat.jsonl").write_bytes(jsonl(*tweets[100:150])[:-9])
    (folder / "array.json").write_text(json.dumps([v11(number, "other", "Tag") for number in range(250, 400)]),
                                       encoding="utf-8")


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.long)])
@pytest.mark.parametrize("write", [lists, objects])
def test_that_killed_imports_leave_the_old_store_and_go_on(tmp_path, write, kills):
    sources, old, luck = tmp_path / "sources", tmp_path / "old.txt", random.Random(kills)
    sources.mkdir()
    write(sources)
    old.write_text("1267727923328540673\n", encoding="utf-8")
    steps = int(run(sources, tmp_path / "undisturbed", 0))
    whole, target = stored.content(tmp_path / "undisturbed"), tmp_path / "target"
    tweets = len(collection.open_store(tmp_path / "undisturbed"))
    killed = 0
    while killed < kills:
        if not target.exists() or len(collection.open_store(target)) == tweets:
            shutil.rmtree(target, ignore_errors=True)
            collection.import_sources([old], target)
        killed += run(sources, target, luck.randrange(1, steps)) == ""
        assert len(collection.open_store(target)) in (1, tweets)
    collection.import_sources([sources], target)
    assert stored.content(target) == whole


def run(sources: Path, target: Path, last: int) -> str:
    """What an import prints that is killed at a step; nothing if it comes so far."""
    done = subprocess.run([sys.executable, "-c", CHILD, str(sources), str(target), str(last)], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.stdout.strip()


def test_that_workers_end_with_an_import_that_is_killed(tmp_path):
    sources = tmp_path / "sources"
    sources.mkdir()
    lists(sources)
    (tmp_path / "child.py").write_text(WITH_WORKERS, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "child.py"), str(sources), str(tmp_path / "target")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=here()) as child:
        assert child.stdout.readline() == b"told\n"
        child.kill()
        child.communicate(timeout=60)  # ends when nobody can write any more: the workers are gone too
    collection.import_sources([sources], tmp_path / "target")
    collection.import_sources([sources], tmp_path / "undisturbed")
    assert stored.content(tmp_path / "target") == stored.content(tmp_path / "undisturbed")


def here() -> dict[str, str]:
    """The surroundings of this process, with the app to be found from a script that lies elsewhere."""
    import os

    return os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}

"""kill -9 in the middle of an update: the kiosk shows the old bundle or the new one, and the next update goes (K43).

A kill is no loss of power: what the disk was told to keep is not tried here.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ground import tree
from packages import Package
from timeline_app.engine import build, shelf
from timeline_app.engine.dataset import open_dataset

CHILD = """
import os, signal, sys
from pathlib import Path
from timeline_app.engine import shelf
shelf.CHUNK = 256
last, passed = int(sys.argv[3]), 0
def count(frame, event, argument):
    global passed
    passed += frame.f_code.co_filename.endswith(("shelf.py", "safe_io.py", "append_only.py", "checksum.py", "<string>"))
    if passed == last:
        os.kill(os.getpid(), signal.SIGKILL)
def look(path):
    return path.stat()
sys.setprofile(count)
shelf.put(Path(sys.argv[1]), Path(sys.argv[2]), look)
sys.setprofile(None)
print(passed)
"""


def put(bundle: Path, place: Path, last: int) -> str:
    """What an update prints that is killed at a step; nothing if it comes so far."""
    path = os.pathsep.join([str(tree.ROOT), os.environ["PYTHONPATH"]])
    done = subprocess.run([sys.executable, "-c", CHILD, str(bundle), str(place), str(last)], capture_output=True,
                          text=True, check=False, env={**os.environ, "PYTHONPATH": path}, timeout=120)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=pytest.mark.long)])
def test_that_a_killed_update_leaves_a_bundle_that_opens_and_the_next_one_goes(tmp_path, kills):
    bundles = []
    for number in range(3):
        package = Package(tmp_path / f"from-{number}")
        package.timeline["titles"]["en"] = f"Number {number}"
        bundles.append(tmp_path / f"exhibit-{number}.zip")
        build.build(package.write(), "kiosk", bundles[-1])
    place, luck, killed, shown = tmp_path / "shelf", random.Random(kills), 0, 0
    shelf.put(bundles[0], place)
    steps = int(put(bundles[1], tmp_path / "undisturbed", -1))
    while killed < kills:
        before = open_dataset(shelf.current(place)).meta.title.text
        coming = luck.choice([one for one in range(3) if before != f"Number {one}"])
        killed += put(bundles[coming], place, luck.randrange(1, steps)) == ""
        title = open_dataset(shelf.current(place)).meta.title.text
        assert title in (before, f"Number {coming}")
        shown += title == before
    assert shown, "it never ended before the new one was shown"
    last = next(one for one in bundles if one.stem[-1] != title[-1])
    shelf.put(last, place)
    assert open_dataset(shelf.current(place)).meta.title.text == f"Number {last.stem[-1]}"
    assert len(list(place.glob("*.zip"))) == 2 and not list(place.glob(f"{shelf.COMING}*"))
    assert not list(place.glob(".shelf.json.*"))

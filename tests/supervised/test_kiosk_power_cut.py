"""A kiosk that is cut off at any point starts clean (K28): a process that writes all that a kiosk keeps is killed at
random points, and the next one reads whole files.

A kill is what a test can do; that files are synced before they take their place is in `test_safe_io`.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from ground import tree
from timeline_app.engine import kiosk_place, staff_pin
from timeline_app.engine.visits import FILE, Visits

NUMBERS = ("704291", "831759")
HOUR = 495_945
LOG = "kiosk.log"
WRITER = """
import logging, sys
from pathlib import Path
from timeline_app.base.ring_log import RingLog
from timeline_app.engine import kiosk_place, staff_pin
from timeline_app.engine.visits import Visits

staff_pin.COST = (1 << 10, 1, 1)
place, numbers, hour = Path(sys.argv[1]), sys.argv[2].split(","), int(sys.argv[3])
log = logging.getLogger("kiosk")
log.addHandler(RingLog(place / "kiosk.log", 4_000))
with kiosk_place.hold(place):
    visits = Visits(place)
    for turn in range(1_000_000):
        visits.begin(hour)
        visits.language(("en", "ko")[turn % 2], hour)
        visits.screen("home", hour)
        visits.end(turn % 700, hour)
        visits.save_now()
        staff_pin.set_pin(place, numbers[turn % 2])
        log.warning("turn %d", turn)
        print(turn, flush=True)
"""


def cut(place: Path, chance: random.Random) -> int:
    """Let a kiosk write for some turns and a moment, then kill it; how many turns it said were on the disk."""
    path = os.pathsep.join([str(tree.ROOT), os.environ["PYTHONPATH"]])
    command = [sys.executable, "-c", WRITER, str(place), ",".join(NUMBERS), str(HOUR)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, encoding="utf-8")
    for _ in range(chance.randrange(1, 6)):
        process.stdout.readline()
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0, 0.01))
    process.kill()
    said, errors = process.communicate(timeout=30)
    assert errors == ""
    return 1 + int(said.split()[-1]) if said.endswith("\n") else 1


def reads_clean(place: Path, before: int, turns: int) -> int:
    """The next start: everything is there, whole, and nothing half written is left. The number of visits."""
    with kiosk_place.hold(place):
        visits = Visits(place)
        counts = visits._hours[HOUR]
        assert counts[0] >= before + turns
        assert sum(counts[-4:]) == sum(counts[-6:-4]) == counts[0]
        assert staff_pin.state_of(place) == "fine"
        assert [staff_pin.is_right(place, number) for number in NUMBERS].count(True) == 1
        there = set(os.listdir(place))
        assert there - {LOG, "kiosk.1.log"} == {kiosk_place.LOCK, staff_pin.FILE, FILE}
        assert there & {LOG, "kiosk.1.log"}  # cut off while it turns, a log has its older file alone
        assert all((place / name).stat().st_size <= 4_000 for name in (LOG, "kiosk.1.log") if (place / name).exists())
        return counts[0]


def try_cuts(place: Path, times: int) -> None:
    chance, visits = random.Random(28), 0
    for _ in range(times):
        visits = reads_clean(place, visits, cut(place, chance))


def test_that_a_kiosk_that_was_cut_off_starts_clean(tmp_path):
    try_cuts(tmp_path, 5)


@pytest.mark.long
def test_that_a_kiosk_that_was_cut_off_300_times_starts_clean(tmp_path):
    try_cuts(tmp_path, 300)

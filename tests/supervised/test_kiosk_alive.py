"""The real kiosk under the real supervisor: whatever befalls it, it is back on screen within ten seconds, in safe mode
after three times, and nobody sees a traceback. One of each here, ten of each with --long.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from ground import tree
from packages import Package
from supervised.living import FRAME, IN_TIME, KIOSK, Living, alone, supervised
from timeline_app import supervise
from timeline_app.base.text import catalogue
from timeline_app.engine import build, kiosk_place, shelf
from timeline_app.engine.visits import FILE

HERE = Path(__file__).parent
SEEN = ("Traceback", "Error", "File \"", ".py", "somebody")  # what no visitor may see


@dataclass(frozen=True)
class Lived:
    """What is left of a kiosk that was killed, frozen, stumbled over a bug and crashed, one after the other."""

    waits: list[float]  # seconds until each next picture
    begins: list[str]
    frames: list[str]
    crashes: list[str]
    said: str
    end: tuple[int, float]
    good: str
    new: str


def bundles(folder: Path) -> tuple[Path, str, str]:
    """A shelf that shows a new bundle and remembers another as good: shelf, good, new."""
    good, new, place = folder / "good.zip", folder / "new.zip", folder / "shelf"
    build.build("june-2020", "kiosk", good)
    shelf.put(good, place)
    shelf.mark_good(place, shelf.current(place))
    build.build(Package(folder / "from").write(), "kiosk", new)
    shelf.put(new, place)
    return place, shelf.good(place).name, shelf.current(place).name


@pytest.fixture(scope="module")
def lived(tmp_path_factory) -> Lived:
    folder = tmp_path_factory.mktemp("lived")
    place, good, new = bundles(folder)
    bug = folder / "bug"
    blows = (lambda one: os.kill(one, signal.SIGKILL), lambda one: os.kill(one, signal.SIGSTOP),
             lambda one: bug.touch(), lambda one: os.kill(one, signal.SIGSEGV))
    with supervised(folder / "home", str(place), [str(HERE / "buggy.py"), str(bug)]) as living:
        waits = [living.until(lambda: living.frames() == 1)]
        for count, blow in enumerate(blows, 2):
            blow(living.kiosk())
            waits.append(living.until(lambda count=count: living.frames() == count))
        end = living.end()
        records = sorted(living.kept.glob("crash-*.txt"))
        begins = [line for line in living.log() if " begin " in line]
        frames = [line.rpartition(FRAME)[2] for line in living.log() if FRAME in line]
        return Lived(waits, begins, frames, [one.read_text(encoding="utf-8") for one in records], living.said(), end,
                     good, new)


def test_that_a_kiosk_shows_something_within_ten_seconds_and_again_whatever_befell_it(lived):
    assert max(lived.waits) < IN_TIME, lived.waits


def test_that_each_crash_is_known_by_its_cause_and_came_after_a_sign_of_life(lived):
    heads = [dict(line.split("=") for line in crash.split("\n\n")[0].splitlines()) for crash in lived.crashes]
    assert [one["cause"] for one in heads] == ["SIGKILL", "frozen", "exit_1", "SIGSEGV"]
    assert all(int(one["beats"]) > 0 for one in heads)


def test_that_the_third_crash_leads_to_a_plain_screen_and_the_last_good_bundle(lived):
    shown = [dict(part.split("=") for part in line.split(" begin ")[1].split()) for line in lived.begins]
    assert [(one["safe"], one["bundle"]) for one in shown] == [
        ("0", lived.new), ("0", lived.new), ("0", lived.new), ("1", lived.good), ("1", lived.good)]
    assert lived.frames == ["attract"] * 3 + ["home"] * 2
    assert lived.new != lived.good


def test_that_nobody_sees_a_traceback(lived):
    assert lived.said
    assert all(line.startswith("supervise event=") for line in lived.said.splitlines()), lived.said
    assert [word for word in SEEN if word in lived.said] == []


def test_that_a_crash_leaves_where_it_stood_and_nothing_of_a_person_or_of_the_machine(lived):
    killed, _, bug, crashed = lived.crashes
    assert "Fatal Python error: Segmentation fault" in crashed and "exhibit.py" in crashed
    assert "ValueError" in bug and "broken" in bug
    assert all(FRAME in crash for crash in (killed, bug, crashed))
    for crash in lived.crashes:
        assert "somebody" not in crash and str(tree.ROOT) not in crash and str(Path.home()) not in crash
        assert len(crash.splitlines()) <= 820 and len(crash) < 500_000


def test_that_the_system_ends_supervisor_and_kiosk_within_three_seconds(lived):
    status, seconds = lived.end
    assert (status, seconds < 3) == (0, True)


def test_that_the_system_ends_a_kiosk_within_three_seconds_and_its_log_says_so(tmp_path):
    with alone(tmp_path) as living:
        living.until(lambda: living.frames() == 1)
        status, seconds = living.end()
    assert (status, seconds < 3) == (0, True), living.said()
    assert living.log()[-1].endswith("end status=0")


# --- One kiosk at a time ---


def test_that_a_second_kiosk_refuses_in_a_sentence_and_a_stale_lock_refuses_nobody(tmp_path):
    lock = tmp_path / "timeline-explorer" / "kiosk" / kiosk_place.LOCK
    lock.parent.mkdir(parents=True)
    lock.write_text(f"{os.getpid()}\n", encoding="utf-8")  # a process that lives, and holds nothing
    with alone(tmp_path) as first:
        first.until(lambda: first.kiosk() == first.process.pid)
        with alone(tmp_path) as second:
            assert second.has_ended(IN_TIME)
            assert second.process.returncode == supervise.ALREADY_RUNNING
            assert second.said().strip() == catalogue("en").get("error.kiosk_is_running", path=lock.parent)
        first.until(lambda: first.frames() == 1)


# --- Killed at any point ---


def cut_off(home: Path, times: int) -> None:
    """Kill a kiosk that is in use, and one that starts, at random points of their lives."""
    lot = random.Random(28)
    for number in range(times):
        with Living(home, [sys.executable, str(HERE / "lively.py"), str(number), "june-2020"]) as lively:
            before = lively.frames()
            lively.until(lambda lively=lively, before=before: lively.frames() > before)
            assert not lively.has_ended(lot.uniform(0, 1.5)), lively.said()
        reads_clean(lively)
        with alone(home) as early:
            assert not early.has_ended(lot.uniform(0, 1.2)), early.said()
        reads_clean(early)


def reads_clean(living: Living) -> None:
    """Nobody saw anything, and what is kept is whole; only a file that was being written may lie beside it."""
    assert [word for word in SEEN if word in living.said()] == []
    names = {one.name for one in living.kept.iterdir() if not one.name.startswith(f".{FILE}.")}
    assert names <= {kiosk_place.LOCK, "kiosk.log", FILE}
    if FILE in names:
        assert json.loads((living.kept / FILE).read_bytes())["hours"]


@pytest.mark.parametrize("times", [2, pytest.param(20, marks=pytest.mark.long)])
def test_that_a_kiosk_that_was_cut_off_at_any_point_starts_clean(tmp_path, times):
    cut_off(tmp_path, times)
    with alone(tmp_path) as last:
        before = last.frames()
        last.until(lambda: last.frames() > before)
        assert {one.name for one in last.kept.iterdir()} == {kiosk_place.LOCK, "kiosk.log", FILE}
        assert last.end()[0] == 0


# --- No disk, no fonts, no graphics ---


def after(line: str, home: Path, **environment: str) -> Living:
    """A kiosk that begins after a line of shell."""
    command = ["/bin/sh", "-c", f'{line}; exec "$0" "$@"', sys.executable, *KIOSK, "june-2020"]
    return Living(home, command, **environment)


@pytest.mark.parametrize(("line", "place"), [("true", "/proc/nowhere"), ("true", os.devnull), ("ulimit -f 0", "")])
def test_that_a_kiosk_that_can_keep_nothing_runs_from_memory_and_ends_well(tmp_path, line, place):
    nowhere = {name: place for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME") if place}
    with after(line, tmp_path, **nowhere) as living:
        living.until(lambda: FRAME in living.said())
        assert " memory=1 " in living.said()
        assert living.end()[0] == 0
    assert [word for word in SEEN if word in living.said()] == []
    assert living.log() == []


def test_that_a_disk_that_fills_up_while_it_runs_disturbs_nobody(tmp_path):
    import resource

    with Living(tmp_path, [sys.executable, str(HERE / "lively.py"), "1", "june-2020"]) as living:
        living.until(lambda: (living.kept / FILE).exists())
        resource.prlimit(living.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        before = (living.kept / FILE).read_bytes()
        assert not living.has_ended(0.5), living.said()
        assert (living.kept / FILE).read_bytes() == before
        resource.prlimit(living.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        living.until(lambda: (living.kept / FILE).read_bytes() != before)
        assert living.end()[0] == 0
    assert [word for word in SEEN if word in living.said()] == []


def test_that_a_kiosk_needs_neither_a_font_nor_the_graphics_of_the_machine(tmp_path):
    """The fonts of the machine are out of sight in all tests; here its drivers are, too."""
    none = {"LIBGL_DRIVERS_PATH": "/nowhere", "GBM_BACKENDS_PATH": "/nowhere", "LIBGL_ALWAYS_SOFTWARE": "1",
            "QT_XCB_GL_INTEGRATION": "none", "__EGL_VENDOR_LIBRARY_DIRS": "/nowhere"}
    with after("true", tmp_path, **none) as living:
        living.until(lambda: living.frames() == 1)
        assert living.end()[0] == 0
    assert [word for word in SEEN if word in living.said()] == []


# --- Ten of each ---


@pytest.mark.long
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_that_ten_of_each_are_back_on_screen_within_ten_seconds_and_leave_ten_records(tmp_path, blow):
    with supervised(tmp_path) as living:
        waits = [living.until(lambda: living.frames() == 1)]
        for count in range(2, 12):
            os.kill(living.kiosk(), blow)
            waits.append(living.until(lambda count=count: living.frames() == count))
        assert living.end()[0] == 0
    assert max(waits) < IN_TIME, waits
    assert len(list(living.kept.glob("crash-*.txt"))) == 10
    assert all(line.startswith("supervise event=") for line in living.said().splitlines()), living.said()

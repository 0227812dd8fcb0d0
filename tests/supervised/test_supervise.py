"""A supervised process comes back after a crash and a freeze, and ends when it should; real processes, short waits."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ground import tree
from timeline_app import supervise

CHILD = Path(__file__).with_name("child.py")
SHORT = ["--first", "10", "--goodbye", "0.3", "--trace", "0.2"]  # silence as in a kiosk: a busy machine is no freeze


@dataclass(frozen=True)
class Run:
    """What is left of a supervisor that ended."""

    status: int
    starts: list[list[str]]  # when, safe, memory, process
    crashes: list[str]
    said: str


def supervised(folder: Path, acts: Iterable[str], options: list[str] = SHORT, kept: Path | None = None) -> Run:
    notes, kept = folder / "starts", kept or folder / "kept"
    path = os.pathsep.join([str(tree.ROOT), os.environ["PYTHONPATH"]])
    command = [sys.executable, "-m", "timeline_app.supervise", "--folder", str(kept), *options, "--",
               sys.executable, str(CHILD), str(notes), ",".join(acts)]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, encoding="utf-8",
                           timeout=180, check=False)
    starts = [line.split() for line in notes.read_text(encoding="utf-8").splitlines()] if notes.exists() else []
    crashes = [path.read_text(encoding="utf-8") for path in sorted(kept.glob("crash-*.txt"))]
    return Run(ended.returncode, starts, crashes, ended.stderr)


def lives(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    return True


def test_that_a_frozen_child_is_killed_and_comes_back_and_says_where_it_stood(tmp_path):
    run = supervised(tmp_path, ["freeze", "done"], [*SHORT, "--silence", "1"])
    assert (run.status, len(run.starts)) == (0, 2), run.said
    assert not lives(run.starts[0][3])
    [crash] = run.crashes
    assert "cause=frozen" in crash
    assert "in freeze_here" in crash
    assert str(tree.ROOT) not in crash


def test_that_a_killed_child_comes_back_and_the_third_crash_leads_to_safe_mode(tmp_path):
    run = supervised(tmp_path, ["kill", "segv", "fail", "done"])
    assert run.status == 0, run.said
    assert [start[1] for start in run.starts] == ["0", "0", "0", "1"]
    assert [crash.split("\n", 1)[0] for crash in run.crashes] == ["cause=SIGKILL", "cause=SIGSEGV", "cause=exit_1"]
    assert "Fatal Python error" in run.crashes[1]
    assert "line of the log, of @..." in run.crashes[2]


def test_that_a_child_that_asks_for_it_starts_again_without_a_crash(tmp_path):
    run = supervised(tmp_path, ["again", "done"])
    assert (run.status, len(run.starts), run.crashes) == (0, 2, []), run.said


@pytest.mark.parametrize("act", ["end", "end_deaf"])
def test_that_sigterm_ends_supervisor_and_child_in_time_with_status_0(act, tmp_path):
    began = time.monotonic()
    run = supervised(tmp_path, [act])
    assert (run.status, len(run.starts), run.crashes) == (0, 1, []), run.said
    assert time.monotonic() - max(began, float(run.starts[0][0])) < 3
    assert not lives(run.starts[0][3])


def test_that_a_child_whose_supervisor_is_gone_hears_of_it(tmp_path):
    run = supervised(tmp_path, ["orphan"])
    assert run.status == -signal.SIGKILL
    [start] = run.starts
    end = time.monotonic() + 5
    while not (tmp_path / "starts.unheard").exists() and time.monotonic() < end:
        os.sched_yield()
    assert (tmp_path / "starts.unheard").exists(), start


def test_that_a_folder_that_cannot_be_made_leads_to_memory_mode(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    run = supervised(tmp_path, ["kill", "done"], kept=tmp_path / "file" / "kept")
    assert run.status == 0, run.said
    assert [start[2] for start in run.starts] == ["1", "1"]


def test_that_a_second_supervisor_refuses_and_a_stale_lock_does_not_matter(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    lock = kept / "supervise.lock"
    lock.write_text(f"{os.getpid()}\n", encoding="utf-8")  # a process that lives, and holds nothing
    assert supervised(tmp_path, ["done"]).status == 0
    with lock.open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        run = supervised(tmp_path, ["done"])
    assert (run.status, len(run.starts)) == (supervise.ALREADY_RUNNING, 1), run.said


def test_that_a_command_that_is_not_there_is_said_at_once(tmp_path):
    command = [sys.executable, "-m", "timeline_app.supervise", "--folder", str(tmp_path), "--", str(tmp_path / "none")]
    ended = subprocess.run(command, cwd=tree.ROOT, capture_output=True, encoding="utf-8", timeout=20, check=False)
    assert ended.returncode == supervise.NO_COMMAND
    assert "no_start" in ended.stderr


def test_that_it_gives_up_where_asked_when_the_child_never_comes_up(tmp_path):
    command = [sys.executable, "-m", "timeline_app.supervise", "--folder", str(tmp_path), "--give-up", "3",
               "--", "false"]
    ended = subprocess.run(command, cwd=tree.ROOT, capture_output=True, encoding="utf-8", timeout=20, check=False)
    assert ended.returncode == supervise.GAVE_UP, ended.stderr
    assert len(list(tmp_path.glob("crash-*.txt"))) == 3


def test_that_a_kiosk_that_another_keeps_out_is_tried_a_few_times_and_is_no_crash(tmp_path):
    command = [sys.executable, "-m", "timeline_app.supervise", "--folder", str(tmp_path), "--",
               "sh", "-c", f"exit {supervise.ALREADY_RUNNING}"]
    ended = subprocess.run(command, cwd=tree.ROOT, capture_output=True, encoding="utf-8", timeout=20, check=False)
    assert ended.returncode == supervise.ALREADY_RUNNING, ended.stderr
    assert ended.stderr.count("event=start") == supervise.MOST_REFUSED
    assert list(tmp_path.glob("crash-*.txt")) == []


@pytest.mark.long
@pytest.mark.parametrize("act", ["freeze", "kill"])
def test_that_ten_of_each_are_back_within_ten_seconds_with_the_limits_of_a_kiosk(act, tmp_path):
    run = supervised(tmp_path, [*[act] * 10, "done"], options=[])
    assert (run.status, len(run.starts), len(run.crashes)) == (0, 11, 10), run.said
    times = [float(start[0]) for start in run.starts]
    assert max(later - earlier for earlier, later in zip(times, times[1:], strict=False)) < 10, f"{times}\n{run.said}"

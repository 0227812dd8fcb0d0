"""A kiosk keeps things where it can, else runs from memory, and never stands twice on one place (K9, K26)."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ground import tree
from timeline_app import supervise
from timeline_app.base.problems import UserError
from timeline_app.base.safe_io import write_atomic
from timeline_app.engine import kiosk_place
from timeline_app.engine.kiosk_place import hold, place_of

SAY_PLACE = "import os; from timeline_app.engine.kiosk_place import place_of; print(place_of(os.environ))"
HOLD = """
import sys
from pathlib import Path
from timeline_app.base.problems import UserError
from timeline_app.engine.kiosk_place import hold
try:
    held = hold(Path(sys.argv[1]))
except UserError as error:
    print(error.code, flush=True)
else:
    print("held", flush=True)
    sys.stdin.read()
"""


def python(program: str, *arguments: str, **changed: str | None) -> subprocess.Popen[str]:
    """A Python of its own with variables of the environment set, or removed where None."""
    environment = {**os.environ, **changed}
    told = {name: value for name, value in environment.items() if value is not None}
    return subprocess.Popen([sys.executable, "-c", program, *arguments], cwd=tree.ROOT, env=told, encoding="utf-8",
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def said(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=30)
    assert err == ""
    return out.strip()


# --- Where things are kept ---


def test_that_the_place_is_the_supervisor_s_made_for_its_owner_and_left_empty(tmp_path):
    told = {"XDG_STATE_HOME": str(tmp_path)}
    place = place_of(told)
    assert place == tmp_path / "timeline-explorer" / "kiosk" == supervise.folder_of_state(told)
    assert list(place.iterdir()) == []
    assert os.name == "nt" or place.stat().st_mode & 0o777 == 0o700
    assert place_of(told) == place


def test_that_without_a_folder_for_state_it_is_below_home(tmp_path):
    assert place_of({"HOME": str(tmp_path)}) == tmp_path / ".local" / "state" / "timeline-explorer" / "kiosk"


def test_that_the_supervisor_s_word_is_memory_mode_and_nothing_is_made(tmp_path):
    assert place_of({"XDG_STATE_HOME": str(tmp_path), supervise.MEMORY: "1"}) is None
    assert place_of({"XDG_STATE_HOME": str(tmp_path), supervise.MEMORY: ""}) is not None
    assert [one.name for one in tmp_path.iterdir()] == ["timeline-explorer"]


@pytest.mark.parametrize("reason", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("call", ["mkdir", "open", "fsync"])
def test_that_a_disk_that_refuses_is_memory_mode_and_leaves_nothing(tmp_path, monkeypatch, call, reason):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(reason, "no")

    with monkeypatch.context() as patch:
        patch.setattr(kiosk_place.os, call, refuse)
        assert place_of({"XDG_STATE_HOME": str(tmp_path)}) is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert place_of({"XDG_STATE_HOME": str(tmp_path)}) is not None


@pytest.mark.parametrize("state", ["file", "file/below", "link", "no\0where"])
def test_that_a_place_that_is_none_is_memory_mode(tmp_path, state):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "link")
    assert place_of({"XDG_STATE_HOME": str(tmp_path / state)}) is None
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_that_a_folder_that_cannot_be_written_is_memory_mode_but_for_root(tmp_path):
    tmp_path.chmod(0o500)
    found = place_of({"XDG_STATE_HOME": str(tmp_path)})
    tmp_path.chmod(0o700)
    is_root = os.name != "nt" and os.geteuid() == 0
    assert (found is None) == (os.name != "nt" and not is_root)


@pytest.mark.parametrize("home", [None, os.devnull])
def test_that_a_process_without_a_usable_home_starts(home):
    """Where HOME is not set the system is asked; what it names may be a real home, so only a start is promised."""
    state = os.devnull if home is None else None
    assert said(python(SAY_PLACE, HOME=home, XDG_STATE_HOME=state)) == "None"


def test_that_nobody_s_home_is_memory_mode(monkeypatch):
    def nobody() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", nobody)
    assert place_of({}) is None


def test_that_a_disk_without_room_is_seen_though_it_makes_empty_files(tmp_path):
    """A limit of the system on the size of files, in a process of its own: the write fails, the making does not."""
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));" + SAY_PLACE
    assert said(python(limited, XDG_STATE_HOME=str(tmp_path))) == "None"
    assert list((tmp_path / "timeline-explorer" / "kiosk").iterdir()) == []


# --- One kiosk on it ---


def test_that_a_second_process_is_refused_until_the_first_is_dead_even_killed(tmp_path):
    first = python(HOLD, str(tmp_path))
    assert first.stdout.readline() == "held\n"
    assert said(python(HOLD, str(tmp_path))) == "kiosk_is_running"
    with pytest.raises(UserError, match="kiosk_is_running"):
        hold(tmp_path)
    first.send_signal(signal.SIGKILL)
    first.communicate(timeout=30)
    assert (tmp_path / kiosk_place.LOCK).read_text(encoding="utf-8") == f"{first.pid}\n"
    assert said(python(HOLD, str(tmp_path))) == "held"


def test_that_a_stale_number_locks_nobody_out_even_that_of_a_living_process(tmp_path):
    lock = tmp_path / kiosk_place.LOCK
    lock.write_text("1\n", encoding="utf-8")
    with hold(tmp_path):
        assert lock.read_text(encoding="utf-8") == f"{os.getpid()}\n"
    lock.write_bytes(b"\0" * 5000)
    hold(tmp_path).release()


def test_that_a_place_can_be_held_again_after_it_was_let_go(tmp_path):
    held = hold(tmp_path)
    with pytest.raises(UserError, match="kiosk_is_running"):
        hold(tmp_path)
    held.release()
    held.release()
    hold(tmp_path).release()


def test_that_memory_mode_and_a_place_that_is_gone_hold_nothing_and_stop_nobody(tmp_path):
    for place in (None, None, tmp_path / "gone", tmp_path / "no\0where"):
        hold(place).release()


def test_that_a_link_in_place_of_the_lock_is_not_written_through(tmp_path):
    other = tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    (tmp_path / kiosk_place.LOCK).symlink_to(other)
    hold(tmp_path).release()
    assert other.read_text(encoding="utf-8") == "mine"


def test_that_what_a_power_cut_left_half_written_is_cleared_and_nothing_else(tmp_path, monkeypatch):
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("timeline_app.base.safe_io.os.replace", cut)
        patch.setattr("timeline_app.base.safe_io.os.unlink", cut)
        with pytest.raises(KeyboardInterrupt):
            write_atomic(tmp_path / "visits.json", b"half")
    assert len(list(tmp_path.iterdir())) == 1
    kept = ["visits.json", ".hidden", "crash-000001.txt", ".crash.part"]
    for name in kept:
        (tmp_path / name).write_text("", encoding="utf-8")
    hold(tmp_path).release()
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([*kept, kiosk_place.LOCK])

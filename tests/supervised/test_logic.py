"""Budget, pulse, last words and their folder, without a process."""

from __future__ import annotations

import errno
import os

import pytest

from timeline_app import last_words, supervise
from timeline_app.last_words import Records, Tail, impersonal
from timeline_app.supervise import Budget, Limits, Pulse


def crashed(*times: float) -> Budget:
    budget = Budget()
    for at in times:
        budget = budget.crashed(at)
    return budget


def test_that_the_third_crash_of_ten_minutes_leads_to_safe_mode():
    assert not crashed(0, 100).is_spent(100)
    assert crashed(0, 100, 599).is_spent(599)
    assert not crashed(0, 100, 601).is_spent(601)


def test_that_safe_mode_is_left_when_ten_minutes_were_calm():
    assert crashed(0, 1, 2).is_spent(599)
    assert not crashed(0, 1, 2).is_spent(601)


def test_that_a_first_start_does_not_wait_and_none_waits_for_more_than_three_seconds():
    assert crashed(0).pause(0) == 0
    pauses = [crashed(*range(n)).pause(n) for n in range(1, 40)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 3


def test_that_a_budget_does_not_grow_in_years_of_crashes():
    assert len(crashed(*range(10_000)).crashes) <= 33


def looked(pulse: Pulse, start: float, end: float) -> float | None:
    """When a pulse that is looked at four times a second is found silent."""
    at = start
    while at <= end:
        if pulse.is_silent(at):
            return at
        at += 0.25
    return None


def test_that_silence_is_counted_from_the_last_beat():
    pulse = Pulse(0, Limits())
    assert looked(pulse, 0, 5) is None
    pulse.beat(5)
    assert looked(pulse, 5, 20) == 8


def test_that_a_child_has_more_time_for_its_first_beat():
    assert looked(Pulse(0, Limits()), 0, 60) == 20


def test_that_a_supervisor_that_was_held_itself_does_not_judge():
    pulse = Pulse(0, Limits())
    pulse.beat(0.5)
    assert not pulse.is_silent(1)
    assert not pulse.is_silent(86_401)
    assert looked(pulse, 86_401.25, 86_500) == 86_404


def test_that_a_machine_that_is_slow_throughout_does_not_hide_a_freeze():
    pulse = Pulse(0, Limits())
    pulse.beat(0.5)
    assert [at for at in range(0, 40, 2) if pulse.is_silent(at)][0] <= 6


def test_that_the_last_200_lines_and_the_trace_after_them_are_kept():
    tail = Tail()
    tail.add(b"".join(b"line %d\n" % n for n in range(1000)))
    tail.add(b'Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent first):\n  File "/a/b.py"')
    lines = tail.lines()
    assert lines[0] == "line 800"
    assert lines[199] == "line 999"
    assert lines[-1] == '  File ".../b.py"'


def test_that_last_words_are_bounded_whatever_is_said():
    tail = Tail()
    tail.add(b"x" * 10_000_000)
    for _ in range(3000):
        tail.add(b"Thread 0x1:\n" + b"  y" * 1000 + b"\n")
    assert sum(map(len, tail.lines())) < 500_000


def test_that_what_an_exception_says_is_left_out_line_by_line_and_the_log_after_it_stays():
    tail = Tail()
    tail.add(b'Traceback (most recent call last):\n  File "/a/b.py", line 1, in <module>\n    do()\nValueError: typed\n'
             b"by a visitor\nin three lines\n2026-01-01 10:00:00 WARNING timeline_app: went on\nand so on\n")
    assert tail.lines() == ["Traceback (most recent call last):", '  File ".../b.py", line 1, in <module>', "    do()",
                            "ValueError: ...", "2026-01-01 10:00:00 WARNING timeline_app: went on", "and so on"]


@pytest.mark.parametrize(("line", "kept"), [
    ('  File "/srv/Anna Kim/timeline_app/qt/canvas.py", line 3 in beat',
     '  File ".../timeline_app/qt/canvas.py", line 3 in beat'),
    ("cannot read /srv/anna/visit.json today", "cannot read .../visit.json today"),
    ("ValueError: what a visitor typed", "ValueError: ..."),
    ("a.b.Wrong: what a visitor typed", "a.b.Wrong: ..."),
    ("seen by @anna_kim", "seen by @..."),
    ("red \x1b[31m", "red ?[31m"),
    ("3 of 4 and/or 5", "3 of 4 and/or 5"),
])
def test_that_a_kept_line_tells_of_no_person(line, kept):
    assert impersonal(line) == kept


def test_that_at_most_twenty_records_and_their_bytes_are_kept_and_the_newest_stay(tmp_path):
    records = Records(tmp_path, most_bytes=1000)
    for number in range(50):
        assert records.keep(f"crash {number}\n")
    assert len(list(tmp_path.iterdir())) == 20
    assert (tmp_path / "crash-000050.txt").read_text(encoding="utf-8") == "crash 49\n"
    records.keep("x" * 995)
    assert [path.name for path in tmp_path.iterdir()] == ["crash-000051.txt"]


def test_that_no_other_file_of_the_folder_is_touched(tmp_path):
    (tmp_path / "crash-notes.txt").write_text("mine", encoding="utf-8")
    for _ in range(30):
        Records(tmp_path).keep("crash")
    assert (tmp_path / "crash-notes.txt").exists()


def test_that_a_full_disk_is_memory_mode_and_is_left_when_there_is_room_again(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    records = Records(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(last_words.os, "replace", full)
        assert [records.keep(f"crash {n}") for n in range(30)] == [False] * 30
    assert (records.is_kept, len(records.in_memory), list(tmp_path.iterdir())) == (False, 20, [])
    assert records.keep("crash")
    assert records.is_kept


def test_that_a_link_is_not_written_through(tmp_path):
    kept, other = tmp_path / "kept", tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    kept.mkdir()
    os.symlink(other, kept / ".crash.part")
    assert Records(kept).keep("crash")
    assert other.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("status", "word"), [(0, ""), (1, "exit_1"), (-11, "SIGSEGV"), (-250, "signal_250")])
def test_that_a_status_is_said_as_a_word(status, word):
    assert supervise.cause_of(status) == word


def test_that_a_lock_is_in_the_first_place_that_takes_one_and_no_place_stops_nobody(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    held = supervise.hold([blocked / "no", tmp_path / "yes"])
    assert supervise.hold([tmp_path / "yes"]) is None
    os.close(held)
    assert supervise.hold([blocked / "no"]) == -1


def test_that_systemd_is_told_three_times_in_its_time_and_never_waited_for(tmp_path, monkeypatch):
    program = tmp_path / "systemd-notify"
    program.write_text(f"#!/bin/sh\necho $* >> '{tmp_path / 'told'}'\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "socket"))
    monkeypatch.setenv("WATCHDOG_USEC", "30000000")
    watchdog = supervise.Watchdog()
    for now in (100.0, 105.0, 110.5):
        watchdog.tick(now)
        if watchdog._running:
            watchdog._running.wait(5)
    assert (tmp_path / "told").read_text(encoding="utf-8") == "WATCHDOG=1\n" * 2


def test_that_without_systemd_nobody_is_told(monkeypatch):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    watchdog = supervise.Watchdog()
    watchdog.tick(100.0)
    assert watchdog._running is None

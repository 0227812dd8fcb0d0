"""The heartbeat writes where a supervisor named a descriptor, and nowhere else."""

from __future__ import annotations

import contextlib
import os

import pytest

from timeline_app.qt import heartbeat
from timeline_app.supervise import HEARTBEAT


@pytest.fixture
def pipe(monkeypatch):
    monkeypatch.setattr(heartbeat, "arm", lambda: None)
    heard, beats = os.pipe()
    monkeypatch.setenv(HEARTBEAT, str(beats))
    yield heard, beats
    for handle in (heard, beats):
        with contextlib.suppress(OSError):
            os.close(handle)


def test_that_it_beats_at_once_and_on_as_long_as_the_loop_turns(qtbot, pipe):
    os.set_blocking(pipe[0], False)
    heart = heartbeat.Heartbeat(each_ms=5)
    assert heart.begin()
    assert os.read(pipe[0], 100) == b"."
    count = []

    def three():
        try:
            count.extend(os.read(pipe[0], 100))
        except BlockingIOError:
            return False
        return len(count) > 2

    qtbot.waitUntil(three, timeout=2000)
    assert HEARTBEAT not in os.environ
    assert not os.get_inheritable(pipe[1])


def test_that_it_says_so_when_nobody_listens_any_more(qtbot, pipe):
    heart = heartbeat.Heartbeat(each_ms=5)
    assert heart.begin()
    with qtbot.waitSignal(heart.unheard, timeout=2000):
        os.close(pipe[0])


def test_that_a_full_pipe_does_not_hold_the_window(qtbot, pipe):
    heart = heartbeat.Heartbeat(each_ms=5)
    assert heart.begin()
    for _ in range(70_000):
        heart._beat()


@pytest.mark.parametrize("named", ["", "none", "-1", "9999"])
def test_that_without_a_descriptor_nothing_beats(named, qapp, monkeypatch):
    monkeypatch.setenv(HEARTBEAT, named)
    assert not heartbeat.Heartbeat().begin()

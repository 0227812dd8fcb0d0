"""Jobs: of each key the latest wins, answers come to the GUI thread, nothing is left behind."""

from __future__ import annotations

import gc
import sys
import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject

from fakes import Gate
from timeline_app.qt.tasks import Cancelled, Tasks


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.close()
    shiboken6.delete(made)


def fail(code):
    raise LookupError(code)


def test_that_an_answer_comes_on_the_gui_thread(qtbot, tasks):
    told = []
    tasks.run("sum", sum, (1, 2, 3), done=lambda answer: told.append((answer, threading.current_thread())))
    assert tasks.busy("sum") and not tasks.idle()
    tasks.settle()
    assert told == [(6, threading.main_thread())]
    assert tasks.idle() and not tasks.busy("sum")


def test_that_a_job_runs_on_another_thread(tasks):
    told = []
    tasks.run("who", threading.current_thread, done=told.append)
    tasks.settle()
    assert told[0] is not threading.main_thread()


def test_that_an_answer_is_given_only_when_events_are_handled(tasks):
    gate, told = Gate(), []
    tasks.run("key", gate.job, 1, done=told.append)
    gate.let_go()
    gate.entered.wait()
    assert told == []
    tasks.settle()
    assert told == [1]


def test_that_of_one_key_only_the_newest_request_is_answered(tasks):
    gate, told = Gate(), []
    tasks.run("key", gate.job, "first", done=told.append)
    gate.entered.wait()
    asked = []
    for name in ("second", "third", "fourth"):
        tasks.run("key", lambda name=name: asked.append(name) or name, done=told.append)
    gate.let_go()
    tasks.settle()
    assert told == ["fourth"]
    assert asked == ["fourth"], "an overtaken request was run"


def test_that_keys_do_not_disturb_each_other(tasks):
    gate, told = Gate(), []
    tasks.run("slow", gate.job, "slow", done=told.append)
    gate.entered.wait()
    tasks.run("quick", str, 7, done=lambda answer: (told.append(answer), gate.let_go()))
    tasks.settle()
    assert told == ["7", "slow"]


def test_that_a_failure_reaches_whoever_asked_to_hear_of_it(tasks):
    told = []
    tasks.run("key", fail, "x", done=told.append, failed=told.append)
    tasks.settle()
    assert [type(one) for one in told] == [LookupError]


def test_that_a_failure_nobody_asked_about_is_reported_as_a_bug(tasks, monkeypatch):
    reported = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: reported.append(error[0]))
    tasks.run("key", fail, "x")
    tasks.settle()
    assert reported == [LookupError]


def test_that_a_key_can_be_used_again_after_a_failure(tasks):
    told = []
    tasks.run("key", fail, "x", failed=told.append)
    tasks.settle()
    tasks.run("key", abs, -1, done=told.append)
    tasks.settle()
    assert told[1:] == [1]


def test_that_a_cancelled_request_is_not_answered(tasks):
    gate, told = Gate(), []
    tasks.run("key", gate.job, 1, done=told.append, failed=told.append)
    gate.entered.wait()
    tasks.cancel("key")
    gate.let_go()
    tasks.settle()
    assert told == []


def watched(watch, gate):
    gate.entered.set()
    watch.tell(0.5)
    gate.job(None)
    watch.check()
    return "to the end"


def test_that_a_watched_job_tells_how_far_it_is(qtbot, tasks):
    gate, shares, told = Gate(), [], []
    tasks.run("long", lambda watch: watched(watch, gate), done=told.append, progress=shares.append)
    qtbot.waitUntil(lambda: shares == [0.5])
    gate.let_go()
    tasks.settle()
    assert told == ["to the end"]


def test_that_a_watched_job_ends_when_a_newer_request_comes(tasks):
    first, ended, told = Gate(), [], []

    def job(watch):
        try:
            return watched(watch, first)
        except Cancelled:
            ended.append("early")
            raise

    tasks.run("long", job, done=told.append, failed=told.append, progress=lambda _: None)
    first.entered.wait()
    tasks.run("long", abs, -2, done=told.append)
    first.let_go()
    tasks.settle()
    assert (ended, told) == (["early"], [2])


def test_that_closing_waits_for_the_workers_and_drops_their_answers(qapp):
    tasks, gate, told = Tasks(), Gate(), []
    tasks.run("key", gate.job, 1, done=told.append)
    gate.entered.wait()
    gate.let_go()
    tasks.close()
    qapp.processEvents()
    assert told == [] and tasks.idle()
    assert not [one for one in threading.enumerate() if one.name.startswith("task")]
    tasks.run("key", abs, 1, done=told.append)
    assert tasks.idle(), "a closed Tasks took a job"
    shiboken6.delete(tasks)


class Widget(QObject):
    def take(self, answer):
        self.setObjectName(str(answer))


def test_that_an_answer_for_a_widget_that_is_gone_is_dropped(tasks):
    gate, widget = Gate(), Widget()
    tasks.run("key", gate.job, 1, done=widget.take)
    gate.entered.wait()
    shiboken6.delete(widget)
    gate.let_go()
    tasks.settle()


def test_that_the_collector_never_runs_on_a_worker(tasks):
    gate, collected = Gate(), []

    def note(phase, _):
        collected.append(threading.current_thread() is threading.main_thread())

    def litter():
        for _ in range(20_000):
            ring = []
            ring.append(ring)
        return gate.job(gc.isenabled())

    told = []
    gc.callbacks.append(note)
    tasks.run("litter", litter, done=told.append)
    gate.entered.wait()
    gate.let_go()
    tasks.settle()
    gc.callbacks.remove(note)
    assert told == [False] and all(collected)
    assert gc.isenabled()


def test_that_many_requests_leave_no_object_behind(tasks):
    told = []
    for number in range(200):
        tasks.run(f"key {number % 5}", int, number, done=told.append)
    tasks.settle()
    gc.collect()
    children = len(tasks.children())
    for number in range(200):
        tasks.run(f"key {number % 5}", int, number, done=told.append)
    tasks.settle()
    assert len(tasks.children()) == children
    assert set(told) >= {195, 196, 197, 198, 199}


def test_that_a_tasks_whose_window_dies_gives_the_collector_back(qapp):
    window, gate = QObject(), Gate()
    tasks = Tasks(window)
    tasks.run("key", gate.job, 1)
    gate.entered.wait()
    shiboken6.delete(window)
    gate.let_go()
    assert gc.isenabled()


def test_that_a_paced_key_gives_every_answer_it_has_and_starts_no_faster_than_its_pace(qtbot, tasks):
    tasks.pace("frame", 20)
    begun, got = [], []

    def job(number: int) -> int:
        begun.append(number)
        return number

    for number in range(50):
        tasks.run("frame", job, number, done=got.append)
    assert not tasks.idle() and tasks.busy("frame")
    tasks.settle()
    assert begun == got == [0, 49]


def test_that_a_job_gives_way_to_what_comes_first(tasks):
    order: list[str] = []

    def job() -> None:
        tasks.give_way()
        order.append("job")

    with tasks.first():
        tasks.run("frame", job)
        order.append("here")
    tasks.settle()
    assert order == ["here", "job"]
    tasks.give_way()

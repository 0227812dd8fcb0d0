"""A monkey in front of the kiosk: touches, ten fingers, keys, wheels and drags, drawn by lot from a seed. It gets
nowhere: no dialog, no menu, no link, no warning of Qt; and after each visit everything is as at the start.

And a soak: weeks of visits on a clock that a test turns, without growth.
"""

import gc
import os
import random
import threading
import time

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QEventPoint, QKeyEvent, QTouchEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from qt.fingers import screen
from qt.standing import standing, tap
from timeline_app.qt.tasks import WORKERS
from timeline_app.viewmodel.kiosk import visit

EVENTS, MANY = 2_000, 20_000
VISITS, MANY_VISITS = 20, 200
DAY_MS = 86_400_000
TYPED = [getattr(Qt.Key, f"Key_{name}") for name in (
    "Tab", "Backtab", "Return", "Space", "Left", "Right", "Up", "Down", "Plus", "Minus", "Escape", "F1", "F4", "F5",
    "F11", "Menu", "Q", "W", "O", "P", "S", "M", "L", "K", "B", "0", "7", "Back", "HomePage", "Print", "Delete")]
HELD = [getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("No", "No", "Shift", "Control", "Alt", "Meta")]


class Visitor:
    """Draws what happens next by lot."""

    def __init__(self, window, clock, seed) -> None:
        self.window, self.clock, self.lot = window, clock, random.Random(seed)
        self.ways = {self.press: 20, self.finger: 10, self.hand: 6, self.key: 10, self.wheel: 3, self.drag: 6,
                     self.menu: 2, self.wait: 8, self.close: 1, self.hold: 1}

    def act(self) -> None:
        self.lot.choices(list(self.ways), list(self.ways.values()))[0]()

    def place(self):
        """A widget and a place in it; mostly a button."""
        buttons = self.window.view.buttons
        if buttons and self.lot.random() < 0.7:
            found = self.lot.choice(buttons)
            return found, found.rect().center()
        at = QPoint(self.lot.randrange(self.window.width()), self.lot.randrange(self.window.height()))
        found = self.window.childAt(at) or self.window.view
        return found, found.mapFrom(self.window, at)

    def press(self) -> None:
        widget, at = self.place()
        chosen = self.lot.choices([Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton,
                                   Qt.MouseButton.BackButton], [12, 1, 1, 1])[0]
        (QTest.mouseClick if self.lot.random() < 0.9 else QTest.mouseDClick)(widget, chosen, pos=at)

    def finger(self) -> None:
        widget, at = self.place()
        tap(self.window, widget.mapTo(self.window, at))

    def hand(self) -> None:
        """Several fingers come down, move and leave, as the window of the system gets them."""
        count, ground = self.lot.randrange(2, 11), self.window.rect()
        spots = [QPointF(self.lot.randrange(ground.width()), self.lot.randrange(ground.height())) for _ in range(count)]
        end = QEvent.Type.TouchEnd if self.lot.random() < 0.9 else QEvent.Type.TouchCancel
        for kind, state in ((QEvent.Type.TouchBegin, QEventPoint.State.Pressed),
                            (QEvent.Type.TouchUpdate, QEventPoint.State.Updated), (end, QEventPoint.State.Released)):
            moved = [spot + QPointF(self.lot.randrange(-40, 40), 0) for spot in spots]
            points = [QEventPoint(number, state, spot, spot) for number, spot in enumerate(moved)]
            target = self.window.windowHandle() if self.lot.random() < 0.7 else self.place()[0]
            QApplication.sendEvent(target, QTouchEvent(kind, screen(), Qt.KeyboardModifier.NoModifier, points))

    def key(self) -> None:
        key, held = self.lot.choice(TYPED), self.lot.choice(HELD)
        target = QApplication.focusWidget() or self.window
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, held))

    def wheel(self) -> None:
        widget, at = self.place()
        turned = QPoint(0, self.lot.choice([-120, 120, 40]))
        held = self.lot.choice(HELD)
        QApplication.sendEvent(widget, QWheelEvent(QPointF(at), QPointF(widget.mapToGlobal(at)), QPoint(), turned,
                                                   Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False))

    def drag(self) -> None:
        widget, at = self.place()
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=at)
        for _ in range(3):
            at += QPoint(self.lot.randrange(-90, 90), self.lot.randrange(-20, 20))
            QTest.mouseMove(widget, at)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=at)

    def menu(self) -> None:
        widget, at = self.place()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
        QApplication.sendEvent(widget, event)

    def wait(self) -> None:
        self.clock.ms += self.lot.choice([50, 900, 9_000, 61_000])
        self.window.tick()

    def hold(self) -> None:
        corner = QPoint(4, 4)
        QTest.mousePress(self.window.view, Qt.MouseButton.LeftButton, pos=corner)
        self.clock.ms += 5_100
        self.window.tick()
        QTest.mouseRelease(self.window.view, Qt.MouseButton.LeftButton, pos=corner)

    def close(self) -> None:
        self.window.close()


def start_over(window, clock) -> None:
    """Whatever was on: everybody leaves."""
    for _ in range(4):
        clock.ms += 700_000
        window.tick()
    window.settle()


@pytest.fixture
def nothing_opens(monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url))
    monkeypatch.setattr(QDialog, "exec", lambda self: opened.append(self))
    monkeypatch.setattr(QDialog, "open", lambda self: opened.append(self))
    monkeypatch.setattr(QMenu, "exec", lambda *_: opened.append("menu"))
    monkeypatch.setattr(QMenu, "popup", lambda *_: opened.append("menu"))
    return opened


def run_monkey(events, visits, seed, opened):
    with standing(still=False) as (window, clock):
        first = visit.essence(window.visit)
        monkey = Visitor(window, clock, seed)
        for number in range(events):
            monkey.act()
            if number % 50 == 0:
                QApplication.processEvents()
            assert window.isVisible() and not window.is_over
            assert window.visit.screen != visit.STAFF
            if number % (events // visits) == 0:
                start_over(window, clock)
                assert visit.essence(window.visit) == first
                if window.view.lanes is not None:
                    assert window.view.lanes.session.state.view == window.start.opening
        assert opened == []
        assert QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None


def test_that_a_monkey_gets_nowhere_and_leaves_nothing(nothing_opens):
    run_monkey(EVENTS, VISITS, 1, nothing_opens)


@pytest.mark.long
def test_that_a_monkey_of_twenty_thousand_gets_nowhere_and_leaves_nothing_two_hundred_times(nothing_opens):
    run_monkey(MANY, MANY_VISITS, 2, nothing_opens)


def counted(window):
    """(objects of Qt, open files, threads beside the workers) of now. A worker comes when it is first needed, and no
    more than there may be."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    workers = [one for one in threading.enumerate() if one.name.startswith("task")]
    assert len(workers) <= WORKERS
    others = threading.active_count() - len(workers)
    return len(window.findChildren(QObject)), len(os.listdir("/proc/self/fd")), others


def memory_mb() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def one_visit(window, clock, lot) -> None:
    """A visitor comes, looks at this and that, and leaves."""
    window.press("stay")
    for _ in range(lot.randrange(3, 9)):
        actions = [one.target.action for one in window.view.buttons if not one.target.action.startswith("staff")]
        window.press(lot.choice(actions))
        clock.ms += lot.randrange(500, 20_000)
        window.tick()
        window.settle()
    start_over(window, clock)


def been_everywhere(window, clock) -> None:
    """Each screen once, so that everything is there that is made when it is first needed, workers too."""
    for action in ("stay", "closer", "zoom_in", "back", "play", "back", "later", "know", "start_over"):
        window.press(action)
        window.settle()
    window.resize(1280, 720)
    window.press("stay")
    window.press("later")
    window.resize(1920, 1080)
    start_over(window, clock)


def test_that_the_attract_loop_runs_a_hundred_times_without_growth():
    with standing(still=False) as (window, clock):
        before = counted(window)
        for _ in range(100 * len(window.start.plan.attract)):
            for _ in range(2):
                clock.ms += 10_000
                window.tick()
        assert counted(window) == before
        assert window.visit.screen == visit.ATTRACT


def test_that_thirty_days_of_visits_leave_as_many_objects_files_and_threads_as_before():
    lot = random.Random(5)
    with standing() as (window, clock):
        been_everywhere(window, clock)
        for _ in range(4):
            one_visit(window, clock, lot)
        before, memory = counted(window), memory_mb()
        for _ in range(30):
            one_visit(window, clock, lot)
            clock.ms += DAY_MS
            window.tick()
        assert counted(window) == before
        assert memory_mb() - memory < 20


@pytest.mark.long
def test_that_ten_minutes_of_visits_and_attract_do_not_grow():
    lot, end = random.Random(6), time.monotonic() + 600
    with standing(still=False) as (window, clock):
        been_everywhere(window, clock)
        for _ in range(30):
            one_visit(window, clock, lot)
        before, memory = counted(window), memory_mb()
        while time.monotonic() < end:
            one_visit(window, clock, lot)
            for _ in range(50):
                clock.ms += 400
                window.tick()
                window.grab()
        assert counted(window) == before
        assert memory_mb() - memory < 20

"""A monkey at the window: thousands of events of mouse, wheel, trackpad, fingers, keys and sizes, drawn by lot from a
seed. Nothing is raised, Qt warns of nothing, the window stays, and with --long its event loop never stands still.

Dialogs of the system are answered by "cancel", and nobody quits: everything else may happen.
"""
from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from time import process_time

import pytest
from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from journeys.conftest import FULL, SMALL
from qt.fingers import Fingers, pinch, swipe
from qt.whole import wheel
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves

EVENTS, MANY = 2_000, 20_000
LONGEST_GAP_MS = 200
HELD = [getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("No", "No", "No", "Shift", "Control", "Alt")]
BUTTONS = [getattr(Qt.MouseButton, f"{name}Button") for name in ("Left", "Left", "Left", "Left", "Back", "Forward")]
TYPED = "abcdefghijklmnopqrstuvwxyz0123456789,./?+-=#"
WALKING = [getattr(Qt.Key, f"Key_{name}") for name in (
    "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "Return", "Escape", "Escape", "Tab", "Backtab",
    "Space", "Backspace", "Delete")]
SIZES = [(720, 480), (800, 600), (900, 620), SMALL, (1440, 900), FULL]
PHASES = [Qt.ScrollPhase.NoScrollPhase, Qt.ScrollPhase.ScrollBegin, Qt.ScrollPhase.ScrollUpdate,
          Qt.ScrollPhase.ScrollEnd, Qt.ScrollPhase.ScrollMomentum]


class Monkey:
    """Knows every way to touch a window, and draws the next by lot."""

    def __init__(self, window: Explore, seed: int) -> None:
        self.window, self.lot = window, random.Random(seed)
        self.fingers = Fingers(window)
        self.done: deque[str] = deque(maxlen=30)
        commands = [key for keys in window.actions.keys.values() for key in keys]
        self.sequences = [QKeySequence(key, QKeySequence.SequenceFormat.PortableText)[0] for key in commands]
        self.ways: dict[Callable[[], str], int] = {
            self.press: 12, self.move: 18, self.release: 12, self.double: 3, self.menu: 1, self.turn: 14,
            self.swipe: 6, self.pinch: 4, self.touch: 16, self.key: 10, self.command: 12, self.type: 4, self.resize: 1,
            self.rest: 2}

    def act(self) -> None:
        """Do one thing; a menu that is open is answered first, because nothing else is heard meanwhile."""
        menu = QApplication.activePopupWidget()
        if menu is not None:
            self.done.append(f"choose {self.choose(menu)}")
            return
        way = self.lot.choices(list(self.ways), list(self.ways.values()))[0]
        self.done.append(f"{way.__name__} {way()}")

    def target(self) -> tuple[QWidget, QPoint]:
        """A widget and a place of it; mostly the timeline."""
        window, canvas = self.window, self.window.canvas.viewport()
        chosen = self.lot.choices([canvas, window.overview, window.headings, window], [6, 1, 1, 2])[0]
        place = QPoint(self.lot.randrange(max(1, chosen.width())), self.lot.randrange(max(1, chosen.height())))
        if chosen is window:
            found = window.childAt(place) or window
            return found, found.mapFrom(window, place)
        return chosen, place

    def press(self) -> str:
        (widget, at), button, held = self.target(), self.lot.choice(BUTTONS), self.lot.choice(HELD)
        QTest.mousePress(widget, button, held, at)
        return f"{type(widget).__name__} {at.toTuple()} {button} {held}"

    def move(self) -> str:
        widget, at = self.target()
        QTest.mouseMove(widget, at)
        return f"{type(widget).__name__} {at.toTuple()}"

    def release(self) -> str:
        (widget, at), button = self.target(), self.lot.choice(BUTTONS)
        QTest.mouseRelease(widget, button, self.lot.choice(HELD), at)
        return f"{type(widget).__name__} {at.toTuple()} {button}"

    def double(self) -> str:
        widget, at = self.target()
        QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, self.lot.choice(HELD), at)
        return f"{type(widget).__name__} {at.toTuple()}"

    def menu(self) -> str:
        widget, at = self.target()
        QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at)))
        return f"{type(widget).__name__} {at.toTuple()}"

    def choose(self, menu: QWidget) -> str:
        """Something from a menu, or nothing."""
        offered = [action for action in menu.actions() if action.isEnabled()]
        chosen = self.lot.choice(offered) if offered and self.lot.random() < 0.7 else None
        menu.close()
        if chosen is not None:
            chosen.trigger()
        return chosen.text() if chosen is not None else ""

    def turn(self) -> str:
        (widget, at), by, held = self.target(), self.lot.choice([-960, -120, -15, 15, 120, 960]), self.lot.choice(HELD)
        wheel(widget, at, by, held)
        return f"{type(widget).__name__} {at.toTuple()} {by} {held}"

    def swipe(self) -> str:
        by, phase = QPoint(self.lot.randint(-90, 90), self.lot.randint(-90, 90)), self.lot.choice(PHASES)
        swipe(self.window.canvas.viewport(), by, phase, self.lot.choice(HELD))
        return f"{by.toTuple()} {phase}"

    def pinch(self) -> str:
        kinds = Qt.NativeGestureType
        kind = self.lot.choice([kinds.ZoomNativeGesture] * 4 + [kinds.SmartZoomNativeGesture, kinds.EndNativeGesture,
                                                                kinds.BeginNativeGesture, kinds.RotateNativeGesture])
        by = self.lot.uniform(-1.5, 1.5)
        pinch(self.window.canvas.viewport(), self._on_canvas(), by, kind)
        return f"{by} {kind}"

    def touch(self) -> str:
        """Put down, move or lift up to three fingers."""
        places = {name: None if self.lot.random() < 0.25 else self._on_canvas()
                  for name in self.lot.sample("abc", self.lot.randint(1, 3))}
        wanted = {name: place for name, place in places.items() if place or "abc".index(name) in self.fingers.down}
        if wanted:
            self.fingers.touch(**wanted)
        if self.window.gestures.touch.hold.isActive() and self.lot.random() < 0.2:
            self.window.gestures.touch.hold.timeout.emit()
        return str({name: place and place.toTuple() for name, place in wanted.items()})

    def _on_canvas(self) -> QPoint:
        canvas = self.window.canvas.viewport()
        return QPoint(self.lot.randrange(max(1, canvas.width())), self.lot.randrange(max(1, canvas.height())))

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window.canvas

    def key(self) -> str:
        key, held = self.lot.choice(WALKING), self.lot.choice(HELD)
        QTest.keyClick(self._focus(), key, held)
        return f"{key} {held}"

    def command(self) -> str:
        """A key of the command table; half of the time on the timeline, where all of them are heard."""
        if self.lot.random() < 0.5:
            self.window.canvas.setFocus()
        chosen = self.lot.choice(self.sequences)
        QTest.keyClick(self._focus(), chosen.key(), chosen.keyboardModifiers())
        return f"{chosen.key()} {chosen.keyboardModifiers()}"

    def type(self) -> str:
        """Something for the search or whatever field has the focus."""
        if self.lot.random() < 0.3:
            self.window.search.begin()
        letter = self.lot.choice(TYPED)
        QTest.keyClicks(self._focus(), letter)
        return letter

    def resize(self) -> str:
        size = self.lot.choices(SIZES, [2, 4, 4, 4, 1, 1])[0]
        self.window.resize(*size)
        return str(size)

    def rest(self) -> str:
        """Wait until everything has come."""
        self.window.tasks.settle()
        return ""


class Heartbeat:
    """Notices how long the event loop stood still at the longest. Time that the machine gave to other processes is left
    out: what counts is at most one and a half times what this one has worked.
    """

    def __init__(self, parent: QWidget) -> None:
        self.longest_ms = 0
        self._since = QElapsedTimer()
        self._worked = process_time()
        self.timer = QTimer(parent, interval=0)
        self.timer.timeout.connect(self._beat)
        self._since.start()
        self.timer.start()

    def _beat(self) -> None:
        worked, self._worked = process_time() - self._worked, process_time()
        self.longest_ms = max(self.longest_ms, min(self._since.restart(), round(1_500 * worked)))


@pytest.fixture
def window(opened, monkeypatch) -> Explore:
    """The window with motion, whose dialogs are cancelled and which nobody quits."""
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    made = opened()
    made.actions.handlers["quit"] = lambda: None
    made.session.become(moves.set_up(made.session.state, still=False))
    made.activateWindow()
    return made


def driven(window: Explore, seed: int, events: int, qtbot) -> tuple[int, str]:
    """Let a monkey do so many things; the longest time in ms that the event loop stood still, and at what."""
    monkey, heart, longest = Monkey(window, seed), Heartbeat(window), (0, "")
    for number in range(events):
        with qtbot.capture_exceptions() as raised:
            monkey.act()
            QApplication.processEvents()
        assert not raised, f"event {number} of seed {seed}: {raised}, after {list(monkey.done)}"
        assert QApplication.activeModalWidget() is None and window.isVisible(), list(monkey.done)
        longest = max(longest, (heart.longest_ms, monkey.done[-1]), key=lambda one: one[0])
    heart.timer.stop()
    return longest


def is_well(window: Explore) -> None:
    """Close what is open and ask whether the window still shows what its state says."""
    while QApplication.activePopupWidget() is not None:
        QApplication.activePopupWidget().close()
    for _ in range(6):
        window.actions.run("step_back")
    window.gestures.stop()
    window.tasks.settle()
    state, limits = window.session.state, window.session.limits
    assert window.canvas.frame.scale.window == window.canvas.scale.window == state.view.window
    assert limits.start_us <= state.view.window.start_us < state.view.window.end_us <= limits.end_us
    window.grab()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagateSizeHints)")
def test_that_no_event_of_a_monkey_raises_or_warns(window, qtbot):
    driven(window, 4, EVENTS, qtbot)
    is_well(window)


@pytest.mark.long
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagateSizeHints)")
@pytest.mark.parametrize("seed", range(10))
def test_that_the_window_stands_still_for_nobody(window, qtbot, seed):
    longest_ms, at = driven(window, seed, MANY // 10, qtbot)
    is_well(window)
    assert longest_ms <= LONGEST_GAP_MS, at

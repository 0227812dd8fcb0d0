"""A monkey at the keys, the mouse and the plugs of a talk: nothing breaks, step and time are kept."""
from __future__ import annotations

from random import Random

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeys.talks import LONG, begun
from timeline_app.shells.present import Present

KEYS = [getattr(Qt.Key, f"Key_{name}") for name in (
    "PageDown PageUp Period Comma F E O G L X D K Plus Minus Home End P Space Backspace Tab Backtab Return F5 Left "
    "Right Up Down Slash Question B W N Z 7 VolumeUp Delete").split()]
BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)


def key(window: Present, dice: Random) -> None:
    at = QApplication.focusWidget() or dice.choice((window, window.audience))
    patient = window.talk.armed_at is None or window._clock() - window.talk.armed_at > 2_000
    is_esc = dice.random() < 0.06 and patient
    QTest.keyClick(at, Qt.Key.Key_Escape if is_esc else dice.choice(KEYS))


def click(window: Present, dice: Random) -> None:
    view = window.view
    part = dice.choice((view.near, view.strip, view.notes, view.keys.pills["next_step"], window.audience.stage, window))
    at = QPointF(dice.random() * part.width(), dice.random() * part.height()).toPoint()
    QTest.mouseClick(part, dice.choice(BUTTONS), pos=at)


def plug(window: Present, dice: Random) -> None:
    """A screen comes or goes, and neither step nor time change."""
    before = window.talk
    one = QGuiApplication.primaryScreen()
    screens = [one] * dice.randint(1, 2)
    window.screens.screens = lambda: screens
    dice.choice((QGuiApplication.instance().screenAdded, QGuiApplication.instance().screenRemoved)).emit(one)
    assert (window.talk.at, window.talk.elapsed_ms) == (before.at, before.elapsed_ms)
    assert window.audience.isVisible()


def resize(window: Present, dice: Random) -> None:
    dice.choice((window, window.audience)).resize(dice.randint(640, 1600), dice.randint(400, 1000))


def let_loose(turns: int, seed: int) -> None:
    window, dice = begun(mouse_steps=True, is_windowed=False), Random(seed)
    try:
        for _ in range(turns):
            window._clock.now += dice.randint(0, 4_000)
            elapsed = window.talk.elapsed_ms
            dice.choices((key, click, plug, resize), (75, 17, 5, 3))[0](window, dice)
            assert 0 <= window.talk.at < len(LONG.steps) and not window.talk.is_over
            assert window.talk.elapsed_ms >= elapsed
        window.tasks.settle()
        assert window.talk.shown == window.talk.at or window.talk.is_frozen
    finally:
        window.close()
        window.deleteLater()


def test_that_a_monkey_at_the_keys_harms_nothing(qtbot):
    let_loose(2_000, 1)


@pytest.mark.long
def test_that_a_monkey_at_the_keys_for_long_harms_nothing(qtbot):
    let_loose(20_000, 2)

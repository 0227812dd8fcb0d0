"""A window that is driven by keys alone, shared by the tests of a file and put back to its opening view for each."""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from timeline_app.qt import popup
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import walk
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import Setting, View

PLAIN, CTRL, SHIFT, ALT = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier,
                           Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)
Press = Callable[..., None]


def put_back(window: Explore) -> Explore:
    """The window at its opening view, with the keyboard on the timeline and no view behind it."""
    popup.close_all(window)
    fresh = Session(window.session.dataset, walk.opening(window.session.dataset, Setting(still=True)))
    window.session.become(fresh.state)
    window.session._views, window.session._at = [fresh.state.view], 0
    window.search.field.clear()
    window.activateWindow()
    window.canvas.setFocus()
    window.tasks.settle()
    return window


def presser(window: Explore) -> Press:
    """Presses a key where the keyboard is, so many times."""
    def press(key: Qt.Key, held: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget() or window, key, held)

    return press


def type_into(widget: QWidget, text: str) -> None:
    """Type a text into a field."""
    QTest.keyClicks(widget, text)


def view(window: Explore) -> View:
    """What is looked at."""
    return window.session.state.view

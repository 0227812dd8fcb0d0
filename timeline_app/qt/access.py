"""What keyboard and screen reader need of every window: an order, names, and sentences said aloud.

Names themselves are put by `safe_text.name`; the walk here finds what was forgotten.
"""
from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from timeline_app.qt import safe_text

LEAST_BETWEEN_MS = 500


def tab_order(*widgets: QWidget) -> None:
    """Let Tab go through the widgets in this order."""
    for one, following in zip(widgets, widgets[1:], strict=False):
        QWidget.setTabOrder(one, following)


def focusable(root: QWidget) -> list[QWidget]:
    """Every visible widget below the root, and the root, that can have the keyboard itself: the drawing area of a
    scrolling widget hands it on, and a label without words is nowhere."""
    found = [one for one in (root, *root.findChildren(QWidget)) if one.isVisible() and not _is_viewport(one)]
    found = [one for one in found if not isinstance(one, QLabel) or one.text()]
    return [one for one in found if one.focusPolicy() != Qt.FocusPolicy.NoFocus]


def _is_viewport(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget


def unnamed(root: QWidget) -> list[str]:
    """The classes of focusable widgets without a name of their own: nothing, or the name of their class."""
    classes = [(type(one).__name__, one) for one in focusable(root)]
    return sorted(kind for kind, one in classes if spoken_name(one).strip() in ("", kind))


def spoken_name(widget: QWidget) -> str:
    """What a screen reader calls a widget: its name, or of a label its words."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QLabel) else "")


class Announcer(QObject):
    """Says one sentence at a time to a screen reader, at most one each half second; the last one wins."""

    def __init__(self, speaker: QWidget) -> None:
        super().__init__(speaker)
        self._speaker = speaker
        self._next = ""
        self._since = QElapsedTimer()
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._say)

    def say(self, sentence: str) -> None:
        """Say it now, or as soon as half a second has passed."""
        self._next = safe_text.one_line(sentence, safe_text.LINE_LIMIT)
        passed = self._since.elapsed() if self._since.isValid() else LEAST_BETWEEN_MS
        if passed >= LEAST_BETWEEN_MS:
            self._say()
        else:
            self._later.start(LEAST_BETWEEN_MS - passed)

    def _say(self) -> None:
        self._since.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._speaker, self._next))

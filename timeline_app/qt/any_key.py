"""While something waits for any key, the next one does that and nothing else, whoever has the focus.
"""
from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

ALONE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class AnyKey(QObject):
    """Takes the keys of some windows while it watches. `pressed` sends the Qt key; modifiers alone and keys that are
    held down are taken and not told."""

    pressed = Signal(int)

    def __init__(self, *windows: QWidget) -> None:
        super().__init__(windows[0])
        self._windows = windows
        self._watches = False

    def watch(self, watches: bool) -> None:
        """Wait for a key, or no more."""
        if watches == self._watches:
            return
        self._watches = watches
        app = QApplication.instance()
        if watches:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key before commands and widgets see it."""
        kind = event.type()
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not self._is_ours(watched):
            return False
        event.accept()
        is_key = kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_key and not event.isAutoRepeat() and event.key() not in ALONE:
            self.pressed.emit(event.key())
        return True

    def _is_ours(self, watched: QObject) -> bool:
        if isinstance(watched, QWidget):
            return watched.window() in self._windows
        return any(watched is window.windowHandle() for window in self._windows)

"""Which window of a talk stands on which screen: the audience's on the other one, if there is another. Screens come and
go during a talk; who asks is told by `changed`.
"""
from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


class Screens(QObject):
    """Places two windows. `is_windowed` leaves them to the desktop."""

    changed = Signal()

    def __init__(self, presenter: QWidget, audience: QWidget, is_windowed: bool = False) -> None:
        super().__init__(presenter)
        self._presenter, self._audience, self._is_windowed = presenter, audience, is_windowed
        self._is_swapped = self._is_on = False
        app = QGuiApplication.instance()
        for signal in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            signal.connect(self._moved)

    @property
    def is_single(self) -> bool:
        """Whether there is only one screen."""
        return len(self.screens()) < 2

    def screens(self) -> list[QScreen]:
        """The screens of now."""
        return QGuiApplication.screens()

    def show(self) -> None:
        """Both windows, each on its screen, from now on until `end`."""
        self._is_on = True
        if self._is_windowed:
            self._presenter.show()
            self._audience.show()
            return
        screens = self._in_order(self.screens())
        own, other = screens[0], screens[-1]
        if self.is_single:
            front, back = (self._presenter, self._audience) if self._is_swapped else (self._audience, self._presenter)
            self._put(back, own)
            front.hide()  # what is shown last lies on top
            self._put(front, own)
            front.activateWindow()
            return
        self._put(self._audience, other)
        self._put(self._presenter, own)
        self._presenter.activateWindow()

    def end(self) -> None:
        """The audience's window goes, and no screen that comes brings it back."""
        self._is_on = False
        self._audience.hide()

    def swap(self) -> None:
        """Each window where the other one was."""
        if not self._is_on:
            return
        self._is_swapped = not self._is_swapped
        self.show()

    def _in_order(self, screens: list[QScreen]) -> list[QScreen]:
        """The presenter's screen first: the primary one, unless they are swapped."""
        primary = QGuiApplication.primaryScreen()
        found = sorted(screens, key=lambda one: one is not primary)
        return found[::-1] if self._is_swapped and len(found) > 1 else found

    def _put(self, window: QWidget, screen: QScreen) -> None:
        window.setScreen(screen)
        window.setGeometry(screen.geometry())
        window.showFullScreen()

    def _moved(self, _: object = None) -> None:
        if self._is_on:
            self.show()
            self.changed.emit()

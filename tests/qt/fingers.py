"""Fingers for tests: touch events and trackpads, as a screen and a trackpad send them.

Events are sent by hand, because a sequence of QTest.touchEvent forgets its points in Python.
"""
from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QInputDevice,
    QNativeGestureEvent,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from timeline_app.shells.explore import Explore

_KINDS, _STATES = QInputDevice.DeviceType, QEventPoint.State
_devices: dict[str, QPointingDevice] = {}


def screen() -> QPointingDevice:
    """A touch screen; one for all tests, because Qt keeps what it has seen of it."""
    if "screen" not in _devices:
        _devices["screen"] = QTest.createTouchDevice()
    return _devices["screen"]


def pad() -> QPointingDevice:
    """A trackpad."""
    if "pad" not in _devices:
        _devices["pad"] = QPointingDevice(
            "pad", 71, _KINDS.TouchPad, QPointingDevice.PointerType.Finger, QInputDevice.Capability.Scroll, 2, 1, "",
            QPointingDeviceUniqueId())
    return _devices["pad"]


class Fingers:
    """Fingers on the canvas of a window, with a clock that only the test turns."""

    def __init__(self, window: Explore) -> None:
        self.window, self.now = window, 0
        self.ground = window.canvas.viewport()
        self.down: dict[int, QPoint] = {}
        window.gestures.touch.clock = lambda: self.now

    def touch(self, **places: QPoint | None) -> None:
        """Put fingers (a, b, c) at places, move those that are down, lift those at None; the others stay."""
        self.now += 16
        wanted, before = {"abc".index(name): place for name, place in places.items()}, dict(self.down)
        self.down = {finger: place for finger, place in (before | wanted).items() if place is not None}
        points = [self._point(finger, before) for finger in before | wanted]
        kind = QEvent.Type.TouchUpdate if before and self.down else (
            QEvent.Type.TouchBegin if self.down else QEvent.Type.TouchEnd)
        QApplication.sendEvent(self.ground, QTouchEvent(kind, screen(), Qt.KeyboardModifier.NoModifier, points))

    def _point(self, finger: int, before: dict[int, QPoint]) -> QEventPoint:
        at = self.down.get(finger, before.get(finger))
        known = finger in before, finger in self.down
        state = {(True, True): _STATES.Updated, (False, True): _STATES.Pressed}.get(known, _STATES.Released)
        return QEventPoint(finger, state, QPointF(self.ground.mapTo(self.ground.window(), at)),
                           QPointF(self.ground.mapToGlobal(at)))

    def tap(self, place: QPoint) -> None:
        """Put a finger down and lift it."""
        self.touch(a=place)
        self.touch(a=None)

    def stroke(self, *places: QPoint, lift: bool = True) -> None:
        """Draw one finger from place to place."""
        for place in places:
            self.touch(a=place)
        if lift:
            self.touch(a=None)


def swipe(widget: QWidget, by: QPoint, phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase,
          held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Two fingers on a trackpad, so many px on."""
    at = QPointF(400, 200)
    QApplication.sendEvent(widget, QWheelEvent(
        at, QPointF(widget.mapToGlobal(at.toPoint())), by, by * 2, Qt.MouseButton.NoButton, held, phase, False,
        Qt.MouseEventSource.MouseEventNotSynthesized, pad()))


def pinch(widget: QWidget, at: QPoint, value: float,
          kind: Qt.NativeGestureType = Qt.NativeGestureType.ZoomNativeGesture) -> None:
    """A gesture that the system has recognised on a trackpad; `value` is by how much it zooms."""
    place = QPointF(at)
    QApplication.sendEvent(widget, QNativeGestureEvent(
        kind, pad(), 2, place, place, QPointF(widget.mapToGlobal(at)), value, QPointF()))

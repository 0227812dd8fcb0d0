"""What a wheel and a trackpad mean on the timeline. A wheel zooms at the pointer, with Shift it pans, with Alt it makes
a lane taller; two fingers on a trackpad pan, and pinched zoom.
"""
from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QWheelEvent

from timeline_app.qt.canvas import Canvas
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.commands import NOTCH
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState
from timeline_app.viewmodel.window import Window

MOST_NOTCHES = 3.0
PAN = 0.1  # of the window, for one notch
PX_A_NOTCH = 60.0  # what a trackpad that counts in notches means by one
APART_MS = 150  # longer between two swipes, and the next may go the other way
MOST_PINCH = 2.0  # at once
CTRL, SHIFT, ALT = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
                    Qt.KeyboardModifier.AltModifier)


class AxisLock:
    """Keeps a swipe on the axis that it began on, until the fingers lift or pause."""

    def __init__(self) -> None:
        self._along_time: bool | None = None
        self._since = QElapsedTimer()

    def kept(self, by: QPointF, phase: Qt.ScrollPhase) -> QPointF:
        """The part of a swipe that counts."""
        paused = phase == Qt.ScrollPhase.NoScrollPhase and (
            not self._since.isValid() or self._since.hasExpired(APART_MS))
        self._since.start()
        if paused or phase == Qt.ScrollPhase.ScrollBegin:
            self._along_time = None
        if self._along_time is None and not by.isNull():
            self._along_time = abs(by.x()) >= abs(by.y())
        return QPointF(by.x(), 0.0) if self._along_time else QPointF(0.0, by.y())


class Wheel:
    """Turns of the wheel, swipes and pinches over a canvas become moves of its session; `pans` is the setting for
    people from tools whose wheel pans."""

    def __init__(self, canvas: Canvas, session: Session) -> None:
        self._canvas, self._session = canvas, session
        self._lock = AxisLock()
        self._held: tuple[float, int, Window] | None = None
        self.pans = False

    def turn(self, event: QWheelEvent, lane: str) -> None:
        """A turn of the wheel, or two fingers that swipe, over a lane ("" for none)."""
        held, state = event.modifiers(), self._session.state
        angle = event.angleDelta()
        notches = max(-MOST_NOTCHES, min(MOST_NOTCHES, (angle.y() or angle.x()) / 120))
        on_pad = event.device().type() == QInputDevice.DeviceType.TouchPad
        if held & ALT:
            self._become(moves.make_taller(state, lane, 1 if notches > 0 else -1) if lane and notches else state)
        elif held & CTRL:
            self._zoom(NOTCH ** notches, event.position())
        elif on_pad:
            self._swipe(event, bool(held & SHIFT))
        elif held & SHIFT or self.pans or (angle.x() and not angle.y()):
            self._become(moves.pan(state, -PAN * notches, self._session.limits))
        else:
            self._zoom(NOTCH ** notches, event.position())

    def pinch(self, event: QNativeGestureEvent) -> None:
        """Two fingers on a trackpad that spread or close."""
        self._zoom(max(1 / MOST_PINCH, min(MOST_PINCH, 1.0 + event.value())), event.position())

    def _swipe(self, event: QWheelEvent, only_time: bool) -> None:
        """Along time or along the lanes, as it began; with Shift always along time."""
        px, angle = event.pixelDelta(), event.angleDelta()
        by = QPointF(px) if not px.isNull() else QPointF(angle) * (PX_A_NOTCH / 120)
        if only_time:
            by = QPointF(by.x() or by.y(), 0.0)
        by = self._lock.kept(by, event.phase())
        us = round(-by.x() * self._canvas.scale.us_per_px)
        state = moves.pan_by(self._session.state, us, self._session.limits)
        self._become(moves.scroll(state, round(self._canvas.scroll - by.y())) if by.y() else state)

    def _zoom(self, factor: float, at: QPointF) -> None:
        """Zoom with what is under the pointer kept: as long as the pointer rests and nothing else moves the window, it
        is asked for once, because asking at each notch would let it creep."""
        x, window = at.x(), self._session.state.view.window
        anchor = self._held[1] if self._held is not None and self._held[::2] == (x, window) else (
            self._canvas.scale.at_us(x))
        self._become(moves.zoom(self._session.state, factor, anchor, self._session.limits))
        self._held = x, anchor, self._session.state.view.window

    def _become(self, state: ViewState) -> None:
        self._session.become(state, discrete=False)

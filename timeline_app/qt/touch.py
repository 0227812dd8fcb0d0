"""What fingers mean on the timeline: one pans and flicks, two pinch, a tap selects, a double tap fits or zooms in, a
finger held still marks a span. Nothing jumps when a finger comes or goes, because the others take hold anew.

Touch is handled here and nowhere else: the mouse events that a system makes of it are left out by `gestures`.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer
from PySide6.QtGui import QEventPoint, QTouchEvent

from timeline_app.qt.canvas import Canvas
from timeline_app.qt.coast import FINGER, STEP_MS, Coast
from timeline_app.qt.traveller import running_clock
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.window import Window

HOLD_MS, TWICE_MS = 400, 400
DEAD_ZONE, TWICE_PX = 10.0, 40.0
LEAST_SPREAD = 20.0  # px from their centre: closer fingers do not zoom
MEMORY_MS, STILL_MS = 100, 60  # how long a flick is measured, and after what pause it is none


class Hand(Protocol):
    """What a touch shares with the mouse."""

    def stop(self) -> None:
        """End what is under way."""

    def click(self, position: QPointF) -> None:
        """Select what is there."""

    def double_click(self, position: QPointF) -> None:
        """Fit what is there, or zoom in."""

    def mark(self, anchor_us: int, position: QPointF) -> None:
        """Mark the span from an instant to a place."""


@dataclass(frozen=True, slots=True)
class _Grip:
    """What the fingers hold: the instant and the scroll under their centre, their spread, how much time a px had."""

    centre: QPointF
    spread: float
    anchor_us: int
    scroll: float
    us_per_px: float


class Touch(QObject):
    """Fingers on a canvas; `clock` gives milliseconds. `is_down` while a finger is."""

    def __init__(self, canvas: Canvas, session: Session, hand: Hand, coast: Coast,
                 clock: Callable[[], int] | None = None) -> None:
        super().__init__(canvas)
        self._canvas, self._session, self._hand, self._coast = canvas, session, hand, coast
        self.clock = clock or running_clock()
        self._fingers: dict[int, QPointF] = {}
        self._what = ""
        self._grip: _Grip | None = None
        self._trace: list[tuple[int, QPointF]] = []
        self._tapped: tuple[int, QPointF] | None = None
        self.hold = QTimer(self, singleShot=True, interval=HOLD_MS)
        self.hold.timeout.connect(self._held)

    @property
    def is_down(self) -> bool:
        """Whether a finger is on the canvas."""
        return bool(self._fingers)

    def take(self, event: QTouchEvent) -> bool:
        """Take a touch event; every one is ours."""
        event.accept()
        if event.type() == QEvent.Type.TouchCancel:
            self._end()
            return True
        ground = self._canvas.viewport()
        fingers = {point.id(): ground.mapFromGlobal(point.globalPosition()) for point in event.points()
                   if point.state() != QEventPoint.State.Released}
        before, self._fingers = self._fingers, fingers
        if fingers.keys() == before.keys():
            if fingers:
                self._moved()
        elif not fingers:
            self._lifted()
        else:
            self._changed(is_first=not before)
        return True

    def _changed(self, is_first: bool) -> None:
        """A finger has come or gone: what is left takes hold anew, and nothing moves."""
        if is_first:
            self._hand.stop()
        if is_first and len(self._fingers) == 1:
            self._what = "press"
            self.hold.start()
        elif self._what != "mark" or len(self._fingers) > 1:
            self.hold.stop()
            self._what = "pan"
            self._tapped = None
        self._take_hold()

    def _take_hold(self) -> None:
        centre, spread = self._measure()
        scale = self._canvas.scale
        self._grip = _Grip(centre, spread, scale.at_us(centre.x()), self._canvas.scroll, scale.us_per_px)
        self._trace = [(self.clock(), centre)]

    def _measure(self) -> tuple[QPointF, float]:
        """The centre of the fingers and how far they are from it."""
        places = list(self._fingers.values())
        centre = sum(places, QPointF()) / len(places)
        away = [(one - centre) for one in places]
        return centre, sum((one.x() ** 2 + one.y() ** 2) ** 0.5 for one in away) / len(places)

    def _moved(self) -> None:
        centre, spread = self._measure()
        grip = self._grip
        if self._what == "press":
            if (centre - grip.centre).manhattanLength() < DEAD_ZONE:
                return
            self.hold.stop()
            on_ruler = self._canvas.place_of(grip.centre)[1] < 0
            self._what = "mark" if on_ruler else "pan"
            if not on_ruler:
                self._take_hold()
        if self._what == "mark":
            self._canvas.show_cursor(centre.x())
            self._hand.mark(grip.anchor_us, centre)
        elif self._what == "pan":
            self._trace = [one for one in self._trace if self.clock() - one[0] <= MEMORY_MS]
            self._trace.append((self.clock(), centre))
            self._pan(centre, spread)

    def _pan(self, centre: QPointF, spread: float) -> None:
        """The instant that the fingers took hold of stays under their centre, as much of it as they spread over."""
        grip, width = self._grip, self._canvas.lane_width
        zooms = len(self._fingers) > 1 and min(grip.spread, spread) >= LEAST_SPREAD
        us_per_px = grip.us_per_px * (grip.spread / spread if zooms else 1.0)
        start = grip.anchor_us - round(centre.x() * us_per_px)
        window = Window(start, start + max(1, round(us_per_px * width)))
        state = moves.show(self._session.state, window, self._session.limits)
        self._session.become(moves.scroll(state, round(grip.scroll + grip.centre.y() - centre.y())), discrete=False)

    def _held(self) -> None:
        """A finger that was held still marks from where it is."""
        if self._what == "press":
            self._what = "mark"
            self._tapped = None
            self._canvas.show_cursor(self._grip.centre.x())

    def _lifted(self) -> None:
        what, place = self._what, self._grip.centre
        if what == "press":
            self._tap(place)
        elif what == "pan":
            self._flick()
        self._end()

    def _tap(self, place: QPointF) -> None:
        now, before = self.clock(), self._tapped
        if before is not None and now - before[0] <= TWICE_MS and (place - before[1]).manhattanLength() <= TWICE_PX:
            self._tapped = None
            self._hand.double_click(place)
        else:
            self._tapped = now, place
            self._hand.click(place)

    def _flick(self) -> None:
        (began, first), (ended, last) = self._trace[0], self._trace[-1]
        if ended > began and self.clock() - ended < STILL_MS:
            self._coast.begin((last - first) * (STEP_MS / (ended - began)), FINGER)

    def _end(self) -> None:
        self.hold.stop()
        self._fingers, self._what, self._grip = {}, "", None
        self._canvas.show_cursor(None)
        self._session.rest()

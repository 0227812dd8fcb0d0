"""What the mouse and the wheel mean on the timeline: every gesture becomes a move of the session. No drawing.

wheel zooms at the pointer, Shift pans, Alt makes a lane taller; a drag pans and runs out; a drag on the ruler or with
Shift marks a span; a click selects, a double click fits or zooms in (design: one grammar for all modes).
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QInputDevice, QMouseEvent, QWheelEvent

from timeline_app.domain.time import Span
from timeline_app.qt.canvas import Canvas
from timeline_app.viewmodel import moves, tweet_pick, walk
from timeline_app.viewmodel.picture import Item
from timeline_app.viewmodel.session import Session

MARKS = ("event", "tweet")  # what can be selected
DEAD_ZONE = 4.0
NOTCH = 1.2
MOST_NOTCHES = 3.0
DRAG_TIME_MS = 16
FRICTION = 0.90
MOST_SPEED = 30.0


@dataclass(slots=True)
class _Drag:
    """A button that is down: where it began, what it does ("" until it left the dead zone)."""

    began: QPointF
    last: QPointF
    what: str
    anchor_us: int
    speed: float = 0.0
    moved: bool = False


class Gestures(QObject):
    """Watches a canvas. `menu(global position)` is called for a right click, `back` and `forward` for those buttons."""

    def __init__(self, canvas: Canvas, session: Session, asked: Callable[[str, object], None]) -> None:
        super().__init__(canvas)
        self._canvas, self._session, self._asked = canvas, session, asked
        self._drag: _Drag | None = None
        self._clock = QElapsedTimer()
        self._run_out = QTimer(self, interval=DRAG_TIME_MS)
        self._run_out.timeout.connect(self._coast)
        self._coasting = 0.0
        self.wheel_pans = False
        canvas.viewport().installEventFilter(self)
        canvas.viewport().setMouseTracking(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the events that mean something; the rest goes on."""
        handlers = {
            QEvent.Type.Wheel: self._wheel, QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseMove: self._move, QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseButtonDblClick: self._double, QEvent.Type.ContextMenu: self._menu,
            QEvent.Type.Leave: self._leave,
        }
        handler = handlers.get(event.type())
        return handler(event) if handler is not None else False

    def stop(self) -> None:
        """End what is under way: input interrupts a movement at once."""
        self._run_out.stop()
        self._coasting = 0.0

    def _wheel(self, event: QWheelEvent) -> bool:
        self.stop()
        angle, held = event.angleDelta(), event.modifiers()
        notches = max(-MOST_NOTCHES, min(MOST_NOTCHES, (angle.y() or angle.x()) / 120))
        on_pad = event.device().type() == QInputDevice.DeviceType.TouchPad and not event.pixelDelta().isNull()
        state = self._session.state
        if on_pad and not held & Qt.KeyboardModifier.ControlModifier:
            self._swipe(event)
        elif held & Qt.KeyboardModifier.AltModifier:
            lane = self._lane_at(event.position())
            self._become(moves.make_taller(state, lane, 1 if notches > 0 else -1) if lane else state)
        elif self._is_pan(held, bool(angle.x() and not angle.y())):
            self._become(moves.pan(state, -0.1 * notches, self._session.limits))
        else:
            anchor = self._canvas.scale.at_us(event.position().x())
            self._become(moves.zoom(state, NOTCH ** notches, anchor, self._session.limits))
        event.accept()
        return True

    def _is_pan(self, held: Qt.KeyboardModifier, is_sideways: bool) -> bool:
        """Whether a turn of the wheel moves along time: Shift always, Ctrl never, else as the user has chosen."""
        if held & Qt.KeyboardModifier.ControlModifier:
            return False
        return bool(held & Qt.KeyboardModifier.ShiftModifier) or is_sideways or self.wheel_pans

    def _swipe(self, event: QWheelEvent) -> None:
        """Two fingers on a trackpad: along time or along the lanes, whichever is stronger."""
        by = event.pixelDelta()
        state = self._session.state
        if abs(by.x()) >= abs(by.y()):
            us = round(-by.x() * self._canvas.scale.us_per_px)
            self._become(moves.pan_by(state, us, self._session.limits))
        else:
            self._become(moves.scroll(state, round(self._canvas.scroll - by.y())))

    def _press(self, event: QMouseEvent) -> bool:
        self.stop()
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            (self._session.back if event.button() == Qt.MouseButton.BackButton else self._session.forward)()
            return True
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        _, y = self._canvas.place_of(event.position())
        marks = y < 0 or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        anchor = self._canvas.scale.at_us(event.position().x())
        self._drag = _Drag(event.position(), event.position(), "mark" if marks else "pan", anchor)
        self._clock.start()
        return True

    def _move(self, event: QMouseEvent) -> bool:
        drag = self._drag
        self._canvas.show_cursor(event.position().x())
        if drag is None:
            self._point(event.position())
            return False
        if not drag.moved and (event.position() - drag.began).manhattanLength() < DEAD_ZONE:
            return True
        drag.moved = True
        scale = self._canvas.scale
        if drag.what == "mark":
            here = scale.at_us(event.position().x())
            low, high = sorted((drag.anchor_us, here))
            self._become(moves.mark(self._session.state, Span(low // 1000, max(high // 1000, low // 1000 + 1))))
        else:
            by = event.position().x() - drag.last.x()
            speed = by / max(1, self._clock.restart()) * DRAG_TIME_MS
            drag.speed = max(-MOST_SPEED, min(MOST_SPEED, speed))
            self._become(self._panned(drag, event.position()))
        drag.last = event.position()
        return True

    def _panned(self, drag: _Drag, position: QPointF):
        """The instant that was taken hold of stays under the pointer; the lanes follow up and down."""
        scale, state = self._canvas.scale, self._session.state
        us = drag.anchor_us - scale.at_us(position.x())
        down = round(self._canvas.scroll - (position.y() - drag.last.y()))
        return moves.scroll(moves.pan_by(state, us, self._session.limits), down)

    def _release(self, event: QMouseEvent) -> bool:
        drag, self._drag = self._drag, None
        if drag is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        if not drag.moved:
            self._click(event.position())
        elif drag.what == "pan" and self._clock.elapsed() < 60 and not self._session.state.setting.still:
            self._coasting = drag.speed
            self._run_out.start()
        self._session.rest()
        return True

    def _click(self, position: QPointF) -> None:
        found, lane = self._hit(position), self._lane_at(position)
        state = self._session.state
        event_id = self._event_of(found)
        if event_id:
            self._become(moves.select(state, event_id, lane), discrete=True)
        else:
            self._become(moves.look(state, lane=lane or state.view.lane))

    def _event_of(self, item: Item | None) -> str:
        """The event or tweet of an item; a printed figure leads to the event that its series is about."""
        if item is None or item.kind in MARKS:
            return item.id if item is not None else ""
        series = self._session.dataset.series_by_id.get(item.id.partition(":")[0])
        return series.event_id if series is not None else ""

    def _double(self, event: QMouseEvent) -> bool:
        found = self._hit(event.position())
        state = self._session.state
        span = self._span_of(found)
        if found is not None and span is not None:
            window = walk.fitted(span, self._session.limits)
            self._become(moves.look(moves.select(state, found.id), window=window), discrete=True)
        else:
            anchor = self._canvas.scale.at_us(event.position().x())
            self._become(moves.zoom(state, 2.0, anchor, self._session.limits), discrete=True)
        return True

    def _span_of(self, item: Item | None) -> Span | None:
        """The time of an event or a tweet; None for anything else."""
        if item is None or item.kind not in MARKS:
            return None
        event = self._session.dataset.event_by_id.get(item.id)
        return walk.bounded(event.when) if event is not None else tweet_pick.span(item.id, self._session.dataset)

    def _menu(self, event: QContextMenuEvent) -> bool:
        found = self._hit(QPointF(event.pos()))
        if found is not None and found.kind in MARKS:
            self._become(moves.select(self._session.state, found.id), discrete=True)
        self._asked("menu", event.globalPos())
        return True

    def _leave(self, _: QEvent) -> bool:
        self._canvas.show_cursor(None)
        return False

    def _point(self, position: QPointF) -> None:
        found = self._hit(position)
        on_event = found is not None and found.kind in MARKS
        shape = Qt.CursorShape.PointingHandCursor if on_event else Qt.CursorShape.ArrowCursor
        _, y = self._canvas.place_of(position)
        self._canvas.viewport().setCursor(Qt.CursorShape.IBeamCursor if y < 0 else shape)

    def _coast(self) -> None:
        """The pan runs out."""
        self._coasting *= FRICTION
        if abs(self._coasting) < 0.4:
            self.stop()
            self._session.rest()
            return
        us = round(-self._coasting * self._canvas.scale.us_per_px)
        self._become(moves.pan_by(self._session.state, us, self._session.limits))

    def _hit(self, position: QPointF):
        frame = self._canvas.frame
        x, y = self._canvas.place_of(position)
        found = frame.hit(self._canvas.scale, x, y) if frame is not None and y >= 0 else None
        return found[1] if found else None

    def _lane_at(self, position: QPointF) -> str:
        frame = self._canvas.frame
        _, y = self._canvas.place_of(position)
        lane = frame.lane_at(y) if frame is not None and y >= 0 else None
        return lane.spec.id if lane else ""

    def _become(self, state, discrete: bool = False) -> None:
        self._session.become(state, discrete)

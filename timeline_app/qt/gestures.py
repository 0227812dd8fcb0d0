"""What the mouse means on the timeline: every gesture becomes a move of the session. The wheel and the trackpad are in
`wheel`, fingers in `touch`, the pan that runs out in `coast`. No drawing.

A drag pans and runs out; a drag on the ruler or with Shift marks a span; a click selects, a double click fits or zooms
in (one grammar for all modes). Any input ends a movement at once and means what it means from where one is.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QInputDevice, QMouseEvent, QNativeGestureEvent, QWheelEvent

from timeline_app.domain.time import Span
from timeline_app.qt.canvas import Canvas
from timeline_app.qt.coast import MOUSE, STEP_MS, Coast
from timeline_app.qt.touch import Touch
from timeline_app.qt.wheel import Wheel
from timeline_app.viewmodel import cluster_doc, moves, tweet_pick, walk
from timeline_app.viewmodel.frame import PlacedLane
from timeline_app.viewmodel.in_view import CLUSTER
from timeline_app.viewmodel.picture import Item, LaneRequest
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState

MARKS = ("event", "tweet", "note")  # what can be selected
DEAD_ZONE = 4.0
STILL_MS = 60  # a mouse that rested so long before it was let go has not thrown anything
TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)


@dataclass(slots=True)
class _Drag:
    """A button that is down: where it began, and whether it marks or pans."""

    began: QPointF
    last: QPointF
    marks: bool
    anchor_us: int
    speed: float = 0.0
    moved: bool = False


class Gestures(QObject):
    """Watches a canvas. `asked("menu", global position)` is called for a right click."""

    def __init__(self, canvas: Canvas, session: Session, asked: Callable[[str, object], None]) -> None:
        super().__init__(canvas)
        self._canvas, self._session, self._asked = canvas, session, asked
        self._drag: _Drag | None = None
        self._clock = QElapsedTimer()
        self.coast = Coast(canvas, session)
        self.wheel = Wheel(canvas, session)
        self.touch = Touch(canvas, session, self, self.coast)
        canvas.viewport().installEventFilter(self)
        canvas.viewport().setMouseTracking(True)
        canvas.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        canvas.viewport().ungrabGesture(Qt.GestureType.PanGesture)  # Qt's own, which knows nothing of time

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the events that mean something; the rest goes on."""
        if event.type() in TOUCHES:
            return self.touch.take(event)
        handlers = {
            QEvent.Type.Wheel: self._wheel, QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseMove: self._move, QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseButtonDblClick: self._double, QEvent.Type.ContextMenu: self._menu,
            QEvent.Type.Leave: self._leave, QEvent.Type.NativeGesture: self._native,
        }
        handler = handlers.get(event.type())
        if handler is None:
            return False
        return _is_of_touch(event, self.touch.is_down) or handler(event)

    def stop(self) -> None:
        """End what is under way: input interrupts a movement at once."""
        self.coast.stop()
        self._canvas.hover(None)
        self._canvas.halt()

    def _wheel(self, event: QWheelEvent) -> bool:
        self.stop()
        self.wheel.turn(event, self._lane_at(event.position()))
        event.accept()
        return True

    def _native(self, event: QNativeGestureEvent) -> bool:
        """Pinches and the double tap of two fingers on a trackpad."""
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.ZoomNativeGesture:
            self.stop()
            self.wheel.pinch(event)
        elif kind == Qt.NativeGestureType.SmartZoomNativeGesture:
            self.stop()
            self.double_click(event.position())
        elif kind == Qt.NativeGestureType.EndNativeGesture:
            self._session.rest()
        else:
            return False
        event.accept()
        return True

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
        self._drag = _Drag(event.position(), event.position(), marks, anchor)
        self._clock.start()
        return True

    def _move(self, event: QMouseEvent) -> bool:
        drag = self._drag
        self._canvas.show_cursor(event.position().x())
        if drag is None:
            self._point(event.position())
            self._canvas.hover(event.position())
            return False
        if not drag.moved and (event.position() - drag.began).manhattanLength() < DEAD_ZONE:
            return True
        drag.moved = True
        if drag.marks:
            self.mark(drag.anchor_us, event.position())
        else:
            by = event.position().x() - drag.last.x()
            drag.speed = by / max(1, self._clock.restart()) * STEP_MS
            self._become(self._panned(drag, event.position()))
        drag.last = event.position()
        return True

    def mark(self, anchor_us: int, position: QPointF) -> None:
        """Mark the span from an instant to a place, whichever is earlier."""
        low, high = sorted((anchor_us, self._canvas.scale.at_us(position.x())))
        self._become(moves.mark(self._session.state, Span(low // 1000, max(high // 1000, low // 1000 + 1))))

    def _panned(self, drag: _Drag, position: QPointF) -> ViewState:
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
            self.click(event.position())
        elif not drag.marks and self._clock.elapsed() < STILL_MS:
            self.coast.begin(QPointF(drag.speed, 0.0), MOUSE)
        self._session.rest()
        return True

    def click(self, position: QPointF) -> None:
        """Select what is there and never zoom, but for a cluster, which falls apart; on empty ground, the lane."""
        found, lane = self._hit(position), self._lane_at(position)
        state, request = self._session.state, self._request_at(position)
        event_id = self._event_of(found)
        if found is not None and found.kind == CLUSTER and request is not None:
            self._become(cluster_doc.pressed(self._session, found.id, request), discrete=True)
        elif event_id:
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
        if event.button() != Qt.MouseButton.LeftButton:
            return self._press(event)
        self.stop()
        self.double_click(event.position())
        return True

    def double_click(self, position: QPointF) -> None:
        """Fit what is there; on empty ground zoom in at the place."""
        found = self._hit(position)
        state = self._session.state
        span = self._span_of(found)
        if found is not None and span is not None:
            window = walk.fitted(span, self._session.limits)
            self._become(moves.look(moves.select(state, found.id), window=window), discrete=True)
        else:
            anchor = self._canvas.scale.at_us(position.x())
            self._become(moves.zoom(state, 2.0, anchor, self._session.limits), discrete=True)

    def _span_of(self, item: Item | None) -> Span | None:
        """The time of an event, a tweet or a note; None for anything else."""
        if item is None or item.kind not in MARKS:
            return None
        event, note = self._session.dataset.event_by_id.get(item.id), self._session.notes.named(item.id)
        if note is not None:
            return note.span
        return walk.bounded(event.when) if event is not None else tweet_pick.span(item.id, self._session.dataset)

    def _menu(self, event: QContextMenuEvent) -> bool:
        found = self._hit(QPointF(event.pos()))
        if found is not None and found.kind in MARKS:
            self._become(moves.select(self._session.state, found.id), discrete=True)
        self._asked("menu", event.globalPos())
        return True

    def _leave(self, _: QEvent) -> bool:
        self._canvas.show_cursor(None)
        self._canvas.hover(None)
        return False

    def _point(self, position: QPointF) -> None:
        found = self._hit(position)
        on_event = found is not None and found.kind in (*MARKS, CLUSTER)
        shape = Qt.CursorShape.PointingHandCursor if on_event else Qt.CursorShape.ArrowCursor
        _, y = self._canvas.place_of(position)
        self._canvas.viewport().setCursor(Qt.CursorShape.IBeamCursor if y < 0 else shape)

    def _hit(self, position: QPointF) -> Item | None:
        frame = self._canvas.frame
        x, y = self._canvas.place_of(position)
        found = frame.hit(self._canvas.scale, x, y) if frame is not None and y >= 0 else None
        return found[1] if found else None

    def _lane_at(self, position: QPointF) -> str:
        lane = self._placed_at(position)
        return lane.spec.id if lane else ""

    def _request_at(self, position: QPointF) -> LaneRequest | None:
        """What the lane at a place was drawn from."""
        lane = self._placed_at(position)
        return lane.request if lane else None

    def _placed_at(self, position: QPointF) -> PlacedLane | None:
        frame = self._canvas.frame
        _, y = self._canvas.place_of(position)
        return frame.lane_at(y) if frame is not None and y >= 0 else None

    def _become(self, state: ViewState, discrete: bool = False) -> None:
        self._session.become(state, discrete)


def _is_of_touch(event: QEvent, is_touched: bool) -> bool:
    """Whether a mouse event was made by the system of a touch, which `touch` has had already."""
    if not isinstance(event, QMouseEvent):
        return False
    is_made = event.source() == Qt.MouseEventSource.MouseEventSynthesizedBySystem
    return event.device().type() == QInputDevice.DeviceType.TouchScreen or (is_made and is_touched)

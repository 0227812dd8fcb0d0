"""The timeline on screen: pyqtgraph's view with one layer that paints the frame of now. The only user of pyqtgraph
besides the axis.

The ViewBox does not handle the mouse and its range signals are not used: the session's state owns the span. Gestures
are in `gestures`, drawing in `paint`; an old frame is shown, moved and stretched, until the new one is there.
"""
from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QStyleOptionGraphicsItem, QWidget

from timeline_app.base.text import Texts
from timeline_app.qt import ruler, safe_text, theme
from timeline_app.qt.axis import CalendarAxis
from timeline_app.qt.coarse import Coarse
from timeline_app.qt.ink import Ink, TextBox
from timeline_app.qt.paint import paint_lanes
from timeline_app.qt.remark_marks import paint_remarks
from timeline_app.qt.span_label import paint_span_label
from timeline_app.qt.theme import Colours
from timeline_app.qt.traveller import Traveller
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.frame import Frame
from timeline_app.viewmodel.pointed import words_at
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState
from timeline_app.viewmodel.ticks import Ticks, ticks
from timeline_app.viewmodel.window import TimeScale, Window

RULER = ruler.HEIGHT  # at a text size of 100 %
TIP_MS = 500


class TimelineLayer(pg.GraphicsObject):
    """Paints the lanes. A child of the ViewBox itself, so that its coordinates are logical px."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self._canvas = canvas
        self.boxes: list[TextBox] | None = None

    def boundingRect(self) -> QRectF:
        """The whole lane area."""
        return QRectF(0, 0, self._canvas.lane_width, self._canvas.lane_height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the frame of now with the time axis of now."""
        canvas = self._canvas
        if self.boxes is not None:
            self.boxes.clear()
        if canvas.frame is None:
            return
        if canvas.coarse.is_on:
            canvas.coarse.paint(painter, self.boundingRect(), QColor(canvas.colours.ground), self._paint)
        else:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        canvas = self._canvas
        ink = Ink(painter, canvas.colours, self.boundingRect(), self.boxes, "lanes")
        view = canvas.session.state.view
        paint_lanes(ink, canvas.frame, canvas.scale, (canvas.ticks, canvas.scroll, view.selected))
        if canvas.marked_lines and view.marked is not None:
            ends = canvas.scale.x(view.marked.start), canvas.scale.x(view.marked.end)
            hint = canvas.texts.get("explore.marked.hint")
            paint_span_label(ink, (*canvas.marked_lines, hint), ends, canvas.session.state.setting.text_percent)
        if canvas.remarks:
            look = canvas.scale, canvas.scroll, canvas.session.state.setting.text_percent
            paint_remarks(ink, canvas.remarks, canvas.frame, look)
        if canvas.has_ring:
            ink.outline(self.boundingRect().adjusted(1, 1, -1, -1), "interaction", (2.0, 1.0, False))


class Canvas(pg.PlotWidget):
    """Ruler and lanes. `needs_frame` asks for a frame of the new state or size; `show_frame` takes it."""

    needs_frame = Signal()
    hovered = Signal(object)

    def __init__(self, session: Session, texts: Texts, colours: Colours) -> None:
        self.session, self.texts, self.colours = session, texts, colours
        self.first: Callable[[], AbstractContextManager[None]] = nullcontext
        self.frame: Frame | None = None
        self.has_ring = False
        self.marked_lines: tuple[str, ...] = ()
        self.remarks: tuple[tuple[int, str], ...] = ()  # (ms UTC, words) of a step of a story
        self.ticks = Ticks((), (), "", "")
        self._axis = CalendarAxis(orientation="top")
        super().__init__(axisItems={"top": self._axis}, enableMenu=False)
        self._dress()
        self.layer = TimelineLayer(self)
        box = self.getPlotItem().getViewBox()
        self.layer.setParentItem(box)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._marked = pg.LinearRegionItem(movable=False)
        for item, above in ((self._marked, 20), (self._cursor, 30)):
            item.setZValue(above)
            item.hide()
            self.addItem(item, ignoreBounds=True)
        self._origin_us = session.limits.start_us
        self._traveller = Traveller(session.state.view.window, self)
        self.coarse = Coarse(self, self.viewport().update)
        self._painted_for = session.state.view.window
        self._traveller.moved.connect(self._redraw)
        self.pointer_x: float | None = None  # where the pointer is, if it is here
        self._hovers_at = QPointF()
        self.tip = QTimer(self, singleShot=True, interval=TIP_MS)
        self.tip.timeout.connect(lambda: self._show_tip(self._hovers_at))
        self.set_look(texts, colours)

    def _dress(self) -> None:
        """No borders, no menus, no mouse of the ViewBox, no cached background: exports stay vectors."""
        plot = self.getPlotItem()
        plot.hideAxis("left")
        plot.hideAxis("bottom")
        plot.showAxis("top")
        plot.hideButtons()
        plot.ctrlMenu.setParent(self, Qt.WindowType.Popup)  # nobody else would ever delete it
        plot.layout.setContentsMargins(0, 0, 0, 0)
        plot.layout.setSpacing(0)
        box = plot.getViewBox()
        box.setMouseEnabled(False, False)
        box.setMenuEnabled(False)
        box.setDefaultPadding(0)
        box.disableAutoRange()
        self.scene().contextMenu = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(False)

    @property
    def lane_width(self) -> float:
        """The px that time has across."""
        return float(max(1, self.width()))

    @property
    def lane_height(self) -> float:
        """The px that lanes have in height."""
        return float(max(1, self.height() - self.ruler_height))

    @property
    def ruler_height(self) -> int:
        """The px of the ruler above the lanes, at the text size of now."""
        return ruler.height(self.session.state.setting.text_percent)

    @property
    def scale(self) -> TimeScale:
        """The time axis of now, also on the way to the window of the state."""
        return TimeScale(self._traveller.window, self.lane_width)

    @property
    def shown(self) -> ViewState:
        """The state with the window that is on screen."""
        return moves.look(self.session.state, window=self._traveller.window)

    @property
    def scroll(self) -> float:
        """The px that the lanes are scrolled down by, no more than there are."""
        spare = self.frame.height - self.lane_height if self.frame is not None else 0.0
        return min(float(self.session.state.view.scroll), max(0.0, spare))

    @property
    def zone(self) -> str:
        """The zone of the axis."""
        return self.session.state.setting.zone or self.session.dataset.meta.zone

    def set_look(self, texts: Texts, colours: Colours) -> None:
        """Change language and colours."""
        self.texts, self.colours = texts, colours
        self.setBackground(QColor(colours.ground))
        safe_text.name(self, texts.get("lane.timeline"), texts.get("lane.timeline_help"))
        self._cursor.setPen(QPen(theme.colour(colours.muted, 0.6), 0))
        self._axis.setHeight(self.ruler_height)
        self._marked.setBrush(theme.colour(colours.interaction, 0.12))
        for line in self._marked.lines:
            line.setPen(QPen(QColor(colours.interaction), 0))
        self.show_state(self.session.state)

    def set_summary(self, text: str) -> None:
        """What a screen reader says of the picture as a whole, after how to walk in it."""
        safe_text.name(self, self.accessibleName(), f"{self.texts.get('lane.timeline_help')} {text}")

    def show_state(self, state: ViewState) -> None:
        """Set off for its window, or be there at once where a hand holds it or motion is reduced."""
        window, traveller = state.view.window, self._traveller
        if window != traveller.end:
            if self.session.glides and self.isVisible() and not state.setting.still:
                traveller.go(window, self.session.limits)
            else:
                traveller.arrive(window)
        self._redraw()

    @property
    def is_under_way(self) -> bool:
        """Whether the picture is still on its way to the window of the state."""
        return self._traveller.is_under_way

    def arrive(self) -> bool:
        """End the way to the window of the state by being there; whether one was under way."""
        was_under_way = self._traveller.is_under_way
        self.coarse.stop()
        if was_under_way:
            self._traveller.arrive(self._traveller.end)
            self._redraw()
        return was_under_way

    def halt(self) -> None:
        """Stay where one is on the way: a hand has taken hold of what is on screen."""
        if self._traveller.is_under_way:
            self._traveller.arrive(self._traveller.window)
            self.session.become(self.shown, discrete=False)

    def _redraw(self) -> None:
        """Move the axis at once, repaint with the frame there is, and ask for the right one."""
        state, window = self.session.state, self._traveller.window
        self._say_moved(window)
        measure = ruler.measure(state.setting.text_percent)
        self.ticks = ticks(window, self.lane_width, self.zone, self.texts, measure)
        self._axis.set_ticks(self.ticks, self.scale, self.colours)
        self.getPlotItem().getViewBox().setXRange(self._x(window.start_us), self._x(window.end_us), padding=0)
        marked = state.view.marked
        self._marked.setVisible(marked is not None)
        if marked is not None:
            self._marked.setRegion((self._x(marked.start * 1000), self._x(marked.end * 1000)))
        self._place_cursor()
        self.layer.update()
        self.needs_frame.emit()

    def _say_moved(self, window: Window) -> None:
        """A view that moves may be painted coarsely."""
        if window != self._painted_for and self.isVisible():
            self.coarse.moved(self.devicePixelRatioF())
        self._painted_for = window

    def show_frame(self, frame: Frame) -> None:
        """Take the frame that was asked for."""
        self.frame = frame
        self.layer.update()

    def show_marked(self, lines: tuple[str, ...]) -> None:
        """Say beside the marked span what it holds; no lines say nothing."""
        self.marked_lines = lines
        self.layer.update()

    def record_texts(self) -> list[TextBox]:
        """Collect the boxes of all texts of the lanes from the next paint on, for tests and exports."""
        self.layer.boxes = []
        return self.layer.boxes

    def show_cursor(self, x: float | None) -> None:
        """The hairline under the pointer; None hides it."""
        self.pointer_x = x
        self._place_cursor()
        self.hovered.emit(None if x is None else self.scale.at(x))

    def _place_cursor(self) -> None:
        self._cursor.setVisible(self.pointer_x is not None)
        if self.pointer_x is not None:
            self._cursor.setPos(self._x(self.scale.at_us(self.pointer_x)))

    def place_of(self, position: QPointF) -> tuple[float, float]:
        """The x and the y in the column of lanes of a place of the widget; y below 0 is the ruler."""
        y = position.y() - self.ruler_height
        return position.x(), y if y < 0 else y + self.scroll

    def words_at(self, position: QPointF) -> str:
        """What is at a place of the widget, in words: an event's title, a figure, or what was counted there."""
        x, y = self.place_of(position)
        return words_at(self.frame, self.scale, x, y) if self.frame is not None and y >= 0 else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who came by keyboard sees where the focus is; a click has shown it already."""
        super().focusInEvent(event)
        self.has_ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.layer.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self.has_ring = False
        self.layer.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is on screen comes before what is worked out for it."""
        with self.first():
            super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new size is a new picture."""
        super().resizeEvent(event)
        if hasattr(self, "layer"):
            self.layer.prepareGeometryChange()
            self.show_state(self.session.state)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what is under the pointer as a tip where it is asked for otherwise than by resting there."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(QPointF(event.pos()))
            return True
        return super().viewportEvent(event)

    def hover(self, position: QPointF | None) -> None:
        """The pointer is at a place: if it rests there, say what is under it; None where it has left or does
        something."""
        if position is None:
            self.tip.stop()
        else:
            self._hovers_at = position
            self.tip.start()

    def _show_tip(self, position: QPointF) -> None:
        at = self.viewport().mapToGlobal(position.toPoint())
        safe_text.show_tip(at, self.words_at(position), self)

    def _x(self, us: int) -> float:
        """Seconds since the dataset's origin, pyqtgraph's x: small enough to be exact in a float."""
        return (us - self._origin_us) / 1e6

"""The overview strip as a widget: its brush moves and resizes the window, with the mouse or with keys.

What it shows is computed in `viewmodel.overview`, drawn in `overview_paint`; here input becomes moves of the session.
"""
from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from timeline_app.base.text import Texts
from timeline_app.qt import ruler, safe_text
from timeline_app.qt.bind import listen
from timeline_app.qt.ink import Ink, TextBox
from timeline_app.qt.overview_paint import HEIGHT, paint_overview
from timeline_app.qt.theme import Colours
from timeline_app.viewmodel import brush, moves, walk, wording
from timeline_app.viewmodel.commands import NOTCH
from timeline_app.viewmodel.overview import OverviewPicture, OverviewRequest, extent, picture
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState
from timeline_app.viewmodel.window import TimeScale, Window

LEFT = 250
STEP = 0.1  # of the window, for one press of an arrow key
MOST_NOTCHES = 3.0
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
KEYS = {Qt.KeyboardModifier.NoModifier: "middle", _SHIFT: "end", _CTRL | _SHIFT: "start"}
ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
KEPT = "Left Right Shift+Left Shift+Right Ctrl+Shift+Left Ctrl+Shift+Right"
CURSORS = {"start": Qt.CursorShape.SizeHorCursor, "end": Qt.CursorShape.SizeHorCursor,
           "middle": Qt.CursorShape.OpenHandCursor, "": Qt.CursorShape.PointingHandCursor}


@dataclass(frozen=True, slots=True)
class _Drag:
    """A button that is down: the part it holds, where, and the window it began with."""

    part: str
    from_x: float
    window: Window


class Overview(QWidget):
    """A wide context of the window, with the window as a brush in it."""

    def __init__(self, session: Session, texts: Texts, colours: Colours) -> None:
        super().__init__()
        self._session = session
        self._left = LEFT
        self._drag: _Drag | None = None
        self._extent = extent(None, session.state.view.window, session.limits)
        self._made: tuple[OverviewRequest, OverviewPicture] | None = None
        self._shown = session.state.view.window
        self.boxes: list[TextBox] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty("keeps", KEPT)
        self.set_look(texts, colours)
        listen(self, session, self._changed)

    @property
    def scale(self) -> TimeScale:
        """The time axis of the strip, right of the heading."""
        return TimeScale(self._extent, float(max(1, self.width() - self._left)))

    def set_look(self, texts: Texts, colours: Colours) -> None:
        """Change language, colours and text size."""
        self._texts, self._colours = texts, colours
        self.setFixedHeight(round(HEIGHT * self._session.state.setting.text_percent / 100))
        self._changed(self._session.state)

    def set_left(self, left: int) -> None:
        """Let time begin so many px from the left edge, where it begins in the lanes above."""
        self._left = left
        self.update()

    def follow(self, window: Window) -> None:
        """Let the brush stand where the timeline is, also on its way to the window of the state."""
        if window != self._shown:
            self._shown = window
            self.update()

    def _changed(self, state: ViewState) -> None:
        self._shown = state.view.window
        if self._drag is None:
            self._extent = extent(self._extent, state.view.window, self._session.limits)
        shown = wording.span_text(state.view.window.span, self._zone(), self._texts)
        safe_text.name(self, self._texts.get("overview.name"), self._texts.get("overview.help", shown=shown))
        self.update()

    def _zone(self) -> str:
        return self._session.state.setting.zone or self._session.dataset.meta.zone

    def _picture(self) -> OverviewPicture:
        percent = self._session.state.setting.text_percent
        request = OverviewRequest(self._session.dataset, self.scale, self._zone(), self._texts, ruler.measure(percent))
        window = self._session.state.view.window
        if self._made is None or self._made[0] != request:
            self._made = request, picture(request, window)
        return replace(self._made[1], window=self._shown)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The strip and, where the keyboard is, a ring around it."""
        painter = QPainter(self)
        if self.boxes is not None:
            self.boxes.clear()
        whole = QRectF(self.rect())
        ink = Ink(painter, self._colours, whole, self.boxes, "overview")
        paint_overview(ink, self._picture(), self.scale)
        if self.hasFocus():
            ink.outline(whole.adjusted(1, 1, -1, -1), "interaction", (2.0, 1.0, False))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width is a new scale."""
        super().resizeEvent(event)
        self.update()

    def _part_at(self, x: float) -> str:
        return brush.part_at(x - self._left, self.scale, self._session.state.view.window)

    def _show(self, window: Window) -> None:
        state = self._session.state
        self._session.become(moves.show(state, window, self._session.limits), discrete=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an edge or of the window; beside it, bring the window here first."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x, window = event.position().x(), self._session.state.view.window
        part = self._part_at(x)
        if not part:
            window = window.centred(self.scale.at_us(x - self._left)).kept_within(self.scale.window)
        self._drag = _Drag(part or "middle", x, window)
        self._show(window)
        if self._drag.part == "middle":
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held; else show what would be."""
        x, drag = event.position().x(), self._drag
        if drag is None:
            self.setCursor(CURSORS[self._part_at(x)])
            return
        by_us = round((x - drag.from_x) * self.scale.us_per_px)
        self._show(brush.dragged(drag.window, drag.part, by_us, self.scale))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: the view enters the history, and the strip may choose its stretch anew."""
        if event.button() == Qt.MouseButton.LeftButton and self._drag is not None:
            self._drag = None
            self._session.rest()
            self._changed(self._session.state)
            self.setCursor(CURSORS[self._part_at(event.position().x())])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Return to the opening view."""
        if event.button() == Qt.MouseButton.LeftButton:
            opening = walk.opening(self._session.dataset).view.window
            self._session.become(moves.show(self._session.state, opening, self._session.limits))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer where it is over the window, else at the window's nearer edge."""
        state, turned = self._session.state, event.angleDelta().y() or event.angleDelta().x()
        notches = max(-MOST_NOTCHES, min(MOST_NOTCHES, turned / 120))
        window = state.view.window
        at = self.scale.at_us(event.position().x() - self._left)
        anchor = min(max(at, window.start_us), window.end_us)
        zoomed = moves.zoom(state, NOTCH ** notches, anchor, self._session.limits)
        self._session.become(zoomed, discrete=False)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the window, with Shift its end, with Ctrl and Shift its start."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in ARROWS or held not in KEYS:
            super().keyPressEvent(event)
            return
        window = self._session.state.view.window
        by_us = round(window.length_us * STEP) * ARROWS[event.key()]
        limits = TimeScale(self._session.limits, self.scale.width)
        self._show(brush.dragged(window, KEYS[held], by_us, limits))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()

"""The column left of the lanes: what each lane is, who counted, in which bin. It scrolls with the lanes."""
from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from timeline_app.base.text import Texts
from timeline_app.qt import safe_text
from timeline_app.qt.canvas import Canvas
from timeline_app.qt.ink import Ink, TextBox
from timeline_app.qt.look import Look
from timeline_app.qt.paint import HEADING_PAD, elided, fold_sign, paint_headings, title_lines
from timeline_app.qt.pill import Pill
from timeline_app.qt.theme import Colours
from timeline_app.viewmodel import grouping, moves
from timeline_app.viewmodel.frame import PlacedLane
from timeline_app.viewmodel.session import Session

WIDTH = 250


class Headings(QWidget):
    """Paints the headings of the canvas's frame. The wheel scrolls the lanes, a click chooses one. `menu` is sent where
    a lane's menu is wanted; the pill `lanes` offers all lanes."""

    menu = Signal(QPoint)

    def __init__(self, session: Session, canvas: Canvas, texts: Texts, colours: Colours) -> None:
        super().__init__()
        self._session, self._canvas = session, canvas
        self.boxes: list[TextBox] | None = None
        self._shown: tuple = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.lanes = Pill(Look.of(session, texts, colours), "bare", self, 12)
        self.set_look(texts, colours)

    def set_look(self, texts: Texts, colours: Colours) -> None:
        """Change language and colours."""
        self._texts, self._colours = texts, colours
        safe_text.name(self, texts.get("lane.headings"))
        self.lanes.set_look(Look.of(self._session, texts, colours))
        self.lanes.put(texts.get("lane_chooser.button"), texts.get("command.choose_lanes"))
        self._place_pill()
        self.update()

    def refresh(self) -> None:
        """Repaint if anything that stands here has changed; time alone does not change it."""
        frame, view = self._canvas.frame, self._session.state.view
        lanes = tuple((lane.top, lane.height, lane.picture.heading, lane.is_strip, lane.is_folded, lane.is_pinned)
                      for lane in frame.lanes) if frame is not None else ()
        shown = (lanes, self._canvas.scroll, view.lane, view.lanes.group)
        if shown != self._shown:
            self._shown = shown
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the lanes; with Alt make the lane under the pointer taller."""
        lane = self._lane_at(event.position())
        down = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and lane:
            self._session.become(moves.make_taller(self._session.state, lane, 1 if down > 0 else -1), discrete=False)
        else:
            to = round(self._canvas.scroll - down / 2)
            self._session.become(moves.scroll(self._session.state, to), discrete=False)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the lane under the pointer, on the sign beside its title fold it; other buttons are the window's."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        lane = self._lane_at(event.position())
        if lane and self._is_sign(event.position()):
            self._session.become(moves.fold_lane(moves.look(self._session.state, lane=lane), lane))
        elif lane:
            self._session.become(moves.look(self._session.state, lane=lane))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Give the lane under the pointer room, or as much as the others have."""
        lane = self._lane_at(event.position())
        if lane and event.button() == Qt.MouseButton.LeftButton and not self._is_sign(event.position()):
            self._session.become(moves.open_lane(self._session.state, lane))
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the lane under the pointer, or by the key, of the chosen one."""
        lane = self._lane_at(QPointF(event.pos())) if event.reason() == QContextMenuEvent.Reason.Mouse else ""
        if lane:
            self._session.become(moves.look(self._session.state, lane=lane))
        self.menu.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pill stands at the right of the ruler's height."""
        super().resizeEvent(event)
        self._place_pill()

    def _place_pill(self) -> None:
        size, percent = self.lanes.sizeHint(), self._session.state.setting.text_percent
        self.lanes.resize(size)
        self.lanes.move(self.width() - size.width() - 4, round(18 * percent / 100) - size.height() // 2)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The first half's title beside the ruler, then a heading for each lane."""
        painter = QPainter(self)
        if self.boxes is not None:
            self.boxes.clear()
        whole = QRectF(self.rect())
        ink = Ink(painter, self._colours, whole, self.boxes, "headings")
        ink.rect(whole, "ground")
        percent = self._session.state.setting.text_percent
        size = round(12 * percent / 100)
        half = self._canvas.frame.half if self._canvas.frame is not None else "documented"
        room = self.lanes.x() - HEADING_PAD + 4
        grouped = self._grouped(size) if half == "documented" else ""
        lines = title_lines(self._texts.get(f"lane.half_{half}"), room, size, 1 if grouped else 2)
        for number, title in enumerate(lines):
            base = round(22 * percent / 100) + number * (size + 3)
            ink.text(QPointF(HEADING_PAD, base), title, ("muted", size, "semibold"))
        ink.text(QPointF(HEADING_PAD, round(38 * percent / 100)), grouped, ("muted", size, "regular"))
        top = self._canvas.ruler_height
        ink.line(QPointF(0, top - 0.5), QPointF(whole.right(), top - 0.5), "hairline")
        ink.line(QPointF(whole.right() - 0.5, 0), QPointF(whole.right() - 0.5, whole.bottom()), "hairline")
        if self._canvas.frame is not None:
            column = ink.within(QRectF(0, top, whole.width() - 1, whole.height() - top))
            lane = self._session.state.view.lane if self.hasFocus() or self._canvas.hasFocus() else ""
            paint_headings(column, self._canvas.frame, (self._canvas.scroll, percent, lane))
        if self.hasFocus():
            ink.outline(whole.adjusted(1, 1, -1, -1), "interaction", (2.0, 1.0, False))
        painter.end()

    def _grouped(self, size: int) -> str:
        """What the lanes below are grouped by, as fully as there is room for; "" where they are the dataset's own."""
        group, wide = self._session.state.view.lanes.group, self.width() - HEADING_PAD - 8
        if not group:
            return ""
        what = grouping.title(group).say(self._texts.language)
        whole, short = (self._texts.get(f"lane.grouped{one}", what=what) for one in ("", ".short"))
        font = (size, "regular")
        return whole if elided(whole, wide, font) == whole else elided(short, wide, font)

    def focusInEvent(self, event: QEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def _lane_at(self, position: QPointF) -> str:
        lane = self._placed_at(position)
        return lane.spec.id if lane else ""

    def _placed_at(self, position: QPointF) -> PlacedLane | None:
        frame = self._canvas.frame
        y = position.y() - self._canvas.ruler_height
        return frame.lane_at(y + self._canvas.scroll) if frame is not None and y >= 0 else None

    def _is_sign(self, position: QPointF) -> bool:
        lane, percent = self._placed_at(position), self._session.state.setting.text_percent
        y = position.y() - self._canvas.ruler_height + self._canvas.scroll
        return lane is not None and fold_sign(lane, percent).contains(QPointF(position.x(), y - lane.top))

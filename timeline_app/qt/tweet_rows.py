"""A list of tweets that may be millions long: a line is made when it is painted, kept while it is near, and all are
equally high, so that no length of list costs anything. What is listed, and what selecting means, is the owner's affair.

Not a view of Qt's: those lay out every row, and hand all of them to a screen reader, which stalls long before a
million. The row that is chosen is the widget's accessible description, and is said aloud.
"""
from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScroller, QStyle, QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.access import Announcer
from timeline_app.qt.chooser import paint_row
from timeline_app.qt.look import Look
from timeline_app.qt.theme import colour
from timeline_app.viewmodel import text_cut
from timeline_app.viewmodel.tweet_list import TweetLine, TweetList

KEPT = 400
LINES = 3  # of a text
SIDE, PAD, GAP = 23, 9, 3


class TweetRows(QAbstractScrollArea):
    """The list. `chosen` sends the name of a tweet, `opened` that its document is wanted, `menu` where a menu is."""

    chosen = Signal(str)
    opened = Signal()
    menu = Signal(QPoint)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._list: TweetList | None = None
        self._lines: OrderedDict[int, TweetLine] = OrderedDict()
        self._broken: dict[int, list[str]] = {}
        self._has_text = False
        self.at = -1
        self._announcer = Announcer(self)
        self.setObjectName("quiet_list")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("keeps", "Up Down PgUp PgDown Home End Return Enter")
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.set_look(look)

    def __len__(self) -> int:
        return 0 if self._list is None else len(self._list)

    @property
    def made(self) -> int:
        """How many lines are kept made."""
        return len(self._lines)

    def set_look(self, look: Look) -> None:
        """Take on a language, theme and text size."""
        self._look = look
        safe_text.name(self, look.texts.get("tweet_pane.list"))
        self._measure()

    def put(self, found: TweetList, has_text: bool, selected: str) -> None:
        """Show another list, from its top unless the selected tweet is in it."""
        self._list, self._has_text = found, has_text
        self._lines.clear()
        self._measure()
        self.verticalScrollBar().setValue(0)
        self.at = found.number_of(selected) if selected else -1
        self.show_row(self.at)
        self._describe()

    def select(self, selected: str) -> None:
        """Mark a tweet that was selected elsewhere."""
        if self._list is not None and not (0 <= self.at < len(self) and self.line(self.at).selected == selected):
            self.at = self._list.number_of(selected) if selected else -1
            self.show_row(self.at)
            self._describe()

    def line(self, number: int) -> TweetLine:
        """The texts of a line, made once while it is near."""
        if number not in self._lines:
            self._lines[number] = self._list.row(number)
            if len(self._lines) > KEPT:
                self._lines.popitem(last=False)
        self._lines.move_to_end(number)
        return self._lines[number]

    @property
    def row_height(self) -> int:
        """The px of a row: when, what it says, and where it is from."""
        look = self._look
        lines = LINES if self._has_text else 1
        return round(2 * look.line(12) + lines * look.line()) + 2 * look.px(PAD) + 2 * look.px(GAP)

    def show_row(self, number: int) -> None:
        """Scroll as little as brings a row into sight."""
        if number >= 0:
            bar, height = self.verticalScrollBar(), self.row_height
            top = number * height
            bar.setValue(min(max(bar.value(), top + height - self.viewport().height()), top))
        self.viewport().update()

    def row_at(self, position: QPointF) -> int:
        """The row at a place; -1 where there is none."""
        number = int((position.y() + self.verticalScrollBar().value()) // self.row_height)
        return number if 0 <= number < len(self) else -1

    def _measure(self) -> None:
        self._broken.clear()
        bar, height = self.verticalScrollBar(), self.row_height
        bar.setSingleStep(height // 2)
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, len(self) * height - self.viewport().height()))
        self.viewport().update()

    def _go(self, number: int) -> None:
        if len(self):
            self.at = min(max(number, 0), len(self) - 1)
            self.show_row(self.at)
            self._describe()
            self.chosen.emit(self.line(self.at).selected)

    def _describe(self) -> None:
        """Let a screen reader know the chosen line."""
        texts = self._look.texts
        words = texts.get("tweet_pane.of", n=f"{len(self):,}")
        if 0 <= self.at < len(self):
            line = self.line(self.at)
            place = texts.get("tweet_pane.at", at=f"{self.at + 1:,}", n=f"{len(self):,}")
            words = ". ".join(part for part in (place, line.when, line.text, line.below, line.repeats) if part)
            if self.hasFocus():
                self._announcer.say(words)
        safe_text.name(self, texts.get("tweet_pane.list"), words)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rows up and down, pages, ends; Enter opens."""
        page = max(1, self.viewport().height() // self.row_height)
        key = event.key()
        steps = {Qt.Key.Key_Up: self.at - 1, Qt.Key.Key_Down: self.at + 1, Qt.Key.Key_PageUp: self.at - page,
                 Qt.Key.Key_PageDown: self.at + page, Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self) - 1}
        if key in steps:
            self._go(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(max(self.at, 0))
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row under the pointer."""
        row = self.row_at(event.position())
        if row >= 0:
            self._go(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row under the pointer."""
        if self.row_at(event.position()) >= 0:
            self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the pointer, or by the key, of the chosen one."""
        row = self.row_at(QPointF(event.pos()))
        if event.reason() == QContextMenuEvent.Reason.Mouse and row >= 0:
            self._go(row)
        if self.at >= 0:
            self.menu.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; the timeline below the pane is not zoomed."""
        super().wheelEvent(event)
        event.accept()

    def scrollContentsBy(self, _: int, __: int) -> None:
        """Paint what is in sight now."""
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many rows as fit."""
        super().resizeEvent(event)
        self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring, and say where one is."""
        super().focusInEvent(event)
        self._describe()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Some rows."""
        return QSize(self._look.px(300), 3 * self.row_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows in sight, and no other."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour(self._look.colours.panel))
        height, top = self.row_height, self.verticalScrollBar().value()
        first = top // height
        last = min(len(self), (top + self.viewport().height()) // height + 1)
        for number in range(first, last):
            self._paint(painter, QRect(0, number * height - top, self.viewport().width(), height), number)
        painter.setClipping(False)
        if self.hasFocus() and self.at < 0:
            painter.setPen(colour(self._look.colours.interaction))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint(self, painter: QPainter, rect: QRect, number: int) -> None:
        """Ground, when and how often repeated, the text, what is known beside it."""
        look, line = self._look, self.line(number)
        state = QStyle.StateFlag.State_Selected if number == self.at else QStyle.StateFlag.State_None
        if self.hasFocus():
            state |= QStyle.StateFlag.State_HasFocus
        painter.setClipRect(rect)
        paint_row(painter, QRectF(rect), state, look)
        inner = QRectF(rect).adjusted(SIDE, look.px(PAD), -SIDE, -look.px(PAD))
        small, normal, gap = look.line(12), look.line(), look.px(GAP)
        repeats = self._write(painter, QRectF(inner.left(), inner.top(), inner.width(), small),
                              (line.repeats, "muted", 12), Qt.AlignmentFlag.AlignRight)
        when = QRectF(inner.left(), inner.top(), inner.width() - repeats - look.px(8), small)
        self._write(painter, when, (line.when, "muted", 12))
        y = inner.top() + small + gap
        for text in self._text_lines(number, line, inner.width()):
            self._write(painter, QRectF(inner.left(), y, inner.width(), normal), (text, "ink", 13))
            y += normal
        below = QRectF(inner.left(), y + gap, inner.width(), small)
        self._write(painter, below, (line.below, "muted", 12))
        painter.setPen(colour(look.colours.hairline))
        painter.drawLine(rect.left() + SIDE, rect.bottom(), rect.right() - SIDE, rect.bottom())

    def _text_lines(self, number: int, line: TweetLine, wide: float) -> list[str]:
        """A text in the lines of a row, broken once while its row is near."""
        if number not in self._broken:
            if len(self._broken) > KEPT:
                self._broken.clear()
            words = safe_text.one_line(line.text, text_cut.MOST)
            self._broken[number] = text_cut.lines(words, wide, LINES if self._has_text else 1, self._look.width)
        return self._broken[number]

    def _write(self, painter: QPainter, place: QRectF, words: tuple[str, str, float],
               side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> float:
        """Write one line, cut to its place; the px that it took."""
        text, role, size = words
        painter.setFont(self._look.font(size))
        painter.setPen(colour(self._look.colours.role(role)))
        shown = text_cut.cut(safe_text.one_line(text, text_cut.MOST), place.width(),
                             lambda part: self._look.width(part, size))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | side | Qt.TextFlag.TextSingleLine, shown)
        return self._look.width(shown, size)

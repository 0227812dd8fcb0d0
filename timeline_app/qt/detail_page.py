"""A page of running text with quiet marks behind it: pills, badges, a rule beside a quotation, hairlines.

All words are text of the document, so that they can be selected, searched and read aloud; only shapes are
painted here. What the words are is the writer's affair (`detail_writer`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QTextBlock, QTextLine, QTextOption
from PySide6.QtWidgets import QFrame, QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.look import Look
from timeline_app.qt.theme import colour

PILL, DISPUTED_PILL, BADGE, HOLLOW_BADGE, QUOTE, RULE = "pill", "disputed", "badge", "hollow", "quote", "rule"
PILL_HEIGHT, PILL_ROOM, BADGE_SIZE, BADGE_ROUND, QUOTE_WIDTH = 25, 10, 20, 4, 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape behind the characters from `start` up to `end`."""

    kind: str
    start: int
    end: int


class DetailPage(safe_text.Document):
    """The page. `marks` are painted behind the text wherever it was laid out."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: tuple[Mark, ...] = ()
        self._look = look
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Breaks between words, and inside one only where a single word is wider than the page.
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Take on colours and text size; the text is written anew by its owner."""
        self._look = look
        palette = self.palette()
        for role, value in (
            (QPalette.ColorRole.Base, look.colours.panel),
            (QPalette.ColorRole.Text, look.colours.ink),
            (QPalette.ColorRole.Highlight, look.colours.interaction),
            (QPalette.ColorRole.HighlightedText, look.colours.panel),
        ):
            palette.setColor(role, colour(value))
        self.setPalette(palette)
        self.viewport().setPalette(palette)  # it keeps the colours of the first style sheet otherwise

    def text_height(self, width: int) -> int:
        """The height of the whole text when it is that wide."""
        self.document().setTextWidth(width)
        return round(self.document().size().height() + 0.5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The marks, then the text over them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        seen = QRectF(event.rect()).translated(0, self.verticalScrollBar().value())
        for mark in self.marks:
            self._paint(painter, mark, seen)
        painter.end()
        super().paintEvent(event)

    def _paint(self, painter: QPainter, mark: Mark, seen: QRectF) -> None:
        around = self._bounds(mark)
        if not around.adjusted(0, -40, 0, 40).intersects(seen):
            return
        if mark.kind == QUOTE:
            bar = QRectF(0, around.top(), self._look.px(QUOTE_WIDTH), around.height())
            painter.fillRect(bar, colour(self._look.colours.half_rule))
        elif mark.kind == RULE:
            line = QRectF(0, round(around.center().y()), self.viewport().width(), 1)
            painter.fillRect(line, colour(self._look.colours.hairline))
        elif mark.kind in (BADGE, HOLLOW_BADGE):
            self._paint_badge(painter, mark)
        else:
            self._paint_pill(painter, mark)

    def _paint_badge(self, painter: QPainter, mark: Mark) -> None:
        for left, right, baseline in self._runs(mark):
            size = self._look.px(BADGE_SIZE)
            width = max(size, right - left + self._look.px(8))
            middle = QPointF((left + right) / 2, baseline - self._look.px(4.5))
            box = QRectF(middle.x() - width / 2, middle.y() - size / 2, width, size)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self._look.colours.chip))
            if mark.kind == HOLLOW_BADGE:
                painter.setPen(QPen(colour(self._look.colours.half_rule), 1, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                box.adjust(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, self._look.px(BADGE_ROUND), self._look.px(BADGE_ROUND))

    def _paint_pill(self, painter: QPainter, mark: Mark) -> None:
        height, room = self._look.px(PILL_HEIGHT), self._look.px(PILL_ROOM)
        for number, (left, right, baseline) in enumerate(self._runs(mark)):
            top = baseline - self._look.px(4.5) - height / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self._look.colours.chip))
            painter.drawRoundedRect(
                QRectF(left - room, top, right - left + 2 * room, height), height / 2, height / 2
            )
            if mark.kind == DISPUTED_PILL and number == 0:
                self._paint_half(painter, QPointF(left + self._look.px(5), top + height / 2))

    def _paint_half(self, painter: QPainter, centre: QPointF) -> None:
        """The half-filled mark of a dispute: one side filled, the other open."""
        radius = self._look.px(5.5)
        ink = colour(self._look.colours.ink)
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.setPen(QPen(ink, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPie(box, 90 * 16, 180 * 16)

    def _blocks(self, mark: Mark) -> Iterator[QTextBlock]:
        block = self.document().findBlock(mark.start)
        while block.isValid() and block.position() <= mark.end:
            yield block
            block = block.next()

    def _bounds(self, mark: Mark) -> QRectF:
        around = QRectF()
        for block in self._blocks(mark):
            around = around.united(self._lines_box(block))
        return around

    def _lines_box(self, block: QTextBlock) -> QRectF:
        """The box of a block's lines, without the margins above and below."""
        origin = self.document().documentLayout().blockBoundingRect(block).topLeft()
        return block.layout().boundingRect().translated(origin)

    def _runs(self, mark: Mark) -> Iterator[tuple[float, float, float]]:
        """Left, right and baseline of the marked characters, line by line."""
        for block in self._blocks(mark):
            origin = self.document().documentLayout().blockBoundingRect(block).topLeft()
            layout = block.layout()
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                found = _run(line, mark.start - block.position(), mark.end - block.position())
                if found:
                    left, right = found
                    yield origin.x() + left, origin.x() + right, origin.y() + line.y() + line.ascent()


def _run(line: QTextLine, start: int, end: int) -> tuple[float, float] | None:
    first = max(start, line.textStart())
    last = min(end, line.textStart() + line.textLength())
    if first >= last:
        return None
    one, other = line.cursorToX(first), line.cursorToX(last)
    ends = [value[0] if isinstance(value, tuple) else value for value in (one, other)]
    return min(ends), max(ends)

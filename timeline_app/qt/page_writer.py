"""Pages of text as PDF: headings, paragraphs that break over pages, lists, lines to write on. No widget, no markup.

Text is laid out line by line in the bundled fonts, and stays text in the file.
"""
from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from timeline_app.base.plain_text import plain
from timeline_app.qt import export, fonts
from timeline_app.qt.theme import Colours

DOTS_PER_INCH = 96
MM = DOTS_PER_INCH / 25.4
A4 = (210 * MM, 297 * MM)
LEADING = 1.15


@dataclass(frozen=True, slots=True)
class Kind:
    """How a paragraph is set: size in px, weight, role of its colour, room above it."""

    size: int
    weight: str = "regular"
    role: str = "ink"
    above: float = 6.0

    def scaled(self, factor: float) -> Kind:
        """The same, larger or smaller."""
        return Kind(round(self.size * factor), self.weight, self.role, self.above * factor)


TITLE, HEADING, BODY = Kind(34, "bold", above=0.0), Kind(19, "semibold", above=22.0), Kind(14)
MUTED, QUESTION = Kind(13, role="muted"), Kind(15, "semibold", above=12.0)


def writer_of(device: object, title: str) -> QPdfWriter:
    """A writer of PDF into an open device, without margins, at 96 dots per inch, so that sizes are px."""
    made = QPdfWriter(device)
    made.setTitle(title)
    made.setResolution(DOTS_PER_INCH)
    made.setPageMargins(QMarginsF(0, 0, 0, 0))
    return made


def set_page(writer: QPdfWriter, size: tuple[float, float]) -> None:
    """The size of the pages that follow, in px."""
    width, height = (one / MM for one in size)
    page = QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The pages that are written: their size in px, the colour under the text ("" for that of the paper), how many
    columns the text has, and how much larger it is than on A4."""

    size: tuple[float, float] = A4
    ground: str = ""
    columns: int = 1
    scale: float = 1.0

    @property
    def margin(self) -> float:
        """What stays free on each side, and between columns."""
        return min(self.size) * 0.075

    @property
    def wide(self) -> float:
        """How wide a column is."""
        return (self.size[0] - (self.columns + 1) * self.margin) / self.columns


class PageWriter:
    """Writes downward from `y` in the first column of the page that is there; where a column ends, the next one or
    another page begins."""

    def __init__(self, writer: QPdfWriter, painter: QPainter, colours: Colours, sheet: Sheet) -> None:
        self._writer, self._painter, self._colours, self._sheet = writer, painter, colours, sheet
        self._column = 0
        self.y = sheet.margin
        self._lay()

    @property
    def left(self) -> float:
        """Where the lines of this column begin."""
        return self._sheet.margin + self._column * (self._sheet.wide + self._sheet.margin)

    def begin_page(self) -> None:
        """Go on at the top of another page."""
        self._writer.newPage()
        self._column, self.y = 0, self._sheet.margin
        self._lay()

    def _lay(self) -> None:
        if self._sheet.ground:
            self._painter.fillRect(QRectF(0, 0, *self._sheet.size), QColor(self._sheet.ground))

    def keep(self, high: float) -> None:
        """Go on at the top of the next column or page where so much does not fit any more."""
        if self.y + high <= self._sheet.size[1] - self._sheet.margin:
            return
        if self._column + 1 < self._sheet.columns:
            self._column, self.y = self._column + 1, self._sheet.margin
        else:
            self.begin_page()

    def picture(self, widget: QWidget) -> None:
        """A widget as wide as the text."""
        scale = self._sheet.wide / widget.width()
        self._painter.save()
        self._painter.translate(self.left, self.y)
        self._painter.scale(scale, scale)
        export.paint(widget, self._painter)
        self._painter.restore()
        self.y += widget.height() * scale + 12.0

    def paragraph(self, words: str, kind: Kind = BODY, mark: str = "") -> None:
        """A text with its line breaks, after a mark such as "1." where it stands in a list."""
        kind = kind.scaled(self._sheet.scale)
        self.y += kind.above
        for number, part in enumerate(plain(words).split("\n")):
            self._set(part, kind, kind.size * 2.2 if mark else 0.0, mark if number == 0 else "")

    def _set(self, words: str, kind: Kind, indent: float, mark: str) -> None:
        font = fonts.font(kind.size, kind.weight)
        layout = QTextLayout(words, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        high = fonts.line_height(kind.size, kind.weight) * LEADING
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._sheet.wide - indent)
            said = words[line.textStart():line.textStart() + line.textLength()].rstrip()
            self.keep(high)
            self._say(self.left, mark, kind)
            self._say(self.left + indent, said, kind)
            mark = ""
            self.y += high
        layout.endLayout()

    def _say(self, x: float, words: str, kind: Kind) -> None:
        if words:
            self._painter.setPen(QPen(QColor(self._colours.role(kind.role))))
            self._painter.setFont(fonts.font(kind.size, kind.weight))
            self._painter.drawText(QPointF(x, self.y + fonts.ascent(kind.size, kind.weight)), words)

    def rules(self, count: int, apart: float = 34.0) -> None:
        """Lines to write on, all of them on one page."""
        self.keep(count * apart)
        for _ in range(count):
            self.y += apart
            self._rule(self.left, self.left + self._sheet.wide)

    def _rule(self, start: float, end: float) -> None:
        self._painter.setPen(QPen(QColor(self._colours.half_rule), 1.0))
        self._painter.drawLine(QPointF(start, self.y), QPointF(end, self.y))

    def fields(self, names: tuple[str, ...]) -> None:
        """Names with room beside them to fill in, in one row."""
        wide = self._sheet.wide / max(1, len(names))
        self.y += 12.0
        for number, name in enumerate(names):
            self._say(self.left + number * wide, plain(name), BODY)
        self.y += fonts.line_height(BODY.size) + 3.0
        for number, name in enumerate(names):
            self._rule(self.left + number * wide + fonts.width(name, BODY.size) + 8.0,
                       self.left + (number + 1) * wide - 16.0)
        self.y += 8.0

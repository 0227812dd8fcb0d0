"""Reads what a window has drawn: every text with its box, clip, colour and ground, and every line of a page. Judging
is the tests' affair.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QRawFont
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QStyle, QStyleOptionFrame, QTextEdit, QWidget

from timeline_app.qt import fonts
from timeline_app.qt.ink import TextBox
from timeline_app.qt.pill import ROOM
from timeline_app.shells.explore import Explore

UNDRAWN = "\N{SPACE}\N{NO-BREAK SPACE}\N{LINE SEPARATOR}\t\n"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text on screen. Box and clip are px of the window; `ground` is the colour most seen behind it."""

    text: str
    box: QRectF
    clip: QRectF
    colour: str
    ground: str
    place: str
    size: int = 13

    def __str__(self) -> str:
        box = self.box.toAlignedRect()
        return f"{self.place}: {self.text!r} at {box.x()},{box.y()} {box.width()}x{box.height()}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, the word that its end breaks ("" for none), its ends and how far it may reach."""

    text: str
    broken: str
    left: float
    right: float
    room: float
    colours: tuple[str, ...]


def record(window: Explore) -> dict[QWidget, list[list[TextBox]]]:
    """Let all painters of a window collect their texts from now on; the lists fill with each painting."""
    window.headings.boxes, window.overview.boxes = [], []
    axis = window.canvas.getPlotItem().getAxis("top")
    axis.boxes = []
    return {window.canvas: [window.canvas.record_texts(), axis.boxes], window.headings: [window.headings.boxes],
            window.overview: [window.overview.boxes]}


def read(window: Explore) -> list[Drawn]:
    """Every text of the window except those of its pages, as it is painted now."""
    lists = record(window)
    image = window.grab().toImage()
    drawn = [_painted(window, widget, box, image)
             for widget, found in lists.items() for boxes in found for box in boxes]
    return drawn + [_worded(window, widget, image) for widget in worded(window)]


def said(window: Explore) -> list[str]:
    """The words alone, those of the page line by line, in the order in which they stand."""
    return [one.text for one in read(window)] + [line.text for page in pages(window) for line in lines(page)]


def pages(window: Explore) -> tuple[QTextEdit, ...]:
    """The documents of a window that are in sight."""
    return tuple(page for page in (window.pane.page, window.pane.links) if page.isVisible())


def worded(window: QWidget) -> Iterator[QWidget]:
    """Every visible label, pill and field that has words."""
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel | QPushButton | QLineEdit) and widget.isVisible() and words_of(widget):
            yield widget


def words_of(widget: QLabel | QPushButton | QLineEdit) -> str:
    """What a label, a pill or a field shows."""
    return widget.text() or (widget.placeholderText() if isinstance(widget, QLineEdit) else "")


def _painted(window: Explore, widget: QWidget, box: TextBox, image: QImage) -> Drawn:
    at = widget.mapTo(window, QPoint())
    if box.place not in ("ruler", "headings", "overview") and widget is window.canvas:
        at = window.canvas.mapTo(window, window.canvas.mapFromScene(window.canvas.layer.scenePos()))
    place, clip = box.box.translated(at), box.clip.translated(at)
    return Drawn(box.text, place, clip, box.colour, ground_of(image, place), box.place, box.size)


def _worded(window: QWidget, widget: QWidget, image: QImage) -> Drawn:
    clip = QRectF(text_room(widget))
    metrics, words = QFontMetricsF(widget.font()), words_of(widget)
    box = QRectF(0, 0, metrics.horizontalAdvance(words), metrics.ascent() + metrics.descent())
    if isinstance(widget, QPushButton):
        box.moveCenter(clip.center())
    else:
        box.moveTopLeft(QRectF(clip).topLeft())
        box.moveTop(clip.center().y() - box.height() / 2)
    at = widget.mapTo(window, QPoint())
    box, clip = box.translated(at), clip.translated(at)
    colour = widget.palette().color(widget.foregroundRole()).name()
    if isinstance(widget, QLineEdit) and not widget.text():
        colour = widget.palette().placeholderText().color().name()
    elif isinstance(widget, QPushButton):
        colour = widget._tones()[1]
    name = f"{type(widget).__name__} of {type(widget.parent()).__name__}"
    return Drawn(words, box, clip, colour, ground_of(image, box), name, widget.font().pixelSize())


def text_room(widget: QWidget) -> QRect:
    """The part of a widget that its words may fill."""
    if isinstance(widget, QPushButton):
        return widget.rect().adjusted(ROOM, ROOM, -ROOM, -ROOM)
    if isinstance(widget, QLineEdit):
        option = QStyleOptionFrame()
        widget.initStyleOption(option)
        return widget.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, widget)
    return widget.contentsRect()


def ground_of(image: QImage, box: QRectF) -> str:
    """The colour that most px of a box have: what a text stands on, since letters cover less than half of it."""
    seen = box.toAlignedRect().intersected(image.rect())
    found = Counter(image.pixel(x, y) for y in range(seen.top(), seen.bottom() + 1)
                    for x in range(seen.left(), seen.right() + 1))
    return QColor(found.most_common(1)[0][0]).name() if found else "#000000"


def lines(page: QTextEdit) -> Iterator[Line]:
    """Every line of a page as it was laid out; x is that of the page."""
    block = page.document().begin()
    while block.isValid():
        layout, words = block.layout(), block.text()
        origin = page.document().documentLayout().blockBoundingRect(block).left()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start, end = line.textStart(), line.textStart() + line.textLength()
            text = words[start:end]
            blank = len(text) - len(text.rstrip(UNDRAWN))
            edges = [x[0] if isinstance(x, tuple) else x for x in (line.cursorToX(start), line.cursorToX(end - blank))]
            yield Line(text, _broken(words, end), origin + edges[0], origin + edges[1], page.viewport().width(),
                       tuple(_colours(block, block.position() + start, block.position() + end)))
        block = block.next()


def _broken(words: str, at: int) -> str:
    """The word of a paragraph that a break at a place goes through; a break after a space or a hyphen breaks none."""
    if at in (0, len(words)) or words[at - 1] in UNDRAWN + "-" or words[at] in UNDRAWN:
        return ""
    return words[:at].split()[-1] + words[at:].split()[0]


def _colours(block, start: int, end: int) -> Iterator[str]:
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        if piece.position() < end and start < piece.position() + piece.length() and piece.text().strip(UNDRAWN):
            yield piece.charFormat().foreground().color().name()
        pieces += 1


@cache
def _faces() -> tuple[QRawFont, ...]:
    made = []
    for family in fonts.FAMILIES:
        font = fonts.font(13)
        font.setFamilies([family])
        made.append(QRawFont.fromFont(font))
    return tuple(made)


@cache
def _has_glyph(character: str) -> bool:
    return any(all(face.glyphIndexesForString(character)) for face in _faces())


def without_glyph(text: str) -> set[str]:
    """The characters of a text that no bundled font can draw."""
    return {one for one in text if one not in UNDRAWN and not _has_glyph(one)}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it, 1 to 21."""
    low, high = sorted(_luminance(QColor(value)) for value in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in colour.getRgbF()[:3]]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

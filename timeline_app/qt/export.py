"""A widget as a picture file: PNG, or SVG and PDF as vectors with real text. Everything is painted by the same code as
on screen; files are written whole or not at all.

Qt's SVG has no clip: parts that scroll are drawn each into a picture of their own and nested, which cuts them.
"""
from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QRect, QSize, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPaintDevice, QPainter, QPdfWriter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from timeline_app.base import safe_io
from timeline_app.base.problems import UserError
from timeline_app.qt import fonts
from timeline_app.qt.main_window import SMALLEST

FORMATS = (".png", ".svg", ".pdf")
DOTS_PER_INCH = 96
MOST_PIXELS = 100_000_000
BARE, WITH_FALLBACK = 'font-family="Pretendard,Noto Emoji"', 'font-family="Pretendard, Noto Emoji, sans-serif"'
_HEAD = re.compile(r"^.*?<svg[^>]*>", re.DOTALL)
_TEXT = re.compile(r'<text ([^>]*?font-size="([0-9.]+)" font-weight="([0-9]+)"[^>]*)>([^<]*)</text>', re.DOTALL)
_LETTERS = re.compile(rb"beginbfrange.*?endbfrange", re.DOTALL)
_TITLED = re.compile(r"<(title|desc)>[^<]*</\1>")
_ID = re.compile(r'(id="|url\(#)([A-Za-z]+[0-9]+)')


def drawable(size: tuple[int, int]) -> tuple[int, int]:
    """The size, if a picture of it can be drawn; else UserError: the window's parts need some room, memory has an
    end."""
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1] or size[0] * size[1] > MOST_PIXELS:
        raise UserError("picture_size", size="x".join(map(str, size)), least="x".join(map(str, SMALLEST)),
                        most=MOST_PIXELS // 1_000_000)
    return size


def export(widget: QWidget, output: Path, words: tuple[str, str], clipped: Sequence[QWidget] = ()) -> None:
    """Write a picture of a widget with (title, description); the file's ending names the format. `clipped` are the
    parts of it whose contents reach beyond them. UserError for another ending or where it cannot be written."""
    makers = {".png": _png, ".svg": _svg, ".pdf": _pdf}
    maker = makers.get(output.suffix.lower())
    if maker is None:
        raise UserError("picture_format", name=output.name, formats=", ".join(FORMATS))
    data = maker(widget, words, clipped)
    try:
        safe_io.write_atomic(output, data)
    except OSError as error:
        raise UserError("cannot_write", name=str(output), reason=error.strerror or str(error)) from error


def readable(data: bytes) -> bytes:
    """A PDF of Qt in which spaces are spaces to who reads, searches or copies its text: Qt names each glyph by the
    first character that has it, which for that of a space is the tab. Nothing in the file moves."""
    return _LETTERS.sub(lambda found: found[0].replace(b"<0009>", b"<0020>"), data)


def image(widget: QWidget) -> QImage:
    """The widget as an image, pixel for pixel."""
    made = QImage(widget.size(), QImage.Format.Format_RGB32)
    _paint(widget, made)
    return made


def paint(widget: QWidget, painter: QPainter) -> None:
    """The widget as it is, where a painter stands: a page that holds more than the widget."""
    # The widget's own: what a graphics view calls `render` draws its scene only.
    QWidget.render(widget, painter, QPoint(), QRegion(widget.rect()))


def inline_svg(widget: QWidget, name: str, clipped: Sequence[QWidget] = ()) -> str:
    """The widget as SVG within a page: without a head, as large as the page lets it be, its ids beginning with a name
    so that no two pictures of a page share one."""
    whole = _svg(widget, ("", ""), clipped).decode("utf-8")
    inner = _ID.sub(lambda match: f"{match[1]}{name}-{match[2]}", _TITLED.sub("", _HEAD.sub("", whole, count=1)))
    return f'<svg viewBox="0 0 {widget.width()} {widget.height()}">{inner}'


def _paint(widget: QWidget, device: QPaintDevice, region: QRegion | None = None) -> None:
    """The widget, or a region of it, onto a device. A device must not die while a painter is at it: Qt aborts."""
    painter = QPainter(device)
    try:
        # The widget's own: what a graphics view calls `render` draws its scene only.
        QWidget.render(widget, painter, QPoint(), region or QRegion(widget.rect()))
    finally:
        painter.end()


def _buffer() -> QBuffer:
    made = QBuffer()
    made.setData(QByteArray())
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    return made


def _png(widget: QWidget, words: tuple[str, str], clipped: Sequence[QWidget]) -> bytes:
    made = image(widget)
    made.setText("Title", words[0])
    made.setText("Description", words[1])
    device = _buffer()
    made.save(device, "PNG")
    return bytes(device.data())


def _pdf(widget: QWidget, words: tuple[str, str], clipped: Sequence[QWidget]) -> bytes:
    device = _buffer()
    writer = QPdfWriter(device)
    writer.setTitle(words[0])
    writer.setResolution(DOTS_PER_INCH)
    inch = 25.4 / DOTS_PER_INCH
    size = QSizeF(widget.width() * inch, widget.height() * inch)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    with fonts.without_forms():
        _paint(widget, writer)
    return readable(bytes(device.data()))


def _svg(widget: QWidget, words: tuple[str, str], clipped: Sequence[QWidget]) -> bytes:
    places = [(part, QRect(part.mapTo(widget, QPoint()), part.size())) for part in clipped if part.isVisible()]
    rest = QRegion(widget.rect())
    for _, place in places:
        rest = rest.subtracted(QRegion(place))
    whole = _drawn(widget, words, rest)
    nested = [_nested(part, place, number) for number, (part, place) in enumerate(places)]
    return whole.replace("</svg>", "".join(nested) + "</svg>").encode("utf-8")


def _drawn(widget: QWidget, words: tuple[str, str], region: QRegion | None = None) -> str:
    device = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(device)
    generator.setSize(QSize(widget.width(), widget.height()))
    generator.setViewBox(widget.rect())
    generator.setResolution(DOTS_PER_INCH)
    generator.setTitle(words[0])
    generator.setDescription(words[1])
    _paint(widget, generator, region)
    return _TEXT.sub(_measured, bytes(device.data()).decode("utf-8")).replace(BARE, WITH_FALLBACK)


def _measured(match: re.Match[str]) -> str:
    """A text with its width written down, so that it keeps its place where our fonts are not installed."""
    words = html.unescape(match[4])
    weight = "bold" if int(match[3]) >= 700 else "semibold" if int(match[3]) >= 600 else "regular"
    wide = fonts.width(words, round(float(match[2])), weight)
    length = f' textLength="{wide:.2f}" lengthAdjust="spacingAndGlyphs"' if wide > 0 and words.strip() else ""
    return f"<text {match[1]}{length}>{match[4]}</text>"


def _nested(part: QWidget, place: QRect, number: int) -> str:
    """A part's own picture, cut to its place; its ids are made different from those of the other parts."""
    inner = _HEAD.sub("", _drawn(part, ("", ""))).replace("</svg>", "")
    inner = _TITLED.sub("", inner)
    inner = _ID.sub(lambda match: f"{match[1]}p{number}{match[2]}", inner)
    box = f'x="{place.x()}" y="{place.y()}" width="{place.width()}" height="{place.height()}"'
    return f'<svg {box} viewBox="0 0 {place.width()} {place.height()}" overflow="hidden">{inner}</svg>\n'

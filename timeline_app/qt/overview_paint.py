"""The one painter of the overview strip: what is counted, its bars, its dates and the brush over them."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from timeline_app.qt import paint_many, theme
from timeline_app.qt.ink import Ink
from timeline_app.qt.paint import wrapped
from timeline_app.qt.ruler import paint_lines, paint_words
from timeline_app.viewmodel.brush import sides
from timeline_app.viewmodel.overview import OverviewPicture
from timeline_app.viewmodel.ticks import MARK_PX
from timeline_app.viewmodel.window import TimeScale

HEIGHT = 84
HEADING_PAD, HEADING_LEAST = 16.0, 120.0
HEADING_BASE, HEADING_LINE = 21.0, 16.0
BARS_TOP, BARS_BOTTOM, DATE_BASE, LINE_BOTTOM = 11.0, 61.0, 75.5, 80.0
BRUSH_TOP, BRUSH_BOTTOM, BRUSH_RADIUS = 7.0, 62.0, 3.5
GRIP_WIDTH, GRIP_HEIGHT = 8.0, 22.0
STRENGTH = 0.68  # the least at which bars keep 3 : 1 on the paper theme's panel
FILL = 0.10


def paint_overview(ink: Ink, picture: OverviewPicture, scale: TimeScale) -> None:
    """The whole strip, filling the clip: `scale.width` px at its right for time, the heading left of them."""
    rect = ink.clip
    grown = rect.height() / HEIGHT
    ink.rect(rect, "panel")
    ink.rect(QRectF(rect.left(), rect.top(), rect.width(), 1.0), "hairline")
    left = rect.right() - scale.width
    plot = ink.within(QRectF(left, rect.top(), scale.width, rect.height()))
    has_heading = left - rect.left() >= HEADING_LEAST
    heading = ink.within(QRectF(rect.left(), rect.top(), left - rect.left(), rect.height())) if has_heading else plot
    _bars(plot, picture, scale, BARS_TOP if has_heading else HEADING_BASE + 5.0)
    base = rect.top() + BARS_BOTTOM * grown
    plot.rect(QRectF(plot.clip.left(), base, plot.clip.width(), 1.0), "hairline")
    paint_lines(plot, picture.ticks, scale, (base, rect.top() + LINE_BOTTOM * grown))
    paint_words(plot, picture.ticks, rect.top() + DATE_BASE * grown, ("faint", round(MARK_PX * grown), "regular"))
    _heading(heading, picture.lines if has_heading else picture.lines[:1])
    _brush(plot, sides(scale, picture.window))


def _bars(ink: Ink, picture: OverviewPicture, scale: TimeScale, top: float) -> None:
    """Bars a hairline apart where they are wide enough; whatever was counted is at least one px high."""
    grown = ink.clip.height() / HEIGHT
    base, most = ink.clip.top() + BARS_BOTTOM * grown, (BARS_BOTTOM - top) * grown
    starts, ends = scale.xs(picture.start), scale.xs(picture.end)
    starts, ends = np.clip(starts, 0.0, scale.width), np.clip(ends, 0.0, scale.width)
    wide = np.maximum(ends - starts - np.where(ends - starts >= 6.0, 1.0, 0.0), 1.0)
    wide = np.minimum(wide, scale.width - starts)
    high = np.where(picture.height > 0, np.maximum(picture.height * most, 1.0), 0.0)
    shown = (high > 0) & (wide > 0)
    left, high = ink.clip.left() + starts[shown], high[shown]
    paint_many.row(ink, (left, base - high, left + wide[shown], np.full(len(high), base)), picture.role, STRENGTH)


def _heading(ink: Ink, lines: tuple[str, ...]) -> None:
    """As many lines as there is room for, broken between words; one that finds none is left out, and said by name."""
    grown = ink.clip.height() / HEIGHT
    size = round(MARK_PX * grown)
    room, most = ink.clip.width() - 2 * HEADING_PAD, int((HEIGHT - HEADING_BASE) // HEADING_LINE) + 1
    shown: list[tuple[str, str]] = []
    for number, words in enumerate(line for line in lines if line):
        weight = "regular" if number else "semibold"
        pieces = wrapped(words, room, size, weight)
        if len(shown) + len(pieces) <= most:
            shown += [(one, weight) for one in pieces]
    for number, (words, weight) in enumerate(shown):
        at = QPointF(ink.clip.left() + HEADING_PAD, ink.clip.top() + (HEADING_BASE + number * HEADING_LINE) * grown)
        ink.text(at, words, ("muted", size, weight))


def _brush(ink: Ink, edges: tuple[float, float]) -> None:
    """The window as a rounded frame with a grip at each edge that is in sight."""
    grown, painter = ink.clip.height() / HEIGHT, ink.painter
    colour = theme.colour(ink.colours.interaction)
    inside = ink.clip.adjusted(GRIP_WIDTH / 2, 0, -GRIP_WIDTH / 2, 0)
    left, right = (min(max(ink.clip.left() + x, inside.left()), inside.right()) for x in edges)
    frame = QRectF(left, ink.clip.top() + BRUSH_TOP * grown, max(right - left, 1.0),
                   (BRUSH_BOTTOM - BRUSH_TOP) * grown)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(theme.colour(ink.colours.interaction, FILL))
    painter.drawRoundedRect(frame, BRUSH_RADIUS, BRUSH_RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for x in (frame.left(), frame.right()):
        grip = QRectF(x - GRIP_WIDTH / 2, frame.center().y() - GRIP_HEIGHT * grown / 2, GRIP_WIDTH,
                      GRIP_HEIGHT * grown)
        painter.drawRoundedRect(grip, 3.0, 3.0)
    painter.restore()

"""The one painter of the calendar ruler, for screen, PNG, SVG and PDF. Which ticks there are is in `viewmodel.ticks`.

The type grows with the strip: a ruler of twice the height has letters of twice the size.
"""
from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QPointF, QRectF

from timeline_app.qt import fonts
from timeline_app.qt.ink import Ink
from timeline_app.viewmodel.measure import Measure
from timeline_app.viewmodel.ticks import HEADING_PX, MARK_PX, Tick, Ticks
from timeline_app.viewmodel.window import TimeScale

HEIGHT = 45
HEADING_BASE, MARK_BASE = 20.0, 36.0
MAJOR_TOP, MINOR_LENGTH = 4.0, 5.0


def height(percent: int) -> int:
    """The px that a ruler has in height at a text size."""
    return round(HEIGHT * percent / 100)


@cache
def measure(percent: int) -> Measure:
    """How wide words are in a ruler at a text size: what `ticks` has to measure with."""
    def measured(text: str, size: int, weight: str) -> float:
        return fonts.width(text, round(size * percent / 100), weight)
    return fonts.width if percent == 100 else measured


def paint_ruler(ink: Ink, ticks: Ticks, scale: TimeScale) -> None:
    """Both rows of a ruler, filling the clip of the ink; time begins at its left edge."""
    rect = ink.clip
    grown = rect.height() / HEIGHT
    ink.rect(rect, "ground")
    paint_lines(ink, ticks.minor, scale, (rect.bottom() - MINOR_LENGTH * grown, rect.bottom()))
    paint_lines(ink, ticks.major, scale, (rect.top() + MAJOR_TOP * grown, rect.bottom()))
    ink.rect(QRectF(rect.left(), rect.bottom() - 1.0, rect.width(), 1.0), "hairline")
    rows = ((ticks.major, HEADING_BASE, ("ink", round(HEADING_PX * grown), "semibold")),
            (ticks.minor, MARK_BASE, ("faint", round(MARK_PX * grown), "regular")))
    for row, base, style in rows:
        paint_words(ink, row, rect.top() + base * grown, style)


def paint_lines(ink: Ink, row: Sequence[Tick], scale: TimeScale, ends: tuple[float, float]) -> None:
    """Upright hairlines from one y to the other, each on one whole column of px, as the grid below has them."""
    for tick in row:
        x = round(ink.clip.left() + scale.x(tick.at_ms))
        ink.rect(QRectF(x, ends[0], 1.0, ends[1] - ends[0]), "hairline")


def paint_words(ink: Ink, row: Sequence[Tick], base: float, style: tuple[str, int, str]) -> None:
    """The labels of a row on one baseline, in (role, size, weight)."""
    for tick in row:
        if tick.labelled:
            ink.text(QPointF(ink.clip.left() + tick.left, base), tick.text, style)

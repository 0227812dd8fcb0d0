"""What a marked span holds, on a small panel beside it, on screen and in pictures. Its words: `viewmodel/marked`."""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF

from timeline_app.qt.ink import Ink
from timeline_app.qt.ink import width as ink_width
from timeline_app.qt.paint import elided

MOST_LINES, WIDEST = 6, 300
PAD, GAP, TOP, LEADING = 10.0, 8.0, 8.0, 18.0
SIZE, FIRST = 12, 13


def paint_span_label(ink: Ink, lines: Sequence[str], ends: tuple[float, float], percent: int) -> None:
    """Lines beside a span from one x to another, right of it where there is room, else left of it, else inside; the
    first is its length, the last, muted, what can be done with it. A span out of sight has none."""
    if ends[1] < ink.clip.left() or ends[0] > ink.clip.right():
        return
    grown = percent / 100
    shown = [*lines[:MOST_LINES - 1], lines[-1]] if len(lines) > MOST_LINES else list(lines)
    styles = [("ink", round(FIRST * grown), "semibold")] + [("ink", round(SIZE * grown), "regular")] * (len(shown) - 2)
    styles.append(("muted", round(SIZE * grown), "regular"))
    room = min(WIDEST * grown, ink.clip.width() - 2 * (GAP + PAD))
    words = [elided(one, room, style[1:]) for one, style in zip(shown, styles, strict=True)]
    wide = max(ink_width(one, *style[1:]) for one, style in zip(words, styles, strict=True)) + 2 * PAD
    box = QRectF(_left(ink.clip, ends, wide), ink.clip.top() + TOP, wide, len(words) * LEADING * grown + 1.4 * PAD)
    ink.rect(box, "panel")
    ink.outline(box.adjusted(0.5, 0.5, -0.5, -0.5), "half_rule")
    for number, (one, style) in enumerate(zip(words, styles, strict=True)):
        base = box.top() + PAD + (number * LEADING + SIZE) * grown
        ink.text(QPointF(box.left() + PAD, base), one, style)


def _left(clip: QRectF, ends: tuple[float, float], wide: float) -> float:
    left, right = max(ends[0], clip.left()), min(ends[1], clip.right())
    if right + GAP + wide <= clip.right():
        return right + GAP
    if left - GAP - wide >= clip.left():
        return left - GAP - wide
    return max(clip.left() + GAP, min((left + right - wide) / 2, clip.right() - GAP - wide))

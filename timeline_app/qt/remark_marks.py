"""Words at a moment of a step, drawn over the lanes: an upright line and a label at its head."""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF

from timeline_app.qt import fonts
from timeline_app.qt.ink import Ink
from timeline_app.qt.paint import elided
from timeline_app.viewmodel.frame import Frame
from timeline_app.viewmodel.window import TimeScale

SIZE, PAD, WIDEST = 13, 7.0, 420


def paint_remarks(ink: Ink, remarks: Sequence[tuple[int, str]], frame: Frame, look: tuple[TimeScale, float, int]
                  ) -> None:
    """Each (ms UTC, words) of the view, in (scale, px scrolled down, text percent). A label stands right of its line
    where there is room, else left, and takes the next row where it would lie on other words."""
    scale, scroll, percent = look
    grown, taken = percent / 100, _words_of(frame, (ink.clip.left(), ink.clip.top() - scroll), scale)
    size = round(SIZE * grown)
    high = size * 1.7
    for at_ms, words in sorted(remarks):
        x = ink.clip.left() + scale.x(at_ms)
        if not ink.clip.left() <= x <= ink.clip.right():
            continue
        ink.line(QPointF(x, ink.clip.top()), QPointF(x, ink.clip.bottom()), "ink", (1.0, 0.7, True))
        said = elided(words, WIDEST * grown, (size, "semibold"))
        wide = fonts.width(said, size, "semibold") + 2 * PAD * grown
        left = x + 4 if x + 4 + wide <= ink.clip.right() else max(ink.clip.left(), x - 4 - wide)
        box = QRectF(left, ink.clip.top() + 4, wide, high)
        while any(box.intersects(other) for other in taken):
            box.translate(0, high + 4)
        taken.append(box)
        ink.rect(box, "panel")
        ink.outline(box.adjusted(0.5, 0.5, -0.5, -0.5), "half_rule")
        ink.text(QPointF(box.left() + PAD * grown, box.top() + high * 0.7), said, ("ink", size, "semibold"))


def _words_of(frame: Frame, origin: tuple[float, float], scale: TimeScale) -> list[QRectF]:
    """Where the lanes have words."""
    found = []
    for lane in frame.lanes:
        for label in lane.picture.labels:
            x = origin[0] + label.dx + (scale.x(label.anchor_ms) if label.anchor_ms is not None else 0.0)
            size = max((run.size for run in label.runs), default=0)
            base = origin[1] + lane.top + lane.head + label.baseline
            found.append(QRectF(x, base - size, label.width, size * 1.35))
    return found

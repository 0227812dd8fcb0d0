"""The clock of a talk: elapsed and left in large figures, the pace in words, and a bar that says the same once more."""
from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from timeline_app.qt import fonts, safe_text
from timeline_app.qt.ink import Ink
from timeline_app.qt.look import Look
from timeline_app.qt.theme import colour
from timeline_app.viewmodel.pacing import Pace

ROLES = {"on": "asking", "ahead": "counted", "behind": "down", "over": "down"}
HEIGHT = 104


class TalkClock(QWidget):
    """Shows a pace."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._pace, self._wall = look, None, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_pace(self, pace: Pace, by_the_wall: str = "") -> None:
        """Take a pace, and what the clock on the wall says; a screen reader hears them when it asks."""
        if (pace, by_the_wall) == (self._pace, self._wall):
            return
        self._pace, self._wall = pace, by_the_wall
        texts = self._look.texts
        said = texts.get("present.clock", elapsed=pace.elapsed, left=pace.left, pace=pace.words)
        safe_text.name(self, f"{said} {by_the_wall} {pace.warning}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its figures and the bar."""
        return QSize(320, self._look.px(HEIGHT))

    minimumSizeHint = sizeHint

    def paintEvent(self, _: QPaintEvent) -> None:
        """Elapsed at the left, left and pace at the right, the bar below."""
        painter, look, pace = QPainter(self), self._look, self._pace
        ink = Ink(painter, look.colours, QRectF(self.rect()))
        if pace is None:
            painter.end()
            return
        base, large, small = look.px(44), look.px(40), look.px(17)
        painter.setFont(fonts.font(large, "bold", tabular=True))
        painter.setPen(colour(look.colours.ink))
        painter.drawText(QPointF(0, base), pace.elapsed)
        wide = painter.fontMetrics().horizontalAdvance(pace.elapsed)
        words = look.texts.get("present.elapsed")
        role = ROLES[pace.state]
        said = " · ".join(filter(None, (pace.words, pace.warning)))
        left = look.texts.get("present.left", time=pace.left)
        end = self.width() - fonts.width(said, small, "semibold")
        ink.text(QPointF(end, base), said, (role, small, "semibold"))
        start = end - fonts.width(f"{left} · ", small)
        if start > wide + look.px(12) + fonts.width(words, look.px(15)) + look.px(8):
            ink.text(QPointF(wide + look.px(12), base), words, ("muted", look.px(15), "regular"))
        ink.text(QPointF(start, base), f"{left} ·", ("ink", small, "regular"))
        bar = QRectF(0, look.px(66), self.width(), look.px(7))
        ink.rect(bar, "hairline")
        ink.rect(QRectF(bar.left(), bar.top(), bar.width() * pace.share, bar.height()), role)
        ink.text(QPointF(0, look.px(95)), self._wall, ("muted", look.px(14), "regular"))
        if self.hasFocus():
            ink.outline(QRectF(self.rect()).adjusted(1, 1, -1, -1), "interaction", (2.0, 1.0, False))
        painter.end()

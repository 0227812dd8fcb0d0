"""A rounded button with a word. Its colours are roles; what it does is its owner's."""
from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.look import BASE, Look
from timeline_app.qt.theme import colour, mixed

RING = 2.0
ROOM = 4  # px around the pill in which the focus ring is drawn
SMALLEST = 24


class Pill(QPushButton):
    """A pill in a tone: "chip" (quiet), "ink" (filled: what is on now) or "bare" (words only)."""

    def __init__(self, look: Look, tone: str = "chip", parent: QWidget | None = None, size: int = BASE) -> None:
        super().__init__(parent)
        self.tone = tone
        self._size = size
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Take on a language, theme and text size; the words are put anew by the owner."""
        self._look = look
        self.setFont(look.font(self._size, self._weight))
        self.updateGeometry()
        self.update()

    @property
    def _weight(self) -> str:
        return "semibold" if self.tone == "ink" else "regular"

    def put(self, text: str, spoken: str = "", tip: str = "") -> None:
        """The word on the pill, and what a screen reader says if that is more."""
        self.setText(safe_text.one_line(text))
        safe_text.name(self, spoken or text)
        safe_text.tip(self, tip or spoken or text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The word, a margin, and room for the ring."""
        beside = self._look.px(6 if self.tone == "bare" else 12)
        height = max(SMALLEST, round(self._look.line(self._size)) + self._look.px(10))
        width = max(SMALLEST, round(self._look.width(self.text(), self._size, self._weight)) + 2 * beside)
        return QSize(width + 2 * ROOM, height + 2 * ROOM)

    minimumSizeHint = sizeHint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Ground, word, ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(ROOM, ROOM, -ROOM, -ROOM)
        ground, ink = self._tones()
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(colour(ground))
            painter.drawRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        if self.hasFocus():
            ring = whole.adjusted(-RING, -RING, RING, RING)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self._look.colours.interaction), RING))
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.setPen(colour(ink, 1.0 if self.isEnabled() else 0.4))
        painter.setFont(self.font())
        painter.drawText(whole, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())
        painter.end()

    def _tones(self) -> tuple[str, str]:
        """The ground ("" for none) and the ink."""
        colours = self._look.colours
        if self.tone == "ink":
            return colours.ink, colours.panel
        pointed = self.isEnabled() and (self.underMouse() or self.isDown())
        if self.tone == "bare":
            return (colours.chip if pointed else ""), colours.ink
        return (mixed(colours.ink, colours.chip, 0.08) if pointed else colours.chip), colours.ink

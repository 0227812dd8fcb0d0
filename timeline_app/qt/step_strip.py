"""The steps of a story side by side, or as a grid: number, headline, whether a step is optional, which one is now."""
from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from timeline_app.qt import fonts, safe_text
from timeline_app.qt.ink import Ink, TextBox
from timeline_app.qt.look import Look
from timeline_app.viewmodel import text_cut

GAP, HIGH, LEAST, LINES, SIZE, PAD = 8, 104, 88, 4, 13, 10
KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class StepStrip(QWidget):
    """Cards of (headline, remark such as "optional"). `chosen` sends the number of a step from 0; while it has the
    focus the arrows walk and Enter chooses. Beside the talk only Up, Down and Enter are its own, and a click gives it
    no focus: Left, Right and Space are what clickers send."""

    chosen = Signal(int)

    def __init__(self, look: Look, cards: list[tuple[str, str]], is_grid: bool = False) -> None:
        super().__init__()
        self._look, self._cards, self._is_grid = look, cards, is_grid
        self._now = self._at = 0
        size = look.px(SIZE)
        self._widest = max((fonts.width(word, size, "semibold") for headline, _ in cards for word in headline.split()),
                           default=0)
        self.boxes: list[TextBox] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("keeps", "all" if is_grid else "Up Down Return Enter")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def show_step(self, now: int) -> None:
        """Mark the step of now."""
        self._now = self._at = now
        self._name()
        self.update()

    @property
    def columns(self) -> int:
        """Cards side by side; none is narrower than the longest word on it, unless that is a very long one."""
        least = self._look.px(LEAST * 2)
        if not self._is_grid:
            least = min(least, max(self._look.px(LEAST), self._widest + 2 * self._look.px(PAD)))
        return min(len(self._cards), max(1, int((self.width() + GAP) / (least + GAP))))

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        rows = ceil(len(self._cards) / max(1, self.columns))
        return QSize(self._look.px(LEAST) * 4, rows * (self._look.px(HIGH) + GAP))

    def minimumSizeHint(self) -> QSize:
        """One card wide."""
        return QSize(self._look.px(LEAST), self.sizeHint().height())

    def box(self, number: int) -> QRectF:
        """Where a card stands."""
        columns = max(1, self.columns)
        wide, high = (self.width() - GAP * (columns - 1)) / columns, self._look.px(HIGH)
        return QRectF(number % columns * (wide + GAP), number // columns * (high + GAP), wide, high)

    def resizeEvent(self, event: object) -> None:
        """Fewer columns are more rows."""
        super().resizeEvent(event)
        self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the card under the pointer."""
        hit = next((n for n in range(len(self._cards)) if self.box(n).contains(event.position())), None)
        if hit is not None:
            self.chosen.emit(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, choose with Enter or Space."""
        row = self.columns if self._is_grid else 1
        step = KEYS.get(event.key()) or {Qt.Key.Key_Up: -row, Qt.Key.Key_Down: row}.get(event.key())
        if step:
            self._at = min(max(self._at + step, 0), len(self._cards) - 1)
            self._name()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the focus is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus, back to the step of now."""
        super().focusOutEvent(event)
        self._at = self._now
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """A card for each step."""
        painter = QPainter(self)
        if self.boxes is not None:
            self.boxes.clear()
        ink = Ink(painter, self._look.colours, QRectF(self.rect()), self.boxes, "steps")
        for number, (headline, remark) in enumerate(self._cards):
            self._card(ink.within(self.box(number)), (number, headline, remark))
        painter.end()

    def _card(self, ink: Ink, card: tuple[int, str, str]) -> None:
        number, headline, remark = card
        look, box = self._look, ink.clip
        is_now = number == self._now
        ink.rect(box, "chip")
        if is_now:
            ink.rect(box, "interaction", 0.18)
        has_ring = self.hasFocus() and number == self._at
        role = "interaction" if is_now or has_ring else "hairline"
        thick = 2.0 if is_now or has_ring else 1.0
        ink.outline(box.adjusted(1, 1, -1, -1), role, (thick, 1.0, has_ring and not is_now))
        small, pad = look.px(SIZE), look.px(PAD)
        top = f"{number + 1} · {remark}" if remark else str(number + 1)
        wide = box.width() - 2 * pad
        at = QPointF(box.left() + pad, box.top() + look.px(22))
        ink.text(at, text_cut.cut(top, wide, lambda t: fonts.width(t, small)), ("muted", small, "regular"))
        lines = text_cut.lines(headline, wide, LINES, lambda t: fonts.width(t, small, "semibold"))
        for row, line in enumerate(lines):
            at = QPointF(box.left() + pad, box.top() + look.px(42) + row * look.px(17))
            ink.text(at, line, ("ink", small, "semibold"))

    def _name(self) -> None:
        headline, remark = self._cards[self._at] if self._cards else ("", "")
        texts = self._look.texts
        place = texts.get("present.step", n=self._at + 1, of=len(self._cards))
        safe_text.name(self, texts.get("present.steps"), ". ".join(part for part in (place, headline, remark) if part))

"""The strip that stands in the place of the status line while something is read: what, how far, how fast, how long
still, and a way to stop it. What is said is `viewmodel/import_words`; reading is `opening`.
"""
from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.access import Announcer
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.theme import colour
from timeline_app.viewmodel import import_words
from timeline_app.viewmodel.import_words import ImportWords, Told

HEIGHT, SIDE, GAP = 34, 18, 16
BAR, LEAST_BAR, THICK = 220, 60, 6
SPOKEN_EVERY = 25  # percent


class ImportBar(QWidget):
    """One import. `cancelled` is sent when the reader wants it to end."""

    cancelled = Signal()

    def __init__(self, parent: QWidget, look: Look, name: str) -> None:
        super().__init__(parent)
        self._name, self._look = name, look
        self._clock = QElapsedTimer()
        self._clock.start()
        self._told: Told | None = None
        self._spoken = 0
        self.title = safe_text.label("", self, "ink")
        self.words = safe_text.label("", self, "muted")
        self.cancel = Pill(look, "chip", self, 12)
        self.cancel.clicked.connect(self.cancelled)
        self._announcer = Announcer(self)
        self.now = ImportWords(0.0, "")
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Take on a language, theme and text size."""
        self._look = look
        self.title.setFont(look.font(12, "semibold"))
        self.words.setFont(look.font(12, tabular=True))
        self.cancel.set_look(look)
        self.cancel.put(look.texts.get("opening.cancel"), look.texts.get("opening.cancel.spoken"))
        safe_text.put(self.title, look.texts.get("opening.reading", name=safe_text.one_line(self._name, 60)))
        self.setFixedHeight(max(HEIGHT, self.cancel.sizeHint().height()))
        self.show_progress(self._told)

    def show_progress(self, told: Told | None) -> None:
        """Say how far it is."""
        self._told = told
        self.now = import_words.words(told, self._clock.elapsed() / 1000, self._look.texts)
        safe_text.put(self.words, self.now.text)
        safe_text.name(self, f"{self.title.text()}. {self.now.text}", self._look.texts.get("opening.bar"))
        step = self.now.percent // SPOKEN_EVERY
        if step > self._spoken:
            self._spoken = step
            self._announcer.say(f"{self.title.text()}: {self.now.text}")
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops it."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words give way before the bar, and the bar before the button."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        size = self.cancel.sizeHint()
        right = self.width() - SIDE - size.width()
        self.cancel.setGeometry(right, (self.height() - size.height()) // 2, size.width(), size.height())
        left = SIDE + self.title.sizeHint().width() + GAP
        self._put(self.title, SIDE, min(left, right) - SIDE - GAP)
        words = self.words.sizeHint().width()
        begin = left + self._bar_width(right) + GAP
        self.words.setVisible(right - begin - GAP >= words)
        self._put(self.words, begin, words)
        self.update()

    def _put(self, label: QWidget, x: int, width: int) -> None:
        height = label.sizeHint().height()
        label.setGeometry(x, (self.height() - height) // 2, max(0, width), height)

    def _bar_width(self, right: int) -> int:
        room = right - SIDE - self.title.sizeHint().width() - 3 * GAP - self.words.sizeHint().width()
        return max(LEAST_BAR, min(self._look.px(BAR), room))

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground, the hairline above, and the bar."""
        colours, painter = self._look.colours, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour(colours.panel))
        painter.fillRect(QRectF(0, 0, self.width(), 1), colour(colours.half_rule))
        left = SIDE + self.title.sizeHint().width() + GAP
        whole = QRectF(left, (self.height() - THICK) / 2, self._bar_width(self.cancel.x()), THICK)
        painter.setPen(Qt.PenStyle.NoPen)
        for part, role in ((1.0, "hairline"), (self.now.share, "counted")):
            painter.setBrush(colour(colours.role(role)))
            painter.drawRoundedRect(QRectF(whole.topLeft(), whole.size()).adjusted(
                0, 0, whole.width() * (part - 1), 0), THICK / 2, THICK / 2)
        painter.end()

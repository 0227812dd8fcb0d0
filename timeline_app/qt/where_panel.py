"""Asks where tweets that came in shall stand: beside the dataset that is open, or by themselves."""
from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import Panel

WIDTH = 420


class WherePanel(Panel):
    """`chosen` sends "beside" or "alone"; Esc chooses nothing."""

    chosen = Signal(str)

    def __init__(self, window: QWidget, look: Look, name: str, title: str) -> None:
        super().__init__(window, look, look.texts.get("opening.where", name=safe_text.one_line(name, 60)))
        words = safe_text.label(look.texts.get("opening.where.words"), self, "muted")
        words.setFont(look.font())
        words.setWordWrap(True)
        words.setMinimumWidth(min(look.px(WIDTH), window.width() - 120))
        self.beside, self.alone = Pill(look, "ink", self), Pill(look, "chip", self)
        self.beside.put(look.texts.get("opening.beside", title=safe_text.one_line(title, 40)))
        self.alone.put(look.texts.get("opening.alone"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        for pill, answer in ((self.beside, "beside"), (self.alone, "alone")):
            pill.clicked.connect(lambda _=False, answer=answer: self._take(answer))
            foot.addWidget(pill)
        self.body.addWidget(words)
        self.body.addLayout(foot)

    def _take(self, answer: str) -> None:
        self.dismiss()
        self.chosen.emit(answer)

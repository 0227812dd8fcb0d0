"""What is wrong with the data, as a panel: one block a problem, with place, message and hint, to be read or copied."""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from timeline_app.base.problems import Problem
from timeline_app.qt import safe_text
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import Panel
from timeline_app.qt.quiet_area import quiet_area, show_whole
from timeline_app.viewmodel.problem_words import ProblemWords, as_text, problem_words

MOST_SHOWN = 100
MOST_COPIED = 5_000
WIDTH = 640


class ProblemList(Panel):
    """Errors first, then warnings, at most MOST_SHOWN; all of them can be copied."""

    def __init__(self, window: QWidget, look: Look, problems: Sequence[Problem]) -> None:
        super().__init__(window, look, look.texts.get("command.problems"))
        self._problems = sorted(problems, key=lambda one: one.severity != "error")
        self.body.addWidget(self._area(window))
        self.body.addLayout(self._foot())

    def _area(self, window: QWidget) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(*[self.look.px(8)] * 4)
        column.setSpacing(self.look.px(14))
        if not self._problems:
            column.addLayout(self._block(page, ProblemWords("", "", self.look.texts.get("explore.problems.none"))))
        for problem in self._problems[:MOST_SHOWN]:
            column.addLayout(self._block(page, problem_words(problem, self.look.texts)))
        column.addStretch(1)
        page.setMinimumWidth(min(self.look.px(WIDTH), window.width() - 120))
        area = quiet_area(self, page, self.look.texts.get("command.problems"))
        show_whole(area, QSize(window.width() - 100, window.height() - self.look.px(220)))
        return area

    def _block(self, page: QWidget, words: ProblemWords) -> QVBoxLayout:
        block = QVBoxLayout()
        block.setSpacing(self.look.px(3))
        head = " · ".join(part for part in (words.severity, words.place) if part)
        for text, role, type_ in ((head, "muted", (12, "semibold")), (words.message, "ink", (13, "regular")),
                                  (words.hint, "muted", (13, "regular"))):
            if text:
                label = safe_text.label(text, page, role)
                label.setFont(self.look.font(*type_))
                label.setWordWrap(True)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                block.addWidget(label)
        return block

    def _foot(self) -> QHBoxLayout:
        texts, hidden = self.look.texts, len(self._problems) - MOST_SHOWN
        self.copy = Pill(self.look, "chip", self)
        self.copy.put(texts.get("explore.problems.copy"))
        self.copy.clicked.connect(self._copy)
        self.copy.setVisible(bool(self._problems))
        self.note = safe_text.label("", self, "muted")
        self.note.setFont(self.look.font(12))
        if hidden > 0:
            total = f"{len(self._problems):,}"
            safe_text.put(self.note, texts.get("explore.problems.first", shown=MOST_SHOWN, n=total))
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.copy)
        return foot

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self._problems[:MOST_COPIED], self.look.texts))
        safe_text.put(self.note, self.look.texts.get("explore.copied"))

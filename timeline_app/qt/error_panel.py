"""The calm face of a bug: what happened, that the work is not lost, and a report to copy. Made by `errors.Hook`."""
from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import Panel


class ErrorPanel(Panel):
    """Shows one report."""

    def __init__(self, window: QWidget, look: Look, report: str) -> None:
        texts = look.texts
        super().__init__(window, look, texts.get("explore.bug.title"))
        words = safe_text.label(texts.get("explore.bug.words"), self, "ink")
        words.setFont(look.font())
        words.setWordWrap(True)
        self.report = QPlainTextEdit(self)
        self.report.setReadOnly(True)
        self.report.setFont(look.font(12))
        self.report.setPlainText(safe_text.plain(report))
        self.report.setMinimumSize(min(look.px(560), window.width() - 120), look.px(200))
        self.report.setTabChangesFocus(True)
        safe_text.name(self.report, texts.get("explore.bug.report"))
        self.copy = Pill(look, "ink", self)
        self.copy.put(texts.get("explore.bug.copy"))
        self.copy.clicked.connect(lambda: self._copy(report))
        self.note = safe_text.label(texts.get("explore.bug.privacy"), self, "muted")
        self.note.setFont(look.font(12))
        self.note.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.copy)
        for part in (words, self.report):
            self.body.addWidget(part)
        self.body.addLayout(foot)

    def _copy(self, report: str) -> None:
        QGuiApplication.clipboard().setText(report)
        safe_text.put(self.note, self.look.texts.get("explore.copied"))

"""The view in words, to read at one's own pace and to copy. What they say is `viewmodel/summary`."""
from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import Panel


class ViewWords(Panel):
    """Shows a text of some sentences."""

    def __init__(self, window: QWidget, look: Look, text: str) -> None:
        texts = look.texts
        super().__init__(window, look, texts.get("summary.title"))
        self.page = QPlainTextEdit(self)
        self.page.setReadOnly(True)
        self.page.setFont(look.font())
        self.page.setPlainText(safe_text.plain(text))
        self.page.setMinimumSize(min(look.px(620), window.width() - 120), min(look.px(240), window.height() - 200))
        self.page.setTabChangesFocus(True)
        safe_text.name(self.page, texts.get("summary.title"), text)
        self.copy = Pill(look, "ink", self)
        self.copy.put(texts.get("summary.copy"))
        self.copy.clicked.connect(lambda: self._copy(text))
        self.note = safe_text.label("", self, "muted")
        self.note.setFont(look.font(12))
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.copy)
        self.body.addWidget(self.page)
        self.body.addLayout(foot)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        safe_text.put(self.note, self.look.texts.get("explore.copied"))

"""What the collections of tweets say of themselves: how many, what could not be read, which time is not covered, where
they are from, and what they share. Looked up on a worker; the sentences are those of `info`.
"""
from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timeline_app.base.text import Texts
from timeline_app.engine.collection_report import collections_info, tweet_lines
from timeline_app.engine.dataset import Dataset
from timeline_app.qt import safe_text
from timeline_app.qt.look import Look
from timeline_app.qt.popup import Panel
from timeline_app.qt.quiet_area import quiet_area, show_whole
from timeline_app.qt.tasks import Tasks

WIDTH, ROUND = 620, (100, 200)


def said(dataset: Dataset, texts: Texts) -> str:
    """The job: all sentences."""
    if not dataset.collections:
        return texts.get("tweets.about.none")
    return tweet_lines(collections_info(dataset), texts)


class CollectionsPanel(Panel):
    """The sentences, which can be selected and copied."""

    def __init__(self, window: QWidget, look: Look, tasks: Tasks, dataset: Dataset) -> None:
        super().__init__(window, look, look.texts.get("command.collections"))
        page = QWidget()
        column = QVBoxLayout(page)
        self.lines = safe_text.label(look.texts.get("explore.busy"), page, "ink")
        self.lines.setFont(look.font(tabular=True))
        self.lines.setWordWrap(True)
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.lines)
        column.addStretch(1)
        page.setMinimumWidth(min(look.px(WIDTH), window.width() - ROUND[0] - 20))
        self.area = quiet_area(self, page, look.texts.get("command.collections"))
        self.body.addWidget(self.area)
        self._fit()
        tasks.run("collections", said, dataset, look.texts, done=self._take)

    def _take(self, words: str) -> None:
        safe_text.put(self.lines, words)
        self._fit()
        self.layout().activate()
        self._place()

    def _fit(self) -> None:
        window = self.parentWidget()
        show_whole(self.area, QSize(window.width() - ROUND[0], window.height() - ROUND[1]))

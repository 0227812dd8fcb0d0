"""What is kept of tweet files that were opened, so that they open at once the next time: a list with sizes, and a way
to clear it. Files of the person's own are never touched. Looking and clearing happen on a worker.
"""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from timeline_app.engine import cache_report
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.tweets import cache
from timeline_app.engine.tweets.cache import CacheEntry
from timeline_app.qt import safe_text
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import Panel
from timeline_app.qt.quiet_area import quiet_area, show_whole
from timeline_app.qt.tasks import Tasks

MOST_SHOWN = 100
WIDTH = 560


def free(entries: Sequence[CacheEntry], used: frozenset[Path]) -> tuple[CacheEntry, ...]:
    """The entries that can be cleared: those of which no store is open."""
    return tuple(one for one in entries if not any(folder.is_relative_to(one.folder) for folder in used))


class CachePanel(Panel):
    """The list as it is now."""

    def __init__(self, window: QWidget, look: Look, tasks: Tasks, dataset: Dataset) -> None:
        super().__init__(window, look, look.texts.get("command.cache"))
        self._tasks = tasks
        self._used = frozenset(one.store.folder for one in dataset.collections)
        self._entries: tuple[CacheEntry, ...] = ()
        words = self._label(look.texts.get("cache_panel.words"), "muted")
        self.body.addWidget(words)
        page = QWidget()
        column = QVBoxLayout(page)
        self.lines = self._label(look.texts.get("explore.busy"), "ink")
        self.lines.setParent(page)
        column.addWidget(self.lines)
        column.addStretch(1)
        page.setMinimumWidth(min(look.px(WIDTH), window.width() - 120))
        self.area = quiet_area(self, page, look.texts.get("command.cache"))
        self.body.addWidget(self.area)
        self.clear = Pill(look, "chip", self)
        self.clear.put(look.texts.get("cache_panel.clear"))
        self.clear.setEnabled(False)
        self.clear.clicked.connect(self._clear)
        self.note = self._label("", "muted")
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.clear)
        self.body.addLayout(foot)
        show_whole(self.area, QSize(window.width() - 100, window.height() - look.px(260)))
        tasks.run("cache", cache.cached, done=self._take)

    def _label(self, text: str, role: str) -> QWidget:
        made = safe_text.label(text, self, role)
        made.setFont(self.look.font(13 if role == "ink" else 12, tabular=True))
        made.setWordWrap(True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _take(self, entries: tuple[CacheEntry, ...]) -> None:
        self._entries = entries
        safe_text.put(self.lines, cache_report.lines(entries[:MOST_SHOWN], self.look.texts))
        self.clear.setEnabled(bool(free(entries, self._used)))
        if len(free(entries, self._used)) < len(entries):
            safe_text.put(self.note, self.look.texts.get("cache_panel.used"))
        self._fit()

    def _fit(self) -> None:
        """As large as the list wants, as far as the window has room."""
        window = self.parentWidget()
        show_whole(self.area, QSize(window.width() - 100, window.height() - self.look.px(260)))
        self.layout().activate()
        self._place()

    def _clear(self) -> None:
        self.clear.setEnabled(False)
        self._tasks.run("cache", cache.clear, free(self._entries, self._used), done=self._cleared)

    def _cleared(self, removed: tuple[CacheEntry, ...]) -> None:
        safe_text.put(self.note, cache_report.cleared(removed, self.look.texts))
        self._tasks.run("cache", cache.cached, done=self._take)

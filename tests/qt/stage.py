"""A window with only what stands around the timeline, so that each part can be tried without the canvas."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fakes import tiny_dataset, tiny_session
from timeline_app.base.text import catalogue
from timeline_app.qt import theme
from timeline_app.qt.actions import Actions
from timeline_app.qt.look import Look
from timeline_app.qt.search_box import SearchBox
from timeline_app.qt.status_line import StatusLine
from timeline_app.qt.tasks import Tasks
from timeline_app.qt.top_bar import TopBar


class Stage(QWidget):
    """Bar, a focusable middle in place of the timeline, status line, and the actions of explore."""

    def __init__(self, qtbot, size=(1920, 1080), dataset=None, **setting):
        super().__init__()
        qtbot.addWidget(self, before_close_func=lambda _: self.tasks.close())
        self.qtbot = qtbot
        self.session = tiny_session(dataset or tiny_dataset(), **setting)
        chosen = self.session.state.setting
        texts, colours = catalogue(chosen.language), theme.palette(chosen.theme)
        self.tasks = Tasks(self)
        self.search = SearchBox(self.session, self.tasks, texts, colours)
        self.bar = TopBar(self.session, self.search, texts, colours)
        self.middle = QWidget()
        self.middle.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.middle.setAccessibleName("timeline")
        self.status = StatusLine(self.session, self.tasks, texts, colours)
        self.actions_ = Actions(self, self.session, texts)
        self.bar.wanted.connect(self.actions_.run)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, self.middle, self.status):
            column.addWidget(part, 1 if part is self.middle else 0)
        self.setStyleSheet(theme.style_sheet(colours))
        self.resize(*size)
        self.show()
        self.activateWindow()
        self.middle.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is self.middle)

    @property
    def look(self):
        setting = self.session.state.setting
        return Look.of(self.session, catalogue(setting.language), theme.palette(setting.theme))

    @property
    def view(self):
        return self.session.state.view

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier, times=1):
        """Press a key where the focus is, as a person would."""
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget() or self, key, modifier)

    def type(self, text):
        """Type into what has the focus."""
        QTest.keyClicks(QApplication.focusWidget(), text)

    def focus(self):
        return QApplication.focusWidget()

    def search_for(self, text):
        """Open the search, type, and wait until the answer is there."""
        self.search.begin()
        self.type(text)
        self.qtbot.waitUntil(lambda: self.view.query == text and self.search.result is not None)

"""The words of a step in the language of the window, with its planned time: fields that tell what was typed.

What was typed is told when the hand rests, when the field is left, and when the owner asks by `flush`.
"""
from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.look import Look
from timeline_app.qt.note_editor import NoteField
from timeline_app.viewmodel.story_edit import seconds_of

REST_MS = 700
ROOM = 300  # characters of what stands in one line
LINES = {"title": 1, "headline": 1, "sentence": 2, "footnote": 1, "notes": 5, "seconds": 1}


class StoryFields(QWidget):
    """Fields by name: "title" of the story; "headline", "sentence", "footnote", "notes", "seconds" of a step. `edited`
    sends a name and the text."""

    edited = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._typed: dict[str, str] = {}
        self._is_told = False  # whether the fields are being filled rather than typed into
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.flush)
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnStretch(1, 1)
        for row, (name, lines) in enumerate(LINES.items()):
            words = look.texts.get(f"stories.field.{name}")
            label = safe_text.label(words, self, "muted")
            label.setFont(look.font(12))
            field = self._made(name, lines)
            safe_text.name(field, words, look.texts.get(f"stories.field.{name}.more"))
            self.fields[name] = field
            label.setContentsMargins(0, look.px(8), 0, 0)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, row, 1)
        grid.setRowStretch(list(LINES).index("notes"), 1)

    def _made(self, name: str, lines: int) -> QLineEdit | QPlainTextEdit:
        look = self._look
        field = QLineEdit(self) if lines == 1 else NoteField(self)
        field.setFont(look.font(13))
        field.setAcceptDrops(False)
        field.installEventFilter(self)
        field.textChanged.connect(lambda *_: self._changed(name))
        if isinstance(field, QLineEdit):
            field.setMaxLength(ROOM)
            field.setPlaceholderText(look.texts.get(f"stories.field.{name}.more"))
            if name == "seconds":
                field.setMaximumWidth(look.px(110))
        else:
            field.setTabChangesFocus(True)
            field.setPlaceholderText(look.texts.get(f"stories.field.{name}.more"))
            least = round(look.line() * lines) + look.px(18)
            field.setMinimumHeight(least)
            if name == "sentence":
                field.setMaximumHeight(least)
        return field

    def put(self, texts: Mapping[str, str], may_edit: bool) -> None:
        """Fill the fields that say something else, and let them be typed into or only read."""
        self._is_told = True
        for name, field in self.fields.items():
            text = texts.get(name, "")
            if name not in self._typed and not self._is_said(name, text):
                if isinstance(field, QLineEdit):
                    field.setText(safe_text.plain(text))
                    field.setCursorPosition(len(field.text()) if field.hasFocus() else 0)
                else:
                    field.setPlainText(safe_text.plain(text))
                    if field.hasFocus():
                        field.moveCursor(QTextCursor.MoveOperation.End)
            field.setReadOnly(not may_edit)
        self._is_told = False

    def flush(self) -> None:
        """Tell what was typed and not yet told."""
        self._rest.stop()
        while self._typed:
            self.edited.emit(*self._typed.popitem())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving a field tells what was typed into it."""
        if event.type() == QEvent.Type.FocusOut:
            self.flush()
        return False

    def _changed(self, name: str) -> None:
        if not self._is_told:
            self._typed[name] = self._text(name)
            self._rest.start()

    def _is_said(self, name: str, text: str) -> bool:
        """Whether a field says a text already; while it is typed into, spaces and the way to write time may differ."""
        now = self._text(name)
        if now == text or not self.fields[name].hasFocus():
            return now == text
        if name == "seconds":
            return seconds_of(now) == seconds_of(text)
        return now.split() == text.split()

    def _text(self, name: str) -> str:
        field = self.fields[name]
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

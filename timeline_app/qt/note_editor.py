"""A panel to write a note in. Ctrl+Enter saves, Esc cancels; whoever goes elsewhere has what was typed saved, because
an undo brings back what a lost text cannot.
"""
from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from timeline_app.domain.notes import MOST_CHARACTERS, written
from timeline_app.qt import safe_text
from timeline_app.qt.access import Announcer
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import Panel

WIDTH, HEIGHT = 520, 150


@dataclass(frozen=True, slots=True)
class Draft:
    """What the panel begins with: when the note is, what it is on ("" for nothing else), its text so far."""

    when: str
    about: str = ""
    text: str = ""
    is_new: bool = True


class NoteField(QPlainTextEdit):
    """Lines of plain text, no more than a note may have. `left_out` sends how many characters found no room."""

    left_out = Signal(int)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take plain text only, as much as there is room for."""
        text = written(source.text())
        held = len(self.textCursor().selectedText())
        room = max(0, MOST_CHARACTERS - len(self.toPlainText()) + held)
        self.insertPlainText(text[:room])
        if len(text) > room:
            self.left_out.emit(len(text) - room)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters find no room in a full note; everything else still works."""
        is_full = len(self.toPlainText()) >= MOST_CHARACTERS and not self.textCursor().hasSelection()
        if is_full and event.text() and event.text().isprintable():
            self.left_out.emit(len(event.text()))
        else:
            super().keyPressEvent(event)


class NoteEditor(Panel):
    """Asks for the text of a note. `saved` sends it, `removed` asks to delete the note."""

    saved = Signal(str)
    removed = Signal()

    def __init__(self, window: QWidget, look: Look, draft: Draft) -> None:
        texts = look.texts
        super().__init__(window, look, texts.get("notes.new" if draft.is_new else "notes.edit"))
        self._draft, self._is_cancelled = draft, False
        self.close_pill.put(texts.get("notes.cancel"), texts.get("notes.cancel.spoken"))
        self.close_pill.clicked.disconnect()
        self.close_pill.clicked.connect(self.cancel)
        self.field = NoteField(self)
        self.field.setFont(look.font(14))
        self.field.setTabChangesFocus(True)
        self.field.setAcceptDrops(False)
        self.field.setPlainText(written(draft.text))
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.field.setFixedSize(min(look.px(WIDTH), window.width() - 110), min(look.px(HEIGHT), window.height() // 3))
        safe_text.name(self.field, texts.get("notes.field"), ". ".join(filter(None, (draft.when, draft.about))))
        self.field.left_out.connect(self._tell_room)
        self.problem = safe_text.label("", self, "problem")
        self.problem.hide()
        self._announcer = Announcer(self)
        self.remove = Pill(look, "chip", self)
        self.remove.put(texts.get("notes.remove"))
        self.remove.clicked.connect(self._remove)
        self.remove.setVisible(not draft.is_new)
        self.save = Pill(look, "ink", self)
        self.save.put(texts.get("notes.save"))
        self.save.clicked.connect(self.dismiss)
        self._arrange()

    def _arrange(self) -> None:
        look, draft = self.look, self._draft
        lines = ((draft.when, 13, "semibold", "ink"), (draft.about, 12, "regular", "muted"))
        for words, size, weight, role in lines:
            if words:
                label = safe_text.label(safe_text.one_line(words, 300), self, role)
                label.setFont(look.font(size, weight))
                label.setWordWrap(True)
                self.body.addWidget(label)
        hint = safe_text.label(look.texts.get("notes.hint"), self, "muted")
        for label in (hint, self.problem):
            label.setFont(look.font(12))
            label.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.save)
        for part in (self.field, self.problem, hint):
            self.body.addWidget(part)
        self.body.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc cancels."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.dismiss()
            event.accept()
            return
        self._is_cancelled = event.key() == Qt.Key.Key_Escape
        super().keyPressEvent(event)

    def cancel(self) -> None:
        """Close and keep the note as it was."""
        self._is_cancelled = True
        self.dismiss()

    def dismiss(self) -> None:
        """Close; what was typed is saved unless it was cancelled."""
        text = self.field.toPlainText()
        is_wanted = not self._closing and not self._is_cancelled and text.strip() != written(self._draft.text).strip()
        super().dismiss()
        if is_wanted:
            self.saved.emit(text)

    def _remove(self) -> None:
        self.cancel()
        self.removed.emit()

    def _tell_room(self, number: int) -> None:
        words = self.look.texts.count("notes.room", number)
        safe_text.put(self.problem, words)
        self.problem.setVisible(True)
        self._announcer.say(words)
        self.layout().activate()
        self._place()

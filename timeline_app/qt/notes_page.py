"""The speaker's notes: paragraphs, list items and *emphasis* of a small part of Markdown, written through a text cursor
that knows no markup. Nothing of it is ever in the window of the audience.
"""
from __future__ import annotations

import re

from PySide6.QtGui import QColor, QPalette, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QWidget

from timeline_app.qt import fonts, safe_text, theme
from timeline_app.qt.finger_scroll import scroll_by_finger
from timeline_app.qt.look import Look
from timeline_app.qt.theme import colour

SIZES = (14, 16, 18, 21, 24, 28, 33, 40, 48)
_STRONG = re.compile(r"\*\*([^*\n]+)\*\*|\*([^*\n]+)\*")
_ITEM = re.compile(r"^\s*[-*]\s+")


class NotesPage(safe_text.Document):
    """A page of notes. `larger` and `smaller` change its type."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._text, self._size = look, "", 4
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("keeps", "Up Down Ctrl+C")  # the pages are the clicker's
        palette = theme.qt_palette(look.colours)
        palette.setColor(QPalette.ColorRole.Base, QColor(look.colours.ground))
        self.setPalette(palette)
        self.viewport().setPalette(palette)  # it keeps the colours of the first style sheet otherwise
        scroll_by_finger(self)
        safe_text.name(self, look.texts.get("present.notes"))

    def show_notes(self, text: str) -> None:
        """Write other notes, from their beginning."""
        if text != self._text or self.document().isEmpty():
            self._text = text
            self._write()

    def larger(self, step: int = 1) -> None:
        """The next size of type, or with -1 the one before."""
        self._size = min(max(self._size + step, 0), len(SIZES) - 1)
        self._write()

    def _write(self) -> None:
        self.document().clear()
        cursor = QTextCursor(self.document())
        text = safe_text.plain(self._text) or self._look.texts.get("present.no_notes")
        for number, line in enumerate(text.split("\n")):
            form = QTextBlockFormat()
            form.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            form.setBottomMargin(self._look.px(8))
            item = _ITEM.match(line)
            if item:
                form.setLeftMargin(self._look.px(20))
                line = f"•  {line[item.end():]}"
            if number:
                cursor.insertBlock(form)
            else:
                cursor.setBlockFormat(form)
            self._line(cursor, line)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _line(self, cursor: QTextCursor, line: str) -> None:
        at = 0
        for match in _STRONG.finditer(line):
            cursor.insertText(line[at:match.start()], self._form("regular"))
            cursor.insertText(match[1] or match[2], self._form("bold" if match[1] else "semibold"))
            at = match.end()
        cursor.insertText(line[at:], self._form("regular"))

    def _form(self, weight: str) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFont(fonts.font(self._look.px(SIZES[self._size]), weight))
        form.setForeground(colour(self._look.colours.ink if self._text else self._look.colours.muted))
        return form

"""The only door through which data text reaches a widget, always as plain text. No other module makes a label,
sets a tool tip or titles anything with data (a test reads the code).

Cuts follow what froze Qt when tried: 4,000 characters a field, 1,000 a line, 8 combining marks per base. Direction
overrides become visible marks, so that nothing can be reordered on screen.
"""
from __future__ import annotations

import html
import unicodedata

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtWidgets import QLabel, QTextBrowser, QToolTip, QWidget

FIELD_LIMIT = 4_000
LINE_LIMIT = 1_000
MARK_LIMIT = 8
_BIDI = {code: f"‹U+{code:04X}›" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
_DROPPED = {code: None for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: None}


def plain(text: str, limit: int = FIELD_LIMIT) -> str:
    """The text as it may be shown: controls dropped, lone surrogates replaced, overlong parts cut with an ellipsis."""
    if text.isascii() and text.isprintable() and len(text) <= min(limit, LINE_LIMIT):
        return text
    cut = text[: limit + MARK_LIMIT * 4] if len(text) > limit else text
    cut = "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= c <= "\udfff" else c for c in cut)
    cut = few_marks(cut.translate(_DROPPED).translate(_BIDI))
    lines = [line if len(line) <= LINE_LIMIT else line[:LINE_LIMIT] + "…" for line in cut.split("\n")]
    joined = "\n".join(lines)
    return joined if len(joined) <= limit else joined[:limit] + "…"


def one_line(text: str, limit: int = 200) -> str:
    """The text on one line, for buttons, lists and titles."""
    return " ".join(plain(text, limit).split())


def few_marks(text: str) -> str:
    """The text with at most 8 combining marks on a letter."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MARK_LIMIT:
            kept.append(character)
    return "".join(kept)


def label(text: str = "", parent: QWidget | None = None, role: str = "") -> QLabel:
    """A label that never reads its text as markup. `role` is the object name that the style sheet knows."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setObjectName(role)
    made.setText(plain(text))
    return made


def put(widget: QLabel, text: str) -> None:
    """Change the text of a label made here."""
    widget.setText(plain(text))


def tip(widget: QWidget, text: str, limit: int = 400) -> None:
    """A tool tip; Qt guesses markup in tips, so it gets escaped text marked as rich."""
    widget.setToolTip("<qt>" + html.escape(one_line(text, limit)) + "</qt>")


def name(widget: QWidget, text: str, description: str = "") -> None:
    """The accessible name and description of a widget."""
    widget.setAccessibleName(one_line(text, 400))
    if description:
        widget.setAccessibleDescription(one_line(description, LINE_LIMIT))


def show_tip(at: QPoint, text: str, widget: QWidget) -> None:
    """A tool tip at a place of the screen; an empty text hides it."""
    QToolTip.showText(at, "<qt>" + html.escape(one_line(text, 400)) + "</qt>" if text else "", widget)


class Document(QTextBrowser):
    """A read-only document that its owner fills through text cursors, which know no markup. It loads nothing, goes
    nowhere, takes no drops, has no menu, and copies plain text only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def loadResource(self, kind: int, name: QUrl) -> object:
        """No image, style sheet or page is ever read, wherever it is."""
        return None

    def doSetSource(self, name: QUrl, kind: object = None) -> None:
        """There is nowhere to go."""

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selection as plain text."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data

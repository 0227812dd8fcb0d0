"""The only door through which data text reaches a widget, always as plain text. No other module makes a label,
sets a tool tip or titles anything with data (a test reads the code). What is cut from a text is `base.plain_text`.
"""
from __future__ import annotations

import html

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtWidgets import QLabel, QTextBrowser, QToolTip, QWidget

from timeline_app.base.plain_text import FIELD_LIMIT, LINE_LIMIT, MARK_LIMIT, few_marks, one_line, plain

__all__ = ("FIELD_LIMIT", "LINE_LIMIT", "MARK_LIMIT", "Document", "few_marks", "label", "name", "one_line", "plain",
           "put", "show_tip", "tip")


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

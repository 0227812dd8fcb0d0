"""Notes and clock over the foot of the only screen there is. A window of its own, so that the audience's window never
holds a word of them.
"""
from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from timeline_app.qt import safe_text, theme
from timeline_app.qt.look import Look
from timeline_app.qt.notes_page import NotesPage
from timeline_app.qt.talk_clock import TalkClock

SHARE = 0.3  # of the height of the screen


class NotesDrawer(QWidget):
    """Opens over the foot of a window."""

    def __init__(self, look: Look, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.notes, self.clock = NotesPage(look), TalkClock(look)
        self.next = safe_text.label("", self, "muted")
        self.next.setFont(look.font(16))
        self.next.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        row.setSpacing(look.px(28))
        side = QVBoxLayout()
        side.addWidget(self.clock)
        side.addWidget(self.next)
        side.addStretch(1)
        row.addWidget(self.notes, 3)
        row.addLayout(side, 2)
        self.setPalette(theme.qt_palette(look.colours))
        self.setStyleSheet(theme.style_sheet(look.colours))
        safe_text.name(self, look.texts.get("present.drawer"))

    def open_over(self, window: QWidget) -> None:
        """At the foot of a window."""
        place = window.geometry()
        high = round(place.height() * SHARE)
        self.setGeometry(QRect(place.left(), place.bottom() - high + 1, place.width(), high))
        self.show()

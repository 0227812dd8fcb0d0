"""What the presenter sees: the audience's screen small and live, what comes next, notes, clock, steps, keys. It shows
and does no more; what a key does is the shell's.
"""
from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from timeline_app.engine.dataset import Dataset
from timeline_app.qt import safe_text, theme
from timeline_app.qt.key_line import KeyLine
from timeline_app.qt.look import Look
from timeline_app.qt.notes_page import NotesPage
from timeline_app.qt.quiet_area import quiet_area
from timeline_app.qt.search_box import SearchBox
from timeline_app.qt.stage import Stage
from timeline_app.qt.stage_thumbnail import StageThumbnail
from timeline_app.qt.step_strip import StepStrip
from timeline_app.qt.talk_clock import TalkClock
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel.state import Setting

EDGE, GAP = 30, 14
LEFT = 0.64  # of the width
ASPECT = 16 / 9


class PresenterView(QWidget):
    """The parts by name: `near` is the stage that the presenter explores on, `following` the next step's."""

    def __init__(self, dataset: Dataset, settings: tuple[Setting, Setting], tasks: Tasks, look: Look,
                 cards: list[tuple[str, str]]) -> None:
        super().__init__()
        on_screen, following = settings
        self.look = look
        self.near = Stage(dataset, on_screen, tasks, "near")
        self.following = StageThumbnail(dataset, following, tasks, "following")
        self.clock, self.notes = TalkClock(look), NotesPage(look)
        self.strip = StepStrip(look, cards)
        self.steps = quiet_area(self, self.strip, look.texts.get("present.steps"))
        self.steps.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.search = SearchBox(self.near.session, tasks, look.texts, look.colours)
        self.place, self.message = self._label(14), self._label(16, "semibold", "ink")
        self.keys = KeyLine(look, self)
        self._titles = [self._label(13) for _ in range(3)]
        for label, key in zip(self._titles, ("next", "notes", "steps"), strict=True):
            safe_text.put(label, look.texts.get(f"present.{key}"))
        for part in (self.near, self.following, self.clock, self.notes, self.search):
            part.setParent(self)
        self.following.setEnabled(False)
        self.search.hide()
        self.message.setWordWrap(True)
        self.setPalette(theme.qt_palette(look.colours))
        self.setStyleSheet(theme.style_sheet(look.colours))
        self.setFont(look.font())
        self.setAutoFillBackground(True)

    def _label(self, size: float, weight: str = "regular", role: str = "muted") -> QLabel:
        made = safe_text.label("", self, role)
        made.setFont(self.look.font(size, weight))
        return made

    def show_search(self, is_shown: bool) -> None:
        """The search field, while the path is left."""
        self.search.setVisible(is_shown)
        self.place.setVisible(not is_shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The live copy keeps the shape of a screen; the notes take what is left."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px, wide, high = self.look.px, self.width(), self.height()
        edge, line = px(EDGE), px(20)
        keys = self.keys.sizeHint().height()
        foot = high - keys - px(14)
        self.keys.setGeometry(QRect(edge - px(10), foot, wide - 2 * edge + px(20), keys))
        left = round((wide - 3 * edge) * LEFT)
        self.steps.resize(wide - 2 * edge, self.steps.height())
        self.strip.resize(self.steps.width(), self.strip.height())
        strip = min(self.strip.sizeHint().height() + 4, high // 3)
        message = px(46)
        room = foot - edge - line - strip - message - line - px(GAP) * 3
        copy_high = max(120, min(round(left / ASPECT), room))
        copy_wide = min(left, round(copy_high * ASPECT))
        y = edge
        self.place.setGeometry(QRect(edge, y, left, line))
        self.search.setGeometry(QRect(edge, y - px(8), min(left, px(540)), px(32)))
        y += line + px(8)
        self.near.setGeometry(QRect(edge, y, copy_wide, copy_high))
        y += copy_high + px(GAP)
        self.message.setGeometry(QRect(edge, y, copy_wide, message - px(6)))
        y += message
        self._titles[2].setGeometry(QRect(edge, y, left, line))
        self.steps.setGeometry(QRect(edge, y + line + px(4), wide - 2 * edge, max(px(60), foot - y - line - px(10))))
        self._arrange_right(QRect(edge + copy_wide + edge, edge, 0, y - px(GAP) - edge), wide - edge)

    def _arrange_right(self, column: QRect, right: int) -> None:
        px, line = self.look.px, self.look.px(20)
        x, wide, y = column.left(), right - column.left(), column.top()
        clock = self.clock.sizeHint().height()
        self.clock.setGeometry(QRect(x, y, wide, clock))
        y += clock + px(4)
        self._titles[0].setGeometry(QRect(x, y, wide, line))
        y += line + px(4)
        next_wide = min(round(wide * 0.64), round((column.bottom() - y) * 0.42 * ASPECT))
        self.following.setGeometry(QRect(x, y, next_wide, round(next_wide / ASPECT)))
        y += round(next_wide / ASPECT) + px(GAP)
        self._titles[1].setGeometry(QRect(x, y, wide, line))
        y += line + px(2)
        self.notes.setGeometry(QRect(x - 4, y, wide + 4, max(px(60), column.bottom() - y)))

"""The line of keys below a presenter's window. Each is a button as well, for the mouse and for fingers; none takes the
focus, so that no click keeps a clicker from the talk.
"""
from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from timeline_app.qt import key_words
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill

KEYS = ("next_step", "previous_step", "black_screen", "white_screen", "step_overview", "spotlight", "freeze_screen",
        "leave_path", "swap_screens", "notes_drawer", "end_talk", "key_list")
GAP = 4


class KeyLine(QWidget):
    """`wanted` sends the id of a command. What has no room at the end of the line is left out; the list of keys, which
    has everything, is always there."""

    wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.pills: dict[str, Pill] = {}
        for command_id in KEYS:
            pill = Pill(look, "bare", self, 13)
            pill.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            pill.clicked.connect(lambda _=False, command_id=command_id: self.wanted.emit(command_id))
            self.pills[command_id] = pill

    def show_keys(self, keys: Mapping[str, key_words.Keys]) -> None:
        """Name the first key of each command."""
        texts = self._look.texts
        for command_id, pill in self.pills.items():
            cap = " ".join(key_words.caps(keys[command_id][0], texts)) if keys.get(command_id) else ""
            words = f"{cap} {texts.get(f'present.key.{command_id}')}".strip()
            pill.put(words, texts.get(f"command.{command_id}"))
        self._arrange()

    def sizeHint(self) -> QSize:
        """One line of pills."""
        sizes = [pill.sizeHint() for pill in self.pills.values()]
        return QSize(sum(one.width() + GAP for one in sizes), max(one.height() for one in sizes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        sizes = {one: pill.sizeHint() for one, pill in self.pills.items()}
        last = KEYS[-1]
        room, x, is_full = self.width() - sizes[last].width(), 0, False
        for command_id, pill in self.pills.items():
            size = sizes[command_id]
            is_full = command_id != last and (is_full or x + size.width() > room)
            pill.setVisible(command_id == last or not is_full)
            if pill.isVisibleTo(self):
                pill.setGeometry(x, 0, size.width(), size.height())
                x += size.width() + GAP

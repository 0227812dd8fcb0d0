"""Learn a clicker: press its button, see what it sends and what that does now, choose what it is to do. The keys that a
command has already stay; what was learned is kept like every key that a person changed.
"""
from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from timeline_app.qt import key_words, safe_text
from timeline_app.qt.access import Announcer
from timeline_app.qt.actions import Actions
from timeline_app.qt.key_caps import KeyCaps
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import Panel
from timeline_app.viewmodel import commands

TAUGHT = ("next_step", "previous_step", "first_step", "last_step", "black_screen", "white_screen", "freeze_screen",
          "spotlight", "leave_path", "step_overview", "swap_screens", "pause_clock")
COLUMNS, WIDE = 3, 560


class ClickerPanel(Panel):
    """`listener` hears the button, `choices` are what it may do, by command."""

    def __init__(self, window: QWidget, look: Look, actions: Actions) -> None:
        super().__init__(window, look, look.texts.get("command.learn_clicker"))
        self._actions, self._key = actions, ""
        self._announcer = Announcer(self)
        self.listener = KeyCaps(look, self)
        self.note = safe_text.label("", self, "muted")
        self.note.setFont(look.font(13))
        self.note.setWordWrap(True)
        self.note.setMinimumWidth(look.px(WIDE))
        self.choices: dict[str, Pill] = {}
        grid = QGridLayout()
        for number, command_id in enumerate(TAUGHT):
            pill = Pill(look, "chip", self)
            pill.put(look.texts.get(f"command.{command_id}"))
            pill.clicked.connect(lambda _=False, command_id=command_id: self.teach(command_id))
            self.choices[command_id] = pill
            grid.addWidget(pill, number // COLUMNS, number % COLUMNS)
        for part in (self.note, self.listener):
            self.body.addWidget(part)
        self.body.addLayout(grid)
        self.listener.heard.connect(self._heard)
        self.listener.clicked.connect(self._wait)
        self._wait()

    def _wait(self) -> None:
        self._key = ""
        self.listener.put((), self.look.texts.get("present.clicker.press"))
        safe_text.name(self.listener, self.look.texts.get("present.clicker.press"))
        self.listener.listen(True)
        for pill in self.choices.values():
            pill.setEnabled(False)
        self._say("present.clicker.how")

    def _heard(self, key: str) -> None:
        """Tab leads to the choices and Esc out, as everywhere; every other key can be learned."""
        if key in key_words.RESERVED:
            self.focusNextPrevChild("Shift" not in key and "Back" not in key)
        elif key == "Esc":
            self.dismiss()
        else:
            self._key = key
            said = key_words.one_line((key,), self.look.texts)
            self.listener.put((key,), "")
            safe_text.name(self.listener, said)
            for pill in self.choices.values():
                pill.setEnabled(True)
            now = next((one for one, keys in self._actions.keys.items() if key in keys), "")
            what = self.look.texts.get(f"command.{now}") if now else self.look.texts.get("present.clicker.nothing")
            self._say("present.clicker.heard", cap=said, command=what)

    def teach(self, command_id: str) -> None:
        """Let the button that was pressed last do what a command does."""
        if not self._key:
            return
        had = self._actions.overrides.get(command_id, commands.by_id(command_id).keys)
        keys = (*(one for one in had if one != self._key), self._key)
        self._actions.change_keys(key_words.given(self._actions.overrides, command_id, keys))
        self._say("present.clicker.now", cap=key_words.one_line((self._key,), self.look.texts),
                  command=self.look.texts.get(f"command.{command_id}"))
        self.listener.setFocus()

    def _say(self, key: str, **words: str) -> None:
        said = self.look.texts.get(key, **words)
        safe_text.put(self.note, said)
        self._announcer.say(said)

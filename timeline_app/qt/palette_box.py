"""The command palette: type, choose, run. The list is the command table; running is `actions`."""
from __future__ import annotations

from PySide6.QtWidgets import QWidget

from timeline_app.qt import key_words
from timeline_app.qt.actions import Actions
from timeline_app.qt.chooser import Chooser, Option
from timeline_app.qt.look import Look


def options(actions: Actions, look: Look) -> list[Option]:
    """Every command that can be run now, with its keys, found by its group too."""
    texts, unanswered = look.texts, {*actions.unanswered(), "palette", "step_back"}
    return [
        Option(command.id, texts.get(f"command.{command.id}"),
               key_words.one_line(actions.keys[command.id][:1], texts), texts.get(f"command.group.{command.group}"))
        for command in key_words.of_mode(actions.mode) if command.id not in unanswered]


def open_palette(window: QWidget, actions: Actions, look: Look) -> Chooser:
    """Open the palette; the chosen command runs when it has closed."""
    chooser = Chooser(window, look, look.texts.get("command.palette"), options(actions, look))
    chooser.chosen.connect(actions.run)
    chooser.open()
    return chooser

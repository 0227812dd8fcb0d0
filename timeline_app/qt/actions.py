"""The command table as Qt actions: made once for a window, remapped by overrides, and told when keys mean
something else.

A command with a move hands the session its new state; the others call a handler of the window. Which commands
there are, and with which keys, is `viewmodel/commands`.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from timeline_app.base.problems import UserError
from timeline_app.base.text import Texts
from timeline_app.qt import popup
from timeline_app.qt.key_words import Keys, key_map, of_mode
from timeline_app.viewmodel import commands
from timeline_app.viewmodel.commands import Command
from timeline_app.viewmodel.session import Session

Handler = Callable[[], object]
PRESSING = frozenset({"Return", "Enter", "Space"})
MOVING = frozenset({"Left", "Right", "Up", "Down", "PgUp", "PgDown", "Home", "End"})
READING = frozenset({"Up", "Down", "PgUp", "PgDown", "Home", "End", "Ctrl+C"}) | PRESSING


def kept_keys(widget: QWidget | None) -> frozenset[str] | None:
    """The keys that belong to the widget with the focus; None means all but those of `anywhere` commands.

    A widget may say so itself by a dynamic property `keeps` with the portable key names, "all" for all.
    """
    if widget is None:
        return frozenset()
    own = widget.property("keeps")
    if own:
        return None if own == "all" else frozenset(str(own).split())
    if isinstance(widget, QPlainTextEdit | QTextEdit) and widget.isReadOnly():
        return READING
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox | QComboBox):
        return None
    panel = widget
    while panel is not None:
        if isinstance(panel, popup.Panel):
            return None
        panel = panel.parentWidget()
    if isinstance(widget, QAbstractItemView):
        return PRESSING | MOVING
    return PRESSING if isinstance(widget, QAbstractButton) else frozenset()


class Actions(QObject):
    """The commands of one mode as actions of a window. Put a function into `handlers` under a command's id to answer
    it; a handler goes before the move of its command. `refused` sends a UserError; `ran` the id of what was run;
    `keys_changed` that a person has changed keys.
    """

    refused = Signal(object)
    ran = Signal(str)
    keys_changed = Signal()

    def __init__(self, window: QWidget, session: Session, texts: Texts, mode: str = "explore") -> None:
        super().__init__(window)
        self._window, self.session, self.mode = window, session, mode
        self.overrides: Mapping[str, Keys] = {}
        self._letters = True
        self.keys: dict[str, Keys] = {}
        self.handlers: dict[str, Handler] = {"view_back": session.back, "view_forward": session.forward}
        self.actions = {command.id: self._made(command) for command in of_mode(mode)}
        self.set_texts(texts)
        self.set_keys()
        QApplication.instance().focusChanged.connect(self._focus_moved)

    def _made(self, command: Command) -> QAction:
        action = QAction(self._window)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(command.move is not None)
        action.triggered.connect(lambda _=False: self.run(command.id))
        self._window.addAction(action)
        return action

    @property
    def letters(self) -> bool:
        """Whether keys of a single character are on."""
        return self._letters

    def set_texts(self, texts: Texts) -> None:
        """Name the actions in a language."""
        for command_id, action in self.actions.items():
            action.setText(texts.get(f"command.{command_id}"))

    def set_keys(self, overrides: Mapping[str, Keys] | None = None, letters: bool | None = None) -> None:
        """Take on other keys, or switch those of a single character off and on."""
        self.overrides = self.overrides if overrides is None else overrides
        self._letters = self._letters if letters is None else letters
        self.keys = key_map(self.mode, self.overrides, self._letters)
        self._give(QApplication.focusWidget())

    def change_keys(self, overrides: Mapping[str, Keys]) -> None:
        """Take on keys that a person has chosen, and tell."""
        self.set_keys(overrides)
        self.keys_changed.emit()

    def run(self, command_id: str) -> None:
        """Do what a command does; what cannot be done is told by `refused`."""
        command = commands.by_id(command_id)
        try:
            if command_id in self.handlers:
                self.handlers[command_id]()
            elif command_id == "step_back" and popup.close_all(self._window):
                pass
            elif command.move is not None:
                self.session.become(command.move(self.session), not command.continuous, glides=True)
            else:
                return
        except UserError as error:
            self.refused.emit(error)
            return
        self.ran.emit(command_id)

    def unanswered(self) -> tuple[str, ...]:
        """Commands that would do nothing: neither move nor handler."""
        return tuple(c.id for c in of_mode(self.mode) if c.move is None and c.id not in self.handlers)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or now.window() is self._window.window():
            self._give(now)

    def _give(self, focus: QWidget | None) -> None:
        """Give each action its keys, less those that belong to the widget with the focus."""
        kept = kept_keys(focus)
        for command_id, action in self.actions.items():
            keys = self.keys[command_id]
            if kept is None:
                anywhere = commands.by_id(command_id).anywhere
                keys = tuple(key for key in keys if anywhere and len(key) > 1)
            else:
                keys = tuple(key for key in keys if key not in kept)
            sequences = [QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in keys]
            if action.shortcuts() != sequences:
                action.setShortcuts(sequences)

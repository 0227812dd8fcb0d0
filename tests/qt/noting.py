"""A window in which notes are made, as a person makes them: by keys, with the panel."""

from __future__ import annotations

import itertools

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes import MIDNIGHT
from timeline_app.engine import note_journal

IDS = itertools.count()
CTRL, SHIFT, PLAIN = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
                      Qt.KeyboardModifier.NoModifier)


def begun(made):
    """The window, keeping notes, with names that are counted and a clock that stands."""
    made.notes.fresh, made.notes.now = lambda: f"id{next(IDS)}", lambda: MIDNIGHT
    made.notes.begin()
    made.tasks.settle()
    return made


def press(key, held=PLAIN):
    """Press a key where the keyboard is."""
    QTest.keyClick(QApplication.focusWidget(), key, held)


def write(window, text, how="note_moment"):
    """Ask for a note, type, and save."""
    window.actions.run(how)
    QTest.keyClicks(QApplication.focusWidget(), text)
    press(Qt.Key.Key_Return, CTRL)
    window.tasks.settle()


def own(window):
    """A person's own notes, in time."""
    return list(window.session.notes.own.values())


def on_disk(window):
    """The notes that the file holds."""
    return note_journal.read(note_journal.place_of(window.session.dataset)).notes


def said(window):
    """What the status line says."""
    return window.status.message.text()


def text_of(window, key, **args):
    """A text in the language of the window."""
    return window.requests.texts.get(key, **args)

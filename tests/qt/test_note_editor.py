"""The panel of a note: plain text whatever comes in, as much as there is room for, with keys that are letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes import MIDNIGHT
from qt.noting import CTRL, begun, own, press, said, text_of, write
from qt.whole import explore
from timeline_app.domain.calendar import DAY
from timeline_app.domain.notes import MOST_CHARACTERS, Note
from timeline_app.engine import note_journal
from timeline_app.engine.note_journal import Edit
from timeline_app.engine.note_journal import place_of as file_of
from timeline_app.qt import popup
from timeline_app.viewmodel import moves, note_lanes


@pytest.fixture
def window(qtbot):
    made = begun(explore(qtbot))
    made.canvas.setFocus()
    yield made
    made.notes.flush()


HOSTILE = ["<b>bold</b><img src=x>", "\u202egnihtemos\u202c", "&lt;", "a" * 9_000, "\U0001f600" * 99]


@pytest.mark.parametrize("text", HOSTILE)
def test_that_any_text_is_shown_as_text(window, text):
    note = Note("a", MIDNIGHT + DAY, MIDNIGHT + DAY, text)
    note_journal.append(file_of(window.session.dataset), "tiny", [Edit("x", "add", note)])
    window.notes.begin()
    window.tasks.settle()
    window.session.become(moves.select(window.session.state, "note:a", note_lanes.OWN_LANE))
    shown = window.pane.page.toPlainText()
    assert text.strip("\u202e\u202c") in shown and "\u202e" not in shown
    window.actions.run("edit_note")
    assert popup.opened(window).field.toPlainText() == text.translate({0x202E: None, 0x202C: None})
    press(Qt.Key.Key_Escape)


def test_that_a_note_of_a_hundred_thousand_letters_is_shown_and_not_edited(window):
    note = Note("a", MIDNIGHT + DAY, MIDNIGHT + DAY, "word " * 20_000)
    note_journal.append(file_of(window.session.dataset), "tiny", [Edit("x", "add", note)])
    window.notes.begin()
    window.tasks.settle()
    window.session.become(moves.select(window.session.state, "note:a", note_lanes.OWN_LANE))
    window.tasks.settle()
    window.actions.run("edit_note")
    assert said(window) == text_of(window, "error.note_too_long", most=f"{MOST_CHARACTERS:,}")


def test_that_what_is_pasted_is_plain_and_finds_only_the_room_there_is(window):
    window.actions.run("note_moment")
    editor = popup.opened(window)
    pasted = QMimeData()
    pasted.setHtml("<b>x</b>")
    pasted.setText("ab\x00c\u202e" + "d" * MOST_CHARACTERS)
    editor.field.insertFromMimeData(pasted)
    assert editor.field.toPlainText() == "abc" + "d" * (MOST_CHARACTERS - 3)
    assert editor.problem.isVisible() and "3 characters" in editor.problem.text()
    QTest.keyClicks(editor.field, "e")
    assert len(editor.field.toPlainText()) == MOST_CHARACTERS
    press(Qt.Key.Key_Escape)


def test_that_keys_in_the_field_are_letters_and_its_undo_is_its_own(window):
    write(window, "one")
    window.actions.run("edit_note")
    QTest.keyClicks(QApplication.focusWidget(), " gfm0?")
    assert popup.opened(window).field.toPlainText() == "one gfm0?"
    press(Qt.Key.Key_Z, CTRL)
    assert popup.opened(window) is not None and len(own(window)) == 1
    press(Qt.Key.Key_Escape)
    assert own(window)[0].text == "one"

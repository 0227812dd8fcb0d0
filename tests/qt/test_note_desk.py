"""Notes in a window: made, edited, deleted and taken back by keys and menus, kept on the disk, and said when not."""

from __future__ import annotations

import errno

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from fakes import MIDNIGHT, tiny_dataset, tiny_meta
from qt.noting import CTRL, SHIFT, begun, on_disk, own, press, said, text_of, write
from qt.whole import LEFT, empty_place, explore, place_of
from timeline_app.base import append_only
from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.notes import Note
from timeline_app.domain.time import Span
from timeline_app.engine import note_journal
from timeline_app.engine.note_journal import Edit
from timeline_app.engine.note_journal import place_of as file_of
from timeline_app.qt import popup
from timeline_app.qt.note_editor import NoteEditor
from timeline_app.viewmodel import moves, note_lanes
from timeline_app.viewmodel.window import Window


@pytest.fixture
def window(qtbot):
    made = begun(explore(qtbot))
    made.canvas.setFocus()
    yield made
    made.notes.flush()


# --- Making ---


def test_that_m_puts_a_note_on_the_middle_and_shows_it(window):
    press(Qt.Key.Key_M)
    editor = popup.opened(window)
    assert isinstance(editor, NoteEditor) and editor.field.hasFocus()
    QTest.keyClicks(editor.field, "Look here")
    press(Qt.Key.Key_Return, CTRL)
    window.tasks.settle()
    (note,) = own(window)
    middle = window.session.state.view.window.centre_us // 1000
    assert note.text == "Look here" and abs(note.start - middle) <= 30_000 and note.is_moment
    assert window.session.state.view.selected == f"note:{note.id}"
    assert "Look here" in window.pane.page.toPlainText() and "Your note" in window.pane.page.toPlainText()
    assert window.canvas.frame.lanes[0].spec.id == note_lanes.OWN_LANE
    assert on_disk(window) == (note,) and said(window) == text_of(window, "notes.saved")
    assert popup.opened(window) is None and window.canvas.hasFocus()


def test_that_m_puts_a_note_on_the_selected_event(window):
    window.session.become(moves.select(window.session.state, "e-asks"))
    write(window, "Why then?")
    (note,) = own(window)
    assert note.event_id == "e-asks"
    assert note.start == window.session.dataset.event_by_id["e-asks"].when.earliest_start


def test_that_m_puts_a_note_at_the_pointer(window):
    QTest.mouseMove(window.canvas.viewport(), QPoint(417, 263))
    write(window, "There")
    (note,) = own(window)
    assert abs(note.start - window.canvas.scale.at(417.0)) <= 30_000 + window.canvas.scale.us_per_px / 1000


def test_that_shift_m_puts_a_note_on_the_marked_span_and_says_when_there_is_none(window):
    press(Qt.Key.Key_M, SHIFT)
    assert said(window) == text_of(window, "error.no_marked_span") and popup.opened(window) is None
    window.session.become(moves.mark(window.session.state, Span(MIDNIGHT + DAY, MIDNIGHT + DAY + HOUR)))
    write(window, "All of this", "note_span")
    (note,) = own(window)
    assert (note.start, note.end) == (MIDNIGHT + DAY, MIDNIGHT + DAY + HOUR)


def test_that_esc_and_an_empty_text_make_no_note(window):
    window.actions.run("note_moment")
    QTest.keyClicks(QApplication.focusWidget(), "never mind")
    press(Qt.Key.Key_Escape)
    write(window, "   ")
    assert own(window) == [] and not file_of(window.session.dataset).exists()


def test_that_a_click_beside_the_panel_loses_nothing_that_was_typed(window):
    window.actions.run("note_moment")
    editor = popup.opened(window)
    QTest.keyClicks(editor.field, "half a thought")
    editor._veil.pressed.emit()
    assert [one.text for one in own(window)] == ["half a thought"]


def test_that_the_panel_can_be_used_with_the_mouse_alone(window):
    window.actions.run("note_moment")
    editor = popup.opened(window)
    editor.field.setPlainText("clicked")
    QTest.mouseClick(editor.save, LEFT)
    assert [one.text for one in own(window)] == ["clicked"]
    window.actions.run("edit_note")
    editor = popup.opened(window)
    editor.field.setPlainText("not this")
    QTest.mouseClick(editor.close_pill, LEFT)
    assert [one.text for one in own(window)] == ["clicked"]
    window.actions.run("edit_note")
    QTest.mouseClick(popup.opened(window).remove, LEFT)
    assert own(window) == []


def test_that_closing_the_window_saves_what_was_being_written(qtbot):
    made = begun(explore(qtbot))
    made.actions.run("note_moment")
    QTest.keyClicks(QApplication.focusWidget(), "on my way out")
    made.close()
    assert [one.text for one in on_disk(made)] == ["on my way out"]


# --- Editing and taking back ---


def test_that_m_or_f2_opens_a_selected_note_and_what_is_typed_is_kept(window):
    write(window, "one")
    for key, more in ((Qt.Key.Key_M, " two"), (Qt.Key.Key_F2, " three")):
        press(key)
        QTest.keyClicks(QApplication.focusWidget(), more)
        press(Qt.Key.Key_Return, CTRL)
        window.tasks.settle()
    (note,) = own(window)
    assert note.text == "one two three" and on_disk(window) == (note,)
    assert "one two three" in window.pane.page.toPlainText()


def test_that_del_deletes_and_ctrl_z_brings_back(window):
    write(window, "one")
    before = own(window)
    press(Qt.Key.Key_Delete)
    assert own(window) == [] and window.session.state.view.selected == ""
    assert said(window) == text_of(window, "notes.removed", keys="Ctrl Z")
    press(Qt.Key.Key_Z, CTRL)
    window.tasks.settle()
    assert own(window) == before == list(on_disk(window))
    assert window.session.state.view.selected == f"note:{before[0].id}"
    assert said(window) == "Taken back: note “one” deleted."
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    window.tasks.settle()
    assert own(window) == [] == list(on_disk(window))


def test_that_undo_reaches_back_beyond_this_session_and_then_says_that_there_is_no_more(window, qtbot):
    write(window, "one")
    write(window, " and more")
    assert own(window)[0].text == "one and more"
    other = begun(explore(qtbot))
    assert own(other) == own(window)
    for expected in (["one"], []):
        other.actions.run("undo")
        other.tasks.settle()
        assert [one.text for one in own(other)] == expected
    other.actions.run("undo")
    assert said(other) == text_of(other, "error.nothing_to_undo")
    for _ in range(2):
        other.actions.run("redo")
    other.actions.run("redo")
    assert said(other) == text_of(other, "error.nothing_to_redo")
    other.tasks.settle()
    assert [one.text for one in on_disk(other)] == ["one and more"]


def test_that_emptying_a_note_deletes_it(window):
    write(window, "one")
    window.actions.run("edit_note")
    popup.opened(window).field.clear()
    press(Qt.Key.Key_Return, CTRL)
    assert own(window) == []


@pytest.mark.parametrize("command", ["edit_note", "remove_note"])
def test_that_only_ones_own_notes_are_changed(qtbot, command):
    note = Note("a", MIDNIGHT + DAY, MIDNIGHT + DAY, "theirs")
    made = begun(explore(qtbot, dataset=tiny_dataset(notes=(note,))))
    made.actions.run(command)
    assert said(made) == text_of(made, "error.no_own_note")
    made.session.become(moves.select(made.session.state, "dataset-note:a"))
    made.actions.run(command)
    assert said(made) == text_of(made, "error.note_of_dataset")
    assert "A note of the dataset" in made.pane.page.toPlainText() and not made.pane.links.isVisible()


def test_that_the_pane_offers_what_can_be_done(window):
    write(window, "one")
    assert window.pane.links.toPlainText().replace("\xa0", " ") == "Edit the note     Delete the note"
    window.requests.answer_pane("edit-note")
    assert isinstance(popup.opened(window), NoteEditor)
    press(Qt.Key.Key_Escape)
    window.requests.answer_pane("remove-note")
    assert own(window) == []


def test_that_the_pane_of_an_event_offers_a_note_on_it_wherever_it_is(window):
    away = Window.of(Span(MIDNIGHT, MIDNIGHT + HOUR))
    window.session.become(moves.look(moves.select(window.session.state, "e-statement"), window=away))
    window.tasks.settle()
    assert window.pane.links.toPlainText().endswith("Note")
    window.requests.answer_pane("add-note")
    QTest.keyClicks(QApplication.focusWidget(), "by a tap")
    press(Qt.Key.Key_Return, CTRL)
    (note,) = own(window)
    assert note.event_id == "e-statement" and window.session.state.view.window.span.contains(note.start)


def test_that_the_steps_of_the_pane_go_from_note_to_note(window):
    write(window, "one")
    window.session.become(moves.select(window.session.state, "e-statement"))
    write(window, "two")
    window.requests.answer_pane("previous")
    assert window.session.notes.named(window.session.state.view.selected).text == "one"


# --- The menu ---


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_that_a_note_from_the_menu_goes_where_the_menu_was_opened(window):
    window.session.become(moves.select(window.session.state, "e-asks"))
    place = empty_place(window)
    menu = menu_at(window, place)
    trigger(menu, window, "note_moment")
    QTest.keyClicks(QApplication.focusWidget(), "here")
    press(Qt.Key.Key_Return, CTRL)
    (note,) = own(window)
    assert note.event_id == "" and abs(note.start - window.canvas.scale.at(place.x())) <= 90_000


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_that_the_menu_of_an_event_puts_a_note_on_it_and_that_of_a_note_edits_it(window):
    menu = menu_at(window, place_of(window, "e-down"))
    trigger(menu, window, "note_moment")
    QTest.keyClicks(QApplication.focusWidget(), "on it")
    press(Qt.Key.Key_Return, CTRL)
    window.tasks.settle()
    (note,) = own(window)
    assert note.event_id == "e-down"
    x, y = window.canvas.scale.x(note.start), window.canvas.frame.lanes[0].picture.points[0].y
    menu = menu_at(window, QPoint(round(x), round(window.canvas.ruler_height + y)))
    names = [one.text() for one in menu.actions() if not one.isSeparator()]
    assert names[:2] == [text_of(window, "command.edit_note"), text_of(window, "command.remove_note")]
    menu.close()


def menu_at(window, place):
    ground = window.canvas.viewport()
    QApplication.sendEvent(ground, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, ground.mapToGlobal(place)))
    return next(one for one in window.findChildren(QMenu) if one.isVisible())


def trigger(menu, window, command):
    action = window.actions.actions[command]
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


# --- The disk ---


def refuse(monkeypatch, number=errno.ENOSPC):
    def no(*args):
        raise OSError(number, "no")

    monkeypatch.setattr(append_only.os, "write", no)


def test_that_a_full_disk_is_said_and_the_note_stays_and_is_saved_with_the_next(window, monkeypatch):
    with monkeypatch.context() as patch:
        refuse(patch)
        write(window, "one")
        assert "full" in said(window)
        assert "Not saved yet" in window.pane.page.toPlainText()
        assert window.canvas.frame.lanes[0].picture.heading.lines[0] == "1 note not saved"
        assert len(own(window)) == 1 and on_disk(window) == ()
    window.session.become(moves.select(window.session.state, ""))
    write(window, "two")
    assert {one.text for one in on_disk(window)} == {"one", "two"}
    assert not window.session.notes.unsaved and "not saved" not in str(window.canvas.frame.lanes[0].picture.heading)


def test_that_what_was_refused_is_tried_again_when_the_window_closes(qtbot, monkeypatch):
    made = begun(explore(qtbot))
    with monkeypatch.context() as patch:
        refuse(patch, errno.EROFS)
        write(made, "one")
        assert "cannot be written" in said(made)
    made.close()
    assert [one.text for one in on_disk(made)] == ["one"]


def test_that_a_stream_of_edits_reaches_the_disk_whole_and_in_order(window):
    for number in range(30):
        window.session.become(moves.select(window.session.state, ""))
        window.actions.run("note_moment")
        QTest.keyClicks(QApplication.focusWidget(), str(number))
        press(Qt.Key.Key_Return, CTRL)
        window.actions.run("undo") if number % 3 == 0 else None
    window.tasks.settle()
    assert window.session.notes.pending == ()
    assert sorted(int(one.text) for one in on_disk(window)) == [n for n in range(30) if n % 3]


def test_that_what_another_process_wrote_is_there_at_the_next_edit_and_at_the_next_opening(window, qtbot):
    note = Note("other", MIDNIGHT + DAY, MIDNIGHT + DAY, "from elsewhere")
    note_journal.append(file_of(window.session.dataset), "tiny", [Edit("x", "add", note)])
    write(window, "mine")
    assert {one.text for one in own(window)} == {"mine", "from elsewhere"}
    assert own(begun(explore(qtbot))) == own(window)


def test_that_a_torn_line_is_counted_among_the_problems_and_told(qtbot):
    place = file_of(tiny_dataset())
    note_journal.append(place, "tiny", [Edit("x", "add", Note("a", MIDNIGHT, MIDNIGHT, "whole"))])
    place.write_bytes(place.read_bytes() + b'{"id":"torn","do":"a')
    made = begun(explore(qtbot))
    assert [one.text for one in own(made)] == ["whole"]
    assert made.status.problems.isVisible() and "1" in made.status.problems.text()
    made.actions.run("problems")
    assert popup.opened(made) is not None


def test_that_notes_wait_until_a_dataset_has_been_read(qtbot):
    loading = tiny_dataset(meta=tiny_meta(id=""), path="")
    made = begun(explore(qtbot, dataset=loading))
    made.actions.run("note_moment")
    assert said(made) == text_of(made, "error.notes_while_reading") and popup.opened(made) is None
    note_journal.append(file_of(tiny_dataset()), "tiny", [Edit("x", "add", Note("a", MIDNIGHT, MIDNIGHT, "there"))])
    made.take(tiny_dataset())
    made.tasks.settle()
    assert [one.text for one in own(made)] == ["there"]


def test_that_a_window_that_does_not_keep_notes_writes_nothing(qtbot):
    made = explore(qtbot)
    write(made, "only here")
    made.close()
    assert len(own(made)) == 1 and not file_of(made.session.dataset).parent.exists()


# --- For others ---


SAVE = "timeline_app.qt.note_desk.QFileDialog.getSaveFileName"


def test_that_notes_are_saved_for_others_where_one_says(window, monkeypatch, tmp_path):
    window.actions.run("export_notes")
    assert said(window) == text_of(window, "error.no_notes")
    write(window, "for you")
    monkeypatch.setattr(SAVE, lambda *args: (str(tmp_path / "mine.jsonl"), ""))
    window.actions.run("export_notes")
    assert said(window) == "1 note saved as mine.jsonl." and b"for you" in (tmp_path / "mine.jsonl").read_bytes()
    monkeypatch.setattr(SAVE, lambda *args: (str(tmp_path / "no" / "where.jsonl"), ""))
    window.actions.run("export_notes")
    assert "cannot be written" in said(window)


def test_that_saved_beside_a_manifest_they_are_said_to_travel_with_the_dataset(window, monkeypatch, tmp_path):
    write(window, "for you")
    (tmp_path / "datapackage.json").write_text("{}")
    offered = []
    monkeypatch.setattr(SAVE, lambda *args: offered.append(args[2]) or (str(tmp_path / "notes.jsonl"), ""))
    window.actions.run("export_notes")
    assert "whoever gets this dataset sees it" in said(window) and offered[0].endswith("notes.jsonl")
    monkeypatch.setattr(SAVE, lambda *args: ("", ""))
    window.actions.run("export_notes")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["datapackage.json", "notes.jsonl"]

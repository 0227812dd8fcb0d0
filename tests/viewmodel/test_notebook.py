"""Notes as a value: edits on their way to the disk are seen at once, and nothing is lost when the disk refuses."""

from __future__ import annotations

from dataclasses import replace

from timeline_app.domain.notes import Note
from timeline_app.engine.note_journal import Journal
from timeline_app.viewmodel import notebook
from timeline_app.viewmodel.notebook import NoteBook, added, changed, is_note, is_own, redone, removed, touched, undone

ONE, TWO = Note("a", 1_000, 1_000, "one"), Note("b", 5, 2_000, "two")


def made() -> NoteBook:
    return added(added(NoteBook(), ONE, "e1"), TWO, "e2")


def test_that_a_note_is_there_before_the_disk_has_it():
    assert list(made().own) == ["note:b", "note:a"]
    assert [edit.id for edit in made().pending] == ["e1", "e2"]


def test_that_what_the_disk_has_is_no_longer_pending():
    book = made()
    saved = book.saved(Journal(book.pending[:1]))
    assert [edit.id for edit in saved.pending] == ["e2"]
    assert saved.own == book.own


def test_that_what_another_window_wrote_joins_what_is_pending_here():
    other = Journal(added(NoteBook(), Note("c", 7, 7, "theirs"), "x1").pending)
    assert set(made().saved(other).own) == {"note:a", "note:b", "note:c"}


def test_that_a_refused_note_stays_and_is_marked_until_it_is_saved():
    book = made().refused()
    assert book.unsaved == {"note:a", "note:b"} and len(book.own) == 2
    assert not book.saved(Journal(book.pending)).unsaved
    assert not NoteBook().refused().is_refused


def test_that_a_change_that_changes_nothing_is_no_edit():
    assert changed(made(), ONE, "e3") == made()
    assert changed(made(), replace(ONE, text="new"), "e3").named("note:a").text == "new"


def test_that_only_a_note_that_is_there_is_removed():
    assert removed(made(), "a", "e3").own.keys() == {"note:b"}
    assert removed(made(), "zz", "e3") == made()


def test_that_undo_and_redo_go_through_every_edit():
    book = removed(made(), "a", "e3")
    for number, expected in enumerate(({"note:a", "note:b"}, {"note:a"}, set())):
        book = undone(book, f"u{number}")
        assert book.own.keys() == expected
    assert undone(book, "u9") is None
    for number, expected in enumerate(({"note:a"}, {"note:a", "note:b"}, {"note:b"})):
        book = redone(book, f"r{number}")
        assert book.own.keys() == expected
    assert redone(book, "r9") is None


def test_that_an_edit_its_undo_and_its_redo_are_about_the_same_note():
    book = redone(undone(removed(made(), "a", "e3"), "u1"), "r1")
    assert [touched(book, edit) for edit in book.journal.edits] == ["note:a", "note:b", "note:a", "note:a", "note:a"]


def test_that_the_notes_of_the_dataset_stand_apart_and_ones_own_are_not_shown_twice():
    came = (ONE, replace(TWO, text="another text"), Note("z", 0, 0, "theirs", by="A. Scholar"))
    book = replace(made(), came=came)
    assert list(book.others) == ["dataset-note:z", "dataset-note:b"]
    assert book.named("dataset-note:z").by == "A. Scholar" and book.named("note:b") == TWO
    assert book.named("dataset-note:a") is None and book.named("e-asks") is None and book.named("") is None


def test_that_the_name_of_a_selection_says_whose_note_it_is():
    assert [(is_note(one), is_own(one)) for one in ("note:a", "dataset-note:a", "e-note", "")] == [
        (True, True), (True, False), (False, False), (False, False)]
    assert notebook.OWN != notebook.CAME

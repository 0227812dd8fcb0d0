"""The notes of a session as one value: a person's own, on the disk or still on their way to it, and those that came
with the dataset. Each edit is a pure function to the next value; writing is not done here.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from timeline_app.domain.notes import Note, in_time
from timeline_app.engine.note_journal import Edit, Journal

OWN, CAME = "note:", "dataset-note:"
Fresh = Callable[[], str]


def is_note(selected: str) -> bool:
    """Whether a selection names a note."""
    return selected.startswith((OWN, CAME))


def is_own(selected: str) -> bool:
    """Whether a selection names a note of the person's own, which can be changed."""
    return selected.startswith(OWN)


@dataclass(frozen=True)
class NoteBook:
    """`kept` is what the disk holds, `pending` what is not there yet, `came` the notes of the dataset. `is_refused`
    says that the disk has refused what is pending."""

    kept: Journal = Journal()
    pending: tuple[Edit, ...] = ()
    came: tuple[Note, ...] = ()
    is_refused: bool = False

    @cached_property
    def journal(self) -> Journal:
        """All edits, as the person sees them."""
        return self.kept.with_edits(self.pending)

    @cached_property
    def own(self) -> dict[str, Note]:
        """A person's own notes in time, by the name that a state selects."""
        return {OWN + note.id: note for note in self.journal.notes}

    @cached_property
    def others(self) -> dict[str, Note]:
        """The notes of the dataset by name, those left out that are one's own and unchanged."""
        mine = {(note.id, note.start, note.end, note.text) for note in self.journal.notes}
        return {CAME + note.id: note for note in in_time(self.came)
                if (note.id, note.start, note.end, note.text) not in mine}

    @cached_property
    def unsaved(self) -> frozenset[str]:
        """The names of own notes that the disk has refused."""
        edits = self.pending if self.is_refused else ()
        return frozenset(OWN + edit.note.id for edit in edits if edit.note is not None)

    def named(self, selected: str) -> Note | None:
        """The note that a selection names; None where it names none that is there."""
        return self.own.get(selected) or self.others.get(selected)

    def with_edit(self, edit: Edit) -> NoteBook:
        """One edit more."""
        return replace(self, pending=(*self.pending, edit))

    def saved(self, journal: Journal) -> NoteBook:
        """After reading or writing the file: what it holds now is no longer pending."""
        known = {edit.id for edit in journal.edits}
        pending = tuple(edit for edit in self.pending if edit.id not in known)
        return replace(self, kept=journal, pending=pending, is_refused=self.is_refused and bool(pending))

    def refused(self) -> NoteBook:
        """After the disk has refused what is pending."""
        return replace(self, is_refused=bool(self.pending))


def added(book: NoteBook, note: Note, edit_id: str) -> NoteBook:
    """A new note."""
    return book.with_edit(Edit(edit_id, "add", note))


def changed(book: NoteBook, note: Note, edit_id: str) -> NoteBook:
    """Another text or time for an own note; the same one is no edit."""
    return book if book.own.get(OWN + note.id) == note else book.with_edit(Edit(edit_id, "change", note))


def removed(book: NoteBook, note_id: str, edit_id: str) -> NoteBook:
    """Without an own note."""
    return book.with_edit(Edit(edit_id, "remove", of=note_id)) if OWN + note_id in book.own else book


def undone(book: NoteBook, edit_id: str) -> NoteBook | None:
    """With the last edit taken back; None where there is none."""
    last = book.journal.undoable
    return book.with_edit(Edit(edit_id, "undo", of=last.id)) if last is not None else None


def redone(book: NoteBook, edit_id: str) -> NoteBook | None:
    """With the last edit that was taken back done again; None where there is none."""
    last = book.journal.redoable
    return book.with_edit(Edit(edit_id, "redo", of=last.id)) if last is not None else None


def touched(book: NoteBook, edit: Edit) -> str:
    """The name of the note that an edit, its undo or its redo is about; "" for none."""
    by_id = {one.id: one for one in book.journal.edits}
    while edit.do in ("undo", "redo") and edit.of in by_id:
        edit = by_id[edit.of]
    note_id = edit.note.id if edit.note is not None else edit.of
    return OWN + note_id if note_id else ""

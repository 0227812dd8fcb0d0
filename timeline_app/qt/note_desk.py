"""Notes in one window: the commands that make, change, delete and take them back, and the way to the disk.

An edit is on screen at once and on its way to the disk at the same time; what the disk refuses stays on screen, is
marked as not saved, and is tried again with the next edit and when the window closes.
"""
from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QPointF, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from timeline_app.base.problems import UserError
from timeline_app.base.text import Texts
from timeline_app.domain.notes import MOST_CHARACTERS, Note, written
from timeline_app.engine import note_file, note_journal
from timeline_app.engine.note_journal import Edit, Journal
from timeline_app.qt import errors, key_words, popup, safe_text
from timeline_app.qt.note_editor import Draft, NoteEditor
from timeline_app.viewmodel import note_lanes, note_place, note_words, notebook, status
from timeline_app.viewmodel.note_place import Place
from timeline_app.viewmodel.notebook import NoteBook
from timeline_app.viewmodel.picture import Item

JOB = "notes"
SAID_LENGTH = 60


class NoteDesk(QObject):
    """Answers for one window, which has `session`, `actions`, `requests`, `canvas`, `status`, `tasks` and `reveal`.
    Without `begin` nothing is read or written: notes then live as long as the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._place: Path | None = None
        self._keeps = False
        self._after = ""  # what is to be said when the disk has what is pending
        self._asked_at: QPointF | None = None
        self.fresh: Callable[[], str] = lambda: secrets.token_hex(8)
        self.now: Callable[[], int] = lambda: time.time_ns() // 1_000_000
        window.actions.handlers |= {
            "note_moment": self.note_moment, "note_span": self.note_span, "edit_note": self.edit_note,
            "remove_note": self.remove_note, "undo": self.undo, "redo": self.redo,
            "export_notes": self.export_notes}

    # --- The file ---

    def begin(self) -> None:
        """Read the person's notes on the dataset, and keep what is made from now on."""
        self._keeps = True
        self._open()

    def follow(self) -> None:
        """The window has taken another dataset."""
        if self._keeps and note_journal.place_of(self._session.dataset) != self._place:
            self.flush()
            self._session.take_notes(NoteBook(came=self._session.dataset.notes))
            self._open()

    def _open(self) -> None:
        self._place = note_journal.place_of(self._session.dataset)
        if self._place is not None:
            self._window.tasks.run(JOB, note_journal.read, self._place, done=self._kept, failed=self._failed)

    def _keep(self) -> None:
        """Write what is pending. While a write runs the next one waits with all that came meanwhile."""
        pending = self._session.notes.pending
        if pending and self._place is not None:
            self._window.tasks.run(JOB, note_journal.append, self._place, self._session.dataset.meta.id, pending,
                                   done=self._kept, failed=self._failed)

    def flush(self) -> None:
        """Write what is pending before the window goes; what cannot be written is lost with it."""
        popup.close_all(self._window)
        pending = self._session.notes.pending
        if pending and self._place is not None:
            with contextlib.suppress(UserError):
                journal = note_journal.append(self._place, self._session.dataset.meta.id, pending)
                self._session.notes = self._session.notes.saved(journal)

    def _kept(self, journal: Journal) -> None:
        self._session.take_notes(self._session.notes.saved(journal))
        self._session.become(note_lanes.without_gone(self._session))
        self._window.status.say_problems()
        if self._after:
            self._window.status.say(self._texts.get(self._after))
            self._after = ""

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            errors.report(error)
            return
        self._after = ""
        self._session.take_notes(self._session.notes.refused())
        self._window.requests.say_refused(error)

    # --- The commands ---

    def ask_at(self, at: QPoint | None) -> None:
        """A menu opens at a place of the screen: what is asked for from it is meant there. None: it has closed."""
        if at is None:
            QTimer.singleShot(0, self, lambda: setattr(self, "_asked_at", None))
        else:
            self._asked_at = QPointF(self._window.canvas.mapFromGlobal(at))

    @property
    def is_asked_of_note(self) -> bool:
        """Whether the menu has opened on a note."""
        item = self._asked_item()
        return item is not None and item.kind == "note"

    def _asked_item(self) -> Item | None:
        canvas = self._window.canvas
        if self._asked_at is None or canvas.frame is None:
            return None
        x, y = canvas.place_of(self._asked_at)
        found = canvas.frame.hit(canvas.scale, x, y) if y >= 0 else None
        return found[1] if found is not None else None

    def note_moment(self) -> None:
        """A new note on what is selected, or at the pointer, or in the middle; a selected note is opened instead."""
        if notebook.is_own(self._session.state.view.selected) and self._asked_at is None:
            self.edit_note()
            return
        self._write_new(self._moment())

    def note_selected(self) -> None:
        """A new note on the selected event or tweet, wherever it is."""
        place = note_place.of_selection(self._session)
        self._write_new(place or self._moment())

    def note_span(self) -> None:
        """A new note on the marked span."""
        self._write_new(note_place.of_marked(self._session, self._window.canvas.scale))

    def edit_note(self) -> None:
        """Open the selected note."""
        note = self._own_note()
        if len(note.text) > MOST_CHARACTERS:
            raise UserError("note_too_long", most=f"{MOST_CHARACTERS:,}")
        editor = self._editor(Draft(self._when(note.start, note.end), self._about(note.event_id), note.text, False))
        editor.saved.connect(lambda text: self._change(note, text))
        editor.removed.connect(lambda: self._remove(note))
        editor.open(focus=editor.field)

    def remove_note(self) -> None:
        """Delete the selected note; an undo brings it back."""
        self._remove(self._own_note())

    def undo(self) -> None:
        """Take back the last edit."""
        last = self._session.notes.journal.undoable
        if last is None:
            raise UserError("nothing_to_undo")
        self._step(last, notebook.undone(self._session.notes, self.fresh()), "notes.undone")

    def redo(self) -> None:
        """Do again what was taken back last."""
        last = self._session.notes.journal.redoable
        if last is None:
            raise UserError("nothing_to_redo")
        self._step(last, notebook.redone(self._session.notes, self.fresh()), "notes.redone")

    def export_notes(self) -> None:
        """Ask for a file and write all notes into it, one's own and those that came with the dataset."""
        book, dataset = self._session.notes, self._session.dataset
        notes = note_file.together(book.own.values(), book.came)
        if not notes:
            raise UserError("no_notes")
        home = Path(dataset.path) if dataset.path else Path()
        kind = f"{self._texts.get('notes.file_kind')} (*.jsonl)"
        chosen, _ = QFileDialog.getSaveFileName(self._window, self._texts.get("notes.save_title"),
                                                str((home if home.is_dir() else home.parent) / note_file.FILE), kind)
        if chosen:
            place = Path(chosen)
            note_file.save(place, notes, replaces=True)  # the dialog of the system has asked
            beside = (place.parent / "datapackage.json").is_file() and place.name == note_file.FILE
            self._window.status.say(self._texts.count("notes.exported_beside" if beside else "notes.exported",
                                                      len(notes), name=place.name))

    # --- How ---

    @property
    def _texts(self) -> Texts:
        return self._window.requests.texts

    def _moment(self) -> Place:
        """The selected event or tweet if it is in view, else the instant under the pointer, else the middle."""
        canvas = self._window.canvas
        x = canvas.pointer_x
        if self._asked_at is not None:
            x = self._asked_at.x()
            if self._asked_item() is None:
                return note_place.at(canvas.scale.at_us(x), canvas.scale)
        chosen = note_place.in_sight(self._session)
        middle = self._session.state.view.window.centre_us
        return chosen or note_place.at(middle if x is None else canvas.scale.at_us(x), canvas.scale)

    def _write_new(self, place: Place) -> None:
        if self._keeps and self._place is None:
            raise UserError("notes_while_reading")
        span = place.span
        editor = self._editor(Draft(self._when(span.start, span.end), self._about(place.event_id)))
        editor.saved.connect(lambda text: self._add(place, text))
        editor.open(focus=editor.field)

    def _editor(self, draft: Draft) -> NoteEditor:
        return NoteEditor(self._window, self._window.requests.look, draft)

    def _own_note(self) -> Note:
        selected = self._session.state.view.selected
        note = self._session.notes.named(selected)
        if note is None:
            raise UserError("no_own_note")
        if not notebook.is_own(selected):
            raise UserError("note_of_dataset")
        return note

    def _when(self, start: int, end: int) -> str:
        return note_words.when(start, end, status.zone_of(self._session.state, self._session.dataset), self._texts)

    def _about(self, event_id: str) -> str:
        event = self._session.dataset.event_by_id.get(event_id)
        return self._texts.get("notes.about", title=event.title.say(self._texts.language)) if event is not None else ""

    def _add(self, place: Place, text: str) -> None:
        cleaned = written(text).strip()
        if cleaned:
            note = Note(self.fresh(), place.span.start, place.span.end, cleaned, self.now(), place.event_id)
            self._after = "notes.saved"
            self._put(notebook.added(self._session.notes, note, self.fresh()), notebook.OWN + note.id)

    def _change(self, note: Note, text: str) -> None:
        cleaned = written(text).strip()
        if not cleaned:
            self._remove(note)
            return
        self._after = "notes.saved"
        self._put(notebook.changed(self._session.notes, replace(note, text=cleaned), self.fresh()),
                  notebook.OWN + note.id)

    def _remove(self, note: Note) -> None:
        self._put(notebook.removed(self._session.notes, note.id, self.fresh()))
        keys = key_words.one_line(self._window.actions.keys["undo"], self._texts)
        self._window.status.say(self._texts.get("notes.removed", keys=keys or self._texts.get("command.undo")))

    def _step(self, edit: Edit, book: NoteBook | None, said: str) -> None:
        before = self._session.notes
        name = notebook.touched(before, edit)
        if book is not None:
            self._put(book, name if name in book.own else "")
            note = before.named(name) or book.named(name)
            text = safe_text.one_line(note.first_line, SAID_LENGTH) if note is not None else ""
            what = self._texts.get(f"notes.did.{edit.do}", text=text)
            self._window.status.say(self._texts.get(said, what=what))

    def _put(self, book: NoteBook, name: str = "") -> None:
        """Look at other notes, with one of them selected, and write them."""
        self._session.take_notes(book)
        chosen = note_lanes.chosen_state(self._session, name) if name else note_lanes.without_gone(self._session)
        self._session.become(chosen)
        if name:
            self._window.reveal()
        self._keep()

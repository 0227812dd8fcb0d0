"""Notes that travel with a dataset: `notes.jsonl`, one JSON object a line, with times that people can read. What is
written here is read back equal. A person's own journal is `note_journal`.
"""
from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

import msgspec

from timeline_app.base.problems import Problem, UserError
from timeline_app.base.safe_io import MEGABYTE, clean_text, readable, write_atomic
from timeline_app.domain.notes import Note, in_time, is_note_id
from timeline_app.engine import instants

FILE = "notes.jsonl"
MOST_BYTES = 16 * MEGABYTE
MOST_NOTES = 10_000
MOST_TEXT = 1_000_000
MOST_PROBLEMS = 100


class NoteLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line. `start`, `end` and `created` are dates or clock times, local in the dataset's zone without an offset;
    without `end` the note is on a moment."""

    id: str
    start: str
    text: str
    end: str = ""
    event_id: str = ""
    by: str = ""
    created: str = ""


def read_notes(data: bytes, file: str, known: tuple[Collection[str], str], problems: list[Problem]
               ) -> tuple[Note, ...]:
    """The notes of a file, for a dataset with (events, zone); what cannot be read is added to `problems`."""
    text, found = readable(data, file)
    problems += found
    notes: dict[str, Note] = {}
    before = len(problems)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        note, code = _note(line, known)
        if note is not None and note.id in notes:
            note, code = None, "note_twice"
        if code:
            severity = "warning" if note is not None else "error"
            problems.append(Problem(severity, code, file, number))
        if note is not None:
            notes[note.id] = note
        if len(notes) == MOST_NOTES or len(problems) - before >= MOST_PROBLEMS:
            problems.append(Problem("error", "too_many_notes", file, number, args=(("limit", f"{MOST_NOTES:,}"),)))
            break
    return in_time(tuple(notes.values()))


def _note(line: str, known: tuple[Collection[str], str]) -> tuple[Note | None, str]:
    """The note of a line, or None, and the code of what is wrong."""
    events, zone = known
    try:
        read = msgspec.json.decode(line.encode(), type=NoteLine)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None, "note_unreadable"
    start, created = instants.moment(read.start, zone), instants.moment(read.created, zone) if read.created else 0
    end = instants.moment(read.end, zone) if read.end else start
    if start is None or end is None or created is None or end < start:
        return None, "note_time"
    text, by = (clean_text(one)[0] for one in (read.text, read.by))
    if not is_note_id(read.id) or not text.strip() or len(text) > MOST_TEXT:
        return None, "note_unreadable"
    event_id = read.event_id if read.event_id in events else ""
    return Note(read.id, start, end, text, created, event_id, by), "note_event" if read.event_id != event_id else ""


def written(notes: Iterable[Note]) -> bytes:
    """The bytes of a file of notes, in time."""
    return b"".join(msgspec.json.encode(_line(note)) + b"\n" for note in in_time(tuple(notes)))


def _line(note: Note) -> NoteLine:
    text, by, event_id = (clean_text(one)[0] for one in (note.text, note.by, note.event_id))
    end = "" if note.is_moment else instants.written(note.end)
    return NoteLine(note.id, instants.written(note.start), text, end, event_id, by,
                    instants.written(note.created) if note.created else "")


def together(own: Iterable[Note], others: Iterable[Note], by: str = "") -> tuple[Note, ...]:
    """One's own notes, with a name if one is given, and those of the dataset that are not one's own."""
    mine = {note.id: replace(note, by=by or note.by) for note in own}
    return in_time(tuple(({note.id: note for note in others} | mine).values()))


def save(place: Path, notes: Iterable[Note], replaces: bool = False) -> None:
    """Write a file of notes as a whole; UserError where it cannot be, or where there is one that is not to be
    replaced."""
    if not replaces and (place.exists() or place.is_symlink()):
        raise UserError("file_is_there", path=place)
    try:
        write_atomic(place, written(notes))
    except OSError as error:
        raise UserError("cannot_write", name=place.name, reason=error.strerror or str(error)) from None

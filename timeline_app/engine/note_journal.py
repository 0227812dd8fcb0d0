"""A person's notes on one dataset as a journal of edits: one line each, added at the end and on the disk at once.

Nothing is ever rewritten. An undo is a line that names the edit it takes back, so that it can be redone, a second
window's edit is never taken back by mistake, and a line that is written twice counts once. What was written in the
middle of a crash is a torn last line: it is told, and everything before it stands.
"""
from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from timeline_app.base import append_only, settings
from timeline_app.base.problems import Problem, UserError
from timeline_app.base.safe_io import MEGABYTE, clean_text, read_regular
from timeline_app.domain.notes import Note, in_time, is_note_id
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT
from timeline_app.engine.dataset import Dataset

FOLDER = "notes"
MOST_BYTES = 128 * MEGABYTE
MOST_PROBLEMS = 20
VERSION = 1
Do = Literal["add", "change", "remove", "undo", "redo"]
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_Instant = Annotated[int, msgspec.Meta(ge=MIN_INSTANT, le=MAX_INSTANT)]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit. "add" and "change" carry the note as it is from then on; `of` is the note that "remove" takes away, or
    the edit that "undo" takes back and "redo" does again."""

    id: str
    do: Do
    note: Note | None = None
    of: str = ""


@dataclass(frozen=True)
class Journal:
    """All edits in their order, and what was wrong with the file."""

    edits: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The notes that stand, in time."""
        found: dict[str, Note] = {}
        for edit in self._standing[0]:
            if edit.do == "remove":
                found.pop(edit.of, None)
            elif edit.note is not None and (edit.do == "add" or edit.note.id in found):
                found[edit.note.id] = edit.note
        return in_time(tuple(found.values()))

    @property
    def undoable(self) -> Edit | None:
        """The edit that an undo takes back."""
        done, _ = self._standing
        return done[-1] if done else None

    @property
    def redoable(self) -> Edit | None:
        """The edit that a redo does again: the last one taken back, as long as nothing new was done since."""
        _, undone = self._standing
        return undone[-1] if undone else None

    def with_edits(self, edits: Sequence[Edit]) -> Journal:
        """The journal with edits at its end; those that it has already are left out."""
        known = {edit.id for edit in self.edits}
        new = tuple({edit.id: edit for edit in edits if edit.id not in known}.values())
        return Journal((*self.edits, *new), self.problems) if new else self

    @cached_property
    def _standing(self) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
        """The edits that count, and those taken back, the last one last."""
        done: dict[str, Edit] = {}
        undone: dict[str, Edit] = {}
        for edit in self.edits:
            source, target = (done, undone) if edit.do == "undo" else (undone, done)
            if edit.do not in ("undo", "redo"):
                done[edit.id] = edit
                undone.clear()
            elif edit.of in source:
                target[edit.of] = source.pop(edit.of)
        return tuple(done.values()), tuple(undone.values())


def place_of(dataset: Dataset, folder: Path | None = None) -> Path | None:
    """The file with a person's notes on a dataset; it need not exist. None while a dataset is still being read.

    A dataset is known by the id in its manifest, so that an edited or moved one keeps its notes; what has none, such as
    a single table, by its place on this machine.
    """
    if not (dataset.meta.id or dataset.path):
        return None
    known, shown = ("id", dataset.meta.id), dataset.meta.id
    if not dataset.meta.id:
        known, shown = ("path", str(Path(dataset.path).resolve())), Path(dataset.path).stem
    name = re.sub(r"[^a-z0-9]+", "-", shown.lower()).strip("-")[:40] or "dataset"
    digest = hashlib.sha256("\0".join(known).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return (folder or settings.data_folder() / FOLDER) / f"{name}-{digest}.jsonl"


def read(place: Path) -> Journal:
    """The journal at a place; empty where there is none, with a problem where it cannot be read."""
    try:
        data = read_regular(place, MOST_BYTES)
    except UserError as error:
        absent = error.code == "not_found"
        return Journal(problems=() if absent else (Problem("warning", "notes_unreadable", str(place)),))
    return parsed(data, place.name)


def append(place: Path, dataset_id: str, edits: Sequence[Edit]) -> Journal:
    """Add edits at the end of the file and return all that it then holds, other windows' edits too. Edits that are in
    it already are not written again. UserError in words where they cannot be kept; nothing is half written."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        data = append_only.append(place, MOST_BYTES, lambda there: _lines(there, dataset_id, edits))
    except OSError as error:
        code = "notes_disk_full" if error.errno in _FULL else "notes_not_saved"
        code = "notes_closed" if error.errno in _CLOSED else code
        raise UserError(code, path=place.parent) from None
    return parsed(data, place.name)


def parsed(data: bytes, file: str) -> Journal:
    """The journal in some bytes; lines that cannot be read are problems."""
    found: dict[str, Edit] = {}
    problems: list[Problem] = []
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        edit = _edit(line, number)
        if isinstance(edit, Edit):
            found.setdefault(edit.id, edit)
        elif edit:
            code = "note_line_torn" if number == len(lines) else edit
            problems.append(Problem("warning", code, file, number))
    return Journal(tuple(found.values()), tuple(problems[:MOST_PROBLEMS]))


class _NoteLine(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    start: _Instant
    end: _Instant
    text: str
    created: _Instant = 0
    event_id: str = ""


class _Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line: the version and the dataset in the first one, an edit in every other."""

    id: str = ""
    do: str = ""
    note: _NoteLine | None = None
    of: str = ""
    timeline_notes: int = 0
    dataset: str = ""


def _lines(there: bytes, dataset_id: str, edits: Sequence[Edit]) -> bytes:
    """What is to be added: edits that are not there yet, after a line for the file itself or the end of a torn line."""
    known = {edit.id for edit in parsed(there, "").edits}
    lines = [_Line(edit.id, edit.do, _note_line(edit.note), edit.of) for edit in edits if edit.id not in known]
    if not lines:
        return b""
    first = [] if there else [_Line(timeline_notes=VERSION, dataset=clean_text(dataset_id)[0])]
    before = b"\n" if there and not there.endswith(b"\n") else b""
    return before + b"".join(msgspec.json.encode(line) + b"\n" for line in (*first, *lines))


def _note_line(note: Note | None) -> _NoteLine | None:
    if note is None:
        return None
    text, event_id = clean_text(note.text)[0], clean_text(note.event_id)[0]
    return _NoteLine(note.id, note.start, note.end, text, note.created, event_id)


def _edit(line: bytes, number: int) -> Edit | str:
    """The edit of a line, the code of a problem, or "" for a line that is about the file itself."""
    try:
        read = msgspec.json.decode(line, type=_Line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return "note_line_unreadable"
    if read.timeline_notes:
        return "" if read.timeline_notes <= VERSION else "notes_of_later_version"
    own = read.id or f"line-{number}"
    note = _note(read.note) if read.note is not None else None
    if read.do in ("add", "change") and note is not None:
        return Edit(own, read.do, note)
    if read.do in ("remove", "undo", "redo") and read.of:
        return Edit(own, read.do, of=read.of)
    return "note_line_unreadable"


def _note(line: _NoteLine) -> Note | None:
    text = clean_text(line.text)[0]
    if not is_note_id(line.id) or line.end < line.start or not text.strip():
        return None
    return Note(line.id, line.start, line.end, text, line.created, clean_text(line.event_id)[0])

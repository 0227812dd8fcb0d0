"""Notes in words: when they are, what the detail pane says of one, and that it is a note and no evidence."""
from __future__ import annotations

from timeline_app.base.text import Texts, catalogue
from timeline_app.domain.calendar import MINUTE, SECOND
from timeline_app.domain.notes import Note
from timeline_app.domain.time import Precision, Span
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import note_lanes, wording
from timeline_app.viewmodel.detail_parts import Chip, DetailDoc
from timeline_app.viewmodel.notebook import NoteBook, is_own

MOST_SPOKEN = 300  # letters of a note that stand for it where it is named


def when(start: int, end: int, zone: str, texts: Texts) -> str:
    """The time of a note, as fine as its instants are."""
    if start == end:
        return wording.moment(start, _fineness(start), zone, texts)
    return wording.span_text(Span(start, end), zone, texts)


def _fineness(at: int) -> Precision:
    if at % MINUTE == 0:
        return Precision.MINUTE
    return Precision.SECOND if at % SECOND == 0 else Precision.MS


def spoken(name: str, note: Note, texts: Texts) -> str:
    """A note on one line, with the word that says what it is."""
    return texts.get("notes.spoken_own" if is_own(name) else "notes.spoken_came", text=note.first_line[:MOST_SPOKEN])


def describe(name: str, book: NoteBook, dataset: Dataset, language: str, zone: str) -> DetailDoc | None:
    """The document of a note; None where there is none of that name."""
    note, texts = book.named(name), catalogue(language)
    if note is None:
        return None
    order = note_lanes.names(book, note_lanes.lane_of(name))
    place = order.index(name)
    return DetailDoc(
        name,
        texts.get("notes.title_own" if is_own(name) else "notes.title_came"),
        when(note.start, note.end, zone, texts),
        summary=note.text,
        zone_notes=_about(note, dataset, texts),
        notice=_notice(name, note, book, (zone, texts)),
        chips=(Chip(texts.get("notes.chip")),),
        previous=order[place - 1] if place else "",
        next=order[place + 1] if place + 1 < len(order) else "",
    )


def _about(note: Note, dataset: Dataset, texts: Texts) -> tuple[str, ...]:
    event = dataset.event_by_id.get(note.event_id)
    if event is None:
        return ()
    return (texts.get("notes.about", title=event.title.say(texts.language)),)


def _notice(name: str, note: Note, book: NoteBook, words: tuple[str, Texts]) -> str:
    """Who wrote it and when, as far as that is known, and whether it is on the disk."""
    zone, texts = words
    parts = [texts.get("notes.by", name=note.by)] if note.by else []
    if note.created:
        minute = note.created // MINUTE * MINUTE
        parts.append(texts.get("notes.written", when=wording.moment(minute, Precision.MINUTE, zone, texts)))
    if name in book.unsaved:
        parts.append(texts.get("notes.unsaved_long"))
    return " ".join(parts)

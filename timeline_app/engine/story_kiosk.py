"""The member `kiosk` of a story file: what a story has for a gallery beside its steps. What cannot be read is told and
left out, the rest stands; what is written is read back equal.

Whether what is told is in the dataset, `story_check` asks.
"""
from __future__ import annotations

from typing import Any

import msgspec

from timeline_app.domain.records import Words
from timeline_app.domain.stories import Kiosk, Surge
from timeline_app.domain.time import Span
from timeline_app.engine import instants
from timeline_app.engine.json_text import Document
from timeline_app.engine.manifest import Text, text_of, words

MOST_SENTENCES = 50
SHORTEST, LONGEST, USUAL = 5, 120, 30  # seconds that a surge is played in


class SurgeEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A counted stretch that a visitor can play."""

    series: str
    start: str
    end: str
    label: Text = ""
    counted: Text = ""
    ending: Text = ""
    seconds: int = USUAL


class KioskEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole member; sentences and the surge are taken one by one, so that a bad one loses itself alone."""

    attract: list[Any] = []
    start: str = ""
    end: str = ""
    surge: Any = None


def read(value: Any, known: tuple[tuple[str, ...], str], document: Document) -> Kiosk | None:
    """The kiosk part of a story, for a dataset with (languages, zone); None where there is none."""
    entry = document.take(value, KioskEntry, "$.kiosk") if value is not None else None
    if entry is None:
        return None
    span = None
    if entry.start or entry.end:
        span = _span(entry, "$.kiosk", known[1], document)
    start, end = (span.start, span.end) if span is not None else (0, 0)
    return Kiosk(_sentences(entry, known[0], document), start, end, _surge(entry.surge, known, document))


def as_entry(kiosk: Kiosk, languages: tuple[str, ...]) -> KioskEntry:
    """The kiosk part as it stands in a file."""
    surge = kiosk.surge
    stretch = (kiosk.start_ms, kiosk.end_ms)
    start, end = map(instants.written, stretch) if any(stretch) else ("", "")
    return KioskEntry(
        [text_of(one, languages) for one in kiosk.attract], start, end,
        SurgeEntry(surge.series, instants.written(surge.start_ms), instants.written(surge.end_ms),
                   text_of(surge.label, languages), text_of(surge.counted, languages),
                   text_of(surge.ending, languages), surge.seconds) if surge is not None else None)


def _sentences(entry: KioskEntry, languages: tuple[str, ...], document: Document) -> tuple[Words, ...]:
    if len(entry.attract) > MOST_SENTENCES:
        document.report("too_many_sentences", "$.kiosk.attract", limit=MOST_SENTENCES)
    found = []
    for number, raw in enumerate(entry.attract[:MOST_SENTENCES]):
        path = f"$.kiosk.attract[{number}]"
        text = document.piece(raw, Text, path)
        said = words(text, languages) if text is not None else None
        if said is not None and not said.text.strip():
            document.report("empty_sentence", path)
        elif said is not None:
            found.append(said)
    return tuple(found)


def _surge(value: Any, known: tuple[tuple[str, ...], str], document: Document) -> Surge | None:
    path = "$.kiosk.surge"
    entry = document.take(value, SurgeEntry, path) if value is not None else None
    span = _span(entry, path, known[1], document) if entry is not None else None
    if span is None:
        return None
    seconds = entry.seconds
    if not SHORTEST <= seconds <= LONGEST:
        document.report("surge_seconds", f"{path}.seconds", seconds=seconds)
        seconds = USUAL
    said = (words(one, known[0]) for one in (entry.label, entry.counted, entry.ending))
    return Surge(entry.series, span.start, span.end, *said, seconds)


def _span(entry: KioskEntry | SurgeEntry, path: str, zone: str, document: Document) -> Span | None:
    start, end = (instants.moment(text, zone) for text in (entry.start, entry.end))
    if start is None or end is None or end <= start:
        document.report("step_span", path, start=entry.start, end=entry.end)
        return None
    return Span(start, end)

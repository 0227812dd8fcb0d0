"""What a person wrote on a moment or a stretch of time. A note is never evidence: no event, claim or source knows it.

Where notes are kept and how they travel is not here.
"""
from __future__ import annotations

import re
from dataclasses import dataclass

from timeline_app.base.safe_io import clean_text
from timeline_app.domain.time import Span

MOST_CHARACTERS = 10_000
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # override how text runs
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `start` and `end` are int ms UTC, equal for a moment, the end exclusive for a stretch; `created` is ms
    UTC, 0 where unknown; `event_id` the event it was put on, `by` who wrote it, where that is stated."""

    id: str
    start: int
    end: int
    text: str
    created: int = 0
    event_id: str = ""
    by: str = ""

    @property
    def is_moment(self) -> bool:
        """Whether it stands at a single instant."""
        return self.start == self.end

    @property
    def span(self) -> Span:
        """Its time; of length 0 for a moment."""
        return Span(self.start, self.end)

    @property
    def first_line(self) -> str:
        """The first line that says anything."""
        return next((line.strip() for line in self.text.split("\n") if line.strip()), "")


def written(text: str) -> str:
    """A text as a person's own note keeps it: without control characters and without marks that turn text around."""
    return clean_text(text)[0].translate(_TURNING)


def is_note_id(text: str) -> bool:
    """Whether a text can name a note: letters, digits, dash and underline, at most 64."""
    return _ID.fullmatch(text) is not None


def in_time(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Notes by their start, of equal starts the longest first, then as they were made."""
    return tuple(sorted(notes, key=lambda one: (one.start, -one.end, one.created, one.id)))

"""What a dataset is made of: events, questions, claims, quotations, posts, sources. No reading, no judging here.

Texts are `Words`: a text per language, the dataset's first language under "". Field names are those of the tables
(docs/manual.md); a list cell is a tuple here. Times are int64 ms UTC.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from timeline_app.domain.time import When


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the dataset's first language, with translations by language code."""

    text: str = ""
    others: tuple[tuple[str, str], ...] = ()

    def say(self, language: str) -> str:
        """The text in that language, or in the dataset's first language where no translation is given."""
        for code, translated in self.others:
            if code == language and translated:
                return translated
        return self.text

    def all(self) -> tuple[str, ...]:
        """Every wording, for search."""
        return (self.text, *(translated for _, translated in self.others))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened, as the dataset words it; coordinates in degrees or None."""

    name: Words = Words()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `label` is its short name on the timeline, `note` the muted remark beside it; `columns` are cells that
    the format does not know, by the names of their columns."""

    id: str
    title: Words
    when: When
    kind: str = "other"
    label: Words = Words()
    note: Words = Words()
    summary: Words = Words()
    subject: str = ""
    state: str = ""
    place: Place = Place()
    actors: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    resolved_by: str = ""
    content_flags: frozenset[str] = frozenset()
    source_ids: tuple[str, ...] = ()
    columns: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one event. `exclusive`: different answers cannot both be right."""

    event_id: str
    name: str
    label: Words
    unit: str = ""
    exclusive: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """One answer of one source to one question. An empty `answer` cannot be compared; `line` is its row's line."""

    id: str
    event_id: str
    question: str
    text: Words
    answer: str = ""
    answer_timezone: str = ""
    source_id: str = ""
    attitude: str = "asserts"
    confidence: str = ""
    evidence: str = "document"
    excerpt: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Derived:
    """An answer that we compute ourselves, and from which sources."""

    event_id: str
    question: str
    answer: str
    text: Words
    computed_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in its own language. `when` is None where its date cannot be read."""

    id: str
    event_id: str
    text: str
    language: str = ""
    speaker: str = ""
    speaker_position: str = ""
    date_edtf: str = ""
    source_id: str = ""
    locator: str = ""
    evidence: str = "document"
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a document prints. `post_id` is None for private people's posts; `utc_ms` is never shown finer
    than `shown_precision`."""

    event_id: str
    post_id: int | None
    utc_ms: int
    shown_precision: str
    role: str
    source_id: str = ""
    basis: str = ""
    evidence: str = ""
    content_flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """A CSL-JSON item. `issued` is its date as text (EDTF), `original` where a copy's text comes from,
    `seen_as` where it was read."""

    id: str
    type: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    container: str = ""
    url: str = ""
    doi: str = ""
    issued: str = ""
    language: str = ""
    note: str = ""
    title_is_description: bool = False
    original: Mapping[str, str] = field(default_factory=dict)
    seen_as: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The short name that readers know it by: the newspaper, else its authors, else the title."""
        return self.container or ", ".join(self.authors) or self.title or self.id

"""Search in everything a dataset says, in all its languages. How a result is shown is not decided here.

A dataset of this size is searched by looking at every text; the index only keeps the texts folded.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from timeline_app.domain.notes import Note
from timeline_app.domain.records import Words
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.fold import fold, place_in

Kind = Literal["events", "claims", "quotations", "sources", "hashtags", "posts", "notes"]
KINDS: tuple[Kind, ...] = ("events", "claims", "quotations", "sources", "hashtags", "posts", "notes")
SNIPPET = 120
LONGEST_QUERY = 200
_RANKS = {"title": 0, "label": 1, "hashtag": 2, "hashtags": 2, "summary": 3}
_OTHER_RANK = 4
_TERM = re.compile(r'"([^"]*)"?|(\S+)')


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `snippet[start:end]` is the match in `field`; `title` names the thing itself.
    `event_id` is "" for sources, the first event with it for a hashtag, and its own name for a note."""

    kind: Kind
    id: str
    event_id: str
    title: Words
    field: str
    snippet: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Result:
    """The best hits, how many there are of each kind, and every event that a hit belongs to."""

    hits: tuple[Hit, ...] = ()
    counts: Mapping[Kind, int] = field(default_factory=dict)
    event_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing that can be found, with its texts as (field, text, folded text), best first."""

    kind: Kind
    id: str
    event_ids: tuple[str, ...]
    title: Words
    texts: tuple[tuple[str, str, str], ...]
    folded: str


class Index:
    """The folded texts of one dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._entries = tuple(_entries(dataset))

    def search(self, query: str, limit: int = 50, notes: Mapping[str, Note] | None = None) -> Result:
        """What matches every word of the query, in the dataset and in notes by name. Words in quotation marks are one
        phrase, `#tag` is a hashtag.

        Ordered by where the match stands (title, label, hashtag, summary, the rest), then as in the dataset.
        """
        terms = terms_of(query)
        if not terms:
            return Result()
        entries = (*self._entries, *_note_entries(notes or {}))
        found = [entry for entry in entries if all(term in entry.folded for term in terms)]
        counted = Counter(entry.kind for entry in found)
        counts = {kind: counted[kind] for kind in KINDS}
        ranked = sorted(((_best(entry, terms), entry) for entry in found), key=lambda pair: pair[0][:2])
        hits = tuple(_hit(entry, best[2], terms) for best, entry in ranked[:limit])
        return Result(hits, counts, frozenset(one for entry in found for one in entry.event_ids))


def terms_of(query: str) -> tuple[str, ...]:
    """The folded words and phrases of a query."""
    found = (phrase or word for phrase, word in _TERM.findall(query[:LONGEST_QUERY]))
    return tuple(dict.fromkeys(term for term in (fold(one).strip() for one in found) if term and term != "#"))


def _best(entry: _Entry, terms: tuple[str, ...]) -> tuple[int, bool, int]:
    """How good a match is: the rank of its best text, whether it begins within a word, and which text
    it is."""
    best = (_OTHER_RANK + 1, True, 0)
    for place, (name, _, folded) in enumerate(entry.texts):
        if _RANKS.get(name, _OTHER_RANK) > best[0]:
            break  # texts stand best first
        at = min((folded.find(term) for term in terms if term in folded), default=-1)
        if at >= 0:
            within = at > 0 and folded[at].isalnum() and folded[at - 1].isalnum()
            best = min(best, (_RANKS.get(name, _OTHER_RANK), within, place))
    return best


def _hit(entry: _Entry, place: int, terms: tuple[str, ...]) -> Hit:
    name, text, folded = entry.texts[place]
    at, term = min(((folded.find(term), term) for term in terms if term in folded), default=(0, ""))
    start, end = place_in(text, at, at + len(term))
    cut = max(0, min(start - SNIPPET // 3, len(text) - SNIPPET))
    if cut:
        cut = text.find(" ", cut, start) + 1 or cut
    end = min(end, cut + SNIPPET)
    return Hit(entry.kind, entry.id, next(iter(entry.event_ids), ""), entry.title, name,
               text[cut:cut + SNIPPET], start - cut, end - cut)


def _entry(kind: Kind, own_id: str, event_ids: Iterable[str], title: Words,
           texts: Iterable[tuple[str, str]]) -> _Entry:
    kept = tuple((name, text, fold(text)) for name, text in texts if text)
    return _Entry(kind, own_id, tuple(event_ids), title, kept, "\n".join(folded for *_, folded in kept))


def _said(name: str, words: Words) -> list[tuple[str, str]]:
    return [(name, text) for text in words.all()]


def _entries(dataset: Dataset) -> Iterator[_Entry]:
    yield from _event_entries(dataset)
    yield from _hashtag_entries(dataset)
    events = dataset.event_by_id  # a row may belong to an event that could not be read
    asked = {(one.event_id, one.name): one.label for one in dataset.questions}
    for claim in dataset.claims:
        source = dataset.sources.get(claim.source_id)
        question = asked.get((claim.event_id, claim.question), Words())
        texts = [*_said("text", claim.text), ("excerpt", claim.excerpt), *_said("question", question)]
        texts += [("source", source.name)] if source else []
        if claim.event_id in events:
            yield _entry("claims", claim.id, (claim.event_id,), claim.text, texts)
    for quote in dataset.quotes:
        texts = [("text", quote.text), ("speaker", quote.speaker)]
        if quote.event_id in events:
            yield _entry("quotations", quote.id, (quote.event_id,), Words(quote.speaker), texts)
    for source in dataset.sources.values():
        texts = [("title", source.title), ("container", source.container)]
        texts += [("author", author) for author in source.authors]
        yield _entry("sources", source.id, (), Words(source.title or source.name), texts)
    for place, post in enumerate(dataset.posts):
        if post.event_id in events:
            title = events[post.event_id].title
            yield _entry("posts", f"post-{place + 1}", (post.event_id,), title, [("basis", post.basis)])


def _event_entries(dataset: Dataset) -> Iterator[_Entry]:
    for event in dataset.events:
        texts = [*_said("title", event.title), *_said("label", event.label),
                 *(("hashtag", f"#{tag}") for tag in event.hashtags), *_said("summary", event.summary),
                 *_said("note", event.note), *_said("place", event.place.name),
                 *(("actor", actor) for actor in event.actors)]
        yield _entry("events", event.id, (event.id,), event.title, texts)


def _note_entries(notes: Mapping[str, Note]) -> Iterator[_Entry]:
    """Notes are few and change: they are folded when they are searched."""
    for name, note in notes.items():
        texts = [("title", note.first_line), ("text", note.text), ("by", note.by)]
        yield _entry("notes", name, (name,), Words(note.first_line), texts)


def _hashtag_entries(dataset: Dataset) -> Iterator[_Entry]:
    """Each hashtag once, whatever its case, with all events that carry it."""
    spelled: dict[str, str] = {}
    carried: dict[str, list[str]] = {}
    for event in dataset.events:
        for tag in event.hashtags:
            spelled.setdefault(fold(tag), tag)
            carried.setdefault(fold(tag), []).append(event.id)
    for key, event_ids in carried.items():
        shown = f"#{spelled[key]}"
        yield _entry("hashtags", spelled[key], event_ids, Words(shown), [("hashtag", shown)])


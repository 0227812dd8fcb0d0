"""Tweets as readers find them, gathered into batches. `Notes` is what a reader learns beside the tweets.

A reader has two parts: `tweets` finds what is a tweet in each record, `columns` puts many of them side by side. No
format is here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import msgspec

from timeline_app.engine.tweets.batch import Batch, Refused
from timeline_app.engine.tweets.lines import Piece
from timeline_app.engine.tweets.readers.columns import Block, Columns, Count, Gathered
from timeline_app.engine.tweets.readers.records import Given, Record, of_piece

BATCH_ROWS, CHUNK = 10_000, 250
_MOST_ODD = 8


class Found(msgspec.Struct, gc=False):  # there are no cycles, and looking for them takes half the time
    """One tweet as it is written. `tags` are the original's, `outer_tags` its own; `time` is the file's own; `original`
    is the ID of the tweet that it repeats, or ""."""

    id: str
    flags: int
    author: str
    lang: str
    retweets: Count
    likes: Count
    tags: Sequence[str]
    outer_tags: Sequence[str]
    text: str
    time: str
    record: Record
    original: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a collection is from: the query and the time (ISO 8601) that the tool wrote down, the tool, and the window
    of time that was asked for."""

    query: str = ""
    retrieved_at: str = ""
    tool: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A span that was not collected, as the source writes it (UTC), and for which phrase or bin."""

    start: str
    end: str
    name: str = ""


@dataclass(slots=True)
class Notes:
    """Collected while a source is read. `passed` counts by kind what is no tweet and no fault: delete, limit, errors.

    `replaced_at` is where the line begins that was counted last as one that was mended.
    `outer_uses` and `original_uses` are the raw tag uses of all retweets whose original is there: before a tag counts
    once a tweet.
    """

    origins: dict[Origin, int] = field(default_factory=dict)
    passed: Counter[str] = field(default_factory=Counter)
    gaps: list[Gap] = field(default_factory=list)
    replaced_at: int = -1
    outer_uses: int = 0
    original_uses: int = 0

    def hear(self, origin: Origin, tweets: int) -> None:
        """So many tweets are from there."""
        self.origins[origin] = self.origins.get(origin, 0) + tweets

    def compare(self, outer: Iterable[Sequence[str]], original: Iterable[Sequence[str]]) -> None:
        """The raw uses of some retweets, by themselves and by their originals."""
        self.outer_uses += sum(map(len, outer))
        self.original_uses += sum(map(len, original))


Row = Any  # a tweet as its reader holds it: `Found`, or a struct of the reader's own with its `record`


def columns_of(rows: Sequence[Found], _notes: Notes) -> Columns:
    """Tweets found one by one, side by side."""
    return Columns(*([getattr(row, name) for row in rows] for name in Columns.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Reader:
    """`tweets` yields a row, what was refused, or a list of both; `columns` puts rows side by side. `blocks`, if there
    is such a way, reads whole pieces of lines that are as they should be; it answers None to others."""

    tweets: Callable[[Given, Notes], Iterator[Row | Refused | list[Row | Refused]]]
    columns: Callable[[Sequence[Row], Notes], Columns] = columns_of
    blocks: Callable[[Piece, Notes], list[Block] | None] | None = None


def batches(reader: Reader, records: Given, notes: Notes) -> Iterator[Batch]:
    """Batches of at most 10,000 tweets; at least one, which may be empty."""
    return _together(_chunks(reader.tweets(records, notes)), reader, notes)


def batches_of_pieces(reader: Reader, pieces: Iterable[Piece], file: str, notes: Notes) -> Iterator[Batch]:
    """The same from pieces that follow each other."""
    if reader.blocks is None:
        return batches(reader, chain.from_iterable(of_piece(piece, file) for piece in pieces), notes)
    return _together(_of_pieces(reader, pieces, file, notes), reader, notes)


def _of_pieces(reader: Reader, pieces: Iterable[Piece], file: str, notes: Notes
               ) -> Iterator[Block | list[Row | Refused]]:
    in_a_row = 0  # odd pieces; where nothing else comes, it is no longer tried
    for piece in pieces:
        found = reader.blocks(piece, notes) if in_a_row < _MOST_ODD else None
        in_a_row = in_a_row + 1 if found is None else 0
        yield from _chunks(reader.tweets(of_piece(piece, file), notes)) if found is None else found


def _chunks(found: Iterable[Row | Refused | list[Row | Refused]]) -> Iterator[list[Row | Refused]]:
    """A few hundred at a time: put side by side, what was decoded leaves the processor's cache no more than once."""
    held: list[Row | Refused] = []
    for one in found:
        if one.__class__ is list:
            held += one
        else:
            held.append(one)
        if len(held) >= CHUNK:
            whole = len(held) // CHUNK * CHUNK
            yield from (held[at : at + CHUNK] for at in range(0, whole, CHUNK))
            held = held[whole:]
    yield held


def _together(found: Iterable[Block | list[Row | Refused]], reader: Reader, notes: Notes) -> Iterator[Batch]:
    gathered = Gathered()
    for some in found:
        if some.__class__ is Block:
            gathered.take(some)
        else:
            gathered.refused += [one for one in some if one.__class__ is Refused]
            gathered.add(reader.columns([one for one in some if one.__class__ is not Refused], notes))
        if gathered.size > BATCH_ROWS - CHUNK:
            yield gathered.batch()
            gathered = Gathered()
    yield gathered.batch()

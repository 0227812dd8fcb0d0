"""Tweets as readers find them, gathered into batches; the IDs judged, the times compared, the codes given.

No format is here. `Notes` is what a reader learns beside the tweets: where they are from, what it passed over, gaps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from timeline_app.domain.snowflake import EPOCH_MS, FIRST_ID, LAST_ID
from timeline_app.engine.tweets.batch import (
    BEFORE_SCHEME,
    DAMAGED,
    Batch,
    Clock,
    Refused,
    batch_of_ids,
    tags_of,
)
from timeline_app.engine.tweets.one_id import OneId, one_id
from timeline_app.engine.tweets.readers.records import Record
from timeline_app.engine.tweets.readers.written_times import UNREAD, seconds_of

BATCH_ROWS, BATCH_BYTES = 10_000, 32_000_000
_CLOCK_SHARE = 0.9  # so much of a batch must agree on one offset before it is called constant
_MOST_COUNT = 2**31 - 1
_MOST_LANGS = 2**16 - 1
_MOST_LINES = 2**32 - 1

Count = int | float | str | None


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
    """Where a collection is from: the query and the time (ISO 8601) that the tool wrote down, and the tool."""

    query: str = ""
    retrieved_at: str = ""
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A span that was not collected, as the source writes it (UTC), and for which phrase or bin."""

    start: str
    end: str
    name: str = ""


@dataclass(slots=True)
class Notes:
    """Collected while a source is read. `passed` counts by kind what is no tweet and no fault: delete, limit, errors.

    `outer_uses` and `original_uses` are the raw tag uses of all retweets whose original is there: before a tag counts
    once a tweet.
    """

    origins: dict[Origin, int] = field(default_factory=dict)
    passed: Counter[str] = field(default_factory=Counter)
    gaps: list[Gap] = field(default_factory=list)
    outer_uses: int = 0
    original_uses: int = 0

    def hear(self, origin: Origin, tweets: int) -> None:
        """So many tweets are from there."""
        self.origins[origin] = self.origins.get(origin, 0) + tweets

    def compare(self, outer: Sequence[str], original: Sequence[str]) -> None:
        """The raw uses of one retweet."""
        self.outer_uses += len(outer)
        self.original_uses += len(original)


def batches(found: Iterable[Found | Refused]) -> Iterator[Batch]:
    """Batches of at most 10,000 tweets or 32 MB of source; at least one, which may be empty."""
    rows: list[Found] = []
    refused: list[Refused] = []
    held, last = 0, None
    for one in found:
        if one.__class__ is not Found:
            refused.append(one)  # type: ignore[arg-type]
        else:
            rows.append(one)  # type: ignore[arg-type]
            if one.record is not last:
                last = one.record
                held += len(last.data)
        if len(rows) + len(refused) >= BATCH_ROWS or held >= BATCH_BYTES:
            yield batch_of(rows, refused)
            rows, refused, held, last = [], [], 0, None
    yield batch_of(rows, refused)


def batch_of(rows: list[Found], refused: Iterable[Refused] = ()) -> Batch:
    """The batch of these tweets; those whose ID is none are refused too."""
    judged = _plain_ids(rows)
    if judged is None:
        each = [one_id(row.id) for row in rows]
        refused = [*refused, *(row.record.refuse(one.reason) for row, one in zip(rows, each, strict=True)
                               if not one.found)]
        rows = [row for row, one in zip(rows, each, strict=True) if one.found]
        judged = _judged([one for one in each if one.found])
    ids, id_flags, width = judged
    flags = np.array([row.flags for row in rows], np.uint16) | id_flags
    tags = outer = tags_of([row.tags for row in rows])
    if any(row.tags is not row.outer_tags for row in rows):
        outer = tags_of([row.outer_tags for row in rows])
    return batch_of_ids(
        ids, flags=flags, half_width_ms=width, author=_numbers([row.author for row in rows]),
        original=_numbers([row.original for row in rows]), line=_lines(rows),
        **_langs([row.lang for row in rows]), retweets=_counts([row.retweets for row in rows]),
        likes=_counts([row.likes for row in rows]), tags=tags, outer_tags=outer,
        text=tuple([row.text for row in rows]), refused=tuple(refused),
        clock=clock_of(ids, flags, [row.time for row in rows]))


def _plain_ids(rows: list[Found]) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """IDs where every one is plain digits of the scheme; else None."""
    written = [row.id for row in rows]
    every = "".join(written)
    if not every.isascii() or not every.isdecimal() or not all(11 <= len(one) <= 19 for one in written):
        return None
    numbers = list(map(int, written))
    if min(numbers) < FIRST_ID or max(numbers) > LAST_ID:
        return None
    return np.array(numbers, np.int64), np.zeros(len(rows), np.uint16), np.zeros(len(rows), np.int64)


def _judged(found: list[OneId]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return (np.array([one.id for one in found], np.int64), np.array([one.flags for one in found], np.uint16),
            np.array([one.half_width_ms for one in found], np.int64))


def _numbers(written: list[str]) -> np.ndarray:
    """int64[n] IDs of persons or of other tweets; 0 for what is none."""
    return np.array([int(one) if one.isascii() and one.isdecimal() and len(one) < 20 and int(one) <= LAST_ID else 0
                     for one in written], np.int64)


def _lines(rows: list[Found]) -> np.ndarray:
    """uint32[n]; 0 for lines beyond four thousand million."""
    return np.array([row.record.line if row.record.line <= _MOST_LINES else 0 for row in rows], np.uint32)


def _langs(written: list[str]) -> dict[str, object]:
    codes: dict[str, int] = {"": 0}
    column = [codes.setdefault(one, len(codes)) if len(codes) < _MOST_LANGS else codes.get(one, 0) for one in written]
    return {"lang": np.array(column, np.uint16), "langs": tuple(codes)}


def _counts(written: list[Count]) -> np.ndarray:
    """int32[n]: whole numbers, also as text; 0 for anything else."""
    return np.array([_count(one) if one.__class__ is not int or not 0 <= one <= _MOST_COUNT else one
                     for one in written], np.int32)


def _count(written: Count) -> int:
    if isinstance(written, str):
        plain = written.strip().removesuffix(".0")
        written = int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 19 else 0
    if isinstance(written, float):
        written = int(written) if 0 <= written < _MOST_COUNT else 0
    return min(max(written or 0, 0), _MOST_COUNT)


def clock_of(ids: np.ndarray, flags: np.ndarray, written: list[str]) -> Clock:
    """The file's own times against those in the IDs, to the second; damaged and old IDs are not compared."""
    told = seconds_of(written)
    usable = (told != UNREAD) & (flags & (DAMAGED | BEFORE_SCHEME) == 0)
    offsets, times = np.unique(told[usable] - ((ids[usable] >> 22) + EPOCH_MS) // 1000, return_counts=True)
    if not len(offsets):
        return Clock()
    most, compared = int(np.argmax(times)), int(times.sum())
    return Clock(compared, int(offsets[most]) if times[most] >= _CLOCK_SHARE * compared else None)

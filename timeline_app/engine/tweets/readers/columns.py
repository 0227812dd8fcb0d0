"""Tweets side by side as their files write them, and the batch that they make: IDs judged, times compared, codes given.

Whole columns are worked on, because a step that is made once a tweet in Python costs as much as decoding it. Where a
column is not what it nearly always is, it is done again one by one. No format is here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import compress
from operator import is_not

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
from timeline_app.engine.tweets.one_id import one_id
from timeline_app.engine.tweets.readers.records import Record
from timeline_app.engine.tweets.readers.written_times import UNREAD, seconds_of

_CLOCK_SHARE = 0.9  # so much of a batch must agree on one offset before it is called constant
_MOST_COUNT = 2**31 - 1
_MOST_LANGS = 2**16 - 1
_MOST_LINES = 2**32 - 1

Count = int | float | str | None
Name = int | str | None  # an ID as it is written


@dataclass(frozen=True, slots=True)
class Columns:
    """Some tweets side by side. `tags` are the original's, `outer_tags` its own, and the same list where there is no
    other; `time` is the file's own; `original` is the ID of the tweet that a tweet repeats; `record` says where it
    stands."""

    id: list[Name]
    flags: list[int]
    author: list[Name]
    lang: list[str | None]
    retweets: list[Count]
    likes: list[Count]
    tags: list[Sequence[str]]
    outer_tags: list[Sequence[str]]
    text: list[str]
    time: list[str | None]
    original: list[Name]
    record: list[Record]


class Gathered:
    """A batch as long as it grows. What is added is made small while it is warm."""

    def __init__(self) -> None:
        self.refused: list[Refused] = []
        self._id: list[int] = []
        self._id_flags: list[int] = []
        self._width: list[int] = []
        self._line: list[int] = []
        self._columns = Columns(*([] for _ in fields(Columns)))

    @property
    def size(self) -> int:
        """How many tweets and refused lines there are."""
        return len(self._id) + len(self.refused)

    def add(self, columns: Columns) -> None:
        """Take some tweets; those whose ID is none are refused."""
        ids = _plain_ids(columns.id)
        if ids is None:
            columns, ids = self._judged(columns)
        else:
            self._id_flags += [0] * len(ids)
            self._width += [0] * len(ids)
        self._id += ids
        self._line += [one.line for one in columns.record]
        self._columns.author.extend(_numbers(columns.author))
        self._columns.original.extend(_numbers(columns.original))
        for name in _AS_THEY_ARE:
            getattr(self._columns, name).extend(getattr(columns, name))

    def _judged(self, columns: Columns) -> tuple[Columns, list[int]]:
        """The tweets that have an ID, one by one, and their IDs."""
        each = [one_id("" if one is None else str(one)) for one in columns.id]
        self.refused += [record.refuse(one.reason) for record, one in zip(columns.record, each, strict=True)
                         if one.reason]
        found = [one.found for one in each]
        self._id_flags += [one.flags for one in each if one.found]
        self._width += [one.half_width_ms for one in each if one.found]
        kept = Columns(*(list(compress(getattr(columns, one.name), found)) for one in fields(Columns)))
        return kept, [one.id for one in each if one.found]

    def batch(self) -> Batch:
        """All of it."""
        found = self._columns
        ids, flags = np.array(self._id, np.int64), np.array(found.flags, np.uint16)
        flags |= np.array(self._id_flags, np.uint16)
        tags = outer = tags_of(found.tags)
        if any(map(is_not, found.tags, found.outer_tags)):
            outer = tags_of(found.outer_tags)
        return batch_of_ids(
            ids, flags=flags, half_width_ms=np.array(self._width, np.int64), author=np.array(found.author, np.int64),
            original=np.array(found.original, np.int64), line=_lines(self._line), **_langs(found.lang),
            retweets=_counts(found.retweets), likes=_counts(found.likes), tags=tags, outer_tags=outer,
            text=tuple(found.text), refused=tuple(self.refused), clock=clock_of(ids, flags, found.time))


_AS_THEY_ARE = ("flags", "lang", "retweets", "likes", "tags", "outer_tags", "text", "time")


def _plain_ids(written: Sequence[Name]) -> list[int] | None:
    """IDs where every one is plain digits of the scheme; else None."""
    if not _are_digits(written, 11, 19):
        return None
    numbers = list(map(int, written))
    return numbers if not numbers or FIRST_ID <= min(numbers) <= max(numbers) <= LAST_ID else None


def _are_digits(written: Sequence[object], least: int, most: int) -> bool:
    """Whether each one is text of so many plain digits."""
    try:
        every = "".join(written)  # type: ignore[arg-type]
    except TypeError:
        return False
    lengths = list(map(len, written))
    return not lengths or (
        every.isascii() and every.isdecimal() and min(lengths) >= least and max(lengths) <= most)


def _numbers(written: Sequence[Name]) -> list[int]:
    """IDs of persons or of other tweets; 0 for what is none."""
    filled = [one or "0" for one in written]
    if not _are_digits(filled, 1, 19):
        filled = [str(one) for one in filled]
        filled = [one if _are_digits([one], 1, 19) else "0" for one in filled]
    numbers = list(map(int, filled))
    return numbers if max(numbers, default=0) <= LAST_ID else [one if one <= LAST_ID else 0 for one in numbers]


def _lines(numbers: Sequence[int]) -> np.ndarray:
    """uint32[n]; 0 for lines beyond four thousand million."""
    found = np.array(numbers, np.int64)
    return np.where(found <= _MOST_LINES, found, 0).astype(np.uint32)


def _langs(written: Sequence[str | None]) -> dict[str, object]:
    codes = {one or "": 0 for one in dict.fromkeys(("", *written))}
    codes = {one: code for code, one in enumerate(list(codes)[:_MOST_LANGS])}
    column = [codes.get(one or "", 0) for one in written]
    return {"lang": np.array(column, np.uint16), "langs": tuple(codes)}


def _counts(written: Sequence[Count]) -> np.ndarray:
    """int32[n]: whole numbers, also as text; 0 for anything else."""
    if set(map(type, written)) <= {int} and (not written or 0 <= min(written) <= max(written) <= _MOST_COUNT):
        return np.array(written, np.int32)
    return np.array(list(map(_count, written)), np.int32)


def _count(written: Count) -> int:
    if isinstance(written, str):
        plain = written.strip().removesuffix(".0")
        written = int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 19 else 0
    if isinstance(written, float):
        written = int(written) if 0 <= written < _MOST_COUNT else 0
    return min(max(written or 0, 0), _MOST_COUNT)


def clock_of(ids: np.ndarray, flags: np.ndarray, written: Sequence[str | None]) -> Clock:
    """The file's own times against those in the IDs, to the second; damaged and old IDs are not compared."""
    told = seconds_of([one or "" for one in written])
    usable = (told != UNREAD) & (flags & (DAMAGED | BEFORE_SCHEME) == 0)
    offsets, times = np.unique(told[usable] - ((ids[usable] >> 22) + EPOCH_MS) // 1000, return_counts=True)
    if not len(offsets):
        return Clock()
    most, compared = int(np.argmax(times)), int(times.sum())
    return Clock(compared, int(offsets[most]) if times[most] >= _CLOCK_SHARE * compared else None)

"""Tweets side by side as their files write them, and the batch that they make: IDs judged, times compared, codes given.

Whole columns are worked on, because a step that is made once a tweet in Python costs as much as decoding it. Where a
column is not what it nearly always is, it is done again one by one. No format is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain, compress

import numpy as np

from timeline_app.domain.snowflake import EPOCH_MS, FIRST_ID, LAST_ID
from timeline_app.engine.tweets.batch import (
    BEFORE_SCHEME,
    DAMAGED,
    MOST_LANGS,
    Batch,
    Clock,
    Names,
    Refused,
    batch_of_ids,
    coded_tags,
    nothing,
)
from timeline_app.engine.tweets.one_id import one_id
from timeline_app.engine.tweets.ragged import Ragged
from timeline_app.engine.tweets.readers.records import Record
from timeline_app.engine.tweets.readers.written_times import UNREAD, seconds_of

_CLOCK_SHARE = 0.9  # so much of a batch must agree on one offset before it is called constant
_MOST_COUNT = 2**31 - 1
_MOST_LINES = 2**32 - 1
_NUMBERS = {"ids": np.int64, "flags": np.uint16, "author": np.int64, "retweets": np.int32, "likes": np.int32,
            "half_width_ms": np.int64, "original": np.int64, "line": np.uint32}

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


@dataclass(frozen=True, slots=True)
class Uses:
    """The tags of some tweets as they are written: how many each has, and the names one after the other."""

    lengths: np.ndarray
    names: Iterable[str]

    @staticmethod
    def of(rows: Sequence[Sequence[str]]) -> Uses:
        """Those given tweet by tweet."""
        return Uses(np.fromiter(map(len, rows), np.int64, len(rows)), chain.from_iterable(rows))


@dataclass(frozen=True, slots=True)
class Block:
    """Some tweets side by side, all of them good. `numbers` are columns of a batch, by name; those that are not there
    are zero. Words have no codes yet."""

    numbers: Mapping[str, np.ndarray]
    lang: Sequence[str]
    time: Sequence[str]
    text: Sequence[bytes]
    tags: Uses
    outer_tags: Uses


class Gathered:
    """A batch as long as it grows. What is added is made small while it is warm."""

    def __init__(self) -> None:
        self.refused: list[Refused] = []
        self._found = _Found(*([] for _ in fields(_Found)))
        self._numbers: list[Mapping[str, np.ndarray]] = []
        self._names = Names()
        self._has_others = False

    @property
    def size(self) -> int:
        """How many tweets and refused lines there are."""
        return len(self._found.text) + len(self.refused)

    def add(self, columns: Columns) -> None:
        """Take some tweets; those whose ID is none are refused."""
        ids = _plain_ids(columns.id)
        numbers: dict[str, Sequence[int]] = {"ids": ids or ()}
        if ids is None:
            columns, numbers = self._judged(columns)
        numbers |= {
            "line": line_numbers(np.array([one.line for one in columns.record], np.int64)),
            "author": _numbers(columns.author), "original": _numbers(columns.original),
            "retweets": counts(columns.retweets), "likes": counts(columns.likes),
            "flags": np.array(columns.flags, np.uint16) | np.array(numbers.get("flags", 0), np.uint16)}
        tags = Uses.of(columns.tags)
        self.take(Block(
            {name: np.array(one, _NUMBERS[name]) for name, one in numbers.items()},
            [one or "" for one in columns.lang], [one or "" for one in columns.time],
            [one.encode("utf-8", "replace") for one in columns.text], tags,
            tags if columns.outer_tags is columns.tags else Uses.of(columns.outer_tags)))

    def take(self, block: Block) -> None:
        """Take some tweets, all of them good."""
        found = self._found
        self._numbers.append(block.numbers)
        found.lang.extend(block.lang)
        found.time.extend(block.time)
        found.text.extend(block.text)
        codes = list(map(self._names.__getitem__, block.tags.names))
        found.lengths.append(block.tags.lengths)
        found.codes.extend(codes)
        if block.outer_tags is not block.tags:
            self._has_others = True
            codes = map(self._names.__getitem__, block.outer_tags.names)
        found.outer_lengths.append(block.outer_tags.lengths)
        found.outer_codes.extend(codes)

    def _judged(self, columns: Columns) -> tuple[Columns, dict[str, Sequence[int]]]:
        """The tweets that have an ID, one by one, and what their IDs tell."""
        each = [one_id("" if one is None else str(one)) for one in columns.id]
        self.refused += [record.refuse(one.reason) for record, one in zip(columns.record, each, strict=True)
                         if one.reason]
        good = [one.found for one in each]
        kept = Columns(*(list(compress(getattr(columns, one.name), good)) for one in fields(Columns)))
        found = list(compress(each, good))
        return kept, {"ids": [one.id for one in found], "flags": [one.flags for one in found],
                      "half_width_ms": [one.half_width_ms for one in found]}

    def batch(self) -> Batch:
        """All of it."""
        found = self._found
        numbers = {name: self._joined(name) for name in _NUMBERS}
        ids = numbers.pop("ids")
        tags = outer = coded_tags(_concatenated(found.lengths), found.codes, self._names)
        if self._has_others:
            outer = coded_tags(_concatenated(found.outer_lengths), found.outer_codes, self._names)
        return batch_of_ids(
            ids, **numbers, **_langs(found.lang), tags=tags, outer_tags=outer, text=_joined(found.text),
            refused=tuple(self.refused), clock=clock_of(ids, numbers["flags"], found.time))

    def _joined(self, name: str) -> np.ndarray:
        """A column of all that was taken."""
        kind = _NUMBERS[name]
        if not any(name in one for one in self._numbers):
            return nothing(len(self._found.text), kind)
        return np.concatenate([one.get(name, nothing(len(one["ids"]), kind)) for one in self._numbers])


@dataclass(frozen=True, slots=True)
class _Found:
    """What of a batch is no number, and codes of tags, in the plain values that take least."""

    lang: list[str]
    text: list[bytes]
    time: list[str]
    lengths: list[np.ndarray]
    codes: list[int]
    outer_lengths: list[np.ndarray]
    outer_codes: list[int]


def _concatenated(parts: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts or [np.zeros(0, np.int64)])


def _joined(texts: Sequence[bytes]) -> Ragged:
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(list(map(len, texts)), out=offsets[1:])
    return Ragged(offsets, np.frombuffer(b"".join(texts), np.uint8))


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


def line_numbers(found: np.ndarray) -> np.ndarray:
    """uint32[n]; 0 for lines beyond four thousand million."""
    return np.where(found <= _MOST_LINES, found, 0).astype(np.uint32)


def _langs(written: Sequence[str]) -> dict[str, object]:
    names = dict.fromkeys(("", *written))
    codes = {one: code if code < MOST_LANGS else 0 for code, one in enumerate(names)}
    column = np.fromiter(map(codes.__getitem__, written), np.uint16, len(written))
    return {"lang": column, "langs": tuple(names)[:MOST_LANGS]}


def counts(written: Sequence[Count]) -> Sequence[int]:
    """Whole numbers, also as text; 0 for anything else."""
    plain = set(map(type, written)) <= {int} and (not written or 0 <= min(written) <= max(written) <= _MOST_COUNT)
    return written if plain else list(map(_count, written))  # type: ignore[return-value]


def _count(written: Count) -> int:
    if isinstance(written, str):
        plain = written.strip().removesuffix(".0")
        written = int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 19 else 0
    if isinstance(written, float):
        written = int(written) if 0 <= written < _MOST_COUNT else 0
    return written if written and 0 < written <= _MOST_COUNT else 0


def clock_of(ids: np.ndarray, flags: np.ndarray, written: Sequence[str]) -> Clock:
    """The file's own times against those in the IDs, to the second; damaged and old IDs are not compared."""
    told = seconds_of(written)
    usable = (told != UNREAD) & (flags & (DAMAGED | BEFORE_SCHEME) == 0)
    offsets, times = np.unique(told[usable] - ((ids[usable] >> 22) + EPOCH_MS) // 1000, return_counts=True)
    if not len(offsets):
        return Clock()
    most, compared = int(np.argmax(times)), int(times.sum())
    return Clock(compared, int(offsets[most]) if times[most] >= _CLOCK_SHARE * compared else None)

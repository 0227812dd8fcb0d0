"""A piece of v2 lines decoded at once, where each line is as the tools write it; any other piece is left to `v2`.

Going from line to line, and keeping IDs as text, costs as much again as decoding. So here a whole piece becomes columns
or nothing does: what is refused and why, and what is rare, only `v2` knows. What both read, they read alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import is_not
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec import UNSET, UnsetType

from timeline_app.domain.snowflake import FIRST_ID
from timeline_app.engine.tweets.batch import RETWEET
from timeline_app.engine.tweets.lines import Piece
from timeline_app.engine.tweets.readers.columns import Block, Count, Uses, counts, line_numbers
from timeline_app.engine.tweets.readers.gather import CHUNK, Notes
from timeline_app.engine.tweets.readers.v2 import KINDS, Twarc, origin

Id = int | float  # digits in quotes become an int; what a spreadsheet made of them a float, which is not taken here
_RETURN, _OPENS, _CLOSES = b"\r{}"


class _Tag(msgspec.Struct, gc=False):
    tag: str = ""


class _Entities(msgspec.Struct, gc=False, frozen=True):
    hashtags: list[_Tag] = ()  # type: ignore[assignment]


class _Metrics(msgspec.Struct, gc=False, frozen=True):
    retweet_count: Count = 0
    like_count: Count = 0


_NO_ENTITIES, _NO_METRICS = _Entities(), _Metrics()  # one each, because making them takes longer than asking for them


class _Note(msgspec.Struct, gc=False):
    text: str = ""
    entities: _Entities | UnsetType = UNSET


class _Other(msgspec.Struct, gc=False):
    id: Id = 0
    type: str = ""
    text: str | UnsetType = UNSET
    entities: _Entities = _NO_ENTITIES
    note_tweet: _Note | UnsetType = UNSET
    public_metrics: _Metrics = _NO_METRICS


class _Tweet(msgspec.Struct, gc=False):
    id: Id = 0
    text: str | UnsetType = UNSET
    author_id: Id = 0
    lang: str = ""
    created_at: str = ""
    entities: _Entities = _NO_ENTITIES
    note_tweet: _Note | UnsetType = UNSET
    public_metrics: _Metrics = _NO_METRICS
    referenced_tweets: list[_Other] = ()  # type: ignore[assignment]


class _Includes(msgspec.Struct, gc=False, frozen=True):
    tweets: list[_Other] = ()  # type: ignore[assignment]


class _Line(_Tweet, gc=False):
    data: list[_Tweet] | _Tweet | UnsetType = UNSET
    includes: _Includes = _Includes()
    errors: list[msgspec.Raw] = ()  # type: ignore[assignment]
    twarc: msgspec.Raw = msgspec.field(default=msgspec.Raw(), name="__twarc")


# Not strict, so that digits in quotes become numbers. No type has None: "null" would be taken for it.
_LINES, _TWARC = msgspec.json.Decoder(_Line, strict=False), msgspec.json.Decoder(Twarc | None)


class _Odd(Exception):
    """Something that `v2` is to judge."""


_NOT_TAKEN = (_Odd, msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class _Rows(NamedTuple):
    """Tweets side by side: each, the one whose text it shows, its flags, and the ID of the tweet that it repeats."""

    tweets: Sequence[_Tweet]
    shown: list[_Tweet | _Other]
    flags: list[int]
    repeated: list[Id]

    @staticmethod
    def of(tweets: Sequence[_Tweet], originals: Mapping[Id, _Other]) -> _Rows:
        """Tweets of which some refer to others; `originals` are those that their line includes."""
        rows = _Rows(tweets, list(tweets), [0] * len(tweets), [0] * len(tweets))
        for at, others in enumerate([one.referenced_tweets for one in tweets]):
            for other in others:
                if not other.id or other.id.__class__ is not int:
                    raise _Odd
                kind = KINDS.get(other.type, 0)
                rows.flags[at] |= kind
                if kind == RETWEET:
                    rows.repeated[at] = other.id
                    original = other if other.text is not UNSET else originals.get(other.id, other)
                    rows.shown[at] = original if original.text is not UNSET else tweets[at]
        return rows


def blocks(piece: Piece, notes: Notes) -> list[Block] | None:
    """The tweets of a piece, in file order; None, and nothing noted, where they are to be read one by one."""
    try:
        lines = _LINES.decode_lines(piece.data)
        if piece.refused or len(lines) != piece.lines or not _is_each_in_braces(piece):
            return None
        rows, sizes = _rows_of(lines)
        told = [(_TWARC.decode(raw), tweets) for raw, tweets in _told(lines, sizes) if raw]
        where = line_numbers(piece.line + 1 + np.repeat(np.arange(len(lines)), sizes))
        found = [_block(_Rows(*(column[at : at + CHUNK] for column in rows)), where[at : at + CHUNK])
                 for at in range(0, len(where), CHUNK)]
    except _NOT_TAKEN:
        return None
    for twarc, tweets in told:
        if twarc is not None:
            notes.hear(origin(twarc), tweets)
    for one in found:
        is_retweet = one.numbers["original"] != 0
        notes.outer_uses += int(one.outer_tags.lengths[is_retweet].sum())
        notes.original_uses += int(one.tags.lengths[is_retweet].sum())
    return found


def _is_each_in_braces(piece: Piece) -> bool:
    """Whether each line goes from a brace to a brace. Then no object goes on from one to the next: within it, no brace
    closes before one opens without a comma between them."""
    data, ends = piece.data, piece.ends[:-1] if piece.data.endswith(b"\n") else piece.ends
    closing = {data[end - 2] for end in ends}
    if closing == {_RETURN}:
        closing = {data[end - 3] for end in ends}
    return closing <= {_CLOSES} and {data[end] for end in ends} <= {_OPENS} and data[:1] in (b"{", b"")


def _rows_of(lines: Sequence[_Line]) -> tuple[_Rows, list[int]]:
    """All tweets, and how many there are in each line."""
    data, included = [line.data for line in lines], [line.includes.tweets for line in lines]
    if set(map(type, data)) <= {UnsetType} and not any(included):
        return _Rows.of(lines, {}), [1] * len(lines)
    each = [one if one.__class__ is list else [line if one is UNSET else one]
            for line, one in zip(lines, data, strict=True)]
    _column([line.author_id for line in lines], 0)
    _column([one.id for one in chain(lines, *included)], 0)
    rows = [_Rows.of(tweets, {} if one is UNSET else {other.id: other for other in others})
            for one, tweets, others in zip(data, each, included, strict=True)]
    return _Rows(*(list(chain.from_iterable(column)) for column in zip(*rows, strict=True))), list(map(len, each))


def _told(lines: Sequence[_Line], sizes: Sequence[int]) -> Iterator[tuple[msgspec.Raw, int]]:
    """What the tool says of lines that follow each other, and how many tweets are in them."""
    at = 0
    for raw, alike in groupby([line.twarc for line in lines]):
        end = at + len(list(alike))
        yield raw, sum(sizes[at:end])
        at = end


def _block(rows: _Rows, lines: np.ndarray) -> Block:
    """The columns of some tweets."""
    tweets, shown, *_ = rows
    outer = tags = _uses(tweets)
    if any(map(is_not, tweets, shown)):
        tags = _uses(shown)
    if set(map(type, [one.text for one in tweets])) != {str}:
        raise _Odd
    metrics = [one.public_metrics for one in shown]
    numbers = {
        "ids": _column([one.id for one in tweets], FIRST_ID), "author": _column([one.author_id for one in tweets], 0),
        "original": _column(rows.repeated, 0), "flags": np.array(rows.flags, np.uint16), "line": lines,
        "retweets": np.array(counts([one.retweet_count for one in metrics]), np.int32),
        "likes": np.array(counts([one.like_count for one in metrics]), np.int32)}
    return Block(numbers, [one.lang for one in tweets], [one.created_at for one in tweets],
                 [one.encode("utf-8", "replace") for one in _texts(shown)], tags, outer)


def _column(written: Sequence[Id], least: int) -> np.ndarray:
    """IDs, where each is a whole number from `least` on."""
    found = np.array(written)
    if found.dtype != np.int64 or found.min() < least:
        raise _Odd
    return found


def _texts(tweets: Sequence[_Tweet | _Other]) -> list[str]:
    notes = [one.note_tweet for one in tweets]
    if any(notes):
        return [note.text if note and note.text else one.text for note, one in zip(notes, tweets, strict=True)]
    return [one.text for one in tweets]


def _uses(tweets: Sequence[_Tweet | _Other]) -> Uses:
    """The tags of each, those of its long text if it has one."""
    notes = [one.note_tweet for one in tweets]
    tags = [one.entities.hashtags for one in tweets]
    if any(notes):
        tags = [note.entities.hashtags if note and note.entities else known
                for note, known in zip(notes, tags, strict=True)]
    names = [one.tag for one in chain.from_iterable(tags)]
    if not all(names):
        raise _Odd
    return Uses(np.fromiter(map(len, tags), np.int64, len(tags)), names)

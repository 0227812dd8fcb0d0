"""What every reader of tweets hands on: one frozen batch of columns, in file order; not sorted, not stored.

A row is a tweet whose ID is usable. Its creation time is in the ID (`timeline_app.domain.snowflake`), so there is
no column of times. Everything a reader could not use is in `refused`, with its place and its first bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from timeline_app.engine.tweets.ragged import Ragged

RETWEET = 1
QUOTE = 2
REPLY = 4
DAMAGED = 8  # the ID lost digits: its time is known to +- half_width_ms, and nobody can look it up again
BEFORE_SCHEME = 16  # the ID is older than the scheme of November 2010 and carries no time
TIMES_ONLY = 32  # the number was made of a time and is nobody's ID: it is never shown, and never looked up
NOT_UTF8 = "not_utf8"  # rows of tables whose bytes were kept as they are, as notes count them
REPLACED = "replaced"  # lines of JSON in which U+FFFD stands for bytes that are no UTF-8, or for half a letter
MOST_LANGS = 2**16 - 1  # with that of none; what is called a language beyond these counts as not said
SHOWN_BYTES = 200  # of a refused line, what the report shows


@dataclass(frozen=True, slots=True)
class Refused:
    """A line no tweet could be read from: file name (no folder), byte offset (unpacked), line from 1, reason, bytes.

    `reason` is a key of the text catalogue without its room: "not_an_id", "broken_json", "cut_file"...
    """

    file: str
    offset: int
    line: int
    reason: str
    start: bytes = b""


@dataclass(frozen=True, slots=True)
class Tags:
    """Tag uses per row: row i has `names[c] for c in codes[offsets[i]:offsets[i + 1]]`, each tag once a row.

    `offsets` int64[n + 1], `codes` int32[m]; `names` are display forms, without # (folding is the store's work).
    """

    offsets: np.ndarray
    codes: np.ndarray
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A file's own time column against the IDs: rows compared, and their constant offset in seconds (or None)."""

    compared: int = 0
    offset_s: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """n tweets. `lang` holds codes into `langs`, whose code 0 is "" (not said); `author` is 0 where unknown.

    ids int64[n] · flags uint16[n] · author int64[n] · lang uint16[n] · retweets, likes int32[n] (0 unknown) ·
    half_width_ms int64[n] (0 exact) · original int64[n]: the ID of the tweet that this one repeats (0 none) · line
    uint32[n]: where it stands in its file, from 1 (0 not known, as for plain lists) · tags as used in the original of a
    retweet, outer_tags as the row itself carries them · text in UTF-8, or None where the source has none ·
    `not_utf8` counts the rows of which some bytes are not.
    """

    ids: np.ndarray
    flags: np.ndarray
    author: np.ndarray
    lang: np.ndarray
    retweets: np.ndarray
    likes: np.ndarray
    half_width_ms: np.ndarray
    original: np.ndarray
    line: np.ndarray
    tags: Tags
    outer_tags: Tags
    langs: tuple[str, ...] = ("",)
    text: Ragged | None = None
    refused: tuple[Refused, ...] = ()
    clock: Clock = field(default_factory=Clock)
    not_utf8: int = 0


def no_tags(rows: int) -> Tags:
    """Tags of rows that use none."""
    return Tags(nothing(rows + 1, np.int64), np.zeros(0, np.int32))


def nothing(rows: int, dtype: type) -> np.ndarray:
    """A column that is zero throughout, without memory; it cannot be written."""
    return np.broadcast_to(dtype(0), rows)


def says_something(column: np.ndarray) -> bool:
    """Whether any row of a column is not zero; where all rows are one value, it is looked at once."""
    return bool((column[:1] if column.strides == (0,) else column).any())


class Names(dict[str, int]):
    """Codes of names in the order in which they are met."""

    def __missing__(self, name: str) -> int:
        code = self[name] = len(self)
        return code


def tags_of(rows: Sequence[Sequence[str]]) -> Tags:
    """Tags of rows given as lists of display forms; a form used twice in a row counts once."""
    names = Names()
    codes = [names[name] for name in chain.from_iterable(rows)]
    return coded_tags(list(map(len, rows)), codes, names)


def coded_tags(lengths: Sequence[int], codes: Sequence[int], names: Names) -> Tags:
    """Tags of rows of these lengths; a code that a row has twice counts once."""
    sizes, found = np.array(lengths, np.int64), np.array(codes, np.int32)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    uses = owner * max(len(names), 1) + found
    if not np.diff(np.sort(uses)).all():
        once = np.sort(np.unique(uses, return_index=True)[1])
        found, sizes = found[once], np.bincount(owner[once], minlength=len(sizes))
    offsets = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    return Tags(offsets, found, tuple(names))


def batch_of_ids(ids: np.ndarray, **columns: object) -> Batch:
    """A batch with the given columns, the others empty: flags 0, author unknown, no tags, no text, exact times."""
    n = len(ids)
    tags = columns.pop("tags", None) or no_tags(n)
    empty: dict[str, object] = {
        "flags": nothing(n, np.uint16),
        "author": nothing(n, np.int64),
        "lang": nothing(n, np.uint16),
        "retweets": nothing(n, np.int32),
        "likes": nothing(n, np.int32),
        "half_width_ms": nothing(n, np.int64),
        "original": nothing(n, np.int64),
        "line": nothing(n, np.uint32),
        "tags": tags,
        "outer_tags": tags,
    }
    return Batch(np.ascontiguousarray(ids, np.int64), **(empty | columns))  # type: ignore[arg-type]

"""Tweets of a store read back: single ones, the rows of a span, their order, retweets under what they repeat.

Rows are int64 and ascending unless said otherwise. Their order is that of time, so a list of millions costs what is
looked at. Withdrawn tweets keep their place and lose what they said. What a search finds is in `text_search`.
"""

from __future__ import annotations

import html
from dataclasses import dataclass

import numpy as np

from timeline_app.domain.snowflake import EPOCH_MS, FIRST_ID
from timeline_app.engine.tweets import counts, withdrawn
from timeline_app.engine.tweets.batch import DAMAGED, QUOTE, REPLY, RETWEET, TIMES_ONLY
from timeline_app.engine.tweets.ragged import Ragged
from timeline_app.engine.tweets.store import File, Store

_SHIFT = 22
_KINDS = (("retweet", RETWEET), ("quote", QUOTE), ("reply", REPLY))


@dataclass(frozen=True, slots=True)
class Tweet:
    """One tweet; what the store has no column for is 0, "" or (). `at_ms` is None where the ID carries no time, else
    within `half_width_ms` of the truth. `has_id` is False where nobody can look the ID up: it is damaged, or only a
    time was kept. `text` is raw; `tags` are as written most, values of columns as name=value. `file` is a source by
    name, `line` its row from 1."""

    row: int
    id: int
    at_ms: int | None
    half_width_ms: int
    kinds: tuple[str, ...]
    lang: str
    text: str
    retweets: int
    likes: int
    tags: tuple[str, ...]
    original: int
    file: str
    line: int
    has_id: bool = True
    is_damaged: bool = False
    is_withdrawn: bool = False

    @property
    def shown(self) -> str:
        """The text for the eye: what its platform wrote as entities is unescaped."""
        return html.unescape(self.text)


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Retweets under what they repeat: int64[g] heads, ascending, and the rows of the retweets under each. A head is
    the tweet itself where the collection has it, else the first retweet, which is then not under itself."""

    heads: np.ndarray
    retweets: Ragged

    def __len__(self) -> int:
        return len(self.heads)

    def __getitem__(self, number: int) -> tuple[int, np.ndarray]:
        return int(self.heads[number]), self.retweets.part(number, number + 1).values


def tweets(store: Store, rows: np.ndarray) -> tuple[Tweet, ...]:
    """The tweets of rows, in the order in which they are asked for."""
    rows = np.asarray(rows, np.int64)
    numbers = {name: _numbers(store, name, rows) for name in store.rows.numbers}
    hidden = withdrawn.among(store, rows).tolist()
    return tuple(_tweet(store, row, {name: one[place] for name, one in numbers.items()}, hidden[place])
                 for place, row in enumerate(rows.tolist()))


def source(store: Store, tweet: Tweet) -> File | None:
    """The file that a tweet was read from, with its hash; None where that is not known."""
    return next((one for one in store.manifest.sources if one.name == tweet.file), None) if tweet.file else None


def rows_between(store: Store, start_ms: int, end_ms: int, key: str = "",
                 matches: np.ndarray | None = None) -> np.ndarray:
    """int64[k]: the rows from an instant to before another that have a term and are among the matches of a search."""
    low, high = counts.rows_before(store, np.array([start_ms, end_ms], np.int64)).tolist()
    if matches is not None:
        found = _within(matches, low, high)
        return found if not key else found[np.isin(found, _within(counts.rows_of(store, key), low, high))]
    return _within(counts.rows_of(store, key), low, high) if key else np.arange(low, high, dtype=np.int64)


def ordered(store: Store, rows: np.ndarray, by: str = "time", descending: bool = False) -> np.ndarray:
    """int64[k]: the rows by "time", "retweets" or "likes"; equal ones by time."""
    column = store.rows.numbers.get(by)
    if by == "time":
        return rows[::-1] if descending else rows
    if column is None:
        return rows
    keys = np.asarray(column[rows], np.int64) * (-1 if descending else 1)
    keys <<= 32  # beside the place every key is different, and the fastest sort is stable
    keys |= np.arange(len(rows))
    keys.sort()
    keys &= 0xFFFFFFFF
    return rows[keys]


def folded_groups(store: Store, rows: np.ndarray) -> Groups:
    """The tweets of rows, each with the retweets among the rows that repeat it. A head may be outside of the rows."""
    ids = np.asarray(store.rows.ids[rows])
    column = store.rows.numbers.get("original")
    if column is None or not len(rows):
        return Groups(rows, Ragged(np.zeros(len(rows) + 1, np.int64), np.zeros(0, np.int64)))
    original = np.asarray(column[rows])
    wanted, first, group = np.unique(np.where(original > 0, original, ids), return_index=True, return_inverse=True)
    heads = _rows_of_ids(store, wanted, np.asarray(rows, np.int64)[first])
    below = np.flatnonzero(heads[group] != rows)
    by_head = np.argsort(heads, kind="stable")
    place = np.empty(len(heads), np.int64)
    place[by_head] = np.arange(len(heads))
    owner = place[group[below]]
    ends = np.append(0, np.cumsum(np.bincount(owner, minlength=len(heads))))
    return Groups(heads[by_head], Ragged(ends, np.asarray(rows, np.int64)[below[np.argsort(owner, kind="stable")]]))


def _rows_of_ids(store: Store, wanted: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    """The row of each ID in the store, or another one where it is not there."""
    ids = store.rows.ids
    at = np.searchsorted(ids, wanted)
    return np.where(ids[np.minimum(at, len(ids) - 1)] == wanted, at, otherwise)


def _within(rows: np.ndarray, low: int, high: int) -> np.ndarray:
    start, end = np.searchsorted(rows, np.array([low, high], rows.dtype)).tolist()
    return np.asarray(rows[start:end], np.int64)


def _numbers(store: Store, name: str, rows: np.ndarray) -> list[int]:
    return store.rows.numbers[name][rows].tolist()


def _tweet(store: Store, row: int, told: dict[str, int], is_withdrawn: bool) -> Tweet:
    number, flags = int(store.rows.ids[row]), told.get("flags", 0)
    file, line = told.get("file", 0), told.get("line", 0)
    sources = store.manifest.sources
    return Tweet(
        row, number, (number >> _SHIFT) + EPOCH_MS if number >= FIRST_ID else None, told.get("half_width_ms", 0),
        tuple(name for name, flag in _KINDS if flags & flag), store.manifest.langs[told["lang"]] if "lang" in told
        else "", "" if is_withdrawn else _text(store, row), told.get("retweets", 0), told.get("likes", 0),
        () if is_withdrawn else _tags(store, row), told.get("original", 0),
        sources[file].name if line or len(sources) == 1 else "", line, not flags & (DAMAGED | TIMES_ONLY),
        bool(flags & DAMAGED), is_withdrawn)


def _text(store: Store, row: int) -> str:
    return bytes(_values(store, "text", row)).decode("utf-8", "replace")


def _tags(store: Store, row: int) -> tuple[str, ...]:
    return tuple(store.display(code) for code in _values(store, "tags", row).tolist())


def _values(store: Store, name: str, row: int) -> np.ndarray:
    column = store.rows.ragged.get(name)
    if column is None:
        return np.zeros(0, np.uint8)
    return column.values[int(column.offsets[row]) : int(column.offsets[row + 1])]

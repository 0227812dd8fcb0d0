"""Search in tweets: words, "phrases", #tags, @accounts, lang:ko, kind:retweet, use:hijacked, -not, OR.

Words are looked for literally in the folded texts, so that a word of two syllables, a part of a word and an emoji are
found in every script; there is no index that could miss one. Tags and values are looked up. Words side by side must all
be there; OR divides more weakly than that. No query is wrong: what means nothing special is a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from timeline_app.engine.tweets import counts, scan, withdrawn
from timeline_app.engine.tweets.folding import fold
from timeline_app.engine.tweets.ragged import Ragged
from timeline_app.engine.tweets.scan import Needle
from timeline_app.engine.tweets.store import TAGS, Store
from timeline_app.engine.tweets.tag_names import compared

LONGEST = 200  # characters of a query
_OR = "OR"
_PART = re.compile(r'(-?)"(?:([^"]*)"|([^"]+)$)|(\S+)')  # a phrase may still lack its end
_VALUE = re.compile(r"(\w+)[:=](\S+)")
_ACCOUNT = re.compile("@[a-z0-9_]+")
_ONLY_VALUES = ("lang", "kind")
_IN_NAMES = b"abcdefghijklmnopqrstuvwxyz0123456789_"
_IN_TAGS = _IN_NAMES + bytes([*range(0xC3, 0xE2), *range(0xE4, 0xEE)])  # letters of other scripts begin so in UTF-8
_FEW = 32  # where no more than one row in so many is left, rows are looked at one by one
_AT_ONCE = 20_000

Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Word:
    """What must be there, or must `not` be: a term by its key, where the collection tells such terms apart; else a
    text, which is folded. One of both may be ""."""

    text: str
    key: str = ""
    is_not: bool = False

    @property
    def group(self) -> str:
        """What the key is one of: "#", "lang", "use"..."""
        return TAGS if self.key.startswith(TAGS) else self.key.partition("=")[0]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: all words of one of the alternatives. Without alternatives it finds nothing."""

    alternatives: tuple[tuple[Word, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.alternatives)


def parse(text: str) -> Query:
    """The query that a person wrote."""
    parts = list(_PART.finditer(text[:LONGEST]))
    found: list[list[Word]] = [[]]
    for part in parts:
        if part[0] == _OR and len(parts) > 1:
            found.append([])
        else:
            found[-1] += [word for word in (_word(part),) if word.text or word.key]
    return Query(tuple(tuple(words) for words in found if words))


def _word(part: re.Match[str]) -> Word:
    phrase, written = part[2] or part[3] or "", part[4]
    if written is None:
        return Word(fold(phrase).strip(), is_not=bool(part[1]))
    is_not = written.startswith("-") and written != "-"
    written = written[is_not:]
    plain, value = fold(written), _VALUE.fullmatch(written)
    if written[0] in "#＃" and compared(written):
        return Word(plain, TAGS + compared(written), is_not)
    if value:
        name = value[1].casefold()
        return Word("" if name in _ONLY_VALUES else plain, f"{name}={compared(value[2])}", is_not)
    return Word(plain, is_not=is_not)


def needs_text(query: Query, store: Store) -> bool:
    """Whether the query looks for words in a collection that has no texts: none of them is found, and that says
    nothing."""
    words = [word for words in query.alternatives for word in words]
    return "text" not in store.rows.ragged and any(_is_text(store, word) for word in words)


def matches(store: Store, query: Query, check: Check | None = None) -> np.ndarray:
    """int64[k]: the rows that a query finds, ascending; withdrawn tweets are not found. `check` is called every few
    thousandths of a second and may raise."""
    parts = [_all(store, words, check) for words in query.alternatives]
    found = parts[0] if len(parts) == 1 else np.flatnonzero(_are_in(store, *parts))
    hidden = withdrawn.rows(store)
    return found[~np.isin(found, hidden)] if len(hidden) else found


def _all(store: Store, words: tuple[Word, ...], check: Check | None) -> np.ndarray:
    """The rows of one alternative: first what is looked up, then texts, the longest first, what must not be last."""
    rows: np.ndarray | None = None
    for word in sorted(words, key=lambda word: (word.is_not, _is_text(store, word), -len(word.text))):
        own = _rows_of_text(store, word, rows, check) if _is_text(store, word) else _rows_of_term(store, word.key)
        if rows is None:
            rows = np.flatnonzero(~_are_in(store, own)) if word.is_not else np.asarray(own, np.int64)
        else:
            rows = rows[_are_in(store, own)[rows] != word.is_not]
    return np.zeros(0, np.int64) if rows is None else rows


def _are_in(store: Store, *parts: np.ndarray) -> np.ndarray:
    """bool[n]: which rows of the store are in any of the parts."""
    found = np.zeros(len(store), np.bool_)
    for part in parts:
        found[part] = True
    return found


def _is_text(store: Store, word: Word) -> bool:
    return bool(word.text) and (not word.key or word.group not in store.groups())


def _rows_of_term(store: Store, key: str) -> np.ndarray:
    """The rows of a term, whatever the case in which its collection writes it."""
    if store.number(key) is None and not key.startswith(TAGS):
        group = key.partition("=")[0]
        key = next((term.key for term in store.terms(group) if term.key.casefold() == key), key)
    return counts.rows_of(store, key)


def _rows_of_text(store: Store, word: Word, rows: np.ndarray | None, check: Check | None) -> np.ndarray:
    """The rows that hold a text; where few rows are left, those of them."""
    column = store.rows.ragged.get("folded")
    if column is None:
        return np.zeros(0, np.int64)
    data, not_before = word.text.encode("utf-8", "replace"), _not_before(word)
    if rows is not None and len(rows) * _FEW < len(store):
        behind = b"(?![%s])" % not_before if not_before else b""
        return _looked_at(column, re.compile(re.escape(data) + behind), rows, check)
    are_in = np.isin(np.arange(256), list(not_before)) if not_before else None
    return scan.rows_with(column, Needle(data, are_in), check)


def _not_before(word: Word) -> bytes:
    """The bytes that may not stand behind a word, because it would be another account or tag."""
    if word.key.startswith(TAGS):
        return _IN_TAGS
    return _IN_NAMES if _ACCOUNT.fullmatch(word.text) else b""


def _looked_at(column: Ragged, pattern: re.Pattern[bytes], rows: np.ndarray, check: Check | None) -> np.ndarray:
    values, found = memoryview(np.asarray(column.values)), []
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        ends = zip(column.offsets[part].tolist(), column.offsets[part + 1].tolist(), strict=True)
        found.append(part[[pattern.search(values, first, end) is not None for first, end in ends]])
        if check:
            check()
    return np.concatenate(found) if found else rows

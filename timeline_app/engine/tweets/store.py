"""A published collection: memory-mapped columns in ID order, directories of minutes, postings of terms, a manifest.

Immutable. The manifest holds no clock, host, path or count of workers, so that the same files give the same bytes
wherever they are built. A term is what can be counted: "#tag", "lang=ko", "kind=retweet", "use=hijacked" (a value of a
column of few). Building is in `index`, counting in `counts`, what is not covered in `coverage`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np

from timeline_app.base.problems import UserError
from timeline_app.domain.snowflake import EPOCH_MS, FIRST_ID
from timeline_app.domain.time import Span
from timeline_app.engine.tweets.batch import BEFORE_SCHEME, DAMAGED, QUOTE, REPLY, RETWEET
from timeline_app.engine.tweets.coverage import Gap, declared, joined
from timeline_app.engine.tweets.rows import Rows
from timeline_app.engine.tweets.run import Origin, RefusedLine, mapped, open_rows, sha256

SCHEMA = 2
MANIFEST = "store.json"
MINUTE_MS = 60_000
FLAGS = {"retweets": RETWEET, "quotes": QUOTE, "replies": REPLY, "damaged": DAMAGED, "before_scheme": BEFORE_SCHEME}
KINDS = {"original": 0, "retweet": RETWEET, "quote": QUOTE, "reply": REPLY}
WEIGHTS = ("retweets", "likes")
TAGS = "#"
_SHIFT = 22
_NAME_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Term:
    """What can be counted: its key, how it is shown (a tag without #), and how many tweets have it."""

    key: str
    shown: str
    tweets: int


class File(msgspec.Struct, frozen=True):
    """A file by name, bytes and hash."""

    name: str
    size: int
    sha256: str


class _Version(msgspec.Struct, frozen=True):
    schema: int


class Manifest(msgspec.Struct, frozen=True):
    """What a store says of itself. `minute` is the first of the directory, in minutes UTC since 1970; `more_terms`
    are the keys of what can be counted beside tags and values, `long` the terms whose posting has a directory."""

    schema: int
    tweets: int
    duplicates: int
    refused: int
    counts: dict[str, int]
    minute: int
    clock_compared: int
    clock_offset_s: int | None
    sources: tuple[File, ...]
    files: tuple[File, ...]
    langs: tuple[str, ...]
    tags: tuple[str, ...]
    shown: tuple[dict[str, int], ...]
    more_terms: tuple[str, ...]
    long: tuple[int, ...]
    refused_lines: tuple[RefusedLine, ...]
    origins: tuple[Origin, ...] = ()
    passed: dict[str, int] = {}
    exported_gaps: tuple[tuple[int, int], ...] = ()
    gaps: tuple[Gap, ...] = ()
    outer_uses: int = 0
    original_uses: int = 0


@dataclass(frozen=True, eq=False)
class Store:
    """An open store. `rows` are mapped; `minutes` int64[m + 1]: rows before each minute from `manifest.minute` on;
    `term_rows` the postings of all terms, `term_minutes` the directories of the long ones, m + 1 each; `gaps` what is
    not covered, in order."""

    folder: Path
    manifest: Manifest
    rows: Rows
    minutes: np.ndarray
    term_ends: np.ndarray
    term_rows: np.ndarray
    term_minutes: np.ndarray
    sums: Mapping[str, np.ndarray]
    gaps: tuple[Gap, ...]

    @staticmethod
    def open(folder: Path) -> Store:
        """The store in a folder; UserError where it is none, was built by another version, or where files lack
        bytes."""
        try:
            told = (folder / MANIFEST).read_bytes()
            if msgspec.json.decode(told, type=_Version).schema != SCHEMA:
                raise UserError("store_of_another_version", path=folder.name)
            manifest = msgspec.json.decode(told, type=Manifest)
            if not all((folder / one.name).stat().st_size == one.size for one in manifest.files):
                raise UserError("store_broken", path=folder.name)
            arrays = [mapped(folder, name) for name in ("minute_dir", "term_ends", "term_rows", "term_minutes")]
            arrays[1] = np.array(arrays[1])  # it is small, and every posting is found by it
            sums = {name: mapped(folder, f"{name}_sums") for name in WEIGHTS
                    if (folder / f"{name}_sums.npy").exists()}
        except (OSError, ValueError, msgspec.MsgspecError):
            raise UserError("store_broken", path=folder.name) from None
        gaps = joined((*manifest.gaps, *declared(folder.parent)))
        return Store(folder, manifest, open_rows(folder), *arrays, sums, gaps)

    def __len__(self) -> int:
        return len(self.rows)

    def code(self, tag: str) -> int | None:
        """The code of a tag or value in its compared form, or None."""
        at = bisect_left(self.manifest.tags, tag)
        return at if self.manifest.tags[at : at + 1] == (tag,) else None

    def display(self, code: int) -> str:
        """A tag or value as it is written most."""
        forms = self.manifest.shown[code]
        return max(forms, key=lambda form: (forms[form], form))

    def number(self, key: str) -> int | None:
        """The number of a term, by which its posting is found, or None."""
        return self._numbers.get(key)

    def posting(self, number: int) -> np.ndarray:
        """Rows of a term, ascending; uint32, or int64 in a store of more than four thousand million rows."""
        return self.term_rows[int(self.term_ends[number]) : int(self.term_ends[number + 1])]

    def directory(self, number: int) -> np.ndarray | None:
        """How much of a long posting stands before each minute; None for a short one."""
        at, size = bisect_left(self.manifest.long, number), len(self.minutes)
        found = self.manifest.long[at : at + 1] == (number,)
        return self.term_minutes[at * size : (at + 1) * size] if found else None

    def groups(self) -> tuple[str, ...]:
        """What terms are there: "#" for tags, "lang", "kind", and the columns of few values."""
        return tuple(self._groups)

    def terms(self, group: str) -> tuple[Term, ...]:
        """The terms of a group, the most frequent first."""
        return self._groups.get(group, ())

    @cached_property
    def span(self) -> Span | None:
        """From the first tweet with a time to behind the last; None where no tweet has one."""
        ids = self.rows.ids
        first = int(np.searchsorted(ids, FIRST_ID))
        if first == len(ids):
            return None
        return Span((int(ids[first]) >> _SHIFT) + EPOCH_MS, (int(ids[-1]) >> _SHIFT) + EPOCH_MS + 1)

    def verify(self, check: Callable[[], None] | None = None) -> tuple[str, ...]:
        """The files of a published store whose bytes are not those that were written. Reads all of them, so it is not
        for opening; `check` is called between blocks and may raise."""
        said = {MANIFEST: self.folder.name} | {one.name: one.sha256 for one in self.manifest.files}
        return tuple(name for name, expected in said.items() if _hash(self.folder / name, check) != expected)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self._keys)}

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return (*map(key_of_tag, self.manifest.tags), *self.manifest.more_terms)

    @cached_property
    def _groups(self) -> dict[str, tuple[Term, ...]]:
        found: dict[str, list[Term]] = {}
        tweets = np.diff(self.term_ends).tolist()
        for number, (key, many) in enumerate(zip(self._keys, tweets, strict=True)):
            if not many:
                continue
            group, _, value = (TAGS, "", "") if key.startswith(TAGS) else key.partition("=")
            shown = self.display(number) if number < len(self.manifest.tags) else value
            found.setdefault(group, []).append(Term(key, shown if group == TAGS else shown.partition("=")[2] or value,
                                                    many))
        order = sorted(found, key=lambda group: ((TAGS, "lang", "kind").index(group)
                                                 if group in (TAGS, "lang", "kind") else 3, group))
        return {group: tuple(sorted(found[group], key=lambda one: (-one.tweets, one.key))) for group in order}


def key_of_tag(tag: str) -> str:
    """The key of a tag in its compared form; a value of a column is its own."""
    return tag if "=" in tag else f"{TAGS}{tag}"


def minute_of(number: int) -> int:
    """The minute UTC since 1970 in which a tweet was made."""
    return ((number >> _SHIFT) + EPOCH_MS) // MINUTE_MS


def first_ids(minutes: np.ndarray) -> np.ndarray:
    """int64[n]: the least ID of each minute; IDs from before the scheme are in none."""
    return np.maximum((minutes * MINUTE_MS - EPOCH_MS) << _SHIFT, FIRST_ID)


def fingerprint(folder: Path) -> str:
    """The name under which a store is published: it follows from all that is in it."""
    return sha256(folder / MANIFEST)[:_NAME_LENGTH]


def _hash(path: Path, check: Callable[[], None] | None) -> str:
    """The hash of a file as the store says it: that of the manifest is the folder's name. Empty if it cannot be
    read."""
    try:
        return sha256(path, check)[: _NAME_LENGTH if path.name == MANIFEST else None]
    except OSError:
        return ""

"""A published collection: memory-mapped columns in ID order, a directory of minutes, postings of tags, a manifest.

Immutable. The manifest holds no clock, host, path or count of workers, so that the same files give the same bytes
wherever they are built. Counting is in `counts`, building from files in `collection`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from timeline_app.base.problems import UserError
from timeline_app.domain.snowflake import EPOCH_MS, FIRST_ID
from timeline_app.engine.tweets import places, provenance
from timeline_app.engine.tweets.batch import BEFORE_SCHEME, DAMAGED, QUOTE, REPLY, RETWEET, Clock
from timeline_app.engine.tweets.merge import merge
from timeline_app.engine.tweets.rows import Rows
from timeline_app.engine.tweets.run import (
    INFO,
    Array,
    Origin,
    RefusedLine,
    RunInfo,
    ShardInfo,
    mapped,
    open_rows,
    read_info,
    sha256,
    write_info,
)
from timeline_app.engine.tweets.shard import joined_clock

SCHEMA = 1
MANIFEST = "store.json"
MINUTE_MS = 60_000
_SHIFT = 22
_AT_ONCE = 4_000_000
_FLAGS = {"retweets": RETWEET, "quotes": QUOTE, "replies": REPLY, "damaged": DAMAGED, "before_scheme": BEFORE_SCHEME}


class File(msgspec.Struct, frozen=True):
    """A file by name, bytes and hash."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a store says of itself. `minute` is the first of the directory, in minutes UTC since 1970."""

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
    refused_lines: tuple[RefusedLine, ...]
    origins: tuple[Origin, ...] = ()
    passed: dict[str, int] = {}
    exported_gaps: tuple[tuple[int, int], ...] = ()
    outer_uses: int = 0
    original_uses: int = 0


@dataclass(frozen=True, eq=False)
class Store:
    """An open store. `rows` are mapped; `minutes` int64[m + 1]: rows before each minute from `manifest.minute` on."""

    folder: Path
    manifest: Manifest
    rows: Rows
    minutes: np.ndarray
    tag_ends: np.ndarray
    tag_rows: np.ndarray

    @staticmethod
    def open(folder: Path) -> Store:
        """The store in a folder; UserError where it is none, or where files lack bytes."""
        try:
            manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
            whole = all((folder / one.name).stat().st_size == one.size for one in manifest.files)
            if manifest.schema != SCHEMA or not whole:
                raise UserError("store_broken", path=folder.name)
            arrays = [mapped(folder, name) for name in ("minute_dir", "tag_ends", "tag_rows")]
        except (OSError, ValueError, msgspec.MsgspecError):
            raise UserError("store_broken", path=folder.name) from None
        return Store(folder, manifest, open_rows(folder), *arrays)

    def __len__(self) -> int:
        return len(self.rows)

    def code(self, tag: str) -> int | None:
        """The code of a tag in its compared form, or None."""
        at = bisect_left(self.manifest.tags, tag)
        return at if self.manifest.tags[at : at + 1] == (tag,) else None

    def rows_of_tag(self, code: int) -> np.ndarray:
        """int64[k]: the rows that use a tag, ascending."""
        return self.tag_rows[int(self.tag_ends[code]) : int(self.tag_ends[code + 1])]

    def display(self, code: int) -> str:
        """A tag as it is written most."""
        forms = self.manifest.shown[code]
        return max(forms, key=lambda form: (forms[form], form))


class _Minutes:
    """The directory of minutes, filled while sorted blocks go by."""

    def __init__(self, runs: Sequence[Path]) -> None:
        ends = []
        for ids in (open_rows(run).ids for run in runs):
            at = int(np.searchsorted(ids, FIRST_ID))
            ends += [int(ids[at]), int(ids[-1])] if at < len(ids) else []
        found = [minute_of(one) for one in ends]
        self.first = min(found, default=0)
        self.rows = np.zeros(max(found) - self.first + 2 if found else 1, np.int64)
        self._seen = self._next = 0

    def see(self, block: Rows) -> None:
        """Rows that follow those seen before."""
        last = int(block.ids[-1])
        until = minute_of(last) - self.first + 1 if last >= FIRST_ID else 0
        wanted = np.arange(self._next, until, dtype=np.int64)
        self.rows[self._next : until] = self._seen + np.searchsorted(block.ids, first_ids(wanted + self.first))
        self._next, self._seen = max(until, self._next), self._seen + len(block)

    def close(self) -> np.ndarray:
        """int64[m + 1]."""
        self.rows[self._next :] = self._seen
        return self.rows


def minute_of(number: int) -> int:
    """The minute UTC since 1970 in which a tweet was made."""
    return ((number >> _SHIFT) + EPOCH_MS) // MINUTE_MS


def first_ids(minutes: np.ndarray) -> np.ndarray:
    """int64[n]: the least ID of each minute; IDs from before the scheme are in none."""
    return np.maximum((minutes * MINUTE_MS - EPOCH_MS) << _SHIFT, FIRST_ID)


def build_store(runs: Sequence[Path], sources: Sequence[File], folder: Path) -> Path:
    """The runs of all shards as one store in `folder`: merged, indexed, described. Whoever calls it publishes it."""
    minutes = _Minutes(runs)
    merge(runs, folder, minutes.see)
    info = read_info(folder)
    places.settle(folder, info.shards)
    _write_array(folder, "minute_dir", minutes.close())
    _write_postings(folder, len(info.tags))
    (folder / INFO).unlink()
    files = [File(p.name, p.stat().st_size, sha256(p)) for p in sorted(folder.glob("*.npy"))]
    write_info(folder, _manifest(folder, info, (minutes.first, tuple(sources), tuple(files))), MANIFEST)
    return folder


def _manifest(folder: Path, info: RunInfo, found: tuple[int, tuple[File, ...], tuple[File, ...]]) -> Manifest:
    minute, sources, files = found
    clock = joined_clock([Clock(one.clock_compared, one.clock_offset_s) for one in info.shards])
    read = sum(one.read for one in info.shards)
    return Manifest(
        SCHEMA, info.rows, read - info.rows, sum(one.refused_count for one in info.shards), _counts(folder), minute,
        clock.compared, clock.offset_s, sources, files, info.langs, info.tags, info.shown,
        tuple(_numbered(info.shards)), **provenance.told(info.shards))


def _numbered(shards: Iterable[ShardInfo]) -> Iterable[RefusedLine]:
    """The refused lines of all shards, their lines counted from the beginning of the file."""
    before: dict[int, int] = {}
    for shard in shards:
        base = before.get(shard.source, 0)
        yield from (RefusedLine(one.file, one.offset, one.line + base, one.reason, one.start) for one in shard.refused)
        before[shard.source] = base + shard.lines


def _counts(folder: Path) -> dict[str, int]:
    flags = open_rows(folder).numbers.get("flags", np.zeros(0, np.uint16))
    found = dict.fromkeys(_FLAGS, 0)
    for start in range(0, len(flags), _AT_ONCE):
        part = np.asarray(flags[start : start + _AT_ONCE])
        for name, flag in _FLAGS.items():
            found[name] += int(np.count_nonzero(part & flag))
    return found


def _write_array(folder: Path, name: str, values: np.ndarray) -> None:
    out = Array(folder / f"{name}.npy", values.dtype)
    out.append(values)
    out.close()


def _write_postings(folder: Path, tags: int) -> None:
    """Rows by tag, from tags by row, in bounded memory: counted first, then each block put where it belongs."""
    rows = open_rows(folder)
    column = rows.ragged.get("tags")
    ends = np.zeros(tags + 1, np.int64)
    for part, _ in _tag_blocks(rows):
        ends[1:] += np.bincount(part, minlength=tags)
    np.cumsum(ends, out=ends)
    _write_array(folder, "tag_ends", ends)
    if column is None:
        return _write_array(folder, "tag_rows", np.zeros(0, np.int64))
    _write_array(folder, "tag_rows", np.zeros(len(column.values), np.int64))
    out, after = np.load(folder / "tag_rows.npy", mmap_mode="r+"), ends[:-1].copy()
    for codes, owner in _tag_blocks(rows):
        order = np.argsort(codes, kind="stable")
        counted = np.bincount(codes, minlength=tags)
        begin = np.repeat(after - (np.cumsum(counted) - counted), counted)
        out[begin + np.arange(len(codes))] = owner[order]
        after += counted
    out.flush()
    return None


def _tag_blocks(rows: Rows) -> Iterable[tuple[np.ndarray, np.ndarray]]:
    """Codes and their rows, block by block."""
    column = rows.ragged.get("tags")
    for start in range(0, len(rows) if column else 0, _AT_ONCE):
        part = column.part(start, min(start + _AT_ONCE, len(rows)))
        yield part.values, np.repeat(np.arange(start, start + len(part.offsets) - 1), part.lengths)


def fingerprint(folder: Path) -> str:
    """The name under which a store is published: it follows from all that is in it."""
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()[:16]

"""From merged runs to a store: directories of minutes, postings of terms, sums by minute, and the manifest.

Everything is written in bounded memory, and depends on nothing but the tweets and what their sources are called. What
the indexes are for is in `store` and `counts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np

from timeline_app.domain.snowflake import FIRST_ID
from timeline_app.engine.tweets import coverage, folding, places, provenance
from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET, Clock
from timeline_app.engine.tweets.coverage import Gap
from timeline_app.engine.tweets.merge import merge
from timeline_app.engine.tweets.rows import Rows
from timeline_app.engine.tweets.run import (
    INFO,
    Array,
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
from timeline_app.engine.tweets.store import (
    FLAGS,
    KINDS,
    MANIFEST,
    SCHEMA,
    WEIGHTS,
    File,
    Manifest,
    first_ids,
    key_of_tag,
    minute_of,
)

MOST_LISTED = 50_000  # refused lines in a manifest; all are counted
LONG = 1 << 16  # a shorter posting is searched as fast as a directory is read
_AT_ONCE = 4_000_000
_MINUTES = 4_096
_KIND_FLAGS = RETWEET | QUOTE | REPLY


def build_store(runs: Sequence[Path], sources: Sequence[File], folder: Path) -> Path:
    """The runs of all shards as one store in `folder`: merged, indexed, described. Whoever calls it publishes it."""
    return indexed(merge(runs, folder), sources)


def indexed(folder: Path, sources: Sequence[File]) -> Path:
    """A merged run becomes a store, in its place."""
    return described(folder, arranged(folder, [one.name for one in sources]), sources)


def merged_and_arranged(runs: Sequence[Path], folder: Path, names: Sequence[str]) -> Manifest:
    """The runs of all shards as the arrays of a store in `folder`."""
    return arranged(merge(runs, folder), names)


def arranged(folder: Path, names: Sequence[str]) -> Manifest:
    """A merged run becomes the arrays of a store, in its place; and what the store is to say, but for its sources: of
    these only the names must be known, so that they may still be hashed meanwhile."""
    info = read_info(folder)
    places.settle(folder, info.shards)
    folding.write_folded(folder)
    first, directory = _minutes(folder)
    _write(folder, "minute_dir", directory)
    terms = _terms(open_rows(folder), info)
    long = [code for code, length in enumerate(_write_postings(folder, terms)) if _is_long(length, len(directory))]
    _write_directories(folder, long, directory)
    _write_sums(folder, directory)
    (folder / INFO).unlink()
    return _manifest(folder, info, names, (first, terms, long))


def described(folder: Path, manifest: Manifest, sources: Sequence[File]) -> Path:
    """The arrays and what they are as a store."""
    write_info(folder, msgspec.structs.replace(manifest, sources=tuple(sources)), MANIFEST)
    return folder


def _minutes(folder: Path) -> tuple[int, np.ndarray]:
    """The first minute with a tweet, and int64[m + 1] rows before each minute from it on. The IDs are mapped anew for
    some minutes at a time, because what was read through a map counts as memory."""
    ids = mapped(folder, "ids")
    before = int(np.searchsorted(ids, FIRST_ID))
    if before == len(ids):
        return 0, np.array([before])
    first, last = minute_of(int(ids[before])), minute_of(int(ids[-1]))
    found = np.empty(last - first + 2, np.int64)
    for start in range(0, len(found), _MINUTES):
        wanted = first + np.arange(start, min(start + _MINUTES, len(found)))
        found[start : start + _MINUTES] = np.searchsorted(mapped(folder, "ids"), first_ids(wanted))
    return first, found


class _Terms:
    """The keys of all terms, and which row has which: tags and values first, then languages, then kinds."""

    def __init__(self, info: RunInfo, has_langs: bool, has_kinds: bool) -> None:
        groups = {tag.partition("=")[0] for tag in info.tags if "=" in tag}
        langs = info.langs if has_langs and "lang" not in groups else ()
        self.has_kinds = has_kinds and "kind" not in groups
        tags = tuple(map(key_of_tag, info.tags))
        self.langs_at = len(tags) - 1  # code 0 of languages is "", which is no term
        self.has_langs = len(langs) > 1
        named = tuple(f"lang={lang}" for lang in langs[1:])
        self.kinds_at = len(tags) + len(named)
        self.keys = (*tags, *named, *(f"kind={kind}" for kind in KINDS if self.has_kinds))

    def of(self, rows: Rows, start: int, end: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Numbers of terms, and the rows that have them, of rows start..end."""
        column = rows.ragged.get("tags")
        every = np.arange(start, end)
        if column is not None:
            part = column.part(start, end)
            yield part.values, np.repeat(every, part.lengths)
        if self.has_langs:
            codes = np.asarray(rows.numbers["lang"][start:end]).astype(np.int64)
            yield codes[codes > 0] + self.langs_at, every[codes > 0]
        if self.has_kinds:
            flags = rows.numbers.get("flags")
            own = np.asarray(flags[start:end]) if flags is not None else np.zeros(end - start, np.uint16)
            for number, flag in enumerate(KINDS.values()):
                chosen = own & flag != 0 if flag else own & _KIND_FLAGS == 0
                yield np.full(int(chosen.sum()), self.kinds_at + number), every[chosen]


def _terms(rows: Rows, info: RunInfo) -> _Terms:
    """The terms of a merged run. Kinds are told apart only where any tweet is said to be another's or an answer."""
    flags = rows.numbers.get("flags", np.zeros(0, np.uint16))
    parts = (np.asarray(flags[at : at + _AT_ONCE]) for at in range(0, len(flags), _AT_ONCE))
    return _Terms(info, "lang" in rows.numbers, any((part & _KIND_FLAGS).any() for part in parts))


def _is_long(length: int, minutes: int) -> bool:
    """Whether a posting gets a directory: never one that is longer than itself."""
    return length >= max(LONG, minutes)


def _write_postings(folder: Path, terms: _Terms) -> list[int]:
    """Rows by term, from terms by row: counted first, then each block put where it belongs. Returns their lengths."""
    rows = open_rows(folder)
    ends = np.zeros(len(terms.keys) + 1, np.int64)
    for codes, _ in _blocks(rows, terms):
        ends[1:] += np.bincount(codes, minlength=len(terms.keys))
    lengths = ends[1:].copy()
    np.cumsum(ends, out=ends)
    _write(folder, "term_ends", ends)
    kind = np.uint32 if len(rows) < 2**32 else np.int64
    _write_zeros(folder, "term_rows", int(ends[-1]), kind)
    if ends[-1]:
        _fill(np.load(folder / "term_rows.npy", mmap_mode="r+"), ends[:-1].copy(), _blocks(rows, terms))
    return lengths.tolist()


def _fill(out: np.ndarray, after: np.ndarray, blocks: Iterable[tuple[np.ndarray, np.ndarray]]) -> None:
    narrow = np.uint16 if len(after) <= 1 << 16 else np.int32  # numpy sorts 16 bits by their digits: half the time
    for codes, owner in blocks:
        order = np.argsort(codes.astype(narrow), kind="stable")
        counted = np.bincount(codes, minlength=len(after))
        begin = np.repeat(after - (np.cumsum(counted) - counted), counted)
        out[begin + np.arange(len(codes))] = owner[order]
        after += counted


def _blocks(rows: Rows, terms: _Terms) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for start in range(0, len(rows) if terms.keys else 0, _AT_ONCE):
        yield from terms.of(rows, start, min(start + _AT_ONCE, len(rows)))


def _write_directories(folder: Path, long: list[int], minutes: np.ndarray) -> None:
    """For each long posting how much of it stands before each minute, one after the other in one file."""
    ends, rows = np.load(folder / "term_ends.npy"), mapped(folder, "term_rows")
    out = Array(folder / "term_minutes.npy", rows.dtype)
    for code in long:
        out.append(np.searchsorted(rows[int(ends[code]) : int(ends[code + 1])], minutes.astype(rows.dtype)))
    out.close()


def _write_sums(folder: Path, minutes: np.ndarray) -> None:
    """Sums of retweets and likes before each minute."""
    rows = open_rows(folder)
    for name in WEIGHTS:
        if name not in rows.numbers:
            continue
        column, sums, before = rows.numbers[name], np.zeros(len(minutes), np.int64), 0
        for start in range(0, len(rows), _AT_ONCE):
            end = min(start + _AT_ONCE, len(rows))
            low, high = np.searchsorted(minutes, [start, end if end < len(rows) else end + 1]).tolist()
            total = np.concatenate([[0], np.cumsum(column[start:end], dtype=np.int64)])
            sums[low:high] = before + total[minutes[low:high] - start]
            before += int(total[-1])
        _write(folder, f"{name}_sums", sums)


def _write(folder: Path, name: str, values: np.ndarray) -> None:
    out = Array(folder / f"{name}.npy", values.dtype)
    out.append(values)
    out.close()


def _write_zeros(folder: Path, name: str, length: int, kind: type) -> None:
    out = Array(folder / f"{name}.npy", kind)
    for start in range(0, length, _AT_ONCE):
        out.append(np.zeros(min(_AT_ONCE, length - start), kind))
    out.close()


def _manifest(folder: Path, info: RunInfo, names: Sequence[str], found: tuple[int, _Terms, list[int]]
              ) -> Manifest:
    minute, terms, long = found
    files = tuple(File(one.name, one.stat().st_size, sha256(one)) for one in sorted(folder.glob("*.npy")))
    clock = joined_clock([Clock(one.clock_compared, one.clock_offset_s) for one in info.shards])
    read = sum(one.read for one in info.shards)
    return Manifest(
        SCHEMA, info.rows, read - info.rows, sum(one.refused_count for one in info.shards), _counts(folder), minute,
        clock.compared, clock.offset_s, (), files, info.langs, info.tags, info.shown, terms.keys[len(info.tags):],
        tuple(long), tuple(islice(_numbered(info.shards), MOST_LISTED)),
        gaps=_gaps(folder, info.shards, (minute, names)), **provenance.told(info.shards))


def _gaps(folder: Path, shards: Sequence[ShardInfo], found: tuple[int, Sequence[str]]) -> tuple[Gap, ...]:
    minute, names = found
    told = provenance.told(shards)
    minutes = mapped(folder, "minute_dir")
    exported = [Gap(start, end, "export") for start, end in told["exported_gaps"]]
    return coverage.joined([*exported, *coverage.of_names(names, minutes, minute),
                            *coverage.of_origins(told["origins"]), *coverage.detected(minutes, minute)])


def _numbered(shards: Iterable[ShardInfo]) -> Iterable[RefusedLine]:
    """The refused lines of all shards, their lines counted from the beginning of the file."""
    before: dict[int, int] = {}
    for shard in shards:
        base = before.get(shard.source, 0)
        yield from (RefusedLine(one.file, one.offset, one.line + base, one.reason, one.start) for one in shard.refused)
        before[shard.source] = base + shard.lines


def _counts(folder: Path) -> dict[str, int]:
    flags = open_rows(folder).numbers.get("flags", np.zeros(0, np.uint16))
    found = dict.fromkeys(FLAGS, 0)
    for start in range(0, len(flags), _AT_ONCE):
        part = np.asarray(flags[start : start + _AT_ONCE])
        for name, flag in FLAGS.items():
            found[name] += int(np.count_nonzero(part & flag))
    return found

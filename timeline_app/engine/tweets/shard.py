"""One shard: a byte range of a source becomes a sorted run on disk. Pure, so any process may do it, in any order."""

from __future__ import annotations

import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np

from timeline_app.engine.tweets.batch import Batch, Clock, Refused, Tags
from timeline_app.engine.tweets.id_form import IdForm
from timeline_app.engine.tweets.id_list import read_ids
from timeline_app.engine.tweets.lines import PIECE, Piece, pieces
from timeline_app.engine.tweets.merge import merge
from timeline_app.engine.tweets.ragged import Ragged, of_pairs
from timeline_app.engine.tweets.rows import NUMBERS, Rows, filled, join
from timeline_app.engine.tweets.run import (
    MOST_REFUSED,
    RefusedLine,
    RowsWriter,
    RunInfo,
    ShardInfo,
    fresh,
    place,
    write_info,
)

TEXT_PIECE = 8_000_000  # bytes of tables read at a time: each line becomes objects of many times its size


class Source(msgspec.Struct, frozen=True):
    """One file to read: `name` is what the store says of it, the path stays here."""

    path: str
    name: str
    size: int
    form: IdForm
    packed: bool = False


class Shard(msgspec.Struct, frozen=True):
    """Bytes [start, end) of a source by its number; `end` None is all of a file that cannot be divided."""

    number: int
    source: int
    start: int
    end: int | None


def shards_of(sources: tuple[Source, ...], size: int = PIECE) -> tuple[Shard, ...]:
    """The same shards for the same files, whoever asks."""
    found: list[Shard] = []
    for number, source in enumerate(sources):
        if source.packed:
            found.append(Shard(len(found), number, 0, None))
            continue
        for start in range(0, max(source.size, 1), size):
            found.append(Shard(len(found), number, start, min(start + size, source.size)))
    return tuple(found)


def build_shard(source: Source, shard: Shard, folder: Path) -> Path:
    """The run of a shard in `folder`. A shard of many pieces is built of runs of its own and merged."""
    size = TEXT_PIECE if source.form.delimiter else PIECE
    parts = folder.with_name(f"{folder.name}.pieces")
    shutil.rmtree(parts, ignore_errors=True)
    runs, told = [], _Told(shard)
    batches = _batches(source, pieces(Path(source.path), shard.start, shard.end, size), told)
    batch = next(batches, None)
    for number, following in enumerate(batches):
        runs.append(_write(batch, parts / f"{number:06}", ()))
        batch = following
    if not runs:
        return _write(batch, folder, told.info())
    runs.append(_write(batch, parts / f"{len(runs):06}", told.info()))
    made = merge(runs, folder)
    shutil.rmtree(parts)
    return made


class _Told:
    """What is counted while a shard is read."""

    def __init__(self, shard: Shard) -> None:
        self._shard, self._refused, self._clocks = shard, [], []
        self.lines = self.read = self._count = 0

    def hear(self, piece: Piece, batch: Batch) -> None:
        """One piece was read."""
        self.lines, self.read = piece.line + piece.lines, self.read + len(batch.ids)
        self.refuse((*piece.refused, *batch.refused))
        self._clocks.append(batch.clock)

    def refuse(self, refused: tuple[Refused, ...]) -> None:
        self._count += len(refused)
        left = MOST_REFUSED - len(self._refused)
        self._refused += [RefusedLine(one.file, one.offset, one.line, one.reason, one.start.decode("latin-1"))
                          for one in refused[:left]]

    def info(self) -> tuple[ShardInfo, ...]:
        """All of it, for the run."""
        clock = joined_clock(self._clocks)
        return (ShardInfo(self._shard.number, self._shard.source, self.lines, self.read, self._count,
                          tuple(self._refused), clock.compared, clock.offset_s),)


def joined_clock(clocks: list[Clock]) -> Clock:
    """All comparisons together: an offset is constant if all parts that compared have the same."""
    offsets = {clock.offset_s for clock in clocks if clock.compared}
    return Clock(sum(clock.compared for clock in clocks), offsets.pop() if len(offsets) == 1 else None)


def _batches(source: Source, found: Iterator[Piece], told: _Told) -> Iterator[Batch]:
    for piece in found:
        batch = read_ids(piece, source.form, source.name)
        told.hear(piece, batch)
        yield batch


def _write(batch: Batch | None, folder: Path, shards: tuple[ShardInfo, ...]) -> Path:
    rows, info = (Rows(np.zeros(0, np.int64)), RunInfo(0, shards)) if batch is None else run_of(batch, shards)
    beside = fresh(folder)
    writer = RowsWriter(beside)
    writer.append(rows)
    writer.close()
    write_info(beside, info)
    return place(beside, folder)


def run_of(batch: Batch, shards: tuple[ShardInfo, ...] = ()) -> tuple[Rows, RunInfo]:
    """The tweets of a batch in ID order, each once, in codes of sorted names; and what its run says."""
    langs = sorted({*batch.langs, ""})
    names, shown, lists = _coded(batch)
    if batch.text is not None:
        lists["text"] = _utf8(batch.text)
    numbers = {name: getattr(batch, name) for name in NUMBERS}
    numbers["lang"] = np.array([langs.index(one) for one in batch.langs], np.uint16)[batch.lang]
    rows = join([filled(Rows(batch.ids, numbers, lists))])
    return rows, RunInfo(len(rows), shards, tuple(langs), names, shown)


def _coded(batch: Batch) -> tuple[tuple[str, ...], tuple[dict[str, int], ...], dict[str, Ragged]]:
    """The compared forms of all tags, how each was written, and the tags of each row by code."""
    both = {"tags": batch.tags, "outer_tags": batch.outer_tags}
    shown: dict[str, Counter[str]] = {}
    for tags in both.values():
        for name, uses in zip(tags.names, np.bincount(tags.codes, minlength=len(tags.names)).tolist(), strict=True):
            shown.setdefault(compared(name), Counter())[name] += uses
    names = sorted(shown)
    code_of = {name: code for code, name in enumerate(names)}
    lists = {key: _rows_of(tags, code_of, len(batch.ids)) for key, tags in both.items()}
    return tuple(names), tuple(dict(sorted(shown[name].items())) for name in names), lists


def _rows_of(tags: Tags, code_of: dict[str, int], rows: int) -> Ragged:
    codes = np.array([code_of[compared(name)] for name in tags.names], np.int64)
    owner = np.repeat(np.arange(rows), np.diff(tags.offsets))
    return of_pairs(owner, codes[tags.codes] if len(codes) else tags.codes, rows)


def compared(tag: str) -> str:
    """A tag as tags are compared: without #, composed, case folded. Look-alike scripts stay different."""
    plain = unicodedata.normalize("NFC", tag.lstrip("#＃"))
    return unicodedata.normalize("NFC", plain.casefold())


def _utf8(texts: tuple[str, ...]) -> Ragged:
    found = [text.encode("utf-8", "replace") for text in texts]
    offsets = np.zeros(len(found) + 1, np.int64)
    np.cumsum([len(one) for one in found], out=offsets[1:])
    return Ragged(offsets, np.frombuffer(b"".join(found), np.uint8))

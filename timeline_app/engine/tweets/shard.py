"""One shard: some bytes of some sources become a sorted run on disk. Pure, so any process may do it, in any order."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from timeline_app.engine.tweets.batch import NOT_UTF8, Batch, Clock, Refused
from timeline_app.engine.tweets.coding import coded
from timeline_app.engine.tweets.id_form import IdForm
from timeline_app.engine.tweets.id_list import read_ids
from timeline_app.engine.tweets.lines import PIECE, Piece, Stream, pieces, streamed
from timeline_app.engine.tweets.merge import joined, merge
from timeline_app.engine.tweets.provenance import gaps_of, origins_of
from timeline_app.engine.tweets.readers import reading
from timeline_app.engine.tweets.readers.gather import Notes
from timeline_app.engine.tweets.rows import Rows
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
from timeline_app.engine.tweets.source import Source, opened

LIST_PIECE = 2_000_000  # bytes of plain lists read at a time: they stay in the processor's cache
LINE_PIECE = 500_000  # bytes of JSON lines: so are these, and what is decoded of them
TABLE_PIECE = 8_000_000  # bytes of tables read at a time: each line becomes objects of many times its size
HELD = 64_000_000  # bytes of columns that are held before they are written

Heard = Callable[[int], None]


class Part(msgspec.Struct, frozen=True):
    """Bytes [start, end) of a source by its number; `end` None is all of a file that cannot be divided."""

    number: int
    source: int
    start: int
    end: int | None


class Shard(msgspec.Struct, frozen=True):
    """Parts that make one run: one of a large file, those of many small ones. Its number is that of the first."""

    parts: tuple[Part, ...]
    size: int

    @property
    def number(self) -> int:
        """The place in the order of all parts."""
        return self.parts[0].number


def shards_of(sources: tuple[Source, ...], size: int = PIECE) -> tuple[Shard, ...]:
    """The same shards for the same files, whoever asks."""
    found: list[Shard] = []
    held: list[Part] = []
    weight = number = 0
    for source, start, end in _ranges(sources, size):
        bytes_of = (sources[source].size if end is None else end) - start
        if held and weight + bytes_of > size:
            found.append(Shard(tuple(held), weight))
            held, weight = [], 0
        held.append(Part(number, source, start, end))
        weight, number = weight + bytes_of, number + 1
    return (*found, Shard(tuple(held), weight)) if held else tuple(found)


def _ranges(sources: tuple[Source, ...], size: int) -> Iterator[tuple[int, int, int | None]]:
    for number, source in enumerate(sources):
        if source.packed:
            yield number, 0, None
            continue
        for start in range(0, max(source.size, 1), size):
            yield number, start, min(start + size, source.size)


def build_shard(sources: Sequence[Source], shard: Shard, folder: Path, heard: Heard | None = None) -> Path:
    """The run of a shard in `folder`, from the source of each of its parts; `heard` is told the bytes read so far. What
    does not fit into memory is written as runs of its own, which are merged."""
    held, before = _Held(folder), 0
    for source, part in zip(sources, shard.parts, strict=True):
        told = _Told(source, part)
        for batch, read in _batches(source, part, told):
            held.take(coded(batch, part.number))
            if heard:
                heard(before + read)
        held.infos.append(told.info())
        before += (source.size if part.end is None else part.end) - part.start
    return held.close()


class _Held:
    """Rows in memory, written when they are many."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._pieces = folder, folder.with_name(f"{folder.name}.pieces")
        self._parts: list[tuple[Rows, RunInfo]] = []
        self._bytes = 0
        self._runs: list[Path] = []
        self.infos: list[ShardInfo] = []
        shutil.rmtree(self._pieces, ignore_errors=True)

    def take(self, part: tuple[Rows, RunInfo]) -> None:
        """Hold some rows more."""
        if self._bytes > HELD:
            self._write(self._pieces / f"{len(self._runs):06}")
        self._parts.append(part)
        self._bytes += part[0].size

    def close(self) -> Path:
        """The run of all that was taken."""
        if not self._runs:
            return self._write(self._folder)
        self._write(self._pieces / f"{len(self._runs):06}")
        made = merge(self._runs, self._folder)
        shutil.rmtree(self._pieces)
        return made

    def _write(self, folder: Path) -> Path:
        """All that is held as a run."""
        rows, info = joined(self._parts) if self._parts else (Rows(np.zeros(0, np.int64)), RunInfo(0, ()))
        self._parts, self._bytes = [], 0
        self._runs.append(folder)
        beside = fresh(folder)
        writer = RowsWriter(beside)
        writer.append(rows)
        writer.close()
        write_info(beside, msgspec.structs.replace(info, shards=tuple(self.infos)))
        self.infos = []
        return place(beside, folder)


class _Told:
    """What is counted while a part is read."""

    def __init__(self, source: Source, part: Part) -> None:
        self._name, self._part, self._refused, self._clocks = source.name, part, [], []
        self.notes = Notes()
        self.lines = self._read = self._count = 0

    def hear(self, batch: Batch) -> None:
        """Some tweets were read."""
        self._read += len(batch.ids)
        self.refuse(batch.refused)
        self._clocks.append(batch.clock)
        if batch.not_utf8:
            self.notes.passed[NOT_UTF8] += batch.not_utf8

    def refuse(self, refused: tuple[Refused, ...]) -> None:
        """Lines that no tweet could be read from."""
        self._count += len(refused)
        left = MOST_REFUSED - len(self._refused)
        self._refused += [RefusedLine(self._name, one.offset, one.line, one.reason, one.start.decode("latin-1"))
                          for one in refused[:left]]

    def info(self) -> ShardInfo:
        """All of it, for the run."""
        clock, notes, part = joined_clock(self._clocks), self.notes, self._part
        gaps, unread = gaps_of(notes.gaps)
        passed = Counter({"gap": unread} if unread else {}) + notes.passed
        return ShardInfo(
            part.number, part.source, self.lines, self._read, self._count, tuple(self._refused), clock.compared,
            clock.offset_s, origins_of(notes.origins), dict(sorted(passed.items())), gaps, notes.outer_uses,
            notes.original_uses)


def joined_clock(clocks: list[Clock]) -> Clock:
    """All comparisons together: an offset is constant if all parts that compared have the same."""
    offsets = {clock.offset_s for clock in clocks if clock.compared}
    return Clock(sum(clock.compared for clock in clocks), offsets.pop() if len(offsets) == 1 else None)


def _batches(source: Source, part: Part, told: _Told) -> Iterator[tuple[Batch, int]]:
    """The tweets of a part, and how many of its bytes were read up to there."""
    if isinstance(source.form, IdForm):
        for piece, read in _pieces(source, part, told):
            told.refuse(piece.refused)
            batch = read_ids(piece, source.form, source.name)
            told.hear(batch)
            yield batch, read
        return
    if reading.is_divisible(source.form):
        yield from _of_lines(source, part, told)
        return
    if source.form.kind == "columns":
        for batch in reading.read_columns(Path(source.path), source.name):
            told.hear(batch)
            yield batch, 0
        return
    with opened(Path(source.path), source.member) as handle:
        for batch in reading.read(Stream(handle), source.name, source.form, told.notes):
            told.hear(batch)
            yield batch, handle.read_bytes


def _of_lines(source: Source, part: Part, told: _Told) -> Iterator[tuple[Batch, int]]:
    """The tweets of lines; a batch goes on from one piece to the next."""
    read = 0

    def given() -> Iterator[Piece]:
        nonlocal read
        for piece, read in _pieces(source, part, told):  # noqa: B007
            yield piece

    for batch in reading.read_pieces(given(), source.name, source.form, told.notes):
        told.hear(batch)
        yield batch, read


def _pieces(source: Source, part: Part, told: _Told) -> Iterator[tuple[Piece, int]]:
    """Whole lines, and how many bytes were read up to their end."""
    size = LINE_PIECE
    if isinstance(source.form, IdForm):
        size = TABLE_PIECE if source.form.delimiter else LIST_PIECE
    if part.end is not None:
        for piece in pieces(Path(source.path), part.start, part.end, size):
            told.lines = piece.line + piece.lines
            yield piece, piece.offset + len(piece.data) - part.start
        return
    with opened(Path(source.path), source.member) as handle:
        for piece in streamed(Stream(handle), source.name, size):
            told.lines = piece.line + piece.lines
            yield piece, handle.read_bytes

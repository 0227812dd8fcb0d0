"""A run: sorted tweets on disk as one folder of plain arrays and `run.json`. It appears whole or not at all.

Runs are what shards become and what is merged; a store is the last run with its indexes. Names of languages and tags
are sorted, so that their codes depend on nothing but the tweets.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
from numpy.lib import format as npy

from timeline_app.base.problems import UserError
from timeline_app.engine.tweets.ragged import Ragged
from timeline_app.engine.tweets.rows import NUMBERS, RAGGED, Rows

INFO = "run.json"
MOST_REFUSED = 10_000  # of one shard, in the list; all are counted
HEADER = 128
_BLOCK, _HASHED = 1 << 20, 1 << 18
_KIND = re.compile(rb"'descr': '(<[iu][1248]|\|u1)'")


class RefusedLine(msgspec.Struct, frozen=True):
    """A refused line as it is kept: the bytes as Latin-1, so that JSON holds each of them."""

    file: str
    offset: int
    line: int
    reason: str
    start: str


class Origin(msgspec.Struct, frozen=True, order=True):
    """Where tweets are from, as the tool wrote it down: the query, when it was asked first and last (ISO 8601), the
    tool; how many tweets came of it; and the window of time that was asked for, if one was."""

    query: str
    retrieved_at: str
    tool: str
    tweets: int
    retrieved_until: str = ""
    start: str = ""
    end: str = ""


class ShardInfo(msgspec.Struct, frozen=True):
    """What one part of a source held. Lines of `refused` count from the part's beginning until the store is published.

    `passed` counts by kind what is no tweet and no fault; `gaps` are spans in ms UTC that the source itself says were
    not collected; `outer_uses` and `original_uses` are the raw tag uses of retweets."""

    number: int
    source: int
    lines: int
    read: int
    refused_count: int
    refused: tuple[RefusedLine, ...] = ()
    clock_compared: int = 0
    clock_offset_s: int | None = None
    origins: tuple[Origin, ...] = ()
    passed: dict[str, int] = {}
    gaps: tuple[tuple[int, int], ...] = ()
    outer_uses: int = 0
    original_uses: int = 0


class RunInfo(msgspec.Struct, frozen=True):
    """`tags` are the compared forms in the order of their codes; `shown` counts how each was written."""

    rows: int
    shards: tuple[ShardInfo, ...]
    langs: tuple[str, ...] = ("",)
    tags: tuple[str, ...] = ()
    shown: tuple[dict[str, int], ...] = ()


def npy_head(dtype: np.dtype, length: int) -> bytes:
    """What an .npy file of so many values begins with."""
    head = f"{{'descr': '{npy.dtype_to_descr(dtype)}', 'fortran_order': False, 'shape': ({length},), }}"
    text = head.encode().ljust(HEADER - 11) + b"\n"
    return npy.magic(1, 0) + len(text).to_bytes(2, "little") + text


def ordered(written: dict[str, int]) -> dict[str, int]:
    """The forms of a tag in their order; most have one."""
    return dict(sorted(written.items())) if len(written) > 1 else written


class Array:
    """An .npy file that grows: blocks of one type, the length written last."""

    def __init__(self, path: Path, dtype: type | np.dtype) -> None:
        self._file, self.dtype, self.length = path.open("wb"), np.dtype(dtype), 0
        self._file.write(bytes(HEADER))

    def append(self, block: np.ndarray) -> None:
        """Write a block behind the others."""
        np.ascontiguousarray(block, self.dtype).tofile(self._file)
        self.length += len(block)

    def close(self) -> None:
        """Write the head."""
        self._file.seek(0)
        self._file.write(npy_head(self.dtype, self.length))
        self._file.close()


class RowsWriter:
    """Writes rows block by block into a folder; a column that only later blocks have is filled up with zeros."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._files, self.rows = folder, {}, 0
        self._column("ids", np.int64)
        self._ends: dict[str, int] = {}

    def _column(self, name: str, dtype: type) -> Array:
        self._files[name] = Array(self._folder / f"{name}.npy", dtype)
        return self._files[name]

    def append(self, block: Rows) -> None:
        """Write rows whose IDs are above all before them."""
        self._files["ids"].append(block.ids)
        for name in NUMBERS:
            if name in block.numbers or name in self._files:
                column = self._files.get(name) or self._grown(name)
                column.append(block.numbers.get(name, np.zeros(len(block), NUMBERS[name])))
        for name in RAGGED:
            if name in block.ragged or name in self._files:
                self._append_list(name, block)
        self.rows += len(block)

    def _grown(self, name: str) -> Array:
        column = self._column(name, NUMBERS[name])
        for start in range(0, self.rows, _BLOCK):
            column.append(np.zeros(min(_BLOCK, self.rows - start), NUMBERS[name]))
        return column

    def _append_list(self, name: str, block: Rows) -> None:
        if name not in self._files:
            self._column(name, RAGGED[name])
            ends = self._column(f"{name}_ends", np.int64)
            self._ends[name] = 0
            for start in range(0, self.rows + 1, _BLOCK):
                ends.append(np.zeros(min(_BLOCK, self.rows + 1 - start), np.int64))
        found = block.ragged.get(name) or Ragged(np.zeros(len(block) + 1, np.int64), np.zeros(0, RAGGED[name]))
        self._files[name].append(found.values)
        self._files[f"{name}_ends"].append(found.offsets[1:] + self._ends[name])
        self._ends[name] += len(found.values)

    def close(self) -> None:
        """Finish every file."""
        for one in self._files.values():
            one.close()


def fresh(folder: Path) -> Path:
    """An empty folder beside `folder`, to be filled and then put in its place with `place`."""
    beside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    return beside


def place(beside: Path, folder: Path) -> Path:
    """A filled folder in its place, in one step; a folder that was there before is gone."""
    if folder.exists():
        shutil.rmtree(folder)
    os.replace(beside, folder)
    return folder


def sync(folder: Path) -> None:
    """All files of a folder, and their names, to the disk. Whoever is about to name the folder in a journal or pointer
    does so: a worker that waited for the disk would decode nothing meanwhile."""
    for one in sorted(folder.iterdir()):
        sync_file(one)
    sync_folder(folder)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """The names in a folder to the disk, where the system can."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_file(path: Path) -> None:
    """The bytes of a file to the disk."""
    with path.open("r+b") as handle:
        os.fsync(handle.fileno())


def write_info(folder: Path, info: msgspec.Struct, name: str = INFO) -> None:
    """The description of a run or store beside its arrays."""
    (folder / name).write_bytes(msgspec.json.format(msgspec.json.encode(info), indent=1) + b"\n")


def read_info(folder: Path) -> RunInfo:
    """The description of a run; UserError where it is damaged."""
    try:
        return msgspec.json.decode((folder / INFO).read_bytes(), type=RunInfo)
    except (OSError, msgspec.MsgspecError):
        raise UserError("store_broken", path=folder.name) from None


def open_rows(folder: Path) -> Rows:
    """The rows of a run or store, mapped and not read; UserError where a file is missing or cut."""
    try:
        numbers = {name: mapped(folder, name) for name in NUMBERS if (folder / f"{name}.npy").exists()}
        lists = {name: Ragged(mapped(folder, f"{name}_ends"), mapped(folder, name))
                 for name in RAGGED if (folder / f"{name}_ends.npy").exists()}
        return Rows(mapped(folder, "ids"), numbers, lists)
    except (OSError, ValueError):
        raise UserError("store_broken", path=folder.name) from None


def mapped(folder: Path, name: str) -> np.ndarray:
    """One array of a folder, mapped; an empty one is made, because nothing can be mapped of it. ValueError where the
    head is not the one that a file of this size was given: numpy would take a cut length for the whole."""
    with (folder / f"{name}.npy").open("rb") as handle:
        head = handle.read(HEADER)
        kind = _KIND.search(head)
        if kind is None:
            raise ValueError(name)
        dtype = np.dtype(kind[1].decode())
        length, rest = divmod(os.fstat(handle.fileno()).st_size - HEADER, dtype.itemsize)
        if rest or head != npy_head(dtype, length):
            raise ValueError(name)
        if not length:
            return np.zeros(0, dtype)
        held = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)  # a sixth of the time of numpy's own way
        return np.frombuffer(held, dtype, length, HEADER)


def sha256(path: Path, check: Callable[[], None] | None = None) -> str:
    """The hash of a file, block by block; `check` as in `sha256_of`."""
    with path.open("rb") as handle:
        return sha256_of(handle, check)


def sha256_of(handle: object, check: Callable[[], None] | None = None) -> str:
    """The hash of what an open file still holds; `check` is called between blocks and may raise."""
    found = hashlib.sha256()
    for block in blocks(handle):
        found.update(block)
        if check:
            check()
    return found.hexdigest()


def blocks(handle: object) -> Iterator[bytes]:
    """A file in blocks that stay in the processor's cache."""
    while block := handle.read(_HASHED):  # type: ignore[attr-defined]
        yield block

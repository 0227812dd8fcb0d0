"""Which rows of a column of bytes hold other bytes: a literal scan, without an index, so right for every script.

A block that stays in the cache is compared with the two rarest bytes of what is looked for, where they would stand, all
at once; only what is left is looked at closely. numpy lets go of the interpreter meanwhile, so threads share the
work, and whoever waits may end it between pieces. What the bytes mean is not known here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from timeline_app.engine.tweets.ragged import Ragged

_BLOCK = 1 << 20  # bytes compared at a time
_PIECE = 16 << 20  # bytes between two looks at whether it is still wanted
_SAMPLE, _SAMPLES = 1 << 16, 4
_MANY = 128  # where a byte in so many may begin a hit, comparing all of them is cheaper than looking closely
_THREADS = min(4, os.cpu_count() or 1)

Check = Callable[[], None]


@dataclass(frozen=True, slots=True, eq=False)
class Needle:
    """What is looked for; `not_before` bool[256]: bytes that may not stand right behind it in its row, or None."""

    data: bytes
    not_before: np.ndarray | None = None


def rows_with(column: Ragged, needle: Needle, check: Check | None = None) -> np.ndarray:
    """int64[k]: the rows that hold the bytes, ascending; never over a border of rows. Every row holds no bytes."""
    rows = len(column.offsets) - 1
    if not needle.data:
        return np.arange(rows)
    wanted = np.frombuffer(needle.data, np.uint8)
    order = _rarest_first(column.values, wanted)
    found = []
    with ThreadPoolExecutor(_THREADS) as pool:
        pieces = [pool.submit(_in_piece, column, needle, order, piece) for piece in _cut(column, 0, rows, _PIECE)]
        try:
            for piece in pieces:
                found.append(piece.result())
                if check:
                    check()
        finally:
            pool.shutdown(cancel_futures=True)
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _rarest_first(values: np.ndarray, wanted: np.ndarray) -> list[int]:
    """The places of the wanted bytes, those first that a sample of the column has least often."""
    starts = np.linspace(0, max(len(values) - _SAMPLE, 0), _SAMPLES).astype(np.int64).tolist()
    seen = np.concatenate([values[start : start + _SAMPLE] for start in starts])
    return np.argsort(np.bincount(seen, minlength=256)[wanted], kind="stable").tolist()


def _cut(column: Ragged, start: int, end: int, size: int) -> Iterator[tuple[int, int]]:
    """Rows start..end in parts of about so many bytes, of a row at least."""
    while start < end:
        after = int(np.searchsorted(column.offsets, int(column.offsets[start]) + size, "right")) - 1
        after = min(max(after, start + 1), end)
        yield start, after
        start = after


def _in_piece(column: Ragged, needle: Needle, order: list[int], piece: tuple[int, int]) -> np.ndarray:
    found = [_in_block(column.part(start, end), needle, order) + start for start, end in _cut(column, *piece, _BLOCK)]
    return np.concatenate(found)


def _in_block(block: Ragged, needle: Needle, order: list[int]) -> np.ndarray:
    """The rows of a block, from 0, that hold the bytes."""
    values, wanted = block.values, np.frombuffer(needle.data, np.uint8)
    places = len(values) - len(wanted) + 1
    if places <= 0:
        return np.zeros(0, np.int64)
    begins = values[order[0] : order[0] + places] == wanted[order[0]]
    for at in order[1:2]:
        begins &= values[at : at + places] == wanted[at]
    if needle.not_before is None and np.count_nonzero(begins) > places // _MANY:
        return _rows_of_many(block, begins, wanted, order[2:])
    hits = np.flatnonzero(begins)
    for at in order[2:]:
        hits = hits[values[hits + at] == wanted[at]]
    return _rows_of_few(block, hits, needle)


def _rows_of_few(block: Ragged, hits: np.ndarray, needle: Needle) -> np.ndarray:
    rows = np.searchsorted(block.offsets, hits, "right") - 1
    behind, ends = hits + len(needle.data), block.offsets[rows + 1]
    fits = behind <= ends
    if needle.not_before is not None:
        last = len(block.values) - 1
        fits &= (behind == ends) | ~needle.not_before[block.values[np.minimum(behind, last)]]
    rows = rows[fits]
    return rows[np.append(True, rows[1:] != rows[:-1])[: len(rows)]]


def _rows_of_many(block: Ragged, begins: np.ndarray, wanted: np.ndarray, rest: list[int]) -> np.ndarray:
    for at in rest:
        begins &= block.values[at : at + len(begins)] == wanted[at]
    begins = np.append(begins, np.zeros(len(wanted) - 1, np.bool_))
    ends = block.offsets[1:-1]
    for before in range(1, len(wanted)):  # a hit that begins so far before a border lies across it
        begins[np.maximum(ends - before, 0)[ends >= before]] = False
    filled = np.flatnonzero(np.diff(block.offsets))
    return filled[np.logical_or.reduceat(begins, block.offsets[filled])]

"""Rows of different lengths as two arrays, and how rows are picked from them. What the values mean is not here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_STRETCH = 8  # rows that follow each other, on average, from which on they are copied together
_AT_ONCE = 32_000  # values gathered at a time: their places take eight bytes each and stay in the cache


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row i is `values[offsets[i]:offsets[i + 1]]`; offsets int64[n + 1]."""

    offsets: np.ndarray
    values: np.ndarray

    @property
    def lengths(self) -> np.ndarray:
        """int64[n]."""
        return np.diff(self.offsets)

    def part(self, start: int, end: int) -> Ragged:
        """Rows start..end, their offsets from 0."""
        first, last = int(self.offsets[start]), int(self.offsets[end])
        return Ragged(np.asarray(self.offsets[start : end + 1]) - first, np.asarray(self.values[first:last]))

    def take(self, rows: np.ndarray) -> Ragged:
        """The rows of these numbers, in this order."""
        lengths = self.lengths[rows]
        offsets = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        breaks = np.flatnonzero(np.diff(rows) != 1) + 1
        if len(breaks) * _STRETCH < len(rows):
            return Ragged(offsets, self._stretches(rows, breaks))
        shift = self.offsets[rows] - offsets[:-1]
        values = np.empty(int(offsets[-1]), self.values.dtype)
        start = 0
        while start < len(rows):
            end = max(start + 1, int(np.searchsorted(offsets, offsets[start] + _AT_ONCE, "right")) - 1)
            first, last = int(offsets[start]), int(offsets[end])
            places = np.arange(first, last)
            places += np.repeat(shift[start:end], lengths[start:end])
            np.take(self.values, places, out=values[first:last], mode="clip")  # "raise" would fill a copy first
            start = end
        return Ragged(offsets, values)

    def _stretches(self, rows: np.ndarray, breaks: np.ndarray) -> np.ndarray:
        """The values of rows most of which follow each other, as they do when runs are merged one behind the other."""
        first, last = rows[np.append(0, breaks)], rows[np.append(breaks - 1, -1)]
        return np.concatenate([self.values[start:end] for start, end in
                               zip(self.offsets[first].tolist(), self.offsets[last + 1].tolist(), strict=True)])


def joined(parts: Sequence[Ragged]) -> Ragged:
    """All rows of all parts, one part after the other."""
    lengths = np.concatenate([part.lengths for part in parts])
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return Ragged(offsets, np.concatenate([part.values for part in parts]))


def of_pairs(rows: np.ndarray, values: np.ndarray, count: int) -> Ragged:
    """Rows 0..count from pairs (row, value): each value once a row, ascending. Values are codes from 0."""
    keys = np.sort(rows.astype(np.int64) << 32 | values.astype(np.int64))
    keys = keys[np.diff(keys, prepend=-1) != 0]
    offsets = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(keys >> 32, minlength=count), out=offsets[1:])
    return Ragged(offsets, (keys & 0xFFFFFFFF).astype(np.int32))


def empty(rows: int, dtype: type) -> Ragged:
    """Rows without values."""
    return Ragged(np.zeros(rows + 1, np.int64), np.zeros(0, dtype))

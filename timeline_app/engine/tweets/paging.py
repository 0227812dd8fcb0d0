"""Pages of mapped arrays asked for before they are needed: from a disk each takes milliseconds, together they come
together. Where a system cannot, nothing happens."""

from __future__ import annotations

import mmap

import numpy as np

MOST = 2_000_000  # bytes: more is read as it is needed, for most of it may not be


def ask_for(array: np.ndarray, start: int, end: int) -> None:
    """Let the system fetch items start..end of a mapped array, if they are few, while something else is done."""
    base, size = array, array.itemsize
    while isinstance(base, np.ndarray):
        base = base.base
    if not isinstance(base, mmap.mmap) or not hasattr(base, "madvise") or not 0 < (end - start) * size <= MOST:
        return
    first = array.ctypes.data - np.frombuffer(base, np.uint8).ctypes.data + start * size
    page = first // mmap.PAGESIZE * mmap.PAGESIZE
    base.madvise(mmap.MADV_WILLNEED, page, min(first + (end - start) * size, len(base)) - page)

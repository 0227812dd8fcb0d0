"""Where each tweet stands: during building a part and a line of it, in a store a source and a line of its file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from timeline_app.engine.tweets.run import ShardInfo

_AT_ONCE = 4_000_000
_MOST_LINE = 2**32 - 1


def settle(folder: Path, parts: Sequence[ShardInfo]) -> None:
    """Turn the columns `file` and `line` of a merged run into those of a store, in place and in bounded memory. A
    column that is zero throughout goes."""
    path = folder / "file.npy"
    if not path.exists():  # there is one part only, and it is the beginning of the first source
        return
    sources, before = _places(parts)
    file, line = np.load(path, mmap_mode="r+"), np.load(folder / "line.npy", mmap_mode="r+")
    several = False
    for start in range(0, len(file), _AT_ONCE):
        block = slice(start, start + _AT_ONCE)
        part, known = file[block], line[block] > 0
        lines = np.where(known, line[block] + before[part], 0)
        line[block] = np.where(lines <= _MOST_LINE, lines, 0)
        file[block] = np.where(known, sources[part], 0)
        several |= bool(file[block].any())
    del file, line
    if not several:
        path.unlink()


def _places(parts: Sequence[ShardInfo]) -> tuple[np.ndarray, np.ndarray]:
    """int64[p] the source of each part, and int64[p] the lines of that source before it."""
    count = max(one.number for one in parts) + 1
    sources, before = np.zeros(count, np.int64), np.zeros(count, np.int64)
    seen: dict[int, int] = {}
    for one in sorted(parts, key=lambda one: one.number):
        sources[one.number] = one.source
        before[one.number] = seen.get(one.source, 0)
        seen[one.source] = seen.get(one.source, 0) + one.lines
    return sources, before

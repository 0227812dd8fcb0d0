"""Tweets whose authors withdrew them: a list of IDs beside a collection or what it was opened from, or in its dataset
folder, that is honoured whenever tweets are read or searched.

Every decimal number in the list counts, in whatever form the list is: one ID too many hides nothing that is there. A
line without any that is long enough for an ID is told, because it may have meant one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from os import stat_result
from pathlib import Path
from weakref import WeakKeyDictionary

import numpy as np

from timeline_app.base.safe_io import read_regular
from timeline_app.domain.snowflake import LAST_ID
from timeline_app.engine.tweets.store import Store

NAME = "withdrawn-ids.txt"
_MOST_BYTES = 256_000_000
_Seen = tuple[tuple[Path, int, int], ...]
_known: WeakKeyDictionary[Store, tuple[_Seen, np.ndarray]] = WeakKeyDictionary()
_NUMBER = re.compile(rb"(?<![0-9])[0-9]{1,19}(?![0-9])")
_LONG = re.compile(rb"(?<![0-9.])[0-9]{9,19}(?![0-9])")
_places: WeakKeyDictionary[Store, tuple[Path, ...]] = WeakKeyDictionary()


def look_beside(store: Store, paths: Iterable[Path]) -> None:
    """Lists beside the files that a store in the cache was opened from count as well, and those in their folders."""
    _places[store] = tuple(dict.fromkeys((path if path.is_dir() else path.parent) / NAME for path in paths))


def lists(store: Store) -> tuple[Path, ...]:
    """The lists that are there."""
    home = store.folder.parent
    wanted = (home / NAME, home.parent / NAME, home.parent.parent / NAME, *_places.get(store, ()))
    return tuple(path for path in wanted if _stat(path))


def unread(store: Store) -> tuple[tuple[Path, int], ...]:
    """Each list with lines that hold no ID, beside a heading, and how many they are."""
    found = []
    for path in lists(store):
        lines = [line for line in read_regular(path, _MOST_BYTES, follow=True).splitlines() if line.strip()]
        odd = sum(not _LONG.search(line) for line in lines[1:])
        odd += bool(lines) and not _LONG.search(lines[0]) and any(byte in b"0123456789" for byte in lines[0])
        found += [(path, odd)] if odd else []
    return tuple(found)


def rows(store: Store) -> np.ndarray:
    """int64[k]: the rows of withdrawn tweets, ascending. A list that changed is read again."""
    seen = tuple((path, found.st_mtime_ns, found.st_size) for path in lists(store) if (found := _stat(path)))
    if _known.get(store, (None,))[0] != seen:
        _known[store] = (seen, _rows(store, seen))
    return _known[store][1]


def among(store: Store, wanted: np.ndarray) -> np.ndarray:
    """bool[k]: which of the rows, in whatever order, are withdrawn."""
    return np.isin(wanted, rows(store))


def _rows(store: Store, seen: _Seen) -> np.ndarray:
    found = [_ids(path) for path, *_ in seen]
    wanted = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    at = np.searchsorted(store.rows.ids, wanted)
    inside = at < len(store)
    return at[inside][np.asarray(store.rows.ids[at[inside]]) == wanted[inside]]


def _ids(path: Path) -> np.ndarray:
    numbers = map(int, _NUMBER.findall(read_regular(path, _MOST_BYTES, follow=True)))
    return np.array([one for one in numbers if one <= LAST_ID], np.int64)


def _stat(path: Path) -> stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None

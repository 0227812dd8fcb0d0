"""The stores of tweet files that were opened and not imported, in the user's cache. Deleting it loses nothing.

A store is found by the files it was made of: where they are, their size and when they were changed. Building is in
`collection`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from timeline_app.base.problems import UserError
from timeline_app.base.safe_io import write_atomic
from timeline_app.engine.tweets import lock
from timeline_app.engine.tweets.building import WORK
from timeline_app.engine.tweets.finding import files

_NOTE = "opened.json"


class _Note(msgspec.Struct, frozen=True):
    paths: tuple[str, ...]
    tweets: int


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """One collection of the cache: the folder it lies in, the paths of what was opened, bytes on disk, tweets, and when
    it was used last (seconds since 1970). One that is not finished has no paths."""

    folder: Path
    paths: tuple[str, ...]
    bytes: int
    tweets: int
    used: float

    @property
    def path(self) -> str:
        """All paths."""
        return ", ".join(self.paths)

    @property
    def name(self) -> str:
        """The names of what was opened."""
        return ", ".join(Path(one).name for one in self.paths)


def cache_folder() -> Path:
    """Where collections are kept that were opened and not imported."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "timeline-explorer" / "tweets"


def place_of(*paths: Path) -> Path:
    """The folder of the cache for what is at the paths now; another one when a file has changed."""
    found = hashlib.sha256()
    for file in (file for path in paths for file in files(path)):
        one = file.stat()
        found.update(f"{file.resolve()}\0{one.st_dev}\0{one.st_ino}\0{one.st_size}\0{one.st_mtime_ns}\n".encode())
    return cache_folder() / found.hexdigest()[:32]


def note(folder: Path, paths: Sequence[Path], tweets: int) -> None:
    """Write down what a new store was made of; older ones of the same paths go."""
    found = tuple(str(path.resolve()) for path in paths)
    clear(one for one in cached() if one.paths == found and one.folder != folder)
    write_atomic(folder / _NOTE, msgspec.json.encode(_Note(found, tweets)) + b"\n")


def use(folder: Path) -> None:
    """A store of the cache is opened now."""
    with suppress(OSError):
        os.utime(folder / _NOTE)


def cached() -> tuple[CacheEntry, ...]:
    """All collections of the cache, the one used last first."""
    home = cache_folder()
    found = [_entry(folder) for folder in home.iterdir() if folder.is_dir()] if home.is_dir() else []
    return tuple(sorted(found, key=lambda one: (-one.used, one.name)))


def _entry(folder: Path) -> CacheEntry:
    size = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    try:
        said = msgspec.json.decode((folder / _NOTE).read_bytes(), type=_Note)
        used = (folder / _NOTE).stat().st_mtime
    except (OSError, msgspec.MsgspecError):
        return CacheEntry(folder, (), size, 0, folder.stat().st_mtime)
    return CacheEntry(folder, said.paths, size, said.tweets, used)


def clear(entries: Iterable[CacheEntry]) -> tuple[CacheEntry, ...]:
    """Remove collections of the cache; those that were removed. One that is being built stays."""
    removed = []
    for one in entries:
        try:
            for work in one.folder.glob(f"*/*/{WORK}"):
                with lock.held(work):
                    pass
        except UserError:
            continue
        shutil.rmtree(one.folder)
        removed.append(one)
    return tuple(removed)

"""A folder or a zip as one thing: names and bytes, nothing extracted, nothing outside reachable.

Names are relative, with "/". What the files mean is not known here.
"""
from __future__ import annotations

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from timeline_app.base.problems import Problem, UserError
from timeline_app.base.safe_io import open_regular, read_limited, read_regular

FILE_LIMIT = 512_000_000
ENTRY_LIMIT = 10_000
EXPANSION_LIMIT = 2_000_000_000
EXPANSION_RATIO = 100
SMALL = 16_000_000
_NAME = re.compile(r"[A-Za-z0-9._/-]{1,400}")
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError)


class Bundle(Protocol):
    """What a folder and a zip have in common. Both raise UserError only."""

    title: str

    def names(self) -> tuple[str, ...]:
        """All files, sorted."""

    def has(self, name: str) -> bool:
        """Whether that file is there."""

    def read(self, name: str, limit: int = FILE_LIMIT) -> bytes:
        """The bytes of a file."""


def is_safe_name(name: str) -> bool:
    """Whether a name from data can only mean a file inside the bundle, on every system."""
    parts = name.split("/")
    inside = bool(_NAME.fullmatch(name)) and not any(part in ("", ".", "..") for part in parts)
    return inside and not any(_DEVICE.fullmatch(part) for part in parts)


class Folder:
    """The files below one folder. Links are neither listed nor followed."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.title = root.name

    def names(self) -> tuple[str, ...]:
        """All files, sorted, without hidden ones; too many is a UserError."""
        found: list[str] = []
        for folder, below, files in os.walk(self.root):
            below[:] = [name for name in below if not name.startswith(".")]
            place = Path(folder).relative_to(self.root)
            found += [(place / name).as_posix() for name in files if not name.startswith(".")]
            if len(found) > ENTRY_LIMIT:
                raise UserError("too_many_files", path=self.root, limit=f"{ENTRY_LIMIT:,}")
        return tuple(sorted(name for name in found if not (self.root / name).is_symlink()))

    def has(self, name: str) -> bool:
        """Whether that file is there and inside."""
        path = self._inside(name)
        return path is not None and path.is_file() and not path.is_symlink()

    def read(self, name: str, limit: int = FILE_LIMIT) -> bytes:
        """The bytes of a file below the folder."""
        path = self._inside(name)
        if path is None:
            raise UserError("outside", path=name)
        return read_regular(path, limit)

    def _inside(self, name: str) -> Path | None:
        parts = Path(name).parts
        # An anchor (a drive, //host) may be another machine: it is refused before anything is looked up.
        if not parts or Path(name).anchor or ".." in parts or "\0" in name:
            return None
        path = self.root / name
        return path if Path(os.path.realpath(path.parent)).is_relative_to(self.root) else None


class Zip:
    """The files of an archive that passed every check; a single top folder is left out of the names."""

    def __init__(self, archive: zipfile.ZipFile, path: Path, size: int) -> None:
        self.title = path.stem
        self._archive = archive
        self._path = path
        self._entries = self._checked(size)

    def _checked(self, size: int) -> dict[str, zipfile.ZipInfo]:
        infos = [info for info in self._archive.infolist() if not _is_litter(info.filename)]
        if len(infos) > ENTRY_LIMIT:
            raise UserError("too_many_files", path=self._path, limit=f"{ENTRY_LIMIT:,}")
        total = sum(info.file_size for info in infos)
        if total > EXPANSION_LIMIT or total > max(SMALL, EXPANSION_RATIO * size):
            raise UserError("zip_expands", path=self._path)
        seen: set[str] = set()
        for info in infos:
            self._check(info, seen)
        entries = {info.filename: info for info in infos if not info.is_dir()}
        top = _common_folder(entries)
        return {name[len(top):]: info for name, info in sorted(entries.items())}

    def _check(self, info: zipfile.ZipInfo, seen: set[str]) -> None:
        name = info.filename.removesuffix("/") if info.is_dir() else info.filename
        if not is_safe_name(name) or info.orig_filename != info.filename:
            raise UserError("zip_name", path=self._path, name=repr(info.orig_filename)[:200])
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise UserError("zip_link", path=self._path, name=name)
        if name.casefold() in seen:
            raise UserError("zip_twice", path=self._path, name=name)
        if info.flag_bits & 1:
            raise UserError("zip_locked", path=self._path)
        seen.add(name.casefold())

    def names(self) -> tuple[str, ...]:
        """All files, sorted."""
        return tuple(self._entries)

    def has(self, name: str) -> bool:
        """Whether that file is there."""
        return name in self._entries

    def read(self, name: str, limit: int = FILE_LIMIT) -> bytes:
        """The bytes of a file, checked against the archive's sum."""
        info = self._entries.get(name)
        if info is None:
            raise UserError("not_found", path=name)
        try:
            with self._archive.open(info) as handle:
                return read_limited(handle, limit, name)
        except _BROKEN:
            raise UserError("zip_broken", path=self._path) from None


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """The folder or zip at a path, for as long as it is read."""
    if path.is_dir():
        yield Folder(path)
        return
    with open_regular(path, follow=True) as handle:
        try:
            archive = zipfile.ZipFile(handle)
        except _BROKEN:
            raise UserError("zip_broken", path=path) from None
        with archive:
            yield Zip(archive, path, os.fstat(handle.fileno()).st_size)


def read_part(bundle: Bundle, name: str, problems: list[Problem], limit: int = FILE_LIMIT) -> bytes | None:
    """The bytes of one file, or None with the reason added to `problems`, so that the others still load."""
    try:
        return bundle.read(name, limit)
    except UserError as error:
        problems.append(Problem("error", f"file_{error.code}", name, args=tuple(error.arguments.items())))
        return None


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db")


def _common_folder(names: dict[str, zipfile.ZipInfo]) -> str:
    tops = {name.split("/", 1)[0] if "/" in name else "" for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and "" not in tops else ""

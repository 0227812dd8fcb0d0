"""Archives of tweet files: which members there are, and one of them as a stream. Nothing is ever unpacked to a disk.

A member is read only as far as the archive said beforehand, so what is checked here holds while it is read. What a
member means is not known here.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from timeline_app.base.bundle import EXPANSION_RATIO, SMALL
from timeline_app.base.problems import UserError
from timeline_app.base.safe_io import open_regular

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
MOST_MEMBERS = 100_000  # a personal archive has one for each picture
BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError)
_LITTER = ("__MACOSX/", ".")


def is_zip(begin: bytes) -> bool:
    """Whether a file that begins so is an archive."""
    return begin[:4] in ZIP


def members(path: Path) -> dict[str, int]:
    """The files in an archive by name, with their unpacked sizes, sorted; UserError where the archive is hostile."""
    with _archive(path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and not _is_litter(info.filename)]
    if len(infos) > MOST_MEMBERS:
        raise UserError("too_many_files", path=path, limit=f"{MOST_MEMBERS:,}")
    seen: set[str] = set()
    for info in infos:
        _check(info, path, seen)
    return {info.filename: info.file_size for info in sorted(infos, key=lambda one: one.filename)}


def check_sizes(path: Path, names: set[str]) -> None:
    """UserError if one of the members that are to be read grows beyond what honest files do."""
    with _archive(path) as archive:
        for info in archive.infolist():
            if info.filename in names and info.file_size > max(SMALL, EXPANSION_RATIO * info.compress_size):
                raise UserError("zip_expands", path=path)


@contextmanager
def opened_member(path: Path, name: str) -> Iterator[BinaryIO]:
    """One member as a stream of unpacked bytes, checked against the archive's sum at its end."""
    with _archive(path) as archive:
        try:
            inner = archive.open(name)
        except (KeyError, *BROKEN):
            raise UserError("zip_broken", path=path) from None
        with inner:
            yield inner  # type: ignore[misc]


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    with open_regular(path, follow=True) as handle:
        try:
            archive = zipfile.ZipFile(handle)
        except BROKEN:
            raise UserError("zip_broken", path=path) from None
        with archive:
            yield archive


def _check(info: zipfile.ZipInfo, path: Path, seen: set[str]) -> None:
    """A name is only ever shown; still, one that points out of the archive is nobody's honest file."""
    name = info.filename
    parts = name.split("/")
    if info.orig_filename != name or "\\" in name or ":" in parts[0] or not name.isprintable() or ".." in parts or (
            "" in parts):
        raise UserError("zip_name", path=path, name=repr(info.orig_filename)[:200])
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        raise UserError("zip_link", path=path, name=name)
    if name.casefold() in seen:
        raise UserError("zip_twice", path=path, name=name)
    if info.flag_bits & 1:
        raise UserError("zip_locked", path=path)
    seen.add(name.casefold())


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER[0]) or name.rsplit("/", 1)[-1].startswith(_LITTER[1])

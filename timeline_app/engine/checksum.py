"""The hash beside a file, as sha256sum writes it: whoever copies both can tell whether all bytes came.

It tells of damage, not of who made the file: nothing here is signed.
"""
from __future__ import annotations

import re
from pathlib import Path

from timeline_app.base.problems import UserError
from timeline_app.base.safe_io import read_regular, write_atomic

LIMIT = 4_096
_LINE = re.compile(r"\\?([0-9a-fA-F]{64})(?: [ *].*)?")


def beside(path: Path) -> Path:
    """Where the hash of a file stands."""
    return path.with_name(f"{path.name}.sha256")


def write(path: Path, digest: str) -> Path:
    """Write the hash of a file beside it, and return where."""
    write_atomic(beside(path), f"{digest}  {path.name}\n".encode())
    return beside(path)


def read(path: Path) -> str:
    """The hash that stands beside a file, in small letters. Its name there is not compared: both may have been renamed.
    UserError where there is none, or anything else than the one line of sha256sum."""
    place = beside(path)
    try:
        data = read_regular(place, LIMIT)
    except UserError as error:
        if error.code == "not_found":
            raise UserError("no_checksum", name=place.name) from None
        raise
    found = _LINE.fullmatch(data.decode("utf-8", "replace").lstrip("\ufeff").rstrip())
    if found is None:
        raise UserError("bad_checksum", name=place.name)
    return found[1].lower()

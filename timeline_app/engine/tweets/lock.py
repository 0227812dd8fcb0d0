"""One import at a time into one place: a lock of the system, which ends with its process however that ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from timeline_app.base import append_only
from timeline_app.base.problems import UserError

NAME = "lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """The lock in a folder, which is made if it is missing; UserError while another process holds it. It stays where
    the folder stays: without its process it locks nothing."""
    handle = _taken(folder)
    try:
        yield
    finally:
        path = folder / NAME
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(handle)
            handle = -1
        with suppress(OSError):
            path.unlink()
            folder.rmdir()
        if handle >= 0:
            os.close(handle)


def _taken(folder: Path) -> int:
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        except FileNotFoundError:  # another import has just ended and removed the folder
            continue
        if not append_only.try_lock(handle):
            os.close(handle)
            raise UserError("import_is_running", path=folder.parent)
        with suppress(OSError):
            if os.path.samestat(os.fstat(handle), os.stat(folder / NAME)):
                return handle
        os.close(handle)

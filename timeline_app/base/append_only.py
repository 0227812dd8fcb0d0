"""A file that only grows: bytes are added at its end under a lock of the system, and are on the disk when the call
returns. What the bytes mean is not known here.
"""
from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from timeline_app.base import safe_io
from timeline_app.base.problems import UserError

PATIENCE_S = 5.0
_PAUSE_S = 0.02
_LOCKED_BYTE = 1 << 40  # Windows keeps others from what is locked: a byte that no file reaches
_OWN_ONLY = 0o600


def append(path: Path, limit: int, more: Callable[[bytes], bytes]) -> bytes:
    """Add to a file what `more` makes of all that is in it, and return all that is in it then.

    A file that is not there is made, for its owner alone. What cannot be added as a whole is taken back, and the
    OSError raised. UserError: no regular file, longer than `limit` bytes, or locked by another for seconds.
    """
    safe_io.must_be_regular(path)
    is_new = not path.exists()
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | safe_io.CAREFUL | safe_io.NO_LINK
    handle = os.open(path, flags, _OWN_ONLY)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UserError("not_a_regular_file", path=path)
        with lock(handle, path):
            there = _all(handle, limit, path)
            added = more(there)
            if len(there) + len(added) > limit:
                raise UserError("too_large", path=path, limit=f"{limit / safe_io.MEGABYTE:,.0f}")
            _add(handle, len(there), added)
    finally:
        os.close(handle)
    if is_new:
        safe_io.sync_folder(path.parent)
    return there + added


def try_lock(handle: int) -> bool:
    """Take the system's lock on an open file, which ends when the file is closed; False where another has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def lock(handle: int, path: Path) -> Iterator[None]:
    """Hold the lock, waiting for a while; another holds it for as long as a disk takes."""
    end = time.monotonic() + PATIENCE_S
    while not try_lock(handle):
        if time.monotonic() > end:
            raise UserError("file_is_locked", path=path)
        time.sleep(_PAUSE_S)
    yield


def _all(handle: int, limit: int, path: Path) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    with os.fdopen(os.dup(handle), "rb") as file:
        return safe_io.read_limited(file, limit, str(path))


def _add(handle: int, size: int, added: bytes) -> None:
    rest = memoryview(added)
    try:
        while rest:
            rest = rest[os.write(handle, rest):]
        if added:
            os.fsync(handle)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(handle, size)
        raise

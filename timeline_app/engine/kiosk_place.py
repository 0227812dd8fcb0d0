"""Where a kiosk keeps what outlives it, and that only one kiosk has it. What cannot be written is no place: the kiosk
then runs from memory.

What the disk says is asked once, at the start; whoever writes later must bear that it has filled up since.
"""
from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from timeline_app.base import append_only, safe_io
from timeline_app.base.problems import UserError
from timeline_app.supervise import MEMORY, folder_of_state

LOCK = "kiosk.lock"
PROBE_BYTES = 4096  # a full disk still makes empty files
_HALF_WRITTEN = re.compile(r"\.[\w.-]+\.[0-9a-f]{12}")  # as safe_io.write_atomic calls them


class Hold:
    """A place held until `release`, the end of its `with`, or the end of the process, however that comes."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    def release(self) -> None:
        """Let others have the place; a second call does nothing."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def __enter__(self) -> Hold:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def place_of(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder of state, made where it was missing, the same as the supervisor's; None for memory mode: it cannot be
    written, there is no home, or the supervisor found so."""
    place = None if environment.get(MEMORY) == "1" else folder_of_state(environment)
    return place if place is not None and _takes_writing(place) else None


def hold(place: Path | None) -> Hold:
    """Hold a place against other kiosks, and clear what a power cut left there half written. UserError where another
    process holds it. The number in the file is for people: a stale one locks nobody out."""
    if place is None:
        return Hold(None)
    try:
        flags = os.O_CREAT | os.O_RDWR | safe_io.CAREFUL | safe_io.NO_LINK
        handle = os.open(place / LOCK, flags, 0o600)
    except (OSError, ValueError):
        return Hold(None)  # the disk has filled up since: a kiosk that shows something is better than none
    if not append_only.try_lock(handle):
        os.close(handle)
        raise UserError("kiosk_is_running", path=place)
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.write(handle, b"%d\n" % os.getpid())
    with contextlib.suppress(OSError):
        _clear(place)
    return Hold(handle)


def _takes_writing(place: Path) -> bool:
    probe = place / f".probe.{secrets.token_hex(6)}"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY | safe_io.CAREFUL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(bytes(PROBE_BYTES))
            out.flush()
            os.fsync(out.fileno())
    except (OSError, ValueError):
        return False
    finally:
        with contextlib.suppress(OSError, ValueError):
            os.unlink(probe)
    return True


def _clear(place: Path) -> None:
    for path in place.iterdir():
        if _HALF_WRITTEN.fullmatch(path.name):
            with contextlib.suppress(OSError):
                path.unlink()

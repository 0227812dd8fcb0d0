"""The log of a machine that runs for years: two files, the older one goes when the newer one is full. A disk that takes
nothing stops nobody; what it did not take is counted, and said once it takes lines again.

Every line opens the file anew, so that a folder that vanished or a disk that had filled up needs no mending. What
could tell of a person is cut out as it is from the records of crashes.
"""
from __future__ import annotations

import errno
import logging
import os
import stat
from pathlib import Path

from timeline_app.base import safe_io
from timeline_app.base.log import line_format
from timeline_app.last_words import impersonal_lines

MOST_BYTES = 5_000_000
LONGEST = 50_000  # bytes of one record; a traceback that never ends must not fill a file


class RingLog(logging.Handler):
    """Writes records into the file `NAME.log` and keeps what was before it as `NAME.1.log`, each at most `most_bytes`
    long. `lost` counts the records that could not be written since the last one that was."""

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES) -> None:
        super().__init__()
        self._newer, self._older = path, path.with_name(f"{path.stem}.1{path.suffix}")
        self._most = most_bytes
        self.lost = 0
        self.setFormatter(line_format())

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; nothing that goes wrong in it, in the disk or in the record, reaches who logs."""
        try:
            said = f"lost={self.lost}\n" if self.lost else ""
            self._add((said + "\n".join(impersonal_lines(self.format(record).split("\n")))).encode("utf-8", "replace"))
        except Exception:
            self.lost += 1
        else:
            self.lost = 0

    def _add(self, data: bytes) -> None:
        line = data[:min(LONGEST, self._most - 2)] + b"\n"
        handle = self._opened()
        try:
            size = os.lseek(handle, 0, os.SEEK_END)
            if size + len(line) + 1 > self._most:
                os.close(handle)
                handle = -1
                os.replace(self._newer, self._older)
                handle, size = self._opened(), 0
            _write(handle, line if _is_whole(handle, size) else b"\n" + line)
        finally:
            if handle >= 0:
                os.close(handle)

    def _opened(self) -> int:
        self._newer.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | safe_io.CAREFUL | safe_io.NO_LINK
        handle = os.open(self._newer, flags, 0o600)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        return handle


def _is_whole(handle: int, size: int) -> bool:
    """Whether the last line has its end: after a power cut or a full disk it may not."""
    if not size:
        return True
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) == b"\n"


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest):]

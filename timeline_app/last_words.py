"""What is kept of a crash, for `supervise`: the last lines of a process, nothing of a person, in a bounded folder.

Standard library only, like `supervise`, and it stands below it.
"""
from __future__ import annotations

import contextlib
import os
import re
from collections import deque
from pathlib import Path

_TRACE = re.compile(
    r"Fatal Python error|Current thread 0x|Thread 0x|Traceback \(most|During handling of|The above exc|Extension mod")
_LOGGED = re.compile(r"\d{4}-\d\d-\d\d ")
_RAISED = re.compile(r"^([A-Za-z_][\w.]*): .*$")
_FOLDERS = re.compile(r'(?<=")/[^"]*|(?<![\w.])/[^\s"\',;:]*/[^\s"\',;:]*')
_HANDLE = re.compile(r"@\w+")


class Tail:
    """The last lines of what a child says: some of its log, and the trace that follows it; both bounded."""

    def __init__(self, most_log: int = 200, most_trace: int = 600, most_width: int = 400) -> None:
        self._log: deque[bytes] = deque(maxlen=most_log)
        self._trace: list[bytes] = []
        self._most_trace, self._width, self._rest = most_trace, most_width, b""

    def add(self, data: bytes) -> None:
        """Take bytes as they come, in any pieces."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._rest = self._rest[:self._width]
        for line in lines:
            self._take(line[:self._width])

    def lines(self) -> list[str]:
        """All that is kept, without what could tell of a person."""
        kept = [*self._log, *self._trace, *([self._rest] if self._rest else [])]
        return impersonal_lines([line.decode("utf-8", "replace") for line in kept])

    def _take(self, line: bytes) -> None:
        text = line.decode("latin-1")
        if _TRACE.match(text) or (self._trace and (text[:1] in (" ", "") or _RAISED.match(text))):
            if len(self._trace) < self._most_trace:
                self._trace.append(line)
            return
        self._log.extend(self._trace)  # it went on after a trace: that one belongs to the log
        self._trace = []
        self._log.append(line)


def impersonal_lines(lines: list[str]) -> list[str]:
    """The lines without what tells of a person; what an exception says in further lines is left out."""
    kept, before, is_said = [], "", False
    for line in lines:
        is_raised = before.startswith(" ") and _RAISED.match(line)
        is_said = bool(is_raised or (is_said and not _TRACE.match(line) and not _LOGGED.match(line)))
        if is_raised or not is_said:
            kept.append(impersonal(line))
        before = line
    return kept


def impersonal(line: str) -> str:
    """The line without control characters, folders of this machine, handles, and what an exception says of data."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in line)
    plain = _FOLDERS.sub(lambda found: _without_folder(found[0]), plain)
    return _HANDLE.sub("@...", _RAISED.sub(r"\1: ...", plain))


def _without_folder(path: str) -> str:
    own = path.rfind("/timeline_app/")
    return "..." + path[own:] if own >= 0 else ".../" + path.rsplit("/", 1)[-1]


class Records:
    """One file for each crash in a folder, the oldest going first. A disk that takes nothing stops nobody."""

    def __init__(self, folder: Path | None, most: int = 20, most_bytes: int = 50_000_000) -> None:
        self._folder, self._most, self._most_bytes = folder, most, most_bytes
        self.in_memory: deque[str] = deque(maxlen=most)
        self.is_kept = self._try("probe")

    def keep(self, text: str) -> bool:
        """Keep the text of a crash; whether it is on the disk, else it is in memory."""
        self.is_kept = self._try("write", text[:500_000])
        if not self.is_kept:
            self.in_memory.append(text[:500_000])
        return self.is_kept

    def _try(self, what: str, text: str = "") -> bool:
        if self._folder is None:
            return False
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = self._folder / ".crash.part"
            beside.unlink(missing_ok=True)
            handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(text.encode("utf-8", "replace"))
            if what == "probe":
                beside.unlink()
            else:
                numbers = [int(path.stem[6:]) for path in self._files()]
                os.replace(beside, self._folder / f"crash-{max(numbers, default=0) + 1:06}.txt")
            self._make_room()
        except (OSError, ValueError):
            with contextlib.suppress(OSError):
                (self._folder / ".crash.part").unlink(missing_ok=True)
            return False
        return True

    def _files(self) -> list[Path]:
        found = [path for path in self._folder.glob("crash-*.txt") if re.fullmatch(r"crash-\d{6,9}", path.stem)]
        return sorted(found, key=lambda path: int(path.stem[6:]))

    def _make_room(self) -> None:
        files = self._files()
        sizes = [path.lstat().st_size for path in files]
        while files and (len(files) > self._most or sum(sizes) > self._most_bytes):
            files.pop(0).unlink()
            sizes.pop(0)

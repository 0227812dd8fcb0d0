"""The real kiosk as a process, alone or under the real supervisor: what it wrote, whether it shows something, its end.

That something is on screen is what the kiosk's log says after its first picture was painted and shown.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ground import tree

FRAME = "first frame screen="
IN_TIME = 10.0  # seconds from anything that happens to the next picture
KIOSK = ["-m", "timeline_app", "kiosk"]


class Living:
    """A process with a home of its own, its folder of state in `kept`; what it says is heard through a pipe."""

    def __init__(self, home: Path, command: list[str], **environment: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.kept = home / "timeline-explorer" / "kiosk"
        own = {name: str(home) for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
        path = os.pathsep.join([str(tree.ROOT), str(tree.ROOT / "tests" / "offline")])
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=home,
            env={**os.environ, **own, "PYTHONPATH": path, **environment})
        os.set_blocking(self.process.stdout.fileno(), False)
        self._said, self._is_supervised = b"", "timeline_app.supervise" in command

    def said(self) -> str:
        """All that came out of it where a visitor could see it."""
        with contextlib.suppress(BlockingIOError, ValueError):  # nothing new, or all was heard
            while data := os.read(self.process.stdout.fileno(), 65_536):
                self._said += data
        return self._said.decode()

    def log(self) -> list[str]:
        """The lines of the kiosk's log on the disk."""
        path = self.kept / "kiosk.log"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def frames(self) -> int:
        """How often a kiosk has come up, by its log on the disk."""
        return sum(FRAME in line for line in self.log())

    def until(self, is_so: Callable[[], bool], seconds: float = IN_TIME) -> float:
        """How many seconds it took until something was so; it fails where that takes too long or the process ends."""
        began = time.monotonic()
        while not is_so():
            waited = time.monotonic() - began
            assert waited < seconds, f"after {waited:.1f} s: {self.said()}"
            assert not self.has_ended(0.02), self.said()
        return time.monotonic() - began

    def has_ended(self, within: float) -> bool:
        """Whether it ends within so many seconds, which are waited for."""
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kiosk(self) -> int:
        """The process of the kiosk that runs now, also under a supervisor."""
        return int((self.kept / "kiosk.lock").read_text(encoding="utf-8") or 0)

    def end(self) -> tuple[int, float]:
        """Ask it to end as the system does; its status and how long that took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.has_ended(IN_TIME), self.said()
        return self.process.returncode, time.monotonic() - began

    def __enter__(self) -> Living:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM if self._is_supervised else signal.SIGKILL)
            if not self.has_ended(IN_TIME):
                self.process.kill()
        self.process.wait()
        self.said()
        self.process.stdout.close()


def alone(home: Path, path: str = "june-2020", **environment: str) -> Living:
    """A kiosk without a supervisor."""
    return Living(home, [sys.executable, *KIOSK, path], **environment)


def supervised(home: Path, path: str = "june-2020", kiosk: list[str] | None = None) -> Living:
    """A kiosk under the supervisor with the limits of a real one."""
    return Living(home, [sys.executable, "-m", "timeline_app.supervise", "--", sys.executable, *(kiosk or KIOSK), path])

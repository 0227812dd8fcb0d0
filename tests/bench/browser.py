"""Debian's Chromium without a window, asked through a pipe; for benches of peers that are pages. Not here: any page."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from time import monotonic

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing is fetched; root has no sandbox to enter. Frames come sixty times a second, as on a screen: without that limit
# the browser paints frames in which nothing has changed, and takes the time from the page.
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe",
         "--allow-file-access-from-files", "--host-resolver-rules=MAP * ~NOTFOUND",
         "--disable-background-timer-throttling")
LAUNCH = ("import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); "
          "os.execvp(sys.argv[3], sys.argv[3:])")


class TooLate(Exception):
    """No answer within the time that was given."""


class Browser(AbstractContextManager):
    """One page of a size in px. `ask` runs a script in it and waits for what it promises."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        name = next((found for one in NAMES if (found := shutil.which(one))), None)
        if name is None:
            raise SystemExit("No Chromium here; on Debian: apt-get install -y --no-install-recommends chromium")
        theirs_in, self._out = _pipe()
        self._in, theirs_out = _pipe()
        command = [name, *FLAGS, f"--user-data-dir={folder}", "about:blank"]
        started = [sys.executable, "-c", LAUNCH, str(theirs_in), str(theirs_out), *command]
        self._process = subprocess.Popen(started, pass_fds=(theirs_in, theirs_out), stderr=subprocess.DEVNULL,
                                         start_new_session=True)
        os.close(theirs_in)
        os.close(theirs_out)
        self._number, self._buffer, self._session = 0, b"", ""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._call("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1,
                   mobile=False)

    def __exit__(self, *_: object) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._out)
        os.close(self._in)

    @property
    def version(self) -> str:
        return self._call("Browser.getVersion")["product"]

    def visit(self, page: Path) -> None:
        """Open a page and wait until its scripts have run."""
        self._call("Page.navigate", url=page.as_uri())
        self.ask("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))")

    def ask(self, script: str, seconds: float = 60.0) -> object:
        """What a script promises; TooLate where it takes longer, SystemExit with its words where it fails."""
        answer = self._call("Runtime.evaluate", seconds, expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise SystemExit(f"The page failed: {answer['exceptionDetails'].get('exception', {}).get('description')}")
        return answer["result"].get("value")

    def _call(self, method: str, seconds: float = 60.0, **given: object) -> dict:
        self._number += 1
        message = {"id": self._number, "method": method, "params": given}
        if self._session and not method.startswith("Browser."):
            message["sessionId"] = self._session
        _write(self._out, json.dumps(message).encode() + b"\0")
        until = monotonic() + seconds
        while True:
            answer = self._message(until)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise SystemExit(f"Chromium refuses {method}: {answer['error']['message']}")
                return answer["result"]

    def _message(self, until: float) -> dict:
        while b"\0" not in self._buffer:
            if not select.select([self._in], [], [], max(0.0, until - monotonic()))[0]:
                raise TooLate
            read = os.read(self._in, 1 << 20)
            if not read:
                raise SystemExit("Chromium has ended.")
            self._buffer += read
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are not the handles 3 and 4, which Chromium listens and speaks on."""
    ends = os.pipe()
    found = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return found


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data):]

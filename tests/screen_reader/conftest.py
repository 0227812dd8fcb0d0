"""A desktop of its own for tests that hear a window as a screen reader does: a display, a session bus, the app on it
and a reader beside it. What has to be installed for that is named in `tests/conftest.py`.
"""
from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PATIENCE_S = 180.0
Asker = Callable[..., object]


class Spoken:
    """A process that answers each line on its standard input with a line of JSON; one that hangs is ended."""

    def __init__(self, command: list[str], environment: dict[str, str], greets: bool = False) -> None:
        self._process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         text=True, encoding="utf-8")
        self._watch = threading.Timer(PATIENCE_S, self._process.kill)
        self._watch.daemon = True
        self._watch.start()
        self.greeting = self._answer() if greets else None

    def ask(self, line: str) -> object:
        """Say a line and take the answer."""
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> object:
        line = self._process.stdout.readline()
        assert line, f"it ended with {self._process.wait()}"
        return json.loads(line)

    def end(self) -> int:
        """Close its input, and give what it ends with."""
        self._process.stdin.close()
        self._process.stdout.read()
        self._process.stdout.close()
        self._watch.cancel()
        return self._process.wait()


class Heard:
    """One window and who reads it."""

    def __init__(self, desktop: dict[str, str], path: str = "june-2020") -> None:
        places = (os.environ["PYTHONPATH"], str(HERE.parent.parent), str(HERE.parent))
        environment = desktop | {"PYTHONPATH": os.pathsep.join(places)}
        self.app = Spoken([sys.executable, str(HERE / "explored.py"), path], environment, greets=True)
        self.reader = Spoken(["/usr/bin/python3", str(HERE / "reader.py")], desktop)

    def drawn(self, command: str = "look") -> dict:
        """Run a command of the app; what its picture then shows."""
        return self.app.ask(command)

    def walked(self) -> dict:
        """Everything that a reader finds, from the application down."""
        return self.reader.ask(json.dumps(["walk"]))["tree"]

    def timeline(self) -> dict:
        """The list that is the timeline."""
        return next(one for one in every(self.walked()) if one["role"] == "list" and one["name"] == "Timeline")

    def press(self, *names: str) -> None:
        """Press what the last of these names begins, below those before it."""
        assert self.reader.ask(json.dumps(["press", "Timeline", *names]))

    def end(self) -> None:
        """The reader goes, then the app, and neither crashes."""
        assert (self.reader.end(), self.app.end()) == (0, 0)


def every(node: dict) -> Iterator[dict]:
    """A node and all below it."""
    yield node
    for child in node["children"]:
        yield from every(child)


@pytest.fixture(scope="module")
def desktop(tmp_path_factory) -> Iterator[dict[str, str]]:
    """The environment of a display and a session bus that nobody else has."""
    home = tmp_path_factory.mktemp("desktop")
    screen = subprocess.Popen(["Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1400x900x24"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                           env=os.environ | {"XDG_RUNTIME_DIR": str(home)})
    (home / "run").mkdir(mode=0o700)
    yield os.environ | {"DISPLAY": f":{screen.stdout.readline().strip()}", "XDG_RUNTIME_DIR": str(home / "run"),
                        "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(), "QT_QPA_PLATFORM": "xcb",
                        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "HOME": str(home), "LC_ALL": "C.UTF-8"}
    for one in (bus, screen):
        one.terminate()
        one.wait()
        one.stdout.close()


@pytest.fixture
def heard(desktop) -> Iterator[Asker]:
    """Opens a window with a reader beside it."""
    opened: list[Heard] = []

    def opener(path: str = "june-2020") -> Heard:
        opened.append(Heard(desktop, path))
        return opened[-1]

    yield opener
    for one in opened:
        one.end()

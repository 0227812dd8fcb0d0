"""What holds for every test: no network, no file of the user, no warning of any kind, no widget left behind.

Also the surroundings: Qt draws offscreen and sees no font but the bundled ones, here and in child processes.
Not here: fakes (`fakes.py`) and data for single rooms.
"""

from __future__ import annotations

import atexit
import functools
import gc
import itertools
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent
OFFLINE = TESTS / "offline"
sys.path.append(str(OFFLINE))
import armed  # noqa: E402  (importing it arms this process)

HOME = Path(tempfile.mkdtemp(prefix="timeline-tests-"))
PERSONAL = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
XDG = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
numbers = itertools.count()

settings.register_profile("same every time", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("exploring", deadline=None, max_examples=2_000, print_blob=True)


def surround_qt() -> None:
    """Before Qt is loaded: the offscreen platform unless another is asked for, and no system font."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    (HOME / "fonts").mkdir()
    fonts = HOME / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>{HOME / 'fonts'}</dir><cachedir>{HOME / 'fonts'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(fonts)


atexit.register(shutil.rmtree, HOME, ignore_errors=True)
surround_qt()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("exploring" if config.getoption("--long") else "same every time")


@functools.cache
def unheard() -> str:
    """What is missing here for tests that hear a window as a screen reader does; "" where nothing is."""
    programs = [name for name in ("Xvfb", "dbus-daemon") if shutil.which(name) is None]
    service = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
    lacking = programs + ([] if service.exists() else ["at-spi2-core"])
    asked = "import gi; gi.require_version('Atspi', '2.0')"
    if not lacking and subprocess.run(["/usr/bin/python3", "-c", asked], capture_output=True, check=False).returncode:
        lacking = ["python3-gi", "gir1.2-atspi-2.0"]
    return ", ".join(lacking)


def unseen() -> str:
    """What is missing here for tests that open pages in a browser; "" where nothing is."""
    return "" if any(shutil.which(name) for name in BROWSERS) else BROWSERS[0]


def pytest_report_header() -> str:
    """Says at the top what cannot be tried here."""
    lacking = [("a screen reader", unheard()), ("a browser", unseen())]
    left = "; ".join(f"tests with {what}, for want of {missing}" for what, missing in lacking if missing)
    return f"left out: {left}" if left else ""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without --long the long tests are left out by name, as are those of the screen reader where there is none;
    nothing is skipped unseen."""
    marks = [] if config.getoption("--long") else ["long"]
    if any(item.get_closest_marker("screen_reader") for item in items) and unheard():
        marks.append("screen_reader")
    if unseen():
        marks.append("browser")
    left = [item for item in items if any(item.get_closest_marker(mark) for mark in marks)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home nobody has written to: settings, cache and notes of a test stay in it."""
    home = HOME / f"home-{next(numbers)}"
    for name in PERSONAL:
        monkeypatch.setenv(name, str(home))
    for name in XDG:
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("PYTHONPATH", str(OFFLINE), prepend=os.pathsep)
    return home


@pytest.fixture(autouse=True)
def no_network():
    """Fail a test that touched a network, also where the refusal was swallowed."""
    with pytest.raises(armed.NetworkTouched):
        sys.audit("socket.connect", None, "is the hook armed?")
    armed.attempts.clear()
    yield armed.attempts
    touched = list(armed.attempts)
    armed.attempts.clear()
    if touched:
        pytest.fail(f"a network was touched: {touched}")


class Collected(logging.Handler):
    """Keeps what was logged at warning level or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_logged_warning(request: pytest.FixtureRequest):
    """Fail a test during which a warning was logged, unless its marker says that this is the promise."""
    collected = Collected()
    logging.getLogger().addHandler(collected)
    yield collected.lines
    logging.getLogger().removeHandler(collected)
    if collected.lines and not request.node.get_closest_marker("logs_warnings"):
        pytest.fail(f"a warning was logged: {collected.lines}")


def windows() -> dict[int, str]:
    """Every top-level widget alive: address -> description."""
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return {}
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {shiboken6.getCppPointer(w)[0]: repr(w) for w in QApplication.topLevelWidgets()}


@pytest.fixture(autouse=True)
def no_widget_left(request: pytest.FixtureRequest):
    """Fail a test of the rooms with widgets that leaves a top-level widget behind."""
    if request.path.relative_to(TESTS).parts[0] not in ("qt", "journeys"):
        yield
        return
    before = windows()
    yield
    left = windows().keys() - before.keys()
    if left:
        gc.collect()
        after = windows()
        left = {after[address] for address in after.keys() - before.keys()}
    if left:
        pytest.fail(f"widgets were left behind: {sorted(left)}")

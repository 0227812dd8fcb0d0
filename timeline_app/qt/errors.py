"""What happens on a bug: a report in plain text that can be copied, and the window goes on. Expected failures
(`UserError`) are not here; their sentence goes to the status line.

A report names files, lines and types, never the message of an exception or a folder: either may hold data
texts or a person's name.
"""
from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType

from PySide6.QtCore import qVersion

import timeline_app
from timeline_app.base.problems import UserError

REPORT_FRAMES = 40
Shown = Callable[[str], None]
_MARKS = ("timeline_app", "tests", "site-packages", "lib")


def report_text(error: BaseException) -> str:
    """Version, system and traceback of an exception and of what led to it, without messages and folders."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    head = (f"Timeline Explorer {timeline_app.__version__}\n"
            f"Python {platform.python_version()}, Qt {qVersion()}, {system}\n")
    return head + "".join(f"\n{_one(each)}" for each in _chain(error))


def _chain(error: BaseException) -> list[BaseException]:
    """The exception, then what it came from, at most four."""
    found = [error]
    while len(found) < 4:
        before = found[-1].__cause__ or (None if found[-1].__suppress_context__ else found[-1].__context__)
        if before is None or before in found:
            break
        found.append(before)
    return found


def _one(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-REPORT_FRAMES:]
    lines = [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    code = f" ({error.code})" if isinstance(error, UserError) else ""
    return "\n".join([f"{type(error).__name__}{code}", *lines]) + "\n"


def _place(file: str) -> str:
    parts = PurePath(file).parts
    known = next((parts[at:] for mark in _MARKS for at in range(len(parts)) if parts[at] == mark), parts[-1:])
    return "/".join(known)


class Hook:
    """Stands in for `sys.excepthook`: hands the report of each kind of bug to `show` once, counts the rest."""

    def __init__(self, show: Shown) -> None:
        self.show = show
        self.seen: dict[str, int] = {}
        self._showing = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take an exception that nobody caught. Ctrl+C ends the app as ever."""
        if issubclass(kind, KeyboardInterrupt) or self._showing:
            sys.__excepthook__(kind, error, trace)
            return
        text = report_text(error)
        self.seen[text] = self.seen.get(text, 0) + 1
        if self.seen[text] > 1:
            return
        self._showing = True
        try:
            self.show(text)
        except Exception:
            sys.__excepthook__(kind, error, trace)
        finally:
            self._showing = False


def install(show: Shown) -> Callable[[], None]:
    """Take over `sys.excepthook`; the returned function gives it back."""
    before, hook = sys.excepthook, Hook(show)
    sys.excepthook = hook

    def give_back() -> None:
        if sys.excepthook is hook:
            sys.excepthook = before

    return give_back


def report(error: BaseException) -> None:
    """Report a bug that was caught on its way, as if nobody had caught it."""
    sys.excepthook(type(error), error, error.__traceback__)

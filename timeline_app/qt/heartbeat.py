"""The child's side of `supervise`: a byte each half second, as long as the event loop turns, and a trace on demand.

Where no supervisor named a descriptor nothing happens.
"""
from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import sys

from PySide6.QtCore import QObject, QTimer, Signal

from timeline_app.supervise import HEARTBEAT

EACH_MS = 500


class Heartbeat(QObject):
    """Beats from `begin` on; `unheard` says that the supervisor is gone, and that it is time to end."""

    unheard = Signal()

    def __init__(self, parent: QObject | None = None, each_ms: int = EACH_MS) -> None:
        super().__init__(parent)
        self._timer, self._handle = QTimer(self, interval=each_ms), -1
        self._timer.timeout.connect(self._beat)

    def begin(self) -> bool:
        """Beat at once and from now on; whether anybody listens. Processes that this one starts do not beat."""
        named = os.environ.pop(HEARTBEAT, "")
        if not named.isdecimal():
            return False
        try:
            os.set_inheritable(int(named), False)
            os.set_blocking(int(named), False)  # a supervisor that is held must not hold the window
        except OSError:
            return False
        self._handle = int(named)
        arm()
        self._timer.start()
        self._beat()
        return self._handle >= 0

    def _beat(self) -> None:
        try:
            os.write(self._handle, b".")
        except BlockingIOError:
            return
        except OSError:
            self._timer.stop()
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = -1
            self.unheard.emit()


def arm() -> None:
    """Let Python write where each thread stands when it crashes, and when SIGUSR1 asks for it."""
    with contextlib.suppress(AttributeError, OSError, ValueError, RuntimeError):  # no stderr, as on Windows
        faulthandler.enable(sys.stderr)
        faulthandler.register(signal.SIGUSR1, sys.stderr, all_threads=True, chain=False)

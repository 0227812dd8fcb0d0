"""A child for tests of `supervise`: each start writes down what it was told and does the next of the acts it was given.

`python child.py FILE ACT,ACT,...`. It beats with the app's own heartbeat, so that the whole way is tried.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from timeline_app import supervise
from timeline_app.qt.heartbeat import Heartbeat


def freeze_here() -> None:
    time.sleep(60)


def end_supervisor(deaf: bool) -> None:
    if deaf:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.kill(os.getppid(), signal.SIGTERM)


ACTS = {
    "freeze": freeze_here,
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "segv": faulthandler._sigsegv,
    "fail": lambda: sys.stderr.write("line of the log, of @somebody\n") and os._exit(1),
    "again": lambda: os._exit(supervise.AGAIN),
    "done": lambda: os._exit(0),
    "end": lambda: end_supervisor(False),
    "end_deaf": lambda: end_supervisor(True),
    "orphan": lambda: os.kill(os.getppid(), signal.SIGKILL),
}


def main(notes: Path, acts: list[str]) -> int:
    started = notes.read_text(encoding="utf-8").count("\n") if notes.exists() else 0
    app, heartbeat = QCoreApplication([]), Heartbeat(each_ms=50)
    heartbeat.unheard.connect(lambda: notes.with_suffix(".unheard").touch() or os._exit(0))
    assert heartbeat.begin()
    told = [os.environ[name] or "0" for name in (supervise.SAFE, supervise.MEMORY)]
    with notes.open("a", encoding="utf-8") as out:
        out.write(" ".join([f"{time.monotonic():.3f}", *told, str(os.getpid())]) + "\n")
    QTimer.singleShot(20, ACTS[acts[min(started, len(acts) - 1)]])
    return app.exec()


sys.exit(main(Path(sys.argv[1]), sys.argv[2].split(",")))

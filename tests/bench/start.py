"""From the start of the process to the first complete frame of june-2020 in a window: bundled fonts, lanes, pane.

The child says when its first exact frame is flushed; warm means that one start has gone before.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Iterable
from time import perf_counter_ns

import harness

SCREEN = True
RUNS = 9
CHILD = """
import sys
from PySide6.QtCore import QTimer
from timeline_app import app
from timeline_app.qt.main_window import application

made = application()
desk = app.Desk(None, None)
made.processEvents()
print("frame", flush=True)
desk.open("june-2020")

def look():
    content = desk.window.centralWidget()
    canvas = getattr(content, "canvas", None)
    if canvas is None or canvas.frame is None or not content.tasks.idle():
        return
    content.repaint()
    made.sync()
    print("complete", flush=True)
    timer.stop()
    desk.window.close()
    made.quit()

timer = QTimer(interval=1)
timer.timeout.connect(look)
timer.start()
made.exec()
"""


def once() -> tuple[float, float]:
    """(ms to the empty window, ms to the complete frame) of one process."""
    start = perf_counter_ns()
    told = {}
    with subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE, text=True,
                          env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""}) as child:
        for line in child.stdout:
            told[line.strip()] = (perf_counter_ns() - start) / 1e6
    return told["frame"], told["complete"]


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    yardstick = harness.calibrate()
    once()
    found = [once() for _ in range(RUNS)]
    yield from yardstick
    peer = yardstick[1].value
    yield harness.Row("start to the empty window", statistics.median(one for one, _ in found), "ms", peer, RUNS)
    yield harness.Row("start to the first complete frame", statistics.median(one for _, one in found), "ms", peer, RUNS)


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

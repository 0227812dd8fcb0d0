"""From the start of the process to the first complete frame in a window: bundled fonts, lanes, pane.

The child says when its first exact frame is flushed, and how much memory is its own then (not that of mapped files);
warm means that one start has gone before. Arguments: none for june-2020, else how many million IDs a collection has
that is made for the bench and opened again.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter_ns

import harness
import made_store

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
desk.open(sys.argv[1])

def look():
    content = desk.window.centralWidget()
    canvas = getattr(content, "canvas", None)
    if canvas is None or canvas.frame is None or not content.tasks.idle():
        return
    content.repaint()
    made.sync()
    print("complete", flush=True)
    with open("/proc/self/smaps_rollup", encoding="ascii") as told:
        print("anonymous", next(line.split()[1] for line in told if line.startswith("Anonymous")), flush=True)
    timer.stop()
    desk.window.close()
    made.quit()

timer = QTimer(interval=1)
timer.timeout.connect(look)
timer.start()
made.exec()
"""


def once(path: str) -> tuple[float, float, float]:
    """(ms to the empty window, ms to the complete frame, MiB of memory of its own) of one process."""
    start = perf_counter_ns()
    told = {}
    with subprocess.Popen([sys.executable, "-c", CHILD, path], stdout=subprocess.PIPE, text=True,
                          env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""}) as child:
        for line in child.stdout:
            name, _, number = line.strip().partition(" ")
            told[name] = int(number) / 1024 if number else (perf_counter_ns() - start) / 1e6
    return told["frame"], told["complete"], told["anonymous"]


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    yardstick = harness.calibrate()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as place:
        path = "june-2020"
        if arguments:
            path = str(made_store.dataset(Path(place), round(float(arguments[0]) * 1e6)))
        once(path)
        found = [once(path) for _ in range(RUNS)]
    yield from yardstick
    peer = yardstick[1].value
    empty, complete, own = (statistics.median(column) for column in zip(*found, strict=True))
    yield harness.Row("start to the empty window", empty, "ms", peer, RUNS)
    yield harness.Row("start to the first complete frame", complete, "ms", peer, RUNS)
    yield harness.Row("memory of its own at the first complete frame", own, "MiB", runs=RUNS)


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

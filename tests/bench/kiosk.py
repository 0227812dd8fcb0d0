"""The kiosk at its screen of 1920 x 1080: from the start of the process to its first frame; from a press to the frame
that shows it, for the other language, a card, how it is known, another text size; and what a picture of what moves
costs.

A press is followed by a full repaint, so that each figure holds everything that a visitor waits for.
"""
from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from time import perf_counter_ns

import harness

SCREEN = True
SIZE, RUNS, STARTS, MOVING_MS = (1920, 1080), 25, 7, 50
PRESSES = {"other language": ("language:ko", "language:en"), "card": ("moment:bts-speak", "moment:police-ask"),
           "how we know": ("know", "back"), "text size": ("text_size", "text_size"),
           "colours": ("contrast", "contrast"), "look closer": ("closer", "back")}


def first_frame() -> float:
    """ms from the start of the process to the line that says that something is on screen."""
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter_ns()
        command = [sys.executable, "-P", "-m", "timeline_app", "kiosk", "june-2020"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True,
                              env=os.environ | {"XDG_STATE_HOME": folder}) as child:
            for line in child.stderr:
                if "first frame" in line:
                    took = (perf_counter_ns() - start) / 1e6
                    child.terminate()
                    return took
    raise SystemExit("no first frame")


def standing(still: bool, clock: Callable[[], int]) -> object:
    """A kiosk window, and its app."""
    from timeline_app import exhibit
    from timeline_app.qt.main_window import application
    from timeline_app.qt.tasks import Tasks
    from timeline_app.shells.kiosk import Kiosk, Manner
    from timeline_app.viewmodel.state import Setting

    application()
    dataset, story = exhibit.opened("june-2020", {})
    manner = Manner(Setting("en", "gallery", still=still), is_windowed=True, screen_mm=(700.0, 394.0), clock=clock)
    window = Kiosk(dataset, story, manner, Tasks())
    window.resize(*SIZE)
    window.show()
    window.ticker.stop()
    return window


def presses() -> Iterable[tuple[str, list[float]]]:
    window = standing(True, lambda: 1_000)
    for name, pair in PRESSES.items():
        window.press("stay")
        window.press("moment:bts-speak")
        found = []
        for number in range(RUNS * 2):
            start = perf_counter_ns()
            window.press(pair[number % 2])
            window.view.repaint()
            if name == "look closer":
                window.settle()
                window.view.repaint()
            found.append((perf_counter_ns() - start) / 1e6)
        yield name, found[2:]
    window.end()


def moving(screen: str) -> list[float]:
    """ms of CPU for one picture while something moves."""
    now = [1_000]
    window = standing(False, lambda: now[0])
    if screen == "play":
        window.press("play")
    found = []
    for _ in range(200):
        now[0] += MOVING_MS
        start = perf_counter_ns()
        window.tick()
        window.view.repaint()
        found.append((perf_counter_ns() - start) / 1e6)
    window.end()
    return found


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    yardstick = harness.calibrate()
    yield from yardstick
    peer = yardstick[0].value
    first_frame()
    starts = [first_frame() for _ in range(STARTS)]
    yield harness.Row("start to the first frame (peer: blit)", statistics.median(starts), "ms", peer, STARTS)
    for name, found in presses():
        for share, value in (("p50", 0.5), ("worst", 1.0)):
            yield harness.Row(f"{name}: press to its frame, {share}", harness.percentile(found, value), "ms", peer,
                              len(found))
    for screen in ("attract", "play"):
        found = moving(screen)
        yield harness.Row(f"{screen}: one picture, p95", harness.percentile(found, 0.95), "ms", peer, len(found))


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

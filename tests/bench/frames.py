"""Frames while zooming and panning a real window: from the wheel event to the flushed picture, and from the last wheel
event of a burst to the exact picture (no frame pending). `--scene june` is the bundled dataset.

What counts as stale is a frame painted from lanes that were laid out for an earlier time axis.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter_ns

import harness

SCREEN = True
SIZE = (1920, 1080)
FRAMES = 300
BURST = 25
YEARS_MS = 10 * 365 * 86_400_000


class Bench:
    """The window, and the way to send it wheel events and wait for its pictures."""

    def __init__(self, scene: str) -> None:
        from timeline_app import app
        from timeline_app.engine.dataset import open_dataset
        from timeline_app.qt.main_window import application

        self.app = application()
        dataset = open_dataset({"june": "june-2020"}[scene])
        self.window = app.pictured(dataset, app.state_for(dataset, {"select": "dallas-iwatch-down"}), SIZE)
        self.canvas = self.window.canvas
        self.painted = 0
        self.stale = 0
        self._count_paints()

    def _count_paints(self) -> None:
        layer = self.canvas.layer
        paint = layer.paint

        def counted(*args: object) -> None:
            paint(*args)
            self.painted += 1
            self.stale += self.canvas.frame.scale.window != self.canvas.scale.window

        layer.paint = counted

    def wheel(self, notches: int, share: float, shift: bool = False) -> float:
        """Send a wheel event at a share of the width; ms until its picture is in the flushed backing store."""
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        view = self.canvas.viewport()
        at = QPointF(view.width() * share, view.height() / 2)
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        event = QWheelEvent(at, QPointF(view.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 120 * notches),
                            Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False)
        before, start = self.painted, perf_counter_ns()
        self.app.sendEvent(view, event)
        while self.painted == before:
            self.app.processEvents()
        return (perf_counter_ns() - start) / 1e6

    def exact(self) -> float:
        """Milliseconds until nothing is pending and the picture has been painted."""
        start = perf_counter_ns()
        while not self.window.tasks.idle() or self.canvas.frame.scale.window != self.canvas.scale.window:
            self.app.processEvents()
        self.canvas.viewport().repaint()
        return (perf_counter_ns() - start) / 1e6


def steps() -> Iterator[tuple[int, float, bool]]:
    """Wheel events of the scene: in from ten years to an hour at the outage, then along, then out, over and over."""
    while True:
        yield from ((1, 0.62, False) for _ in range(62))
        yield from ((-1, 0.5, True) for _ in range(20))
        yield from ((1, 0.5, True) for _ in range(20))
        yield from ((-1, 0.62, False) for _ in range(62))


def start_wide(bench: Bench) -> None:
    """Begin with ten years across."""
    from timeline_app.viewmodel import moves
    from timeline_app.viewmodel.window import Window

    session = bench.window.session
    event = session.dataset.event_by_id["dallas-iwatch-down"]
    start = event.when.earliest_start - int(YEARS_MS * 0.62)
    session.become(moves.show(session.state, Window(start * 1000, (start + YEARS_MS) * 1000), session.limits))
    bench.exact()


def measure(bench: Bench) -> tuple[list[float], list[float]]:
    """(ms of each frame, ms from the last event of each burst to the exact picture)."""
    frames, exact = [], []
    for number, step in zip(range(FRAMES), steps(), strict=False):
        frames.append(bench.wheel(*step))
        if number % BURST == BURST - 1:
            exact.append(frames[-1] + bench.exact())
    return frames, exact


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scene", choices=("june",), default="june")
    options = parser.parse_args(arguments)
    yardstick = harness.calibrate()
    blit = yardstick[0].value
    bench = Bench(options.scene)
    start_wide(bench)
    measure(bench)
    bench.painted = bench.stale = 0
    frames, exact = measure(bench)
    shares: list[tuple[str, Callable[[], float]]] = [
        ("p50", lambda: harness.percentile(frames, 0.5)), ("p95", lambda: harness.percentile(frames, 0.95)),
        ("worst", lambda: max(frames))]
    yield from yardstick
    for name, value in shares:
        yield harness.Row(f"{options.scene}: wheel to flushed frame, {name}", value(), "ms", blit, FRAMES)
    yield harness.Row(f"{options.scene}: last wheel to exact picture, p95", harness.percentile(exact, 0.95), "ms",
                      blit, len(exact))
    yield harness.Row(f"{options.scene}: share of stale frames", 100 * bench.stale / bench.painted, "%", None,
                      bench.painted)
    bench.window.close()


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

"""Frames while zooming and panning a real window: from the wheel event to the flushed picture, and from the last wheel
event of a burst to the exact picture (no frame pending).

| scene | what is in view | where the wheel goes |
|---|---|---|
| june | the bundled dataset | from ten years to an hour at the outage, along, and out |
| dense | at least 5,000 events and 1,000,000 tweets, 20 lanes | a few notches out and in, and along |
| 4k | the same on 3840x2160 px at device pixel ratio 2 | the same |
| 100k, 1m | so many events in 8 lanes | from all of them to an hour in a burst, along, and out |

The wheel turns sixty times a second, or as fast as frames come where that is slower; an event counts from when it was
due. What counts as stale is a frame painted from lanes that were laid out for an earlier time axis, and as missed one
whose time axis was left more than 250 ms before.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import harness
import made_events
import made_store

SCREEN = True
SIZE = (1920, 1080)
FRAMES, WARM, BURST = 300, 75, 25
APART_S = 1 / 60
TOO_OLD_MS = 250
YEARS_MS = 10 * 365 * made_events.DAY
MADE_MS = (1_262_304_000_000, 1_609_459_200_000)  # 2010 to 2020
MANY = {"100k": 100_000, "1m": 1_000_000}
EVENTS, TWEETS, TAG_LANES = 8_600, 1_700_000, 12  # of which 5,000 and a million are in view
Step = tuple[int, float, bool]


@dataclass(slots=True)
class Seen:
    """What was measured: ms of each frame, ms to each exact picture, and how many paintings were what."""

    frames: list[float] = field(default_factory=list)
    exact: list[float] = field(default_factory=list)
    painted: int = 0
    stale: int = 0
    missed: int = 0


class Bench:
    """The window, and the way to send it wheel events and wait for its pictures."""

    def __init__(self, dataset: object, selected: str = "") -> None:
        from PySide6.QtCore import QTimer

        from timeline_app import app
        from timeline_app.qt.main_window import application

        self.app = application()
        self.window = app.pictured(dataset, app.state_for(dataset, {"select": selected}), SIZE)
        self.canvas = self.window.canvas
        self.seen = Seen()
        self._left: dict[object, float] = {}
        self._due = perf_counter()
        self._alarm = QTimer(interval=1, timerType=_precise())
        self._alarm.start()
        self._count_paints()

    def _count_paints(self) -> None:
        layer = self.canvas.layer
        paint = layer.paint

        def counted(*args: object) -> None:
            paint(*args)
            shown = self.canvas.frame.scale.window
            is_stale = shown != self.canvas.scale.window
            self.seen.painted += 1
            self.seen.stale += is_stale
            self.seen.missed += is_stale and (perf_counter() - self._left.get(shown, 0.0)) * 1000 > TOO_OLD_MS

        layer.paint = counted

    def turn(self) -> None:
        """Let the window live until something has happened, a millisecond at most."""
        from PySide6.QtCore import QEventLoop

        self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def show(self, window: object) -> None:
        """Look at a stretch of time, and wait for its picture."""
        from timeline_app.viewmodel import moves

        session = self.window.session
        session.become(moves.show(session.state, window, session.limits))
        self.exact()

    def wheel(self, notches: int, share: float, shift: bool) -> float:
        """Send a wheel event at a share of the width when it is due; ms until its picture is in the flushed backing
        store."""
        while perf_counter() < self._due:
            self.turn()
        before, due = self.seen.painted, self._due
        window = self.canvas.scale.window
        self._left[window] = perf_counter()
        self.app.sendEvent(self.canvas.viewport(), self._event(notches, share, shift))
        if self.canvas.scale.window == window:
            raise SystemExit("The wheel turned, but the view stayed: the scene is at an end of time.")
        while self.seen.painted == before:
            self.turn()
        flushed = perf_counter()
        self._due = max(due + APART_S, flushed)
        return (flushed - due) * 1000

    def _event(self, notches: int, share: float, shift: bool) -> object:
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        view = self.canvas.viewport()
        at = QPointF(view.width() * share, view.height() / 2)
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        return QWheelEvent(at, QPointF(view.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 120 * notches),
                           Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False)

    def exact(self) -> float:
        """Milliseconds until nothing is pending and the picture has been painted."""
        start = perf_counter()
        while not self.window.tasks.idle() or self.canvas.frame.scale.window != self.canvas.scale.window:
            self.turn()
        self.canvas.viewport().repaint()
        self._due = perf_counter()
        return (self._due - start) * 1000

    def measure(self, steps: Iterator[Step], frames: int) -> Seen:
        """So many wheel events, with a pause for the exact picture after each burst."""
        self.seen = seen = Seen()
        for number, step in zip(range(frames), steps, strict=False):
            seen.frames.append(self.wheel(*step))
            if number % BURST == BURST - 1:
                seen.exact.append(seen.frames[-1] + self.exact())
        return seen


def _precise() -> object:
    from PySide6.QtCore import Qt

    return Qt.TimerType.PreciseTimer


def journey(notches: int, share: float) -> Iterator[Step]:
    """In by so many notches at a share of the width, along, back and out, over and over."""
    while True:
        yield from ((1, share, False) for _ in range(notches))
        yield from ((-1, 0.5, True) for _ in range(20))
        yield from ((1, 0.5, True) for _ in range(20))
        yield from ((-1, share, False) for _ in range(notches))


def around() -> Iterator[Step]:
    """About a place: out and in again, and along to both sides, so that never less is in view than in the middle."""
    while True:
        for notches, shift in ((-1, False), (1, True), (-1, True), (-1, True), (1, True), (1, False)):
            yield from ((notches, 0.5, shift) for _ in range(2))


def june() -> tuple[Bench, Iterator[Step]]:
    """The bundled dataset with the outage selected, ten years across."""
    from timeline_app.engine.dataset import open_dataset
    from timeline_app.viewmodel.window import Window

    dataset, selected = open_dataset("june-2020"), "dallas-iwatch-down"
    bench = Bench(dataset, selected)
    start = dataset.event_by_id[selected].when.earliest_start - int(YEARS_MS * 0.62)
    bench.show(Window(start * 1000, (start + YEARS_MS) * 1000))
    return bench, journey(62, 0.62)


def many(count: int) -> tuple[Bench, Iterator[Step]]:
    """So many events, all in view."""
    from timeline_app.viewmodel import walk

    dataset = made_events.dataset(made_events.events(count, *MADE_MS))
    bench = Bench(dataset)
    bench.show(walk.all_events(dataset))
    return bench, journey(62, 0.62)


def dense(folder: Path) -> tuple[Bench, Iterator[Step]]:
    """Twenty lanes of events and tweets; in view is the middle half of their time, where most is going on."""
    from timeline_app.engine.tweets.store import Store
    from timeline_app.viewmodel.window import Window

    seed = 4
    store = made_store.written(folder / "store", TWEETS, made_events.burst_weights(seed))
    span = Store.open(store).span
    bench = Bench(made_events.dataset(made_events.events(EVENTS, span.start, span.end, seed), store, TAG_LANES))
    bench.show(Window.of(span).zoomed(2.0, (span.start + span.end) * 500))
    return bench, around()


def in_view(bench: Bench) -> tuple[int, int, int]:
    """How many events, tweets and lanes are in view now."""
    import numpy as np

    from timeline_app.engine.tweets.counts import counts

    session = bench.window.session
    span, times = session.state.view.window.span, session.dataset.instants
    events = int(((times[:, 0] < span.end) & (times[:, 3] >= span.start)).sum())
    tweets = sum(int(counts(one.store, np.array([span.start, span.end]), "").sum())
                 for one in session.dataset.collections)
    return events, tweets, len(bench.canvas.frame.lanes)


def rows_of(scene: str, bench: Bench, steps: Iterator[Step], frames: int) -> Iterable[harness.Row]:
    """A scene measured, with what is in view at its start."""
    yardstick = harness.calibrate()
    blit = yardstick[0].value
    yield from yardstick
    events, tweets, lanes = in_view(bench)
    bench.measure(steps, min(WARM, frames))
    seen = bench.measure(steps, frames)
    yield harness.Row(f"{scene}: events in view, of {len(bench.window.session.dataset.events):,}", events, "events")
    yield harness.Row(f"{scene}: tweets in view", tweets, "tweets")
    yield harness.Row(f"{scene}: lanes, on {pixels(bench)} px", lanes, "lanes")
    for name, value in percentiles(seen.frames):
        yield harness.Row(f"{scene}: wheel to flushed frame, {name} (peer: blit)", value, "ms", blit, len(seen.frames))
    if seen.exact:
        yield harness.Row(f"{scene}: last wheel to exact picture, p95 (peer: blit)",
                          harness.percentile(seen.exact, 0.95), "ms", blit, len(seen.exact))
    for name, number in (("stale frames", seen.stale), (f"missed frames, over {TOO_OLD_MS} ms old", seen.missed)):
        yield harness.Row(f"{scene}: share of {name}", 100 * number / seen.painted, "%", None, seen.painted)


def pixels(bench: Bench) -> str:
    """The size of the window in px of the screen."""
    ratio = bench.window.devicePixelRatioF()
    return "x".join(str(round(side * ratio)) for side in (bench.window.width(), bench.window.height()))


def percentiles(frames: Sequence[float]) -> list[tuple[str, float]]:
    return [("p50", harness.percentile(frames, 0.5)), ("p95", harness.percentile(frames, 0.95)),
            ("worst", max(frames))]


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scene", choices=("june", "dense", "4k", *MANY), default="june")
    parser.add_argument("--frames", type=int, default=FRAMES, help="how many wheel events are measured")
    options = parser.parse_args(arguments)
    if options.scene == "4k":
        os.environ["QT_SCALE_FACTOR"] = "2"
    with tempfile.TemporaryDirectory() as folder:
        made = {"june": june, "dense": lambda: dense(Path(folder)), "4k": lambda: dense(Path(folder))}
        bench, steps = made[options.scene]() if options.scene in made else many(MANY[options.scene])
        yield from rows_of(options.scene, bench, steps, options.frames)
        bench.window.close()


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

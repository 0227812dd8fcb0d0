"""Steps of a talk over 41.8 million tweets and eight thousand events: from the key to the first correct frame on the
audience's window, flushed.

A step shows three lanes of tags and one of events, over a month to an hour. At rest: no motion, the next step was
worked out while the one before was shown. In flight: the key comes 60 ms after the one before, and cuts its flight
short. Argument: how many million tweets.
"""
from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import harness
import made_events
import made_store

SCREEN = True
SIZE, STEPS, MILLIONS = (1920, 1080), 24, 41.8
HOUR_US = 3_600_000_000
LENGTHS = (24 * 30, 24 * 7, 48, 6, 1)


def story(dataset: object) -> object:
    """A story of many steps, each somewhere else and of another length."""
    from timeline_app.domain.records import Words
    from timeline_app.domain.stories import Sight, Step, Story

    span, lanes = dataset.collections[0].store.span, [one.id for one in dataset.meta.lanes]
    counted = [one for one in lanes if "/" in one]
    steps = []
    for number in range(STEPS):
        length = LENGTHS[number % len(LENGTHS)] * HOUR_US
        start = span.start * 1000 + (span.length * 1000 - length) * (number * 7 % STEPS) // STEPS
        shown = (lanes[number % 4], *(counted[(number + k) % len(counted)] for k in range(3)))
        steps.append(Step(f"s{number}", Sight(start, start + length, shown=shown), Words(f"Headline {number}")))
    return Story("bench", Words("Bench"), tuple(steps))


class Talk:
    """A talk whose audience window is timed."""

    def __init__(self, dataset: object, told: object, still: bool) -> None:
        from timeline_app.qt.main_window import application
        from timeline_app.qt.tasks import Tasks
        from timeline_app.shells.present import Manner, Present
        from timeline_app.viewmodel.state import Setting

        self.app = application()
        self.window = Present(dataset, told, Setting(still=still), Tasks(), Manner(is_windowed=True))
        self.window.resize(*SIZE)
        self.window.audience.resize(*SIZE)
        self.window.begin()
        self.stage = self.window.audience.stage
        self.settle()

    def settle(self) -> None:
        """Be where the step is, with everything worked out, the next step too."""
        self.window.view.near.settle()
        self.stage.settle()

    def pressed(self) -> float:
        """ms from the key for the next step to its first correct frame, flushed."""
        start = perf_counter()
        self.window.actions.run("next_step")
        while not self._is_correct():
            self.app.processEvents()
        self.stage.canvas.viewport().repaint()
        return (perf_counter() - start) * 1000

    def _is_correct(self) -> bool:
        canvas, frame = self.stage.canvas, self.stage.canvas.frame
        wanted = self.stage.session.state.view
        shown = tuple(lane.spec.id for lane in frame.lanes) if frame is not None else ()
        return (frame is not None and canvas.scale.window == wanted.window == frame.scale.window
                and set(shown) == set(wanted.lanes.arranged))

    def close(self) -> None:
        """End it."""
        self.window.close()


def at_rest(dataset: object, told: object) -> list[float]:
    talk = Talk(dataset, told, still=True)
    found = []
    for _ in range(STEPS - 1):
        found.append(talk.pressed())
        talk.settle()
    talk.close()
    return found


def in_flight(dataset: object, told: object) -> list[float]:
    talk = Talk(dataset, told, still=False)
    found = []
    for _ in range(STEPS // 2 - 1):
        talk.window.actions.run("next_step")
        until = perf_counter() + 0.06
        while perf_counter() < until:
            talk.app.processEvents()
        found.append(talk.pressed())
        talk.settle()
    talk.close()
    return found


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    millions = float(arguments[0]) if arguments else MILLIONS
    yardstick = harness.calibrate()
    yield from yardstick
    with tempfile.TemporaryDirectory() as folder:
        store = made_store.written(Path(folder) / "store", round(millions * 1e6))
        from timeline_app.engine.tweets.store import Store

        span = Store.open(store).span
        dataset = made_events.dataset(made_events.events(8_600, span.start, span.end, 4), store, 12)
        told = story(dataset)
        dataset = replace(dataset, stories=(told,))
        for name, found in (("at rest", at_rest(dataset, told)), ("in flight", in_flight(dataset, told))):
            for share, value in (("p50", 0.5), ("p95", 0.95), ("worst", 1.0)):
                yield harness.Row(f"{millions:g} million tweets: key to correct frame, {name}, {share} (peer: blit)",
                                  harness.percentile(found, value), "ms", yardstick[0].value, len(found))


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

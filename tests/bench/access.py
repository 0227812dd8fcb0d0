"""A screen reader's walk through the window with forty million tweets in it: every node's name, role, state and place.

The walk is the one that AT-SPI makes, in the process of the app and without the bus; the checklist allows it 2,000 ms.
Views: all of the time, an hour, and a minute, where tweets are marks with their texts. Argument: how many millions.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import harness
import made_store

MILLIONS = 40.0
VIEWS = {"all": 0, "an hour": 3_600_000_000, "a minute": 60_000_000}


def opened(folder: Path):
    """The window on twenty tag lanes of a store."""
    from timeline_app import app
    from timeline_app.domain.records import Words
    from timeline_app.engine import collection_lanes
    from timeline_app.engine.dataset import Collection, Dataset, Meta
    from timeline_app.engine.tweets.store import Store

    one = Collection("main", Words("made"), Store.open(folder))
    specs = tuple(collection_lanes.lane(one, term.key) for term in one.store.terms("#"))
    dataset = Dataset(Meta("made", "made", Words("made"), lanes=specs), collections=(one,))
    return app.pictured(dataset, app.state_for(dataset, {}), (harness.WIDTH, harness.HEIGHT))


def walked(node: object) -> int:
    """Ask a node and all below it for everything; how many they are."""
    from PySide6.QtGui import QAccessible

    node.text(QAccessible.Text.Name), node.role(), node.state(), node.rect()
    below = [node.child(number) for number in range(node.childCount())]
    return 1 + sum(walked(one) for one in below if one is not None and one.isValid())


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    """The time of the walk in each view; how many nodes it met stands in the name."""
    from PySide6.QtGui import QAccessible

    from timeline_app.qt.main_window import application
    from timeline_app.viewmodel import moves
    from timeline_app.viewmodel.window import Window

    millions = float(arguments[0]) if arguments else MILLIONS
    with tempfile.TemporaryDirectory() as place:
        running = application()
        window = opened(made_store.written(Path(place) / "store", int(millions * 1e6)))
        whole = window.session.state.view.window
        for name, length in VIEWS.items():
            middle = whole.centre_us
            wanted = Window(middle - length // 2, middle + length // 2) if length else whole
            window.session.become(moves.set_up(moves.show(window.session.state, wanted, whole), still=True))
            window.tasks.settle()
            running.processEvents()
            met: list[int] = []
            spent = harness.elapsed_ms(lambda met=met: met.append(walked(QAccessible.queryAccessibleInterface(window))))
            yield harness.Row(f"walk, {millions:g} million tweets, {name} in view, {met[0]:,} nodes", spent, "ms")
        window.close()
        window.deleteLater()


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

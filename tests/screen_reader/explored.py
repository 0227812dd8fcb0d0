"""The explore window in a process of its own, as a screen reader meets it: june-2020, or the dataset that is named.

Lines on standard input are commands to run, "select ID" among them; each is answered with a line of JSON that says what
the window then draws. Without a line it stays as it is.
"""
from __future__ import annotations

import json
import sys

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QMainWindow

from timeline_app import app
from timeline_app.engine.dataset import open_dataset
from timeline_app.qt.main_window import application
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import in_view, moves


def drawn(window: Explore) -> dict[str, object]:
    """The titles of the events that the picture of now draws, in order of time, and what is selected."""
    frame, found = window.canvas.frame, window.session.dataset.event_by_id
    marks = [one.item for one in in_view.of_frame(frame)]
    return {"events": [found[one.id].title.say("en") for one in marks if one.kind == "event"],
            "selected": window.session.state.view.selected}


def obey(window: Explore, line: str) -> None:
    """Do what a line says and answer."""
    word, _, rest = line.strip().partition(" ")
    if word == "select":
        window.session.become(moves.select(window.session.state, rest))
    elif word != "look":
        window.actions.run(word)
    window.tasks.settle()
    window.speech.tell()
    window.tasks.settle()
    print(json.dumps(drawn(window)), flush=True)


def main(path: str) -> int:
    """Show the window until standard input ends."""
    running = application()
    dataset = open_dataset(path)
    frame = QMainWindow()
    frame.setCentralWidget(app.pictured(dataset, app.state_for(dataset, {}), (1280, 720)))
    frame.show()
    window = frame.centralWidget()
    keeper = QObject()
    lines = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, keeper)

    def heard() -> None:
        line = sys.stdin.readline()
        obey(window, line) if line else running.quit()

    lines.activated.connect(heard)
    window.activateWindow()
    window.canvas.setFocus()
    obey(window, "look")
    running.exec()
    frame.close()
    window.close()
    frame.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "june-2020"))

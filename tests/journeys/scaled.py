"""Draws the window at a scale factor and a text size in a process of its own, and prints as JSON what is cut or what
stands over something else.

Arguments: dataset, language, text percent, width and height. The scale factor is QT_SCALE_FACTOR of the environment.
"""
from __future__ import annotations

import json
import sys
from itertools import combinations

from journeys import boxes
from timeline_app import app
from timeline_app.engine.dataset import open_dataset
from timeline_app.qt.main_window import application, without_platform_remarks
from timeline_app.viewmodel import moves

SLACK = 0.8


def main(path: str, language: str, percent: str, *size: str) -> int:
    """Draw, read what was drawn, judge."""
    application()
    dataset = open_dataset(path)
    state = app.state_for(dataset, {"language": language, "select": "dallas-iwatch-down"})
    state = moves.set_up(state, text_percent=int(percent))
    with without_platform_remarks():
        window = app.pictured(dataset, state, tuple(map(int, size)))
    drawn = boxes.read(window)
    clips = [(one, one.clip.adjusted(-SLACK, -SLACK, SLACK, SLACK)) for one in drawn]
    print(json.dumps({
        "ratio": window.devicePixelRatioF(), "texts": len(drawn),
        "cut": [str(one) for one, clip in clips if not clip.contains(one.box)],
        "covered": [f"{one} / {other}" for one, other in combinations(drawn, 2) if one.box.intersects(other.box)],
        "shortened": [str(one) for one in drawn if one.text.endswith("…")],
        "broken": [line.text for page in boxes.pages(window) for line in boxes.lines(page)
                   if line.right > line.room + 0.5],
    }))
    window.close()
    window.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

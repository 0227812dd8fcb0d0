"""Somebody in front of a whole window with the real dataset, with all that hands can do; and what they then see.

Journeys are functions that take such a visitor, kept under the words of their row of the navigation grammar.
"""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from journeys.keyboard import presser
from qt.fingers import Fingers
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.state import View
from timeline_app.viewmodel.window import Window

OUTAGE = "dallas-iwatch-down"


class Visitor:
    """Somebody in front of the window, with all that hands can do."""

    def __init__(self, window: Explore) -> None:
        self.window, self.session = window, window.session
        self.canvas = window.canvas
        self.ground = window.canvas.viewport()
        self.press = presser(window)
        self.fingers = Fingers(window)

    @property
    def view(self) -> View:
        """What is looked at."""
        return self.session.state.view

    @property
    def seen(self) -> Window:
        """The stretch of time that is drawn, once everything has come."""
        self.window.tasks.settle()
        return self.canvas.frame.scale.window

    def under(self, x: int) -> int:
        """The instant drawn at an x."""
        return self.canvas.scale.at_us(x)

    def keeps(self, us: int, x: int) -> bool:
        """Whether an instant is still at an x, within a px."""
        return abs((us - self.under(x)) / self.canvas.scale.us_per_px) <= 1

    def look_at(self, days: float = 1.0) -> None:
        """Look at the outage with so many days across."""
        middle = self.session.dataset.event_by_id[OUTAGE].when.earliest_start * 1000
        half = round(days * 43_200_000_000)
        self.session.become(moves.show(self.session.state, Window(middle - half, middle + half), self.session.limits))
        self.window.tasks.settle()

    def height_of(self, lane_id: str) -> float:
        """How high a lane is drawn."""
        self.window.tasks.settle()
        return next(one.height for one in self.canvas.frame.lanes if one.spec.id == lane_id)

    def texts_drawn(self) -> list[str]:
        """The texts of the lanes as they are painted."""
        boxes = self.canvas.record_texts()
        self.window.tasks.settle()
        self.window.grab()
        return [one.text for one in boxes]

    def hide_tips(self) -> None:
        """Take away what Qt shows as a tip, which is a window of its own."""
        for widget in QApplication.topLevelWidgets():
            if widget.objectName() == "qtooltip_label":
                widget.close()
                widget.deleteLater()


Journey = Callable[[Visitor], None]


def row(rows: dict[str, Journey], words: str) -> Callable[[Journey], Journey]:
    """Keep a journey under the words of its row."""
    def kept(journey: Journey) -> Journey:
        rows[words] = journey
        return journey
    return kept

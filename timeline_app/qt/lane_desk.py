"""What documented lanes are grouped by and in which order all lanes stand, chosen from panels. With very many events a
group takes a moment: it is made by a worker, and shown when it is there. What there is to choose is `grouping`.
"""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from timeline_app.qt.chooser import Chooser, Option
from timeline_app.qt.look import Look
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel import grouping, moves, shown_lanes
from timeline_app.viewmodel.grouping import Way
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ORDERS, ViewState

OWN = "own"


class LaneDesk(QObject):
    """Groups and orders the lanes of one window, which has `session` and `tasks`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._session: Session = window.session
        self._tasks: Tasks = window.tasks

    def ask_group(self, look: Look) -> None:
        """Offer the ways in which the lanes can be grouped."""
        self._tasks.run("lane_ways", grouping.ways, self._session.dataset, done=lambda ways: self._offer(ways, look))

    def _offer(self, ways: tuple[Way, ...], look: Look) -> None:
        texts = look.texts
        options = [Option(OWN, texts.get("lane.group.own"))]
        options += [Option(one.name, one.title.say(texts.language), f"{one.values:,}") for one in ways]
        now = self._session.state.view.lanes.group or OWN
        chooser = Chooser(self._window, look, texts.get("command.group_lanes"), options, now)
        chooser.chosen.connect(lambda name: self.group("" if name == OWN else name))
        chooser.open(focus=chooser.field or chooser.list)

    def ask_order(self, look: Look) -> None:
        """Offer the orders that lanes can stand in."""
        chooser = Chooser(self._window, look, look.texts.get("command.order_lanes"),
                          orders(self._session.state, look), self._session.state.view.lanes.order or OWN)
        chooser.chosen.connect(lambda name: self.order("" if name == OWN else name))
        chooser.open(focus=chooser.list)

    def group(self, group: str) -> None:
        """Group the documented lanes, as soon as they are made; "" shows the dataset's own."""
        self._prepare(group, self._session.state.view.lanes.order, lambda state: moves.group_lanes(state, group))

    def order(self, order: str) -> None:
        """Put the lanes in an order."""
        self._prepare(self._session.state.view.lanes.group, order, lambda state: moves.order_lanes(state, order))

    def _prepare(self, group: str, order: str, move: Callable[[ViewState], ViewState]) -> None:
        self._tasks.run("lanes", shown_lanes.prepare, self._session.dataset, group, order,
                        done=lambda _: self._session.become(move(self._session.state)))


def orders(state: ViewState, look: Look) -> list[Option]:
    """The orders by name; the dataset's own is that of a group where there is one."""
    first = "group" if state.view.lanes.group else OWN
    return [Option(name or OWN, look.texts.get(f"lane.order.{name or first}")) for name in ORDERS]

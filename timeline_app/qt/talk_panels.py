"""What floats over the presenter's window: all steps, the way to one, the keys, a clicker to learn. The audience sees
nothing of it. What a choice does is told by signals.
"""
from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from timeline_app.qt.actions import Actions
from timeline_app.qt.chooser import Chooser, Option
from timeline_app.qt.clicker_panel import ClickerPanel
from timeline_app.qt.key_list import KeyList
from timeline_app.qt.look import Look
from timeline_app.qt.palette_box import open_palette
from timeline_app.qt.popup import Panel
from timeline_app.qt.quiet_area import quiet_area
from timeline_app.qt.step_strip import StepStrip

SHARE = 0.7  # of the window, that the overview may take


class TalkPanels(QObject):
    """Opens panels of a window. `chosen` sends the number of a step from 0."""

    chosen = Signal(int)

    def __init__(self, window: QWidget, look: Look, cards: list[tuple[str, str]]) -> None:
        super().__init__(window)
        self._window, self._look, self._cards = window, look, cards

    def ask_step(self, now: int) -> None:
        """Ask for a step by its number or words of its headline."""
        options = [Option(str(number), f"{number + 1}  {line}", remark, f"{number + 1}")
                   for number, (line, remark) in enumerate(self._cards)]
        asked = Chooser(self._window, self._look, self._title("jump_to_step"), options, str(now))
        asked.chosen.connect(lambda number: self.chosen.emit(int(number)))
        asked.open(focus=getattr(asked, "field", None))

    def show_overview(self, now: int) -> None:
        """All steps as a grid, to go to one."""
        panel = Panel(self._window, self._look, self._title("step_overview"))
        grid = StepStrip(self._look, self._cards, is_grid=True)
        wide = round(self._window.width() * SHARE)
        grid.resize(wide, 1)
        high = grid.sizeHint().height()  # before the area squeezes it
        grid.show_step(now)
        area = quiet_area(panel, grid, self._title("step_overview"))
        most = round(self._window.height() * SHARE)
        area.setMinimumSize(wide, min(high, most))
        panel.body.addWidget(area)
        grid.chosen.connect(lambda number: (panel.dismiss(), self.chosen.emit(number)))
        panel.open(focus=grid)

    def list_keys(self, actions: Actions) -> None:
        """Every command of a talk with its keys."""
        KeyList(self._window, self._look, actions).open()

    def show_palette(self, actions: Actions) -> None:
        """Offer every command of a talk."""
        open_palette(self._window, actions, self._look)

    def learn_clicker(self, actions: Actions) -> None:
        """Let a button of a clicker do something."""
        panel = ClickerPanel(self._window, self._look, actions)
        panel.open(focus=panel.listener)

    def _title(self, command_id: str) -> str:
        return self._look.texts.get(f"command.{command_id}")

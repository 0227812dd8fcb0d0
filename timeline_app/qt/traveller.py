"""Who leads the eye from window to window, on a timer. The session is at the end of the way from the start: what is
on screen meanwhile is only here. The way itself is `viewmodel/travel`.
"""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from timeline_app.viewmodel.travel import Travel
from timeline_app.viewmodel.window import Window

STEP_MS = 16
Clock = Callable[[], int]


def running_clock() -> Clock:
    """Milliseconds since now."""
    timer = QElapsedTimer()
    timer.start()
    return timer.elapsed


class Traveller(QObject):
    """`window` is what is on screen; `moved` is sent when it is another one on the way."""

    moved = Signal()

    def __init__(self, window: Window, parent: QObject, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self.window = window
        self.clock = clock or running_clock()
        self._travel = Travel(window, window)
        self._limits = window
        self._began = 0
        self.timer = QTimer(self, interval=STEP_MS, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._step)

    @property
    def end(self) -> Window:
        """Where the way leads, or where one is."""
        return self._travel.end

    @property
    def is_under_way(self) -> bool:
        """Whether the end is still to come."""
        return self.timer.isActive()

    def go(self, end: Window, limits: Window) -> None:
        """Set off from what is on screen; no window on the way leaves the limits."""
        self._travel = Travel(self.window, end)
        self._limits = limits.around(self.window).around(end)
        self._began = self.clock()
        self.timer.start()

    def arrive(self, at: Window) -> None:
        """Be at a window now."""
        self.timer.stop()
        self._travel = Travel(at, at)
        self.window = at

    def _step(self) -> None:
        passed = (self.clock() - self._began) / max(1, self._travel.duration_ms)
        if passed >= 1:
            self.arrive(self._travel.end)
        else:
            self.window = self._travel.at(passed).kept_within(self._limits)
        self.moved.emit()

"""The way from one window to another, so that the eye can follow it; it starts fast and comes to rest softly.

A window that lies in the other is zoomed to about the instant that both have at the same place, and a near one is slid
to. For a far one the way goes out, over and in, as in van Wijk and Nuij, "Smooth and efficient zooming and panning",
IEEE InfoVis 2003, with their rho of the square root of two. No clock here: who travels is in `qt/traveller`.
"""
from __future__ import annotations

from dataclasses import dataclass
from math import asinh, cosh, log, sinh, sqrt

from timeline_app.viewmodel.window import SHORTEST_US, Window, rounded

RHO = sqrt(2.0)
LEAST_MS, MOST_MS, MS_A_STEP = 200, 500, 40.0
NEAR = 1.25  # how many windows away, and how many times as long, is near enough to slide
_FINE = 1 << 40


@dataclass(frozen=True, slots=True)
class Travel:
    """From `start` to `end`, in `duration_ms`."""

    start: Window
    end: Window

    @property
    def duration_ms(self) -> int:
        """200 to 500, longer for a longer way."""
        return round(min(LEAST_MS + MS_A_STEP * self._steps, MOST_MS)) if self.start != self.end else 0

    def at(self, share: float) -> Window:
        """The window when that share of the duration has passed; from 1 on exactly `end`."""
        if share >= 1 or self.start == self.end:
            return self.end
        if share <= 0:
            return self.start
        done = 1 - (1 - share) ** 3
        if self._is_nested:
            return self._zoomed(done)
        return self._slid(done) if self._is_near else self._flown(done)

    @property
    def _is_nested(self) -> bool:
        one, other = self.start, self.end
        return (one.start_us <= other.start_us and other.end_us <= one.end_us) or (
            other.start_us <= one.start_us and one.end_us <= other.end_us)

    @property
    def _is_near(self) -> bool:
        short, long = sorted((self.start.length_us, self.end.length_us))
        away = abs(self.start.centre_us - self.end.centre_us)
        return long <= NEAR * short and away <= NEAR * long

    @property
    def _steps(self) -> float:
        """The length of the way as the paper measures it: pans in windows and zooms in logarithms are alike."""
        if self._is_nested:
            return abs(log(self.end.length_us / self.start.length_us)) / RHO
        return (_bend(self.start, self.end) + _bend(self.end, self.start)) / RHO

    def _zoomed(self, done: float) -> Window:
        start, end = self.start, self.end
        length = round(start.length_us * (end.length_us / start.length_us) ** done)
        whole = end.length_us - start.length_us
        moved = rounded((end.start_us - start.start_us) * (length - start.length_us) * (1 if whole > 0 else -1),
                        abs(whole)) if whole else 0
        return Window(start.start_us + moved, start.start_us + moved + length)

    def _slid(self, done: float) -> Window:
        part = round(done * _FINE)
        low, high = (one + rounded((other - one) * part, _FINE) for one, other in (
            (self.start.start_us, self.end.start_us), (self.start.end_us, self.end.end_us)))
        return Window(low, max(high, low + SHORTEST_US))

    def _flown(self, done: float) -> Window:
        """Reckoned from the nearer end, where a float is fine enough for its window."""
        whole = self._steps
        gone = done * whole
        return _along(self.start, self.end, gone) if gone <= whole / 2 else _along(self.end, self.start, whole - gone)


def _bend(one: Window, other: Window) -> float:
    """asinh b of the paper: how sharply the way leaves `one` for `other`."""
    here, there, away = one.length_us, other.length_us, abs(other.centre_us - one.centre_us)
    return asinh((there ** 2 - here ** 2 + 4 * away ** 2) / (4 * here * away))


def _along(one: Window, other: Window, gone: float) -> Window:
    """So many steps from `one` on the way to `other`; without differences of large numbers."""
    bend = -_bend(one, other)
    at = cosh(RHO * gone + bend)
    length = max(SHORTEST_US, round(one.length_us * cosh(bend) / at))
    moved = round(one.length_us / RHO ** 2 * sinh(RHO * gone) / at)
    centre = one.centre_us + (moved if other.centre_us > one.centre_us else -moved)
    return Window(centre - length // 2, centre - length // 2 + length)

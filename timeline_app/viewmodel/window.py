"""The stretch of time on screen, and its map to pixels. Whole microseconds, so that a zoom down to 10 ms across keeps
the instant under the pointer within a pixel; data stays in whole ms. Ticks are not here.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, Span

SHORTEST_US = 10_000
_LOWEST_US, _HIGHEST_US = MIN_INSTANT * 1000, MAX_INSTANT * 1000
_COARSE_US = 10 ** 11  # about a day a pixel; at the ends of time a float of ms errs by one second
_REACH_MS = 2 ** 62 - 1


@dataclass(frozen=True, slots=True)
class Window:
    """From `start_us` to `end_us`, microseconds since 1970 UTC as unlimited ints, end exclusive."""

    start_us: int
    end_us: int

    @classmethod
    def of(cls, span: Span) -> Window:
        """The window that shows exactly a span of ms."""
        return cls(span.start * 1000, max(span.end * 1000, span.start * 1000 + SHORTEST_US))

    @property
    def length_us(self) -> int:
        """Its length in microseconds."""
        return self.end_us - self.start_us

    @property
    def centre_us(self) -> int:
        """Its middle."""
        return (self.start_us + self.end_us) // 2

    @property
    def span(self) -> Span:
        """The whole ms it touches."""
        return Span(self.start_us // 1000, -(-self.end_us // 1000))

    def zoomed(self, factor: float, anchor_us: int) -> Window:
        """Shorter by `factor` (longer where below 1) with the anchor kept at the same place of the screen."""
        length = max(SHORTEST_US, round(self.length_us / factor))
        start = anchor_us - rounded((anchor_us - self.start_us) * length, self.length_us)
        return Window(start, start + length)

    def moved(self, by_us: int) -> Window:
        """The same length, later by so many microseconds."""
        return Window(self.start_us + by_us, self.end_us + by_us)

    def centred(self, at_us: int) -> Window:
        """The same length with that instant in the middle."""
        return self.moved(at_us - self.centre_us)

    def around(self, other: Window) -> Window:
        """The smallest window with both in it."""
        return Window(min(self.start_us, other.start_us), max(self.end_us, other.end_us))

    def kept_within(self, limits: Window) -> Window:
        """Moved, and shortened only where it must be, so that it lies within the limits."""
        lowest, highest = max(limits.start_us, _LOWEST_US), min(limits.end_us, _HIGHEST_US)
        length = min(max(self.length_us, SHORTEST_US), highest - lowest)
        start = min(max(self.start_us, lowest), highest - length)
        return Window(start, start + length)


def rounded(number: int, by: int) -> int:
    """The whole number nearest to number / by, for any size: rounding down each time would let a zoom creep."""
    return (2 * number + by) // (2 * by)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """A window on a strip of `width` px: x runs from 0 to `width`."""

    window: Window
    width: float

    @property
    def us_per_px(self) -> float:
        """Microseconds in one pixel."""
        return self.window.length_us / max(self.width, 1.0)

    def x(self, instant: int) -> float:
        """The x of an instant in ms."""
        return (instant * 1000 - self.window.start_us) / self.us_per_px

    def xs(self, instants: np.ndarray) -> np.ndarray:
        """float64[n]: the x of int64 ms; exact to 0.001 px however far 1970 is, because integers are subtracted.

        What lies too far outside for int64 is drawn nearer, still outside; over deep time floats are fine enough.
        """
        whole, rest = divmod(self.window.start_us, 1000)
        if self.us_per_px >= _COARSE_US:
            return ((instants.astype(np.float64) - whole) * 1000.0 - rest) / self.us_per_px
        near = np.clip(instants, max(MIN_INSTANT, whole - _REACH_MS), min(MAX_INSTANT, whole + _REACH_MS))
        return ((near - whole).astype(np.float64) * 1000.0 - rest) / self.us_per_px

    def at_us(self, x: float) -> int:
        """The instant at an x, in microseconds."""
        return self.window.start_us + round(x * self.us_per_px)

    def at(self, x: float) -> int:
        """The instant at an x, in whole ms."""
        return self.at_us(x) // 1000

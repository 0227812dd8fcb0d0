"""How high the bars stand at each px of a lane, and where above them a label finds room. No drawing."""
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

_NARROW = 3  # px: bars up to here are taken together, those that are wider are few


@dataclass(slots=True, eq=False)
class Skyline:
    """`tops` float64[width]: the y of the highest bar at each px; y grows downward."""

    tops: np.ndarray
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    @classmethod
    def of(cls, size: tuple[float, float], bars: tuple[np.ndarray, np.ndarray, np.ndarray]) -> Skyline:
        """A skyline for a lane of (width, height) px from the bars' left and right x and tops."""
        width, floor = max(1, int(np.ceil(size[0]))), size[1]
        tops = np.full(width, floor)
        left = np.clip(np.floor(bars[0]), 0, width).astype(np.intp)
        right = np.clip(np.ceil(bars[1]), 0, width).astype(np.intp)
        high, wide = np.asarray(bars[2]), right - left
        for offset in range(_NARROW):
            some = wide > offset
            np.minimum.at(tops, left[some] + offset, high[some])
        for number in np.flatnonzero(wide > _NARROW).tolist():
            a, b = left[number] + _NARROW, right[number]
            np.minimum(tops[a:b], high[number], out=tops[a:b])
        return cls(tops)

    def is_free(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether a box lies inside the lane, above all bars and beside all other boxes."""
        if left < 2 or right > len(self.tops) - 2 or top < 1:
            return False
        if self.tops[int(left):int(np.ceil(right))].min(initial=np.inf) < bottom:
            return False
        return all(right <= a or c <= left or bottom <= b or d <= top for a, b, c, d in self.boxes)

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep a box for a label."""
        self.boxes.append((left, top, right, bottom))

    def place(self, size: tuple[float, float], near: tuple[float, float], step: float = 9.0
              ) -> tuple[float, float] | None:
        """The left and top of a free box of that size whose middle is nearest to a point, or None; takes it."""
        wide, high = size
        lefts = np.arange(2.0, len(self.tops) - wide - 2.0, step)
        tops = np.arange(2.0, float(self.tops.max()) - high, step)
        every = np.lib.stride_tricks.sliding_window_view(self.tops, int(np.ceil(wide))) if len(lefts) else self.tops
        bars = every[lefts.astype(np.intp)].min(axis=1) if len(lefts) else lefts
        is_free = tops + high <= bars[:, None]
        for a, b, c, d in self.boxes:
            is_free &= ((lefts + wide <= a) | (c <= lefts))[:, None] | (tops + high <= b) | (d <= tops)
        if not is_free.any():
            return None
        away = abs(lefts + wide / 2 - near[0])[:, None] + 1.5 * abs(tops + high / 2 - near[1])
        column, row = np.unravel_index(np.where(is_free, away, np.inf).argmin(), away.shape)
        left, top = float(lefts[column]), float(tops[row])
        self.take(left, top, left + wide, top + high)
        return left, top

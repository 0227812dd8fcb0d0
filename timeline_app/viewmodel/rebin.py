"""Counted bins put together into wider ones when they get narrower than a pixel. Sums are kept; nothing is smoothed."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.engine.series import Series
from timeline_app.viewmodel.window import TimeScale

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
WIDTHS = (MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 7 * DAY, 28 * DAY, 364 * DAY)


@dataclass(frozen=True, slots=True, eq=False)
class Binned:
    """`start` int64[n] ms, `values` int64[n, k], all bins `width_ms` long."""

    start: np.ndarray
    values: np.ndarray
    width_ms: int

    @property
    def totals(self) -> np.ndarray:
        """int64[n]: each bin's sum over its categories."""
        return self.values.sum(axis=1)


def bin_for(series: Series, us_per_px: float, least_px: float = 1.0) -> int:
    """The width of bin, a multiple of the series' own, that is at least so many px wide; 0 where it has no bins."""
    own = series.bin_ms
    if not own:
        return 0
    for width in WIDTHS:
        if width >= own and width % own == 0 and width * 1000 >= us_per_px * least_px:
            return width
    return WIDTHS[-1]


def in_view(series: Series, scale: TimeScale) -> Binned:
    """The bins as they are drawn at a scale."""
    span = scale.window.span
    return rebin(series, span.start, span.end, bin_for(series, scale.us_per_px))


def rebin(series: Series, first_ms: int, last_ms: int, width_ms: int) -> Binned:
    """The bins that touch a stretch of time, summed to `width_ms`; wider bins begin at multiples of it since 1970."""
    is_wider = width_ms != series.bin_ms
    if is_wider:
        low = np.searchsorted(series.start, first_ms // width_ms * width_ms, side="left")
        high = np.searchsorted(series.start, -(-last_ms // width_ms) * width_ms, side="left")
    else:
        low = np.searchsorted(series.start, first_ms - width_ms, side="right")
        high = np.searchsorted(series.start, last_ms, side="left")
    if low == high or not is_wider:
        return Binned(series.start[low:high], series.values[low:high], width_ms)
    keys = series.start[low:high] // width_ms
    first = np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))
    return Binned(keys[first] * width_ms, np.add.reduceat(series.values[low:high], first, axis=0), width_ms)

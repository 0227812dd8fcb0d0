"""How many events of a crowded lane fall where, as bars in the room that its clusters leave below them. An event counts
once, at the middle of its time.
"""
from __future__ import annotations

import numpy as np

from timeline_app.domain.time import Span
from timeline_app.engine.event_index import EventIndex
from timeline_app.viewmodel import tweet_bins, tweet_words
from timeline_app.viewmodel.picture import Bars, LaneRequest
from timeline_app.viewmodel.tweet_bins import Bin
from timeline_app.viewmodel.window import TimeScale

LEAST_PX, LEAST_ROOM = 3.0, 30.0
FOOT, GAP = 1.0, 8.0
MOST_SHARE, FEWEST = 0.8, 12


def below(request: LaneRequest, index: EventIndex, wide: TimeScale, top: float) -> tuple[Bars, str] | None:
    """The bars from `top` px to the foot of the lane, and what the highest says; None where there is no room, or no
    length for a bar. The highest of the stretch `wide` fills the room, so that panning changes none."""
    width, room = _width(request, index, wide), request.height - FOOT - top - GAP
    if room < LEAST_ROOM or width is None:
        return None
    edges = tweet_bins.edges(_bounded(wide.window.span), width, request.zone)
    counts = sum(np.diff(np.searchsorted(one.middle, edges)) for one in index.classes)
    peak, span = int(counts.max(initial=0)), request.scale.window.span
    seen = np.flatnonzero((counts > 0) & (edges[:-1] < span.end) & (edges[1:] > span.start))
    if peak < 2 or not len(seen):
        return None
    floor = request.height - FOOT
    tops = floor - np.maximum(1.0, counts[seen] * (room / peak))
    bars = Bars(edges[:-1][seen], edges[1:][seen], tops.astype(np.float32),
                np.full(len(seen), floor, dtype=np.float32), "muted")
    most = int(counts[seen].max())
    return bars, request.texts.get("lane.most", n=f"{most:,}",
                                   per=request.texts.get(f"lane.in.{tweet_words.bin_key(width)}"))


def _width(request: LaneRequest, index: EventIndex, wide: TimeScale) -> Bin | None:
    """The narrowest bin that can be seen and is as long as most events: a bar of three hours would say more than is
    known of a day. None where there is none, or where it would take much of the view."""
    span, scale = _bounded(wide.window.span), request.scale
    found = [(one.held, one.between(span.start, span.end)) for one in index.classes]
    sizes = [(held, some.stop - some.start) for held, some in found]
    known, whole, length = 0, sum(size for _, size in sizes), 0
    for held, size in sizes:
        known, length = known + size, held if size else length
        if known >= MOST_SHARE * whole:
            break
    least = max(scale.us_per_px * LEAST_PX / 1000, length)
    width = next((one for one in tweet_bins.BINS if one.most_ms >= least), None)
    return width if width is not None and width.most_ms * 1000 * FEWEST <= scale.window.length_us else None


def _bounded(span: Span) -> Span:
    """As much of it as has a calendar."""
    return Span(max(span.start, -62_000_000_000_000), max(span.end, -61_999_999_999_999))

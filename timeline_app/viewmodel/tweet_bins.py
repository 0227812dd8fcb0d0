"""Tweets of a collection per bin, as a lane draws them: which bin at which scale, its edges on the wall clock of the
axis, and what is counted in each. Exact at any zoom; nothing is drawn here.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND
from timeline_app.domain.time import Span
from timeline_app.engine.tweets import counts
from timeline_app.engine.tweets.store import Store
from timeline_app.viewmodel.window import TimeScale

LEAST_PX = 1.0
_CHUNK = 512  # bins whose edges are worked out together
_YEAR = 366 * DAY


@dataclass(frozen=True, slots=True)
class Bin:
    """A width of bins by its name in `counts.edges_of`; `most_ms` is how long one can be."""

    name: str
    most_ms: int


BINS = (Bin("1ms", 1), Bin("10ms", 10), Bin("100ms", 100), Bin("1s", SECOND), Bin("10s", 10 * SECOND),
        Bin("1min", MINUTE), Bin("10min", 10 * MINUTE), Bin("30min", 30 * MINUTE), Bin("1h", HOUR),
        Bin("3h", 3 * HOUR), Bin("6h", 6 * HOUR), Bin("12h", 12 * HOUR), Bin("1d", DAY), Bin("1w", 7 * DAY),
        Bin("1mo", 31 * DAY), Bin("1y", _YEAR))


@dataclass(frozen=True, slots=True)
class Counting:
    """What is to be counted: of which store, at which scale, for an axis in `zone`, each tweet weighing `weight`."""

    store: Store
    scale: TimeScale
    zone: str
    weight: str = ""


def bin_for(us_per_px: float, least_px: float = LEAST_PX) -> Bin:
    """The narrowest bin that is at least so many px wide."""
    return next((one for one in BINS if one.most_ms * 1000 >= us_per_px * least_px), BINS[-1])


def edges(span: Span, width: Bin, zone: str) -> np.ndarray:
    """int64[n]: the edges of the bins that hold a span, ms UTC. No tweet is older than zones with offsets of whole
    minutes, so that bins within a minute need no zone."""
    size = width.most_ms * _CHUNK
    name = "UTC" if width.most_ms <= MINUTE else zone
    chunks = range(span.start // size, -(-span.end // size) + 1)
    found = [_edges_of(number, width, name) for number in chunks]
    joined = np.unique(np.concatenate(found))
    first = max(0, int(np.searchsorted(joined, span.start, side="right")) - 1)
    return joined[first:int(np.searchsorted(joined, span.end)) + 1]


@lru_cache(maxsize=512)
def _edges_of(number: int, width: Bin, zone: str) -> np.ndarray:
    size = width.most_ms * _CHUNK
    return counts.edges_of(number * size, (number + 1) * size, width.name, zone)


def in_view(counting: Counting, width: Bin | None = None) -> np.ndarray:
    """int64[n]: the edges of the bins in view, as far as the collection reaches; none where it does not."""
    whole, window = counting.store.span, counting.scale.window.span
    if whole is None or not whole.overlaps(window):
        return np.zeros(0, np.int64)
    seen = Span(max(whole.start, window.start), min(whole.end, window.end))
    return _kept(seen, width or bin_for(counting.scale.us_per_px), counting.zone)


_kept = lru_cache(maxsize=64)(edges)


def counted(counting: Counting, keys: tuple[str, ...], width: Bin | None = None) -> np.ndarray:
    """int64[n - 1, k]: what is counted of each term between the edges in view."""
    found = in_view(counting, width)
    if not len(found):
        return np.zeros((0, len(keys)), np.int64)
    return np.stack([_counted(counting.store, found.tobytes(), key, counting.weight) for key in keys], axis=1)


@lru_cache(maxsize=256)
def _counted(store: Store, edge_bytes: bytes, key: str, weight: str) -> np.ndarray:
    """One frame asks for the same bins more than once: for its heights, for what is quiet, for a common scale."""
    return counts.counts(store, np.frombuffer(edge_bytes, np.int64), key, weight)


def counted_between(store: Store, span: Span, key: str) -> int:
    """How many tweets of a term a span holds."""
    return int(_counted(store, np.array([span.start, span.end], np.int64).tobytes(), key, "")[0])

"""Where a collection says nothing: outside of what it reaches, and where nobody collected. Unknown is not zero."""
from __future__ import annotations

from functools import lru_cache

import numpy as np

from timeline_app.base.text import Texts
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, Span
from timeline_app.engine.dataset import Collection
from timeline_app.engine.instants import moment
from timeline_app.engine.tweets.store import Store
from timeline_app.viewmodel import bars, tweet_bins
from timeline_app.viewmodel.picture import Gap, LaneRequest

LEAST_PX = 1.5
OUTSIDE = "outside"


@lru_cache(maxsize=16)
def _all(store: Store) -> tuple[np.ndarray, tuple[str, ...]]:
    """int64[n, 2] starts and ends in ms, ascending, and the basis of each; first and last what lies outside."""
    whole = reach(store)
    found = sorted((one.start_ms, one.end_ms, one.basis) for one in store.gaps)
    if whole is not None:
        inner = [one for one in found if one[1] > whole.start and one[0] < whole.end]
        found = [(MIN_INSTANT, whole.start, OUTSIDE), *inner, (whole.end, MAX_INSTANT, OUTSIDE)]
    return np.array([one[:2] for one in found], np.int64).reshape(-1, 2), tuple(one[2] for one in found)


def reach(store: Store) -> Span | None:
    """From where to where a collection speaks: from its first tweet to its last, and as far as all of its queries say
    that they asked."""
    asked = [(moment(one.start, "UTC"), moment(one.end, "UTC")) for one in store.manifest.origins]
    whole = store.span
    if whole is None or not asked or any(start is None or end is None or start > end for start, end in asked):
        return whole
    return whole.union(Span(min(start for start, _ in asked), max(end for _, end in asked)))


def in_view(request: LaneRequest, collection: Collection) -> tuple[Gap, ...]:
    """The stretches in view that are wide enough to be seen; those nearer to each other than that are drawn as one.
    The outer ones keep off the first and the last bar."""
    window, least = request.scale.window.span, LEAST_PX * request.scale.us_per_px / 1000
    ends, _ = _all(collection.store)
    until = np.maximum.accumulate(ends[:, 1])
    low, high = np.searchsorted(until, window.start, side="right"), np.searchsorted(ends[:, 0], window.end)
    top, bottom = bars.head(request), request.height - 1
    edges = tweet_bins.in_view(tweet_bins.Counting(collection.store, request.scale, request.zone))
    drawn: list[list[int]] = []
    for number in range(int(low), int(high)):
        a, b = ends[number].tolist()
        if number == 0 and len(edges):
            b = min(b, int(edges[0]))
        if number == len(ends) - 1 and len(edges):
            a = max(a, int(edges[-1]))
        a, b = max(a, window.start), min(b, window.end)
        if drawn and a - drawn[-1][1] < least:
            drawn[-1][1] = max(b, drawn[-1][1])
        elif b > a:
            drawn.append([a, b])
    return tuple(Gap(a, b, top, bottom) for a, b in drawn if b - a >= least)


def missing_ms(store: Store, span: Span) -> int:
    """How much of a span is not covered."""
    ends, _ = _all(store)
    cut = np.clip(ends, span.start, span.end)
    before = np.maximum.accumulate(np.append(span.start, cut[:-1, 1])) if len(cut) else span.start
    return int(np.maximum(cut[:, 1] - np.maximum(cut[:, 0], before), 0).sum()) if len(cut) else 0


def basis_words(store: Store, span: Span, texts: Texts) -> tuple[str, ...]:
    """How it is known that nobody collected in a span, each way once."""
    ends, bases = _all(store)
    touched = np.flatnonzero((ends[:, 0] < span.end) & (ends[:, 1] > span.start)).tolist()
    return tuple(texts.get(f"tweet_lane.gap.{name}") for name in dict.fromkeys(bases[n] for n in touched))

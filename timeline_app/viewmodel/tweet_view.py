"""What a lane of tweets has in view: counts per bin and part, how many in all, how many of them a search matches, and
the rows themselves where there are few. Words and drawing are elsewhere.
"""
from __future__ import annotations

import weakref
from dataclasses import dataclass

import numpy as np

from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Collection, Dataset, LaneSpec
from timeline_app.engine.tweets import counts
from timeline_app.engine.tweets.store import Store
from timeline_app.viewmodel import tweet_bins, tweet_pick, tweet_words
from timeline_app.viewmodel.bars import Columns, Part
from timeline_app.viewmodel.picture import LaneRequest
from timeline_app.viewmodel.tweet_bins import Counting
from timeline_app.viewmodel.tweet_marks import Seen

ALL = ("",)
UNDERMOST = "use=original"
_kept: dict[tuple[int, Store, str], tuple[weakref.ref, np.ndarray]] = {}
_MOST_KEPT = 200


@dataclass(frozen=True, slots=True, eq=False)
class TweetView:
    """Counted bins, the matching part of them (None without a search), tweets in the window, those that match, and
    whether a tweet counts in several parts."""

    columns: Columns
    matching: Columns | None
    tweets: int
    matches: int | None
    overlaps: bool = False


def of(request: LaneRequest, collection: Collection) -> TweetView:
    """What a lane counts in view."""
    store, keys = collection.store, keys_of(request.spec)
    counting = Counting(store, request.scale, request.zone, request.look.weight)
    edges = tweet_bins.in_view(counting)
    values = tweet_bins.counted(counting, keys)
    whole = tweet_bins.counted(counting, ALL)[:, 0] if has_rest(keys) else None
    parts, values = _with_rest(_parts(store, keys, request), values, whole)
    columns = Columns(edges[:-1], edges[1:], values, parts)
    overlaps = len(keys) > 1 and (whole is None or bool((values[:, :len(keys)].sum(axis=1) > whole).any()))
    found = matches_of(request, collection)
    window = request.scale.window.span
    if found is None:
        return TweetView(columns, None, number_in(store, window, keys, None), None, overlaps)
    same = np.stack([_matching(store, edges, key, (found, request.look.weight)) for key in keys], axis=1)
    if len(parts) > len(keys):
        whole = _matching(store, edges, "", (found, request.look.weight))
        same = np.column_stack([same, np.maximum(whole - same.sum(axis=1), 0)])
    return TweetView(columns, Columns(edges[:-1], edges[1:], same, parts), number_in(store, window, keys, None),
                     number_in(store, window, keys, found), overlaps)


def keys_of(spec: LaneSpec) -> tuple[str, ...]:
    """The terms of a lane from the floor of its stack up: what was before something was taken over is below."""
    return tuple(sorted(spec.terms, key=lambda key: key != UNDERMOST)) or ALL


def has_rest(keys: tuple[str, ...]) -> bool:
    """Whether the parts are values of one column: all other tweets are then a part too. Tags overlap."""
    return len(keys) > 1 and not keys[0].startswith("#")


def _parts(store: Store, keys: tuple[str, ...], request: LaneRequest) -> tuple[Part, ...]:
    if len(keys) == 1:
        return (Part("counted"),)
    return tuple(tweet_words.part(store, key, place, request.texts) for place, key in enumerate(keys)) + (
        (tweet_words.part(store, tweet_words.REST, 0, request.texts),) if has_rest(keys) else ())


def _with_rest(parts: tuple[Part, ...], values: np.ndarray, whole: np.ndarray | None
               ) -> tuple[tuple[Part, ...], np.ndarray]:
    """The counts with a last column for what is in no part."""
    if whole is None:
        return parts, values
    return parts, np.column_stack([values, np.maximum(whole - values.sum(axis=1), 0)])


def matches_of(request: LaneRequest, collection: Collection) -> np.ndarray | None:
    """int64[k]: the rows of a collection that a search found; None without one."""
    return None if request.tweet_matches is None else request.tweet_matches.get(collection.id)


def _matching(store: Store, edges: np.ndarray, key: str, asked: tuple[np.ndarray, str]) -> np.ndarray:
    """int64[n - 1]: what is counted of the tweets of a term that a search found."""
    if not len(edges):
        return np.zeros(0, np.int64)
    found, weight = asked
    rows = matching_rows(store, key, found)
    before = np.searchsorted(rows, counts.rows_before(store, edges))
    if not weight:
        return np.diff(before)
    column = store.rows.numbers.get(weight)
    if column is None:
        return np.zeros(len(edges) - 1, np.int64)
    low, high = int(before[0]), int(before[-1])
    sums = np.append(0, np.cumsum(np.asarray(column[rows[low:high]]), dtype=np.int64))
    return np.diff(sums[before - low])


def matching_rows(store: Store, key: str, found: np.ndarray) -> np.ndarray:
    """int64[k]: those rows of a search that have a term, kept while the search lasts."""
    if not key:
        return found
    place = (id(found), store, key)
    kept = _kept.get(place)
    if kept is None or kept[0]() is not found:
        kept = (weakref.ref(found), _both(np.asarray(counts.rows_of(store, key)).astype(np.int64), found))
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(list(_kept)[0], None)  # a list of keys, because two threads may ask at once
        _kept[place] = kept
    return kept[1]


def _both(rows: np.ndarray, found: np.ndarray) -> np.ndarray:
    """What two ascending lists of rows share."""
    few, many = (rows, found) if len(rows) < len(found) else (found, rows)
    if not len(few):
        return few
    return few[many[np.minimum(np.searchsorted(many, few), len(many) - 1)] == few]


def number_in(store: Store, span: Span, keys: tuple[str, ...], found: np.ndarray | None) -> int:
    """How many tweets a lane has in a span, each once, of those that a search found."""
    if has_rest(keys) or keys == ALL:
        low, high = counts.rows_before(store, np.array([span.start, span.end], np.int64)).tolist()
        return high - low if found is None else int(np.diff(np.searchsorted(found, [low, high]))[0])
    if len(keys) == 1 and found is None:
        return int(tweet_bins.counted_between(store, span, keys[0]))
    return len(rows_in(store, span, keys, found))


def number_of_lane(spec: LaneSpec, dataset: Dataset, span: Span) -> int:
    """How many tweets of a lane a span holds."""
    collection = dataset.collection_by_id.get(spec.collection_id)
    return number_in(collection.store, span, keys_of(spec), None) if collection is not None else 0


def highest(request: LaneRequest) -> float:
    """The highest bin that a lane draws."""
    collection = request.dataset.collection_by_id.get(request.spec.collection_id)
    return float(of(request, collection).columns.totals.max(initial=0)) if collection is not None else 0.0


def around(request: LaneRequest) -> list[int]:
    """When the last tweet before the window and the first one after it were made, ms; as many as there are."""
    collection = request.dataset.collection_by_id.get(request.spec.collection_id)
    if collection is None:
        return []
    store, keys, window = collection.store, keys_of(request.spec), request.scale.window.span
    bounds = counts.rows_before(store, np.array([window.start, window.end], np.int64))
    found = []
    for rows in [None] if has_rest(keys) or keys == ALL else [counts.rows_of(store, key) for key in keys]:
        low, high = bounds.tolist() if rows is None else np.searchsorted(rows, bounds.astype(rows.dtype)).tolist()
        size = len(store) if rows is None else len(rows)
        found += [n if rows is None else int(rows[n]) for n in (low - 1, high) if 0 <= n < size]
    times = (tweet_pick.at_ms(collection, row) for row in found)
    return [at for at in times if at is not None]


def rows_in(store: Store, span: Span, keys: tuple[str, ...], found: np.ndarray | None = None) -> np.ndarray:
    """int64[k]: the rows of a lane in a span, ascending."""
    bounds = counts.rows_before(store, np.array([span.start, span.end], np.int64))
    if has_rest(keys) or keys == ALL:
        if found is None:
            return np.arange(bounds[0], bounds[1])
        return _between(found, bounds)
    parts = [_between(counts.rows_of(store, key) if found is None else matching_rows(store, key, found), bounds)
             for key in keys]
    return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))


def _between(rows: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    low, high = np.searchsorted(rows, bounds.astype(rows.dtype)).tolist()  # of another type, all rows would be copied
    return np.asarray(rows[low:high]).astype(np.int64)


def seen(request: LaneRequest, collection: Collection) -> Seen:
    """The tweets of a lane in view one by one; of what is in several parts, the first."""
    store, keys = collection.store, keys_of(request.spec)
    rows = rows_in(store, request.scale.window.span, keys)
    part = np.full(len(rows), len(keys) if has_rest(keys) else 0, np.intp)
    for number in range(len(keys) - 1, -1, -1) if len(keys) > 1 else ():
        part[np.isin(rows, _around(counts.rows_of(store, keys[number]), rows))] = number
    found = matches_of(request, collection)
    dim = np.zeros(len(rows), np.bool_) if found is None else ~np.isin(rows, _around(found, rows))
    return Seen(rows, part, dim, _parts(store, keys, request))


def _around(rows: np.ndarray, few: np.ndarray) -> np.ndarray:
    """The stretch of many rows in which a few can be."""
    return _between(rows, np.array([few[0], few[-1] + 1])) if len(few) else rows[:0]

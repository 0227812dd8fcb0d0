"""The strip below the lanes as values: a calm stretch of time around the window, and how much there is of what.

The stretch stays while the window moves about in it. Drawing and dragging are in `qt.overview`.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.base.text import Texts
from timeline_app.engine.dataset import Collection, Dataset
from timeline_app.engine.series import Series
from timeline_app.viewmodel import tweet_bins, tweet_words
from timeline_app.viewmodel.measure import Measure
from timeline_app.viewmodel.ticks import Tick, dates
from timeline_app.viewmodel.tweet_bins import Counting
from timeline_app.viewmodel.window import TimeScale, Window

BEFORE, AFTER = 1.1, 2.25  # in lengths of the window
SMALLEST, LARGEST = 0.08, 0.60  # the share of the strip that the window may have before it is chosen anew
NEAREST = 0.10  # and how near to an edge it may come, as a share of the strip
COLUMN_PX = 3.0


@dataclass(frozen=True, slots=True)
class OverviewRequest:
    """All that the picture of a strip `scale.width` px wide depends on; `scale.window` is its stretch of time."""

    dataset: Dataset
    scale: TimeScale
    zone: str
    texts: Texts
    measure: Measure


@dataclass(frozen=True, slots=True, eq=False)
class OverviewPicture:
    """Bars from `start` to `end`, int64[n] ms, of `height` float64[n], 1 being the highest; `role` is "counted" or, for
    events, "muted". `lines` say what is counted, per which bin and by whom; `window` is where the brush is."""

    start: np.ndarray
    end: np.ndarray
    height: np.ndarray
    role: str
    lines: tuple[str, ...]
    ticks: tuple[Tick, ...]
    window: Window


def extent(previous: Window | None, window: Window, limits: Window) -> Window:
    """The stretch of time to show: the previous one while the window has a good place in it, else one with about a
    window's length before and two after."""
    if previous is not None and _still_good(previous, window, limits):
        return previous
    before, after = round(window.length_us * BEFORE), round(window.length_us * AFTER)
    return Window(window.start_us - before, window.end_us + after).kept_within(limits)


def _still_good(shown: Window, window: Window, limits: Window) -> bool:
    share = window.length_us / shown.length_us
    room = round(shown.length_us * NEAREST)
    left_is_free = window.start_us >= shown.start_us + (room if shown.start_us > limits.start_us else 0)
    right_is_free = window.end_us <= shown.end_us - (room if shown.end_us < limits.end_us else 0)
    within_limits = limits.start_us <= shown.start_us and shown.end_us <= limits.end_us
    share_is_good = share >= SMALLEST and (share <= LARGEST or shown == limits)
    return within_limits and share_is_good and left_is_free and right_is_free


def picture(request: OverviewRequest, window: Window) -> OverviewPicture:
    """The dataset's overview series; where it names none all tweets of its first collection, else how many events
    there may be at a time."""
    series = request.dataset.series_by_id.get(request.dataset.meta.overview_series)
    counted = series is not None and series.bin_ms > 0 and len(series.start) > 0
    collection = next(iter(request.dataset.collections), None)
    if counted:
        start, end, value = _counts(series, request.scale)
        lines = _series_lines(series, _peak(value), request.texts)
    elif collection is not None:
        start, end, value = _tweets(collection, request)
        lines = _collection_lines(collection, _peak(value), request)
    else:
        start, end, value = _events(request.dataset, request.scale)
        lines = _event_lines(_peak(value), request.texts)
    counted, peak = counted or collection is not None, _peak(value)
    ticks = dates(request.scale.window, request.scale.width, request.zone, request.texts, request.measure)
    return OverviewPicture(start, end, value / max(peak, 1), "counted" if counted else "muted", lines, ticks, window)


def _peak(value: np.ndarray) -> int:
    return int(value.max(initial=0))


def _tweets(collection: Collection, request: OverviewRequest) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    counting = Counting(collection.store, request.scale, request.zone)
    width = tweet_bins.bin_for(request.scale.us_per_px, COLUMN_PX)
    edges = tweet_bins.in_view(counting, width)
    return edges[:-1], edges[1:], tweet_bins.counted(counting, ("",), width)[:, 0]


def _collection_lines(collection: Collection, peak: int, request: OverviewRequest) -> tuple[str, ...]:
    texts = request.texts
    key = tweet_words.bin_key(tweet_bins.bin_for(request.scale.us_per_px, COLUMN_PX))
    peak_words = texts.get("lane.peak", n=f"{peak:,}", per=texts.get(f"lane.in.{key}"))
    if not peak:
        peak_words = tweet_words.nothing(collection, is_hidden=False, texts=texts)
    return texts.get("tweets.lane.all"), peak_words, collection.title.say(texts.language)


def _counts(series: Series, scale: TimeScale) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    span = scale.window.span
    first = int(np.searchsorted(series.start, span.start - series.bin_ms, side="right"))
    last = int(np.searchsorted(series.start, span.end))
    start, value = series.start[first:last], series.totals[first:last]
    if len(start) * COLUMN_PX > scale.width:
        return _highest(start, value, series.bin_ms, scale)
    return start, start + series.bin_ms, value


def _highest(start: np.ndarray, value: np.ndarray, bin_ms: int,
             scale: TimeScale) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One bar a column with the highest of its bins, so that a bar still says what one bin counts."""
    column = np.floor(scale.xs(start) / COLUMN_PX).astype(np.int64)
    first = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
    last = np.append(first[1:], len(start)) - 1
    return start[first], start[last] + bin_ms, np.maximum.reduceat(value, first)


def _events(dataset: Dataset, scale: TimeScale) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each column the most events that may be going on at one time in it."""
    columns = max(1, int(scale.width / COLUMN_PX))
    edges = np.array([scale.at(number * COLUMN_PX) for number in range(columns + 1)], dtype=np.int64)
    begun = np.sort(dataset.instants[:, 0])
    over = np.sort(np.maximum(dataset.instants[:, 3], dataset.instants[:, 0] + 1))  # a moment, too, is seen

    def going_on(at: np.ndarray) -> np.ndarray:
        return np.searchsorted(begun, at, side="right") - np.searchsorted(over, at, side="right")

    most, inside = going_on(edges[:-1]), begun[(edges[0] <= begun) & (begun < edges[-1])]
    np.maximum.at(most, np.searchsorted(edges, inside, side="right") - 1, going_on(inside))
    return edges[:-1], edges[1:], most


def _series_lines(series: Series, peak: int, texts: Texts) -> tuple[str, ...]:
    language = texts.language
    counted = texts.get("overview.peak", per=series.per.say(language), n=f"{peak:,}")
    return (series.short.say(language) or series.title.say(language), counted, series.who.say(language))


def _event_lines(peak: int, texts: Texts) -> tuple[str, ...]:
    return texts.get("overview.events"), texts.count("overview.events_peak", peak)

"""Where one can go in a dataset: its opening state, its limits, from event to event in time, lane or search result."""
from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache

import numpy as np

from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, Span, When
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel.state import Setting, View, ViewState
from timeline_app.viewmodel.window import Window

_EMPTY = Span(1_577_836_800_000, 1_609_459_200_000)  # a calm year for a dataset that holds nothing
MARGIN = 0.1


def opening(dataset: Dataset, setting: Setting | None = None) -> ViewState:
    """The first state: the dataset's own opening view, or all its events."""
    window = Window.of(dataset.meta.opening) if dataset.meta.opening else all_events(dataset)
    view = View(window.kept_within(limits_of(dataset)), dataset.meta.opening_selection)
    return ViewState(view, setting or Setting())


def all_events(dataset: Dataset) -> Window:
    """The window that shows every event with a margin; of the series where there is no event."""
    return _padded(_span_of_events(dataset) or dataset.span or _EMPTY, MARGIN / 2)


def limits_of(dataset: Dataset) -> Window:
    """As far as one can zoom out: everything, counted series too, and a tenth more."""
    spans = [one for one in (_span_of_events(dataset), dataset.meta.opening) if one]
    spans += [Span(int(s.start[0]), int(s.start[-1]) + s.bin_ms) for s in dataset.series if len(s.start)]
    spans += [one.store.span for one in dataset.collections if one.store.span is not None]
    whole = spans[0] if spans else _EMPTY
    for span in spans[1:]:
        whole = whole.union(span)
    return _padded(whole, MARGIN)


def bounded(when: When) -> Span:
    """The time that an event may have taken, up to where its sources put a bound: an end that nobody states is no
    reason to show all of time."""
    start = when.latest_start if when.open_start else when.earliest_start
    end = when.earliest_end if when.open_end else when.latest_end
    return Span(min(start, end), max(start, end))


def _span_of_events(dataset: Dataset) -> Span | None:
    """From the first bound to the last, as `bounded` has them."""
    if not dataset.events:
        return None
    starts, ends = dataset.instants[:, :2], dataset.instants[:, 2:]
    start = np.where(starts[:, 0] == MIN_INSTANT, starts[:, 1], starts[:, 0])
    end = np.where(ends[:, 1] == MAX_INSTANT, ends[:, 0], ends[:, 1])
    return Span(int(np.minimum(start, end).min()), int(np.maximum(start, end).max()))


def _padded(span: Span, share: float) -> Window:
    window = Window.of(span)
    more = max(round(window.length_us * share), 1_000_000)
    return Window(window.start_us - more, window.end_us + more)


@lru_cache(maxsize=16)
def in_order(dataset: Dataset, among: frozenset[str] | None = None) -> tuple[str, ...]:
    """Ids of events in time (earliest start, then latest end, then table order), of those in `among` if given."""
    ids = [dataset.events[row].id for row in dataset.in_time.tolist()]
    return tuple(ids if among is None else (one for one in ids if one in among))


def neighbour(order: tuple[str, ...], selected: str, step: int) -> str:
    """The id so many steps on in an order; from nothing, its first or last; at an end it stays."""
    if not order:
        return ""
    if selected not in order:
        return order[0] if step > 0 else order[-1]
    return order[min(max(order.index(selected) + step, 0), len(order) - 1)]


def nearest(dataset: Dataset, order: tuple[str, ...], at_ms: int) -> str:
    """The event of an order in time whose start is nearest to an instant."""
    if not order:
        return ""
    starts, known = dataset.instants[:, 0], dataset.row_of
    place = bisect_left(order, at_ms, key=lambda one: int(starts[known[one]]))
    around = order[max(0, place - 1):place + 1]
    return min(around, key=lambda one: abs(int(starts[known[one]]) - at_ms))


def brought_into_view(state: ViewState, span: Span, limits: Window) -> ViewState:
    """The state moved, at the same scale, so that a span is in sight; unchanged where any of it already is."""
    window = state.view.window
    if window.span.overlaps(span):
        return state
    middle = (span.start + min(span.end, span.start + window.length_us // 2000)) * 1000 // 2
    return replace(state, view=replace(state.view, window=window.centred(middle).kept_within(limits)))


def fitted(span: Span, limits: Window) -> Window:
    """The window that shows a span with a quarter of its length on each side, at least a minute in all."""
    shortest = 60_000
    widened = span if span.length >= shortest else Span(span.start - shortest // 2, span.start + shortest // 2)
    return _padded(widened, 0.25).kept_within(limits)

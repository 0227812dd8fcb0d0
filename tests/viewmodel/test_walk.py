"""Where one can go in a dataset: the opening, the limits, from event to event, into view."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from fakes import EVENTS, MIDNIGHT, tiny_dataset, tiny_meta
from timeline_app.domain import edtf
from timeline_app.domain.calendar import DAY, MINUTE
from timeline_app.domain.records import Event, Words
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import walk
from timeline_app.viewmodel.window import Window

YEAR_US = 366 * DAY * 1000
BARE = {"events": (), "series": (), "meta": tiny_meta(opening=None)}


def open_ended() -> Dataset:
    """One event that began in 2019 and has no known end, one with no known start."""
    whens = [edtf.resolve(text, "UTC") for text in ("2019/..", "../2018")]
    return tiny_dataset(meta=tiny_meta(opening=None), series=(), claims=(), questions=(), quotes=(), events=tuple(
        Event(f"e-{number}", Words("An event"), when) for number, when in enumerate(whens)))


def test_that_the_opening_is_the_datasets_own():
    data = tiny_dataset(meta=tiny_meta(opening_selection="e-down"))
    view = walk.opening(data).view
    assert view.window == Window.of(data.meta.opening) and view.selected == "e-down"


def test_that_a_dataset_without_an_opening_opens_on_all_its_events():
    data = tiny_dataset(meta=tiny_meta(opening=None))
    window = walk.opening(data).view.window
    assert window == walk.all_events(data)
    assert all(window.span.contains(event.when.span) for event in data.events)


def test_that_the_limits_hold_events_counts_and_a_tenth_more():
    data = tiny_dataset()
    limits, days = walk.limits_of(data), data.series_by_id["daily"].start
    everything = data.span.union(Span(int(days[0]), int(days[-1]) + DAY)).union(data.meta.opening)
    assert limits.span.contains(everything)
    assert limits.length_us == Window.of(everything).length_us + 2 * round(everything.length * 1000 * walk.MARGIN)


def test_that_an_empty_dataset_still_has_somewhere_to_look():
    window = walk.opening(tiny_dataset(**BARE)).view.window
    assert window.length_us > YEAR_US
    assert window == window.kept_within(walk.limits_of(tiny_dataset(**BARE)))


def test_that_an_event_without_a_known_end_does_not_open_all_of_time():
    data = open_ended()
    assert walk.limits_of(data).length_us < 5 * YEAR_US
    assert walk.all_events(data).length_us < 5 * YEAR_US
    assert walk.bounded(data.events[0].when).start == data.events[0].when.earliest_start
    assert walk.bounded(data.events[1].when).end == data.events[1].when.latest_end


def test_that_events_are_walked_in_time_and_only_those_asked_for():
    data = tiny_dataset(events=tuple(reversed(EVENTS)))
    assert walk.in_order(data) == tuple(event.id for event in EVENTS)
    assert walk.in_order(data, frozenset({"e-flood", "e-asks"})) == ("e-asks", "e-flood")


def test_that_a_walk_stops_at_both_ends_and_enters_from_outside():
    order = ("a", "b", "c")
    assert [walk.neighbour(order, at, 1) for at in ("a", "b", "c", "?")] == ["b", "c", "c", "a"]
    assert [walk.neighbour(order, at, -1) for at in ("a", "b", "c", "?")] == ["a", "a", "b", "c"]
    assert walk.neighbour((), "a", 1) == ""


def test_that_the_nearest_event_is_the_one_that_starts_nearest():
    data = tiny_dataset()
    order = walk.in_order(data)
    assert walk.nearest(data, order, MIDNIGHT) == "e-asks"
    assert walk.nearest(data, order, MIDNIGHT + 9 * DAY) == "e-statement"
    assert walk.nearest(data, (), 0) == ""


def test_that_the_view_moves_only_where_nothing_of_a_span_is_in_sight():
    data = tiny_dataset()
    state, limits = walk.opening(data), walk.limits_of(data)
    across = Span(MIDNIGHT - 9 * DAY, MIDNIGHT + DAY)
    assert walk.brought_into_view(state, across, limits) == state
    near = Window((MIDNIGHT + DAY) * 1000, (MIDNIGHT + DAY + MINUTE) * 1000)
    looking = replace(state, view=replace(state.view, window=near))
    for event in data.events:
        moved = walk.brought_into_view(looking, event.when.span, limits).view.window
        assert moved.length_us == near.length_us
        assert moved.span.overlaps(event.when.span)


def test_that_a_fitted_span_has_room_on_both_sides_and_is_never_shorter_than_a_minute():
    limits = walk.limits_of(tiny_dataset())
    span = Span(MIDNIGHT, MIDNIGHT + DAY)
    assert walk.fitted(span, limits) == Window((span.start - DAY // 4) * 1000, (span.end + DAY // 4) * 1000)
    moment = walk.fitted(Span(MIDNIGHT, MIDNIGHT), limits)
    assert moment.length_us >= 60_000_000 and moment.centre_us == MIDNIGHT * 1000


def test_that_a_series_without_bins_adds_nothing_to_the_limits():
    data = tiny_dataset()
    empty = replace(data.series[0], start=np.zeros(0, np.int64), values=np.zeros((0, 2), np.int64))
    assert walk.limits_of(tiny_dataset(series=(empty,))).span.contains(data.span)

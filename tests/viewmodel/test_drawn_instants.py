"""All four instants of an event are drawn where they are, within a pixel, from 10 ms to 200 million years across."""
from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fakes import EVENTS, LANES, tiny_dataset, tiny_meta
from lane_reading import measure
from timeline_app.domain.time import Precision, When
from timeline_app.viewmodel import walk
from timeline_app.viewmodel.frame import FrameRequest, compose
from timeline_app.viewmodel.moves import look
from timeline_app.viewmodel.window import SHORTEST_US, Window

WIDTH = 1920.0
MOST_US = 200_000_000 * 365 * 86_400 * 10**6
starts = st.integers(-MOST_US, MOST_US)
lengths = st.one_of(st.integers(SHORTEST_US, 10**9), st.integers(SHORTEST_US, MOST_US),
                    st.integers(0, 38).map(lambda power: SHORTEST_US * 3**power).filter(lambda one: one <= MOST_US))
shares = st.lists(st.integers(-400, 1_400), min_size=4, max_size=4).map(sorted)


def drawn(window: Window, when: When):
    """The bands and points of the only event of a dataset, in a window."""
    event = replace(EVENTS[3], when=when)
    lane = replace(LANES[1], event_ids=(event.id,))
    dataset = tiny_dataset(events=(event,), series=(), claims=(), questions=(), quotes=(),
                           meta=tiny_meta(lanes=(lane,), opening=None))
    state = look(walk.opening(dataset), window=window)
    frame = compose(FrameRequest(dataset, state, WIDTH, 600.0, measure))
    picture = frame.lanes[0].picture
    return frame.scale, [one for one in picture.bands if one.item >= 0], [p for p in picture.points if p.item >= 0]


@given(starts, lengths, shares)
def test_that_every_instant_of_an_event_is_drawn_within_one_px(start, length, parts):
    window = Window(start, start + length)
    instants = [(start + length * part // 1_000) // 1_000 for part in parts]
    when = When(*instants, Precision.SECOND, zone="UTC")
    scale, bands, points = drawn(window, when)
    if instants[0] * 1_000 >= window.end_us or instants[3] * 1_000 < window.start_us:
        return
    assert len(bands) + len(points) == 1
    edges = bands[0].edges if bands else (points[0].at_ms,)
    assert set(edges) <= set(instants) and edges[0] == instants[0]
    assert not bands or when.is_moment or tuple(edges) == tuple(instants)
    for edge in edges:
        exact = Fraction((edge * 1_000 - window.start_us) * round(WIDTH), window.length_us)
        assert abs(Fraction(scale.x(edge)) - exact) <= 1
    if points:
        assert (instants[3] - instants[0]) * 1_000 / scale.us_per_px <= 12


@given(starts, lengths, st.integers(0, 1_000))
def test_that_what_is_drawn_at_a_place_is_what_the_place_stands_for(start, length, part):
    window = Window(start, start + length)
    at = (start + length * part // 1_000) // 1_000
    scale, _, points = drawn(window, When(at, at, at, at, Precision.MS, zone="UTC"))
    if not points:
        return
    assert abs(scale.at_us(scale.x(points[0].at_ms)) - at * 1_000) <= max(1.0, scale.us_per_px)

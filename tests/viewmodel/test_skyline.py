"""Room above the bars: a box is free where no bar, no box and no edge is."""
from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.viewmodel.skyline import Skyline

WIDE, HIGH = 200.0, 100.0


def skyline(*bars: tuple[float, float, float]) -> Skyline:
    """A lane of 200 by 100 px with bars of (left, right, top)."""
    columns = np.array(bars, dtype=np.float64).reshape(-1, 3).T
    return Skyline.of((WIDE, HIGH), (columns[0], columns[1], columns[2]))


def test_that_a_box_is_free_above_a_bar_and_not_on_it():
    sky = skyline((50, 90, 40))
    assert sky.is_free(55, 10, 85, 40) and not sky.is_free(55, 10, 85, 41)
    assert sky.is_free(90, 10, 120, 99) and not sky.is_free(89, 10, 120, 99)


def test_that_edges_and_taken_boxes_are_not_free():
    sky = skyline()
    assert not any(sky.is_free(*box) for box in ((1, 5, 20, 9), (180, 5, 199, 9), (20, 0, 40, 9), (20, 90, 40, 101)))
    sky.take(20, 20, 40, 40)
    assert not sky.is_free(39, 39, 60, 60)
    assert sky.is_free(40, 20, 60, 40) and sky.is_free(20, 40, 40, 60)


def test_that_of_bars_at_one_place_the_highest_counts_whatever_their_order():
    assert skyline((0, 50, 80), (0, 50, 20)).tops[10] == skyline((0, 50, 20), (0, 50, 80)).tops[10] == 20


def test_that_bars_beyond_the_lane_are_no_obstacle_inside_it():
    assert skyline((-500, -10, 0), (300, 400, 0)).is_free(10, 10, 190, 90)
    assert skyline((-500, 30, 5)).tops[29] == 5 and skyline((-500, 30, 5)).tops[30] == HIGH


bars = st.lists(st.tuples(st.floats(-50, 250), st.floats(0, 90), st.floats(5, 99)), max_size=8)


@given(bars, st.floats(5, 120), st.floats(6, 40), st.floats(0, WIDE), st.floats(0, HIGH))
def test_that_a_placed_box_is_free_and_is_then_taken(given_bars, wide: float, high: float, x: float, y: float):
    sky = skyline(*((left, left + width, top) for left, width, top in given_bars))
    before = skyline(*((left, left + width, top) for left, width, top in given_bars))
    found = sky.place((wide, high), (x, y))
    if found is not None:
        box = (found[0], found[1], found[0] + wide, found[1] + high)
        assert before.is_free(*box) and not sky.is_free(*box)


def test_that_the_nearest_room_is_taken_and_none_where_there_is_none():
    assert skyline().place((20, 10), (12, 7)) == (2.0, 2.0)
    near = skyline((100, 200, 0)).place((20, 10), (150, 50))
    beside = skyline()
    beside.take(2, 2, 100, 98)
    assert beside.place((50, 20), (60, 50)) == (101.0, 38.0)
    assert near is not None and 70 <= near[0] <= 80
    assert skyline((0, 200, 12)).place((20, 12), (50, 50)) is None
    assert skyline().place((400, 10), (50, 50)) is None

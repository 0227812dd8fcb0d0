"""The way between two windows: exact at both ends, never a jump, never longer than half a second."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.viewmodel.travel import LEAST_MS, MOST_MS, Travel
from timeline_app.viewmodel.window import SHORTEST_US, Window

DAY_US = 86_400 * 10**6
YEAR_US = 365 * DAY_US
STEPS = 400
starts = st.integers(-(10**21), 10**21)
lengths = st.integers(0, 24).map(lambda power: SHORTEST_US * 4**power)
windows = st.builds(lambda start, length: Window(start, start + length), starts, lengths)


def way(travel: Travel) -> list[Window]:
    return [travel.at(step / STEPS) for step in range(STEPS + 1)]


@given(windows, windows)
def test_that_a_way_begins_and_ends_exactly_and_takes_200_to_500_ms(one, other):
    travel = Travel(one, other)
    assert travel.at(0) == one and travel.at(1) == other and travel.at(1.7) == other
    assert LEAST_MS <= travel.duration_ms <= MOST_MS if one != other else travel.duration_ms == 0


@given(windows, windows)
def test_that_no_step_of_a_way_is_a_jump(one, other):
    """What is at an edge of the screen is still on it, or was, at each of 400 steps."""
    for before, after in zip(way(Travel(one, other)), way(Travel(one, other))[1:], strict=False):
        long, short = max(before.length_us, after.length_us), min(before.length_us, after.length_us)
        assert short >= SHORTEST_US and long <= 2 * short
        assert abs(before.centre_us - after.centre_us) <= long


@given(windows, st.integers(1, 1_000), st.floats(1.01, 1e6))
def test_that_a_zoom_keeps_its_instant_where_it_is_on_screen_within_one_px(window, part, factor):
    anchor = window.start_us + window.length_us * part // 1_000
    zoomed = window.zoomed(factor, anchor)
    for step in way(Travel(window, zoomed)) + way(Travel(zoomed, window)):
        assert abs((anchor - step.start_us) / step.length_us - part / 1_000) * 1920 <= 1 + 1920 / SHORTEST_US


def test_that_a_page_is_slid_to_and_never_zoomed():
    window = Window(0, DAY_US)
    steps = way(Travel(window, window.moved(DAY_US)))
    assert {step.length_us for step in steps} == {DAY_US}
    assert [step.start_us for step in steps] == sorted(step.start_us for step in steps)


def test_that_the_way_to_something_far_leads_out_over_and_in():
    one = Window(0, DAY_US)
    other = one.moved(20 * YEAR_US)
    steps = way(Travel(one, other))
    widest = max(steps, key=lambda step: step.length_us)
    assert 10 * YEAR_US < widest.length_us < 60 * YEAR_US
    assert one.length_us < steps[STEPS // 20].length_us and steps[-STEPS // 20].length_us < widest.length_us
    assert [step.centre_us for step in steps] == sorted(step.centre_us for step in steps)


def test_that_the_way_back_passes_the_same_windows():
    one, other = Window(0, DAY_US), Window(900 * DAY_US, 903 * DAY_US)
    out, back = Travel(one, other)._flown(0.3), Travel(other, one)._flown(0.7)
    assert out.length_us == pytest.approx(back.length_us, rel=1e-9)
    assert out.start_us == pytest.approx(back.start_us, abs=out.length_us * 1e-9)


def test_that_a_longer_way_takes_longer():
    window = Window(0, DAY_US)
    took = [Travel(window, window.moved(by)).duration_ms for by in (DAY_US // 5, DAY_US, 30 * DAY_US, 300 * YEAR_US)]
    assert took == sorted(took) and took[0] < took[-1] == MOST_MS

"""Windows and scales: a zoom keeps its anchor within a pixel, nothing leaves the limits, arrays agree with ints."""
from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, Span
from timeline_app.viewmodel.window import SHORTEST_US, TimeScale, Window

YEAR_US = 365 * 86_400 * 10**6
PX = 1920.0
spots = st.floats(0, PX, allow_nan=False)
starts = st.integers(-(10**20), 10**20)
lengths = st.integers(SHORTEST_US, 10**19)
windows = st.builds(lambda start, length: Window(start, start + length), starts, lengths)


def zoomed_to(window: Window, length_us: int, x: float, factor: float) -> Window:
    """Notch after notch about what is at one place of the screen."""
    anchor = TimeScale(window, PX).at_us(x)
    while (window.length_us > length_us) == (factor > 1) and window.length_us != length_us:
        window = window.zoomed(factor, anchor)
    return window


@given(starts, spots)
def test_that_zooming_from_100_years_to_10_ms_and_back_keeps_the_anchor_within_one_px(start: int, x: float):
    window = Window(start, start + 100 * YEAR_US)
    anchor = TimeScale(window, PX).at_us(x)
    near = zoomed_to(window, SHORTEST_US, x, 1.2)
    assert near.length_us == SHORTEST_US
    assert abs((anchor - near.start_us) / TimeScale(near, PX).us_per_px - x) <= 1
    far = zoomed_to(near, 100 * YEAR_US, (anchor - near.start_us) / SHORTEST_US * PX, 1 / 1.2)
    assert abs((anchor - far.start_us) / TimeScale(far, PX).us_per_px - x) <= 1


@given(windows, windows)
def test_that_a_window_kept_within_limits_lies_within_them_and_keeps_its_length_if_it_can(window, limits):
    kept = window.kept_within(limits)
    assert limits.start_us <= kept.start_us and kept.end_us <= limits.end_us
    assert kept.length_us == min(window.length_us, limits.length_us)
    assert kept.kept_within(limits) == kept
    inside = limits.start_us <= window.start_us and window.end_us <= limits.end_us
    assert kept == window or not inside


def test_that_no_limits_let_a_window_leave_the_instants_there_are():
    limits = Window(MIN_INSTANT * 1100, MAX_INSTANT * 1100)
    kept = limits.kept_within(limits)
    assert (kept.start_us, kept.end_us) == (MIN_INSTANT * 1000, MAX_INSTANT * 1000)
    assert kept.moved(10**9).kept_within(limits) == kept


@given(windows, st.lists(st.integers(MIN_INSTANT, MAX_INSTANT), max_size=5), st.floats(0, 1))
def test_that_the_x_of_an_array_is_the_x_of_each_instant_within_a_hundredth_of_a_px(window, far, share):
    scale = TimeScale(window, PX)
    inside = window.start_us // 1000 + round(window.length_us // 1000 * share)
    instants = [*far, inside, MIN_INSTANT, MAX_INSTANT]
    for x, instant in zip(scale.xs(np.array(instants, dtype=np.int64)), instants, strict=True):
        exact = scale.x(instant)
        if -PX <= exact <= 2 * PX:
            assert abs(x - exact) < 0.01
        else:
            assert (x < 0) == (exact < 0) and not 0 <= x <= PX


def test_that_two_instants_a_millisecond_apart_stay_apart_at_the_closest_zoom():
    now = 1_590_967_567_250
    window = Window(now * 1000, now * 1000 + SHORTEST_US)
    assert np.allclose(TimeScale(window, 1000.0).xs(np.array([now, now + 1], dtype=np.int64)), [0.0, 100.0])


@given(windows, st.integers(0, int(PX)))
def test_that_the_instant_at_an_x_is_drawn_at_that_x(window: Window, x: int):
    scale = TimeScale(window, PX)
    assert abs((scale.at_us(x) - window.start_us) / scale.us_per_px - x) <= 1 / scale.us_per_px + 1e-6


def test_that_a_window_of_a_moment_is_10_ms_long_and_its_span_holds_it():
    window = Window.of(Span(5, 5))
    assert window.length_us == SHORTEST_US and window.span.contains(5)
    assert Window(1_500, 12_500).span == Span(1, 13)

"""Bins put together: no sum is lost, none is invented, and the word for the bin follows its width."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fakes import MIDNIGHT
from lane_reading import counted
from timeline_app.domain.calendar import DAY, HOUR, MINUTE
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, Span
from timeline_app.viewmodel.rebin import WIDTHS, bin_for, in_view, rebin
from timeline_app.viewmodel.window import TimeScale, Window

values = st.lists(st.integers(0, 10**12), min_size=1, max_size=40)
widths = st.sampled_from([width for width in WIDTHS if width % (10 * MINUTE) == 0])


@given(values, widths, st.integers(-10**6, 10**6))
def test_that_a_window_over_everything_keeps_the_sum(counts: list[int], width: int, first: int):
    series = counted(first * 10 * MINUTE, counts)
    binned = rebin(series, int(series.start[0]), int(series.start[-1]) + series.bin_ms, width)
    assert int(binned.totals.sum()) == sum(counts)
    assert (np.diff(binned.start) > 0).all()
    assert width == series.bin_ms or not (binned.start % width).any()


@given(values, widths, st.integers(0, 70), st.integers(0, 70))
@example([1] * 30, HOUR, 7, 14)
def test_that_each_bin_that_touches_the_window_is_whole_and_no_other_is_there(counts, width: int, a: int, b: int):
    series = counted(MIDNIGHT, counts)
    first = MIDNIGHT + min(a, b) * 10 * MINUTE + 7
    last = MIDNIGHT + max(a, b) * 10 * MINUTE + 8
    binned = rebin(series, first, last, width)
    for start, total in zip(binned.start.tolist(), binned.totals.tolist(), strict=True):
        assert start < last and first < start + width
        inside = (series.start >= start) & (series.start < start + width)
        assert total == int(series.totals[inside].sum())
    touching = {start // width * width if width != series.bin_ms else start
                for start in series.start.tolist() if start < last and first < start + series.bin_ms}
    assert touching <= set(binned.start.tolist())


def test_that_parts_are_summed_apart():
    series = counted(0, [[1, 10], [2, 20], [3, 30], [4, 40]])
    assert rebin(series, 0, HOUR, 30 * MINUTE).values.tolist() == [[6, 60], [4, 40]]


@pytest.mark.parametrize("minutes_per_px, width", [
    (1, 10 * MINUTE), (10, 10 * MINUTE), (11, 30 * MINUTE), (31, HOUR), (61, 3 * HOUR), (1_441, 7 * DAY),
    (10**7, 364 * DAY)])
def test_that_a_bin_is_never_finer_than_counted_and_never_narrower_than_a_px(minutes_per_px: int, width: int):
    assert bin_for(counted(0, [1]), minutes_per_px * 60_000_000) == width


def test_that_widths_are_multiples_of_the_own_bin():
    hourly, daily = counted(0, [1], bin="1h"), counted(0, [1], bin="1d")
    assert bin_for(hourly, 1.0) == HOUR and bin_for(daily, 1.0) == DAY
    assert all(bin_for(hourly, width * 1000.0) % HOUR == 0 for width in WIDTHS)


def test_that_figures_at_moments_have_no_bins():
    assert bin_for(counted(0, [1], bin="point"), 1.0) == 0


@pytest.mark.parametrize("counts", [[], [0], [5]])
def test_that_few_bins_or_none_do_not_disturb(counts: list[int]):
    series = counted(0, counts)
    for width in WIDTHS[1:]:
        binned = rebin(series, -DAY, DAY, width)
        assert binned.totals.tolist() == counts
        assert rebin(series, 2_000 * DAY, 2_001 * DAY, width).totals.tolist() == []


def test_that_the_ends_of_time_can_be_asked_for():
    series = counted(0, [1, 2, 3])
    assert rebin(series, MIN_INSTANT, MAX_INSTANT, 364 * DAY).totals.tolist() == [6]


def test_that_what_is_in_view_is_binned_for_the_scale():
    series = counted(0, [1] * 600)
    wide = in_view(series, TimeScale(Window.of(Span(0, 100 * HOUR)), 100.0))
    assert wide.width_ms == HOUR and set(wide.totals.tolist()) == {6}

"""The overview as values: a calm stretch of time, true bars, and what dragging the brush does."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import MIDNIGHT, tiny_dataset, tiny_meta
from timeline_app.base.text import catalogue
from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, civil_from_days, days_from_civil
from timeline_app.domain.records import Words
from timeline_app.engine.series import Series
from timeline_app.viewmodel import brush
from timeline_app.viewmodel.overview import (
    LARGEST,
    NEAREST,
    SMALLEST,
    OverviewPicture,
    OverviewRequest,
    extent,
    picture,
)
from timeline_app.viewmodel.window import SHORTEST_US, TimeScale, Window

DAY_US = DAY * 1000
LIMITS = Window(0, 4_000 * DAY_US)
WEEK = Window(2_000 * DAY_US, 2_006 * DAY_US)
windows = st.builds(lambda at, length: Window(at, at + length).kept_within(LIMITS),
                    st.integers(0, LIMITS.end_us), st.integers(SHORTEST_US, LIMITS.end_us))


def measure(text: str, size: int, weight: str) -> float:
    return len(text) * size * 0.55


def made(dataset, shown: Window, width: float = 1250.0, language: str = "en") -> OverviewPicture:
    request = OverviewRequest(dataset, TimeScale(shown, width), "America/Chicago", catalogue(language), measure)
    return picture(request, shown)


@given(st.lists(windows, min_size=1, max_size=6))
def test_that_the_strip_holds_the_window_within_the_limits_and_stays_once_chosen(visited):
    shown = None
    for window in visited:
        shown = extent(shown, window, LIMITS)
        assert LIMITS.start_us <= shown.start_us <= window.start_us
        assert window.end_us <= shown.end_us <= LIMITS.end_us
        assert extent(shown, window, LIMITS) == shown


@given(windows, windows)
def test_that_the_window_has_a_readable_share_and_room_on_both_sides_unless_time_ends_there(before, window):
    shown = extent(extent(None, before, LIMITS), window, LIMITS)
    assert shown == LIMITS or SMALLEST <= window.length_us / shown.length_us <= LARGEST
    room = shown.length_us * NEAREST - 1
    assert shown.start_us == LIMITS.start_us or window.start_us - shown.start_us >= room
    assert shown.end_us == LIMITS.end_us or shown.end_us - window.end_us >= room


def test_that_the_strip_is_still_while_the_window_moves_about_in_it_and_moves_at_its_edge():
    first = extent(None, WEEK, LIMITS)
    assert extent(first, WEEK.moved(2 * DAY_US), LIMITS) == first
    assert extent(first, WEEK.moved(-2 * DAY_US), LIMITS) == first
    assert extent(first, WEEK.moved(12 * DAY_US), LIMITS) != first


def test_that_the_opening_week_is_shown_from_22_may_to_20_june():
    week = Window(MIDNIGHT * 1000, MIDNIGHT * 1000 + 13 * DAY_US // 2)
    shown = extent(None, week, Window(week.start_us - 900 * DAY_US, week.end_us + 900 * DAY_US)).span
    days = [civil_from_days(zones.to_local(at, "America/Chicago") // DAY)[1:] for at in (shown.start, shown.end)]
    assert days == [(5, 22), (6, 20)]


def test_that_bars_are_the_bins_of_the_overview_series_by_their_highest():
    found = made(tiny_dataset(), Window(MIDNIGHT * 1000 - 2 * DAY_US, MIDNIGHT * 1000 + 9 * DAY_US))
    assert found.role == "counted" and len(found.start) == 8
    assert found.height.max() == 1.0 and found.height[4] == 1.0
    assert np.all(found.end - found.start == DAY)
    assert found.height[0] == pytest.approx(4 / 71_741)


def test_that_the_heading_says_who_counted_what_per_which_bin_and_the_peak():
    shown = Window(MIDNIGHT * 1000, MIDNIGHT * 1000 + 9 * DAY_US)
    assert made(tiny_dataset(), shown).lines == ("#example", "peak 71,741 tweets a day", "a study")
    assert made(tiny_dataset(), shown, language="ko").lines[1] == "최고 71,741, 하루 트윗"


def test_that_a_bin_that_only_reaches_into_the_strip_is_shown():
    start = int(tiny_dataset().series_by_id["daily"].start[3]) * 1000
    found = made(tiny_dataset(), Window(start + DAY_US // 2, start + DAY_US // 2 + 3_600_000_000))
    assert list(found.start) == [start // 1000] and found.height[0] == 1.0


def years_of_days(seed: int, days: int) -> Series:
    start = np.arange(days, dtype=np.int64) * DAY + days_from_civil(2010, 1, 1) * DAY
    values = np.random.default_rng(seed).integers(0, 10**6, (days, 1))
    return Series("daily", Words("t"), Words("s"), Words("a day"), Words("w"), "tweets", "1d", "UTC", start, values)


@given(st.integers(0, 10**6), st.integers(400, 4000), st.floats(100, 1250))
def test_that_many_bins_become_few_bars_that_keep_every_high_day(seed: int, days: int, width: float):
    series = years_of_days(seed, days)
    found = made(tiny_dataset(series=(series,)),
                 Window(int(series.start[0]) * 1000, int(series.start[-1] + DAY) * 1000), width)
    assert len(found.start) <= max(width / 3 + 2, 1)
    highest = np.array([series.values[(series.start >= a) & (series.start < b)].max()
                        for a, b in zip(found.start, found.end, strict=True)])
    assert np.allclose(found.height, highest / series.values.max())
    assert np.all(found.start[1:] == found.end[:-1])


def test_that_without_a_series_the_strip_shows_how_many_events_there_may_be_at_a_time():
    data = tiny_dataset(meta=tiny_meta(overview_series=""))
    shown = Window(MIDNIGHT * 1000, MIDNIGHT * 1000 + 7 * DAY_US)
    found = made(data, shown)
    assert (found.role, found.lines) == ("muted", ("Documented events", "up to 1 at a time"))
    for event in data.events:
        touched = (found.end > event.when.earliest_start) & (found.start < event.when.latest_end)
        assert touched.any() and (found.height[touched] > 0).all()
    assert made(replace(data, events=()), shown).height.max() == 0


@given(st.floats(20, 2000))
def test_that_two_events_in_one_column_are_not_said_to_be_at_one_time(width: float):
    data = tiny_dataset(meta=tiny_meta(overview_series=""))
    shown = Window(MIDNIGHT * 1000, MIDNIGHT * 1000 + 7 * DAY_US)
    assert made(data, shown, width).lines[1] == "up to 1 at a time"
    twice = tiny_dataset(meta=tiny_meta(overview_series=""), events=data.events + data.events[1:3])
    assert made(twice, shown, width).lines[1] == "up to 2 at a time"


def test_that_a_strip_beyond_all_counts_is_empty_and_says_so_with_a_peak_of_0():
    found = made(tiny_dataset(), Window(0, 30 * DAY_US))
    assert len(found.start) == 0 and found.lines[1].startswith("peak 0 ")


STRIP = TimeScale(Window(0, 100 * DAY_US), 1000.0)
BRUSH = Window(40 * DAY_US, 60 * DAY_US)


def test_that_edges_are_targets_of_24_px_and_the_middle_is_between_them():
    parts = [brush.part_at(x, STRIP, BRUSH) for x in (380, 389, 411, 413, 500, 587, 589, 611, 613)]
    assert parts == ["", "start", "start", "middle", "middle", "middle", "end", "end", ""]


def test_that_a_narrow_brush_keeps_a_middle_to_take_it_by():
    narrow = Window(40 * DAY_US, 40 * DAY_US + DAY_US * 9 // 10)
    assert [brush.part_at(x, STRIP, narrow) for x in (399, 404.5, 410)] == ["start", "middle", "end"]


@given(st.sampled_from(("start", "middle", "end")), st.integers(-200 * DAY_US, 200 * DAY_US))
def test_that_dragging_moves_what_is_held_and_nothing_else_within_the_strip(part: str, by_us: int):
    found = brush.dragged(BRUSH, part, by_us, STRIP)
    assert STRIP.window.start_us <= found.start_us < found.end_us <= STRIP.window.end_us
    if part == "middle":
        assert found.length_us == BRUSH.length_us
    else:
        assert (found.end_us if part == "start" else found.start_us) in (BRUSH.start_us, BRUSH.end_us)
        assert found.length_us >= brush.NARROWEST_PX * STRIP.us_per_px

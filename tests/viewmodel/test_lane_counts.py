"""Counted bins: what is drawn is what was counted, and where nobody counted the lane says so."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes import MIDNIGHT, words
from lane_reading import WEEK, boxes, counted, dataset, faults, plain, request, said
from timeline_app.domain.calendar import DAY, HOUR, MINUTE
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Annotation
from timeline_app.engine.series import Category, Series
from timeline_app.viewmodel import bars as bars_of
from timeline_app.viewmodel import rebin
from timeline_app.viewmodel.lanes import counts

PARTS = (Category("original", words("original use"), "original"),
         Category("hijacked", words("coded as hijacked use"), "hijacked"), Category("other", words("other")))


def asked(series: Series, span: Span = WEEK, **fields: object):
    return request(dataset(series=(series,)), "counts", span, **fields)


def drawn(series: Series, span: Span = WEEK, **fields: object):
    return counts.picture(asked(series, span, **fields))


def days(*values: object, **fields: object) -> Series:
    """A series of days from the midnight on."""
    return counted(MIDNIGHT, list(values), **({"bin": "1d", "missing_bins_are_zero": True} | fields))


def heights(bars) -> list[float]:
    return (bars.bottom - bars.top).tolist()


@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=7), st.sampled_from((34.0, 64.0, 190.0)))
def test_that_bars_are_as_high_as_their_values_and_the_highest_reaches_the_top(values: list[int], height: float):
    picture = drawn(days(*values), height=height)
    shown = [value for value in values if value]
    assert bool(picture.bars) == bool(shown)
    for bars in picture.bars:
        room = max(heights(bars))
        figure = 1.25 * bars_of.FIGURE_PX + 2
        assert room == pytest.approx(height - min(bars_of.HEAD, max(0.4 * height, figure)) - 5, abs=0.05)
        for high, value in zip(heights(bars), shown, strict=True):
            assert high == pytest.approx(max(0.8, room * value / max(shown)), abs=0.05)


def test_that_parts_are_stacked_in_the_order_of_the_categories_and_add_up():
    series = days([10, 30, 5], [0, 20, 0], categories=PARTS)
    picture = drawn(series, height=200.0)
    assert [bars.role for bars in picture.bars] == ["original", "hijacked", "free2"]
    low, middle, top = picture.bars
    assert middle.bottom[0] == low.top[0] and top.bottom[0] == middle.top[0]
    assert low.bottom[0] == middle.bottom[1], "what has no original use begins at the floor"
    assert heights(middle)[0] == pytest.approx(3 * heights(low)[0], rel=1e-3)


def test_that_one_scale_makes_equal_counts_equally_high():
    small, large = days(50, 100), days(100, 400)
    own = max(heights(drawn(small).bars[0]))
    common = heights(drawn(small, common_peak=400.0).bars[0])
    assert common == pytest.approx([own / 8, own / 4], rel=1e-3)
    assert common[1] == pytest.approx(heights(drawn(large, common_peak=400.0).bars[0])[0])


@given(st.lists(st.integers(0, 900), min_size=3, max_size=60).map(lambda some: some * 5), st.floats(0, 1),
       st.floats(0.01, 1), st.sampled_from((400.0, 1_000.0)))
def test_that_the_peak_in_words_is_the_largest_bin_that_is_drawn(values, first: float, share: float, width: float):
    series = counted(MIDNIGHT, values, missing_bins_are_zero=True)
    whole = series.bin_ms * len(values)
    start = MIDNIGHT + int(whole * first)
    told = asked(series, Span(start, start + max(1, int(whole * share))), width=width, height=80.0)
    for text in [text for text in said(counts.picture(told)) if text.startswith("peak")]:
        binned = rebin.in_view(series, told.scale)
        assert text == f"peak {int(binned.totals.max()):,} {said_in(binned.width_ms)}"


def said_in(width_ms: int) -> str:
    return {10 * MINUTE: "in 10 minutes", 30 * MINUTE: "in 30 minutes", HOUR: "in an hour"}[width_ms]


@pytest.mark.parametrize("days_across, bin_text, line", [
    (2, "10 minutes", "tweets per bin"), (15, "30 minutes", "tweets per bin, summed per 30 minutes"),
    (40, "an hour", "tweets per bin, summed per hour")])
def test_that_the_bin_follows_the_width_and_is_named(days_across: int, bin_text: str, line: str):
    picture = drawn(counted(MIDNIGHT, np.arange(2_000) % 97), Span(MIDNIGHT, MIDNIGHT + days_across * DAY))
    assert picture.bin_text == bin_text and picture.heading.lines == (line, "a study")
    assert any(text.startswith("peak") and text.endswith(f"in {bin_text}") for text in said(picture))


def test_that_gaps_are_exactly_outside_of_what_is_covered():
    covered = Span(MIDNIGHT + DAY, MIDNIGHT + 4 * DAY)
    series = days(1, 2, 3, covered=covered)
    series = replace(series, start=series.start + DAY)
    assert [(gap.start_ms, gap.end_ms) for gap in drawn(series).gaps] == [
        (WEEK.start, covered.start), (covered.end, WEEK.end)]
    assert said(drawn(series)).count("no data here") == 2
    inside = Span(covered.start, covered.end)
    assert drawn(series, inside).gaps == () and "no data here" not in said(drawn(series, inside))


def test_that_without_a_stated_coverage_nothing_is_claimed_beyond_the_first_and_the_last_bin():
    gaps = drawn(days(1, 2, 3)).gaps
    assert [(gap.start_ms, gap.end_ms) for gap in gaps] == [(MIDNIGHT + 3 * DAY, WEEK.end)]


def test_that_a_missing_bin_is_no_data_unless_it_means_zero():
    series = days(1, 2, 3, 4, 5, 6, 7)
    kept = [0, 1, 2, 5, 6]
    holed = replace(series, start=series.start[kept], values=series.values[kept])
    assert drawn(holed).gaps == ()
    stated = replace(holed, missing_bins_are_zero=False)
    assert [(gap.start_ms, gap.end_ms) for gap in drawn(stated).gaps] == [(MIDNIGHT + 3 * DAY, MIDNIGHT + 5 * DAY)]
    ends = replace(stated, covered=Span(WEEK.start - 9 * DAY, WEEK.end + 9 * DAY))
    assert drawn(ends).gaps[0].start_ms == MIDNIGHT + 3 * DAY
    assert drawn(ends, Span(WEEK.start - 3 * DAY, WEEK.end)).gaps[0].start_ms == WEEK.start - 3 * DAY


def test_that_a_day_of_25_hours_is_no_gap():
    series = days(1, 2, 3, missing_bins_are_zero=False)
    longer = replace(series, start=series.start + np.array([0, HOUR, HOUR]))
    assert drawn(longer, Span(MIDNIGHT, MIDNIGHT + 3 * DAY)).gaps == ()


@pytest.mark.parametrize("values", [(), (0, 0, 0)])
def test_that_nothing_counted_is_a_sentence(values: tuple[int, ...]):
    picture = drawn(days(*values))
    assert picture.bars == () and picture.quiet == "nothing counted in view"


def test_that_a_window_nobody_counted_says_no_data_and_not_nothing():
    before = Span(MIDNIGHT - 9 * DAY, MIDNIGHT - 8 * DAY)
    assert drawn(days(1, 2, 3), before).quiet == "no data here"
    assert drawn(days(1, 2, 3, covered=Span(MIDNIGHT, MIDNIGHT + 3 * DAY)), before).quiet == "no data here"


@pytest.mark.parametrize("span", [Span(-9 * DAY, -2 * DAY), Span(-1, 0), Span(-(10**17), 10**17)])
def test_that_windows_before_1970_and_over_deep_time_are_drawn(span: Span):
    series = counted(-8 * DAY, [5] * 2_000)
    picture = drawn(series, span)
    assert picture.bars and faults(picture, asked(series, span).scale, 120.0) == []


def test_that_one_bin_is_drawn_with_its_figure():
    picture = drawn(days(1_234))
    assert heights(picture.bars[0])[0] > 50 and said(picture)[0] == "1,234"


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=9), st.floats(-3, 3), st.sampled_from((300.0, 900.0)))
def test_that_no_figure_is_wider_than_its_bar_and_each_belongs_to_one(values: list[int], shift: float, width: float):
    series = days(*values)
    span = Span(WEEK.start + round(shift * DAY), WEEK.end + round(shift * DAY))
    picture, scale = drawn(series, span, width=width), asked(series, span, width=width).scale
    figures = [(text, box) for text, box in zip(said(picture), boxes(picture, scale), strict=True)
               if text.replace(",", "").isdigit()]
    for text, (left, _, right, bottom) in figures:
        number = [n for n, start in enumerate(series.start.tolist())
                  if scale.x(start) <= left and right <= scale.x(start + DAY)]
        assert len(number) == 1 and f"{values[number[0]]:,}" == text
        top = next(top for start, top in zip(picture.bars[0].start, picture.bars[0].top, strict=True)
                   if start == series.start[number[0]])
        assert bottom <= top + 0.5


def test_that_a_figure_has_thousands_commas_and_narrow_bars_give_way_to_the_peak():
    series = days(*([71_741] + [30] * 40))
    assert "71,741" in said(drawn(series))
    assert said(drawn(series, Span(MIDNIGHT, MIDNIGHT + 40 * DAY)))[0] == "peak 71,741 in a day"


def annotated(at_ms: int, height: float = 190.0, values: object = None, **fields: object):
    series = counted(MIDNIGHT, np.arange(1_000) % 9 if values is None else values, missing_bins_are_zero=True)
    told = asked(series, height=height, **fields)
    note = Annotation(at_ms, words("from here on\nmost are other", "여기부터"))
    return counts.picture(replace(told, spec=replace(told.spec, annotations=(note,)))), told


def test_that_an_annotation_is_a_dotted_line_with_its_words_beside_it():
    high = [1] * 500 + [60] * 10 + [1] * 490
    picture, told = annotated(MIDNIGHT + 3 * DAY, values=high)
    assert [rule.at_ms for rule in picture.rules] == [MIDNIGHT + 3 * DAY]
    lines = [label for label, text in zip(picture.labels, said(picture), strict=True)
             if text in ("from here on", "most are other")]
    assert len(lines) == 2 and all(label.dx + label.width < 0 for label in lines)
    assert faults(picture, told.scale, told.height) == []


@pytest.mark.parametrize("at_ms, height", [
    (MIDNIGHT + 4 * DAY, 40.0), (MIDNIGHT - DAY, 190.0), (MIDNIGHT + 5 * MINUTE, 190.0), (WEEK.end + 1, 190.0)])
def test_that_an_annotation_that_does_not_fit_is_left_out_line_and_words(at_ms: int, height: float):
    picture, _ = annotated(at_ms, height, [1] * 500 + [60] * 10 + [1] * 490)
    assert picture.rules == () and "from here on" not in said(picture)


def test_that_a_figure_gives_way_to_the_words_of_an_annotation():
    told = asked(days(1_000, 903, 904, covered=WEEK), height=190.0)
    note = Annotation(MIDNIGHT + DAY + 7 * HOUR, words("here"))
    picture = counts.picture(replace(told, spec=replace(told.spec, annotations=(note,))))
    assert said(picture) == ["here", "1,000", "904"] and faults(picture, told.scale, told.height) == []


def test_that_the_words_of_an_annotation_have_ground_where_they_stand_on_a_hatch():
    series = replace(counted(MIDNIGHT + 2 * DAY, [1] * 500), missing_bins_are_zero=True)
    for at_ms, on_hatch in ((MIDNIGHT + 2 * DAY, True), (MIDNIGHT + 4 * DAY, False)):
        told = asked(series, height=400.0)
        note = Annotation(at_ms, words("here"))
        picture = counts.picture(replace(told, spec=replace(told.spec, annotations=(note,)), common_peak=9.0))
        grounds = {text: label.has_ground for label, text in zip(picture.labels, said(picture), strict=True)}
        assert grounds["here"] == on_hatch


def test_that_each_part_is_named_in_its_colour_where_there_is_room():
    values = np.zeros((700, 3), dtype=int)
    values[300:330] = (4, 90, 2)
    picture = drawn(counted(MIDNIGHT, values, categories=PARTS), height=190.0)
    roles = {run.text: run.role for label in picture.labels for run in label.runs}
    assert roles["original use"] == "original_text" and roles["coded as hijacked use"] == "hijacked_text"
    assert roles["other"] == "ink"


@pytest.mark.parametrize("percent", [75, 100, 200])
@settings(max_examples=12)
@given(st.integers(0, 2**32), st.floats(0.02, 60), st.sampled_from((34.0, 64.0, 190.0)))
def test_that_labels_stay_inside_and_apart_at_any_scale_and_text_size(
        percent: int, seed: int, across: float, height: float):
    dice = np.random.default_rng(seed)
    values = dice.integers(0, 200, (400, 3)) * (dice.random((400, 1)) < 0.3)
    series = counted(MIDNIGHT, values, categories=PARTS, covered=Span(MIDNIGHT, MIDNIGHT + 3 * DAY))
    span = Span(MIDNIGHT - DAY // 4, MIDNIGHT + round(across * DAY))
    told = asked(series, span, height=height * percent / 100, text_percent=percent, width=600.0)
    told = replace(told, spec=replace(told.spec, annotations=(Annotation(MIDNIGHT + DAY, words("a\nnote")),)))
    assert faults(counts.picture(told), told.scale, told.height) == []


def test_that_an_unstated_day_boundary_is_said():
    assert drawn(days(1, zone="not stated")).caveats == (
        "daily lanes: day boundary not stated by the authors, drawn as UTC days",)
    assert drawn(days(1)).caveats == ()


def test_that_a_series_of_figures_or_none_at_all_is_no_error_in_a_lane_of_counts():
    assert drawn(counted(MIDNIGHT, [5], bin="point")).bars == ()
    told = asked(days(1))
    missing = replace(told, spec=replace(told.spec, series_id="gone"))
    assert counts.picture(missing).heading.title == "A lane" and counts.wanted(missing).least > 0


def test_that_stacked_lanes_want_more_room_and_the_same_request_gives_the_same_picture():
    assert counts.wanted(asked(days([1, 2, 3], categories=PARTS))).ideal > counts.wanted(asked(days(1))).ideal
    assert plain(drawn(days(1, 2, 3))) == plain(drawn(days(1, 2, 3)))

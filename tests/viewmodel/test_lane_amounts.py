"""Printed figures: each has its dot and its source, none is joined to another, and what is not known of the time of a
figure is drawn as wide as it is.
"""
from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes import MIDNIGHT
from lane_reading import WEEK, boxes, counted, dataset, faults, overlap, plain, request, said
from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.records import Source
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, Span
from timeline_app.engine.dataset import Dataset, open_dataset
from timeline_app.engine.series import Point as Figure
from timeline_app.engine.series import Series
from timeline_app.viewmodel.lanes import amounts

SOURCES = {"s": Source("s", container="The Example")}
JUNE = Span(1_591_401_600_000, 1_591_747_200_000)  # 6 to 10 June 2020 UTC


def figure(days: float, value: float, qualifier: str = "", hours: float = 0, source: str = "s") -> Figure:
    """A figure so many days after the midnight, whose time is known to so many hours."""
    start = MIDNIGHT + round(days * DAY)
    return Figure(start, start + round(hours * HOUR), value, qualifier, source)


def series(*figures: Figure, **fields: object) -> Series:
    return replace(counted(MIDNIGHT, [], bin="point", unit="USD"), points=figures, **fields)


def asked(*figures: Figure, span: Span = WEEK, **fields: object):
    return request(dataset(series=(series(*figures),), sources=SOURCES), "amounts", span, **fields)


def drawn(*figures: Figure, **fields: object):
    return amounts.picture(asked(*figures, **fields))


def test_that_every_figure_in_view_has_a_dot_at_its_time_and_its_height():
    picture = drawn(figure(1, 50_000), figure(2, 100_000), figure(30, 7), height=100.0)
    assert [point.at_ms - MIDNIGHT for point in picture.points] == [DAY, 2 * DAY]
    low, high = (point.y for point in picture.points)
    assert high == amounts.HEAD and low - high == pytest.approx((100 - amounts.PAD - high) / 2)
    assert [picture.items[point.item].id for point in picture.points] == ["s:0", "s:1"]


def test_that_no_line_joins_two_figures():
    picture = drawn(figure(1, 50_000), figure(2, 100_000), figure(3, 70_000, hours=24), figure(5, 80_000))
    assert (picture.bands, picture.bars) == ((), ())
    assert [(rival.start_ms, rival.end_ms) for rival in picture.rivals] == [
        (MIDNIGHT + 3 * DAY, MIDNIGHT + 4 * DAY)], "a level line is one figure's own time"
    assert all(rule.top < rule.bottom for rule in picture.rules) and len(picture.rules) == 3


def test_that_a_figure_known_to_a_day_is_a_level_line_with_a_ring_in_its_middle_and_no_stem():
    picture = drawn(figure(2, 90, hours=48))
    (rival,), (point,) = picture.rivals, picture.points
    assert (rival.start_ms, rival.end_ms, rival.y, rival.item) == (
        MIDNIGHT + 2 * DAY, MIDNIGHT + 4 * DAY, point.y, point.item)
    assert (point.at_ms, point.shape) == (MIDNIGHT + 3 * DAY, "ring") and picture.rules == ()


def test_that_a_line_as_short_as_its_ring_is_left_out_and_the_ring_stays():
    far = Span(MIDNIGHT - 500 * DAY, MIDNIGHT + 500 * DAY)
    picture = drawn(figure(2, 90, hours=24), span=far)
    assert picture.rivals == () and [point.shape for point in picture.points] == ["ring"]


def test_that_a_figure_is_shown_while_any_of_its_possible_time_is_in_view():
    late = Span(MIDNIGHT + 3 * DAY + 20 * HOUR, MIDNIGHT + 9 * DAY)
    assert len(drawn(figure(2, 90, hours=48), span=late).rivals) == 1
    assert drawn(figure(2, 90, hours=48), span=Span(MIDNIGHT + 4 * DAY, MIDNIGHT + 9 * DAY)).points == ()


def test_that_an_open_time_has_its_ring_at_the_known_end():
    open_end = Figure(MIDNIGHT + DAY, MAX_INSTANT, 5.0)
    open_start = Figure(MIN_INSTANT, MIDNIGHT + 2 * DAY, 5.0)
    assert [point.at_ms - MIDNIGHT for point in drawn(open_end, open_start).points] == [DAY, 2 * DAY]


@pytest.mark.parametrize("qualifier, english, korean", [
    ("", "$817,000", "817,000달러"), ("~", "about $817,000", "약 817,000달러"),
    (">", "more than $817,000", "817,000달러 초과"), (">=", "at least $817,000", "817,000달러 이상"),
    ("<", "less than $817,000", "817,000달러 미만"), ("<=", "at most $817,000", "817,000달러 이하")])
def test_that_a_qualifier_is_said_in_words(qualifier: str, english: str, korean: str):
    assert said(drawn(figure(2, 817_000, qualifier))) == [f"{english} The Example"]
    assert said(drawn(figure(2, 817_000, qualifier), language="ko")) == [f"{korean} The Example"]
    assert drawn(figure(2, 817_000, qualifier)).points[0].shape == ("ring" if qualifier else "dot")
    assert drawn(figure(2, 817_000, qualifier)).items[0].name == f"{english}, The Example"


def test_that_fractions_are_not_rounded_away():
    assert said(drawn(figure(2, 1.25)))[0].startswith("$1.25")
    plain_unit = request(dataset(series=(series(figure(2, 0.5), unit="hours"),)), "amounts")
    assert said(amounts.picture(plain_unit)) == ["0.5 hours"]


def test_that_rival_figures_of_one_moment_are_both_named():
    pair = figure(3, 800_000, "~"), figure(3, 817_000, ">")
    assert sorted(said(drawn(*pair))) == ["about $800,000 The Example", "more than $817,000 The Example"]


def test_that_the_source_is_dropped_before_the_figure_and_the_figure_before_the_dot():
    told = [drawn(figure(3, 800_000), width=width) for width in (500.0, 220.0, 90.0)]
    assert [said(picture) for picture in told] == [["$800,000 The Example"], ["$800,000"], []]
    assert all(len(picture.points) == 1 for picture in told)


def test_that_figures_of_nothing_or_less_stand_on_the_floor():
    for picture in (drawn(figure(2, 0), height=90.0), drawn(figure(2, -5), figure(3, -9), height=90.0)):
        assert {point.y for point in picture.points} == {90.0 - amounts.PAD}


@pytest.mark.parametrize("percent", [75, 100, 200])
@settings(max_examples=15)
@given(st.integers(0, 2**32), st.integers(0, 14), st.sampled_from((46.0, 84.0, 160.0)))
def test_that_labels_stay_inside_and_off_each_other_and_off_every_ring_and_line(
        percent: int, seed: int, count: int, height: float):
    dice = Random(seed)
    figures = [figure(dice.uniform(-1, 8), dice.choice((1, 800_000, 817_000, dice.uniform(0, 10**6))),
                      dice.choice(("", "~", ">")), dice.choice((0, 0, 24, 48))) for _ in range(count)]
    told = asked(*figures, height=height * percent / 100, text_percent=percent, width=700.0)
    picture = amounts.picture(told)
    assert faults(picture, told.scale, told.height) == []
    assert len(picture.points) == len([one for one in figures if one.at_ms < WEEK.end
                                       and max(one.until_ms, one.at_ms + 1) > WEEK.start])
    for box in boxes(picture, told.scale):
        for rival in picture.rivals:
            line = (told.scale.x(rival.start_ms), rival.y - 1, told.scale.x(rival.end_ms), rival.y + 1)
            assert not overlap(box, line)
        for point in picture.points:
            x = told.scale.x(point.at_ms)
            assert not overlap(box, (x - 4, point.y - 4, x + 4, point.y + 4))


def test_that_a_lane_without_figures_in_view_says_so():
    assert drawn(figure(30, 5)).quiet == "no printed figure in view" == drawn().quiet
    told = asked(figure(1, 5))
    missing = replace(told, spec=replace(told.spec, series_id="gone"))
    assert amounts.picture(missing).points == ()


def test_that_the_same_request_gives_the_same_picture_and_larger_text_wants_more_room():
    assert plain(drawn(figure(1, 5), figure(2, 7))) == plain(drawn(figure(1, 5), figure(2, 7)))
    assert amounts.wanted(asked(text_percent=200)).least == 2 * amounts.wanted(asked()).least


@cache
def june() -> Dataset:
    return open_dataset("june-2020")


def test_that_figures_of_june_keep_all_the_time_their_sources_leave_open():
    times = {one.value: (one.at_ms, one.until_ms) for one in june().series_by_id["match-a-million-dollars"].points}
    assert times[1_026_531] == (1_591_488_000_000, 1_591_660_800_000), "7 or 8 June"
    assert times[1_200_000] == (1_591_574_400_000, 1_591_660_800_000), "8 June"
    assert times[190_000][0] == times[190_000][1] == 1_591_498_800_000


def test_that_the_figure_of_7_or_8_june_is_not_drawn_before_what_was_reached_earlier():
    spec = next(lane for lane in june().meta.lanes if lane.id == "matchamillion")
    picture = amounts.picture(request(june(), "amounts", JUNE, spec=spec, height=120.0))
    times = {picture.items[point.item].name: point.at_ms for point in picture.points}
    (total,) = [at_ms for name, at_ms in times.items() if name.startswith("$1,026,531")]
    (sooner,) = [at_ms for name, at_ms in times.items() if name.startswith("about $190,000")]
    assert sooner < total and len(picture.rivals) == 2

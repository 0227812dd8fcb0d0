"""Lanes with more events in view than marks could be told apart."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lane_reading import WEEK, at, dataset, event, faults, request, said, within
from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.time import Span
from timeline_app.viewmodel import crowd
from timeline_app.viewmodel.lanes import events, floods

MANY = dataset(tuple(event(f"e-{n}", at(7 * n / 900)) for n in range(900)))


@pytest.mark.parametrize("lane", [events, floods])
def test_that_too_many_events_are_counted_in_bars_and_zooming_in_makes_marks_of_them(lane):
    far, near = request(MANY), request(MANY, span=Span(WEEK.start, WEEK.start + DAY))
    assert lane.picture(far).bars and not lane.picture(far).items
    assert not lane.picture(near).bars and len(lane.picture(near).items) == 129
    assert said(lane.picture(far)) == ["900 events in view, up to 6 in an hour: zoom in to tell them apart"]


@given(st.floats(0.01, 700), st.floats(60, 3000), st.sampled_from((30.0, 120.0, 600.0)), st.sampled_from(("en", "ko")))
def test_that_bars_are_as_high_as_counts_and_stay_in_the_lane(days: float, width: float, height: float, told: str):
    span = Span(WEEK.start, WEEK.start + round(days * DAY))
    asked = request(MANY, span=span, width=width, height=height, language=told)
    if not crowd.is_crowded(asked):
        return
    picture = crowd.picture(asked)
    (bars,) = picture.bars
    assert faults(picture, asked.scale, height) == []
    assert (bars.top >= 0).all() and (bars.bottom <= height).all() and (bars.bottom - bars.top >= 1 - 1e-3).all()
    assert (np.diff(bars.start) >= (bars.end - bars.start)[:-1]).all(), "bars do not overlap"


def test_that_an_event_counts_once_at_the_middle_of_its_time():
    data = dataset(tuple(event(f"e-{n}", within(2, 48)) for n in range(400)))
    (bars,) = crowd.picture(request(data)).bars
    assert len(bars.start) == 1 and bars.start[0] <= WEEK.start + 3 * DAY < bars.end[0]


def test_that_bars_of_no_common_length_are_named_plainly():
    data = dataset(tuple(event(f"e-{n}", at(n * 4_000)) for n in range(400)))
    wide = request(data, span=Span(WEEK.start, WEEK.start + 1_600_000 * DAY))
    assert said(crowd.picture(wide)) == ["400 events in view, up to 2 in a bar: zoom in to tell them apart"]
    assert not crowd.is_crowded(request(MANY, span=Span(WEEK.start, WEEK.start + 3 * HOUR)))

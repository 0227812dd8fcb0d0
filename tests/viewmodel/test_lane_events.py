"""The lane of events: a day is a day wide, a minute is a dot until it is wider, an interval fades at its ends."""
from __future__ import annotations

import pytest

from fakes import MIDNIGHT, words
from lane_reading import WEEK, at, certain, dataset, event, plain, request, said, within
from timeline_app.domain import edtf
from timeline_app.domain.calendar import DAY, HOUR, MINUTE
from timeline_app.domain.time import MAX_INSTANT, Precision, Span, When
from timeline_app.viewmodel.lanes import events

OPEN = When(MIDNIGHT, MIDNIGHT + DAY, MIDNIGHT + DAY, MAX_INSTANT, Precision.DAY, open_end=True)


def drawn(*whens: When, **asked: object):
    return events.picture(request(dataset(tuple(event(f"e-{n}", when) for n, when in enumerate(whens))), **asked))


def test_that_a_day_is_a_band_from_its_first_to_its_last_ms_and_no_dot_at_midnight():
    day = edtf.resolve("2020-06-02", "America/Chicago")
    picture = drawn(day)
    (band,) = picture.bands
    assert band.edges == (day.earliest_start, day.earliest_start, day.latest_end, day.latest_end)
    assert band.edges[3] - band.edges[0] == DAY and band.style == "light" and picture.points == ()


def test_that_a_day_too_narrow_for_a_band_is_a_dot_at_noon():
    day = edtf.resolve("2020-06-02", "America/Chicago")
    (point,) = drawn(day, span=Span(MIDNIGHT - 2_000 * DAY, MIDNIGHT + 2_000 * DAY)).points
    assert point.at_ms == day.earliest_start + 12 * HOUR


def test_that_a_minute_is_a_dot_in_its_middle():
    picture = drawn(at(2))
    assert picture.bands == () and [one.at_ms for one in picture.points] == [MIDNIGHT + 2 * DAY + MINUTE // 2]


def test_that_a_minute_wider_than_a_dot_is_a_band_like_any_other_uncertainty():
    minute = at(2)
    close = drawn(minute, span=Span(minute.earliest_start - MINUTE, minute.latest_end + MINUTE))
    assert close.points == () and [(band.edges[0], band.edges[3]) for band in close.bands] == [
        (minute.earliest_start, minute.latest_end)]
    assert said(close) == ["e-0"]


def test_that_an_instant_without_length_stays_a_dot_at_any_scale():
    now = within(2, 0, Precision.SECOND)
    for span in (WEEK, Span(now.earliest_start - 5, now.earliest_start + 5)):
        assert [one.at_ms for one in drawn(now, span=span).points] == [now.earliest_start]


def test_that_an_interval_keeps_its_four_instants():
    when = When(MIDNIGHT, MIDNIGHT + DAY, MIDNIGHT + 3 * DAY, MIDNIGHT + 4 * DAY, Precision.DAY)
    (band,) = drawn(when).bands
    assert band.edges == (MIDNIGHT, MIDNIGHT + DAY, MIDNIGHT + 3 * DAY, MIDNIGHT + 4 * DAY) and band.style == "solid"


def test_that_an_interval_without_a_known_end_is_drawn_and_named():
    picture = drawn(OPEN)
    assert picture.bands[0].edges == (MIDNIGHT, MIDNIGHT + DAY, MIDNIGHT + DAY, MAX_INSTANT)
    assert said(picture) == ["e-0"]


def test_that_a_day_wide_enough_holds_its_name():
    picture = drawn(within(2, 24), width=3_000.0)
    (label,) = picture.labels
    assert label.anchor_ms == MIDNIGHT + 2 * DAY and 0 < label.dx < label.dx + label.width < 3_000 / 7


def test_that_events_out_of_the_window_leave_nothing_but_the_heading():
    picture = drawn(at(30), within(-9, 24))
    assert (picture.bands, picture.points, picture.labels, picture.items) == ((), (), (), ())
    assert picture.heading.title == "A lane"


@pytest.mark.parametrize("span", [
    Span(MIDNIGHT - 2_000 * DAY, MIDNIGHT + 2_000 * DAY), WEEK, Span(MIDNIGHT, MIDNIGHT + 1)])
def test_that_an_empty_lane_one_event_and_a_search_without_a_match_are_all_drawn(span: Span):
    assert drawn(span=span).items == ()
    one = drawn(certain(-1, 48), span=span)
    assert len(one.items) == 1 and len(one.bands) + len(one.points) == 1
    dimmed = drawn(certain(-1, 48), span=span, matches=frozenset())
    assert all(mark.dim for mark in (*dimmed.bands, *dimmed.points))


def test_that_ids_without_an_event_are_passed_over_and_the_earliest_is_laid_first():
    data = dataset((event("later", at(3)), event("sooner", at(1))))
    asked = request(data)
    spec = type(asked.spec)("lane", "events", "documented", words("A lane", "한 줄"), words("a note", "설명"),
                            ("later", "gone", "sooner"))
    picture = events.picture(request(data, spec=spec, language="ko"))
    assert [item.id for item in picture.items] == ["sooner", "later"]
    assert picture.heading.title == "한 줄" and picture.heading.lines == ("설명",)


def test_that_the_same_request_gives_the_same_picture():
    data = dataset(tuple(event(f"event {n}", at(n / 5)) for n in range(30)))
    assert plain(events.picture(request(data))) == plain(events.picture(request(data)))
    assert events.wanted(request(data)) == events.wanted(request(data))

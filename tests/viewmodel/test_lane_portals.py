"""Portals: documented states only, each from its event to the next; nothing is said of what no document says."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import MIDNIGHT, words
from lane_reading import at, boxes, certain, dataset, event, faults, plain, request, said, within
from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.records import Claim, Event, Question
from timeline_app.domain.time import Precision, Span, When
from timeline_app.engine.dataset import Meta
from timeline_app.viewmodel.lanes import portals

NAMES = {("subjects", "app"): words("The app", "그 앱"),
         ("subject_notes", "app"): words("back on Monday", "월요일 복구")}


def state(name: str, when: When, state: str, subject: str = "app", **fields: object) -> Event:
    return event(name, when, kind="portal", subject=subject, state=state, **fields)


def asked(*events: Event, **fields: object):
    told = {name: fields.pop(name) for name in ("questions", "claims") if name in fields}
    meta = Meta("made", "made", words("Made"), "UTC", names=NAMES)
    return request(dataset(events, meta=meta, **told), "portals", **fields)


def drawn(*events: Event, **fields: object):
    return portals.picture(asked(*events, **fields))


def bands(picture) -> dict[str, object]:
    return {picture.items[band.item].id: band for band in picture.bands}


def test_that_a_state_ends_where_the_next_begins_with_the_uncertainty_of_both():
    opened, down = within(1, 6), within(3, 12)
    found = bands(drawn(state("opened", opened, "open"), state("down", down, "down")))
    assert found["opened"].edges == (
        opened.earliest_start, opened.latest_start, down.earliest_start, down.latest_start)
    assert (found["opened"].role, found["opened"].style) == ("asking", "solid")
    assert (found["down"].role, found["down"].style) == ("down", "hatched")


@pytest.mark.parametrize("word", ["open", "down", "restored"])
def test_that_the_last_state_fades_over_24_hours(word: str):
    when = within(2, 6)
    assert bands(drawn(state("e", when, word)))["e"].edges == (
        when.earliest_start, when.latest_start, when.latest_start, when.latest_start + DAY)


def test_that_closed_ends_the_bar_and_is_not_down():
    closed = within(4, 24)
    found = bands(drawn(state("opened", at(1), "open"), state("closed", closed, "closed")))
    assert found["closed"].edges == (closed.earliest_start, closed.earliest_start, closed.latest_end, closed.latest_end)
    assert (found["closed"].role, found["closed"].style) == ("ink", "light")


hours, state_words = st.integers(0, 150), st.sampled_from(("open", "down", "closed", "restored"))


@given(st.lists(st.tuples(hours, hours, state_words), min_size=1, max_size=6))
def test_that_each_event_is_one_state_and_its_four_instants_are_in_order(told):
    events = [state(f"e-{n}", within(start / 24, doubt), word) for n, (start, doubt, word) in enumerate(told)]
    picture = drawn(*events)
    found = bands(picture)
    assert len(picture.bands) == len(events) and set(found) == {one.id for one in events}
    for one in events:
        edges = found[one.id].edges
        assert list(edges) == sorted(edges)
        assert edges[0] == one.when.earliest_start and edges[3] <= max(e.when.latest_start for e in events) + DAY


def test_that_an_event_without_a_state_makes_no_bar_and_cuts_none():
    opened, spoke = state("opened", at(1), "open"), event("spoke", at(2), kind="portal", subject="app")
    picture = drawn(opened, spoke, state("down", at(3), "down"))
    assert bands(picture)["opened"].edges[2] == MIDNIGHT + 3 * DAY and set(bands(picture)) == {"opened", "down"}
    (point,) = picture.points
    assert picture.items[point.item].id == "spoke" and "spoke" in said(picture)


def test_that_an_event_without_a_state_lasts_as_long_as_it_did():
    when = certain(2, 10, Precision.HOUR)
    assert bands(drawn(event("spoke", when, kind="portal")))["spoke"].edges == (
        when.earliest_start, when.latest_start, when.earliest_end, when.latest_end)


def test_that_a_flood_is_never_part_of_a_bar_whatever_its_table_says():
    flood = event("flood", certain(2, 6), kind="flood", subject="app", state="down")
    picture = drawn(state("opened", at(1), "open"), flood, state("down", at(4), "down"))
    assert bands(picture)["opened"].edges[2] == MIDNIGHT + 4 * DAY
    assert bands(picture)["flood"].role == "ink" and bands(picture)["flood"].top != bands(picture)["opened"].top
    assert bands(picture)["flood"].edges[3] == flood.when.latest_end


def test_that_a_word_that_is_no_state_is_no_state():
    (band,) = drawn(state("e", certain(1, 5), "flooded")).bands
    assert band.role == "ink" and band.edges[3] == MIDNIGHT + DAY + 5 * HOUR


def test_that_subjects_stand_in_the_order_of_their_first_start_the_better_known_one_first():
    picture = drawn(state("late", at(4), "open", "late"), state("vague", within(0.5, 48), "open", "vague"),
                    state("sure", at(1), "open", "sure"))
    found = bands(picture)
    assert sorted(found, key=lambda name: found[name].top) == ["sure", "vague", "late"]


def test_that_a_name_stands_beside_its_bar_with_its_note_and_loses_the_note_first():
    events = state("e", at(1), "open"), state("f", at(2), "down")
    assert said(drawn(*events)) == ["The app back on Monday"]
    assert said(drawn(*events, language="ko")) == ["그 앱 월요일 복구"]
    right, left = MIDNIGHT + 3 * DAY, MIDNIGHT + DAY
    narrow = Span(left - DAY // 2, right + DAY // 2)
    assert said(drawn(*events, span=narrow, width=700.0, height=33.0)) == ["The app"]
    (label,) = drawn(*events, span=narrow, width=700.0, height=33.0).labels
    assert label.anchor_ms == right + 60_000 and not label.has_ground


def test_that_a_name_stands_above_a_bar_that_fills_the_window_and_across_where_the_row_is_low():
    events = state("e", at(1), "open"), state("f", at(6), "down")
    inside = Span(MIDNIGHT + 2 * DAY, MIDNIGHT + 5 * DAY)
    high, low = (drawn(*events, span=inside, height=height) for height in (43.0, 33.0))
    for picture, height in ((high, 43.0), (low, 33.0)):
        assert said(picture) == ["The app back on Monday"]
        assert faults(picture, asked(*events, span=inside).scale, height) == []
    (box,) = boxes(high, asked(*events, span=inside).scale)
    assert box[3] <= bands(high)["e"].top and not high.labels[0].has_ground
    assert low.labels[0].has_ground


def test_that_a_rival_stretch_stands_below_its_bar_a_rival_moment_across_it_and_no_name_on_either():
    claims = tuple(Claim(f"c-{n}", "e", "when", words("then"), answer, "UTC")
                   for n, answer in enumerate(("2020-06-01T05:00:00Z", "2020-06-02T12:00:00Z", "2020-06-04")))
    told = {"questions": (Question("e", "when", words("When?")),), "claims": claims}
    request_ = asked(state("e", at(2), "open"), **told)
    picture = portals.picture(request_)
    band, (moment, stretch) = bands(picture)["e"], picture.rivals
    assert moment.y == band.top + band.height / 2 and stretch.y > band.top + band.height
    assert {picture.items[rival.item].id for rival in picture.rivals} == {"e"}
    (box,) = boxes(picture, request_.scale)
    assert box[2] < request_.scale.x(band.edges[0]), "right of the bar it would stand on the moment"
    assert not box[0] < request_.scale.x(moment.start_ms) < box[2]


@pytest.mark.parametrize("percent", [75, 100, 200])
@pytest.mark.parametrize("count", [0, 1, 3, 40])
def test_that_any_number_of_subjects_is_drawn_and_named_inside_the_lane(count: int, percent: int):
    events = [state(f"e-{n}", at(n % 7), "open", f"subject-{n}") for n in range(count)]
    wanted = portals.wanted(asked(*events, text_percent=percent))
    assert wanted.least <= wanted.ideal <= 700
    told = asked(*events, text_percent=percent, height=wanted.least)
    picture = portals.picture(told)
    assert len(picture.bands) == count and faults(picture, told.scale, told.height) == []
    assert all(band.top >= 0 and band.top + band.height <= told.height for band in picture.bands)


def test_that_subjects_out_of_view_give_their_room_to_those_in_view_only_when_there_is_too_little():
    events = [state(f"e-{n}", at(n * 4), "open", f"subject-{n}") for n in range(10)]
    assert len(drawn(*events, height=400.0).bands) == 10 and len(drawn(*events, height=70.0).bands) == 2


def test_that_the_legend_words_the_states_and_a_search_dims_bars():
    picture = drawn(state("e", at(1), "open"), matches=frozenset())
    assert [line.text for line in picture.heading.legend] == ["asking for video"], "what is not there needs no words"
    assert [band.dim for band in picture.bands] == [True]
    events = state("e", at(1), "open"), state("f", at(2), "down")
    assert plain(drawn(*events)) == plain(drawn(*events))

"""Lanes by kind, place, actor, hashtag or any column: nothing is lost, counts add up, and nobody is sorted into kinds
of people by us."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import MIDNIGHT, moment, tiny_dataset, words
from timeline_app.base.text import catalogue
from timeline_app.domain.records import Event, Place, Source, Words
from timeline_app.engine.dataset import Dataset, Meta, open_dataset
from timeline_app.viewmodel import grouping, lane_choices, lane_commands, lane_order, moves, note_lanes, shown_lanes
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import LaneChoice, Setting, View, ViewState
from timeline_app.viewmodel.window import Window

NAMES = ("North", "South", "남쪽", "East: <b>one</b>", "office 2", "office 10", "fan-3")
some = st.lists(st.sampled_from(NAMES), max_size=4).map(tuple)


def event(number: int, **fields: object) -> Event:
    return Event(f"e-{number}", words(f"Event {number}"), moment(number / 10), **fields)


def made(events: tuple[Event, ...], **meta: object) -> Dataset:
    return Dataset(Meta("m", "m", words("Made"), **meta), events=events,
                   sources={"s-1": Source("s-1", container="A paper"), "s-2": Source("s-2", container="A paper")})


def titles(data: Dataset, group: str, language: str = "en") -> list[str]:
    return [one.title.say(language) for one in grouping.lanes(data, group)]


def a_state() -> ViewState:
    return ViewState(View(Window(MIDNIGHT * 1000, (MIDNIGHT + 9 * 86_400_000) * 1000)), Setting())


@given(st.lists(st.tuples(some, some, st.sampled_from(("", *NAMES))), min_size=1, max_size=60))
def test_that_every_event_stands_in_a_lane_and_in_each_of_its_own(rows):
    events = tuple(event(n, actors=actors, hashtags=tags, place=Place(Words(place)))
                   for n, (actors, tags, place) in enumerate(rows))
    data = made(events, masked_tags={"South": Words("masked")})
    for group, values in (("actor", lambda e: e.actors), ("hashtag", lambda e: e.hashtags),
                          ("place", lambda e: (e.place.name.text,))):
        lanes = grouping.lanes(data, group)
        assert {one for lane in lanes for one in lane.event_ids} == {one.id for one in events}
        assert len({lane.id for lane in lanes}) == len(lanes) and all(lane.half == "documented" for lane in lanes)
        counted = Counter(value for e in events for value in set(values(e)) if value)
        own = {lane.id.removeprefix(f"group:{group}:"): lane for lane in lanes if lane.id.startswith("group:")}
        assert all(len(lane.event_ids) == counted[value] for value, lane in own.items())
        missing = [lane for lane in lanes if lane.id == f"group-missing:{group}"]
        assert sum(len(lane.event_ids) for lane in missing) == sum(not any(values(e)) for e in events)
        assert all(lane.event_ids == tuple(sorted(set(lane.event_ids), key=lane.event_ids.index)) for lane in lanes)


def test_that_the_most_frequent_lanes_come_first_and_no_more_than_can_be_read():
    data = made(tuple(event(n, place=Place(Words(f"place {n % 60 if n < 120 else 7}"))) for n in range(150)))
    lanes = grouping.lanes(data, "place")
    assert lanes[0].title.text == "place 7" and len(lanes[0].event_ids) == 32
    assert len(lanes) == grouping.MOST_LANES + 1 and lanes[-1].title.say("en") == "20 more together"
    assert sum(len(lane.event_ids) for lane in lanes) == 150


def test_that_values_of_a_single_event_stand_together_where_they_are_many():
    rare = tuple(event(n, actors=(f"actor {n}", "often")) for n in range(20))
    assert titles(made(rare), "actor") == ["often", "20 more together"]
    assert titles(made(rare[:5]), "actor") == ["often", *(f"actor {n}" for n in range(5))]


def test_that_masked_tags_and_unnamed_persons_have_no_lane_of_their_own():
    data = made(tuple(event(n, hashtags=("Shown", "Hateful"), actors=("fan-1", "An office")) for n in range(3)),
                masked_tags={"Hateful": Words("why")})
    assert titles(data, "hashtag") == ["#Shown", "Hashtags that the dataset masks"]
    assert titles(data, "actor") == ["An office", "1 more together"]
    assert all("Hateful" not in one.id for one in grouping.lanes(data, "hashtag"))


def test_that_no_lane_stands_for_a_kind_of_people():
    data = made(tuple(event(n, actors=("fans", "onlookers", "An office")) for n in range(3)),
                crowds=frozenset({"fans", "onlookers"}))
    assert titles(data, "actor") == ["An office", "2 more together"]
    june = open_dataset("june-2020")
    named = {one.id.removeprefix("group:actor:") for one in grouping.lanes(june, "actor")}
    assert "BTS" in named and not named & june.meta.crowds and not any("fans" in one for one in named)


def test_that_lanes_are_named_in_the_words_and_languages_of_the_dataset():
    data = made((event(1, kind="call", place=Place(words("Seoul", "서울"))), event(2, kind="own kind"),
                 event(3, source_ids=("s-1", "s-2"))))
    assert titles(data, "place", "ko")[0] == "서울" and titles(data, "place")[-1] == "No place stated"
    assert titles(data, "kind") == ["Calls to act", "own kind", "Events"]
    assert titles(data, "source") == ["A paper", "No source stated"]


def test_that_any_column_groups_whose_values_are_few_and_short():
    columns = [(("city", words("Busan", "부산")),), (("city", Words("Busan")), ("remark", Words("x" * 90))), ()]
    data = made(tuple(event(n, columns=columns[n % 3]) for n in range(6)))
    assert [one.name for one in grouping.ways(data)] == ["column:city"]
    assert titles(data, "column:city", "ko") == ["부산", "city 기재 없음"]
    assert [len(lane.event_ids) for lane in grouping.lanes(data, "column:city")] == [4, 2]


def test_that_only_what_tells_events_apart_is_offered():
    data = tiny_dataset()
    assert {one.name for one in grouping.ways(data)} >= {"kind", "hashtag", "subject", "state", "source"}
    assert "place" not in {one.name for one in grouping.ways(data)}
    assert grouping.ways(made(())) == ()


def test_that_counted_lanes_stay_under_a_group():
    data = tiny_dataset()
    grouped = shown_lanes.all_lanes(data, LaneChoice(group="kind"))
    counted = [one.id for one in data.meta.lanes if one.half == "counted"]
    assert [one.id for one in grouped if one.half == "counted"] == counted
    assert all(one.id.startswith("group:kind:") and one.kind == "events" for one in grouped if one.half == "documented")


def test_that_lanes_are_ordered_by_name_number_or_first_event():
    data = made(tuple(event(n, place=Place(Words(name))) for n, name in
                      enumerate(("office 10", "office 2", "A place", "office 2", "office 10", "office 10"))))

    def order(by: str) -> list[str]:
        return [one.title.text for one in shown_lanes.all_lanes(data, LaneChoice(group="place", order=by))]

    assert order("name") == ["A place", "office 2", "office 10"]
    assert order("count") == ["office 10", "office 2", "A place"]
    assert order("first") == ["office 10", "office 2", "A place"]


def ids(state: ViewState, data: Dataset) -> list[str]:
    return [one.id for one in shown_lanes.shown(data, state.view.lanes)]


def test_that_a_lane_moves_by_hand_within_its_part_and_back():
    data, state = tiny_dataset(), a_state()
    before = ids(state, data)
    first, *_, last = before
    for step, lane in ((1, first), (-1, last)):
        session = Session(data, moves.look(state, lane=lane))
        there = lane_commands.shift(session, step)
        assert ids(there, data) != before and sorted(ids(there, data)) == sorted(before)
        session = Session(data, there)
        assert ids(lane_commands.shift(session, -step), data) == before
    assert lane_commands.shift(Session(data, moves.look(state, lane=first)), -1).view.lanes == LaneChoice()
    halves = [one.half for one in shown_lanes.shown(data, there.view.lanes)]
    assert halves == sorted(halves, key=lane_order.HALVES.index)


def test_that_a_move_passes_hidden_lanes_and_stays_among_pinned_ones():
    data, state = tiny_dataset(), a_state()
    first, second, third, *_ = ids(state, data)
    there = lane_commands.shift(Session(data, moves.look(moves.toggle_lane(state, second), lane=first)), 1)
    assert ids(there, data)[:2] == [third, first]
    assert ids(moves.show_lanes(there), data)[:3] == [second, third, first]
    pinned = moves.look(moves.toggle_pin(moves.toggle_pin(state, third), second), lane=second)
    up = lane_commands.shift(Session(data, pinned), 1)
    assert ids(up, data)[:3] == [third, second, first] and lane_commands.shift(Session(data, up), 1) == up


def test_that_lanes_fold_and_grow_and_only_one_is_opened():
    data = tiny_dataset()
    session = Session(data, moves.look(a_state(), lane="portals"))
    folded = lane_commands.fold(session)
    assert folded.view.lanes.folded == {"portals"}
    session.become(folded)
    session.become(lane_commands.grow(session))
    assert session.state.view.lanes.opened == "portals" and not session.state.view.lanes.folded
    session.become(lane_commands.fold_all(session))
    shown = {one.id for one in note_lanes.shown(data, session.notes, session.state.view.lanes)}
    assert session.state.view.lanes.folded == shown and not session.state.view.lanes.opened
    session.become(lane_commands.fold_all(session))
    assert not session.state.view.lanes.folded


@pytest.mark.parametrize("command", [lane_commands.fold, lane_commands.grow])
def test_that_without_a_chosen_lane_nothing_folds(command):
    session = Session(tiny_dataset(), a_state())
    assert command(session) == session.state


def test_that_another_group_drops_what_it_does_not_have():
    state = moves.look(a_state(), lane="portals", selected="cluster:portals:1:2:3:4")
    grouped = moves.group_lanes(state, "place")
    assert (grouped.view.lane, grouped.view.selected, grouped.view.lanes.group) == ("", "", "place")
    kept = moves.group_lanes(replace(state, view=replace(state.view, selected="e-down")), "place")
    assert kept.view.selected == "e-down"
    assert moves.order_lanes(moves.arrange_lanes(state, ("b", "a")), "name").view.lanes.arranged == ()


def test_that_the_list_of_lanes_has_those_of_the_group_with_their_numbers():
    data, texts = tiny_dataset(), catalogue("en")
    state = moves.group_lanes(a_state(), "kind")
    lines = lane_choices.choices(data, state.view, "", texts)
    lane = next(one for one in lines if one.lane == "group:kind:portal")
    assert lane.is_shown and lane.note == "2 of 2 in view" and not any(one.lane == "portals" for one in lines)
    gone = lane_choices.turned(data, state, lane.lane)
    assert lane.lane not in ids(gone, data)
    assert ids(lane_choices.turned(data, gone, lane.lane), data) == ids(state, data)


def test_that_the_chosen_lane_can_be_shown_alone_and_all_again():
    data, state = tiny_dataset(), moves.look(a_state(), lane="floods")
    alone = lane_choices.shown_one(data, state)
    assert ids(alone, data) == ["floods"] and len(ids(state, data)) > 3
    assert ids(moves.show_lanes(alone), data) == ids(state, data)
    assert len(ids(lane_choices.shown_one(data, a_state()), data)) == 1

"""What a screen reader walks: every mark in view by name and in order of time, never more than 200 below one node."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import pytest

from fakes import tiny_dataset, tiny_session
from lane_reading import measure
from timeline_app.domain.calendar import HOUR, MINUTE
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset, open_dataset
from timeline_app.viewmodel import in_view, moves, view_tree, walk
from timeline_app.viewmodel.frame import Frame, FrameRequest, compose
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.view_tree import Entry
from timeline_app.viewmodel.window import Window
from tweet_fakes import NOON, dataset_of, of_tweets, told
from views import crowded, random_views

DATASETS = {"june-2020": lambda: open_dataset("june-2020"), "crowded": crowded}


def opened(data: Dataset, window: Window | None = None) -> Frame:
    state = walk.opening(data)
    state = state if window is None else moves.look(state, window=window)
    return compose(FrameRequest(data, state, 1_100.0, 800.0, measure))


def every(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from every(entry.children)


@pytest.mark.parametrize("name", DATASETS)
def test_that_no_node_of_any_view_has_more_than_200_children(name):
    for frame in random_views(DATASETS[name](), 60):
        entries = view_tree.tree(frame)
        assert len(entries) <= view_tree.MOST
        for entry in every(entries):
            assert len(entry.children) <= view_tree.MOST and entry.name.strip() and "\n" not in entry.name


@pytest.mark.parametrize("name", DATASETS)
def test_that_every_event_in_view_is_in_the_tree_or_counted_in_it(name):
    for frame in random_views(DATASETS[name](), 60):
        window, entries = frame.scale.window.span, view_tree.tree(frame)
        found = {entry.id for entry in every(entries)}
        for lane in frame.lanes:
            events = in_view.events_of(lane, window)
            own = next((one for one in entries if one.lane is lane and one.seen is None), None)
            if lane.spec.half == "documented" and own is not None:
                assert f"{len(events):,}" in own.name
            else:
                assert {event.id for event in events} <= found


def test_that_the_list_is_in_order_of_time_and_names_title_date_and_standing():
    entries = [one for one in view_tree.tree(opened(tiny_dataset())) if one.id]
    assert [one.id for one in entries] == ["e-asks", "e-down", "e-café", "e-flood", "e-statement"]
    assert entries[1].name == ("The app is announced down; Sunday 31 May 2020, about 18:28 CDT, to the minute; "
                               "documented, disputed: how long")
    assert entries[2].name.startswith("A café closes its <b>page</b>; Monday 1 June 2020, to the day; ")


def test_that_a_counted_lane_says_its_figures_and_has_its_bars_below_it():
    lane = next(one for one in view_tree.tree(opened(tiny_dataset())) if one.lane.spec.id == "daily")
    assert lane.name.startswith("#example: 71,810 in all, peak 71,741 in a day")
    assert [one.name.rpartition(": ")[2] for one in lane.children] == ["9", "2", "7", "71,741", "30", "18", "3"]
    assert lane.children[3].name == "2 June 00:00 to 3 June 00:00, UTC: 71,741"
    many = next(one for one in view_tree.tree(opened(crowded())) if one.lane.spec.id == "count")
    assert len(many.children) <= view_tree.GROUPS
    assert sum(int(one.name.partition("KST: ")[2].partition(" in all")[0].replace(",", "")) for one in many.children
               ) == int(many.lane.picture.counted.totals.sum())


def test_that_a_crowded_lane_lists_its_marks_and_clusters_as_they_are_drawn():
    frame = opened(crowded())
    lane = next(one for one in view_tree.tree(frame) if one.lane.spec.id == "many")
    assert "1,000 events" in lane.name and len(lane.children) == len(lane.lane.picture.items) <= view_tree.MOST
    clusters = [one.name for one in lane.children if not one.id]
    assert clusters and all(" events, " in name for name in clusters)


def test_that_pressing_a_mark_selects_it_and_pressing_a_cluster_or_bars_zooms_in():
    session = tiny_session()
    entries = view_tree.tree(opened(session.dataset))
    down = next(one for one in entries if one.id == "e-down")
    assert view_tree.pressed(down, session).view.selected == "e-down"
    data = crowded()
    session = Session(data, walk.opening(data))
    nodes = {one.lane.spec.id: one for one in view_tree.tree(opened(data))}
    states = [view_tree.pressed(one, session) for one in nodes["many"].children if not one.id]
    assert any(one.view.window.length_us < session.state.view.window.length_us for one in states)
    assert all(one.view.lane == "many" for one in states)
    bars = nodes["count"].children[4]
    assert view_tree.pressed(bars, session).view.window.span == bars.span


def test_that_the_selection_is_found_wherever_it_is():
    entries = view_tree.tree(opened(tiny_dataset()))
    path = view_tree.find(entries, "e-flood")
    assert path is not None and entries[path[0]].id == "e-flood"
    assert view_tree.find(entries, "") is None and view_tree.find(entries, "nobody") is None


def test_that_tweets_are_named_by_their_time_and_their_beginning(tmp_path):
    data = dataset_of(of_tweets(tmp_path, *(told(NOON + n * MINUTE, f"words {n}") for n in range(700))))
    frame = opened(data, Window.of(Span(NOON, NOON + HOUR // 4)))
    names = [one.name for one in view_tree.tree(frame) if one.id]
    assert len(names) == 15 and names[3].endswith(": words 3")


def test_that_more_tweets_than_a_list_holds_are_groups(tmp_path):
    data = dataset_of(of_tweets(tmp_path, *(told(NOON + n * MINUTE, f"words {n}") for n in range(700))))
    frame = opened(data, Window.of(Span(NOON, NOON + 5 * HOUR)))
    (lane,) = view_tree.tree(frame)
    assert lane.name.endswith(": 300 marks") and 0 < len(lane.children) <= view_tree.GROUPS


def test_that_a_node_keeps_its_key_while_it_stands_for_the_same():
    data = tiny_dataset()
    one, other = view_tree.tree(opened(data)), view_tree.tree(opened(data))
    assert [entry.key for entry in one] == [entry.key for entry in other]
    dice = Random(1)
    assert dice.choice(one).key != view_tree.tree(opened(crowded()))[0].key


def test_that_all_bars_together_are_few_enough_to_be_walked(tmp_path):
    tweets = [told(NOON + n * 11 * MINUTE, f"words {n}") for n in range(700)]
    names = ("one", "two", "three", "four", "five", "six", "seven")
    data = dataset_of(*(of_tweets(tmp_path, *tweets, name=name) for name in names))
    lanes = [one for one in view_tree.tree(opened(data)) if one.children]
    assert len(lanes) == 7 and all(one.children for one in lanes)
    assert sum(len(one.children) for one in lanes) <= view_tree.MOST_BARS

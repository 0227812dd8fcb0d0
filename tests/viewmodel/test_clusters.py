"""Events drawn as one: how many there are, of what, when they fall apart, and that they stay while one pans."""
from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fakes import words
from lane_reading import WEEK, at, certain, dataset, event, faults, request, within
from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.records import Claim, Place
from timeline_app.domain.time import Span
from timeline_app.engine import event_index
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import clusters, event_marks, walk
from timeline_app.viewmodel.cluster_doc import MOST_LISTED, describe_cluster, opened, step_into
from timeline_app.viewmodel.clusters import Cluster, Name
from timeline_app.viewmodel.lanes import events, floods
from timeline_app.viewmodel.picture import LanePicture, LaneRequest
from timeline_app.viewmodel.state import LaneChoice
from timeline_app.viewmodel.window import TimeScale, Window

MANY = dataset(tuple(event(f"e-{n}", at(7 * n / 900)) for n in range(900)))
SIZES = st.sampled_from((30.0, 60.0, 120.0, 400.0))


@lru_cache(maxsize=64)
def scattered(seed: int, count: int) -> Dataset:
    """Events of all lengths, most of them near each other."""
    dice = Random(seed)
    made = []
    for number in range(count):
        day = dice.gauss(3, 1) if dice.random() < 0.7 else dice.uniform(-300, 300)
        when = dice.choice((at(day), within(int(day), 24), within(int(day), 720), certain(day, dice.uniform(1, 9000))))
        made.append(event(f"e-{number}", when, place=Place(words(dice.choice(("Here", "There", ""))))))
    return dataset(tuple(made))


def drawn(picture: LanePicture) -> int:
    """How many events a picture stands for."""
    singles = sum(item.kind == "event" for item in picture.items)
    return singles + sum(one.count for one in getattr(picture.items, "clusters", ()))


@pytest.mark.parametrize("lane", [events, floods])
def test_that_too_many_events_are_put_together_and_fall_apart_when_zoomed_in(lane):
    far, near = request(MANY), request(MANY, span=Span(WEEK.start, WEEK.start + DAY // 2), height=400.0)
    assert lane.picture(far).stacks and drawn(lane.picture(far)) == 900
    assert not lane.picture(near).stacks and len(lane.picture(near).items) == 65
    assert "900 events in view" in lane.picture(far).heading.lines


@settings(max_examples=40)
@given(st.integers(0, 99), st.integers(2, 400), st.floats(0.001, 2000), st.floats(60, 2000), SIZES,
       st.sampled_from(("en", "ko")))
def test_that_every_event_in_view_is_drawn_once_and_labels_keep_apart(
        seed: int, count: int, days: float, width: float, height: float, told: str):
    span = Span(WEEK.start, WEEK.start + max(1, round(days * DAY)))
    asked = request(scattered(seed, count), span=span, width=width, height=height, language=told)
    picture = events.picture(asked)
    assert faults(picture, asked.scale, height) == []
    index = clusters.index_of(asked)
    middles = (index.start + index.end) // 2
    seen = set(np.flatnonzero((span.start < middles) & (middles < span.end - 1)).tolist())
    held: list[int] = []
    for one in getattr(picture.items, "clusters", ()):
        places = np.concatenate([part.places[some] for part, some in one.parts]).tolist()
        assert len(places) == one.count + one.beside and one.count >= 2
        held += places
    assert len(held) == len(set(held))
    alone = {item.id for item in picture.items if item.kind == "event"}
    names = {asked.dataset.events[index.rows[place]].id for place in seen - set(held)}
    assert names <= alone
    assert all(one.top >= 0 and one.top + one.height <= height + 0.01 for one in picture.stacks)


@settings(max_examples=40)
@given(st.integers(0, 3), st.floats(0.05, 400), st.floats(0.01, 0.49))
def test_that_panning_changes_no_cluster_and_no_row(seed: int, days: float, share: float):
    """Within half a view's length, from where that begins, where there are many marks."""
    length = round(days * DAY)
    start = WEEK.start * 1000 // (length * 500) * (length * 500)
    one, other = (request(SCATTERED[seed], height=200.0) for _ in range(2))
    moved = start + round(share * length * 1000)
    one = replace(one, scale=TimeScale(Window(start, start + length * 1000), 1000.0))
    other = replace(other, scale=TimeScale(Window(moved, moved + length * 1000), 1000.0))
    wide = event_marks.snapped(one.scale)
    found = clusters.grouped(one, wide, event_marks.row_count(one))
    assume(len(found.singles) + len(found.clusters) > event_marks.SPARSE)
    places = [{picture.items[stack.item].id: stack.top for stack in picture.stacks}
              for picture in (events.picture(one), events.picture(other))]
    assert all(places[0][name] == places[1][name] for name in places[0].keys() & places[1].keys())
    marks = [{picture.items[point.item].id: point.y for point in picture.points}
             for picture in (events.picture(one), events.picture(other))]
    assert all(marks[0][name] == marks[1][name] for name in marks[0].keys() & marks[1].keys())


SCATTERED = [scattered(seed, 400) for seed in range(4)]


def test_that_a_cluster_says_how_many_when_and_of_what_in_both_languages():
    made = [event(f"e-{n}", within(2, 24), place=Place(words("Dallas", "댈러스") if n % 3 else words("Seoul", "서울")))
            for n in range(400)]
    asked = request(dataset(tuple(made)))
    (item,) = events.picture(asked).items
    assert item.kind == "cluster" and item.name.startswith("400 events, ") and "Dallas 266, Seoul 134" in item.name
    assert "댈러스 266, 서울 134" in events.picture(request(asked.dataset, language="ko")).items[0].name
    (stack,) = events.picture(asked).stacks
    assert [run.text for run in stack.runs] == ["400", "Dallas 266, …"]


def test_that_bars_below_the_clusters_count_every_event_once_and_stay_in_the_lane():
    asked = request(MANY, height=160.0)
    picture = events.picture(asked)
    (bars,) = picture.bars
    room = 160.0 - 1.0 - float(bars.top.min())
    counts = (160.0 - 1.0 - bars.top.astype(float)) / room * 6
    assert len(bars.start) == 168 and 850 < counts.sum() < 950 and (bars.end - bars.start == HOUR).all()
    assert all(stack.top + stack.height < bars.top.min() for stack in picture.stacks)
    assert "up to 6 in an hour" in picture.heading.lines
    low = events.picture(request(MANY, height=60.0))
    assert low.stacks and not low.bars and len(low.heading.lines) == 1
    deep = request(MANY, span=Span(-10 ** 15, 2 * 10 ** 15), height=160.0)
    assert events.picture(deep).stacks and not events.picture(deep).bars


def test_that_bars_are_never_narrower_than_what_is_known_of_most_events():
    days = dataset(tuple(event(f"e-{n}", within(n % 200, 24)) for n in range(4_000)))
    asked = request(days, span=Span(WEEK.start, WEEK.start + 30 * DAY), height=160.0)
    (bars,) = events.picture(asked).bars
    assert (bars.end - bars.start == DAY).all() and "up to 20 in a day" in events.picture(asked).heading.lines
    near = request(days, span=Span(WEEK.start, WEEK.start + 2 * DAY), height=160.0)
    assert events.picture(near).stacks and not events.picture(near).bars


def test_that_what_the_dataset_says_most_about_stays_by_itself():
    made = tuple(event(f"e-{n}", at(2 + n / 10_000)) for n in range(400))
    claims = tuple(Claim(f"c-{n}", "e-7", "when", words("then")) for n in range(3))
    picture = events.picture(request(dataset(made, claims=claims)))
    assert [item.id for item in picture.items if item.kind == "event"] == ["e-7"]
    (stack,) = picture.stacks
    assert stack.runs[0].text == "+399"


def test_that_a_search_says_how_many_of_a_cluster_match_and_dims_those_without():
    found = frozenset({"e-1", "e-2", "e-300"})
    picture = events.picture(request(MANY, matches=found))
    figures = [(stack.runs[0].text.partition(" of ")[0], stack.dim) for stack in picture.stacks]
    assert sum(int(number) for number, _ in figures) == 3
    assert all(dim == (number == "0") for number, dim in figures)


def test_that_a_selected_event_is_shown_by_the_cluster_that_has_it():
    picture = events.picture(request(MANY))
    for event_id in ("e-0", "e-450", "e-899"):
        (item,) = picture.chosen(event_id)
        stack = picture.stacks[[str(one.name) for one in picture.items.clusters].index(item.id)]
        start = MANY.event_by_id[event_id].when.earliest_start
        assert stack.start_ms <= start < stack.end_ms
    assert picture.chosen("nobody") == ()


def lane_request(data: Dataset, **fields: object) -> LaneRequest:
    """A request for the lane that the dataset itself has."""
    return replace(request(data, **fields), spec=data.meta.lanes[0])


def with_lane(data: Dataset) -> Dataset:
    """The dataset with one lane of all its events."""
    return replace(data, meta=replace(data.meta, lanes=(request(data).spec,)))


@settings(max_examples=20)
@given(st.integers(0, 99), st.floats(0.1, 900))
def test_that_a_click_zooms_until_a_cluster_falls_apart_or_else_leaves_it_to_be_listed(seed: int, days: float):
    data = with_lane(scattered(seed, 400))
    asked = lane_request(data, span=Span(WEEK.start, WEEK.start + round(days * DAY)), height=80.0)
    limits = walk.limits_of(data)
    for cluster in event_marks.picture(asked, event_marks.own_mark).items.clusters if drawn_as_one(asked) else ():
        window = opened(str(cluster.name), asked, limits)
        doc = describe_cluster(str(cluster.name), data, LaneChoice(), ("en", "UTC"))
        assert doc is not None and doc.title == f"{cluster.count + cluster.beside} events"
        assert len(doc.members) == min(MOST_LISTED, cluster.count + cluster.beside)
        if window is not None:
            assert window.length_us < asked.scale.window.length_us
            near = events.picture(replace(asked, scale=TimeScale(window, asked.scale.width)))
            ids = members(cluster)
            assert all(ids - members(one) for one in getattr(near.items, "clusters", ()))


def members(cluster: Cluster) -> set[int]:
    """The places of its events in the lane's index."""
    return {place for one, some in cluster.parts for place in one.places[some].tolist()}


def drawn_as_one(asked: LaneRequest) -> bool:
    return bool(events.picture(asked).stacks)


def test_that_events_of_the_same_time_are_listed_because_no_zoom_parts_them():
    data = with_lane(dataset(tuple(event(f"e-{n}", within(2, 24)) for n in range(250))))
    asked = lane_request(data)
    (item,) = events.picture(asked).items
    assert opened(item.id, asked, walk.limits_of(data)) is None
    doc = describe_cluster(item.id, data, LaneChoice(), ("en", "UTC"))
    assert [one.title for one in doc.members[:2]] == ["e-0", "e-1"] and "50 more" in doc.members_note
    assert "그 밖에 50건" in describe_cluster(item.id, data, LaneChoice(), ("ko", "UTC")).members_note


def test_that_walking_on_from_a_cluster_goes_into_it():
    data = with_lane(MANY)
    name = events.picture(lane_request(data)).items.clusters[2].name
    first, last = (step_into(str(name), data, LaneChoice(), step) for step in (1, -1))
    starts = [data.event_by_id[one].when.earliest_start for one in (first, last)]
    assert name.cell.start <= starts[0] < starts[1] < name.cell.end
    assert step_into("e-1", data, LaneChoice(), 1) == ""


@pytest.mark.parametrize("name", ["", "e-1", "cluster:", "cluster:x:1:2:3", "tweet:a:1", "cluster:x:9:1:0:4"])
def test_that_other_selections_are_no_clusters(name: str):
    assert describe_cluster(name, with_lane(MANY), LaneChoice(), ("en", "UTC")) is None
    told = Name("a:b:1:2", Span(-5, 7), 1, 4)
    assert Name.read(str(told)) == told


@given(st.integers(0, 99), st.integers(0, 60), st.integers(-400, 400), st.integers(0, 800))
def test_that_an_index_finds_what_looking_at_every_event_finds(seed: int, count: int, first: int, hours: int):
    data = scattered(seed, count)
    ids = tuple(one.id for one in data.events)
    index, span = event_index.of(data, ids), Span(WEEK.start + first * HOUR, WEEK.start + (first + hours) * HOUR + 1)
    wanted = [one.id for one in data.events if one.when.earliest_start < span.end
              and span.start < max(one.when.latest_end, one.when.earliest_start + 1)]
    places = index.touching(span).tolist()
    assert sorted(data.events[index.rows[place]].id for place in places) == sorted(wanted)
    assert index.count(span) == len(wanted)
    starts = sorted(one.when.earliest_start for one in data.events)
    assert index.next_start(span.end) == next((one for one in starts if one >= span.end), None)
    assert index.last_start(span.start) == next((one for one in reversed(starts) if one < span.start), None)
    assert sum(len(one.places) for one in index.classes) == len(ids)
    assert all(one.longest // 4 < max(int((one.end - one.start).max()), 1) <= one.longest for one in index.classes)

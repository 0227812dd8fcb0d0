"""Walking, choosing and citing where there are tweets; and what their lanes do on a key."""
from __future__ import annotations

import numpy as np
import pytest

from fakes import tiny_dataset
from lane_reading import measure
from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Collection, Dataset
from timeline_app.viewmodel import citation, moves, overview, pointed, shown_lanes, status, tweet_pick, walk
from timeline_app.viewmodel.commands import by_id, chosen_state
from timeline_app.viewmodel.frame import Frame, FrameRequest, compose
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import LaneChoice, LaneLook
from timeline_app.viewmodel.window import TimeScale, Window
from tweet_fakes import NOON, dataset_of, of_rows, of_tweets, tweet_id

TIMES = [NOON + n * MINUTE for n in range(60)]


@pytest.fixture(scope="module")
def coded(tmp_path_factory) -> Collection:
    uses = [f"{tweet_id(at)},{'hijacked' if n % 2 else 'original'},{n},{n}" for n, at in enumerate(TIMES)]
    return of_rows(tmp_path_factory.mktemp("coded"), "tweet_id,use,retweets,likes", uses)


def session_of(*collections: Collection) -> Session:
    data = dataset_of(*collections)
    return Session(data, walk.opening(data))


def run(session: Session, *ids: str) -> Session:
    for command_id in ids:
        session.become(by_id(command_id).move(session))
    return session


def name(number: int) -> str:
    return tweet_pick.name("main", tweet_id(TIMES[number]))


def framed(data: Dataset, state: object, **more: object) -> Frame:
    return compose(FrameRequest(data, state, 1_000.0, 700.0, measure, **more))


def lanes(session: Session) -> list[str]:
    return [one.spec.id for one in framed(session.dataset, session.state).lanes]


def test_that_left_and_right_walk_from_tweet_to_tweet(coded: Collection):
    session = session_of(coded)
    session.become(chosen_state(session, name(10)))
    assert run(session, "next_event").state.view.selected == name(11)
    assert run(session, "previous_event", "previous_event").state.view.selected == name(9)
    assert run(session, "first_event", "previous_event").state.view.selected == name(0)
    assert run(session, "last_event", "next_event").state.view.selected == name(59)


def test_that_comma_and_full_stop_stay_in_the_lane(coded: Collection):
    session = session_of(coded)
    session.become(moves.toggle_added_lane(session.state, "main/use=hijacked"))
    session.become(moves.select(session.state, name(11), "main/use=hijacked"))
    assert run(session, "next_in_lane").state.view.selected == name(13)
    assert run(session, "previous_in_lane", "previous_in_lane").state.view.selected == name(9)
    assert run(session, "next_event").state.view.selected == name(10)


def test_that_a_walk_stays_within_what_a_search_found(coded: Collection):
    session = session_of(coded)
    session.tweet_matches = {"main": np.array([3, 30, 31])}
    session.become(chosen_state(session, name(10)))
    assert run(session, "next_event").state.view.selected == name(30)
    assert run(session, "previous_event").state.view.selected == name(3)
    session.become(moves.select(session.state, name(3), "main/use=hijacked"))
    session.become(moves.toggle_added_lane(session.state, "main/use=hijacked"))
    assert run(session, "next_in_lane").state.view.selected == name(31)


def test_that_a_walk_without_a_selection_begins_where_one_looks(coded: Collection):
    session = session_of(coded)
    session.become(moves.show(session.state, Window.of(Span(TIMES[40] - 50 * SECOND, TIMES[40] + 52 * SECOND)),
                              session.limits))
    assert run(session, "next_event").state.view.selected == name(40)


def test_that_a_tweet_out_of_sight_is_brought_into_view_and_can_be_fitted(coded: Collection):
    session = session_of(coded)
    session.become(moves.show(session.state, Window.of(Span(NOON, NOON + MINUTE)), session.limits))
    session.become(chosen_state(session, name(50)))
    assert session.state.view.window.span.contains(TIMES[50])
    assert run(session, "fit_selection", "fit_selection").state.view.window.length_us < 4 * 60_000_000


def test_that_events_are_walked_as_before_where_there_are_tweets_too(coded: Collection):
    data = tiny_dataset(collections=(coded,))
    session = Session(data, walk.opening(data))
    walked = run(session, "first_event", "next_event").state.view.selected
    assert walked == "e-down"


def test_that_a_name_that_no_collection_holds_is_no_tweet(coded: Collection):
    data = dataset_of(coded)
    for selected in ("tweet:main:7", "tweet:gone:1", "tweet:main:99999999999999999999", "e-down", "", "tweet:main:x"):
        assert tweet_pick.found(selected, data) is None and tweet_pick.span(selected, data) is None


def test_that_limits_take_in_the_collections(coded: Collection):
    limits = walk.limits_of(dataset_of(coded)).span
    assert limits.contains(coded.store.span) and limits.length < 2 * HOUR
    both = walk.limits_of(tiny_dataset(collections=(coded,))).span
    assert both.contains(limits.start + HOUR // 9) and both.length > DAY


def test_that_an_added_lane_appears_once_and_goes_again(coded: Collection):
    session = session_of(coded)
    before = lanes(session)
    session.become(moves.toggle_added_lane(session.state, "main/use=original"))
    session.become(moves.toggle_added_lane(session.state, "main/nothing=here"))
    assert lanes(session) == [*before, "main/use=original"], "what no collection has is no lane"
    session.become(moves.toggle_added_lane(session.state, "main/use=original"))
    assert lanes(session) == before


def test_that_a_stack_is_set_apart_and_put_together_again_from_any_of_its_lanes(coded: Collection):
    session = session_of(coded)
    session.become(moves.look(session.state, lane="main/use"))
    apart = lanes(run(session, "lane_apart"))
    assert "main/use" not in apart and {"main/use=hijacked", "main/use=original"} <= set(apart)
    assert session.state.view.lane in apart
    assert "main/use" in lanes(run(session, "lane_apart")) and session.state.view.lane == "main/use"
    session.become(moves.look(session.state, lane="main/"))
    assert run(session, "lane_apart").state.view.lanes == LaneChoice(), "what is no stack stays"


def test_that_scale_and_weight_go_round(coded: Collection):
    session = session_of(coded)
    session.become(moves.look(session.state, lane="main/"))
    for scale in ("root", "log", "linear"):
        assert run(session, "lane_scale").state.view.lanes.look("main/").scale == scale
    for weight in ("retweets", "likes", ""):
        assert run(session, "lane_weight").state.view.lanes.look("main/").weight == weight
    assert session.state.view.lanes == LaneChoice(), "a lane that is drawn plainly leaves no trace in the state"


def test_that_a_collection_without_figures_has_no_weights_and_a_lane_of_events_no_scale(tmp_path):
    data = tiny_dataset(collections=(of_tweets(tmp_path, {"id": str(tweet_id(NOON)), "text": "words", "lang": "en",
                                                          "author_id": "7", "author": {"id": "7"}}),))
    session = Session(data, walk.opening(data))
    session.become(moves.look(session.state, lane="floods"))
    assert run(session, "lane_scale", "lane_weight", "lane_apart").state.view.lanes == LaneChoice()
    session.become(moves.look(session.state, lane="daily"))
    assert run(session, "lane_scale").state.view.lanes.looks == (LaneLook("daily", "root"),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_view_can_be_made_again_from_its_citation(coded: Collection, language: str):
    session = session_of(coded)
    session.become(moves.toggle_added_lane(session.state, "main/use=original"))
    session.become(moves.look(moves.toggle_lane(session.state, "main/"), lane="main/use"))
    run(session, "lane_scale", "lane_weight")
    session.become(moves.search(chosen_state(session, name(3)), "portal"))
    texts = catalogue(language)
    cited = citation.cite_view(session.state, session.dataset, "1", texts)
    for part in ("main/use=original", "main/", "main/use", texts.get("lane.scale.root"), name(3), "portal",
                 texts.get("cite.weight.retweets"), coded.store.folder.name):
        assert part in cited


def test_that_the_overview_counts_all_tweets_and_says_so(coded: Collection):
    data = dataset_of(coded)
    scale = TimeScale(walk.opening(data).view.window, 600.0)
    picture = overview.picture(overview.OverviewRequest(data, scale, "UTC", catalogue("en"), measure), scale.window)
    assert picture.role == "counted" and picture.height.max() == 1.0
    assert picture.lines[0] == "All tweets" and picture.lines[1].startswith("peak ") and picture.lines[2] == "main.csv"
    counted = tiny_dataset(collections=(coded,))
    request = overview.OverviewRequest(counted, TimeScale(walk.opening(counted).view.window, 600.0), "UTC",
                                       catalogue("en"), measure)
    assert overview.picture(request, request.scale.window).lines[0] == "#example", "a series of the dataset comes first"


def test_that_the_status_line_names_bins_marks_and_what_is_hatched(coded: Collection, tmp_path):
    crowd = of_tweets(tmp_path, *({"id": str(tweet_id(NOON + n * 1_000)), "text": "w", "author_id": "7", "lang": "en",
                                   "author": {"id": "7"}} for n in range(500)), name="crowd")
    for collection, expected in ((coded, "each mark is a tweet"), (crowd, "bars are a second")):
        data = dataset_of(collection)
        parts = [one.text for one in status.status_parts(walk.opening(data), data, catalogue("en"), 1e6)]
        assert expected in parts and "hatched: the collection holds nothing before or after" in parts


def test_that_the_pointer_reads_bins_parts_gaps_and_tweets(coded: Collection):
    data = dataset_of(coded)
    state = moves.look(walk.opening(data), window=Window.of(Span(NOON - 30 * DAY, NOON + 30 * DAY)))
    frame = framed(data, state)
    lane = next(one for one in frame.lanes if one.spec.id == "main/use")
    y, x = lane.top + lane.head + 30, frame.scale.x(NOON + MINUTE)
    words = pointed.words_at(frame, frame.scale, x, y)
    assert "60 tweets (coded as original use 30, coded as hijacked use 30); covered to " in words
    assert pointed.words_at(frame, frame.scale, 5.0, y) == "no data here (the collection holds nothing before or after)"
    near = moves.look(state, window=Window.of(Span(NOON - 1_000, NOON + 9_000)))
    frame = framed(data, near)
    bars = frame.lanes[0].picture.bars[0]
    at = frame.lanes[0].top + frame.lanes[0].head + float(bars.top[0]) + 2
    assert pointed.words_at(frame, frame.scale, frame.scale.x(NOON) + 1, at) == (
        f"Wednesday 3 June 2020, 12:00:00.000 UTC: Tweet {tweet_id(NOON)}")
    assert pointed.words_at(frame, frame.scale, 5.0, -5.0) == ""


def test_that_a_quiet_lane_says_by_the_clock_when_the_next_tweet_is(coded: Collection):
    data = dataset_of(coded)
    state = moves.look(walk.opening(data), window=Window.of(Span(NOON + SECOND, NOON + 20 * SECOND)))
    assert framed(data, state).lanes[0].picture.quiet == (
        "no tweet in view; next: Wednesday 3 June 2020, 12:01:00 UTC")


def test_that_hidden_lanes_and_unknown_ids_are_not_found(coded: Collection):
    data = dataset_of(coded)
    assert shown_lanes.by_id(data, LaneChoice(), "gone") is None and shown_lanes.stack_of(data, LaneChoice(), "") == ""
    assert [one.id for one in shown_lanes.shown(data, LaneChoice(hidden=frozenset({"main/"})))] == ["main/use"]


def test_that_lanes_on_one_scale_are_said_to_be_bars_as_long_as_they_are(coded: Collection):
    data = dataset_of(coded)
    state = moves.set_up(walk.opening(data), same_scale=True)
    parts = [one.text for one in status.status_parts(state, data, catalogue("en"), 1e6)]
    assert "bars are a second" in parts
    assert all(bars.items is None for lane in framed(data, state).lanes if lane.spec.id == "main/"
               for bars in lane.picture.bars)

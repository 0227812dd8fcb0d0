"""The command table: one command a key, texts for all, and what the commands with a move do."""
from __future__ import annotations

from collections import Counter

import pytest

from fakes import MIDNIGHT, tiny_dataset, tiny_session
from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.time import Span
from timeline_app.viewmodel import commands, moves, walk
from timeline_app.viewmodel.commands import COMMANDS, by_id
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.window import Window

MODES = sorted({mode for command in COMMANDS for mode in command.modes})
MOVES = [command.id for command in COMMANDS if command.move is not None]


def run(session: Session, *ids: str) -> Session:
    for command_id in ids:
        session.become(by_id(command_id).move(session))
    return session


@pytest.mark.parametrize("mode", MODES)
def test_that_in_each_mode_a_key_has_exactly_one_command(mode: str):
    keys = Counter(key for command in COMMANDS if mode in command.modes for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_that_no_two_commands_have_the_same_id():
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_command_and_group_has_words_in_each_language(language: str):
    texts = catalogue(language)
    wanted = {f"command.{command.id}" for command in COMMANDS} | {f"command.group.{c.group}" for c in COMMANDS}
    assert sorted(wanted - texts.keys()) == []


def test_that_a_command_that_works_in_text_fields_has_a_key_besides_a_plain_letter():
    for command in COMMANDS:
        assert not command.anywhere or not command.keys or len(command.single_letters) < len(command.keys)


@pytest.mark.parametrize("command_id", MOVES)
def test_that_every_move_works_on_an_empty_dataset(command_id: str):
    session = tiny_session(tiny_dataset(events=(), series=(), claims=(), quotes=(), questions=()))
    window = run(session, command_id).state.view.window
    assert window == window.kept_within(session.limits)


def test_that_right_and_left_walk_all_events_in_time():
    session = run(tiny_session(), "first_event")
    walked = [session.state.view.selected]
    for _ in range(4):
        walked.append(run(session, "next_event").state.view.selected)
    assert walked == ["e-asks", "e-down", "e-café", "e-flood", "e-statement"]
    assert run(session, "next_event").state.view.selected == "e-statement"
    assert run(session, "previous_event").state.view.selected == "e-flood"
    assert run(session, "last_event").state.view.selected == "e-statement"


def test_that_a_walk_without_a_selection_begins_where_one_looks():
    session = tiny_session()
    session.become(moves.show(session.state, Window.of(Span(MIDNIGHT + 4 * DAY, MIDNIGHT + 6 * DAY)), session.limits))
    assert run(session, "next_event").state.view.selected == "e-statement"


def test_that_comma_and_full_stop_stay_in_the_lane():
    session = run(tiny_session(), "first_event", "next_in_lane", "next_in_lane", "next_in_lane")
    assert session.state.view.selected == "e-café"
    assert run(session, "previous_in_lane").state.view.selected == "e-down"


def test_that_down_goes_to_the_next_lane_that_is_shown_and_up_back():
    session = tiny_session()
    session.become(moves.toggle_lane(session.state, "floods"))
    assert run(session, "next_lane").state.view.lane == "portals"
    assert run(session, "next_lane").state.view.lane == "statements"
    assert session.state.view.selected == "e-statement"
    assert run(session, "previous_lane", "previous_lane").state.view.lane == "portals"


def test_that_plus_zooms_at_the_selection_where_it_is_in_sight_and_else_at_the_middle():
    session = run(tiny_session(), "first_event")
    when = session.dataset.event_by_id["e-asks"].when
    middle, before = (when.earliest_start + when.latest_end) * 500, session.state.view.window
    after = run(session, "zoom_in").state.view.window
    assert after.length_us == round(before.length_us / commands.STEP)
    share = (middle - before.start_us) / before.length_us
    assert abs((middle - after.start_us) / after.length_us - share) < 1e-6
    session.become(moves.select(session.state, ""))
    assert abs(run(session, "zoom_in").state.view.window.centre_us - after.centre_us) <= 1


def test_that_f_centres_the_selection_and_f_again_fits_it():
    session = run(tiny_session(), "first_event")
    when, length = session.dataset.event_by_id["e-asks"].when, session.state.view.window.length_us
    centred = run(session, "fit_selection").state.view.window
    assert centred.length_us == length and centred.span.contains(when.span)
    fitted = run(session, "fit_selection").state.view.window
    assert fitted == walk.fitted(when.span, session.limits)


def test_that_enter_zooms_to_a_marked_span_and_drops_it_and_else_selects():
    session, span = tiny_session(), Span(MIDNIGHT + DAY, MIDNIGHT + DAY + HOUR)
    session.become(moves.mark(session.state, span))
    view = run(session, "enter").state.view
    assert (view.window, view.marked, view.selected) == (Window.of(span), None, "")
    assert run(session, "enter").state.view.selected == "e-asks"


def test_that_home_returns_to_the_opening_window_and_0_shows_all_events():
    session = run(tiny_session(), "zoom_in", "page_later", "home")
    assert session.state.view.window == walk.opening(session.dataset).view.window
    shown = run(session, "fit_all").state.view.window.span
    assert all(shown.contains(event.when.span) for event in session.dataset.events)


def test_that_pinning_needs_a_lane():
    session = tiny_session()
    assert by_id("pin_lane").move(session) == session.state
    assert run(session, "next_lane", "pin_lane").state.view.lanes.pinned == ("portals",)


def test_that_the_chosen_lane_grows_and_shrinks_by_key_as_by_wheel():
    session = tiny_session()
    assert by_id("lane_higher").move(session) == session.state
    state = run(session, "next_lane", "lane_higher", "lane_higher").state
    assert state.view.lanes.taller == moves.make_taller(state, "portals", 0).view.lanes.taller == (("portals", 2),)
    assert run(session, "lane_lower", "lane_lower", "lane_lower").state.view.lanes.taller == (("portals", -1),)


def test_that_lanes_are_hidden_one_by_one_but_never_all_and_come_back_together():
    session = tiny_session()
    for lane in session.dataset.meta.lanes:
        session.become(moves.look(session.state, lane=lane.id))
        session.become(by_id("hide_lane").move(session))
    assert len(session.state.view.lanes.hidden) == len(session.dataset.meta.lanes) - 1
    session.become(by_id("show_lanes").move(session))
    assert not session.state.view.lanes.hidden

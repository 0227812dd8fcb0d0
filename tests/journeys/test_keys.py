"""The keys that walk and look, pressed on the whole window with the real dataset: what each does to what is seen."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from journeys.keyboard import ALT, CTRL, PLAIN, type_into, view
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves, walk


def test_that_every_command_of_the_table_is_answered(driven):
    assert driven.actions.unanswered() == ()


def test_that_right_and_left_walk_the_events_in_time(driven, press):
    order = walk.in_order(driven.session.dataset)
    driven.session.become(moves.select(driven.session.state, order[10]))
    press(Qt.Key.Key_Right)
    assert view(driven).selected == order[11]
    press(Qt.Key.Key_Left, times=2)
    assert view(driven).selected == order[9]


def test_that_walking_moves_the_view_only_for_an_event_out_of_sight(driven, press):
    before = view(driven).window
    press(Qt.Key.Key_Right)
    assert view(driven).selected and view(driven).window == before
    press(Qt.Key.Key_Home)
    event = driven.session.dataset.event_by_id[view(driven).selected]
    assert view(driven).window != before and view(driven).window.length_us == before.length_us
    assert view(driven).window.span.overlaps(walk.bounded(event.when))


def test_that_home_and_end_lead_to_the_first_and_last_event(driven, press):
    order = walk.in_order(driven.session.dataset)
    press(Qt.Key.Key_End)
    assert view(driven).selected == order[-1]
    press(Qt.Key.Key_Home)
    assert view(driven).selected == order[0]


def test_that_comma_and_period_stay_in_the_lane(driven, press):
    lane = next(one for one in driven.session.dataset.meta.lanes if one.id == "statements")
    order = walk.in_order(driven.session.dataset, frozenset(lane.event_ids))
    driven.session.become(moves.select(driven.session.state, order[0], "statements"))
    press(Qt.Key.Key_Period, times=2)
    assert view(driven).selected == order[2]
    press(Qt.Key.Key_Comma)
    assert view(driven).selected == order[1]


def test_that_down_and_up_walk_the_lanes(driven, press):
    lanes = [lane.id for lane in driven.session.dataset.meta.lanes]
    press(Qt.Key.Key_Down, times=3)
    assert view(driven).lane == lanes[2]
    press(Qt.Key.Key_Up)
    assert view(driven).lane == lanes[1]


def is_in_sight(window: Explore, lane_id: str) -> bool:
    window.tasks.settle()
    canvas = window.canvas
    lane = next(one for one in canvas.frame.lanes if one.spec.id == lane_id)
    return canvas.scroll <= lane.top and lane.top + lane.height - canvas.scroll <= canvas.lane_height


def test_that_a_lane_walked_to_beyond_the_edge_comes_into_sight(driven, press):
    lanes = driven.session.dataset.meta.lanes
    assert not is_in_sight(driven, lanes[-1].id)
    press(Qt.Key.Key_Down, times=len(lanes))
    assert view(driven).lane == lanes[-1].id and is_in_sight(driven, lanes[-1].id)
    press(Qt.Key.Key_Up, times=len(lanes))
    assert view(driven).lane == lanes[0].id and is_in_sight(driven, lanes[0].id)


def test_that_coming_into_sight_is_no_view_of_its_own_in_the_history(driven, press):
    lanes = [lane.id for lane in driven.session.dataset.meta.lanes]
    press(Qt.Key.Key_Down, times=len(lanes))
    assert is_in_sight(driven, lanes[-1])
    press(Qt.Key.Key_Left, ALT)
    assert view(driven).lane == lanes[-2]
    press(Qt.Key.Key_Right, ALT)
    assert view(driven).lane == lanes[-1] and is_in_sight(driven, lanes[-1])


@pytest.mark.parametrize("how", ["key", "pane", "search"])
def test_that_an_event_walked_to_beyond_the_edge_comes_into_sight(driven, press, qtbot, how):
    order = walk.in_order(driven.session.dataset, frozenset(driven.session.dataset.meta.lanes[0].event_ids))
    driven.session.become(moves.scroll(moves.select(driven.session.state, order[2]), 10_000))
    assert not is_in_sight(driven, "portals")
    if how == "key":
        press(Qt.Key.Key_Comma)
    elif how == "pane":
        driven.pane.asked.emit(f"event:{order[1]}")
    else:
        press(Qt.Key.Key_K, CTRL)
        type_into(driven.search.field, "iwatch")
        qtbot.waitUntil(lambda: driven.search.result is not None)
        press(Qt.Key.Key_Return)
    assert is_in_sight(driven, "portals")


@pytest.mark.parametrize(("key", "held", "share"), [
    (Qt.Key.Key_PageDown, PLAIN, 1.0), (Qt.Key.Key_PageUp, PLAIN, -1.0), (Qt.Key.Key_Right, CTRL, 0.2),
    (Qt.Key.Key_Left, CTRL, -0.2)])
def test_that_pages_and_steps_pan(driven, press, key, held, share):
    before = view(driven).window
    press(key, held)
    assert view(driven).window == before.moved(round(before.length_us * share))


def test_that_plus_and_minus_zoom_at_the_centre_or_at_the_selection_in_sight(driven, press):
    before = view(driven).window
    press(Qt.Key.Key_Plus)
    assert abs(view(driven).window.centre_us - before.centre_us) <= 1
    press(Qt.Key.Key_Minus)
    assert abs(view(driven).window.length_us - before.length_us) <= 2
    driven.session.become(moves.select(driven.session.state, "dallas-iwatch-down"))
    span = driven.session.dataset.event_by_id["dallas-iwatch-down"].when.span
    x = driven.canvas.scale.x(span.start)
    press(Qt.Key.Key_Plus, times=3)
    assert abs(driven.canvas.scale.x(span.start) - x) <= 1


def test_that_0_shows_all_events_and_alt_home_the_opening_view(driven, press):
    opening, dataset = view(driven).window, driven.session.dataset
    press(Qt.Key.Key_0)
    assert view(driven).window == walk.all_events(dataset)
    assert all(view(driven).window.span.contains(event.when.earliest_start) for event in dataset.events)
    press(Qt.Key.Key_Home, ALT)
    assert view(driven).window == opening


def test_that_f_centres_the_selection_and_f_again_fits_it(driven, press):
    driven.session.become(moves.select(driven.session.state, "dallas-iwatch-down"))
    span, before = driven.session.dataset.event_by_id["dallas-iwatch-down"].when.span, view(driven).window
    press(Qt.Key.Key_F)
    assert view(driven).window.length_us == before.length_us
    assert view(driven).window.centre_us == (span.start + span.end) * 500
    press(Qt.Key.Key_F)
    assert view(driven).window == walk.fitted(span, driven.session.limits)


def test_that_p_pins_the_lane_on_top_and_lets_it_go(driven, press):
    def order() -> list[str]:
        driven.tasks.settle()
        return [lane.spec.id for lane in driven.canvas.frame.lanes]

    before = order()
    press(Qt.Key.Key_Down, times=4)
    press(Qt.Key.Key_P)
    assert order()[0] == "statements" and driven.canvas.frame.lanes[0].is_pinned
    press(Qt.Key.Key_P)
    assert order() == before


def test_that_alt_left_and_right_walk_the_views(driven, press):
    views = [view(driven)]
    for _ in range(3):
        press(Qt.Key.Key_PageDown)
        views.append(view(driven))
    press(Qt.Key.Key_Left, ALT, times=3)
    assert view(driven) == views[0]
    press(Qt.Key.Key_Left, ALT)
    assert view(driven) == views[0]
    press(Qt.Key.Key_Right, ALT, times=2)
    assert view(driven) == views[2]


def test_that_enter_opens_the_event_in_the_middle_where_nothing_is_selected(driven, press):
    press(Qt.Key.Key_Return)
    driven.tasks.settle()
    chosen = driven.session.dataset.event_by_id[view(driven).selected]
    assert chosen.title.say("en") in driven.pane.page.toPlainText()

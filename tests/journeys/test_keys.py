"""The keys of the grammar, pressed on the whole window with the real dataset: what each does to what is seen."""
from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from journeys.conftest import SMALL, shut
from timeline_app import app
from timeline_app.qt import popup
from timeline_app.qt.chooser import Chooser
from timeline_app.qt.go_to import GoTo
from timeline_app.qt.key_list import KeyList
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import commands, moves, walk
from timeline_app.viewmodel.session import Session

CTRL, SHIFT, ALT = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
                    Qt.KeyboardModifier.AltModifier)
Press = Callable[..., None]


@pytest.fixture(scope="module")
def shared(qapp, june) -> Iterator[Explore]:
    made = app.pictured(june, app.state_for(june, {}), SMALL)
    yield made
    shut(made)


@pytest.fixture
def window(shared: Explore) -> Explore:
    """The window at its opening view, with the keyboard on the timeline and no view behind it."""
    popup.close_all(shared)
    fresh = Session(shared.session.dataset, walk.opening(shared.session.dataset))
    shared.session.become(fresh.state)
    shared.session._views, shared.session._at = [fresh.state.view], 0
    shared.search.field.clear()
    shared.activateWindow()
    shared.canvas.setFocus()
    shared.tasks.settle()
    return shared


@pytest.fixture
def press(window: Explore) -> Press:
    def pressed(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget() or window, key, held)

    return pressed


def view(window: Explore):
    return window.session.state.view


def type_into(widget: QWidget, text: str) -> None:
    QTest.keyClicks(widget, text)


def test_that_every_command_of_the_table_is_answered(window):
    assert window.actions.unanswered() == ()


def test_that_right_and_left_walk_the_events_in_time(window, press):
    order = walk.in_order(window.session.dataset)
    window.session.become(moves.select(window.session.state, order[10]))
    press(Qt.Key.Key_Right)
    assert view(window).selected == order[11]
    press(Qt.Key.Key_Left, times=2)
    assert view(window).selected == order[9]


def test_that_walking_moves_the_view_only_for_an_event_out_of_sight(window, press):
    before = view(window).window
    press(Qt.Key.Key_Right)
    assert view(window).selected and view(window).window == before
    press(Qt.Key.Key_Home)
    event = window.session.dataset.event_by_id[view(window).selected]
    assert view(window).window != before and view(window).window.length_us == before.length_us
    assert view(window).window.span.overlaps(walk.bounded(event.when))


def test_that_home_and_end_lead_to_the_first_and_last_event(window, press):
    order = walk.in_order(window.session.dataset)
    press(Qt.Key.Key_End)
    assert view(window).selected == order[-1]
    press(Qt.Key.Key_Home)
    assert view(window).selected == order[0]


def test_that_comma_and_period_stay_in_the_lane(window, press):
    lane = next(one for one in window.session.dataset.meta.lanes if one.id == "statements")
    order = walk.in_order(window.session.dataset, frozenset(lane.event_ids))
    window.session.become(moves.select(window.session.state, order[0], "statements"))
    press(Qt.Key.Key_Period, times=2)
    assert view(window).selected == order[2]
    press(Qt.Key.Key_Comma)
    assert view(window).selected == order[1]


def test_that_down_and_up_walk_the_lanes(window, press):
    lanes = [lane.id for lane in window.session.dataset.meta.lanes]
    press(Qt.Key.Key_Down, times=3)
    assert view(window).lane == lanes[2]
    press(Qt.Key.Key_Up)
    assert view(window).lane == lanes[1]


def is_in_sight(window: Explore, lane_id: str) -> bool:
    window.tasks.settle()
    canvas = window.canvas
    lane = next(one for one in canvas.frame.lanes if one.spec.id == lane_id)
    return canvas.scroll <= lane.top and lane.top + lane.height - canvas.scroll <= canvas.lane_height


def test_that_a_lane_walked_to_beyond_the_edge_comes_into_sight(window, press):
    lanes = window.session.dataset.meta.lanes
    assert not is_in_sight(window, lanes[-1].id)
    press(Qt.Key.Key_Down, times=len(lanes))
    assert view(window).lane == lanes[-1].id and is_in_sight(window, lanes[-1].id)
    press(Qt.Key.Key_Up, times=len(lanes))
    assert view(window).lane == lanes[0].id and is_in_sight(window, lanes[0].id)


@pytest.mark.parametrize("how", ["key", "pane", "search"])
def test_that_an_event_walked_to_beyond_the_edge_comes_into_sight(window, press, qtbot, how):
    order = walk.in_order(window.session.dataset, frozenset(window.session.dataset.meta.lanes[0].event_ids))
    window.session.become(moves.scroll(moves.select(window.session.state, order[2]), 10_000))
    assert not is_in_sight(window, "portals")
    if how == "key":
        press(Qt.Key.Key_Comma)
    elif how == "pane":
        window.pane.asked.emit(f"event:{order[1]}")
    else:
        press(Qt.Key.Key_K, CTRL)
        type_into(window.search.field, "iwatch")
        qtbot.waitUntil(lambda: window.search.result is not None)
        press(Qt.Key.Key_Return)
    assert is_in_sight(window, "portals")


@pytest.mark.parametrize(("key", "held", "share"), [
    (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, 1.0), (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, -1.0),
    (Qt.Key.Key_Right, CTRL, 0.2), (Qt.Key.Key_Left, CTRL, -0.2)])
def test_that_pages_and_steps_pan(window, press, key, held, share):
    before = view(window).window
    press(key, held)
    assert view(window).window == before.moved(round(before.length_us * share))


def test_that_plus_and_minus_zoom_at_the_centre_or_at_the_selection_in_sight(window, press):
    before = view(window).window
    press(Qt.Key.Key_Plus)
    assert abs(view(window).window.centre_us - before.centre_us) <= 1
    press(Qt.Key.Key_Minus)
    assert abs(view(window).window.length_us - before.length_us) <= 2
    window.session.become(moves.select(window.session.state, "dallas-iwatch-down"))
    span = window.session.dataset.event_by_id["dallas-iwatch-down"].when.span
    x = window.canvas.scale.x(span.start)
    press(Qt.Key.Key_Plus, times=3)
    assert abs(window.canvas.scale.x(span.start) - x) <= 1


def test_that_0_shows_all_events_and_alt_home_the_opening_view(window, press):
    opening, dataset = view(window).window, window.session.dataset
    press(Qt.Key.Key_0)
    assert view(window).window == walk.all_events(dataset)
    assert all(view(window).window.span.contains(event.when.earliest_start) for event in dataset.events)
    press(Qt.Key.Key_Home, ALT)
    assert view(window).window == opening


def test_that_f_centres_the_selection_and_f_again_fits_it(window, press):
    window.session.become(moves.select(window.session.state, "dallas-iwatch-down"))
    span, before = window.session.dataset.event_by_id["dallas-iwatch-down"].when.span, view(window).window
    press(Qt.Key.Key_F)
    assert view(window).window.length_us == before.length_us
    assert view(window).window.centre_us == (span.start + span.end) * 500
    press(Qt.Key.Key_F)
    assert view(window).window == walk.fitted(span, window.session.limits)


def test_that_g_asks_for_a_date_and_goes_there(window, press):
    press(Qt.Key.Key_G)
    panel = popup.opened(window)
    assert isinstance(panel, GoTo)
    type_into(panel.field, "2020-06-03")
    assert view(window).window == walk.opening(window.session.dataset).view.window
    press(Qt.Key.Key_Return)
    assert view(window).window.length_us < 3 * 86_400_000_000 and popup.opened(window) is None
    press(Qt.Key.Key_Left, ALT)
    assert view(window).window == walk.opening(window.session.dataset).view.window


@pytest.mark.parametrize(("key", "held"), [(Qt.Key.Key_Slash, Qt.KeyboardModifier.NoModifier),
                                           (Qt.Key.Key_K, CTRL), (Qt.Key.Key_F, CTRL)])
def test_that_three_keys_lead_to_the_search_and_no_letter_typed_there_is_a_command(window, press, qtbot, key, held):
    press(key, held)
    assert window.search.field.hasFocus()
    before = view(window)
    type_into(window.search.field, "fgp0,.? dallas")
    assert window.search.field.text() == "fgp0,.? dallas"
    assert popup.opened(window) is None
    qtbot.waitUntil(lambda: view(window).query != "")
    assert moves.search(window.session.state, "").view == before


def test_that_a_search_dims_what_it_does_not_find_and_enter_goes_from_hit_to_hit(window, press, qtbot):
    press(Qt.Key.Key_K, CTRL)
    type_into(window.search.field, "kirkland")
    qtbot.waitUntil(lambda: window.search.result is not None)
    window.tasks.settle()
    found = window.search.result.event_ids
    bands = [(lane.picture.items[band.item].id, band.dim) for lane in window.canvas.frame.lanes
             for band in lane.picture.bands if band.item >= 0 and lane.picture.items[band.item].kind == "event"]
    assert bands and all(dim == (event_id not in found) for event_id, dim in bands)
    press(Qt.Key.Key_Return)
    first = view(window).selected
    press(Qt.Key.Key_Return)
    assert first in found and view(window).selected in found and view(window).selected != first
    press(Qt.Key.Key_Return, SHIFT)
    assert view(window).selected == first


def test_that_the_question_mark_lists_the_keys_and_escape_closes_the_list(window, press):
    press(Qt.Key.Key_Question)
    assert isinstance(popup.opened(window), KeyList)
    press(Qt.Key.Key_Escape)
    assert popup.opened(window) is None and window.canvas.hasFocus()


def test_that_the_palette_runs_what_is_typed_and_chosen(window, press):
    press(Qt.Key.Key_P, CTRL | SHIFT)
    panel = popup.opened(window)
    assert isinstance(panel, Chooser)
    type_into(panel.field, window.actions.actions["fit_all"].text())
    press(Qt.Key.Key_Return)
    assert popup.opened(window) is None and view(window).window == walk.all_events(window.session.dataset)


def test_that_p_pins_the_lane_on_top_and_lets_it_go(window, press):
    def order() -> list[str]:
        window.tasks.settle()
        return [lane.spec.id for lane in window.canvas.frame.lanes]

    before = order()
    press(Qt.Key.Key_Down, times=4)
    press(Qt.Key.Key_P)
    assert order()[0] == "statements" and window.canvas.frame.lanes[0].is_pinned
    press(Qt.Key.Key_P)
    assert order() == before


def test_that_alt_left_and_right_walk_the_views(window, press):
    views = [view(window)]
    for _ in range(3):
        press(Qt.Key.Key_PageDown)
        views.append(view(window))
    press(Qt.Key.Key_Left, ALT, times=3)
    assert view(window) == views[0]
    press(Qt.Key.Key_Left, ALT)
    assert view(window) == views[0]
    press(Qt.Key.Key_Right, ALT, times=2)
    assert view(window) == views[2]


def test_that_escape_goes_back_one_step_at_a_time_and_then_does_nothing(window, press):
    session = window.session
    start = session.state.view
    session.become(moves.select(session.state, "dallas-iwatch-down"))
    session.become(moves.mark(session.state, session.dataset.meta.opening))
    session.become(moves.search(session.state, "dallas"))
    press(Qt.Key.Key_Question)
    seen = []
    for _ in range(5):
        press(Qt.Key.Key_Escape)
        now = view(window)
        seen.append((popup.opened(window) is None, bool(now.query), now.marked is not None, bool(now.selected)))
    assert seen == [(True, True, True, True), (True, False, True, True), (True, False, False, True),
                    (True, False, False, False), (True, False, False, False)]
    assert view(window).window == start.window


def test_that_enter_opens_the_event_in_the_middle_where_nothing_is_selected(window, press):
    press(Qt.Key.Key_Return)
    window.tasks.settle()
    chosen = window.session.dataset.event_by_id[view(window).selected]
    assert chosen.title.say("en") in window.pane.page.toPlainText()


def test_that_ctrl_c_copies_the_citation_and_shift_that_of_the_view(window, press):
    board = QApplication.clipboard()
    press(Qt.Key.Key_C, CTRL)
    assert window.status.message.text() == window.requests.texts.get("cite.nothing_selected")
    window.session.become(moves.select(window.session.state, "dallas-iwatch-down"))
    press(Qt.Key.Key_C, CTRL)
    assert "Dallas police announce" in board.text() and "Insider" in board.text()
    press(Qt.Key.Key_C, CTRL | SHIFT)
    assert "2020-05-30T00:00:00-05:00/2020-06-05T12:00:00-05:00" in board.text()
    assert window.status.message.text() == window.requests.texts.get("cite.copied")


@pytest.mark.parametrize(("key", "command"), [(Qt.Key.Key_L, "language"), (Qt.Key.Key_T, "theme")])
def test_that_language_and_theme_are_chosen_by_key(window, press, key, command):
    press(key, CTRL)
    panel = popup.opened(window)
    assert isinstance(panel, Chooser) and panel.model.rowCount() >= 2
    press(Qt.Key.Key_Escape)
    assert popup.opened(window) is None
    assert commands.by_id(command).anywhere


def test_that_letters_switched_off_no_longer_fire_and_can_be_switched_on_again(window, press):
    window.actions.run("letters")
    press(Qt.Key.Key_G)
    press(Qt.Key.Key_0)
    assert popup.opened(window) is None and view(window).window == walk.opening(window.session.dataset).view.window
    press(Qt.Key.Key_F1)
    assert isinstance(popup.opened(window), KeyList)
    press(Qt.Key.Key_Escape)
    window.actions.run("letters")
    press(Qt.Key.Key_G)
    assert isinstance(popup.opened(window), GoTo)

"""Moves that the eye can follow: the state is there at once, the picture comes after it, and any hand stops it."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from qt.whole import LEFT, drag, empty_place, explore, place_of, wheel
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import commands, moves, walk
from timeline_app.viewmodel.window import Window

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Road:
    """A window that moves, with a clock that only the test turns."""

    def __init__(self, window: Explore) -> None:
        self.window, self.now = window, 0
        self.traveller = window.canvas._traveller
        self.traveller.clock = lambda: self.now

    def pass_ms(self, ms: int) -> None:
        self.now += ms
        if self.traveller.is_under_way:
            self.traveller.timer.timeout.emit()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.canvas, key, held)

    @property
    def shown(self) -> Window:
        return self.window.canvas.scale.window

    @property
    def wanted(self) -> Window:
        return self.window.session.state.view.window


@pytest.fixture
def road(qtbot) -> Road:
    made = explore(qtbot, still=False)
    made.canvas.setFocus()
    return Road(made)


def test_that_a_move_is_on_its_way_for_a_while_and_then_exactly_there(road):
    before = road.shown
    road.press(Qt.Key.Key_0)
    assert road.wanted == walk.all_events(road.window.session.dataset) and road.shown == before
    road.pass_ms(60)
    assert road.shown not in (before, road.wanted)
    road.pass_ms(441)
    assert road.shown == road.wanted and not road.traveller.is_under_way
    road.window.tasks.settle()
    assert road.window.canvas.frame.scale.window == road.wanted


def test_that_lanes_and_ruler_follow_on_the_way(road):
    road.press(Qt.Key.Key_PageDown)
    ticks = road.window.canvas.ticks
    road.pass_ms(100)
    road.window.tasks.settle()
    assert road.window.canvas.ticks != ticks
    assert road.window.canvas.frame.scale.window == road.shown != road.wanted


LATER = [
    (Qt.Key.Key_0, None), (Qt.Key.Key_Home, ALT), (Qt.Key.Key_F, None), (Qt.Key.Key_Plus, None),
    (Qt.Key.Key_Minus, None), (Qt.Key.Key_PageUp, None), (Qt.Key.Key_PageDown, None), (Qt.Key.Key_Right, CTRL),
    (Qt.Key.Key_Left, CTRL), (Qt.Key.Key_End, None), (Qt.Key.Key_Left, ALT)]


@pytest.mark.parametrize(("key", "held"), LATER)
def test_that_a_key_that_moves_the_view_leads_the_eye_to_it(road, key, held):
    session = road.window.session
    middle = Window(session.limits.centre_us, session.limits.centre_us + 3_600_000_000)
    session.become(moves.show(moves.select(session.state, "e-asks"), middle, session.limits), glides=False)
    assert not road.traveller.is_under_way
    road.press(key, held or Qt.KeyboardModifier.NoModifier)
    assert road.traveller.is_under_way and road.shown != road.wanted


def test_that_a_double_click_and_a_press_beside_the_brush_lead_the_eye(road):
    QTest.mouseDClick(road.window.canvas.viewport(), LEFT, pos=empty_place(road.window))
    assert road.traveller.is_under_way
    road.pass_ms(1_000)
    QTest.mouseDClick(road.window.overview, LEFT, pos=QPoint(600, 30))
    assert road.traveller.is_under_way


def test_that_the_brush_of_the_overview_goes_along(road):
    road.press(Qt.Key.Key_PageDown)
    road.pass_ms(60)
    assert road.window.overview._picture().window == road.shown != road.wanted
    road.pass_ms(1_000)
    assert road.window.overview._picture().window == road.wanted


def test_that_what_a_hand_moves_is_there_at_once(road):
    ground = road.window.canvas.viewport()
    wheel(ground, QPoint(400, 200), 120)
    assert road.shown == road.wanted and not road.traveller.is_under_way
    drag(ground, QPoint(400, 200), QPoint(300, 200))
    assert road.shown == road.wanted and not road.traveller.is_under_way


@pytest.mark.parametrize("how", ["press", "wheel"])
def test_that_a_hand_takes_hold_of_what_is_on_screen(road, how):
    ground = road.window.canvas.viewport()
    road.press(Qt.Key.Key_PageDown)
    road.pass_ms(60)
    shown, wanted = road.shown, road.wanted
    if how == "press":
        QTest.mousePress(ground, LEFT, pos=empty_place(road.window))
        assert road.shown == shown
    else:
        wheel(ground, QPoint(0, 200), 120)
        assert road.shown.start_us == shown.start_us and road.shown.length_us < shown.length_us
    assert not road.traveller.is_under_way and road.wanted == road.shown != wanted
    if how == "press":
        QTest.mouseRelease(ground, LEFT, pos=empty_place(road.window))


def test_that_keys_in_a_row_add_up_and_set_off_from_what_is_on_screen(road):
    session, whole = road.window.session, road.shown
    before = Window(whole.start_us, whole.start_us + whole.length_us // 8)
    session.become(moves.show(session.state, before, session.limits), glides=False)
    for _ in range(3):
        road.press(Qt.Key.Key_Right, CTRL)
        road.pass_ms(30)
    fifth = round(before.length_us * 0.2)
    assert road.wanted == before.moved(3 * fifth)
    road.pass_ms(1)
    assert before.start_us < road.shown.start_us < road.wanted.start_us


def test_that_escape_ends_the_way_at_its_end_and_drops_nothing(road):
    session = road.window.session
    session.become(moves.select(session.state, "e-down"))
    road.press(Qt.Key.Key_0)
    road.press(Qt.Key.Key_Escape)
    assert road.shown == road.wanted == walk.all_events(session.dataset)
    assert session.state.view.selected == "e-down"
    road.press(Qt.Key.Key_Escape)
    assert session.state.view.selected == ""


def test_that_the_history_holds_one_view_for_a_move_and_none_of_the_steps(road):
    session = road.window.session
    opening = session.state.view
    road.press(Qt.Key.Key_0)
    for _ in range(40):
        road.pass_ms(16)
    session.rest()
    assert session.back() and session.state.view == opening and not session.can_go_back
    assert road.traveller.is_under_way


def test_that_a_way_that_was_stopped_leaves_where_one_stopped_in_the_history(road):
    session = road.window.session
    road.press(Qt.Key.Key_0)
    road.pass_ms(60)
    wheel(road.window.canvas.viewport(), QPoint(300, 200), 120)
    stopped = session.state.view
    session.rest()
    session.back()
    assert session.state.view.window == walk.all_events(session.dataset)
    session.forward()
    assert session.state.view == stopped


def test_that_a_change_of_something_else_does_not_disturb_the_way(road):
    session = road.window.session
    road.press(Qt.Key.Key_0)
    road.pass_ms(60)
    session.become(moves.search(session.state, "app"), discrete=False)
    assert road.traveller.is_under_way
    road.pass_ms(1_000)
    assert road.shown == road.wanted


def test_that_an_event_in_sight_is_selected_without_any_motion(road):
    session = road.window.session
    session.become(commands.chosen_state(session, "e-down"))
    assert not road.traveller.is_under_way and place_of(road.window, "e-down")


def test_that_no_window_on_the_way_leaves_the_limits(road):
    session = road.window.session
    ends = [Window(session.limits.start_us, session.limits.start_us + 10**9),
            Window(session.limits.end_us - 10**9, session.limits.end_us)]
    session.become(moves.show(session.state, ends[0], session.limits), glides=False)
    session.become(moves.show(session.state, ends[1], session.limits))
    while road.traveller.is_under_way:
        road.pass_ms(8)
        assert session.limits.start_us <= road.shown.start_us and road.shown.end_us <= session.limits.end_us


@pytest.mark.parametrize("key", [Qt.Key.Key_0, Qt.Key.Key_PageDown, Qt.Key.Key_Plus])
def test_that_nothing_moves_where_motion_is_reduced(qtbot, key):
    still = explore(qtbot, still=True)
    QTest.keyClick(still.canvas, key)
    assert still.canvas.scale.window == still.session.state.view.window
    assert not still.canvas._traveller.is_under_way


def test_that_a_picture_shows_where_a_move_leads(road, tmp_path):
    road.press(Qt.Key.Key_0)
    road.window.requests.write_picture(tmp_path / "window.png")
    assert road.shown == road.wanted and road.window.canvas.frame.scale.window == road.wanted

"""Every row of the grammar for fingers, done with touch events on the assembled window."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QApplication

from qt.fingers import Fingers, screen
from qt.whole import empty_place, explore, place_of
from timeline_app.qt.canvas import RULER
from timeline_app.viewmodel import moves, walk
from timeline_app.viewmodel.window import Window


@pytest.fixture
def fingers(qtbot) -> Fingers:
    """Fingers on a window with room around what it shows, and with more lanes than fit."""
    made = explore(qtbot, (1300, 480), text_percent=150)
    limits = made.session.limits
    eighth = limits.length_us // 8
    middle = Window(limits.centre_us - eighth, limits.centre_us + eighth)
    made.session.become(moves.show(made.session.state, middle, limits))
    made.tasks.settle()
    return Fingers(made)


def view(fingers):
    return fingers.window.session.state.view


def instant(fingers, x):
    return fingers.window.canvas.scale.at_us(x)


def px_away(fingers, us, x):
    return abs((us - instant(fingers, x)) / fingers.window.canvas.scale.us_per_px)


def test_that_one_finger_pans_in_time_and_over_the_lanes_under_it(fingers):
    before = view(fingers).window
    fingers.stroke(QPoint(400, 300), QPoint(420, 300), lift=False)
    at = instant(fingers, 420)
    for place in (QPoint(500, 280), QPoint(350, 250), QPoint(380, 255)):
        fingers.touch(a=place)
        assert px_away(fingers, at, place.x()) <= 1
    assert fingers.window.canvas.scroll == 45 and view(fingers).window.length_us == before.length_us
    fingers.touch(a=None)


def test_that_leaving_the_dead_zone_is_no_jump(fingers):
    before = view(fingers).window
    fingers.stroke(QPoint(400, 300), QPoint(404, 303), QPoint(412, 300), lift=False)
    assert view(fingers).window == before
    fingers.touch(a=QPoint(413, 300))
    assert view(fingers).window == before.moved(-round(before.length_us / fingers.window.canvas.lane_width))
    fingers.touch(a=None)


def test_that_two_fingers_zoom_at_their_centre_and_pan_with_it(fingers):
    before = view(fingers).window
    fingers.touch(a=QPoint(400, 300), b=QPoint(500, 300))
    at = instant(fingers, 450)
    fingers.touch(a=QPoint(350, 300), b=QPoint(550, 300))
    assert view(fingers).window.length_us == pytest.approx(before.length_us / 2, rel=1e-6)
    assert px_away(fingers, at, 450) <= 1
    fingers.touch(a=QPoint(450, 300), b=QPoint(650, 300))
    assert px_away(fingers, at, 550) <= 1
    fingers.touch(a=QPoint(525, 300), b=QPoint(575, 300))
    assert view(fingers).window.length_us == pytest.approx(before.length_us * 2, rel=1e-6)
    fingers.touch(a=None, b=None)


def test_that_fingers_one_above_the_other_zoom_too(fingers):
    before = view(fingers).window.length_us
    fingers.touch(a=QPoint(400, 200), b=QPoint(400, 280))
    fingers.touch(a=QPoint(400, 160), b=QPoint(400, 320))
    assert view(fingers).window.length_us == pytest.approx(before / 2, rel=1e-6)
    fingers.touch(a=None, b=None)


def test_that_nothing_jumps_when_fingers_come_and_go(fingers):
    fingers.touch(a=QPoint(300, 300))
    fingers.touch(a=QPoint(340, 300))
    before = view(fingers)
    fingers.touch(a=QPoint(340, 300), b=QPoint(700, 310))
    assert view(fingers) == before
    fingers.touch(a=QPoint(320, 300), b=QPoint(720, 310))
    zoomed = view(fingers)
    assert zoomed.window.length_us < before.window.length_us
    fingers.touch(a=None)
    assert view(fingers) == zoomed
    at = instant(fingers, 720)
    fingers.touch(b=QPoint(640, 310))
    assert px_away(fingers, at, 640) <= 1 and view(fingers).window.length_us == zoomed.window.length_us
    last = view(fingers)
    fingers.now += 500
    fingers.touch(b=None)
    assert view(fingers) == last


def test_that_two_fingers_that_lift_together_leave_the_view(fingers):
    fingers.touch(a=QPoint(300, 300), b=QPoint(500, 300))
    fingers.touch(a=QPoint(280, 300), b=QPoint(520, 300))
    before = view(fingers)
    fingers.now += 500
    fingers.touch(a=None, b=None)
    assert view(fingers) == before and not fingers.window.gestures.touch.is_down


def test_that_a_flick_runs_on_in_time_and_over_the_lanes_and_a_touch_stops_it(fingers):
    session = fingers.window.session
    session.become(moves.set_up(session.state, still=False))
    coast = fingers.window.gestures.coast.timer
    fingers.stroke(QPoint(600, 380), QPoint(560, 370), QPoint(520, 360), QPoint(480, 350))
    let_go = view(fingers)
    assert coast.isActive()
    coast.timeout.emit()
    assert view(fingers).window.start_us > let_go.window.start_us and view(fingers).scroll > let_go.scroll
    fingers.touch(a=QPoint(300, 300))
    assert not coast.isActive()
    stopped = view(fingers)
    fingers.touch(a=None)
    assert view(fingers).window == stopped.window


@pytest.mark.parametrize("still", [True, False])
def test_that_nothing_runs_on_after_a_pause_or_where_motion_is_reduced(fingers, still):
    session = fingers.window.session
    session.become(moves.set_up(session.state, still=still))
    fingers.stroke(QPoint(600, 350), QPoint(560, 350), QPoint(500, 350), lift=False)
    fingers.now += 0 if still else 200
    fingers.touch(a=None)
    assert not fingers.window.gestures.coast.timer.isActive()


def test_that_a_tap_selects_and_never_zooms(fingers):
    before = view(fingers).window
    assert view(fingers).selected == ""
    fingers.tap(place_of(fingers.window, "e-down"))
    assert view(fingers).selected == "e-down" and view(fingers).window == before


def test_that_a_double_tap_fits_an_event(fingers):
    at = place_of(fingers.window, "e-down")
    fingers.tap(at)
    fingers.tap(at + QPoint(3, 2))
    span = walk.bounded(fingers.window.session.dataset.event_by_id["e-down"].when)
    assert view(fingers).window == walk.fitted(span, fingers.window.session.limits)


def test_that_a_double_tap_on_empty_ground_zooms_in_twice_at_the_finger(fingers):
    at, before = empty_place(fingers.window), view(fingers).window.length_us
    under = instant(fingers, at.x())
    fingers.tap(at)
    fingers.tap(at)
    assert view(fingers).window.length_us == pytest.approx(before / 2, rel=1e-6)
    assert px_away(fingers, under, at.x()) <= 1


@pytest.mark.parametrize("apart", ["time", "place"])
def test_that_two_taps_far_apart_are_two_taps(fingers, apart):
    at, before = empty_place(fingers.window), view(fingers).window
    fingers.tap(at)
    fingers.now += 1_000 if apart == "time" else 0
    fingers.tap(at if apart == "time" else at + QPoint(300, 0))
    assert view(fingers).window == before


def test_that_a_finger_held_still_marks_a_span(fingers):
    before, ends = view(fingers).window, [instant(fingers, x) // 1000 for x in (300, 500)]
    fingers.touch(a=QPoint(300, 300))
    assert fingers.window.gestures.touch.hold.interval() == 400
    fingers.window.gestures.touch.hold.timeout.emit()
    fingers.stroke(QPoint(420, 300), QPoint(500, 310))
    marked = view(fingers).marked
    assert [marked.start, marked.end] == ends and view(fingers).window == before


def test_that_a_finger_held_still_and_lifted_changes_nothing(fingers):
    before = view(fingers)
    fingers.touch(a=place_of(fingers.window, "e-down"))
    fingers.window.gestures.touch.hold.timeout.emit()
    fingers.touch(a=None)
    assert view(fingers) == before


def test_that_a_finger_on_the_ruler_marks_a_span(fingers):
    fingers.stroke(QPoint(300, RULER // 2), QPoint(360, RULER // 2), QPoint(500, RULER // 2))
    assert view(fingers).marked is not None


def test_that_a_touch_that_the_system_takes_away_ends_there(fingers):
    fingers.stroke(QPoint(300, 300), QPoint(340, 300), lift=False)
    before = view(fingers)
    QApplication.sendEvent(fingers.ground, QTouchEvent(QEvent.Type.TouchCancel, screen()))
    assert not fingers.window.gestures.touch.is_down and view(fingers) == before


def test_that_a_mouse_event_made_of_a_touch_is_left_out(fingers):
    at = QPointF(place_of(fingers.window, "e-down"))
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        QApplication.sendEvent(fingers.ground, QMouseEvent(
            kind, at, at, QPointF(fingers.ground.mapToGlobal(at.toPoint())), Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, screen()))
    assert view(fingers).selected != "e-down"


@pytest.mark.qt_log_ignore("QGestureManager::deliverEvents")  # no window is found at a place of an offscreen screen
def test_that_a_finger_scrolls_the_pane(fingers, qtbot):
    window = fingers.window
    window.session.become(moves.select(window.session.state, "e-down"))
    window.tasks.settle()
    bar = window.pane.page.verticalScrollBar()
    fingers.ground = window.pane.page.viewport()
    assert bar.maximum() > 0
    places = iter(range(180, 20, -4))
    fingers.touch(a=QPoint(60, 184))

    def is_scrolled() -> bool:
        fingers.touch(a=QPoint(60, next(places)))
        return bar.value() > 0

    qtbot.waitUntil(is_scrolled)
    fingers.touch(a=None)


def test_that_a_touch_enters_the_history_once(fingers):
    session, before = fingers.window.session, view(fingers)
    fingers.stroke(QPoint(300, 300), QPoint(340, 300), QPoint(380, 300), QPoint(420, 300))
    assert session.back() and view(fingers) == before

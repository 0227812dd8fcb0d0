"""Trackpads, and the setting for people from tools whose wheel pans."""
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt

from fakes import EVENTS, moment, tiny_dataset
from qt.fingers import pinch, swipe
from qt.whole import empty_place, explore, wheel
from timeline_app.qt.tasks import Tasks
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves, walk
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import Setting
from timeline_app.viewmodel.window import Window

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PHASE = Qt.ScrollPhase
YEAR_US = 365 * 86_400 * 10**6


@pytest.fixture
def window(qtbot) -> Explore:
    """More lanes than fit, and room in time on both sides."""
    made = explore(qtbot, (1300, 480), text_percent=150)
    limits = made.session.limits
    eighth = limits.length_us // 8
    made.session.become(moves.show(made.session.state, Window(limits.centre_us - eighth, limits.centre_us + eighth),
                                   limits))
    made.tasks.settle()
    return made


@pytest.fixture(scope="module")
def long_ago(qapp):
    """A window on 300 years, for all examples of a test."""
    old = replace(EVENTS[0], id="e-old", when=moment(-300 * 365))
    dataset = tiny_dataset(events=(*EVENTS, old), series=())
    made = Explore(Session(dataset, walk.opening(dataset, Setting(still=True))), Tasks())
    made.resize(1300, 760)
    made.show()
    made.tasks.settle()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def ground(window):
    return window.canvas.viewport()


def view(window):
    return window.session.state.view


@settings(max_examples=8)
@given(x=st.integers(0, 800))
def test_that_the_instant_under_a_resting_pointer_stays_there_from_100_years_to_10_ms_and_back(long_ago, x):
    """Notch by notch with real events, each of which the window is asked anew for what is under the pointer."""
    session, canvas = long_ago.session, long_ago.canvas
    far = Window(session.limits.centre_us - 50 * YEAR_US, session.limits.centre_us + 50 * YEAR_US)
    session.become(moves.show(session.state, far, session.limits))
    under = canvas.scale.at_us(x)
    for turned, there in ((120, lambda: view(long_ago).window.length_us == 10_000),
                          (-120, lambda: view(long_ago).window.length_us >= 100 * YEAR_US)):
        while not there():
            wheel(canvas.viewport(), QPoint(x, 300), turned)
            at = (under - view(long_ago).window.start_us) / canvas.scale.us_per_px
            assert abs(at - x) <= 1


def test_that_two_fingers_pan_by_as_many_px_as_they_move(window, ground):
    before, us_per_px = view(window).window, window.canvas.scale.us_per_px
    swipe(ground, QPoint(-30, 0))
    assert view(window).window == before.moved(round(30 * us_per_px))
    swipe(ground, QPoint(30, 0))
    assert view(window).window == before and window.canvas.scroll == 0


def test_that_two_fingers_scroll_the_lanes(window, ground):
    before = view(window).window
    swipe(ground, QPoint(0, -25))
    assert window.canvas.scroll == 25 and view(window).window == before


def test_that_a_swipe_stays_on_the_axis_it_began_on_until_the_fingers_lift(window, ground):
    before = view(window).window
    swipe(ground, QPoint(0, 0), PHASE.ScrollBegin)
    swipe(ground, QPoint(-2, -10), PHASE.ScrollUpdate)
    swipe(ground, QPoint(-40, -10), PHASE.ScrollUpdate)
    swipe(ground, QPoint(-40, -10), PHASE.ScrollMomentum)
    swipe(ground, QPoint(0, 0), PHASE.ScrollEnd)
    assert window.canvas.scroll == 30 and view(window).window == before
    swipe(ground, QPoint(0, 0), PHASE.ScrollBegin)
    swipe(ground, QPoint(-12, -3), PHASE.ScrollUpdate)
    swipe(ground, QPoint(-2, -60), PHASE.ScrollUpdate)
    assert window.canvas.scroll == 30 and view(window).window.start_us > before.start_us


def test_that_a_swipe_with_shift_moves_along_time_and_with_ctrl_zooms(window, ground):
    before = view(window).window
    swipe(ground, QPoint(0, -20), PHASE.ScrollBegin, SHIFT)
    assert view(window).window.start_us > before.start_us and window.canvas.scroll == 0
    shifted = view(window).window
    swipe(ground, QPoint(0, 20), PHASE.ScrollBegin, CTRL)
    assert view(window).window.length_us < shifted.length_us


@pytest.mark.parametrize("value", [0.25, -0.2, 5.0, -3.0])
def test_that_a_pinch_zooms_at_the_pointer_and_never_flips(window, ground, value):
    before, at = view(window).window, window.canvas.scale.at_us(300)
    pinch(ground, QPoint(300, 200), value)
    factor = before.length_us / view(window).window.length_us
    assert factor == pytest.approx(min(max(1 + value, 0.5), 2.0), rel=1e-6)
    assert abs((at - window.canvas.scale.at_us(300)) / window.canvas.scale.us_per_px) <= 1


def test_that_a_double_tap_of_two_fingers_zooms_in_at_the_pointer(window, ground):
    before = view(window).window.length_us
    pinch(ground, empty_place(window), 1.0, Qt.NativeGestureType.SmartZoomNativeGesture)
    assert view(window).window.length_us == pytest.approx(before / 2, rel=1e-6)


def test_that_a_pinch_is_one_view_of_the_history(window, ground):
    before = view(window).window
    for _ in range(5):
        pinch(ground, QPoint(300, 200), 0.1)
    pinch(ground, QPoint(300, 200), 0.0, Qt.NativeGestureType.EndNativeGesture)
    assert window.session.back() and view(window).window == before


def test_that_the_wheel_pans_where_a_person_wants_it_and_zooms_with_ctrl(window, ground):
    window.gestures.wheel.pans = True
    before = view(window).window
    wheel(ground, QPoint(400, 200), -120)
    assert view(window).window.length_us == before.length_us and view(window).window != before
    wheel(ground, QPoint(400, 200), 120, CTRL)
    assert view(window).window.length_us < before.length_us

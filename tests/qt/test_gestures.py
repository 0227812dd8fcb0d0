"""Every row of the grammar for mouse and wheel, done with a real pointer on the assembled window."""
from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from fakes import words
from lane_reading import at, dataset, event, within
from qt.whole import LEFT, drag, empty_place, explore, place_of, wheel
from timeline_app.base.text import catalogue
from timeline_app.engine.dataset import LaneSpec
from timeline_app.qt import coast
from timeline_app.qt.canvas import RULER
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import marked, moves, walk
from timeline_app.viewmodel.window import Window

SHIFT, ALT, CTRL = (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
                    Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def window(qtbot) -> Explore:
    """The window with a stretch in sight that has room around it."""
    made = explore(qtbot)
    whole = made.session.state.view.window
    quarter = whole.length_us // 4
    made.session.become(moves.show(made.session.state, Window(whole.start_us + quarter, whole.end_us - quarter),
                                   made.session.limits))
    made.tasks.settle()
    return made


@pytest.fixture
def ground(window):
    return window.canvas.viewport()


def view(window):
    return window.session.state.view


def allow_motion(window):
    window.session.become(moves.set_up(window.session.state, still=False))


def instant(window, x):
    return window.canvas.scale.at_us(x)


def px_away(window, us, x):
    """How many px an instant is away from an x."""
    return abs((us - instant(window, x)) / window.canvas.scale.us_per_px)


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, CTRL])
@pytest.mark.parametrize("x", [3, 401, 866])
def test_that_the_wheel_zooms_by_a_fifth_and_keeps_the_instant_under_the_pointer(window, ground, held, x):
    before, at = view(window).window, instant(window, x)
    wheel(ground, QPoint(x, 200), 120, held)
    assert view(window).window.length_us == pytest.approx(before.length_us / 1.2, rel=1e-9)
    assert px_away(window, at, x) <= 1
    for turned in (120, 240, -120, -360, 120, 120):
        wheel(ground, QPoint(x, 300), turned, held)
        assert px_away(window, at, x) <= 1


def test_that_a_large_turn_of_the_wheel_is_damped(window, ground):
    before = view(window).window.length_us
    wheel(ground, QPoint(400, 200), 120 * 50)
    assert view(window).window.length_us == pytest.approx(before / 1.2**3, rel=1e-9)


def test_that_the_wheel_over_the_ruler_zooms_too(window, ground):
    before = view(window).window.length_us
    wheel(ground, QPoint(400, RULER // 2), 120)
    assert view(window).window.length_us < before


def test_that_zooming_enters_the_history_once_one_rests(window, ground):
    before = view(window).window
    for _ in range(4):
        wheel(ground, QPoint(400, 200), 120)
    window.session.rest()
    assert window.session.back() and view(window).window == before


def test_that_shift_and_wheel_pans_without_zooming(window, ground):
    before = view(window).window
    wheel(ground, QPoint(400, 200), -120, SHIFT)
    assert view(window).window.length_us == before.length_us
    assert view(window).window.start_us > before.start_us
    wheel(ground, QPoint(400, 200), 120, SHIFT)
    assert view(window).window == before


def test_that_a_wheel_that_tilts_pans(window, ground):
    before = view(window).window
    at = QPointF(400, 200)
    QApplication.sendEvent(ground, QWheelEvent(
        at, QPointF(ground.mapToGlobal(at.toPoint())), QPoint(), QPoint(120, 0), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False))
    assert view(window).window.length_us == before.length_us and view(window).window != before


def test_that_alt_and_wheel_makes_the_lane_under_the_pointer_taller(window, ground):
    def height() -> float:
        window.tasks.settle()
        return next(lane.height for lane in window.canvas.frame.lanes if lane.spec.id == "coded")

    lane = next(lane for lane in window.canvas.frame.lanes if lane.spec.id == "coded")
    before, at = height(), QPoint(400, round(RULER + lane.top + lane.height / 2 - window.canvas.scroll))
    wheel(ground, at, 120, ALT)
    assert dict(view(window).lanes.taller) == {"coded": 1}
    assert height() > before
    wheel(ground, at, -120, ALT)
    assert height() == before


def test_that_a_drag_pans_and_the_instant_taken_hold_of_stays_under_the_pointer(window, ground):
    before, at = view(window).window, instant(window, 400)
    QTest.mousePress(ground, LEFT, pos=QPoint(400, 200))
    for x in (405, 470, 380, 260, 333):
        QTest.mouseMove(ground, QPoint(x, 200))
        assert px_away(window, at, x) <= 1
    QTest.mouseRelease(ground, LEFT, pos=QPoint(333, 200))
    assert view(window).window.length_us == before.length_us


def test_that_a_drag_also_pans_when_it_begins_on_an_event_and_selects_nothing(window, ground):
    start = place_of(window, "e-down")
    before = view(window)
    drag(ground, start, start + QPoint(90, 0))
    assert view(window).window != before.window and view(window).selected == before.selected


def test_that_a_hand_that_trembles_less_than_4_px_has_clicked(window, ground):
    before, at = view(window).window, place_of(window, "e-down")
    QTest.mousePress(ground, LEFT, pos=at)
    QTest.mouseMove(ground, at + QPoint(2, 1))
    QTest.mouseRelease(ground, LEFT, pos=at + QPoint(2, 1))
    assert view(window).window == before and view(window).selected == "e-down"


def test_that_a_fast_drag_runs_out_a_little_and_never_far(window, ground):
    allow_motion(window)
    before = view(window).window
    drag(ground, QPoint(600, 200), QPoint(420, 200))
    let_go = view(window).window
    assert let_go != before
    coasting = window.gestures.coast.timer
    while coasting.isActive():
        coasting.timeout.emit()
    run = (view(window).window.start_us - let_go.start_us) / window.canvas.scale.us_per_px
    kept, most = coast.MOUSE
    assert 0 < run <= most / (1 - kept)


def test_that_any_press_ends_a_pan_that_runs_out(window, ground):
    allow_motion(window)
    drag(ground, QPoint(600, 200), QPoint(420, 200))
    QTest.mousePress(ground, LEFT, pos=QPoint(300, 200))
    assert not window.gestures.coast.timer.isActive()
    QTest.mouseRelease(ground, LEFT, pos=QPoint(300, 200))


def test_that_nothing_runs_out_where_motion_is_reduced(qtbot):
    still = explore(qtbot, still=True)
    drag(still.canvas.viewport(), QPoint(600, 200), QPoint(420, 200))
    assert not still.gestures.coast.timer.isActive()


@pytest.mark.parametrize(("y", "held"), [(RULER // 2, Qt.KeyboardModifier.NoModifier), (200, SHIFT)],
                         ids=["ruler", "shift"])
def test_that_a_span_is_marked_entered_and_dropped(window, ground, y, held):
    before, ends = view(window).window, [instant(window, x) // 1000 for x in (300, 500)]
    drag(ground, QPoint(500, y), QPoint(300, y), held)
    marked = view(window).marked
    assert view(window).window == before and [marked.start, marked.end] == ends
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert view(window).marked is None and view(window).window == before
    drag(ground, QPoint(300, y), QPoint(500, y), held)
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    assert view(window).window == Window.of(marked) and view(window).marked is None


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("shares", [(0.05, 0.3), (0.3, 0.5), (0.6, 0.99), (0.01, 0.99)])
def test_that_a_marked_span_says_what_it_holds_beside_it_and_below(qtbot, shares, percent):
    window = explore(qtbot, text_percent=percent)
    start, end = (QPoint(round(share * window.canvas.width()), 200) for share in shares)
    drag(window.canvas.viewport(), start, end, SHIFT)
    boxes = window.canvas.record_texts()
    window.tasks.settle()
    window.grab()
    texts = catalogue("en")
    lines = marked.lines(marked.account(view(window).marked, window.session.dataset, view(window).lanes, "en"),
                         window.session.dataset, texts)
    drawn = [box.text for box in boxes]
    assert set(lines[:2]) | {texts.get("explore.marked.hint")} <= set(drawn)
    assert texts.get("explore.marked.status", length=lines[0], events=lines[1]) in window.status.accessibleName()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    window.grab()
    assert texts.get("explore.marked.hint") not in [box.text for box in boxes]
    assert lines[1] not in window.status.accessibleName()


def test_that_a_click_selects_and_never_zooms(window, ground):
    before = view(window).window
    QTest.mouseClick(ground, LEFT, pos=place_of(window, "e-down"))
    window.tasks.settle()
    assert (view(window).selected, view(window).lane, view(window).window) == ("e-down", "portals", before)
    assert "The app is announced down" in window.pane.page.toPlainText()


def test_that_a_click_on_empty_ground_keeps_the_selection(window, ground):
    QTest.mouseClick(ground, LEFT, pos=place_of(window, "e-down"))
    QTest.mouseClick(ground, LEFT, pos=empty_place(window))
    assert view(window).selected == "e-down"


def test_that_a_double_click_on_an_event_fits_it(window, ground):
    at = place_of(window, "e-flood")
    QTest.mouseClick(ground, LEFT, pos=at)
    QTest.mouseDClick(ground, LEFT, pos=at)
    span = window.session.dataset.event_by_id["e-flood"].when.span
    assert view(window).window == walk.fitted(span, window.session.limits) and view(window).selected == "e-flood"


def test_that_a_double_click_on_empty_ground_zooms_twice_at_the_pointer(window, ground):
    at, before = empty_place(window), view(window).window.length_us
    under = instant(window, at.x())
    QTest.mouseDClick(ground, LEFT, pos=at)
    assert view(window).window.length_us == pytest.approx(before / 2, rel=1e-9)
    assert px_away(window, under, at.x()) <= 1


def test_that_the_buttons_back_and_forward_walk_the_views(window, ground):
    before = view(window)
    window.session.become(moves.pan(window.session.state, 0.3, window.session.limits))
    after = view(window)
    QTest.mouseClick(ground, Qt.MouseButton.BackButton, pos=QPoint(300, 200))
    assert view(window) == before
    QTest.mouseClick(ground, Qt.MouseButton.ForwardButton, pos=QPoint(300, 200))
    assert view(window) == after


def menu_at(window, ground, at: QPoint) -> QMenu:
    QApplication.sendEvent(ground, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, ground.mapToGlobal(at)))
    return next(one for one in window.findChildren(QMenu) if one.isVisible())


@pytest.mark.qt_log_ignore("This plugin does not support grabbing")
def test_that_a_right_click_selects_and_offers_commands_by_name(window, ground):
    menu = menu_at(window, ground, place_of(window, "e-down"))
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    known = {action.text() for action in window.actions.actions.values()}
    assert names[0] == window.actions.actions["copy_citation"].text()
    assert set(names) <= known and len(names) >= 6 and all(names)
    assert view(window).selected == "e-down"
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(menu)


def test_that_the_wheel_over_the_headings_scrolls_the_lanes_and_never_further_than_there_are(qtbot):
    small = explore(qtbot, (1100, 480), text_percent=200)
    before = view(small).window
    wheel(small.headings, QPoint(50, 200), -120)
    assert small.canvas.scroll > 0 and view(small).window == before
    for _ in range(30):
        wheel(small.headings, QPoint(50, 200), -120)
    assert small.canvas.scroll == small.canvas.frame.height - small.canvas.lane_height
    wheel(small.headings, QPoint(50, 200), 120)
    assert small.canvas.scroll < small.canvas.frame.height - small.canvas.lane_height


def test_that_a_click_on_a_heading_chooses_its_lane(window):
    lane = window.canvas.frame.lanes[2]
    QTest.mouseClick(window.headings, LEFT, pos=QPoint(40, round(RULER + lane.top + lane.height / 2)))
    assert view(window).lane == lane.spec.id


def test_that_the_cursor_line_follows_the_pointer_and_leaves_with_it(window, ground):
    hovered = []
    window.canvas.hovered.connect(hovered.append)
    QTest.mouseMove(ground, QPoint(300, 200))
    assert window.canvas._cursor.isVisible() and hovered[-1] == window.canvas.scale.at(300)
    QApplication.sendEvent(ground, QEvent(QEvent.Type.Leave))
    assert not window.canvas._cursor.isVisible() and hovered[-1] is None


@pytest.mark.parametrize(("place", "shape"), [
    ("e-down", Qt.CursorShape.PointingHandCursor), ("", Qt.CursorShape.ArrowCursor),
    ("ruler", Qt.CursorShape.IBeamCursor)])
def test_that_the_pointer_says_what_it_would_do(window, ground, place, shape):
    at = {"": empty_place(window), "ruler": QPoint(300, 10)}.get(place) or place_of(window, place)
    QTest.mouseMove(ground, at)
    assert ground.cursor().shape() == shape


@pytest.mark.parametrize("turned", [-120, 120])
def test_that_no_gesture_leaves_the_limits(window, ground, turned):
    for _ in range(120):
        wheel(ground, QPoint(200, 200), turned)
    shown, limits = view(window).window, window.session.limits
    assert limits.start_us <= shown.start_us < shown.end_us <= limits.end_us
    assert shown == limits if turned < 0 else shown.length_us == 10_000


def crowd_of(qtbot, events) -> Explore:
    """The window on one lane of these events, which is drawn with clusters."""
    lane = LaneSpec("lane", "events", "documented", words("A lane"), event_ids=tuple(one.id for one in events))
    return explore(qtbot, dataset=dataset(tuple(events), lanes=(lane,)))


def stack_place(window, which=0):
    (lane,) = window.canvas.frame.lanes
    stack = lane.picture.stacks[which]
    left, right = stack.reach(window.canvas.scale)
    y = window.canvas.ruler_height + lane.top + stack.top + stack.height / 2
    return QPoint(round((left + right) / 2), round(y))


def test_that_a_click_on_a_cluster_zooms_until_it_falls_apart(qtbot):
    window = crowd_of(qtbot, [event(f"e-{n}", at(7 * n / 900)) for n in range(900)])
    before, size = view(window).window, window.canvas.frame.lanes[0].picture.items.clusters[3].count
    QTest.mouseClick(window.canvas.viewport(), LEFT, pos=stack_place(window, 3))
    window.tasks.settle()
    assert view(window).window.length_us < before.length_us and not view(window).selected
    left = window.canvas.frame.lanes[0].picture.items
    assert all(one.count < size for one in getattr(left, "clusters", ()))


def test_that_a_click_on_a_cluster_that_no_zoom_parts_lists_it_and_its_names_lead_to_its_events(qtbot):
    window = crowd_of(qtbot, [event(f"event {n}", within(2, 24)) for n in range(350)])
    before = view(window).window
    QTest.mouseClick(window.canvas.viewport(), LEFT, pos=stack_place(window))
    window.tasks.settle()
    assert view(window).window == before and view(window).selected.startswith("cluster:lane:")
    said = window.pane.page.toPlainText()
    assert "350 events" in said and "event 199" in said and "event 200" not in said and "And 150 more" in said
    window.pane.page.anchorClicked.emit(QUrl("member:3"))
    window.tasks.settle()
    assert view(window).selected == "event 3"
    assert window.canvas.frame.lanes[0].picture.chosen("event 3"), "the cluster that has it is marked"


def test_that_walking_on_from_a_listed_cluster_goes_to_its_first_event(qtbot):
    window = crowd_of(qtbot, [event(f"event {n}", within(2, 24)) for n in range(350)])
    QTest.mouseClick(window.canvas.viewport(), LEFT, pos=stack_place(window))
    window.actions.run("next_event")
    assert view(window).selected == "event 0"

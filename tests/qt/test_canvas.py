"""The canvas: axis and lanes share one scale, an old frame bridges the wait for the new one, pyqtgraph adds nothing."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from qt.whole import LEFT, empty_place, explore, place_of
from timeline_app.qt import theme
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.window import Window


@pytest.fixture
def window(qtbot) -> Explore:
    return explore(qtbot)


def test_that_the_ruler_stands_above_the_lanes_and_both_begin_at_the_left_edge(window):
    canvas = window.canvas
    axis = canvas.getPlotItem().getAxis("top")
    assert axis.mapRectToScene(axis.boundingRect()).getRect() == (0, 0, canvas.width(), canvas.ruler_height)
    assert canvas.layer.mapToScene(0, 0) == QPointF(0, canvas.ruler_height)
    assert canvas.scale.width == canvas.lane_width == canvas.width()


def test_that_the_text_size_makes_the_ruler_higher_and_the_lanes_follow(qtbot):
    large = explore(qtbot, text_percent=200)
    assert large.canvas.ruler_height == 90
    assert large.canvas.layer.mapToScene(0, 0).y() == 90
    assert large.canvas.lane_height == large.canvas.height() - 90


def test_that_pyqtgraph_keeps_its_hands_off_the_mouse_and_offers_no_menu(window):
    plot = window.canvas.getPlotItem()
    box = plot.getViewBox()
    assert box.state["mouseEnabled"] == [False, False] and not box.menuEnabled()
    assert window.canvas.scene().contextMenu == [] and plot.ctrlMenu.parent() is window.canvas
    before = window.session.state.view.window
    box.setXRange(0, 1)
    assert window.session.state.view.window == before


def test_that_ticks_follow_the_state_at_once_and_the_frame_later(window):
    canvas, session = window.canvas, window.session
    frame, before = canvas.frame, canvas.ticks
    session.become(moves.pan(session.state, 0.5, session.limits))
    assert canvas.ticks != before and canvas.frame is frame
    window.tasks.settle()
    assert canvas.frame is not frame and canvas.frame.scale.window == session.state.view.window


def test_that_of_many_moves_the_last_one_is_shown(window):
    session = window.session
    for _ in range(50):
        session.become(moves.zoom(session.state, 1.01, session.state.view.window.centre_us, session.limits), False)
    window.tasks.settle()
    assert window.canvas.frame.scale.window == session.state.view.window


def test_that_the_old_frame_is_moved_with_the_axis_until_the_new_one_comes(window):
    canvas, session = window.canvas, window.session
    boxes = canvas.record_texts()
    window.grab()
    before = {box.text: box.box.left() for box in boxes if box.place == "portals"}
    session.become(moves.pan(session.state, 0.05, session.limits))
    window.grab()
    after = {box.text: box.box.left() for box in boxes if box.place == "portals"}
    both = before.keys() & after.keys()
    assert both and all(before[text] - after[text] == pytest.approx(canvas.lane_width * 0.05, abs=0.1) for text in both)


@pytest.mark.parametrize("length_us", [10_000, 1_000_000, 86_400_000_000])
def test_that_a_place_on_screen_is_exact_at_every_scale(window, length_us):
    middle = window.session.limits.centre_us
    shown = Window(middle, middle + length_us)
    window.session.become(moves.show(window.session.state, shown, window.session.limits))
    canvas = window.canvas
    canvas.show_cursor(333.0)
    x = canvas.mapFromScene(canvas.getPlotItem().getViewBox().mapViewToScene(canvas._cursor.pos())).x()
    assert abs(x - 333) <= 1
    assert canvas.scale.x(canvas.scale.at(333.0)) == pytest.approx(333, abs=1 + 1000 / canvas.scale.us_per_px)


def test_that_a_marked_span_is_shown_and_hidden_with_the_state(window):
    session, canvas = window.session, window.canvas
    span = session.state.view.window.span
    session.become(moves.mark(session.state, type(span)(span.start + 1000, span.start + 5000)))
    assert canvas._marked.isVisible()
    low, high = canvas._marked.getRegion()
    assert high - low == pytest.approx(4.0)
    session.become(moves.mark(session.state, None))
    assert not canvas._marked.isVisible()


def test_that_scrolling_ends_where_the_lanes_end(qtbot):
    small = explore(qtbot, (1100, 480), text_percent=200)
    session, canvas = small.session, small.canvas
    assert canvas.frame.height > canvas.lane_height
    session.become(moves.scroll(session.state, 100_000))
    assert canvas.scroll == canvas.frame.height - canvas.lane_height
    assert canvas.place_of(QPointF(0, canvas.height()))[1] == canvas.frame.height


def test_that_lanes_that_fit_do_not_scroll(window):
    window.session.become(moves.scroll(window.session.state, 500))
    assert window.canvas.scroll == 0


@pytest.mark.parametrize(("event_id", "words"), [("e-down", "The app is announced down"),
                                                 ("e-flood", "A flood is reported")])
def test_that_a_place_is_told_in_words(window, event_id, words):
    assert words in window.canvas.words_at(QPointF(place_of(window, event_id)))


def test_that_the_ruler_and_empty_ground_have_no_words(window):
    assert window.canvas.words_at(QPointF(100, 5)) == ""
    assert window.canvas.words_at(QPointF(empty_place(window))) == ""


def test_that_a_place_in_a_counted_lane_tells_the_count(window):
    canvas = window.canvas
    lane = next(lane for lane in canvas.frame.lanes if lane.spec.id == "daily")
    bars = lane.picture.bars[0]
    highest = int((bars.bottom - bars.top).argmax())
    x = (canvas.scale.x(int(bars.start[highest])) + canvas.scale.x(int(bars.end[highest]))) / 2
    y = canvas.ruler_height + lane.top + lane.head + lane.height / 2
    assert "71,741" in canvas.words_at(QPointF(x, y - canvas.scroll))


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_that_a_tip_says_an_event_as_escaped_text(window):
    at = place_of(window, "e-café")
    event = QHelpEvent(QEvent.Type.ToolTip, at, window.canvas.mapToGlobal(at))
    QApplication.sendEvent(window.canvas.viewport(), event)
    assert "&lt;b&gt;page&lt;/b&gt;" in QToolTip.text()
    for widget in QApplication.topLevelWidgets():
        if widget.objectName() == "qtooltip_label":
            widget.close()
            widget.deleteLater()


def test_that_a_new_size_asks_for_a_new_frame(window):
    asked = []
    window.canvas.needs_frame.connect(lambda: asked.append(window.canvas.lane_width))
    window.resize(1500, 800)
    window.tasks.settle()
    assert asked and window.canvas.frame.scale.width == window.canvas.lane_width
    layer = window.canvas.layer.boundingRect()
    assert (layer.width(), layer.height()) == (window.canvas.lane_width, window.canvas.lane_height)


def test_that_colours_and_name_follow_the_look(window):
    window.session.become(moves.set_up(window.session.state, theme="gallery", language="ko"))
    window.tasks.settle()
    canvas = window.canvas
    assert canvas.colours == theme.palette("gallery")
    assert canvas.accessibleName() == window.requests.texts.get("lane.timeline") and canvas.accessibleDescription()


def test_that_the_canvas_takes_no_drops_and_has_the_keyboard(window):
    assert not window.canvas.acceptDrops() and window.canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus
    QTest.mouseClick(window.canvas.viewport(), LEFT, pos=QPoint(300, 300))
    assert window.canvas.hasFocus()

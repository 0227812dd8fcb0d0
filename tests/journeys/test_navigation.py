"""One journey for each row of the navigation grammar for pointer, wheel, trackpad and fingers: what is done on a whole
window with the real dataset, and what is then seen.

The rows are named as the grammar names them. What is finer than a row is in `tests/qt`.
"""
from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from journeys.keyboard import ALT, CTRL, PLAIN, SHIFT
from journeys.visitor import OUTAGE, Journey, Visitor, row
from made_lists import listed
from qt.fingers import pinch, swipe
from qt.whole import LEFT, drag, empty_place, place_of, wheel
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves, walk
from timeline_app.viewmodel.window import Window

ROWS: dict[str, Journey] = {}


@pytest.fixture
def visitor(driven: Explore) -> Visitor:
    return Visitor(driven)


@row(ROWS, "wheel")
def _wheel(one: Visitor) -> None:
    before, at = one.seen, one.under(300)
    wheel(one.ground, QPoint(300, 200), 120)
    assert one.seen.length_us == pytest.approx(before.length_us / 1.2, rel=1e-9) and one.keeps(at, 300)
    wheel(one.ground, QPoint(300, 200), 120 * 99)
    assert one.seen.length_us == pytest.approx(before.length_us / 1.2 ** 4, rel=1e-9)
    zoomed, scrolled = one.seen, one.canvas.scroll
    wheel(one.window.headings, QPoint(40, 300), -120)
    assert one.canvas.scroll > scrolled and one.seen == zoomed


@row(ROWS, "Ctrl + wheel / Shift + wheel")
def _held_wheel(one: Visitor) -> None:
    one.look_at()
    for pans in (False, True):
        if pans:
            one.window.actions.run("wheel_pans")
        before = one.seen
        wheel(one.ground, QPoint(300, 200), 120, CTRL)
        zoomed = one.seen
        assert zoomed.length_us < before.length_us
        wheel(one.ground, QPoint(300, 200), 120, SHIFT)
        assert one.seen.length_us == zoomed.length_us and one.seen.start_us < zoomed.start_us
    before = one.seen
    wheel(one.ground, QPoint(300, 200), -120)
    assert one.seen.length_us == before.length_us and one.seen.start_us > before.start_us
    one.window.actions.run("wheel_pans")


@row(ROWS, "Alt + wheel")
def _tall_wheel(one: Visitor) -> None:
    lane = one.canvas.frame.lanes[0]
    before, at = one.height_of(lane.spec.id), QPoint(300, round(one.canvas.ruler_height + lane.height / 2))
    wheel(one.ground, at, 120, ALT)
    assert one.height_of(lane.spec.id) > before
    wheel(one.ground, at, -120, ALT)
    assert one.height_of(lane.spec.id) == before


@row(ROWS, "left drag, also when it starts on an item")
def _drag(one: Visitor) -> None:
    one.look_at()
    start = place_of(one.window, OUTAGE)
    at, chosen = one.under(start.x()), one.view.selected
    drag(one.ground, start, start + QPoint(3, 0), let_go=False)
    assert one.keeps(at, start.x())
    QTest.mouseMove(one.ground, start + QPoint(120, -40))
    assert one.keeps(at, start.x() + 120) and one.canvas.scroll == 40 and one.view.selected == chosen
    QTest.mouseRelease(one.ground, LEFT, pos=start + QPoint(120, -40))
    one.session.become(moves.set_up(one.session.state, still=False))
    drag(one.ground, QPoint(500, 300), QPoint(380, 300))
    let_go, coast = one.view.window, one.window.gestures.coast.timer
    assert coast.isActive()
    coast.timeout.emit()
    assert one.view.window.start_us > let_go.start_us
    one.window.gestures.stop()


@row(ROWS, "drag on the ruler, or Shift + drag")
def _mark(one: Visitor) -> None:
    for y, held, leaves in ((10, PLAIN, Qt.Key.Key_Escape), (300, SHIFT, Qt.Key.Key_Return)):
        before, ends = one.seen, [one.under(x) // 1000 for x in (200, 420)]
        drag(one.ground, QPoint(200, y), QPoint(420, y), held)
        marked = one.view.marked
        assert one.seen == before and [marked.start, marked.end] == ends
        said = " ".join(one.texts_drawn())
        assert " h " in said and "events" in said and "Marked: " in one.window.status.accessibleName()
        one.press(leaves)
        assert one.view.marked is None
        assert one.seen == (before if leaves == Qt.Key.Key_Escape else Window.of(marked))


@row(ROWS, "drag on the ruler, by keys")
def _mark_by_keys(one: Visitor) -> None:
    one.session.become(moves.select(one.session.state, OUTAGE))
    one.press(Qt.Key.Key_Right, SHIFT)
    assert one.view.marked == walk.bounded(one.session.dataset.event_by_id[OUTAGE].when)
    marked = one.view.marked
    one.press(Qt.Key.Key_Right, SHIFT)
    one.press(Qt.Key.Key_Left, CTRL | SHIFT)
    assert one.view.marked.start < marked.start and one.view.marked.end > marked.end
    assert "Enter zooms to it, Esc drops it" in one.texts_drawn()


@row(ROWS, "drag the overview brush or its edges")
def _brush(one: Visitor) -> None:
    strip, before = one.window.overview, one.seen
    left, right = (strip._left + (us - strip.scale.window.start_us) / strip.scale.us_per_px
                   for us in (before.start_us, before.end_us))
    drag(strip, QPoint(round((left + right) / 2), 30), QPoint(round((left + right) / 2) + 30, 30))
    assert one.seen.length_us == before.length_us and one.seen.start_us > before.start_us
    moved = one.seen
    drag(strip, QPoint(round(right) + 30, 30), QPoint(round(right), 30))
    assert one.seen.start_us == moved.start_us and one.seen.length_us < moved.length_us


@row(ROWS, "click item / cluster")
def _click(one: Visitor) -> None:
    one.look_at()
    before = one.seen
    QTest.mouseClick(one.ground, LEFT, pos=place_of(one.window, OUTAGE))
    assert one.seen == before and one.view.selected == OUTAGE
    title = one.session.dataset.event_by_id[OUTAGE].title.say("en")
    assert title in one.window.pane.page.toPlainText()


def test_that_a_click_on_a_cluster_zooms_until_it_splits(opened):
    one = Visitor(opened(dataset=listed("1,340 events")))
    one.session.become(moves.show(one.session.state, walk.all_events(one.session.dataset), one.session.limits))
    one.window.tasks.settle()
    lane = max(one.canvas.frame.lanes, key=lambda lane: len(lane.picture.stacks))
    before, stack = one.seen, lane.picture.stacks[len(lane.picture.stacks) // 2]
    x = sum(stack.reach(one.canvas.scale)) / 2
    y = one.canvas.ruler_height + lane.top + lane.head + stack.top + stack.height / 2 - one.canvas.scroll
    QTest.mouseClick(one.ground, LEFT, pos=QPoint(round(x), round(y)))
    assert one.seen.length_us < before.length_us or one.view.selected.startswith("cluster:")


@row(ROWS, "double click item / empty")
def _double(one: Visitor) -> None:
    one.look_at()
    at = place_of(one.window, OUTAGE)
    QTest.mouseClick(one.ground, LEFT, pos=at)
    QTest.mouseDClick(one.ground, LEFT, pos=at)
    span = walk.bounded(one.session.dataset.event_by_id[OUTAGE].when)
    assert one.seen == walk.fitted(span, one.session.limits)
    before, empty = one.seen, empty_place(one.window)
    under = one.under(empty.x())
    QTest.mouseDClick(one.ground, LEFT, pos=empty)
    assert one.seen.length_us == pytest.approx(before.length_us / 2, rel=1e-6) and one.keeps(under, empty.x())


@row(ROWS, "right click")
def _menu(one: Visitor) -> None:
    one.look_at()
    at = place_of(one.window, OUTAGE)
    QApplication.sendEvent(one.ground, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at,
                                                         one.ground.mapToGlobal(at)))
    menu = next(found for found in one.window.findChildren(QMenu) if found.isVisible())
    offered = [action for action in menu.actions() if not action.isSeparator()]
    wanted = [one.window.actions.actions[name] for name in ("copy_citation", "cite_view", "zoom_out")]
    assert one.view.selected == OUTAGE and all(action in offered for action in wanted)
    before = one.seen
    wanted[-1].trigger()
    assert one.seen.length_us > before.length_us
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@row(ROWS, "mouse back / forward")
def _buttons(one: Visitor) -> None:
    before = one.seen
    one.look_at()
    after = one.seen
    QTest.mouseClick(one.ground, Qt.MouseButton.BackButton, pos=QPoint(300, 300))
    assert one.seen == before
    QTest.mouseClick(one.ground, Qt.MouseButton.ForwardButton, pos=QPoint(300, 300))
    assert one.seen == after
    for part in (one.window.headings, one.window.overview, one.window.bar, one.window.status):
        QTest.mouseClick(part, Qt.MouseButton.BackButton, pos=QPoint(5, 5))
        assert one.seen == before
        QTest.mouseClick(part, Qt.MouseButton.ForwardButton, pos=QPoint(5, 5))
        assert one.seen == after


@row(ROWS, "hover")
def _hover(one: Visitor) -> None:
    one.look_at()
    at = place_of(one.window, OUTAGE)
    QTest.mouseMove(one.ground, at)
    assert one.canvas.tip.isActive() and one.canvas.tip.interval() == 500
    one.canvas.tip.timeout.emit()
    assert one.session.dataset.event_by_id[OUTAGE].title.say("en") in QToolTip.text()
    QTest.mouseMove(one.ground, at + QPoint(5, 0))
    QApplication.sendEvent(one.ground, QEvent(QEvent.Type.Leave))
    assert not one.canvas.tip.isActive()
    one.hide_tips()


@row(ROWS, "trackpad two fingers / pinch")
def _pad(one: Visitor) -> None:
    one.look_at()
    before = one.seen
    swipe(one.ground, QPoint(0, 0), Qt.ScrollPhase.ScrollBegin)
    swipe(one.ground, QPoint(-40, 5), Qt.ScrollPhase.ScrollUpdate)
    swipe(one.ground, QPoint(-10, 30), Qt.ScrollPhase.ScrollUpdate)
    assert one.seen == before.moved(round(50 * before.length_us / one.canvas.lane_width)) and one.canvas.scroll == 0
    swipe(one.ground, QPoint(0, 0), Qt.ScrollPhase.ScrollEnd)
    swipe(one.ground, QPoint(0, 0), Qt.ScrollPhase.ScrollBegin)
    swipe(one.ground, QPoint(2, -30), Qt.ScrollPhase.ScrollUpdate)
    assert one.canvas.scroll == 30
    moved, at = one.seen, one.under(250)
    pinch(one.ground, QPoint(250, 300), 0.3)
    assert one.seen.length_us == pytest.approx(moved.length_us / 1.3, rel=1e-6) and one.keeps(at, 250)


@row(ROWS, "touch one finger / two / tap / hold 400 ms")
def _touch(one: Visitor) -> None:
    one.look_at()
    hand = one.fingers
    hand.tap(place_of(one.window, OUTAGE))
    assert one.view.selected == OUTAGE
    hand.stroke(QPoint(300, 300), QPoint(330, 300), lift=False)
    at = one.under(330)
    hand.touch(a=QPoint(260, 280))
    assert one.keeps(at, 260) and one.canvas.scroll == 20
    panned = one.seen
    hand.touch(b=QPoint(460, 280))
    assert one.seen == panned
    at = one.under(360)
    hand.touch(a=QPoint(160, 280), b=QPoint(560, 280))
    assert one.seen.length_us == pytest.approx(panned.length_us / 2, rel=1e-6) and one.keeps(at, 360)
    pinched = one.seen
    hand.touch(b=None)
    hand.now += 500
    hand.touch(a=None)
    assert one.seen == pinched
    hand.touch(a=QPoint(200, 300))
    one.window.gestures.touch.hold.timeout.emit()
    hand.stroke(QPoint(300, 300), QPoint(400, 300))
    assert one.view.marked is not None and one.seen == pinched
    one.session.become(moves.set_up(one.session.state, still=False))
    hand.stroke(QPoint(500, 300), QPoint(460, 300), QPoint(400, 300), QPoint(340, 300))
    assert one.window.gestures.coast.timer.isActive()
    one.window.gestures.stop()


@row(ROWS, "buttons + - fit home")
def _bar(one: Visitor) -> None:
    bar, opening = one.window.bar, one.seen
    for pill in (bar.zoom_in, bar.zoom_out, bar.fit, bar.home):
        assert pill.isVisible() and min(pill.width(), pill.height()) >= 48
    QTest.mouseClick(bar.zoom_in, LEFT)
    assert one.seen.length_us < opening.length_us
    QTest.mouseClick(bar.zoom_out, LEFT)
    assert abs(one.seen.length_us - opening.length_us) <= 2
    QTest.mouseClick(bar.fit, LEFT)
    assert one.seen == walk.all_events(one.session.dataset)
    QTest.mouseClick(bar.home, LEFT)
    assert one.seen == opening


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
@pytest.mark.parametrize("words", ROWS)
def test_that_pointer_and_touch_do_what_the_grammar_says(visitor, words):
    ROWS[words](visitor)

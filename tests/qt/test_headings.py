"""The column of headings: every lane named where it stands, scrolled with the lanes, repainted only when it must be."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qt.whole import LEFT, explore, wheel
from timeline_app.qt import theme
from timeline_app.qt.headings import Headings
from timeline_app.qt.paint import fold_sign
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot) -> Explore:
    return explore(qtbot)


class Paintings(QObject):
    """Notes each painting of what it watches."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seen = 0

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Note it and let it happen."""
        self.seen += event.type() == QEvent.Type.Paint
        return False


class Count:
    """Counts how often a widget was asked to paint."""

    def __init__(self, headings: Headings, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        monkeypatch.setattr(headings, "update", self._asked)

    def _asked(self) -> None:
        self.times += 1


def texts(window: Explore) -> list[str]:
    window.headings.boxes = []
    window.headings.grab()
    return [box.text for box in window.headings.boxes]


def test_that_both_halves_and_every_lane_are_named(window):
    said = texts(window)
    assert said[0] == "What was documented" and "What was counted" in said
    for lane in window.canvas.frame.lanes:
        assert lane.picture.heading.title in said


@pytest.mark.parametrize("percent", [150, 200])
def test_that_the_titles_of_both_halves_stand_at_every_text_size(qtbot, percent):
    large = explore(qtbot, (1300, 1000), text_percent=percent)
    said = texts(large)
    assert len([text for text in said if text.startswith("What was")]) == 2


def test_that_a_heading_stands_beside_its_lane(window):
    texts(window)
    by_place = {box.place: box for box in reversed(window.headings.boxes)}
    for lane in window.canvas.frame.lanes:
        box = by_place[f"heading {lane.spec.id}"].box
        top = window.canvas.ruler_height + lane.top
        assert top <= box.top() and box.bottom() <= top + lane.height


def test_that_time_alone_repaints_nothing(window, monkeypatch):
    count = Count(window.headings, monkeypatch)
    session = window.session
    session.become(moves.pan(session.state, 0.001, session.limits))
    window.tasks.settle()
    assert count.times == 0
    session.become(moves.toggle_pin(session.state, "statements"))
    window.tasks.settle()
    assert count.times > 0


def test_that_they_scroll_with_the_lanes(qtbot):
    small = explore(qtbot, (1100, 480), text_percent=200)
    before = texts(small)
    small.session.become(moves.scroll(small.session.state, 300))
    after = texts(small)
    assert before[0] == after[0] and before[1:] != after[1:]


def test_that_alt_and_wheel_makes_the_lane_beside_it_taller(window):
    lane = window.canvas.frame.lanes[1]
    wheel(window.headings, QPoint(40, round(window.canvas.ruler_height + lane.top + lane.height / 2)), 120, ALT)
    assert dict(window.session.state.view.lanes.taller) == {lane.spec.id: 1}


def test_that_a_click_beside_the_ruler_chooses_no_lane(window):
    before = window.session.state
    QTest.mouseClick(window.headings, LEFT, pos=QPoint(40, 5))
    assert window.session.state == before


def test_that_the_chosen_lane_is_marked_while_the_timeline_has_the_keyboard(window):
    window.activateWindow()
    window.canvas.setFocus()
    lane = window.canvas.frame.lanes[1]
    window.session.become(moves.look(window.session.state, lane=lane.spec.id))
    y = round(window.canvas.ruler_height + lane.top + lane.height / 2)
    violet = QColor(theme.palette("paper").interaction).rgb()
    assert window.headings.grab().toImage().pixel(1, y) == violet
    window.search.field.setFocus()
    assert window.headings.grab().toImage().pixel(1, y) != violet


def test_that_the_keyboard_shows_where_it_is_with_a_ring_and_leaves_none_behind(window):
    window.activateWindow()
    violet = QColor(theme.palette("paper").interaction).rgb()
    window.headings.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.headings.grab().toImage().pixel(120, 1) == violet
    paintings = Paintings(window)
    QApplication.processEvents()
    window.headings.installEventFilter(paintings)
    window.search.field.setFocus()
    QApplication.processEvents()
    assert paintings.seen and window.headings.grab().toImage().pixel(120, 1) != violet


def test_that_it_has_a_name_in_both_languages(window):
    english = window.headings.accessibleName()
    window.session.become(moves.set_up(window.session.state, language="ko"))
    assert english and window.headings.accessibleName() not in ("", english)


def sign_of(window: Explore, number: int) -> QPoint:
    frame = window.canvas.frame
    place = fold_sign(frame.lanes[number], window.session.state.setting.text_percent)
    middle = place.center().toPoint()
    return QPoint(middle.x(), middle.y() + round(frame.lanes[number].top) + window.canvas.ruler_height)


@pytest.mark.parametrize("percent", [100, 200])
def test_that_a_press_on_its_sign_folds_a_lane_and_lets_it_grow(window, percent):
    window.session.become(moves.set_up(window.session.state, text_percent=percent))
    window.tasks.settle()
    lane = window.canvas.frame.lanes[0].spec.id
    QTest.mouseClick(window.headings, LEFT, pos=sign_of(window, 0))
    window.tasks.settle()
    assert window.session.state.view.lanes.folded == {lane} == {window.session.state.view.lane}
    assert window.canvas.frame.lanes[0].is_folded
    said = texts(window)
    assert any(one in said for one in window.canvas.frame.lanes[0].picture.heading.lines)
    QTest.mouseClick(window.headings, LEFT, pos=sign_of(window, 0))
    window.tasks.settle()
    assert not window.session.state.view.lanes.folded and not window.canvas.frame.lanes[0].is_strip


def test_that_a_double_click_on_a_heading_gives_its_lane_room(window):
    frame = window.canvas.frame
    at = QPoint(100, window.canvas.ruler_height + round(frame.lanes[1].top) + 12)
    QTest.mouseDClick(window.headings, LEFT, pos=at)
    assert window.session.state.view.lanes.opened == frame.lanes[1].spec.id
    QTest.mouseDClick(window.headings, LEFT, pos=at)
    assert not window.session.state.view.lanes.opened


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_the_headings_say_what_lanes_are_grouped_by(window, language):
    window.requests.lanes.group("kind")
    window.tasks.settle()
    window.session.become(moves.set_up(window.session.state, language=language))
    window.tasks.settle()
    said = texts(window)
    assert any("kind" in one if language == "en" else one.startswith("종류별") for one in said[:3])
    assert all(one.spec.kind == "events" for one in window.canvas.frame.lanes if one.spec.half == "documented")

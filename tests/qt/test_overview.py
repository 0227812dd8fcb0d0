"""The overview strip in use: dragging, resizing, jumping, keys, wheel; what it says and how it is seen."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fakes import tiny_session
from timeline_app.base.text import catalogue
from timeline_app.qt import theme
from timeline_app.qt.overview import Overview
from timeline_app.qt.overview_paint import STRENGTH
from timeline_app.viewmodel import brush, moves, walk
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.window import TimeScale, Window

LEFT, MIDDLE = Qt.MouseButton.LeftButton, 40
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session() -> Session:
    """The tiny dataset with a day in sight, so that there is room around it."""
    made = tiny_session()
    window = made.state.view.window
    day = Window(window.start_us + 86_400_000_000, window.start_us + 2 * 86_400_000_000)
    made.become(moves.show(made.state, day, made.limits))
    return made


@pytest.fixture
def strip(qtbot, session: Session) -> Overview:
    made = Overview(session, catalogue("en"), theme.palette("paper"))
    qtbot.addWidget(made)
    made.resize(1250, made.height())
    made.show()
    return made


def places(strip: Overview, session: Session) -> tuple[float, float]:
    left, right = brush.sides(strip.scale, session.state.view.window)
    return left + 250, right + 250


def drag(strip: Overview, start: float, end: float, let_go: bool = True) -> None:
    a, b = QPoint(round(start), MIDDLE), QPoint(round(end), MIDDLE)
    QTest.mousePress(strip, LEFT, pos=a)
    QTest.mouseMove(strip, (a + b) / 2)
    QTest.mouseMove(strip, b)
    if let_go:
        QTest.mouseRelease(strip, LEFT, pos=b)


def near(one: float, other: float, scale: TimeScale) -> bool:
    return abs(one - other) <= 1.5 * scale.us_per_px


def test_that_dragging_the_brush_moves_the_window_and_is_one_view_of_the_history(strip, session):
    before, scale, (left, right) = session.state.view.window, strip.scale, places(strip, session)
    drag(strip, (left + right) / 2, (left + right) / 2 + 60)
    after = session.state.view.window
    assert after.length_us == before.length_us
    assert near(after.start_us - before.start_us, 60 * scale.us_per_px, scale)
    assert session.back() and session.state.view.window == before


@pytest.mark.parametrize(("edge", "by"), [(0, -40), (0, 40), (1, -40), (1, 40)])
def test_that_dragging_an_edge_resizes_and_keeps_the_other_edge(strip, session, edge: int, by: int):
    before, scale, at = session.state.view.window, strip.scale, places(strip, session)[edge]
    drag(strip, at, at + by)
    after = session.state.view.window
    moved, kept = ("start_us", "end_us") if edge == 0 else ("end_us", "start_us")
    assert getattr(after, kept) == getattr(before, kept)
    assert near(getattr(after, moved) - getattr(before, moved), by * scale.us_per_px, scale)


def test_that_an_edge_dragged_past_the_other_stops_before_it(strip, session):
    left, right = places(strip, session)
    drag(strip, left, right + 300)
    assert session.state.view.window.length_us > 0


def test_that_a_click_beside_the_brush_brings_the_window_there(strip, session):
    before, scale = session.state.view.window, strip.scale
    QTest.mouseClick(strip, LEFT, pos=QPoint(1000, MIDDLE))
    after = session.state.view.window
    assert after.length_us == before.length_us
    assert near(after.centre_us, scale.at_us(750), scale)
    assert session.back() and session.state.view.window == before


def test_that_the_strip_does_not_run_away_under_a_drag_and_settles_when_let_go(strip, session):
    shown, (left, right) = strip.scale.window, places(strip, session)
    drag(strip, (left + right) / 2, 1240, let_go=False)
    assert strip.scale.window == shown
    QTest.mouseRelease(strip, LEFT, pos=QPoint(1240, MIDDLE))
    assert strip.scale.window != shown or shown.end_us == session.limits.end_us


def test_that_a_double_click_returns_to_the_opening_view(strip, session):
    QTest.mouseDClick(strip, LEFT, pos=QPoint(900, MIDDLE))
    assert session.state.view.window == walk.opening(session.dataset).view.window


def test_that_arrows_move_the_window_and_with_shift_its_ends(strip, session):
    step = round(session.state.view.window.length_us * 0.1)
    start, end = session.state.view.window.start_us, session.state.view.window.end_us
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert session.state.view.window == Window(start + step, end + step)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    QTest.keyClick(strip, Qt.Key.Key_Right, SHIFT)
    assert session.state.view.window == Window(start, end + step)
    QTest.keyClick(strip, Qt.Key.Key_Left, CTRL | SHIFT)
    assert session.state.view.window.end_us == end + step
    assert session.state.view.window.start_us < start


def test_that_no_other_key_is_taken_from_the_window(strip, session):
    before = session.state
    for key in (Qt.Key.Key_Up, Qt.Key.Key_A, Qt.Key.Key_Escape):
        QTest.keyClick(strip, key)
    QTest.keyClick(strip, Qt.Key.Key_Left, CTRL)
    assert session.state == before
    assert set(strip.property("keeps").split()) == {
        "Left", "Right", "Shift+Left", "Shift+Right", "Ctrl+Shift+Left", "Ctrl+Shift+Right"}


def wheel(strip: Overview, x: float, turned: int) -> None:
    at = QPointF(x, MIDDLE)
    QApplication.sendEvent(strip, QWheelEvent(
        at, QPointF(strip.mapToGlobal(at)), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False))


def test_that_the_wheel_zooms_at_the_pointer(strip, session):
    left, right = places(strip, session)
    before, at = session.state.view.window, strip.scale.at_us((left * 3 + right) / 4 - 250)
    wheel(strip, (left * 3 + right) / 4, 120)
    after = session.state.view.window
    assert after.length_us == round(before.length_us / 1.2)
    share = (at - before.start_us) / before.length_us
    assert abs((at - after.start_us) / after.length_us - share) < 1e-6
    wheel(strip, 1200, -100_000)
    assert session.state.view.window.length_us <= after.length_us * 1.2**3 + 1


def test_that_the_pointer_says_what_it_would_do(strip, session):
    left, right = places(strip, session)
    shapes = []
    for x in (left, (left + right) / 2, right, right + 60):
        QTest.mouseMove(strip, QPoint(round(x), MIDDLE))
        shapes.append(strip.cursor().shape())
    assert shapes == [Qt.CursorShape.SizeHorCursor, Qt.CursorShape.OpenHandCursor, Qt.CursorShape.SizeHorCursor,
                      Qt.CursorShape.PointingHandCursor]


def test_that_the_strip_follows_a_session_that_moved_elsewhere(strip, session):
    session.become(moves.pan(session.state, 1.5, session.limits))
    left, right = places(strip, session)
    image = strip.grab().toImage()
    violet = QColor(theme.palette("paper").interaction).rgb()
    for x in (left, right):
        assert image.pixel(round(x), MIDDLE - 4) == violet


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("percent", [100, 200])
def test_that_it_says_what_it_counts_and_cuts_no_word(qtbot, language: str, percent: int):
    session = tiny_session(language=language, text_percent=percent)
    made = Overview(session, catalogue(language), theme.palette("gallery"))
    qtbot.addWidget(made)
    made.resize(1400, made.height())
    made.boxes = []
    made.grab()
    said = [box.text for box in made.boxes]
    assert "#example" in said and any("71,741" in text for text in said) and len(said) > 5
    assert all(box.clip.adjusted(-1, -1, 1, 1).contains(box.box) for box in made.boxes)
    assert made.height() == 84 * percent // 100


def test_that_without_a_column_for_it_the_heading_stands_above_the_bars(qtbot, session):
    made = Overview(session, catalogue("en"), theme.palette("paper"))
    qtbot.addWidget(made)
    made.set_left(0)
    made.resize(900, made.height())
    made.boxes = []
    made.grab()
    assert [box.text for box in made.boxes if box.box.bottom() < 30] == ["#example"]


def test_that_long_names_break_between_words_and_are_not_shortened(qtbot):
    session = tiny_session()
    made = Overview(session, catalogue("en"), theme.palette("paper"))
    qtbot.addWidget(made)
    made.set_left(121)
    made.resize(900, made.height())
    made.boxes = []
    made.grab()
    said = [box.text for box in made.boxes if box.box.right() < 121]
    assert len(said) > 2 and not any(text.endswith("…") for text in said)


def test_that_it_has_a_name_and_says_which_span_is_shown(strip, session):
    assert strip.accessibleName() == "Overview of a wider time"
    before = strip.accessibleDescription()
    session.become(moves.pan(session.state, 0.5, session.limits))
    assert "31 May" in before and strip.accessibleDescription() != before


def test_that_the_keyboard_shows_where_it_is_with_a_ring_of_2_px(qtbot, session):
    window = QWidget()
    qtbot.addWidget(window)
    made = Overview(session, catalogue("en"), theme.palette("paper"))
    made.setParent(window)
    made.resize(800, made.height())
    window.show()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    image = made.grab().toImage()
    violet = QColor(theme.palette("paper").interaction).rgb()
    assert image.pixel(400, 0) == image.pixel(400, 1) == violet


@pytest.mark.parametrize("colours", theme.THEMES)
def test_that_bars_keep_a_contrast_of_3_on_their_ground(colours: str):
    chosen = theme.palette(colours)
    for role in ("counted", "muted"):
        assert contrast(theme.mixed(chosen.role(role), chosen.panel, STRENGTH), chosen.panel) >= 3
    assert contrast(chosen.interaction, chosen.panel) >= 3


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    low, high = sorted(sum(share * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
                           for share, part in zip((0.2126, 0.7152, 0.0722), QColor(value).getRgbF()[:3], strict=True))
                       for value in (one, other))
    return (high + 0.05) / (low + 0.05)


def test_that_a_session_outlives_the_strip(qtbot, session):
    made = Overview(session, catalogue("en"), theme.palette("paper"))
    made.deleteLater()
    qtbot.wait(1)
    session.become(moves.pan(session.state, 0.1, session.limits))

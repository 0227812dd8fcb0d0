"""The kiosk's window: what a touch does, what no key, button, drop or event can do, and what is left afterwards."""

import hashlib
from itertools import product

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QColorDialog,
    QFileDialog,
    QFontDialog,
    QInputDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QWidget,
)

from qt.standing import standing, tap
from timeline_app.qt.access import unnamed
from timeline_app.qt.kiosk_view import KioskButton
from timeline_app.viewmodel.kiosk import visit

MIDDLE = QPoint(960, 500)


def button(window, action) -> KioskButton:
    return next(one for one in window.view.buttons if one.target.action == action)


def press(window, action):
    QTest.mouseClick(button(window, action), Qt.MouseButton.LeftButton)


def everything(window) -> list[QWidget]:
    return [window, *window.findChildren(QWidget)]


@pytest.fixture
def kiosk():
    with standing() as (window, clock):
        window.clock = clock
        yield window


@pytest.fixture
def home(kiosk):
    kiosk.press("stay")
    return kiosk


def test_that_the_first_touch_opens_home_and_presses_nothing_under_it(kiosk):
    under = kiosk.view.childAt(MIDDLE)
    assert kiosk.visit.screen == visit.ATTRACT
    QTest.mousePress(under, Qt.MouseButton.LeftButton, pos=MIDDLE)
    assert (kiosk.visit.screen, kiosk.visit.chosen) == (visit.HOME, "")
    for one in kiosk.view.buttons:  # whatever now lies under the finger hears of its end only
        QTest.mouseRelease(one, Qt.MouseButton.LeftButton)
    assert (kiosk.visit.screen, kiosk.visit.chosen) == (visit.HOME, "")
    press(kiosk, "later")
    assert kiosk.visit.chosen


def test_that_a_key_wakes_the_screen_and_types_nothing(kiosk):
    QTest.keyClick(kiosk.view, Qt.Key.Key_Space)
    assert (kiosk.visit.screen, kiosk.visit.chosen) == (visit.HOME, "")


def test_that_the_countdown_is_seen_and_ended_by_a_touch_anywhere(home):
    press(home, "later")
    home.clock.ms += 61_000
    home.tick()
    assert home.view.page.over is not None
    QTest.mouseClick(home.view.childAt(QPoint(5, 5)), Qt.MouseButton.LeftButton)
    assert home.view.page.over is None
    assert home.visit.chosen


def test_that_the_button_for_more_time_works_however_long_it_is_held(home):
    press(home, "later")
    home.clock.ms += 61_000
    home.tick()
    found = button(home, "more_time")
    QTest.mousePress(found, Qt.MouseButton.LeftButton)
    for _ in range(20):
        home.clock.ms += 200
        home.tick()
    QTest.mouseRelease(found, Qt.MouseButton.LeftButton)
    assert home.visit.has_more_time


def standard_keys():
    """(key, modifiers) of everything that a desktop has a key for."""
    found = (sequence[0] for one in QKeySequence.StandardKey for sequence in QKeySequence.keyBindings(one)
             if sequence.count())
    return {(one.key(), one.keyboardModifiers()) for one in found}


HELD = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.MetaModifier,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
OWN = {Qt.Key(getattr(Qt.Key, f"Key_{name}")) for name in ("Left", "Right", "Up", "Down", "Plus", "Minus", "Space",
                                                           "Return", "Enter", "Tab", "Backtab")}


def test_that_no_key_of_a_desktop_changes_anything(home):
    before, flags = visit.essence(home.visit), home.windowState()
    tried = list(standard_keys())
    tried += [(Qt.Key(int(Qt.Key.Key_F1) + number), held) for number, held in product(range(12), HELD)]
    tried += [(key, held) for key, held in product(
        (Qt.Key.Key_Escape, Qt.Key.Key_Menu, Qt.Key.Key_Alt, Qt.Key.Key_F4, Qt.Key.Key_W, Qt.Key.Key_Q, Qt.Key.Key_O,
         Qt.Key.Key_S, Qt.Key.Key_P, Qt.Key.Key_N, Qt.Key.Key_M, Qt.Key.Key_L), HELD)]
    for key, held in tried:
        if key in OWN and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            continue
        for where in (home, home.view, QApplication.focusWidget() or home):
            for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(where, QKeyEvent(kind, key, held))
        assert visit.essence(home.visit) == before, (key, held)
    assert home.isVisible() and home.windowState() == flags
    assert QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None


def test_that_no_widget_has_a_context_menu(home):
    for screen in ("closer", "back", "later"):
        press(home, screen)
        home.settle()
        for one in everything(home):
            QApplication.sendEvent(one, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(3, 3), QPoint(3, 3)))
            QTest.mouseClick(one, Qt.MouseButton.RightButton) if one.isVisible() else None
            assert QApplication.activePopupWidget() is None
    assert [one for one in home.findChildren(QMenu) if one.isVisible()] == []


def test_that_the_timeline_has_no_menu_of_its_own(home):
    press(home, "closer")
    canvas = home.view.lanes.canvas
    assert canvas.scene().contextMenu == []
    assert not canvas.getPlotItem().getViewBox().menuEnabled()
    assert not canvas.getPlotItem().menuEnabled()


def test_that_nothing_can_be_dropped_on_it(home):
    press(home, "closer")
    data = QMimeData()
    data.setUrls([QUrl("file:///etc/passwd")])
    before = visit.essence(home.visit)
    for one in everything(home):
        assert not one.acceptDrops()
        enter = QDragEnterEvent(QPoint(2, 2), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(one, enter)
        drop = QDropEvent(QPointF(2, 2), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                          Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(one, drop)
    assert visit.essence(home.visit) == before


def test_that_no_text_can_be_selected_and_no_tip_shown(home):
    for action in ("later", "read_warning", "know", "back", "closer"):
        found = [one for one in home.view.buttons if one.target.action == action]
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton) if found else None
        for one in everything(home):
            assert one.toolTip() == "" or not one.isVisible()
            if isinstance(one, QLabel):
                flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
                assert not one.textInteractionFlags() & flags


def test_that_neither_a_close_nor_a_quit_from_the_screen_ends_it(home):
    home.close()
    QApplication.sendEvent(home, QEvent(QEvent.Type.Close))
    QApplication.sendEvent(QApplication.instance(), QEvent(QEvent.Type.Quit))
    assert home.isVisible() and not home.is_over


def test_that_a_visit_leaves_clipboard_and_settings_as_they_were(home, own_home):
    QGuiApplication.clipboard().setText("before")
    for action in ("later", "text_size", "contrast", "language:ko", "closer", "zoom_in", "back", "start_over"):
        home.press(action)
        home.settle()
    QTest.keyClick(home.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"
    kept = [path for path in own_home.rglob("*") if path.is_file()] if own_home.exists() else []
    assert kept == []
    assert QSettings().allKeys() == QSettings().allKeys()


def test_that_who_only_tries_it_can_close_it():
    asked = []
    with standing(is_trial=True) as (window, _):
        window.asked.connect(asked.append)
        window.close()
        assert asked == ["close"] and window.isVisible()


def picture(window) -> str:
    image = window.grab().toImage()
    return hashlib.sha256(bytes(image.constBits())).hexdigest()


def test_that_the_picture_after_a_visit_is_the_one_before_it(kiosk):
    before = picture(kiosk)
    kiosk.press("stay")
    for action in ("later", "language:ko", "text_size", "contrast", "closer", "zoom_in", "pan_later", "know", "back",
                   "play", "pause", "more_time"):
        kiosk.press(action)
        kiosk.settle()
    kiosk.press("closer")
    session = kiosk.view.lanes.session
    kiosk.press("start_over")
    kiosk.settle()
    assert picture(kiosk) == before
    assert session.state.view == kiosk.start.opening
    assert not session.can_go_back and not session.can_go_forward


def test_that_the_corner_held_for_five_seconds_asks_for_the_number_and_nothing_shorter_does(home):
    corner = QPoint(10, 10)
    asked = []
    home.asked.connect(asked.append)
    for held_ms, screen in ((4_900, visit.HOME), (5_000, visit.PIN)):
        QTest.mousePress(home.view, Qt.MouseButton.LeftButton, pos=corner)
        home.clock.ms += held_ms
        home.tick()
        QTest.mouseRelease(home.view, Qt.MouseButton.LeftButton, pos=corner)
        assert home.visit.screen == screen
    for digit in "8305":
        press(home, f"digit:{digit}")
    press(home, "staff:enter")
    assert asked == ["pin:8305"]


def test_that_the_corner_works_from_the_attract_screen_too(kiosk):
    QTest.mousePress(kiosk.view.childAt(QPoint(10, 10)), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    kiosk.clock.ms += 5_000
    kiosk.tick()
    assert kiosk.visit.screen == visit.PIN


def test_that_a_window_that_was_made_small_fills_the_screen_again(qapp_screen):
    with standing(is_guarded=False) as (window, _):
        window.manner = type(window.manner)(window.manner.setting, clock=window.manner.clock)
        window._put()
        for change in (window.showMinimized, window.showNormal, window.showMaximized):
            change()
            QApplication.processEvents()
            QApplication.processEvents()
            assert window.isFullScreen() and not window.isMinimized()
        for gone in (QGuiApplication.instance().screenRemoved, QGuiApplication.instance().screenAdded):
            window.showNormal()
            gone.emit(qapp_screen)
            QApplication.processEvents()
            QApplication.processEvents()
            assert window.isFullScreen()


@pytest.fixture
def qapp_screen():
    return QGuiApplication.primaryScreen()


def test_that_every_button_can_be_reached_and_pressed_by_keyboard(home):
    assert unnamed(home) == []
    seen = set()
    home.view.setFocus()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget() or home.view, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if isinstance(focused, KioskButton):
            seen.add(focused.target.action)
    assert {one.target.action for one in home.view.buttons} <= seen
    button(home, "later").setFocus()
    QTest.keyClick(button(home, "later"), Qt.Key.Key_Return)
    assert home.visit.chosen
    assert QApplication.focusWidget().target.action == "later"


def test_that_no_dialog_can_be_opened(home, monkeypatch):
    opened = []
    for kind in (QFileDialog, QColorDialog, QFontDialog, QInputDialog, QMessageBox):
        for name in ("exec", "open", "show"):
            monkeypatch.setattr(kind, name, lambda *_, kind=kind: opened.append(kind))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: opened.append("openUrl"))
    for action in [one.target.action for one in home.view.buttons]:
        home.press(action)
    assert opened == []


def test_that_a_mouse_has_an_arrow_and_a_finger_has_none(home):
    assert home.cursor().shape() == Qt.CursorShape.BlankCursor
    QTest.mouseMove(home.view, QPoint(700, 300))
    QApplication.processEvents()
    assert home.cursor().shape() == Qt.CursorShape.ArrowCursor
    tap(home, QPoint(700, 300))
    assert home.cursor().shape() == Qt.CursorShape.BlankCursor


def test_that_a_finger_wakes_the_screen_and_then_presses_what_it_touches(kiosk):
    def place(action):
        found = button(kiosk, action)
        return found.mapTo(kiosk, found.rect().center())

    tap(kiosk, QPoint(300, 1000))  # where home will have a button
    assert (kiosk.visit.screen, kiosk.visit.chosen) == (visit.HOME, "")
    tap(kiosk, place("later"))
    assert kiosk.visit.chosen
    tap(kiosk, place("language:ko"))
    assert kiosk.visit.setting.language == "ko"

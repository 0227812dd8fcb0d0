"""Keys are changed in the list of keys: pressed there, told where they belong elsewhere, given back, and kept."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qt.stage import Stage
from timeline_app.base.text import catalogue
from timeline_app.qt import key_words, popup
from timeline_app.qt.key_list import KeyList

TEXTS = catalogue("en")
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(qtbot) -> Stage:
    made = Stage(qtbot)
    made.told = []
    made.actions_.keys_changed.connect(lambda: made.told.append(key_words.written(made.actions_.overrides)))
    return made


@pytest.fixture
def panel(stage) -> KeyList:
    made = KeyList(stage, stage.look, stage.actions_)
    made.open()
    return made


def begin(stage, panel, command):
    panel.caps[command].setFocus()
    stage.press(Qt.Key.Key_Return)
    assert panel.caps[command].listens


def test_that_a_command_gets_the_key_that_is_pressed(stage, panel):
    begin(stage, panel, "fit_all")
    stage.press(Qt.Key.Key_J)
    assert stage.actions_.keys["fit_all"] == ("J",) and stage.told == [("fit_all J",)]
    assert panel.caps["fit_all"].accessibleName() == "Show all events: J" and not panel.caps["fit_all"].listens
    panel.dismiss()
    before = stage.view.window
    stage.press(Qt.Key.Key_0)
    assert stage.view.window == before
    stage.press(Qt.Key.Key_J)
    assert stage.view.window != before


@pytest.mark.parametrize(("key", "held", "name"), [
    (Qt.Key.Key_K, CTRL, "Ctrl+K"), (Qt.Key.Key_H, SHIFT, "Shift+H"), (Qt.Key.Key_F9, None, "F9"),
    (Qt.Key.Key_Left, CTRL | SHIFT, "Ctrl+Shift+Left"), (Qt.Key.Key_Space, None, "Space")])
def test_that_keys_are_named_as_in_the_table(stage, panel, key, held, name):
    begin(stage, panel, "cache")
    stage.press(key, held or Qt.KeyboardModifier.NoModifier, times=2)
    assert stage.actions_.keys["cache"] == (name,)


def test_that_a_sign_that_needs_shift_is_named_by_itself(stage, panel):
    begin(stage, panel, "cache")
    QTest.keyEvent(QTest.KeyAction.Click, stage.focus(), "!", SHIFT)
    assert stage.actions_.keys["cache"] == ("!",)


def test_that_a_key_of_another_command_is_told_and_taken_when_it_is_pressed_again(stage, panel):
    begin(stage, panel, "fit_all")
    stage.press(Qt.Key.Key_K, CTRL)
    assert panel.note.text() == TEXTS.get("explore.keys.taken", cap="Ctrl K", command=TEXTS.get("command.search"))
    assert stage.told == [] and "Ctrl+K" in stage.actions_.keys["search"]
    stage.press(Qt.Key.Key_K, CTRL)
    assert stage.actions_.keys["fit_all"] == ("Ctrl+K",) and "Ctrl+K" not in stage.actions_.keys["search"]


def test_that_a_key_that_was_given_once_can_be_given_on(stage, panel):
    for command in ("fit_all", "cache"):
        begin(stage, panel, command)
        stage.press(Qt.Key.Key_J, times=1 if command == "fit_all" else 2)
    assert stage.actions_.keys["cache"] == ("J",) and stage.actions_.keys["fit_all"] == ()


def test_that_commands_do_not_run_while_one_chooses_a_key(stage, panel):
    ran = []
    stage.actions_.ran.connect(ran.append)
    begin(stage, panel, "fit_all")
    for key in (Qt.Key.Key_T, Qt.Key.Key_Plus):
        stage.press(key, CTRL)
    assert ran == [] and panel.isVisible()


def test_that_escape_keeps_the_key_and_the_list(stage, panel):
    begin(stage, panel, "fit_all")
    stage.press(Qt.Key.Key_Escape)
    assert stage.actions_.keys["fit_all"] == ("0",) and stage.told == [] and panel.isVisible()
    stage.press(Qt.Key.Key_Escape)
    assert popup.opened(stage) is None


def test_that_tab_stays_what_it_is(stage, panel):
    begin(stage, panel, "fit_all")
    stage.press(Qt.Key.Key_Tab)
    assert panel.caps["fit_all"].listens and stage.told == []
    assert panel.note.text() == TEXTS.get("explore.keys.reserved", cap="Tab")


def test_that_backspace_leaves_a_command_without_a_key_and_delete_gives_back_its_own(stage, panel):
    begin(stage, panel, "fit_all")
    stage.press(Qt.Key.Key_Backspace)
    assert stage.actions_.keys["fit_all"] == ()
    begin(stage, panel, "fit_all")
    stage.press(Qt.Key.Key_Delete)
    assert stage.actions_.keys["fit_all"] == ("0",) and stage.told[-1] == ()


def test_that_focus_that_goes_elsewhere_ends_the_choice(stage, panel):
    begin(stage, panel, "fit_all")
    panel.caps["cache"].setFocus()
    assert not panel.caps["fit_all"].listens and stage.told == []


def test_that_one_pill_gives_back_all_keys(stage, panel):
    begin(stage, panel, "fit_all")
    stage.press(Qt.Key.Key_J)
    panel.reset.click()
    assert stage.actions_.overrides == {} and stage.told[-1] == ()
    assert panel.caps["fit_all"].accessibleName() == "Show all events: 0"


def test_that_up_and_down_go_from_key_to_key(stage, panel):
    caps = list(panel.caps.values())
    stage.press(Qt.Key.Key_Down, times=2)
    assert stage.focus() is caps[2]
    stage.press(Qt.Key.Key_Up)
    assert stage.focus() is caps[1]
    stage.press(Qt.Key.Key_Down, times=len(caps) - 2)
    assert stage.focus() is caps[-1] and not caps[-1].visibleRegion().isEmpty()


def test_that_what_is_kept_is_read_again_and_what_is_no_key_is_left_out():
    chosen = {"fit_all": ("J", "Ctrl+0"), "zone": ()}
    assert key_words.read(key_words.written(chosen)) == chosen
    assert key_words.read(("fit_all J Nonsense++ Tab Esc", "no_command X", "", "zone")) == {
        "fit_all": ("J",), "zone": ()}

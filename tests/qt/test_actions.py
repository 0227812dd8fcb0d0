"""Keys: each does one thing, none fires while it is being typed, and all can be changed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from qt.stage import Stage
from timeline_app.base.problems import UserError
from timeline_app.base.text import catalogue
from timeline_app.qt import key_words, popup
from timeline_app.qt.chooser import Chooser, Option
from timeline_app.qt.key_words import key_map
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.commands import COMMANDS

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def stage(qtbot):
    made = Stage(qtbot)
    made.ran = []
    made.actions_.ran.connect(made.ran.append)
    return made


@pytest.mark.parametrize("key", sorted({key for command in COMMANDS for key in command.keys}))
def test_that_qt_understands_every_key_of_the_table(qapp, key):
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
    assert sequence.count() == 1
    assert sequence[0].key() != Qt.Key.Key_unknown


@given(
    st.dictionaries(
        st.sampled_from([command.id for command in COMMANDS]),
        st.lists(st.sampled_from(["J", "K", "Right", "Ctrl+K", "F", "F9"]), max_size=3).map(tuple),
        max_size=4,
    )
)
def test_that_no_key_ever_has_two_commands_whatever_is_remapped(overrides):
    found = key_map("explore", overrides)
    keys = Counter(key for keys in found.values() for key in set(keys))
    assert [key for key, times in keys.items() if times > 1] == []
    assert found.keys() == {command.id for command in COMMANDS if "explore" in command.modes}


def test_that_a_key_that_is_given_away_leaves_its_other_keys_to_the_command():
    found = key_map("explore", {"palette": ("Ctrl+K",)})
    assert found["palette"] == ("Ctrl+K",)
    assert "Ctrl+K" not in found["search"] and "Ctrl+F" in found["search"]


def test_that_a_key_runs_its_command(stage):
    stage.press(Qt.Key.Key_Right)
    first = stage.view.selected
    stage.press(Qt.Key.Key_Right)
    assert first and stage.view.selected not in ("", first)
    assert stage.ran == ["next_event", "next_event"]


@pytest.mark.parametrize(
    ("key", "modifier", "command"),
    [
        (Qt.Key.Key_Home, ALT, "home"), (Qt.Key.Key_Right, CTRL, "pan_later"), (Qt.Key.Key_0, None, "fit_all"),
        (Qt.Key.Key_Plus, None, "zoom_in"), (Qt.Key.Key_PageUp, None, "page_earlier"),
        (Qt.Key.Key_Escape, None, "step_back"), (Qt.Key.Key_Return, None, "enter"),
    ],
)  # fmt: skip
def test_that_keys_with_and_without_modifiers_reach_their_commands(stage, key, modifier, command):
    stage.press(key, modifier or Qt.KeyboardModifier.NoModifier)
    assert stage.ran == [command]


def test_that_back_and_forward_walk_the_views(stage):
    opening = stage.view
    stage.press(Qt.Key.Key_0)
    stage.press(Qt.Key.Key_Left, ALT)
    assert stage.view == opening
    stage.press(Qt.Key.Key_Right, ALT)
    assert stage.view != opening


def test_that_a_key_held_down_is_one_view_of_the_history(stage):
    opening = stage.view
    stage.press(Qt.Key.Key_Right, CTRL, times=5)
    stage.session.rest()
    stage.press(Qt.Key.Key_Left, ALT)
    assert stage.view == opening


def test_that_nothing_fires_while_one_types(stage):
    before = stage.view.window
    stage.search.begin()
    stage.type("gf0p+-.,/?= ")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown):
        stage.press(key)
    assert stage.search.field.text() == "gf0p+-.,/?= "
    assert stage.ran == [] and stage.view.window == before


def test_that_keys_with_a_modifier_work_while_one_types(stage):
    stage.press(Qt.Key.Key_Right)
    stage.search.begin()
    stage.press(Qt.Key.Key_Home, ALT)
    assert stage.ran == ["next_event", "home"]


def test_that_keys_work_again_when_the_field_is_left(stage):
    stage.search.begin()
    stage.middle.setFocus()
    stage.press(Qt.Key.Key_Right)
    assert stage.ran == ["next_event"]


def test_that_enter_on_a_pill_presses_the_pill(stage):
    stage.bar.keys.setFocus(Qt.FocusReason.TabFocusReason)
    wanted = []
    stage.bar.wanted.connect(wanted.append)
    stage.press(Qt.Key.Key_Return)
    assert wanted == ["key_list"] and "enter" not in stage.ran


def test_that_letters_can_be_switched_off_and_on(stage):
    stage.actions_.set_keys(letters=False)
    stage.press(Qt.Key.Key_0)
    stage.type("fp.")
    assert stage.ran == []
    stage.press(Qt.Key.Key_Right)
    stage.actions_.set_keys(letters=True)
    stage.press(Qt.Key.Key_0)
    assert stage.ran == ["next_event", "fit_all"]


def test_that_a_remapped_key_runs_its_new_command(stage):
    stage.actions_.set_keys({"fit_all": ("J",), "next_event": ("0",)})
    stage.press(Qt.Key.Key_0)
    stage.press(Qt.Key.Key_J)
    stage.press(Qt.Key.Key_Right)
    assert stage.ran == ["next_event", "fit_all"]


def test_that_a_command_without_move_calls_the_windows_handler(stage):
    called = []
    stage.actions_.handlers["go_to_date"] = lambda: called.append(True)
    stage.press(Qt.Key.Key_G)
    assert called == [True] and stage.ran == ["go_to_date"]
    assert "go_to_date" not in stage.actions_.unanswered() and "palette" in stage.actions_.unanswered()


def test_that_what_cannot_be_done_is_told_and_does_not_crash(stage):
    refused = []

    def refuse():
        raise UserError("unreadable", path="x")

    stage.actions_.refused.connect(refused.append)
    stage.actions_.handlers["open"] = refuse
    stage.actions_.run("open")
    assert [error.code for error in refused] == ["unreadable"] and stage.ran == []


def test_that_escape_closes_a_panel_before_it_drops_anything_of_the_view(stage):
    stage.session.become(moves.select(stage.session.state, "e-down"))
    panel = Chooser(stage, stage.look, "title", [Option("a", "A")])
    panel.open()
    stage.press(Qt.Key.Key_Escape)
    assert popup.opened(stage) is None and stage.view.selected == "e-down"
    assert stage.focus() is stage.middle
    stage.press(Qt.Key.Key_Escape)
    assert stage.view.selected == ""


def test_that_the_command_of_escape_closes_a_panel_too(stage):
    Chooser(stage, stage.look, "title", [Option("a", "A")]).open()
    stage.actions_.run("step_back")
    assert popup.opened(stage) is None


def test_that_escape_drops_query_then_selection_then_span(stage):
    state = moves.select(stage.session.state, "e-down")
    state = moves.mark(moves.search(state, "x"), state.view.window.span)
    stage.session.become(state)
    for kept in ((None, True, "e-down"), ("", True, ""), ("", False, "")):
        stage.press(Qt.Key.Key_Escape)
        query, marked, selected = kept
        assert (stage.view.query, stage.view.marked is not None, stage.view.selected) == (query or "", marked, selected)


def test_that_actions_are_named_in_the_language_of_the_screen(stage):
    stage.actions_.set_texts(catalogue("ko"))
    assert stage.actions_.actions["fit_all"].text() == catalogue("ko").get("command.fit_all")


def test_that_a_widget_can_keep_keys_for_itself(stage):
    stage.middle.setProperty("keeps", "Right 0")
    stage.search.begin()
    stage.middle.setFocus()
    stage.press(Qt.Key.Key_Right)
    stage.press(Qt.Key.Key_Left)
    assert stage.ran == ["previous_event"]


def test_that_a_text_to_read_keeps_the_keys_it_is_read_with(stage):
    text = QPlainTextEdit(stage.middle)
    text.setReadOnly(True)
    text.show()
    text.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_Return, Qt.Key.Key_Right):
        stage.press(key)
    assert stage.ran == ["next_event"]


def test_that_caps_are_named_as_on_the_keyboard():
    texts = catalogue("en")
    assert key_words.caps("Ctrl+Shift+P", texts) == ("Ctrl", "Shift", "P")
    assert key_words.caps("Alt+Left", texts) == ("Alt", "←")
    assert key_words.caps("+", texts) == ("+",)
    assert key_words.one_line(("Return", "Enter"), texts) == "Enter"


def test_that_no_focus_at_all_leaves_every_key_alone(stage):
    stage.middle.clearFocus()
    assert QApplication.focusWidget() is None
    stage.press(Qt.Key.Key_Right)
    assert stage.ran == ["next_event"]

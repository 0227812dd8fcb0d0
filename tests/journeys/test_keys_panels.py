"""The keys that open something, pressed on the whole window: date, search, palette, list of keys; and Esc."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from journeys.keyboard import ALT, CTRL, PLAIN, SHIFT, type_into, view
from timeline_app.qt import popup
from timeline_app.qt.chooser import Chooser
from timeline_app.qt.go_to import GoTo
from timeline_app.qt.key_list import KeyList
from timeline_app.viewmodel import commands, moves, walk


def test_that_g_asks_for_a_date_and_goes_there(driven, press):
    press(Qt.Key.Key_G)
    panel = popup.opened(driven)
    assert isinstance(panel, GoTo)
    type_into(panel.field, "2020-06-03")
    assert view(driven).window == walk.opening(driven.session.dataset).view.window
    press(Qt.Key.Key_Return)
    assert view(driven).window.length_us < 3 * 86_400_000_000 and popup.opened(driven) is None
    press(Qt.Key.Key_Left, ALT)
    assert view(driven).window == walk.opening(driven.session.dataset).view.window


@pytest.mark.parametrize(("key", "held"), [(Qt.Key.Key_Slash, PLAIN), (Qt.Key.Key_K, CTRL), (Qt.Key.Key_F, CTRL)])
def test_that_three_keys_lead_to_the_search_and_no_letter_typed_there_is_a_command(driven, press, qtbot, key, held):
    press(key, held)
    assert driven.search.field.hasFocus()
    before = view(driven)
    type_into(driven.search.field, "fgp0,.? dallas")
    assert driven.search.field.text() == "fgp0,.? dallas"
    assert popup.opened(driven) is None
    qtbot.waitUntil(lambda: view(driven).query != "")
    assert moves.search(driven.session.state, "").view == before


def test_that_a_search_dims_what_it_does_not_find_and_enter_goes_from_hit_to_hit(driven, press, qtbot):
    press(Qt.Key.Key_K, CTRL)
    type_into(driven.search.field, "kirkland")
    qtbot.waitUntil(lambda: driven.search.result is not None)
    driven.tasks.settle()
    found = driven.search.result.event_ids
    bands = [(lane.picture.items[band.item].id, band.dim) for lane in driven.canvas.frame.lanes
             for band in lane.picture.bands if band.item >= 0 and lane.picture.items[band.item].kind == "event"]
    assert bands and all(dim == (event_id not in found) for event_id, dim in bands)
    press(Qt.Key.Key_Return)
    first = view(driven).selected
    press(Qt.Key.Key_Return)
    assert first in found and view(driven).selected in found and view(driven).selected != first
    press(Qt.Key.Key_Return, SHIFT)
    assert view(driven).selected == first


def test_that_the_question_mark_lists_the_keys_and_escape_closes_the_list(driven, press):
    press(Qt.Key.Key_Question)
    assert isinstance(popup.opened(driven), KeyList)
    press(Qt.Key.Key_Escape)
    assert popup.opened(driven) is None and driven.canvas.hasFocus()


def test_that_the_palette_runs_what_is_typed_and_chosen(driven, press):
    press(Qt.Key.Key_P, CTRL | SHIFT)
    panel = popup.opened(driven)
    assert isinstance(panel, Chooser)
    type_into(panel.field, driven.actions.actions["fit_all"].text())
    press(Qt.Key.Key_Return)
    assert popup.opened(driven) is None and view(driven).window == walk.all_events(driven.session.dataset)


def test_that_escape_goes_back_one_step_at_a_time_and_then_does_nothing(driven, press):
    session = driven.session
    start = session.state.view
    session.become(moves.select(session.state, "dallas-iwatch-down"))
    session.become(moves.mark(session.state, session.dataset.meta.opening))
    session.become(moves.search(session.state, "dallas"))
    press(Qt.Key.Key_Question)
    seen = []
    for _ in range(5):
        press(Qt.Key.Key_Escape)
        now = view(driven)
        seen.append((popup.opened(driven) is None, bool(now.query), now.marked is not None, bool(now.selected)))
    assert seen == [(True, True, True, True), (True, False, True, True), (True, False, True, False),
                    (True, False, False, False), (True, False, False, False)]
    assert view(driven).window == start.window


def test_that_ctrl_c_copies_the_citation_and_shift_that_of_the_view(driven, press):
    board = QApplication.clipboard()
    press(Qt.Key.Key_C, CTRL)
    assert driven.status.message.text() == driven.requests.texts.get("cite.nothing_selected")
    driven.session.become(moves.select(driven.session.state, "dallas-iwatch-down"))
    press(Qt.Key.Key_C, CTRL)
    assert "Dallas police announce" in board.text() and "Insider" in board.text()
    press(Qt.Key.Key_C, CTRL | SHIFT)
    assert "2020-05-30T00:00:00-05:00/2020-06-05T12:00:00-05:00" in board.text()
    assert driven.status.message.text() == driven.requests.texts.get("cite.copied")


@pytest.mark.parametrize(("key", "command"), [(Qt.Key.Key_L, "language"), (Qt.Key.Key_T, "theme")])
def test_that_language_and_theme_are_chosen_by_key(driven, press, key, command):
    press(key, CTRL)
    panel = popup.opened(driven)
    assert isinstance(panel, Chooser) and panel.model.rowCount() >= 2
    press(Qt.Key.Key_Escape)
    assert popup.opened(driven) is None
    assert commands.by_id(command).anywhere


def test_that_letters_switched_off_no_longer_fire_and_can_be_switched_on_again(driven, press):
    driven.actions.run("letters")
    press(Qt.Key.Key_G)
    press(Qt.Key.Key_0)
    assert popup.opened(driven) is None and view(driven).window == walk.opening(driven.session.dataset).view.window
    press(Qt.Key.Key_F1)
    assert isinstance(popup.opened(driven), KeyList)
    press(Qt.Key.Key_Escape)
    driven.actions.run("letters")
    press(Qt.Key.Key_G)
    assert isinstance(popup.opened(driven), GoTo)

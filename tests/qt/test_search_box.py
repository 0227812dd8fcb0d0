"""Searching by keys: what is typed is the query of the state, hits are walked, and Esc goes back step by step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from fakes import EVENTS, tiny_dataset, words
from qt.stage import Stage
from timeline_app.base.text import catalogue
from timeline_app.domain.records import Event
from timeline_app.qt import access, theme
from timeline_app.qt.search_results import LIMIT
from timeline_app.viewmodel import moves


@pytest.fixture
def stage(qtbot):
    return Stage(qtbot)


def rows(stage):
    model = stage.search.popup.model
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def test_that_what_is_typed_becomes_the_query_and_lists_hits(stage):
    found = []
    stage.search.found.connect(found.append)
    stage.search_for("app")
    popup = stage.search.popup
    assert popup.isVisible() and popup.header.text() == "events 2 · quotations 1"
    assert [row.partition(":")[0] for row in rows(stage)] == ["Event", "Event", "Quotation"]
    assert found[-1].event_ids == {"e-asks", "e-down"}


def test_that_a_search_is_one_view_of_the_history_however_many_letters_it_has(stage):
    opening = stage.view
    stage.search_for("app")
    stage.session.rest()
    assert stage.session.back() and stage.view == opening


def test_that_the_list_is_inside_the_window_below_the_field(stage):
    stage.search_for("app")
    popup = stage.search.popup
    assert popup.parentWidget() is stage
    assert stage.rect().contains(popup.geometry().adjusted(18, 18, -18, -18))
    assert popup.list.verticalScrollBar().maximum() == 0


def test_that_accents_and_case_make_no_difference(stage):
    stage.search_for("CAFE")
    assert stage.search.result.event_ids == {"e-café"}


def test_that_enter_goes_from_hit_to_hit_and_round(stage):
    stage.search_for("app")
    visited = []
    for _ in range(4):
        stage.press(Qt.Key.Key_Return)
        visited.append(stage.view.selected)
    assert visited == ["e-asks", "e-down", "e-down", "e-asks"]
    assert stage.search.hint.text() == "1 / 3"
    stage.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert stage.search.hint.text() == "3 / 3" and stage.view.selected == "e-down"


def test_that_a_hit_out_of_sight_is_brought_into_view(stage):
    far = moves.pan(stage.session.state, 20, stage.session.limits)
    stage.session.become(far)
    stage.search_for("announced")
    stage.press(Qt.Key.Key_Return)
    event = stage.session.dataset.event_by_id["e-down"]
    assert stage.view.window.span.contains(event.when.span.start)


def test_that_enter_at_once_after_typing_searches_without_waiting(stage):
    stage.search.begin()
    stage.type("app")
    stage.press(Qt.Key.Key_Return)
    assert stage.view.query == "app"


def test_that_down_leads_into_the_list_and_enter_takes_a_row(stage):
    chosen = []
    stage.search.chosen.connect(chosen.append)
    stage.search_for("app")
    stage.press(Qt.Key.Key_Down)
    assert stage.focus() is stage.search.popup.list
    assert access.unnamed(stage) == []
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Return)
    assert stage.view.selected == "e-down" and [hit.event_id for hit in chosen] == ["e-down"]
    assert not stage.search.popup.isVisible() and stage.focus() is stage.search.field


def test_that_a_row_of_an_earlier_query_is_not_taken(stage):
    stage.search_for("app")
    stage.press(Qt.Key.Key_Down)
    before = stage.view.selected
    stage.session.become(moves.search(stage.session.state, "flood"))
    stage.search.popup.list.setFocus()
    stage.press(Qt.Key.Key_Return)
    assert stage.view.selected == before


def test_that_a_row_is_taken_with_the_mouse(stage):
    stage.search_for("app")
    list_ = stage.search.popup.list
    at = list_.visualRect(list_.model().index(0)).center()
    stage.qtbot.mouseClick(list_.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert stage.view.selected == "e-asks" and not stage.search.popup.isVisible()


def test_that_up_from_the_first_row_leads_back_to_the_field(stage):
    stage.search_for("app")
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Up)
    assert stage.focus() is stage.search.field


def test_that_escape_closes_then_clears_then_leaves(stage):
    stage.search_for("app")
    stage.press(Qt.Key.Key_Escape)
    assert not stage.search.popup.isVisible() and stage.view.query == "app"
    stage.press(Qt.Key.Key_Escape)
    assert stage.view.query == "" and stage.search.field.text() == "" and stage.search.result is None
    stage.press(Qt.Key.Key_Escape)
    assert stage.focus() is not stage.search.field


def test_that_nothing_found_is_said_plainly(stage):
    stage.search_for("<b>zebra</b>")
    header = stage.search.popup.header
    assert "<b>zebra</b>" in header.text() and not stage.search.popup.list.isVisible()
    assert header.height() >= header.heightForWidth(header.width())
    stage.press(Qt.Key.Key_Return)
    assert stage.view.selected == ""


def test_that_a_query_from_elsewhere_is_shown_and_searched_without_a_popup(stage):
    stage.session.become(moves.search(stage.session.state, "flood"))
    stage.qtbot.waitUntil(lambda: stage.search.result is not None)
    assert stage.search.field.text() == "flood" and stage.search.hint.text() == "1 found"
    assert stage.search.popup is None
    stage.session.become(moves.step_back(stage.session.state))
    assert stage.search.field.text() == "" and stage.search.result is None


def test_that_leaving_the_field_closes_the_list(stage):
    stage.search_for("app")
    stage.middle.setFocus()
    stage.qtbot.waitUntil(lambda: not stage.search.popup.isVisible())
    assert stage.view.query == "app"


def test_that_of_many_hits_a_bounded_number_is_shown_and_the_rest_counted(qtbot):
    many = tuple(Event(f"e-{n}", words(f"Example number {n}"), EVENTS[0].when) for n in range(400))
    stage = Stage(qtbot, dataset=tiny_dataset(events=many, claims=(), quotes=(), questions=()))
    stage.search_for("number")
    assert stage.search.popup.model.rowCount() == LIMIT
    assert stage.search.popup.header.text() == "events 400 · the first 50 are shown"
    assert stage.search.popup.geometry().bottom() < stage.height()


def test_that_a_match_is_shown_as_text_with_its_markup(stage):
    stage.search_for("page")
    assert rows(stage)[0].startswith("Event: A café closes its <b>page</b>")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_the_hint_is_whole_and_stands_inside_the_field(qtbot, language):
    stage = Stage(qtbot, (1280, 720), language=language)
    for _ in range(2):
        hint = stage.search.hint
        assert hint.width() >= hint.sizeHint().width() and stage.search.rect().contains(hint.geometry())
        stage.search_for("app")


def test_that_the_hint_gives_way_to_the_placeholder(qtbot):
    wide, narrow = Stage(qtbot), Stage(qtbot, (1280, 720), text_percent=200)
    assert wide.search.hint.isVisible() and wide.search.hint.text() == "Ctrl K"
    assert wide.search.field.placeholderText().startswith("Search events, ")
    assert narrow.search.field.placeholderText() == "Search", "what does not fit is said in a word"
    for stage in (wide, narrow):
        hint, words = stage.search.hint, stage.search.field.placeholderText()
        assert hint.isHidden() or stage.look.width(words) + stage.look.px(13) < hint.x()


def test_that_a_new_language_is_taken_on_with_an_open_search(stage):
    stage.search_for("app")
    stage.session.become(moves.set_up(stage.session.state, language="ko"))
    stage.search.set_look(catalogue("ko"), theme.palette("paper"))
    assert stage.search.hint.text() == "3건"
    stage.press(Qt.Key.Key_Down)
    assert rows(stage)[0].startswith("사건: 앱이 영상을 요청하다")


def test_that_the_field_takes_no_drop_and_shows_no_menu(stage):
    assert not stage.search.field.acceptDrops()
    assert stage.search.field.contextMenuPolicy() == Qt.ContextMenuPolicy.NoContextMenu

"""The panels made from tables: keys, commands, problems. What is in the table is on the panel, and all of it fits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QScrollArea

from fakes import PROBLEMS
from qt.stage import Stage
from timeline_app.base.problems import Problem
from timeline_app.base.text import catalogue
from timeline_app.qt import access, popup
from timeline_app.qt.key_caps import KeyCaps
from timeline_app.qt.key_list import KeyList, balanced
from timeline_app.qt.key_words import of_mode
from timeline_app.qt.palette_box import open_palette, options
from timeline_app.qt.popup import SHADOW
from timeline_app.qt.problem_list import MOST_SHOWN, ProblemList

COMMANDS = of_mode("explore")


def labels(panel):
    return [label.text() for label in panel.findChildren(QLabel)]


def inside(panel, stage):
    return stage.rect().contains(panel.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_every_command_is_listed_with_its_keys(qtbot, language):
    stage = Stage(qtbot, language=language)
    panel = KeyList(stage, stage.look, stage.actions_)
    texts = catalogue(language)
    panel.open()
    assert {texts.get(f"command.{command.id}") for command in COMMANDS} <= set(labels(panel))
    assert {texts.get(f"command.group.{command.group}") for command in COMMANDS} <= set(labels(panel))
    assert len(panel.findChildren(KeyCaps)) == len(COMMANDS)
    names = [label.accessibleName() for label in panel.findChildren(QLabel)]
    assert f"{texts.get('command.fit_all')}: 0" in names
    assert access.unnamed(stage) == []


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_the_list_fits_the_window_and_no_name_is_cut(qtbot, language, size, percent):
    stage = Stage(qtbot, size, language=language, text_percent=percent)
    panel = KeyList(stage, stage.look, stage.actions_)
    panel.open()
    area = panel.findChild(QScrollArea)
    assert inside(panel, stage)
    qtbot.waitUntil(lambda: area.widget().width() <= area.viewport().width())
    for label in area.widget().findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()) if label.wordWrap() else True
        assert label.width() >= label.minimumSizeHint().width()
    if percent == 100 and size[0] == 1920:
        assert area.verticalScrollBar().maximum() == 0


def test_that_a_remapped_key_is_listed_as_it_is_now(qtbot):
    stage = Stage(qtbot)
    stage.actions_.set_keys({"fit_all": ("J",)})
    panel = KeyList(stage, stage.look, stage.actions_)
    panel.open()
    assert "Show all events: J" in [label.accessibleName() for label in panel.findChildren(QLabel)]


def test_that_tab_goes_round_in_a_panel_and_escape_leads_out(qtbot):
    stage = Stage(qtbot)
    panel = KeyList(stage, stage.look, stage.actions_)
    panel.open()
    first = stage.focus()
    assert first is next(iter(panel.caps.values()))
    stage.press(Qt.Key.Key_Tab, times=len(panel.caps))
    assert stage.focus() is panel.reset
    stage.press(Qt.Key.Key_Tab)
    assert stage.focus() is panel.close_pill
    stage.press(Qt.Key.Key_Tab)
    assert stage.focus() is first
    stage.press(Qt.Key.Key_Backtab)
    assert stage.focus() is panel.close_pill
    stage.press(Qt.Key.Key_Escape)
    assert popup.opened(stage) is None and stage.focus() is stage.middle


def test_that_a_second_panel_takes_the_place_of_the_first(qtbot):
    stage = Stage(qtbot)
    KeyList(stage, stage.look, stage.actions_).open()
    stage.bar.choose_theme()
    assert len([one for one in stage.findChildren(popup.Panel) if one.isVisible()]) == 1
    stage.press(Qt.Key.Key_Escape)
    assert stage.focus() is stage.middle


def test_that_focus_that_goes_elsewhere_closes_a_panel(qtbot):
    stage = Stage(qtbot)
    KeyList(stage, stage.look, stage.actions_).open()
    stage.search.begin()
    assert popup.opened(stage) is None and stage.focus() is stage.search.field


def test_that_a_panel_follows_the_size_of_the_window(qtbot):
    stage = Stage(qtbot)
    panel = KeyList(stage, stage.look, stage.actions_)
    panel.open()
    stage.resize(900, 600)
    qtbot.waitUntil(lambda: inside(panel, stage))


def test_that_groups_are_shared_out_evenly_and_in_order():
    groups = {name: [None] * length for name, length in zip("abcd", (9, 11, 3, 4), strict=True)}
    assert [list(column) for column in balanced(groups, 3)] == [["a"], ["b"], ["c", "d"]]
    assert [list(column) for column in balanced(groups, 1)] == [["a", "b", "c", "d"]]
    assert len(balanced(groups, 9)) == 4


def test_that_the_palette_runs_what_is_chosen(qtbot):
    stage = Stage(qtbot)
    before = stage.view.window
    open_palette(stage, stage.actions_, stage.look)
    stage.type("zoom in")
    stage.press(Qt.Key.Key_Return)
    assert stage.view.window.length_us < before.length_us
    assert popup.opened(stage) is None and stage.focus() is stage.middle


def test_that_the_palette_offers_only_what_can_be_done(qtbot):
    stage = Stage(qtbot)
    offered = {one.id for one in options(stage.actions_, stage.look)}
    assert offered & set(stage.actions_.unanswered()) == set()
    stage.actions_.handlers["open"] = lambda: None
    assert "open" in {one.id for one in options(stage.actions_, stage.look)} - offered


def test_that_up_and_down_move_in_the_list_while_one_types(qtbot):
    stage = Stage(qtbot)
    chooser = open_palette(stage, stage.actions_, stage.look)
    stage.press(Qt.Key.Key_Down, times=2)
    assert chooser.list.currentIndex().row() == 2 and stage.focus() is chooser.field
    stage.press(Qt.Key.Key_Up, times=5)
    assert chooser.list.currentIndex().row() == 0


def test_that_problems_stand_with_place_message_and_hint_errors_first(qtbot):
    stage = Stage(qtbot)
    panel = ProblemList(stage, stage.look, PROBLEMS[::-1])
    panel.open()
    heads = [text for text in labels(panel) if " · " in text]
    assert heads == ["Error · claims.csv:4:7 source_id", "Warning · events.csv:1:12 colour"]
    assert inside(panel, stage)


def test_that_a_dataset_without_problems_is_said_to_have_none(qtbot):
    stage = Stage(qtbot)
    panel = ProblemList(stage, stage.look, ())
    panel.open()
    assert catalogue("en").get("explore.problems.none") in labels(panel) and not panel.copy.isVisible()


def test_that_problems_can_be_copied(qtbot):
    stage = Stage(qtbot)
    panel = ProblemList(stage, stage.look, PROBLEMS)
    panel.open()
    panel.copy.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 2 and lines[0].startswith("Error\tclaims.csv:4:7 source_id\t")


def test_that_of_many_problems_a_bounded_number_becomes_widgets(qtbot):
    stage = Stage(qtbot)
    many = [Problem("error", "unknown_column", "x.csv", line, 1, "<img src=x>") for line in range(1, 3_001)]
    panel = ProblemList(stage, stage.look, many)
    panel.open()
    assert len(panel.findChildren(QLabel)) < MOST_SHOWN * 3 + 10
    assert "3,000" in panel.note.text() and inside(panel, stage)
    panel.copy.click()
    assert QGuiApplication.clipboard().text().count("\n") == 2_999

"""The twenty core tasks of docs/ACCESSIBILITY.md, each done by keys alone: no pointer, no call of a command."""
from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ground import tree
from journeys.keyboard import ALT, CTRL, SHIFT, Press, type_into, view
from timeline_app.qt import popup
from timeline_app.qt.chooser import Chooser
from timeline_app.qt.key_list import KeyList
from timeline_app.qt.table_panel import TablePanel
from timeline_app.qt.view_words import ViewWords
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves, walk

Task = Callable[[Explore, Press, object], None]
TASKS: dict[str, Task] = {}
KEY = Qt.Key


def task(name: str) -> Callable[[Task], Task]:
    """Puts a function into the table under the words of the task."""
    def kept(found: Task) -> Task:
        TASKS[name] = found
        return found

    return kept


def choose(window: Explore, press: Press, words: str) -> None:
    """Take from an open list what has these words."""
    assert isinstance(popup.opened(window), Chooser)
    type_into(QApplication.focusWidget(), words)
    press(KEY.Key_Return)
    window.tasks.settle()


def command(window: Explore, press: Press, words: str) -> None:
    """Run a command from the list of all commands, by its words."""
    press(KEY.Key_P, CTRL | SHIFT)
    choose(window, press, words)


@task("walk to the next event and read what the sources say")
def read_an_event(window, press, qtbot):
    press(KEY.Key_Right, times=2)
    window.tasks.settle()
    for _ in range(30):
        if QApplication.focusWidget() is window.pane.page:
            break
        press(KEY.Key_Tab)
    chosen = window.session.dataset.event_by_id[view(window).selected]
    assert QApplication.focusWidget() is window.pane.page
    assert chosen.title.say("en") in window.pane.page.toPlainText()
    press(KEY.Key_PageDown)
    assert window.pane.page.verticalScrollBar().value() > 0 or window.pane.page.verticalScrollBar().maximum() == 0


@task("find an event by a word")
def find_an_event(window, press, qtbot):
    press(KEY.Key_K, CTRL)
    type_into(QApplication.focusWidget(), "kirkland")
    qtbot.waitUntil(lambda: window.search.result is not None)
    press(KEY.Key_Return)
    assert "kirkland" in view(window).selected


@task("go to a date")
def go_to_a_date(window, press, qtbot):
    press(KEY.Key_G)
    type_into(QApplication.focusWidget(), "2020-06-02")
    press(KEY.Key_Return)
    assert view(window).window.length_us < 3 * 86_400_000_000


@task("zoom in on an event and return")
def zoom_and_return(window, press, qtbot):
    before = view(window).window
    press(KEY.Key_Right)
    press(KEY.Key_F, times=2)
    assert view(window).window.length_us < before.length_us
    press(KEY.Key_Left, ALT, times=3)
    assert view(window).window == before


@task("see all events, and the opening view again")
def see_everything(window, press, qtbot):
    before = view(window).window
    press(KEY.Key_0)
    assert view(window).window == walk.all_events(window.session.dataset)
    press(KEY.Key_Home, ALT)
    assert view(window).window == before


@task("move along in time, a little and by a window")
def move_along(window, press, qtbot):
    before = view(window).window
    press(KEY.Key_Right, CTRL)
    press(KEY.Key_PageDown)
    assert view(window).window.start_us == before.moved(round(before.length_us * 1.2)).start_us


@task("walk to another lane and pin it on top")
def pin_a_lane(window, press, qtbot):
    press(KEY.Key_Down, times=4)
    lane = view(window).lane
    press(KEY.Key_P)
    assert view(window).lanes.pinned == (lane,)


@task("hide a lane and bring all back")
def hide_a_lane(window, press, qtbot):
    press(KEY.Key_Down, times=2)
    press(KEY.Key_H)
    assert len(view(window).lanes.hidden) == 1
    press(KEY.Key_H, SHIFT)
    assert not view(window).lanes.hidden


@task("choose which lanes are shown")
def choose_lanes(window, press, qtbot):
    press(KEY.Key_L)
    type_into(QApplication.focusWidget(), "donations")
    press(KEY.Key_Return)
    assert len(view(window).lanes.hidden) == 1
    press(KEY.Key_Escape)
    assert popup.opened(window) is None


@task("compare counted lanes on one scale")
def compare_lanes(window, press, qtbot):
    press(KEY.Key_S)
    assert window.session.state.setting.same_scale
    press(KEY.Key_S)
    assert not window.session.state.setting.same_scale


@task("change the time zone of the axis")
def change_the_zone(window, press, qtbot):
    press(KEY.Key_T, CTRL | SHIFT)
    choose(window, press, "Seoul")
    assert window.session.state.setting.zone == "Asia/Seoul"


@task("change the language")
def change_the_language(window, press, qtbot):
    press(KEY.Key_L, CTRL)
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    window.tasks.settle()
    assert window.session.state.setting.language == "ko" and window.canvas.accessibleName() == "연표"


@task("turn on high contrast")
def turn_on_contrast(window, press, qtbot):
    press(KEY.Key_T, CTRL)
    choose(window, press, "high")
    assert window.session.state.setting.theme == "contrast"


@task("make the text twice as large")
def larger_text(window, press, qtbot):
    press(KEY.Key_Plus, CTRL, times=4)
    assert window.session.state.setting.text_percent == 200
    press(KEY.Key_Minus, CTRL, times=4)
    assert window.session.state.setting.text_percent == 100


@task("switch motion off and on")
def switch_motion(window, press, qtbot):
    before = window.session.state.setting.still
    for expected in (not before, before):
        command(window, press, "motion")
        assert window.session.state.setting.still is expected


@task("copy the citation of an event and of the view")
def copy_citations(window, press, qtbot):
    press(KEY.Key_Right)
    press(KEY.Key_C, CTRL)
    assert len(QApplication.clipboard().text()) > 40
    press(KEY.Key_C, CTRL | SHIFT)
    assert "Timeline Explorer" in QApplication.clipboard().text()


@task("hear, read and copy the view in words")
def view_in_words(window, press, qtbot):
    with qtbot.waitSignal(window.speech.told):
        window.speech.tell()
    press(KEY.Key_V)
    panel = popup.opened(window)
    assert isinstance(panel, ViewWords) and panel.page.toPlainText().startswith("In view: 30 May")
    press(KEY.Key_Tab)
    press(KEY.Key_Return)
    assert QApplication.clipboard().text() == window.speech.text


@task("read what is in view as a table and go to a row")
def read_the_table(window, press, qtbot):
    press(KEY.Key_A, CTRL | SHIFT)
    window.tasks.settle()
    panel = popup.opened(window)
    assert isinstance(panel, TablePanel)
    wanted = panel.page.rows[3].selects
    press(KEY.Key_Down, times=3)
    press(KEY.Key_Return)
    assert view(window).selected == wanted and window.canvas.hasFocus()


@task("find out the keys, and switch off those of one letter")
def know_the_keys(window, press, qtbot):
    press(KEY.Key_F1)
    assert isinstance(popup.opened(window), KeyList)
    press(KEY.Key_Escape)
    command(window, press, "single-letter")
    press(KEY.Key_G)
    assert popup.opened(window) is None
    command(window, press, "single-letter")
    press(KEY.Key_G)
    assert popup.opened(window) is not None
    press(KEY.Key_Escape)


@task("step back from everything that is open")
def step_back(window, press, qtbot):
    press(KEY.Key_Right)
    press(KEY.Key_F1)
    for _ in range(2):
        press(KEY.Key_Escape)
    assert popup.opened(window) is None and view(window).selected == "" and window.canvas.hasFocus()


@pytest.mark.parametrize("name", TASKS)
def test_that_a_core_task_is_done_by_keys_alone(driven, press, qtbot, name):
    before = driven.session.state.setting
    try:
        TASKS[name](driven, press, qtbot)
    finally:
        driven.session.become(moves.set_up(driven.session.state, language=before.language, theme=before.theme,
                                           zone=before.zone, text_percent=before.text_percent, still=before.still))
        driven.tasks.settle()


def test_that_there_are_twenty_and_that_they_are_written_down():
    page = (tree.ROOT / "docs" / "ACCESSIBILITY.md").read_text(encoding="utf-8")
    written = re.findall(r"^\d+\. (.+)$", page.partition("## Core tasks")[2].partition("\n## ")[0], re.MULTILINE)
    assert len(TASKS) == 20 and [one.removesuffix(".") for one in written] == list(TASKS)


"""A talk as part of the app: from explore and back, keys and clickers that are learned and kept, plugs, rehearsals."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes import words
from journeys.conftest import shut
from journeys.talks import LONG, STILL, begun, press, seen
from stories import DATASET
from timeline_app import app, telling
from timeline_app.base import settings as kept
from timeline_app.engine import story_file
from timeline_app.qt import key_words, popup
from timeline_app.qt.clicker_panel import ClickerPanel
from timeline_app.qt.stay_awake import StayAwake
from timeline_app.qt.step_strip import LEAST, StepStrip
from timeline_app.shells.explore import Explore
from timeline_app.shells.present import Present
from timeline_app.viewmodel import story, talk, travel

TWO_SCREENS = """
import json, sys
from journeys.talks import begun
from timeline_app.qt.main_window import application
app = application()
window = begun(is_windowed=False)
places = [one.geometry().getRect() for one in (window, window.audience)]
window.actions.run("swap_screens")
places += [one.geometry().getRect() for one in (window, window.audience)]
print(json.dumps([places, window.screens.is_single]))
window.close()
"""


@pytest.fixture
def give(qtbot):
    made = []

    def start(**manner) -> Present:
        made.append(begun(**manner))
        return made[-1]

    yield start
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def explored(qtbot):
    desk = app.Desk("en", "paper")
    desk.open("june-2020")
    qtbot.waitUntil(lambda: isinstance(desk.window.centralWidget(), Explore), timeout=20_000)
    desk.window.centralWidget().tasks.settle()
    yield desk
    shut(desk.window)


def given_by(desk) -> Present:
    """The talk that was just begun."""
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Present) and one.isVisible())


def finish(window: Present) -> None:
    window.escape()
    window.escape()
    popup.close_all(window)


def test_that_f5_begins_a_talk_and_its_end_brings_explore_back(explored, qtbot):
    explored.window.centralWidget().actions.run("present")
    window = given_by(explored)
    assert window.story.id == "the-week" and window.talk.at == 0 and not explored.window.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert window.talk == replace(window.talk, at=0, is_over=False)
    finish(window)
    assert explored.window.isVisible() and not window.isVisible()


def test_that_the_pill_asks_which_story_and_shift_f5_begins_at_the_step_that_is_nearest(explored, qtbot):
    content = explored.window.centralWidget()
    QTest.mouseClick(content.bar.present, Qt.MouseButton.LeftButton)
    asked = content.findChild(popup.Panel)
    asked.chosen.emit("five-hours-or-seventeen")
    window = given_by(explored)
    assert window.story.id == "five-hours-or-seventeen"
    finish(window)
    popup.close_all(content)
    week = content.session.dataset.stories[0]
    content.session.become(replace(content.session.state, view=telling_view(week, content.session.dataset)))
    content.actions.run("present_here")
    window = given_by(explored)
    assert window.talk.at == 7
    finish(window)


def telling_view(week, dataset):
    return story.view_of(week.steps[7], dataset)


def test_that_a_clickers_button_is_learned_for_both_windows_and_kept(explored, qtbot):
    explored.window.centralWidget().actions.run("present")
    window = given_by(explored)
    press(window, Qt.Key.Key_PageDown)  # the first step asks
    window.actions.run("learn_clicker")
    panel = window.findChild(ClickerPanel)
    QTest.keyClick(panel.listener, Qt.Key.Key_VolumeUp)
    panel.choices["next_step"].click()
    assert key_words.read(kept.load()[0].keys)["next_step"][-1] == "Volume Up"
    popup.close_all(window)
    for target in (window, window.audience):
        before = window.talk.at
        target.activateWindow()
        QTest.keyClick(target, Qt.Key.Key_VolumeUp)
        assert window.talk.at == before + 1
    press(window, Qt.Key.Key_PageDown)
    assert window.talk.at == 3
    finish(window)
    assert explored.window.centralWidget().actions.overrides["next_step"][-1] == "Volume Up"


def test_that_tab_leaves_the_button_that_listens_and_esc_the_dialog(give):
    window = give()
    press(window, Qt.Key.Key_K)
    panel = window.findChild(ClickerPanel)
    QTest.keyClick(panel.listener, Qt.Key.Key_J)
    QTest.keyClick(panel.listener, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() in panel.choices.values()
    panel.listener.setFocus()
    QTest.keyClick(panel.listener, Qt.Key.Key_Escape)
    assert not panel.isVisible() and window.talk.armed_at is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Z, Qt.Key.Key_P, Qt.Key.Key_Question, Qt.Key.Key_E, Qt.Key.Key_F5,
                                 Qt.Key.Key_PageDown, Qt.Key.Key_Plus, Qt.Key.Key_G])
def test_that_any_key_brings_a_black_screen_back_and_does_nothing_else(give, key):
    window = give()
    press(window, Qt.Key.Key_PageDown)
    before = window.talk
    press(window, Qt.Key.Key_B)
    assert window.audience.stage.cover.colour == "black"
    window.view.notes.setFocus()
    QTest.keyClick(window.view.notes, key)
    assert window.talk == before and window.audience.stage.cover.colour == ""
    assert window.findChild(popup.Panel) is None


def test_that_a_clicker_steps_wherever_a_click_was_made(give):
    window = give()
    for number, part in enumerate((window.view.notes, window.view.clock, window.view.near, window.view.keys)):
        QTest.mouseClick(getattr(part, "viewport", lambda part=part: part)(), Qt.MouseButton.LeftButton,
                         pos=QPoint(3, 3))
        window.talk = talk.returned(window.talk, 0)
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Space):
            QTest.keyClick(QApplication.focusWidget() or window, key)
        assert window.talk.at == number + 1, type(part)
    box = window.view.strip.box(7).center().toPoint()
    QTest.mouseClick(window.view.strip, Qt.MouseButton.LeftButton, pos=box)
    assert window.talk.at == 7
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Right)
    assert window.talk.at == 8


def test_that_the_overview_shows_steps_side_by_side(give):
    window = give()
    press(window, Qt.Key.Key_O)
    grid = window.findChild(popup.Panel).findChild(StepStrip)
    assert grid.columns > 2 and grid.columns * grid._look.px(LEAST) < grid.width()


def test_that_nothing_of_the_talk_is_said_any_more_when_it_is_over(give):
    window = give()
    press(window, Qt.Key.Key_F, Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert window.talk.is_over and window.view.message.text() == ""


def test_that_the_line_of_keys_is_there_for_the_mouse_too(give):
    window = give()
    window.view.keys.pills["next_step"].click()
    window.view.keys.pills["black_screen"].click()
    assert seen(window) == "Headline 1" and window.talk.blank == "black"


def test_that_a_screen_that_is_pulled_after_the_end_brings_nothing_back(give):
    window = give(is_windowed=False)
    press(window, Qt.Key.Key_PageDown)
    window._clock.now = 9_000
    one = QGuiApplication.primaryScreen()
    window.screens.screens = lambda: [one, one]
    QGuiApplication.instance().screenAdded.emit(one)
    assert not window.screens.is_single and window.audience.isVisible()
    window.screens.screens = lambda: [one]
    QGuiApplication.instance().screenRemoved.emit(one)
    assert window.talk.at == 1 and seen(window) == "Headline 1" and window.audience.isVisible()
    window.escape()
    window.escape()
    QGuiApplication.instance().screenAdded.emit(one)
    assert window.talk.is_over and not window.audience.isVisible() and window.talk.elapsed_ms == 9_000


def test_that_with_two_screens_each_window_fills_one_and_swaps_with_the_other(tmp_path):
    places = [[0, 0, 1280, 720], [1280, 0, 1920, 1080]]
    screens = [dict(zip(("x", "y", "width", "height"), one, strict=True), name=f"s{n}") for n, one in enumerate(places)]
    (tmp_path / "screens.json").write_text(json.dumps({"screens": screens}))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen:configfile=screens.json",
                   "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", TWO_SCREENS], env=environment, cwd=tmp_path, capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[*places, *reversed(places)], False]


def test_that_mouse_and_esc_are_set_up_once_and_kept(give):
    window, told = give(), []
    window.choice_changed.connect(lambda name, value: told.append((name, value)))
    window.actions.run("mouse_steps")
    QTest.mouseClick(window.audience.stage, Qt.MouseButton.LeftButton)
    window.actions.run("esc_ends")
    assert "single Esc" in window.view.message.text() and window.talk.at == 1
    window.escape()
    assert window.talk.is_over and told == [("mouse_steps", True), ("esc_ends", True)]
    wanted = app._talk_options(replace(kept.Settings(), mouse_steps=True, esc_ends=True), {})
    assert wanted["mouse"] and wanted["esc_ends"]


def test_that_the_time_of_day_and_the_end_are_told_where_there_is_a_clock_on_the_wall(give):
    window = give(wall=lambda: datetime(2020, 6, 1, 14, 5), minutes=20)
    assert "14:05" in window.view.clock.accessibleName() and "14:25" in window.view.clock.accessibleName()


def test_that_a_talk_until_a_time_of_day_has_the_minutes_until_then(monkeypatch):
    class Noon(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2020, 6, 1, 12, 0, 0)

    monkeypatch.setattr(telling, "datetime", Noon)
    assert telling._minutes({"until": "12:45"}) == 45 and telling._minutes({"until": "0:15"}) == 12 * 60 + 15
    assert telling._minutes({"minutes": 7}) == 7


def test_that_short_of_time_the_presenter_is_told_and_next_leaves_optional_steps_out(give):
    window = give(minutes=9)
    assert "optional" not in window.view.message.text()
    window._clock.now = 300_000
    press(window, Qt.Key.Key_PageDown)
    assert window.talk.at == 2 and "optional" in window.view.message.text()


def test_that_a_rehearsal_writes_the_story_with_the_times_that_it_took(give, tmp_path):
    window = give()
    window._clock.now = 42_000
    press(window, Qt.Key.Key_PageDown)
    window._clock.now = 50_000
    window.escape()
    window.escape()
    whole = replace(LONG, summary=words("Not for an audience"))
    telling.keep_times(replace(DATASET, stories=(whole,)), window.story, window.talk, tmp_path / "long.json")
    written, problems = (tmp_path / "long.json").read_bytes(), []
    read = story_file.read_story(written, "long.json", (DATASET.meta.languages, DATASET.meta.zone), problems)
    assert [step.seconds for step in read.steps] == [42, 8, *[60] * 7] and not problems
    assert read.summary.text == "Not for an audience"


def test_that_where_no_desktop_listens_nothing_is_asked(monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    awake = StayAwake("a", "b")
    awake.begin()
    awake.end()
    assert not awake.is_heard


def test_that_a_step_is_announced_as_it_comes(give, monkeypatch):
    window, said = give(), []
    monkeypatch.setattr(window._announcer, "say", said.append)
    press(window, Qt.Key.Key_PageDown)
    assert any("Headline 1" in one for one in said)


def test_that_the_way_back_to_the_path_takes_six_tenths_of_a_second_at_most():
    assert travel.MOST_MS <= 600


def test_that_both_windows_look_at_the_dataset_for_a_room(monkeypatch, qtbot):
    room = replace(DATASET, events=DATASET.events[:1], stories=(LONG,))
    monkeypatch.setattr(telling, "for_talk", lambda *_: room)
    window = telling.talking(replace(DATASET, stories=(LONG,)), STILL, {"windowed": True})
    try:
        stages = (window.view.near, window.view.following.stage, window.audience.stage)
        assert {one.session.dataset for one in stages} == {room}
    finally:
        window.close()
        window.deleteLater()

"""A talk, driven as a clicker and a presenter drive it: both windows, the path and off it, the end."""
from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from journeys.talks import LONG, STILL, begun, press, seen
from stories import DATASET, STORY
from timeline_app import cli
from timeline_app.base.problems import UserError
from timeline_app.domain.stories import step_number
from timeline_app.engine.dataset import open_dataset
from timeline_app.qt import access, export
from timeline_app.qt.notes_page import NotesPage
from timeline_app.shells.present import Present
from timeline_app.telling import talking
from timeline_app.viewmodel.state import Setting


@pytest.fixture
def give(qtbot):
    made = []

    def start(story=STORY, dataset=DATASET, **manner) -> Present:
        made.append(begun(story, dataset, **manner))
        return made[-1]

    yield start
    for window in made:
        window.close()
        window.deleteLater()


def test_that_the_week_runs_to_its_end_with_the_keys_of_a_clicker(give):
    dataset = open_dataset("june-2020")
    week = next(one for one in dataset.stories if one.id == "the-week")
    window = give(week, dataset)
    headlines = [seen(window)]
    assert window.talk.asks and headlines == ["The week"]
    for _ in range(60):
        if window.talk.at == len(week.steps) - 1 and not window.talk.asks:
            break
        press(window, Qt.Key.Key_PageDown)
        if seen(window) != headlines[-1]:
            headlines.append(seen(window))
    assert headlines[1:] == [step.headline.text for step in week.steps]
    press(window, Qt.Key.Key_Period)
    assert window.talk.blank == "black"
    press(window, Qt.Key.Key_PageUp)
    assert window.talk.blank == "" and window.talk.at == len(week.steps) - 1
    press(window, Qt.Key.Key_PageUp, Qt.Key.Key_F5, Qt.Key.Key_Escape)
    assert not window.talk.is_over
    press(window, Qt.Key.Key_Escape)
    assert window.talk.is_over and not window.audience.isVisible()


def test_that_a_step_reached_by_a_jump_is_the_step_reached_by_stepping(give):
    stepped, jumped = give(LONG), give(LONG)
    press(stepped, *[Qt.Key.Key_PageDown] * 6)
    jumped.jump(6)
    jumped.tasks.settle()
    assert seen(jumped) == seen(stepped) == "Headline 6"
    assert jumped.audience.stage.session.state == stepped.audience.stage.session.state
    assert export.image(jumped.audience.stage) == export.image(stepped.audience.stage)


def test_that_the_title_of_the_story_stands_there_until_a_first_step_that_asks_is_allowed(give):
    flagged = replace(LONG, steps=(replace(LONG.steps[0], flags=frozenset({"violence"})), *LONG.steps[1:]))
    window = give(flagged)
    assert seen(window) == "Long" and not window.audience.stage.canvas.isVisible()
    press(window, Qt.Key.Key_PageDown)
    assert seen(window) == "Headline 0" and window.audience.stage.canvas.isVisible()


def test_that_no_widget_of_the_audience_knows_a_word_of_the_notes(give):
    window = give(LONG)
    assert "Say this of 0" in window.view.notes.toPlainText()
    inside = [window.audience, *window.audience.findChildren(QWidget)]
    assert not [one for one in inside if isinstance(one, NotesPage) and one.window() is window.audience]
    said = " ".join(f"{one.accessibleName()} {one.accessibleDescription()}" for one in inside
                    if one.window() is window.audience)
    assert "Say" not in said


def test_that_the_audience_sees_nothing_of_the_overview_or_of_a_jump_before_it_is_made(give):
    window = give(LONG)
    before = export.image(window.audience)
    press(window, Qt.Key.Key_O)
    press(window, Qt.Key.Key_G)
    assert export.image(window.audience) == before


def test_that_off_the_path_the_audience_follows_and_one_key_returns(give):
    window = give(LONG)
    rest = window.audience.stage.session.state.view
    press(window, Qt.Key.Key_E, Qt.Key.Key_Plus)
    far = window.audience.stage.session.state.view.window
    assert far == window.view.near.session.state.view.window != rest.window
    press(window, Qt.Key.Key_E)
    assert window.audience.stage.session.state.view == rest and not window.talk.is_off_path


def test_that_a_frozen_audience_keeps_its_picture_while_the_presenter_goes_on_and_explores(give):
    window = give(LONG)
    before = export.image(window.audience)
    press(window, Qt.Key.Key_F, Qt.Key.Key_PageDown, Qt.Key.Key_E, Qt.Key.Key_Plus)
    assert export.image(window.audience) == before and seen(window) == "Headline 0"
    press(window, Qt.Key.Key_F)
    assert seen(window) == "Headline 1"


def test_that_the_spotlight_is_seen_by_the_audience_and_goes_with_the_step(give):
    window = give(LONG)
    press(window, Qt.Key.Key_L)
    window.audience.pointed.emit(QPointF(0.5, 0.5))
    assert window.audience.stage.cover.spot == QPointF(0.5, 0.5)
    press(window, Qt.Key.Key_PageDown)
    assert window.audience.stage.cover.spot is None


def test_that_screens_that_come_and_go_keep_step_and_time(give):
    window = give(LONG)
    press(window, Qt.Key.Key_PageDown)
    window._clock.now = 30_000
    window._tick()
    window.screens._moved()
    window.screens.swap()
    assert window.talk.at == 1 and window.talk.elapsed_ms == 30_000 and window.audience.isVisible()


def test_that_a_talk_on_one_screen_has_its_notes_in_a_drawer_of_its_own(give):
    window = give(LONG)
    assert len(QGuiApplication.screens()) == 1 and window.screens.is_single
    press(window, Qt.Key.Key_D)
    assert window.drawer.isVisible() and "Say this of 0" in window.drawer.notes.toPlainText()
    press(window, Qt.Key.Key_D)
    assert not window.drawer.isVisible()


def test_that_notes_become_larger_and_smaller(give):
    window = give(LONG)
    before = window.view.notes.document().size().height()
    window.actions.run("notes_larger")
    assert window.view.notes.document().size().height() > before


def test_that_everything_of_the_presenter_has_a_name_and_can_be_reached_by_keyboard(give):
    window = give(LONG)
    assert access.unnamed(window) == []
    stops = set(access.focusable(window))
    assert {window.view.notes, window.view.strip, window.view.clock, window.view.near.canvas} <= stops
    assert window.actions.unanswered() == ()


def test_that_the_mouse_steps_only_where_that_was_asked_for(give):
    still, stepping = give(LONG), give(LONG, mouse_steps=True)
    for window in (still, stepping):
        QTest.mouseClick(window.audience.stage, Qt.MouseButton.LeftButton)
        window.tasks.settle()
    assert (still.talk.at, stepping.talk.at) == (0, 1)


def test_that_the_report_after_a_talk_tells_every_step(give):
    window = give(LONG, ends_at_once=True)
    window._clock.now = 61_000
    press(window, Qt.Key.Key_Escape)
    said = window.findChildren(QWidget)
    assert window.talk.is_over and "1:01" in " ".join(one.accessibleName() for one in said)


def test_that_a_story_that_is_not_there_is_told_with_those_that_are(qtbot):
    dataset = open_dataset("june-2020")
    with pytest.raises(UserError) as told:
        talking(dataset, STILL, {"story": "nowhere"})
    assert told.value.code == "unknown_story" and "the-week" in told.value.arguments["known"]
    assert step_number(LONG, "3") == 2 and step_number(LONG, "s4") == 4
    with pytest.raises(UserError):
        step_number(LONG, "99")


@pytest.mark.parametrize("window", ["audience", "presenter"])
def test_that_a_step_is_drawn_without_a_screen(tmp_path, window, capsys):
    place = tmp_path / "step.png"
    assert cli.main(["snapshot", "--story", "the-week", "--step", "guess-how-long", "--reveal", "--window", window,
                     "--language", "ko", "--size", "1280x720", "-o", str(place)]) == 0
    assert QImage(str(place)).size() == QSize(1280, 720) and capsys.readouterr().err == ""


def test_that_masked_tags_are_nowhere_in_the_windows_of_a_talk(qtbot):
    dataset = open_dataset("june-2020")
    window = talking(dataset, STILL, {"windowed": True, "story": "the-week", "from_step": "by-sunrise"})
    window.resize(1280, 720)
    window.audience.resize(1280, 720)
    window.begin()
    window.tasks.settle()
    for command in ("next_step", "leave_path", "zoom_out", "zoom_out"):
        window.actions.run(command)
    window.tasks.settle()
    canvas = window.audience.stage.canvas
    boxes = canvas.record_texts()
    export.image(window.audience)
    said = " ".join([*(box.text for box in boxes), *(one.accessibleName() for one in window.findChildren(QWidget))])
    assert "whiteoutwednesday" not in said.casefold() and "whitelivesmatter" not in said.casefold()
    window.close()
    window.deleteLater()


def test_that_the_presenter_is_told_what_the_dataset_lacks(give):
    window = give(STORY)
    press(window, Qt.Key.Key_PageDown)
    assert "nowhere" in window.view.message.text() and "nowhere" in " ".join(window.audience.stage.doc.notices)


@pytest.mark.parametrize(("language", "size"), [("en", (1920, 1080)), ("ko", (1280, 720)), ("en", (1280, 720))])
def test_that_the_presenter_can_read_every_word_at_every_step(qtbot, language, size):
    """Cards of steps are never shortened, and no label is cut: lines are counted with the widths that they have."""
    dataset = open_dataset("june-2020")
    for name in ("the-week", "five-hours-or-seventeen", "kiosk"):
        window = talking(dataset, Setting(language, still=True), {"windowed": True, "story": name})
        window.resize(*size)
        window.audience.resize(*size)
        window.begin()
        for number in range(len(window.story.steps)):
            window.jump(number)
            strip = window.view.strip
            strip.boxes = []
            strip.grab()
            assert [one.text for one in strip.boxes if one.text.endswith("…")] == [], window.story.steps[number].id
            for label in window.findChildren(QLabel):
                if label.isVisible() and label.text() and label.window() is window:
                    wide = label.width() if label.wordWrap() else 10_000
                    flags = Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag.TextSingleLine
                    box = label.fontMetrics().boundingRect(QRect(0, 0, wide, 10_000), flags, label.text())
                    assert box.height() <= label.height() + 2 and box.width() <= label.width() + 2, label.text()
        window.tasks.settle()
        window.close()
        window.deleteLater()

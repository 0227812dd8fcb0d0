"""Stories in a window: views recorded by a key, edited in the panel by keys alone, kept on the disk and presented."""
from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from fakes import tiny_dataset
from qt.noting import CTRL, SHIFT, own, press, said, text_of, write
from qt.whole import explore
from stories import STORY
from timeline_app import telling
from timeline_app.engine import story_shelf
from timeline_app.qt import access, popup
from timeline_app.qt.story_panel import StoryPanel
from timeline_app.viewmodel import moves, story

ALT = Qt.KeyboardModifier.AltModifier


def begun(qtbot, **changes):
    made = explore(qtbot, dataset=tiny_dataset(**changes))
    ids = itertools.count()
    made.stories.fresh = lambda: f"own-{next(ids)}"
    made.stories.begin()
    made.tasks.settle()
    made.canvas.setFocus()
    return made


@pytest.fixture
def window(qtbot):
    made = begun(qtbot)
    yield made
    made.stories.flush()


def on_disk(window):
    window.tasks.settle()
    dataset = window.session.dataset
    return story_shelf.read(story_shelf.place_of(dataset), dataset)[0]


def opened(window):
    window.actions.run("story_panel")
    panel = popup.opened(window)
    assert isinstance(panel, StoryPanel)
    return panel


def record(window, *events):
    for event in events:
        window.session.become(moves.select(window.session.state, event))
        window.actions.run("record_step")


def headlines(window):
    return [step.headline.text for step in window.stories.chosen.steps]


def bare(stories):
    return tuple(replace(one, data_hash="", file="") for one in stories)


def test_that_k_records_the_view_says_so_and_keeps_it(window):
    window.session.become(moves.select(window.session.state, "e-asks"))
    press(Qt.Key.Key_K)
    (told,) = window.stories.history.now
    assert told.steps[0].sight == story.sight_of(window.session.state.view, window.session.dataset)
    assert "1 of 1" in said(window) and told.title.text in said(window)
    assert bare(on_disk(window)) == (told,)


def test_that_a_reopened_window_has_equal_stories(window, qtbot):
    record(window, "e-asks", "e-down")
    on_disk(window)
    again = begun(qtbot)
    assert bare(again.stories.history.now) == window.stories.history.now


def test_that_what_is_recorded_while_stories_are_read_hides_none_of_them(window, qtbot):
    record(window, "e-asks")
    on_disk(window)
    again = explore(qtbot)
    again.stories.fresh = lambda: "later"
    again.stories.begin()
    record(again, "e-down")
    assert {one.id for one in on_disk(again)} == {"own-0", "later"}
    assert [one.id for one in again.stories.history.now] == ["own-0", "later"]
    again.stories.undo()
    assert [one.id for one in on_disk(again)] == ["own-0"] and len(again.stories.history.now) == 1


def test_that_a_story_is_edited_by_keys_alone(window):
    record(window, "e-asks", "e-down")
    press(Qt.Key.Key_K, SHIFT)
    panel = popup.opened(window)
    assert panel.steps.hasFocus() and panel.steps.currentIndex().row() == 1
    first, second = headlines(window)
    press(Qt.Key.Key_Up, ALT)
    assert headlines(window) == [second, first] and panel.steps.currentIndex().row() == 0
    press(Qt.Key.Key_Z, CTRL)
    assert headlines(window) == [first, second]
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert headlines(window) == [second, first]
    for name, text in (("title", "Mine"), ("headline", "Police ask"), ("sentence", "So."), ("notes", "Say it"),
                       ("seconds", "2:05")):
        field = panel.fields.fields[name]
        while not field.hasFocus():
            press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_A, CTRL)
        QTest.keyClicks(field, text)
    press(Qt.Key.Key_Escape)
    told = window.stories.chosen
    at = window.stories.number
    step = told.steps[at]
    assert (told.title.text, step.headline.text, step.sentence.text, step.notes.text, step.seconds) == (
        "Mine", "Police ask", "So.", "Say it", 125)
    assert popup.opened(window) is None and window.canvas.hasFocus()
    assert bare(on_disk(window)) == (told,)


def drag(rows, start, end, let_go=True):
    view = rows.viewport()
    places = [rows.visualRect(rows.rows.index(row)).center() for row in (start, end)]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=places[0])
    for place in (places[0] + (places[1] - places[0]) / 2, places[1]):
        here, none, left = QPointF(place), Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        event = QMouseEvent(QEvent.Type.MouseMove, here, view.mapToGlobal(here), none, left,
                            Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)
    if let_go:
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=places[1])


def test_that_a_step_is_dragged_to_its_place_and_one_undo_takes_it_back(window):
    record(window, "e-asks", "e-down", "e-asks")
    panel = opened(window)
    before = [step.id for step in window.stories.chosen.steps]
    drag(panel.steps, 0, 2)
    assert [step.id for step in window.stories.chosen.steps] == [*before[1:], before[0]]
    assert panel.steps.currentIndex().row() == 2 == window.stories.number
    press(Qt.Key.Key_Z, CTRL)
    assert [step.id for step in window.stories.chosen.steps] == before
    still = panel.steps.grab().toImage()
    drag(panel.steps, 2, 0, let_go=False)
    assert panel.steps.grab().toImage() != still
    press(Qt.Key.Key_Escape)
    QTest.mouseRelease(panel.steps.viewport(), Qt.MouseButton.LeftButton)
    assert [step.id for step in window.stories.chosen.steps] == before and popup.opened(window) is panel


def test_that_delete_removes_a_step_and_with_the_last_one_the_story(window):
    record(window, "e-asks", "e-down")
    panel = opened(window)
    press(Qt.Key.Key_Delete)
    assert len(window.stories.chosen.steps) == 1
    press(Qt.Key.Key_Delete)
    assert window.stories.chosen is None and on_disk(window) == () and panel.steps.rows.options == []
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    assert len(window.stories.chosen.steps) == 2 and len(on_disk(window)[0].steps) == 2


def test_that_enter_goes_to_the_view_of_the_step(window):
    record(window, "e-asks")
    there = window.stories.chosen.steps[0].sight
    window.session.become(moves.select(window.session.state, ""))
    window.actions.run("zoom_in")
    opened(window)
    press(Qt.Key.Key_Return)
    view = window.session.state.view
    assert story.sight_of(view, window.session.dataset) == there and popup.opened(window) is None


def test_that_time_that_is_none_is_said_and_changes_nothing(window):
    record(window, "e-asks")
    panel = opened(window)
    panel.fields.fields["seconds"].setText("soon")
    panel.fields.flush()
    assert panel.problem.isVisible() and window.stories.chosen.seconds == 60


def test_that_buttons_turn_optional_and_guess_and_take_the_view(window):
    record(window, "e-down")
    panel = opened(window)
    panel.pills["optional"].click()
    panel.pills["guess"].click()
    (step,) = window.stories.chosen.steps
    assert step.is_optional and step.guess.event_id == "e-down"
    panel.dismiss()
    window.actions.run("zoom_out")
    panel = opened(window)
    panel.pills["retake"].click()
    (step,) = window.stories.chosen.steps
    assert story.view_of(step, window.session.dataset).window == window.session.state.view.window


def test_that_a_story_of_the_dataset_is_read_only_and_copied_to_be_edited(qtbot):
    window = begun(qtbot, stories=(STORY,))
    panel = opened(window)
    assert all(field.isReadOnly() for field in panel.fields.fields.values())
    assert not panel.pills["remove"].isVisible()
    press(Qt.Key.Key_Delete)
    assert window.stories.stories == (STORY,)
    panel.pills["copy"].setFocus()
    press(Qt.Key.Key_Space)
    assert popup.opened(window) is panel and panel.steps.hasFocus() and window.stories.is_own
    assert window.stories.chosen.steps == STORY.steps and window.stories.stories[0] == STORY
    panel.dismiss()


def test_that_recording_after_a_look_at_a_story_of_the_dataset_makes_ones_own(qtbot):
    window = begun(qtbot, stories=(STORY,))
    opened(window).dismiss()
    record(window, "e-asks", "e-down")
    assert window.stories.stories[0] == STORY and len(window.stories.history.now[0].steps) == 2


def test_that_f5_presents_the_own_story_and_the_panel_from_its_step(window, qtbot):
    record(window, "e-asks", "e-down")
    told = window.stories.chosen
    assert window.stories.dataset.stories == (told,)
    with qtbot.waitSignal(window.presenting) as asked:
        press(Qt.Key.Key_F5)
    assert asked.args == [0, told.id]
    panel = opened(window)
    with qtbot.waitSignal(window.presenting) as asked:
        panel.pills["present"].click()
    assert asked.args == [1, told.id]


def test_that_a_story_is_saved_where_the_person_says(window, tmp_path, monkeypatch):
    record(window, "e-asks")
    target = tmp_path / "told.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    opened(window).pills["save"].click()
    window.tasks.settle()
    assert target.is_file() and said(window) == text_of(window, "stories.saved", name=target.name)


def test_that_what_the_disk_refuses_stays_and_is_written_when_it_can_be(window):
    place = story_shelf.place_of(window.session.dataset)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"")
    record(window, "e-asks")
    window.tasks.settle()
    assert len(window.stories.history.now) == 1 and str(place) in said(window)
    place.unlink()
    window.stories.flush()
    assert len(on_disk(window)) == 1


def test_that_undo_takes_back_steps_and_notes_in_the_order_in_which_they_were_made(window):
    record(window, "e-asks")
    write(window, "A note")
    record(window, "e-down")

    def there():
        told = window.stories.chosen
        return len(told.steps) if told else 0, len(own(window))

    seen = [there()]
    for command in ("undo", "undo", "undo", "redo", "redo", "redo"):
        window.actions.run(command)
        window.tasks.settle()
        seen.append(there())
    assert seen == [(2, 1), (1, 1), (1, 0), (0, 0), (1, 0), (1, 1), (2, 1)]
    assert window.stories.chosen.title.text in said(window)


def test_that_an_own_story_is_given_as_a_talk(window):
    record(window, "e-asks", "e-down")
    told = window.stories.chosen
    talk = telling.talking(window.stories.dataset, window.session.state.setting,
                           {"story": told.id, "from_step": "2", "windowed": True})
    assert talk.story.steps == told.steps and talk.talk.at == 1
    talk.close()
    talk.deleteLater()


@pytest.mark.parametrize(("size", "percent"), [((720, 480), 100), ((1280, 720), 200)])
def test_that_the_panel_stays_in_a_small_window_and_follows_the_keyboard(qtbot, size, percent):
    window = explore(qtbot, size, text_percent=percent, language="ko")
    record(window, "e-down")
    panel = opened(window)
    assert panel.area.widget().width() <= panel.area.viewport().width()
    while not panel.pills["present"].hasFocus():
        press(Qt.Key.Key_Tab)
        focus, port = QApplication.focusWidget(), panel.area.viewport()
        if panel.area.isAncestorOf(focus):
            top = focus.mapTo(port, focus.rect().topLeft()).y()
            assert top < port.height() and top + focus.height() > 0
    assert window.height() >= panel.pills["present"].mapTo(window, panel.pills["present"].rect().bottomLeft()).y()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_everything_in_the_panel_has_a_name_and_fits(qtbot, language):
    window = explore(qtbot, (1280, 720), tiny_dataset(stories=(STORY,)), language=language)
    record(window, "e-down")
    panel = opened(window)
    assert access.unnamed(panel) == []
    assert panel.size() == panel.sizeHint() and window.rect().contains(panel.geometry())
    assert QApplication.focusWidget() is panel.steps

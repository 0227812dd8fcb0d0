"""The audience's screen as a widget: a jump equals stepping, covers cover, no pixel knows an answer too early."""
from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF

from fakes import words
from stories import DATASET, GUESS, STORY
from timeline_app.domain.stories import Step
from timeline_app.qt import export
from timeline_app.qt.stage import Stage
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel import stage
from timeline_app.viewmodel.state import Setting

STILL = Setting(still=True)


@pytest.fixture
def screen(qtbot):
    tasks = Tasks()
    made = Stage(DATASET, STILL, tasks)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    yield made
    tasks.close()


def shown(screen, number, is_revealed=False, story=STORY, dataset=DATASET):
    screen.show_doc(stage.doc(story, number, dataset, STILL, is_revealed), flies=False)
    screen.settle()
    return export.image(screen)


def test_that_a_jump_to_a_step_shows_what_stepping_to_it_shows(screen):
    first = shown(screen, 0)
    second = shown(screen, 1)
    assert shown(screen, 0) == first and shown(screen, 1) == second and first != second


def test_that_no_pixel_and_no_text_knows_an_answer_before_the_reveal(screen):
    before = shown(screen, 1)
    other = replace(DATASET.claims[0], answer="PT9H", text=words("nine hours"))
    changed = replace(DATASET, claims=(other, *DATASET.claims[1:]))
    tasks = Tasks()
    twin = Stage(changed, STILL, tasks, "twin")
    twin.resize(1280, 720)
    twin.show()
    assert shown(twin, 1, dataset=changed) == before
    assert "PT5H" not in screen.accessibleName() and GUESS.prompt.text in screen.accessibleName()
    assert shown(twin, 1, True, dataset=changed) != shown(screen, 1, True)
    tasks.close()
    twin.close()
    twin.deleteLater()


def test_that_a_picture_worked_out_beforehand_is_the_picture_that_is_asked_for(screen):
    wanted = shown(screen, 1)
    shown(screen, 0)
    screen.prepare(stage.doc(STORY, 1, DATASET, STILL))
    screen.settle()
    screen.show_doc(stage.doc(STORY, 1, DATASET, STILL), flies=False)
    assert export.image(screen) == wanted
    screen.settle()


def test_that_a_picture_worked_out_for_one_guess_is_not_shown_for_another(screen):
    other = replace(STORY.steps[1], guess=replace(GUESS, question="who"))
    shown(screen, 0)
    screen.prepare(stage.doc(STORY, 1, DATASET, STILL))
    screen.settle()
    screen.show_doc(stage.doc(STORY, 1, DATASET, STILL), flies=False)
    ahead = screen.canvas.frame
    shown(screen, 0)
    screen.show_doc(stage.doc(replace(STORY, steps=(other,)), 0, DATASET, STILL), flies=False)
    assert ahead is not None and screen.canvas.frame is not ahead
    screen.settle()


@pytest.mark.parametrize(("cover", "value"), [("black", 0), ("white", 255)])
def test_that_a_cover_covers_everything(screen, cover, value):
    shown(screen, 0)
    screen.set_cover(cover)
    picture = export.image(screen)
    assert {picture.pixelColor(x, y).red() for x in range(0, 1280, 40) for y in range(0, 720, 40)} == {value}
    screen.set_cover("")
    assert export.image(screen) == shown(screen, 0)


def test_that_a_spotlight_leaves_a_circle_of_the_screen_as_it_is(screen):
    plain = shown(screen, 0)
    screen.set_spotlight(QPointF(0.5, 0.5))
    lit = export.image(screen)
    assert lit.pixelColor(640, 360) == plain.pixelColor(640, 360) and lit.pixelColor(9, 9) != plain.pixelColor(9, 9)


def test_that_steps_without_words_and_lanes_that_are_not_there_are_shown_all_the_same(screen):
    bare = Step("bare", replace(STORY.steps[0].sight, shown=("nowhere",)))
    assert not shown(screen, 0, story=replace(STORY, steps=(bare,))).isNull()

"""Edits of a story: each gives another value, each is taken back, a text of one language leaves the others alone."""
from __future__ import annotations

from dataclasses import replace

import pytest

from fakes import tiny_dataset, words
from stories import STORY
from timeline_app.domain.records import Words
from timeline_app.domain.stories import Guess
from timeline_app.viewmodel import moves, story, story_edit, walk
from timeline_app.viewmodel.state import Setting
from timeline_app.viewmodel.story_edit import History

DATASET = tiny_dataset()
VIEW = moves.select(walk.opening(DATASET, Setting()), "e-asks").view
NEW = story_edit.begun("own", words("Mine"))


def test_that_a_view_is_recorded_as_a_step_that_shows_the_same_view():
    told, at = story_edit.recorded(NEW, VIEW, DATASET, -1)
    (step,) = told.steps
    assert at == 0 and step.sight == story.sight_of(VIEW, DATASET)
    assert story.sight_of(story.view_of(step, DATASET), DATASET) == step.sight
    assert step.headline == DATASET.event_by_id["e-asks"].title and step.events == ("e-asks",)
    assert story.missing(step, DATASET) == ()


def test_that_a_step_is_recorded_behind_the_chosen_one_with_an_id_of_its_own():
    told, _ = story_edit.recorded(NEW, VIEW, DATASET, -1)
    told, _ = story_edit.recorded(told, VIEW, DATASET, 0)
    told, at = story_edit.recorded(told, replace(VIEW, selected=""), DATASET, 0)
    assert at == 1 and [one.id for one in told.steps] == ["step-1", "step-3", "step-2"]
    assert told.steps[1].headline == Words()


def test_that_a_selected_note_is_no_part_of_a_step():
    (step,) = story_edit.recorded(NEW, replace(VIEW, selected="note:1"), DATASET, -1)[0].steps
    assert step.sight.selected == "" and step.events == ()


def test_that_steps_move_and_stay_within_the_story():
    assert [one.id for one in story_edit.moved(STORY, 0, 1)[0].steps] == ["two", "one"]
    assert story_edit.moved(STORY, 1, 5) == (STORY, 1)
    assert story_edit.moved(STORY, 0, -1) == (STORY, 0)


def test_that_a_step_takes_another_view_and_keeps_its_words():
    told = story_edit.retaken(STORY, 0, VIEW, DATASET)
    assert told.steps[0].sight == story.sight_of(VIEW, DATASET)
    assert told.steps[0].headline == STORY.steps[0].headline and told.steps[1] == STORY.steps[1]


@pytest.mark.parametrize("name", story_edit.TEXTS)
def test_that_a_text_of_one_language_leaves_the_other_alone(name):
    told = story_edit.worded(STORY, 0, name, ("new", "en", "en"))
    told = story_edit.worded(told, 0, name, ("새", "ko", "en"))
    told = story_edit.worded(told, 0, name, ("newer", "en", "en"))
    assert getattr(told.steps[0], name) == Words("newer", (("ko", "새"),))


def test_that_a_text_stands_for_the_first_language_until_that_is_written():
    said = story_edit.said(Words(), "하나", "ko", "en")
    said = story_edit.said(said, "하나 둘", "ko", "en")
    assert said == Words("하나 둘", (("ko", "하나 둘"),))
    said = story_edit.said(said, "one two", "en", "en")
    assert story_edit.said(said, "둘", "ko", "en") == Words("one two", (("ko", "둘"),))


def test_that_control_characters_do_not_get_into_a_story():
    assert story_edit.said(Words(), "a\x00b\x1b", "en", "en").text == "ab"


def test_that_a_guess_is_one_of_the_questions_that_sources_answer():
    step = STORY.steps[0]
    names = [name for name, _ in story_edit.questions_of(step, DATASET)]
    assert "how_long" in names
    told = STORY
    for expected in (*names, ""):
        told = story_edit.guessed(told, 0, story_edit.next_question(told.steps[0], DATASET), DATASET)
        guess = told.steps[0].guess
        assert (guess.question if guess else "") == expected
    told = story_edit.guessed(STORY, 0, "how_long", DATASET)
    assert isinstance(told.steps[0].guess, Guess) and told.steps[0].guess.prompt.text
    assert story.missing(told.steps[0], DATASET) == ()


@pytest.mark.parametrize(("text", "seconds"), [
    ("90", 90), ("1:30", 90), (" 0:05 ", 5), ("0", None), ("", None), ("1:2:3", None), ("-5", None), ("soon", None),
    ("99999", None), ("٣", None)])
def test_that_planned_time_is_read_as_it_is_written(text, seconds):
    assert story_edit.seconds_of(text) == seconds


def test_that_every_edit_is_taken_back_and_done_again():
    history, seen = History(), [()]
    for number in range(30):
        told = story_edit.titled(STORY, f"title {number}", "en", "en")
        history = history.with_story(told)
        seen.append(history.now)
    history = history.without(STORY.id)
    for expected in reversed(seen):
        history = history.undone()
        assert history.now == expected
    assert history.undone() is None
    for expected in (*seen[1:], ()):
        history = history.redone()
        assert history.now == expected
    assert history.redone() is None


def test_that_letters_typed_into_one_field_are_one_edit():
    history = History().with_story(STORY)
    for text in ("a", "ab", "abc"):
        history = history.with_story(story_edit.titled(STORY, text, "en", "en"), "title")
    assert history.now[0].title.text == "abc" and history.undone().now == (STORY,)


def test_that_a_story_without_its_last_step_is_gone_until_it_is_brought_back():
    told = story_edit.removed(replace(STORY, steps=STORY.steps[:1]), 0)
    history = History().with_story(STORY).with_story(told)
    assert history.now == () and history.undone().now == (STORY,)
    assert story_edit.changed((STORY,), ()) == (STORY.id,)

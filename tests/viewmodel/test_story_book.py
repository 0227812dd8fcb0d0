"""A story as everything that an export says: order, sources by number, what is sealed and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes import words
from story_fakes import ANSWERS, tiny_story, told
from timeline_app.viewmodel import story_book
from timeline_app.viewmodel.state import Setting
from timeline_app.viewmodel.story_book import Book


def book(reveals: bool = True, language: str = "en", dataset=None) -> Book:
    chosen = dataset or told()
    return story_book.book(chosen.stories[0], chosen, Setting(language=language, still=True), reveals)


def test_that_the_steps_stand_in_their_order_with_their_words():
    made = book()
    assert [(one.number, one.id, one.doc.headline) for one in made.leaves] == [
        (1, "asked", "An app asks"), (2, "how-long", "And then it was down"), (3, "counted", "What was counted")]
    assert (made.title, made.summary) == ("A tiny story", "Three steps, all invented.")
    assert [one.doc.headline for one in book(language="ko").leaves] == ["앱이 묻다", "그리고 멈췄다", "무엇을 세었나"]


def test_that_a_source_has_one_number_in_the_order_in_which_steps_name_it():
    made = book()
    assert len(made.sources) == 2 and "A study" in made.sources[0] and "The Example" in made.sources[1]
    assert [one.cited for one in made.leaves] == [(1,), (2, 1), ()]
    assert made.by_step() == ("1. An app asks: 1", "2. And then it was down: 2, 1")


def test_that_only_a_step_that_lets_people_guess_has_something_behind_the_key():
    made = book()
    assert [one.after is not None for one in made.leaves] == [False, True, False]
    assert made.leaves[1].doc.answers == () and made.leaves[1].after.answers


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_without_a_reveal_no_answer_is_in_any_word_of_it(language):
    steps = tiny_story().steps
    telling = replace(steps[2], sentence=words("It took two hours later, says one.", "요청 뒤 2시간이라고 한다."),
                      notes=words("5 hours, say others.", "5시간 이내라고도 한다."))
    made = book(False, language, told(*steps[:2], telling, summary=words("2 hours or 5 hours?", "2시간인가?")))
    assert [one.after for one in made.leaves] == [None] * 3
    assert not [one for one in (*ANSWERS, "2시간", "5시간") if one in made.words]
    assert made.words.count("Left out here" if language == "en" else "여기서는 뺐다") == 3


def test_that_notes_are_for_the_presenter_alone():
    assert [one.notes for one in book().leaves] == ["Ask the room first.", "", ""]
    assert "Ask the room" not in book().without_notes().words


def test_that_it_says_where_the_data_has_changed_since_the_story_was_made():
    dataset = told()
    made = story_book.book(dataset.stories[0], dataset, Setting(still=True), has_changed=True)
    assert "changed" in made.about[0] and len(made.about) == len(book().about) + 1


def test_that_the_last_page_says_which_data_it_was_made_from():
    assert "Tiny example" in book().about[0] and "tiny" in book().about[0]

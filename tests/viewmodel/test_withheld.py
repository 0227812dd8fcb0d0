"""What an export without answers leaves out: the sources' words and the app's, in every language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from story_fakes import ANSWERS, told
from timeline_app.domain.records import Words
from timeline_app.viewmodel import withheld
from timeline_app.viewmodel.withheld import Withheld


@pytest.fixture
def hidden() -> Withheld:
    dataset = told()
    return withheld.of_story(dataset.stories[0], dataset)


@pytest.mark.parametrize("text", [*ANSWERS, "It took Two  Hours later.", "요청 뒤 2시간", "5시간 이내였다"])
def test_that_an_answer_is_found_in_the_words_of_sources_and_of_the_app(hidden, text):
    assert hidden.holds(text)


@pytest.mark.parametrize("text", ["", "It took 12 hours", "15 hours", "How long did it take?", "two", "hours later"])
def test_that_a_part_of_it_and_a_longer_number_are_none(hidden, text):
    assert not hidden.holds(text)


def test_that_the_bare_length_of_a_limit_gives_it_away_in_the_story_and_nowhere_else():
    dataset = told()
    claims = tuple(replace(one, answer=f"../{one.answer}", text=Words("")) for one in dataset.claims)
    hidden = withheld.of_story(dataset.stories[0], replace(dataset, claims=claims))
    assert hidden.gives("within 5 hours") and hidden.holds("5 hours")
    assert not hidden.gives("A million in 5 hours")


def test_that_a_story_without_a_guess_withholds_nothing():
    dataset = told()
    plain = told(dataset.stories[0].steps[0])
    assert withheld.of_story(plain.stories[0], plain) == Withheld()

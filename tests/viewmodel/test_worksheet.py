"""A worksheet asks, leaves room, and holds no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes import words
from page_reading import read
from story_fakes import ANSWERS, tiny_story, told
from timeline_app.engine.dataset import open_dataset
from timeline_app.viewmodel import withheld
from timeline_app.viewmodel.page_parts import Dress
from timeline_app.viewmodel.worksheet import worksheet, worksheet_page

DRESS = Dress("p { margin: 0; }", {})


def made(language: str = "en", dataset=None):
    chosen = dataset or told()
    return worksheet(chosen.stories[0], chosen, language)


def test_that_it_asks_what_the_story_lets_people_guess_and_why():
    part = made().parts[0]
    assert part.heading == "Step 2: And then it was down"
    assert [one.question for one in part.tasks] == ["How long did it take?", "What makes you think so?"]
    assert made("ko").parts[0].tasks[0].question == "얼마나 걸렸을까?"


def test_that_without_words_of_its_own_the_label_of_the_question_is_asked():
    steps = tiny_story().steps
    silent = replace(steps[1], guess=replace(steps[1].guess, prompt=words("")))
    assert made(dataset=told(silent)).parts[0].tasks[0].question == "How long after the request?"


def test_that_a_dispute_and_a_count_are_talked_about_and_in_the_end_all_of_it():
    steps = tiny_story().steps
    sheet = made(dataset=told(replace(steps[1], guess=None), steps[2]))
    assert "How long after the request?" in sheet.parts[0].tasks[0].question
    assert "What was counted here" in sheet.parts[1].tasks[0].question
    assert len(sheet.parts[-1].tasks) == 4 and all(one.lines for part in sheet.parts for one in part.tasks)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_no_answer_is_in_its_bytes_also_where_a_headline_tells_it(language):
    steps = tiny_story().steps
    telling = replace(steps[2], headline=words("2 hours, or 5 hours", "2시간, 또는 5시간"))
    data = worksheet_page(made(language, told(*steps[:2], telling, title=words("two hours later"))), DRESS)
    assert not [one for one in (*ANSWERS, "2시간", "5시간") if one.encode() in data]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_no_worksheet_of_june_2020_holds_an_answer_of_its_story(language):
    dataset = open_dataset("june-2020")
    for story in dataset.stories:
        sheet, hidden = worksheet(story, dataset, language), withheld.of_story(story, dataset)
        assert not [line for line in sheet.words.split("\n") if hidden.holds(line)]


def test_that_it_has_no_script_and_room_to_write():
    page = read(worksheet_page(made(), DRESS))
    assert page.named("script") == [] and len(page.named("i")) == 15
    policy = next(one["content"] for one in page.named("meta") if "http-equiv" in one)
    assert policy == "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"


def test_that_a_dispute_is_asked_once_and_none_about_violence():
    plain = replace(tiny_story().steps[1], guess=None)
    dataset = told(plain, replace(plain, id="again"))
    assert [one.heading for one in made(dataset=dataset).parts] == ["Step 1: And then it was down", "To talk about"]
    events = tuple(replace(one, content_flags=frozenset({"violence"})) for one in dataset.events)
    assert len(made(dataset=replace(dataset, events=events)).parts) == 1

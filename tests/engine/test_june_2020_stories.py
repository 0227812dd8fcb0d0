"""The stories of june-2020: both languages, on documented ground, the criticism of Black fans before the fifth step."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from timeline_app.base import resources
from timeline_app.domain.claims import group_answers
from timeline_app.domain.time import Span
from timeline_app.engine import check, story_check, story_file
from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.judging import judged
from timeline_app.viewmodel import story as stories

DATASET = open_dataset("june-2020")
STORIES = {story.id: story for story in DATASET.stories}
STEPS = [pytest.param(story, step, id=f"{story.id}-{step.id}") for story in DATASET.stories for step in story.steps]
EVERY = pytest.mark.parametrize(("story", "step"), STEPS)
OF_FANS = {"black-fans-critique", "vf-article"}


def test_that_two_stories_ship_and_the_week_comes_first():
    assert list(STORIES) == ["the-week", "five-hours-or-seventeen"]
    assert 9 <= len(STORIES["the-week"].steps) <= 12 and len(STORIES["five-hours-or-seventeen"].steps) == 6


def test_that_the_stories_last_as_long_as_a_lesson_and_half_a_lesson():
    assert 20 <= STORIES["the-week"].seconds / 60 <= 40
    assert 10 <= STORIES["five-hours-or-seventeen"].seconds / 60 <= 20


@pytest.mark.parametrize("story", DATASET.stories, ids=lambda one: one.id)
def test_that_the_criticism_and_the_warning_come_before_the_fifth_step(story):
    named = {event for step in story.steps[:4] for event in step.events}
    assert named >= OF_FANS
    told = next(step for step in story.steps if "black-fans-critique" in step.events)
    assert "ater" in told.sentence.text + told.footnote.text


@EVERY
def test_that_a_step_has_every_word_in_both_languages(story, step):
    said = [step.headline, step.sentence, step.notes, *([step.footnote] if step.footnote.text else [])]
    said += [step.guess.prompt] if step.guess else []
    for words in said:
        assert words.text and dict(words.others).get("ko") and words.say("ko") == dict(words.others)["ko"]
    assert all(re.search("[가-힣]", one.say("ko")) for one in said[:3])


@EVERY
def test_that_a_step_rests_on_what_the_dataset_has(story, step):
    assert stories.missing(step, DATASET) == ()
    assert step.events and step.sources


@EVERY
def test_that_a_step_looks_at_the_events_that_it_names(story, step):
    seen = Span(step.sight.start_us // 1000, step.sight.end_us // 1000)
    for name in (*step.events, *([step.sight.selected] if step.sight.selected else [])):
        assert DATASET.event_by_id[name].when.span.overlaps(seen), name


@EVERY
def test_that_the_headline_of_a_step_judges_nobody(story, step):
    assert not judged(step.headline.text) and len(step.headline.text) <= 36
    assert len(step.sentence.text) <= 95


@EVERY
def test_that_what_is_guessed_has_answers_that_exclude_each_other(story, step):
    if step.guess is None:
        return
    event = DATASET.event_by_id[step.guess.event_id]
    question = next(q for q in DATASET.of_event("questions", event.id) if q.name == step.guess.question)
    said = [c for c in DATASET.of_event("claims", event.id) if c.question == question.name]
    assert len(group_answers(question, said, event.when.zone)) >= 3
    shown = f"{step.headline.text} {step.sentence.text} {step.guess.prompt.text}"
    assert not re.search(r"\b(two|five|24|17)\b|not established", shown, re.IGNORECASE)


def test_that_figures_of_the_stories_are_those_of_the_dataset():
    told = " ".join(f"{step.sentence.text} {step.footnote.text}" for story in DATASET.stories for step in story.steps)
    daily, ten = DATASET.series_by_id["bluelivesmatter-daily"], DATASET.series_by_id["whiteoutwednesday-10min-use"]
    assert int(ten.values.sum()) == 9_102 and "9,102" in told
    for figure in (71_741, 72_141):
        assert figure in daily.values and f"{figure:,}" in told
    claims = " ".join(claim.answer for claim in DATASET.claims)
    for figure, answer in (("1,026,531", "1026531 USD"), ("35,609", "35609 donors"), ("817,000", ">=817000 retweets")):
        assert figure in told and answer in claims
    assert "17 h 38 min" in told and any(line.answer == "PT17H38M" for line in DATASET.derived)


def test_that_most_posts_had_changed_by_sunrise():
    """The sun rose in Chicago at about 05:16 on 3 June 2020; of the hour before, most posts are coded as hijacked."""
    ten = DATASET.series_by_id["whiteoutwednesday-10min-use"]
    sunrise = 1_591_179_360_000
    before = (ten.start >= sunrise - 3_600_000) & (ten.start < sunrise)
    original, hijacked = ten.values[before].sum(axis=0)
    assert hijacked > 2 * original


@pytest.mark.parametrize("story", DATASET.stories, ids=lambda one: one.id)
def test_that_a_file_is_as_it_would_be_written(story):
    path = resources.bundled_dataset("june-2020") / Path(story.file)
    assert path.read_bytes() == story_file.written(story, DATASET.meta.languages)


@pytest.mark.parametrize("story", DATASET.stories, ids=lambda one: one.id)
def test_that_a_story_knows_the_data_that_it_was_made_with(story):
    """After a change of the data: look at the story again, then write the new hash into its file."""
    assert story.data_hash == story_check.data_hash(story, DATASET)


def test_that_the_dataset_with_its_stories_has_no_fault():
    assert check.check("june-2020") == ()

"""The stories of june-2020: both languages, on documented ground, the criticism of Black fans before the fifth step."""
from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from timeline_app.base import resources
from timeline_app.base.text import catalogue
from timeline_app.domain.calendar import DAY
from timeline_app.domain.claims import group_answers
from timeline_app.domain.stories import found
from timeline_app.domain.time import Span
from timeline_app.engine import check, story_check, story_file
from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.judging import judged
from timeline_app.viewmodel import stage, withheld
from timeline_app.viewmodel import story as stories
from timeline_app.viewmodel.state import Setting

DATASET = open_dataset("june-2020")
STORIES = {story.id: story for story in DATASET.stories}
STEPS = [pytest.param(story, step, id=f"{story.id}-{step.id}") for story in DATASET.stories for step in story.steps]
EVERY = pytest.mark.parametrize(("story", "step"), STEPS)
OF_FANS = {"black-fans-critique", "vf-article"}
GUESSES = [pytest.param(story, at, id=f"{story.id}-{step.id}") for story in DATASET.stories
           for at, step in enumerate(story.steps) if step.guess is not None]


def words_of(step):
    """Every text of a step, with those that the audience does not see."""
    guess = (step.guess.prompt,) if step.guess else ()
    return (step.headline, step.sentence, step.footnote, step.notes, *guess, *(one.text for one in step.remarks))


def shown(step):
    """What an audience reads of a step before anything is revealed, in every language."""
    return [text for one in words_of(step) if one is not step.notes for text in one.all()]


def test_that_three_stories_ship_and_the_week_comes_first():
    """Whoever presents without naming a story gets the first one; the one for a kiosk is the last."""
    assert list(STORIES) == ["the-week", "five-hours-or-seventeen", "kiosk"]
    assert found(DATASET.stories, "").id == "the-week"
    assert [one.id for one in DATASET.stories if one.kiosk is not None] == ["kiosk"]
    assert 9 <= len(STORIES["the-week"].steps) <= 12 and len(STORIES["five-hours-or-seventeen"].steps) == 6


def test_that_the_stories_last_as_long_as_a_lesson_and_half_a_lesson():
    assert 20 <= STORIES["the-week"].seconds / 60 <= 40
    assert 10 <= STORIES["five-hours-or-seventeen"].seconds / 60 <= 20
    assert sum(step.seconds for step in STORIES["the-week"].steps if not step.is_optional) >= 20 * 60


def test_that_no_step_that_says_what_is_unknown_or_who_the_fans_are_can_be_left_out():
    core = {event for story in DATASET.stories for step in story.steps if not step.is_optional for event in step.events}
    assert core >= OF_FANS | {"dallas-iwatch-request", "dallas-iwatch-down", "dallas-iwatch-restored"}


@pytest.mark.parametrize("story", DATASET.stories, ids=lambda one: one.id)
def test_that_the_criticism_and_the_warning_come_before_the_fifth_step(story):
    named = {event for step in story.steps[:4] for event in step.events}
    assert named >= OF_FANS
    told = next(step for step in story.steps if "black-fans-critique" in step.events)
    assert "Later than" in told.footnote.text and "late June" in told.sentence.text
    assert "6월 말" in told.sentence.say("ko") and "뒤" in told.footnote.say("ko")
    assert "Black" in told.sentence.text and "흑인" in told.sentence.say("ko")


@EVERY
def test_that_a_step_has_every_word_in_both_languages(story, step):
    said = [step.headline, step.sentence, step.notes, *([step.footnote] if step.footnote.text else [])]
    said += [step.guess.prompt] if step.guess else []
    for words in said:
        assert words.text and dict(words.others).get("ko") and words.say("ko") == dict(words.others)["ko"]
    assert all(re.search("[가-힣]", one.say("ko")) for one in said[:3])


@pytest.mark.parametrize("story", DATASET.stories, ids=lambda one: one.id)
def test_that_a_story_in_korean_begins_with_the_word_that_it_awaits_its_readers(story):
    waits = catalogue("ko").get("detail.awaiting_readers")
    assert waits in stage.doc(story, 0, DATASET, Setting("ko")).texts
    assert not stage.doc(story, 0, DATASET, Setting("en")).notices


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
def test_that_no_text_of_a_step_needs_a_masked_tag_or_names_who_may_not_be_named(story, step):
    for text in (text for one in words_of(step) for text in one.all()):
        folded = text.casefold()
        assert not [tag for tag in DATASET.meta.masked_tags if tag.casefold() in folded]
        assert {name.casefold() for name in re.findall(r"@(\w+?)(?![A-Za-z0-9_])", text, re.ASCII)
                } <= DATASET.meta.accounts
        assert not re.search(r"\bfan-[0-9]", text)


@EVERY
def test_that_what_stands_in_quotation_marks_is_said_so_by_a_document(story, step):
    documents = " ".join(quote.text for quote in DATASET.quotes) + " ".join(claim.excerpt for claim in DATASET.claims)
    for text in (text for one in words_of(step) for text in one.all()):
        for quoted in re.findall(r"“([^”]+)”", text):
            assert " " not in quoted or quoted.casefold() in documents.casefold(), quoted


@EVERY
def test_that_a_figure_is_the_same_in_both_languages(story, step):
    for said in (step.sentence, step.footnote):
        figures = re.findall(r"[0-9]+(?:,[0-9]{3})+|[0-9]{3,}", said.text)
        assert all(figure in said.say("ko") for figure in figures)


@pytest.mark.parametrize(("story", "at"), GUESSES)
def test_that_neither_a_guess_nor_a_step_before_it_gives_its_answer_away(story, at):
    """A length can also be read from two clock times, and from a bar below a ruler with hours."""
    step = story.steps[at]
    answers = withheld.of_story(replace(story, steps=(step,)), DATASET)
    before = [text for one in story.steps[:at + 1] for text in shown(one)]
    assert not [text for text in before if answers.holds(text)]
    if step.guess.question == "how_long":
        assert not [text for text in before if re.search(r"18:26|18시", text)]
        outage = DATASET.event_by_id["dallas-iwatch-down"].when.earliest_start
        for one in story.steps[:at + 1]:
            is_far = one.sight.end_us - one.sight.start_us >= 14 * DAY * 1000
            assert is_far or "portals" not in one.sight.shown or one.sight.end_us // 1000 < outage


@pytest.mark.parametrize(("story", "at"), GUESSES)
def test_that_no_note_on_the_bar_of_a_guessed_event_sums_up_what_is_known(story, at):
    guess = story.steps[at].guess
    seen, asked = stage.without_answers(DATASET, guess), DATASET.event_by_id[guess.event_id]
    assert ("subject_notes", asked.subject) in DATASET.meta.names
    assert ("subject_notes", asked.subject) not in seen.meta.names
    about = [event for event in seen.events if event.subject == asked.subject]
    assert len(about) == 3 and not [event for event in about if event.note.text or event.summary.text]


@EVERY
def test_that_what_is_guessed_has_answers_that_exclude_each_other(story, step):
    if step.guess is None:
        return
    event = DATASET.event_by_id[step.guess.event_id]
    question = next(q for q in DATASET.of_event("questions", event.id) if q.name == step.guess.question)
    said = [c for c in DATASET.of_event("claims", event.id) if c.question == question.name]
    assert len(group_answers(question, said, event.when.zone)) >= 3


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
    step = next(one for one in STORIES["the-week"].steps if one.id == "by-sunrise")
    assert [one.at_ms for one in step.remarks] == [sunrise]
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

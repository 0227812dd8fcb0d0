"""Stories of june-2020 as the command line writes them: every step with its words, in both languages, small enough."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import pdf_text
from fakes import words
from page_reading import Page, read
from story_fakes import tiny_story, told
from timeline_app import cli
from timeline_app.domain.stories import Story
from timeline_app.engine.audience import AUDIENCES, POLICY
from timeline_app.engine.dataset import open_dataset
from timeline_app.viewmodel import withheld

DATASET = open_dataset("june-2020")
MOST_BYTES = 8_000_000


def exported(tmp_path: Path, name: str, story: Story, *more: str) -> bytes:
    place = tmp_path / name
    assert cli.main(["export", "june-2020", "-o", str(place), "--story", story.id, *more]) == 0
    return place.read_bytes()


def masked(page: Page) -> list[str]:
    """The masked tags that a page has, also where it is sealed."""
    said = "".join((page.said(), *(read(one).said() for one in page.sealed.values()))).casefold()
    return [tag for tag in DATASET.meta.masked_tags if tag.casefold() in said]


def flat(text: str) -> str:
    return "".join(text.split())


def test_that_the_command_line_writes_a_worksheet_in_korean_without_an_answer(qapp, tmp_path):
    story = DATASET.stories[0]
    page = read(exported(tmp_path, "w.html", story, "--worksheet", "--language", "ko"))
    hidden = withheld.of_story(story, DATASET)
    assert page.named("html") == [{"lang": "ko"}] and "이름" in page.said()
    assert not [line for line in page.said().split("\n") if hidden.holds(line)]


def test_that_nothing_that_is_masked_is_in_what_leaves_the_machine(qapp, tmp_path):
    """The step that tells of most of the reported floods, where masked tags stand; a long test takes all of them."""
    story = DATASET.stories[0]
    page = exported(tmp_path, "a.html", story, "--for", "classroom")
    assert masked(read(page)) == [] and "hateful hashtag" in read(page).said()


@pytest.mark.parametrize("name", ["a.html", "a.pdf", "w.html"])
def test_that_planted_handles_and_numbers_of_posts_are_in_no_bytes(qapp, tmp_path, monkeypatch, name):
    planted = "Said by @planted_handle in example.com/status/1268422690336935943"
    steps = [replace(step, headline=words(planted), sentence=words(planted), notes=words(planted))
             for step in tiny_story().steps]
    monkeypatch.setattr("timeline_app.engine.dataset.open_dataset", lambda *_: told(*steps))
    more = ["--worksheet"] if name.startswith("w") else ["--notes"]
    data = exported(tmp_path, name, tiny_story(), "--for", "classroom", *more)
    page = None if name.endswith("pdf") else read(data)
    said = flat("".join(pdf_text.pages(data) if page is None else (page.said(), *page.sealed.values())))
    assert "[aprivateaccount]" in said
    assert not [one for one in ("planted_handle", "1268422690336935943") if one in said or one.encode() in data]


@pytest.mark.long
@pytest.mark.parametrize("audience", [one for one in AUDIENCES if POLICY[one].masks_tags])
@pytest.mark.parametrize("story", DATASET.stories, ids=lambda one: one.id)
def test_that_no_audience_gets_a_masked_tag_in_any_format(qapp, tmp_path, story, audience):
    printed = pdf_text.pages(exported(tmp_path, "a.pdf", story, "--for", audience, "--notes"))
    page = read(exported(tmp_path, "a.html", story, "--for", audience, "--notes"))
    assert masked(page) == []
    assert not [tag for tag in DATASET.meta.masked_tags if tag.casefold() in flat("".join(printed)).casefold()]


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("story", DATASET.stories, ids=lambda one: one.id)
def test_that_every_story_is_whole_in_pdf_and_html(qapp, tmp_path, story, language):
    pages = pdf_text.pages(exported(tmp_path, "a.pdf", story, "--language", language))
    data = exported(tmp_path, "a.html", story, "--language", language)
    page = read(data)
    assert len(data) < MOST_BYTES
    guesses = sum(step.guess is not None for step in story.steps)
    assert len(pages) >= len(story.steps) + guesses + 1
    for number, step in enumerate(story.steps):
        for said in (step.headline, step.sentence, step.footnote):
            assert flat(said.say(language)) in flat(pages[number])
            assert said.say(language) in page.said()
    assert "\N{REPLACEMENT CHARACTER}" not in "".join(pages)


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("story", DATASET.stories, ids=lambda one: one.id)
def test_that_without_a_reveal_no_export_of_a_story_holds_an_answer(qapp, tmp_path, story, language):
    hidden = withheld.of_story(story, DATASET)
    said = pdf_text.pages(exported(tmp_path, "a.pdf", story, "--language", language, "--no-reveal"))
    page = read(exported(tmp_path, "a.html", story, "--language", language, "--no-reveal"))
    assert page.sealed == {}
    assert not [line for text in (*said, page.said()) for line in text.split("\n") if hidden.gives(line)]

"""The page of a story in a browser without a network: keys and fingers step, nothing is asked for, letters are ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shown_page import ShownPage
from story_fakes import ANSWERS, tiny_story, told
from timeline_app.domain.records import Words
from timeline_app.engine.dataset import Dataset, open_dataset
from timeline_app.qt.story_export import Manner, staged, story_files
from timeline_app.viewmodel.state import Setting
from timeline_app.viewmodel.story_book import Book, book

pytestmark = pytest.mark.browser
LANGUAGES = ("en", "ko")
FACES = ("400", "600", "700")
HOSTILE = "<img src=x onerror=alert(1)></title><script>alert(2)</script>"


def exported(dataset: Dataset, language: str, place: Path) -> tuple[Path, Book]:
    """The page of a dataset's first story, and what it was made from."""
    setting = Setting(language, still=True)
    made = book(dataset.stories[0], dataset, setting)
    with staged(dataset, setting) as drawing:
        story_files(made, drawing, place, Manner())()
    return place, made


@pytest.fixture(scope="module")
def made(qapp, tmp_path_factory) -> dict[str, tuple[Path, Book]]:
    """The first story of june-2020 in each language, and as "hostile" a small one that wants to be more than words."""
    folder, june = tmp_path_factory.mktemp("pages"), open_dataset("june-2020")
    steps = tiny_story().steps
    hostile = told(*steps[:2], replace(steps[2], headline=Words(HOSTILE), notes=Words(HOSTILE)), title=Words(HOSTILE))
    wanted = [(language, june, language) for language in LANGUAGES] + [("hostile", hostile, "en")]
    return {name: exported(dataset, language, folder / f"{name}.html") for name, dataset, language in wanted}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """One browser for all of it: starting it is what takes time."""
    with ShownPage(tmp_path_factory.mktemp("profile")) as page:
        yield page


def of(story: Book, number: int) -> str:
    return f"{number} / {len(story.leaves)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_keys_and_fingers_step_and_nothing_is_asked_for(browser, made, language):
    place, story = made[language]
    last = len(story.leaves)
    browser.open(place)
    assert browser.step() == of(story, 1)
    for key, number in (("PageDown", 2), ("PageUp", 1), ("ArrowRight", 2), ("ArrowLeft", 1), (" ", 2), ("Home", 1),
                        ("End", last)):
        browser.press(key)
        assert browser.step() == of(story, number), key
    assert browser.ask("location.hash") == f"#step-{story.leaves[-1].id}"
    assert story.leaves[-1].doc.headline in str(browser.ask("document.getElementById('said').textContent"))
    browser.open(place, (390, 844), touches=True)
    for start, end, number in (((300, 300), (60, 310), 2), ((60, 300), (300, 310), 1), ((370, 300), (370, 300), 2),
                               ((20, 300), (20, 300), 1), ((195, 300), (195, 300), 1)):
        browser.swipe(start, end)
        assert browser.step() == of(story, number), (start, end)
    browser.settle()
    assert browser.complaints == []
    assert [one for one in browser.requests if not one.startswith(("data:", place.as_uri()))] == []


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (844, 390)])
def test_that_a_step_fits_its_screen_and_letters_are_those_of_the_page(browser, made, size):
    place, story = made["ko"]
    browser.open(place, size)
    assert browser.ask("document.documentElement.scrollHeight") <= size[1]
    assert browser.ask("document.documentElement.scrollWidth") <= size[0]
    for selector in ("section .wide text", "section h2", "#next"):
        fonts = browser.fonts(selector)
        assert fonts and all(fonts.values()), (selector, fonts)
    assert browser.ask("document.fonts.check('16px \"Story Text\"', '제보')")


def test_that_answers_are_nowhere_until_a_key_or_the_button_shows_them(browser, made):
    place, story = made["hostile"]
    browser.open(place)
    browser.press("PageDown")
    assert browser.step() == of(story, 2)
    assert not [one for one in ANSWERS if one in browser.shown() + browser.heard()]
    browser.press("PageDown")
    assert browser.step() == of(story, 2) and "2 hours" in browser.heard()
    browser.press("PageDown")
    assert browser.step() == of(story, 3)
    browser.open(place)
    browser.press("PageDown")
    browser.ask("document.getElementById('reveal').click()")
    assert "5 hours" in browser.heard()
    browser.settle()
    assert browser.complaints == []


def test_that_hostile_words_are_only_words(browser, made):
    place, story = made["hostile"]
    browser.open(place)
    browser.press("End")
    assert HOSTILE in browser.heard() and browser.ask("document.title") == HOSTILE
    assert browser.ask("document.querySelectorAll('img, script').length") == 1
    browser.settle()
    assert browser.complaints == [] and len(browser.requests) == 1 + len(FACES)


def test_that_the_way_back_of_the_browser_is_the_way_back_in_the_story(browser, made):
    place, story = made["ko"]
    browser.open(place)
    browser.press("PageDown")
    browser.ask("new Promise(done => { addEventListener('hashchange', done, { once: true }); history.back(); })")
    assert browser.step() == of(story, 1)


def test_that_on_paper_every_step_stands_and_no_answer(browser, made):
    place, story = made["hostile"]
    browser.open(place)
    browser.on_paper()
    shown = browser.ask("[...document.querySelectorAll('section')].filter(one => one.offsetHeight > 0).length")
    assert shown == len(story.leaves) + 1
    assert browser.ask("document.querySelector('nav').offsetHeight") == 0
    assert not [one for one in ANSWERS if one in browser.shown()]
    browser.on_paper(False)

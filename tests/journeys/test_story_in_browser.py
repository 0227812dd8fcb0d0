"""The page of a story in a browser without a network: keys and fingers step, nothing is asked for, letters are ours."""

from __future__ import annotations

import pytest

from shown_page import ShownPage
from timeline_app.engine.dataset import open_dataset
from timeline_app.qt.story_export import Manner, staged, story_files
from timeline_app.viewmodel.state import Setting
from timeline_app.viewmodel.story_book import Book, book

pytestmark = pytest.mark.browser
LANGUAGES = ("en", "ko")


@pytest.fixture(scope="module")
def made(qapp, tmp_path_factory) -> dict[str, tuple]:
    """The page and the book of the first story of june-2020 in each language."""
    dataset = open_dataset("june-2020")
    found = {}
    for language in LANGUAGES:
        setting = Setting(language, still=True)
        told, place = book(dataset.stories[0], dataset, setting), tmp_path_factory.mktemp("page") / f"{language}.html"
        with staged(dataset, setting) as drawing:
            story_files(told, drawing, place, Manner())()
        found[language] = place, told
    return found


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """One browser for all of it: starting it is what takes time."""
    with ShownPage(tmp_path_factory.mktemp("profile")) as page:
        yield page


def of(told: Book, number: int) -> str:
    return f"{number} / {len(told.leaves)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_keys_and_fingers_step_and_nothing_is_asked_for(browser, made, language):
    place, told = made[language]
    last = len(told.leaves)
    browser.open(place)
    assert browser.step() == of(told, 1)
    for key, number in (("PageDown", 2), ("PageUp", 1), ("ArrowRight", 2), ("ArrowLeft", 1), (" ", 2), ("Home", 1),
                        ("End", last)):
        browser.press(key)
        assert browser.step() == of(told, number), key
    assert browser.ask("location.hash") == f"#step-{told.leaves[-1].id}"
    assert told.leaves[-1].doc.headline in str(browser.ask("document.getElementById('said').textContent"))
    browser.open(place, (390, 844), touches=True)
    for start, end, number in (((300, 300), (60, 310), 2), ((60, 300), (300, 310), 1), ((370, 300), (370, 300), 2),
                               ((20, 300), (20, 300), 1), ((195, 300), (195, 300), 1)):
        browser.swipe(start, end)
        assert browser.step() == of(told, number), (start, end)
    browser.settle()
    assert browser.complaints == []
    assert [one for one in browser.requests if not one.startswith(("data:", place.as_uri()))] == []


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (844, 390)])
def test_that_a_step_fits_its_screen_and_letters_are_those_of_the_page(browser, made, size):
    place, told = made["ko"]
    browser.open(place, size)
    assert browser.ask("document.documentElement.scrollHeight") <= size[1]
    assert browser.ask("document.documentElement.scrollWidth") <= size[0]
    for selector in ("section .wide text", "section h2", "#next"):
        fonts = browser.fonts(selector)
        assert fonts and all(fonts.values()), (selector, fonts)
    assert browser.ask("document.fonts.check('16px \"Story Text\"', '제보')")

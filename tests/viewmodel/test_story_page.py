"""A story as a page: hostile words are words, nothing is reached, answers are sealed, who does not see it hears it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest

from fakes import words
from page_reading import read
from story_fakes import ANSWERS, tiny_story, told
from timeline_app.domain.records import Words
from timeline_app.viewmodel import story_book
from timeline_app.viewmodel.page_parts import Dress, Face
from timeline_app.viewmodel.state import Setting
from timeline_app.viewmodel.story_page import Pictures, story_page

SCRIPT = "document.title;"
DRESS = Dress("p { color: @ink@; }", {"ink": "#111111"}, (Face("Story Text", "400", "woff", b"wOFF"),), SCRIPT)
HOSTILE = [
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "</title><style>*{display:none}</style>",
    "<svg><script>1</script></svg>", "</template><b>", "</section><h1>", "<!--", "]]>", "&lt;b&gt;", "a\u202ecba",
    "javascript:alert(1)", "'onclick='alert(1)", "\ud800 \x00 \x1b[2J", "<iframe src=//example.invalid>", "@ink@"]


def page(dataset=None, reveals=True, language="en"):
    chosen = dataset or told()
    book = story_book.book(chosen.stories[0], chosen, Setting(language=language, still=True), reveals)
    drawn = {(leaf.id, done): Pictures(f"<svg><text>{leaf.id} wide {done}</text></svg>", "<svg></svg>")
             for leaf in book.leaves for done in (False, True)}
    return story_page(book, drawn, DRESS)


def test_that_the_policy_lets_one_script_run_and_nothing_be_fetched():
    made = read(page())
    policy = next(one["content"] for one in made.named("meta") if one.get("http-equiv") == "Content-Security-Policy")
    fingerprint = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert policy == ("default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
                      f"script-src 'sha256-{fingerprint}'")
    assert made.named("script") == [{}]
    assert [text for path, text in made.texts if path[-1] == "script"] == [SCRIPT]


def test_that_nothing_of_a_page_is_outside_it():
    made = read(page())
    assert {"link", "iframe", "object", "embed", "base", "form", "img", "a"}.isdisjoint(tag for tag, _ in made.elements)
    given = [name for _, one in made.elements for name in one]
    assert not [name for name in given if name.startswith("on") or name in ("src", "href", "style", "action")]
    style = "".join(text for path, text in made.texts if path[-1] == "style")
    assert re.findall(r"url\((.{5})", style) == ["data:"] and "@import" not in style


@pytest.mark.parametrize("text", HOSTILE)
def test_that_hostile_words_in_every_place_are_words(text):
    plain = read(page())
    steps = [replace(one, headline=Words(text), sentence=Words(text), footnote=Words(text), notes=Words(text),
                     guess=replace(one.guess, prompt=Words(text)) if one.guess else None)
             for one in tiny_story().steps]
    made = read(page(told(*steps, title=Words(text), summary=Words(text))))
    assert [tag for tag, _ in made.elements if tag != "p"] == [
        tag for tag, _ in read(page(told(*[replace(one, notes=words("x"), footnote=words("x")) for one in
                                           tiny_story().steps]))).elements if tag != "p"]
    assert plain.named("script") == made.named("script")
    shown = made.said("h2").split("\n")[0]
    assert "\u202e" not in shown and "\x00" not in shown and "\x1b" not in shown
    if text.isprintable() and text.isascii():
        assert shown == text and made.said("title") == text


def test_that_each_step_is_a_section_in_order_with_its_number_and_its_words():
    made = read(page())
    sections = made.named("section")
    assert [one["id"] for one in sections] == ["step-asked", "step-how-long", "step-counted", "sources"]
    assert [one.get("data-where") for one in sections] == ["1 / 3", "2 / 3", "3 / 3", "Sources"]
    assert made.said("h2").split("\n")[:3] == ["An app asks", "And then it was down", "What was counted"]
    for said in ("It asks for video.", "A coder counted.", "Sources: 2, 1", "How long did it take?"):
        assert said in made.said("section")


def test_that_notes_stand_under_the_pictures_where_the_book_has_them():
    dataset = told()
    made = story_book.book(dataset.stories[0], dataset, Setting(still=True))
    drawn = {(leaf.id, done): Pictures("<svg></svg>", "<svg></svg>") for leaf in made.leaves for done in (False, True)}
    assert "Ask the room first." in read(story_page(made, drawn, DRESS)).said("aside")
    assert "Ask the room" not in read(story_page(made.without_notes(), drawn, DRESS)).said()


def test_that_pictures_are_hidden_from_who_hears_the_words():
    assert {one.get("aria-hidden") for one in read(page()).named("figure")} == {"true"}
    assert [one["role"] for one in read(page()).named("p") if one.get("id") == "said"] == ["status"]


def test_that_an_answer_is_in_no_text_before_its_key_and_whole_behind_it():
    data = page()
    made = read(data)
    assert not [one for one in (*ANSWERS, "wide True") if one in made.said() or one.encode() in data]
    assert list(made.sealed) == ["step-how-long"]
    opened = read(made.sealed["step-how-long"])
    assert "2 hours (The Example)" in opened.said("div") and "wide True" in opened.said("svg")


def test_that_without_a_reveal_the_bytes_hold_no_answer_sealed_or_not():
    data = page(reveals=False)
    assert read(data).sealed == {} and b"wide True" not in data
    assert not [one for one in ANSWERS if one.encode() in data]


def test_that_the_last_section_has_title_sources_and_which_step_rests_on_which():
    said = read(page()).said("section")
    for one in ("A tiny story", "Three steps, all invented.", "A study", "1. An app asks: 1",
                "2. And then it was down: 2, 1", "Tiny example"):
        assert one in said


@pytest.mark.parametrize(("language", "word"), [("en", "Next"), ("ko", "다음")])
def test_that_a_page_speaks_one_language_and_says_which(language, word):
    made = read(page(language=language))
    assert made.named("html") == [{"lang": language}]
    assert word in made.said("button")
    assert ("An app asks" in made.said()) == (language == "en")


def test_that_somebody_is_warned_on_the_step_and_a_step_before():
    first, second, third = tiny_story().steps
    made = read(page(told(first, replace(second, flags=frozenset({"violence"})), third)))
    assert [one["data-note"] for one in made.named("section")] == [
        "The next step contains: violence.", "Contains: violence.", "", ""]

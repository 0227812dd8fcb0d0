"""Every language says everything: the same files, the same keys, the same places to fill in."""

from __future__ import annotations

import json
import string

import pytest

from ground import tree

LANGUAGES = ("en", "ko")
TEXT = tree.ROOT / "resources" / "text"
ROOMS = sorted({path.name for path in TEXT.glob("*/*.json")})


def room(language: str, name: str) -> dict[str, str]:
    def unique(pairs):
        keys = [key for key, _ in pairs]
        assert sorted(key for key in set(keys) if keys.count(key) > 1) == [], f"{language}/{name}"
        return dict(pairs)

    return json.loads((TEXT / language / name).read_text(encoding="utf-8"), object_pairs_hook=unique)


def places(key: str, text: str) -> set[str]:
    """The names to fill in; the number of a text for exactly one may be said as a word."""
    named = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    return named - {"n"} if key.endswith(".one") else named


def test_that_there_is_a_text_catalogue():
    assert ROOMS


@pytest.mark.parametrize("name", ROOMS)
def test_that_every_language_has_the_same_keys(name):
    english, korean = (room(language, name) for language in LANGUAGES)
    assert english.keys() == korean.keys()


@pytest.mark.parametrize("name", ROOMS)
def test_that_every_language_fills_in_the_same_places(name):
    english, korean = (room(language, name) for language in LANGUAGES)
    both = english.keys() & korean.keys()
    assert [key for key in sorted(both) if places(key, english[key]) != places(key, korean[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_key_is_said_twice_in_two_files(language):
    keys = [key for name in ROOMS for key in room(language, name)]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_text_is_empty(language):
    assert [k for name in ROOMS for k, text in room(language, name).items() if not text.strip()] == []


def test_that_korean_calls_the_app_by_the_word_of_its_users():
    wrong = "\ud3ec\ud138"  # the loan word for "portal"
    assert [k for name in ROOMS for k, text in room("ko", name).items() if wrong in text] == []

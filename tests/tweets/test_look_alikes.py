"""Tags of other scripts that look like Latin ones are told, and only those."""

from __future__ import annotations

import unicodedata

from timeline_app.engine.tweets.look_alikes import CONFUSABLE, lookalikes

LATIN, CYRILLIC, MIXED = "paper", "\u0440\u0430\u0440\u0435\u0433", "pap\u0435r"


def test_that_a_tag_that_looks_like_another_of_the_collection_names_it():
    assert lookalikes([LATIN, CYRILLIC]) == {CYRILLIC: LATIN}


def test_that_a_tag_of_mixed_scripts_is_told_even_alone():
    assert lookalikes([MIXED]) == {MIXED: LATIN}
    assert lookalikes(["\u03bfrange"]) == {"\u03bfrange": "orange"}


def test_that_honest_tags_of_other_scripts_are_left_alone():
    assert lookalikes(["мир", "город", "κόσμος", "한국", "日本", "été", "orange", "kpop한국", "мир2020"]) == {}


def test_that_each_letter_of_the_table_is_small_and_of_another_script_than_what_it_is_drawn_like():
    for letter, latin in CONFUSABLE.items():
        assert letter == letter.casefold() == unicodedata.normalize("NFC", letter)
        assert unicodedata.name(letter).startswith(("CYRILLIC SMALL", "GREEK SMALL", "GREEK LUNATE", "GREEK LETTER"))
        assert unicodedata.name(latin).startswith("LATIN SMALL")

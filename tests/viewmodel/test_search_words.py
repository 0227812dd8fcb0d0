"""What a search found, in words: the match stands where it is in the text, and no line says the same twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fakes import ZONE, tiny_dataset
from timeline_app.base.text import catalogue
from timeline_app.domain.records import Words
from timeline_app.engine.search import Hit, Index, Result
from timeline_app.viewmodel import search_words

EN, KO = catalogue("en"), catalogue("ko")
INDEX = Index(tiny_dataset())


def rows(query, texts=EN):
    return search_words.rows(INDEX.search(query), tiny_dataset(), texts, ZONE)


def test_that_a_match_in_the_title_stands_in_the_title_and_the_line_below_says_when():
    first = rows("asks")[0]
    assert first.title == ("An app ", "asks", " for video")
    assert "31 May 2020" in first.below[0]


def test_that_a_match_elsewhere_stands_below_the_title():
    quotation = rows("temporarily")[0]
    assert (quotation.kind, quotation.title[0]) == ("Quotation", "Example office")
    assert quotation.below == ("The app will be down ", "temporarily", ".")


def test_that_a_claim_says_which_event_it_is_about():
    claim = rows("two hours")[0]
    assert claim.kind == "Claim" and claim.below[0] == "The app is announced down"


def test_that_the_title_is_in_the_language_of_the_screen_and_the_match_in_its_own():
    event = rows("asks", KO)[0]
    assert event.title[0] == "앱이 영상을 요청하다"
    assert event.below == ("An app ", "asks", " for video")


def test_that_a_row_is_spoken_without_its_parts_being_joined_into_new_words():
    assert rows("asks")[0].spoken().startswith("Event: An app asks for video. ")


def test_that_counts_name_the_kinds_that_have_any():
    assert search_words.count_words(INDEX.search("app"), EN, 3) == "events 2 · quotations 1"
    assert search_words.count_words(Result(), EN, 0) == ""
    assert search_words.count_words(Result((), {"events": 1_200}), EN, 50) == "events 1,200 · the first 50 are shown"


@given(st.text(max_size=150), st.integers(0, 160), st.integers(0, 160))
def test_that_the_pieces_are_the_snippet_whatever_its_bounds_are(snippet, start, length):
    hit = Hit("claims", "c", "", Words("t"), "text", snippet, start, start + length)
    before, match, after = search_words.pieces(hit)
    whole = snippet.replace("\n", " ")
    assert match + after == whole[start:] and whole[start:start + length] == match
    assert before == whole[:start] or (before.startswith("…") and whole[:start].endswith(before[1:]))
    assert len(before) <= search_words.BEFORE + 1

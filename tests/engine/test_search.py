"""Finding things by words, in every language, and marking where they stand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.fold import _pieces as fold_pieces
from timeline_app.engine.fold import fold, place_in
from timeline_app.engine.search import KINDS, Index, terms_of


@pytest.fixture(scope="module")
def june() -> Index:
    return Index(open_dataset("june-2020"))


def first(index: Index, query: str) -> tuple[str, str, str]:
    """Kind, field and matched text of the best hit."""
    hit = index.search(query).hits[0]
    return hit.kind, hit.field, hit.snippet[hit.start:hit.end]


@pytest.mark.parametrize(("query", "expected"), [
    ("kirkland", ("events", "title", "Kirkland")),
    ("방탄소년단", ("events", "title", "방탄소년단")),
    ("팬캠", ("events", "title", "팬캠")),
    ("＃bluelivesmatter", ("events", "title", "#BlueLivesMatter")),
    ("\"from 36 countries\"", ("claims", "excerpt", "from 36 countries")),
])
def test_that_the_best_hit_is_where_a_reader_looks_first(june, query, expected):
    kind, _, matched = first(june, query)
    assert kind == expected[0]
    assert matched.casefold() in expected[2].casefold()


def test_that_a_title_comes_before_a_summary_and_a_summary_before_a_place(package):
    package.tables["events"] = [
        {"id": "a", "title": "One", "label": "", "summary": "", "edtf": "2020", "place": "Seoul", "hashtags": ""},
        {"id": "b", "title": "Two", "summary": "in Seoul", "edtf": "2020"},
        {"id": "c", "title": "Three", "hashtags": "Seoul", "edtf": "2020"},
        {"id": "d", "title": "Four", "label": "Seoul", "edtf": "2020"},
        {"id": "e", "title": "Seoul", "edtf": "2020"}]
    hits = Index(open_dataset(package.write())).search("seoul").hits
    assert [hit.id for hit in hits if hit.kind == "events"] == ["e", "d", "c", "b", "a"]


def test_that_a_word_begun_comes_before_a_word_within(package):
    package.tables["events"] = [{"id": "a", "title": "Concert", "edtf": "2020"},
                                {"id": "b", "title": "A certain one", "edtf": "2020"}]
    assert [hit.id for hit in Index(open_dataset(package.write())).search("cert").hits] == ["b", "a"]


def test_that_all_words_must_match_in_any_order_and_a_phrase_as_it_is(june):
    both = june.search("police fancam")
    assert both.hits
    assert both.event_ids == june.search("fancam police").event_ids
    assert not june.search('"fancam police"').hits
    assert both.event_ids <= june.search("police").event_ids


def test_that_a_hashtag_is_found_with_its_sign_or_without(june):
    result = june.search("#BlueLivesMatter")
    assert result.counts["hashtags"] == 1
    assert result.counts["sources"] == 2
    assert result.event_ids == {"bluelivesmatter-maga-flood"}
    assert june.search("bluelivesmatter").counts["hashtags"] == 1
    assert not june.search("#dallas").hits


def test_that_counts_are_of_everything_and_hits_are_limited(june):
    result = june.search("a", limit=3)
    assert len(result.hits) == 3
    assert tuple(result.counts) == KINDS
    assert result.counts["claims"] == 195


def test_that_an_event_is_found_by_what_is_said_about_it(june):
    result = june.search("\"from 36 countries\"")
    assert result.counts["events"] == 0
    assert result.event_ids == {"oiaa-first-campaign"}


@pytest.mark.parametrize("query", ["", "  ", "#", '"', '""', "\u200b"])
def test_that_an_empty_query_finds_nothing_and_counts_nothing(june, query):
    assert june.search(query).hits == ()
    assert june.search(query).event_ids == frozenset()


def test_that_a_snippet_is_short_and_holds_the_match(june):
    for query in ("fans", "경찰", "the", "BTS", "nine"):
        for hit in june.search(query, limit=400).hits:
            assert len(hit.snippet) <= 120
            assert 0 <= hit.start < hit.end <= len(hit.snippet)
            assert fold(hit.snippet[hit.start:hit.end]) == fold(query)


def test_that_rows_of_an_event_that_could_not_be_read_are_not_found(package):
    package.tables["events"][1]["edtf"] = "soon"
    index = Index(open_dataset(package.write()))
    assert not index.search("just send").hits
    assert not index.search("many").hits


@pytest.mark.parametrize(("one", "other"), [
    ("Café", "cafe"), ("ＢＴＳ", "bts"), ("STRASSE", "straße"), ("한국", unicodedata.normalize("NFD", "한국")),
    ("Beyonce\u0301", "BEYONCÉ"), ("a\u200bb", "ab"), ("ﬁre", "fire"), ("Ångström", "angstrom")])
def test_that_what_reads_the_same_is_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("가", "각"), ("が", "か"), ("й", "и"), ("한", "하")])
def test_that_other_scripts_keep_what_tells_their_letters_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=12), st.data())
@example("ﬁne", None)
def test_that_a_place_in_the_folded_text_is_found_again_in_the_text(text, data):
    folded = fold(text)
    if not folded:
        return
    start = 0 if data is None else data.draw(st.integers(0, len(folded) - 1))
    end = 1 if data is None else data.draw(st.integers(start + 1, len(folded)))
    first_place, last_place = place_in(text, start, end)
    assert 0 <= first_place < last_place <= len(text)
    assert folded[start:end] in fold(text[first_place:last_place])


@given(st.text(max_size=60))
def test_that_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_that_no_query_raises(june, query):
    assert all(terms_of(query)) or not terms_of(query)
    june.search(query)


def test_that_marks_without_end_are_folded_in_pieces():
    endless = "a" + "\u0301" * 100_000
    assert fold(endless).startswith("a") and len(fold(endless)) <= len(endless)
    assert max(len(piece) for piece in fold_pieces(endless)) <= 32


def test_that_a_claim_is_found_by_the_question_it_answers(june):
    found = june.search("what caused the outage")
    assert found.counts["claims"] == 6 and found.event_ids == {"dallas-iwatch-down"}
    assert "dallas-iwatch-down" in june.search("outage").event_ids

"""What is said of one tweet, and of many in a list: plain texts, each with what it rests on."""
from __future__ import annotations

import numpy as np
import pytest

from timeline_app.base.text import LANGUAGES
from timeline_app.domain.calendar import HOUR, MINUTE
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Collection
from timeline_app.viewmodel import detail, text_cut, tweet_list, tweet_pick
from timeline_app.viewmodel.tweet_doc import describe_tweet
from timeline_app.viewmodel.tweet_list import ListRequest
from tweet_fakes import NOON, dataset_of, of_rows, of_tweets, told, tweet_id

HOUR_SPAN = Span(NOON, NOON + HOUR)


@pytest.fixture(scope="module")
def talk(tmp_path_factory) -> Collection:
    first = told(NOON, "an <b>original</b> &amp; more\nsecond line", "Blue", "Green", lang="ko", retweets=3, likes=9)
    repeats = [told(NOON + n * MINUTE, "RT an original", "Blue", repeats=tweet_id(NOON), retweets=3) for n in (1, 2, 3)]
    orphan = [told(NOON + n * MINUTE, "RT of another", repeats=tweet_id(NOON - HOUR), retweets=n) for n in (4, 5)]
    alone = told(NOON + 9 * MINUTE, "alone", likes=1)
    return of_tweets(tmp_path_factory.mktemp("talk"), first, *repeats, *orphan, alone)


def doc(collection: Collection, number: int, language: str = "en"):
    selected = tweet_pick.name("main", int(collection.store.rows.ids[number]))
    return describe_tweet(selected, dataset_of(collection), language, "UTC")


def listed(collection: Collection, **fields: object) -> tweet_list.TweetList:
    return tweet_list.make(ListRequest(dataset_of(collection), "main", fields.pop("span", HOUR_SPAN), **fields))


def test_that_a_tweet_says_its_text_as_it_is_when_it_was_made_and_what_that_rests_on(talk: Collection):
    found = doc(talk, 0)
    assert found.title == f"Tweet {tweet_id(NOON)}" and found.when == "Wednesday 3 June 2020, 12:00:00.000 UTC"
    assert found.when_note == "from the ID, to the millisecond"
    assert found.quotes[0].text == "an <b>original</b> & more\nsecond line" and found.quotes[0].language == "ko"
    assert found.quotes[0].credit == "3 retweets, 9 likes as of collection"
    assert {chip.text for chip in found.chips} == {"Tweet", "Korean"} and "#Blue" in found.summary
    assert found.previous == "" and found.next == tweet_pick.name("main", tweet_id(NOON + MINUTE))


def test_that_a_retweet_names_what_it_repeats_and_whether_that_is_here(talk: Collection):
    assert f"Repeats tweet {tweet_id(NOON)}, which is in this collection" in doc(talk, 1).summary
    assert "which is not in this collection" in doc(talk, 4).summary
    assert "Retweet" in {chip.text for chip in doc(talk, 1).chips}


def test_that_file_and_line_are_named_and_cited_without_the_text(talk: Collection):
    found = doc(talk, 2)
    assert (found.sources[0].name, found.sources[0].date) == ("main.jsonl", "line 3")
    assert str(tweet_id(NOON + 2 * MINUTE)) in found.citation and "main.jsonl, line 3" in found.citation
    assert f"SHA-256 beginning {talk.store.manifest.sources[0].sha256[:12]}" in found.citation
    assert "RT" not in found.citation and "from the ID" in found.citation


def test_that_a_damaged_tweet_has_no_id_and_says_how_far_its_time_may_be_off(tmp_path):
    ids = [f"{tweet_id(NOON + n * 3 * HOUR):.5E}" for n in range(30)] + ["27758622443"]
    damaged = of_rows(tmp_path, "tweet_id", ids)
    found = doc(damaged, 5)
    assert found.title == "Tweet whose ID lost digits" and found.when_note.startswith("within ")
    assert str(damaged.store.rows.ids[5]) not in found.title + found.when + found.citation
    old = doc(damaged, 0)
    assert old.when == "before November 2010" and old.title == "Tweet 27758622443"


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_pane_describes_events_and_tweets_by_one_door(talk: Collection, language: str):
    selected = tweet_pick.name("main", tweet_id(NOON))
    found = detail.describe(selected, dataset_of(talk), language, "Asia/Seoul")
    assert found is not None and "21:00" in found.when
    assert detail.describe("tweet:main:5", dataset_of(talk), language, "UTC") is None


def test_that_a_list_folds_retweets_under_what_they_repeat(talk: Collection):
    found = listed(talk)
    assert found.rows.tolist() == [0, 4, 6] and found.repeats.tolist() == [3, 1, 0]
    assert found.header == ("7 tweets, 3 June 12:00 to 3 June 13:00, UTC; 4 of them retweets, folded under 2")
    assert found.row(0).repeats == "3 retweets here" and found.row(2).repeats == ""
    assert listed(talk, folded=False).rows.tolist() == list(range(7))


@pytest.mark.parametrize("by, descending, expected", [
    ("time", False, [0, 1, 2, 3, 4, 5, 6]), ("time", True, [6, 5, 4, 3, 2, 1, 0]),
    ("retweets", True, [5, 4, 0, 1, 2, 3, 6]), ("likes", True, [0, 6, 1, 2, 3, 4, 5])])
def test_that_a_list_is_ordered(talk: Collection, by: str, descending: bool, expected: list[int]):
    assert listed(talk, folded=False, by=by, descending=descending).rows.tolist() == expected


def test_that_a_list_holds_what_a_term_a_span_and_a_search_leave(talk: Collection):
    assert listed(talk, keys=("#blue",), folded=False).rows.tolist() == [0, 1, 2, 3]
    assert listed(talk, span=Span(NOON + 2 * MINUTE, NOON + 4 * MINUTE), folded=False).rows.tolist() == [2, 3]
    found = listed(talk, matches=np.array([1, 6]), folded=False)
    assert found.rows.tolist() == [1, 6] and found.header.startswith("2 of 7 tweets match")


def test_that_a_line_is_finished_text_and_can_be_found_again(talk: Collection):
    found = listed(talk, folded=False)
    line = found.row(0)
    assert line.text == "an <b>original</b> & more second line" and line.language == "ko"
    assert line.below == "ko · 3 retweets · 9 likes · main.jsonl · line 1"
    assert [found.number_of(found.row(n).selected) for n in range(len(found))] == list(range(7))
    assert found.number_of("tweet:main:1") == found.number_of("e-1") == found.number_of("tweet:other:1") == -1


def test_that_nothing_to_list_is_a_sentence(talk: Collection):
    assert len(listed(talk, span=Span(0, 1))) == 0
    empty = tweet_list.make(ListRequest(dataset_of(talk), "gone", HOUR_SPAN))
    assert len(empty) == 0 and empty.header == "No tweet in this span." and empty.number_of("tweet:main:1") == -1


def test_that_a_cut_text_fits_and_never_ends_within_a_character():
    def width(text: str) -> float:
        return 7.0 * len(text)
    family = "👩‍👩‍👧‍👦"
    assert text_cut.cut("short", 100, width) == "short" and text_cut.cut("a long text", 35, width) == "a lo…"
    for wide in range(0, 200, 7):
        found = text_cut.cut(family * 3 + "e\u0301" * 3, wide, width)
        assert found == "…" or width(found) <= wide
        kept = found.removesuffix("…")
        assert not kept.endswith("\u200d") and (kept == "" or (family * 3 + "e\u0301" * 3)[len(kept):][:1] != "\u0301")


def test_that_lines_break_between_words_and_the_last_is_cut():
    def width(text: str) -> float:
        return 10.0 * len(text)
    assert text_cut.lines("one two three four", 80, 2, width) == ["one two", "three f…"]
    assert text_cut.lines("unbreakable", 50, 3, width) == ["unbr…"]
    assert text_cut.lines("", 50, 3, width) == [] and text_cut.lines("a b", 50, 3, width) == ["a b"]

"""Search in tweets against a slow reference that looks at every string, in whatever script, with hostile texts too."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeline_app.engine.tweets import scan, text_search, withdrawn
from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET
from timeline_app.engine.tweets.folding import fold
from timeline_app.engine.tweets.text_search import Query, Word, matches, needs_text, parse
from tweets.made import ids_at, store_of, store_of_texts

SAID = ["Police at the march", "경찰이 왔다", "방탄소년단 &amp; friends", "✊🏿✊🏿", "", "rt @BLM: come",
        "mail to @blmnyc", "two\nlines", "CAFE\u0301", "café", "\u202ehidden\u202c", "a \0 nul",
        "e" + "\u0301" * 100_000, "po", "lice", "경", "찰", "\ud83d lone", "#KPop in the text",
        'he said "no"', "lang:ko in words", "Straße", "x" * 3_000 + "end"]
RANDOM = np.random.default_rng(3)
TEXTS = SAID + [" ".join(RANDOM.choice(["police", "경찰", "march", "✊🏿", "kpop", "the", "@blm", "no"], 4))
                for _ in range(180)]
TAGS = [["KPop"] if place % 3 == 0 else ["BLM", "use=hijacked"] if place % 7 == 0 else []
        for place in range(len(TEXTS))]
LANGS = [("ko", "en", "zh-TW", "")[place % 4] for place in range(len(TEXTS))]
FLAGS = [(0, RETWEET, QUOTE, REPLY, RETWEET | QUOTE)[place % 5] for place in range(len(TEXTS))]
FOLDED = [fold(one.encode("utf-8", "replace").decode()) for one in TEXTS]
TERMS = {"#kpop": [place % 3 == 0 for place in range(len(TEXTS))], "lang:ko": [one == "ko" for one in LANGS],
         "lang:ZH-tw": [one == "zh-TW" for one in LANGS], "lang:fr": [False] * len(TEXTS),
         "kind:retweet": [bool(one & RETWEET) for one in FLAGS], "kind:original": [not one for one in FLAGS],
         "use:hijacked": ["use=hijacked" in one for one in TAGS], "＃blm": ["BLM" in one for one in TAGS],
         "#nobody": [False] * len(TEXTS)}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of_texts(tmp_path_factory.mktemp("said"), TEXTS, tags=TAGS, langs=LANGS, flags=FLAGS)


@pytest.fixture(params=[False, True], ids=["whole", "in pieces"])
def pieces(request, monkeypatch):
    if request.param:
        monkeypatch.setattr(scan, "_BLOCK", 64)
        monkeypatch.setattr(scan, "_PIECE", 256)
        monkeypatch.setattr(text_search, "_AT_ONCE", 3)


def has(place: int, word: str) -> bool:
    """Whether a tweet has a word, looked up slowly."""
    if word in TERMS:
        return TERMS[word][place]
    if re.fullmatch("@[A-Za-z0-9_]+", word):
        return re.search(re.escape(word.lower()) + "(?![a-z0-9_])", FOLDED[place]) is not None
    return fold(word.strip('"')) in FOLDED[place]


def reference(query: str) -> list[int]:
    found = [[(word.removeprefix("-"), word.startswith("-")) for word in re.findall(r'-?(?:"[^"]*"|[^"\s]+)', part)]
             for part in query.split(" OR ")]
    return [place for place in range(len(TEXTS))
            if any(all(has(place, word) != is_not for word, is_not in words) for words in found)]


@pytest.mark.usefixtures("pieces")
@pytest.mark.parametrize("query", [
    "경찰", "olic", "✊🏿", "✊", "e", "POLICE", "&", "friends", "café", "CAFE\u0301", "strasse", "two lines",
    '"two lines"', '"lines two"', "@blm", "@BLM", "blm", "police -march", "-police", "police OR 경찰",
    "police march OR 경찰 -the", "#kpop", "#kpop -police", "＃blm", "lang:ko 경찰", "lang:ZH-tw", "lang:fr", "-lang:ko",
    "kind:retweet no", "use:hijacked",
    "kind:original -#kpop -경찰", "hidden", "\0", "-경 -찰", "#nobody", "#nobody OR end", "policelice", "경찰왔다",
    "xend", "said", "in", "text", "police 경찰 march ✊🏿", '"march police"', '-"march police" police'])
def test_that_a_query_finds_what_a_slow_look_at_every_text_finds(store, query):
    found = matches(store, parse(query))
    assert found.dtype == np.int64
    assert found.tolist() == reference(query)


WORDS = st.sampled_from(["police", "경찰", "찰", "✊", "🏿", "the", "lice", '"the march"', "@blm", "no", "e", *TERMS])


@settings(max_examples=150)
@given(st.lists(st.lists(st.tuples(st.sampled_from(["", "", "-"]), WORDS), min_size=1, max_size=3), min_size=1,
                max_size=3))
def test_that_words_of_every_kind_can_be_put_together(store, alternatives):
    query = " OR ".join(" ".join(is_not + word for is_not, word in words) for words in alternatives)
    assert matches(store, parse(query)).tolist() == reference(query)


@settings(max_examples=100)
@given(st.lists(st.text("ab경찰\U0001f602", max_size=5), min_size=1, max_size=30),
       st.text("ab경찰\U0001f602", min_size=1, max_size=4))
def test_that_nothing_is_found_across_two_tweets(tmp_path_factory, texts, word):
    store = store_of_texts(tmp_path_factory.mktemp("borders"), texts)
    assert matches(store, parse(word)).tolist() == [place for place, one in enumerate(texts) if word in one]


@settings(max_examples=400)
@given(st.text(max_size=30) | st.text('-"#＃@: ORab경\0\ud800&', max_size=12))
@example('"')
@example('-"')
@example("#")
@example("-")
@example("lang:")
@example("OR OR")
@example('""')
def test_that_no_query_is_wrong(store, query):
    parsed = parse(query)
    assert all(word.text or word.key for words in parsed.alternatives for word in words)
    assert matches(store, parsed).dtype == np.int64


@pytest.mark.parametrize(("text", "expected"), [
    ("", ()), ("  ", ()), ('""', ()), ("\u200b", ()), ('"', ((Word('"'),),)), ("-", ((Word("-"),),)),
    ("#", ((Word("#"),),)),
    ("OR", ((Word("or"),),)), ("a OR", ((Word("a"),),)), ("OR a", ((Word("a"),),)),
    ("a or b", ((Word("a"), Word("or"), Word("b")),)),
    ('"to be', ((Word("to be"),),)), ('-"to be"', ((Word("to be", is_not=True),),)),
    ("#K-Pop", ((Word("#k-pop", "#k-pop"),),)),
    ("lang:KO", ((Word("", "lang=ko"),),)), ("https://t.co/Ab", ((Word("https://t.co/ab", "https=//t.co/ab"),),)),
    ("a b OR -c", ((Word("a"), Word("b")), (Word("c", is_not=True),)))])
def test_that_a_query_is_read_as_it_is_meant(text, expected):
    assert parse(text) == Query(expected)


def test_that_a_long_query_is_cut():
    assert len(parse("a " * 10_000).alternatives[0]) == text_search.LONGEST // 2


def test_that_words_are_said_not_to_be_there_where_there_are_no_texts(tmp_path):
    store = store_of(tmp_path, ids_at(0, 1, 2), tags=[["KPop"], [], ["use=hijacked"]])
    assert needs_text(parse("police"), store)
    assert not needs_text(parse("#kpop -use:hijacked"), store)
    assert matches(store, parse("police")).tolist() == []
    assert matches(store, parse("#kpop")).tolist() == [0]
    assert matches(store, parse("use:hijacked OR police")).tolist() == [2]


def test_that_a_tag_is_looked_for_in_the_texts_where_tags_were_not_collected(tmp_path):
    texts = ["for #BLM", "blm", "#blmkorea", "#BLM✊", "#blm경찰", "#ＢＬＭ, #KPop"]
    store = store_of_texts(tmp_path, texts + [""] * 200)
    assert matches(store, parse("#blm")).tolist() == [0, 3, 5]
    assert matches(store, parse("kpop #blm")).tolist() == matches(store, parse("#blm kpop")).tolist() == [5]


def test_that_withdrawn_tweets_are_not_found(tmp_path):
    store = store_of_texts(tmp_path, ["one march", "two march"], tags=[["a"], ["a"]])
    (tmp_path / withdrawn.NAME).write_text(f"{int(store.rows.ids[0])}\n", encoding="utf-8")
    for query in ("march", "#a", "one OR march", "-nothing"):
        assert matches(store, parse(query)).tolist() == [1]


class Ended(Exception):
    """The next key was pressed."""


@pytest.mark.usefixtures("pieces")
@pytest.mark.parametrize("query", ["police", "-police", "use:hijacked police", "경찰 OR march"])
def test_that_a_search_can_be_ended(store, query):
    def check() -> None:
        raise Ended

    with pytest.raises(Ended):
        matches(store, parse(query), check)

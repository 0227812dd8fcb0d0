"""Texts as they are compared: what is the same, what is not, and all at once the same as one by one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeline_app.engine.tweets import folding
from timeline_app.engine.tweets.folding import fold
from timeline_app.engine.tweets.ragged import Ragged
from tweets.made import ragged_of, store_of, store_of_texts
from tweets.stored import lists

LETTERS = st.sampled_from(list("aZ&;lt#\0\n\t \x1f\x85éÉß\u0301\u0308\u00a0\u00ad\u200b\u200d\u202e\ufe0f\ufeff"
                               "경찰\u1100\u1161\u11a8が\u3099ΣςİıǅµÅ\u0345\u09c7\u09be〇漢豈ＡﾞﾊＺ…𝐁´¨😂✊🏿🇰Ⓐ\U00010400\U0001d15e\u3000"))
TEXTS = st.lists(st.text(LETTERS, max_size=12) | st.text(max_size=12), max_size=8)


def utf8(texts: list[str]) -> Ragged:
    return ragged_of([one.encode("utf-8", "replace") for one in texts])


def texts_of(column: Ragged) -> list[str]:
    return [column.part(row, row + 1).values.tobytes().decode() for row in range(len(column.offsets) - 1)]


@pytest.mark.parametrize(("one", "other"), [
    ("POLICE", "police"), ("E\u0301COLE", "école"), ("Straße", "STRASSE"), ("\u1100\u1167\u11bc찰", "경찰"),
    ("rock &amp; roll &lt;3", "rock & roll <3"), ("✊\ufe0f", "✊"), ("zero\u200bwidth", "zerowidth"),
    ("\u202eabc\u202c", "abc"), ("\ufeffbegin", "begin"), ("two\nlines", "two lines"), ("a\u00a0b", "a b"),
    ("&#44221;찰", "경찰"), ("ΟΔΟΣ", "οδος"), ("so\u00adft", "soft"),
    ("ＢＬＭ", "blm"), ("𝗕𝗟𝗠", "blm"), ("ｶﾞ", "ガ"), ("wait…", "wait...")])
def test_that_what_reads_the_same_is_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [
    ("cafe", "café"), ("kpop", "kрop"), ("&amp;amp;", "&"), ("a  b", "a b"), ("경찰", "경잘")])
def test_that_what_reads_differently_is_not_the_same(one, other):
    assert fold(one) != fold(other)


@settings(max_examples=400)
@given(TEXTS)
@example(["&am", "p;", "&amp", ";", "e", "\u0301"])
@example(["", "", ""])
@example([])
def test_that_texts_are_folded_all_at_once_as_one_by_one(texts):
    wanted = [one.encode("utf-8", "replace").decode() for one in texts]
    assert texts_of(folding.folded(utf8(texts))) == [fold(one) for one in wanted]


def test_that_every_character_is_folded_all_at_once_as_alone():
    letters = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]
    assert texts_of(folding.folded(utf8(letters))) == [fold(one) for one in letters]


def test_that_every_mark_melts_into_what_is_before_it():
    marks = [chr(code) for code in range(0x20000)
             if unicodedata.combining(chr(code)) or 0x1160 <= code < 0x1200 or unicodedata.decomposition(chr(code))]
    texts = [f"{base}{mark}" for base in ("e", "가", "\u09c7", "\u1100") for mark in marks]
    assert texts_of(folding.folded(utf8(texts))) == [fold(one) for one in texts]


@pytest.mark.parametrize("text", ["e" + "\u0301" * 100_000, "e" + "\u0301\u0323" * 50_000, "\u1161" * 100_000])
def test_that_marks_without_end_are_folded(text):
    assert len(fold(text)) > 90_000


def test_that_a_store_keeps_the_folded_twin_of_its_texts(tmp_path, monkeypatch):
    monkeypatch.setattr(folding, "_BLOCK", 40)
    texts = ["One &amp; TWO", "", "경찰 POLICE", "x" * 100, "", "\ud800 lone", "E\u0301 \0 NUL"] * 5
    store = store_of_texts(tmp_path, texts)
    assert [bytes(one).decode() for one in lists(store, "folded")] == [
        fold(one.encode("utf-8", "replace").decode()) for one in texts]
    assert {"folded.npy", "folded_ends.npy"} <= {one.name for one in store.manifest.files}


def test_that_a_store_without_texts_has_no_twin(tmp_path):
    assert "folded" not in store_of(tmp_path, [1_267_000_000_000_000_000]).rows.ragged

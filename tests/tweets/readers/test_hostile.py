"""What is broken, hostile or endless costs its own line and no more."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.engine.tweets.lines import Piece
from timeline_app.engine.tweets.readers import reading, records
from timeline_app.engine.tweets.readers.gather import Notes
from timeline_app.engine.tweets.readers.sniff import Shape
from tweets.readers.made import jsonl, places, read, texts, tweet_id, v2, v11

V2, V11 = Shape("v2", "lines"), Shape("v11", "lines")
GOOD = jsonl(v2(1, "good"))
BAD = [
    (b'{"id": NaN, "text": "x"}', "broken_json"), (b'{"id": 1e999, "text": "x"}', "not_an_id"),
    (b'{"id": 1.5e18, "text": "x"}', "not_an_id"), (b'{"id": "1_000", "text": "x"}', "not_an_id"),
    ('{"id": "１２６８０００００００００００００００", "text": "x"}'.encode(), "not_an_id"),
    (b'{"id": %d, "text": "x"}' % 10**30, "too_large"), (b'{"id": -5, "text": "x"}', "not_an_id"),
    (b'{"id": "", "text": "x"}', "no_id"), (b'{"text": "x"}', "no_id"), (b'{"id": "1"}', "not_a_tweet"),
    (b'{"id": "1", "text": ' + b"[" * 5000 + b"]" * 5000 + b"}", "wrong_types"),
    (b'{"id": "1", "text": "x", "more": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", "nested_too_deep"),
    (b'{"id": "1", "text": "x"', "cut_line"), (b"<html>", "broken_json"), (b"3", "wrong_types"),
    (b'{"id": true, "text": "x"}', "not_an_id"), (b'{"id": "1", "text": ["x"]}', "wrong_types")]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=[f"{n}-{reason}" for n, (_, reason) in enumerate(BAD)])
def test_that_a_bad_line_is_refused_with_place_and_reason_and_its_neighbours_are_read(line, reason):
    batch = read(GOOD + line + b"\n" + GOOD, shape=V2)
    assert batch.ids.tolist() == [tweet_id(1)] * 2
    assert places(batch) == [(2, len(GOOD), reason)]
    assert batch.refused[0].start == line[:200]
    assert all(catalogue(language).has(f"tweet_readers.{reason}") for language in LANGUAGES)


def test_that_a_post_before_the_scheme_is_kept_with_its_flag():
    batch = read(jsonl(v2(1, "x", id="1480402543")), shape=V2)
    assert (batch.ids.tolist(), batch.clock.compared, bool(batch.flags[0])) == ([1480402543], 0, True)


@pytest.mark.parametrize(("written", "text"), [
    (b"a\\ud800b", "a\ufffdb"), (b"\\udc00", "\ufffd"), (b"\\ud83d\\ude00 \\ud83d", "\U0001f600 \ufffd"),
    (b"\\\\ud800", "\\ud800"), (b"a\xff", "a\ufffd"), (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd")])
def test_that_lone_surrogates_and_wrong_bytes_are_replaced(written, text):
    assert texts(read(b'{"id": "%d", "text": "%s"}\n' % (tweet_id(1), written), shape=V2)) == (text,)


@pytest.mark.parametrize("shape", [V2, V11, Shape("fourcat_web", "lines"), Shape("snscrape", "lines")])
def test_that_lines_in_which_something_was_replaced_are_counted(shape):
    line = jsonl({"id": tweet_id(1), "rest_id": str(tweet_id(1)), "text": "x", "rawContent": "x", "lang": "@"})
    data = line + line.replace(b"@", b"\xc1\xc1") + line.replace(b"@", b"\\ud800") + line.replace(b"@", b"{")
    notes = Notes()
    batch = read(data + b'{"id": "\xc1', notes, shape)
    assert (len(batch.ids), notes.passed["replaced"]) == (4, 2)
    assert places(batch) == [(5, len(data), "cut_line")]


def test_that_a_line_that_is_read_in_parts_is_counted_once():
    page = {"data": [v2(1, "@"), v2(2, "@"), v2(3, "x", lang=5)], "includes": {"tweets": [v2(4, "@")]}}
    notes = Notes()
    batch = read(jsonl(page).replace(b"@", b"\xff") + jsonl({"limit": "@"}).replace(b"@", b"\xff"), notes, V2)
    assert (len(batch.ids), notes.passed["replaced"]) == (2, 1)
    notes = Notes()
    read(jsonl({"limit": {}, "lang": "@"}).replace(b"@", b"\xff"), notes, V11)
    assert notes.passed == {"limit": 1, "replaced": 1}


def test_that_a_count_that_no_tweet_can_have_is_not_known():
    given = [7, "7", 2**31 - 1, 2**31, 10**40, "9" * 40, -3, "-3", 1e300, "many", None]
    batch = read(jsonl(*(v2(n, "x", public_metrics={"retweet_count": one}) for n, one in enumerate(given))), shape=V2)
    assert batch.retweets.tolist() == [7, 7, 2**31 - 1, *[0] * 8]


def test_that_a_line_above_the_limit_is_refused_and_the_next_one_read(monkeypatch):
    monkeypatch.setattr(records, "LINE_LIMIT", 3_000_000)
    long = b'{"id": "1", "text": "' + b"x" * 5_000_000 + b'"}\n'
    batch = read(GOOD + long + GOOD, shape=V2)
    assert places(batch) == [(2, len(GOOD), "line_too_long")]
    assert (len(batch.ids), len(batch.refused[0].start)) == (2, 200)
    again = read(long + GOOD + b"{\n", shape=V2)
    assert places(again)[1] == (3, len(long) + len(GOOD), "cut_line")


def test_that_an_endless_element_ends_the_array(monkeypatch):
    monkeypatch.setattr(records, "LINE_LIMIT", 2_000_000)
    written = b"[" + GOOD.strip() + b',{"text": "' + b"x" * 5_000_000
    batch = read(written, shape=Shape("v2", "array"))
    assert (len(batch.ids), places(batch)) == (1, [(1, len(GOOD) + 1, "element_too_long")])


@pytest.mark.parametrize("shape", [Shape("v2", "array"), Shape("v11", "inner_array")])
def test_that_an_array_that_was_cut_between_its_elements_says_so(shape):
    one = GOOD.strip() if shape.kind == "v2" else jsonl(v11(1, "x")).strip()
    begin = b'{"statuses": [' if shape.kind == "v11" else b"["
    whole = begin + one + b",\n" + one
    for end in (b"", b",", b",\n "):
        batch = read(whole + end, shape=shape)
        assert (len(batch.ids), places(batch)) == (2, [((whole + end).count(b"\n") + 1, len(whole + end), "cut_file")])
    batch = read(whole + (b"]" if shape.kind == "v2" else b"], \"search_metadata\": {}}"), shape=shape)
    assert (len(batch.ids), places(batch)) == (2, [])


def test_that_a_cut_gzip_keeps_its_whole_lines():
    packed = gzip.compress(jsonl(*(v2(number, f"{number} {number * 7919 % 1000}") for number in range(2000))))
    batches = list(reading.read(io.BytesIO(packed[:-2000]), "x.gz", V2, Notes()))
    assert sum(len(batch.ids) for batch in batches) > 100
    assert [reason for batch in batches for _, _, reason in places(batch)] == ["cut_file"]


def test_that_pieces_of_lines_count_from_where_they_begin():
    pieces = [Piece(GOOD + b"{\n", 1000, 20), Piece(GOOD, 1002 + len(GOOD), 22)]
    [batch] = reading.read_pieces(pieces, "x", V2, Notes())
    assert (batch.line.tolist(), places(batch)) == ([21, 23], [(22, 1000 + len(GOOD), "cut_line")])


def test_that_blank_lines_line_ends_of_windows_and_a_mark_at_the_beginning_change_nothing():
    data = b"\xef\xbb\xbf" + GOOD.strip() + b"\r\n\r\n \t\n" + GOOD.strip()
    [batch] = reading.read_pieces([Piece(data, 0, 0)], "x", V2, Notes())
    assert (batch.line.tolist(), batch.refused) == ([1, 4], ())
    assert read(data, shape=V2).line.tolist() == [1, 4]


def test_that_batches_are_bounded_and_keep_the_order():
    data = jsonl(*(v2(number, "x") for number in range(300))) * 75
    sizes, ids = [], []
    for batch in reading.read(io.BytesIO(data), "x", V2, Notes()):
        sizes.append(len(batch.ids))
        ids += batch.ids.tolist()
    assert max(sizes) <= 10_000
    assert ids == [tweet_id(number) for number in range(300)] * 75


class Dripping(io.BytesIO):
    """Gives at most so many bytes at a time."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(data)
        self._most = most

    def read(self, size: int = -1) -> bytes:
        return super().read(min(size, self._most))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=8),
       st.integers(2, 400), st.sampled_from([None, 1, "\t"]))
def test_that_elements_are_found_whatever_their_texts_and_wherever_blocks_end(texts, block, indent):
    made = [v11(number, text) for number, text in enumerate(texts)]
    data = json.dumps(made, indent=indent, ensure_ascii=bool(block % 2)).encode()
    found = list(records.elements(Dripping(data, block), "x"))
    assert [json.loads(one.data) for one in found] == made
    assert all(data[one.offset:one.offset + len(one.data)] == one.data for one in found)
    assert [one.line for one in found] == [data[:one.offset].count(b"\n") + 1 for one in found]

"""A piece of v2 lines read at once gives what going from line to line gives; anything odd is left to that."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.engine.tweets.batch import Batch
from timeline_app.engine.tweets.lines import Piece
from timeline_app.engine.tweets.readers import reading, v2, v2_pieces
from timeline_app.engine.tweets.readers.gather import Notes, Reader, batches
from timeline_app.engine.tweets.readers.records import of_piece
from timeline_app.engine.tweets.readers.sniff import Shape
from tweets.readers.made import jsonl, page, rows, tags, tweet_id
from tweets.readers.made import v2 as tweet

LINE_BY_LINE = Reader(v2.tweets, v2.columns)
ORIGINAL = tweet(0, "the whole text #one #two", "one", "two", note_tweet={"text": "longer", "entities": {
    "hashtags": [{"tag": "three"}]}})
RETWEETING = tweet(5, "RT @fan-1: the wh…", "one", referenced_tweets=[{"type": "retweeted", "id": str(tweet_id(0))}])
FLAT = tweet(6, "RT @fan-1: the wh…", referenced_tweets=[dict(ORIGINAL, type="retweeted")], lang="ko")
ANSWER = tweet(7, "no 아니요", "a", "a", referenced_tweets=[{"type": "replied_to", "id": "5"},
                                                           {"type": "quoted", "id": "6"}])
TOOL = page()["__twarc"]
GOOD = {
    "flat": jsonl(FLAT, dict(ANSWER, __twarc=TOOL), dict(FLAT, __twarc=TOOL), dict(ORIGINAL, __twarc=None)),
    "pages": jsonl(page(RETWEETING, ANSWER, originals=(ORIGINAL,)), page(), page(FLAT)),
    "streams": jsonl({"data": RETWEETING, "includes": {"tweets": [ORIGINAL]}}, {"data": ANSWER}, {"data": FLAT}),
    "mixed": jsonl(page(RETWEETING), {"data": ANSWER}, dict(FLAT, __twarc=TOOL)),
    "windows": jsonl(FLAT, ANSWER).replace(b"\n", b"\r\n"), "without an end": jsonl(FLAT, ANSWER)[:-1], "nothing": b"",
    "hundreds": jsonl(*(dict(FLAT, id=str(tweet_id(number))) for number in range(900)))}
NUMBERS = [0, -1, 5, 1.5, 2**70, True, None, "", "0", "-5", "007", "1.26426E+18", "1e3", "null", "nan", "5.0", " 5",
           "٣", str(2**64), str(tweet_id(3)), tweet_id(3)]
WORDS = [None, "", "null", "5", "ko", 5, ["x"], {}, "\ud800", "a\nb", "\u0000"]
THINGS = [None, "null", [], {}, [None], [{}], "x", 5, {"hashtags": None}, {"hashtags": {}}, {"hashtags": [{"tag": ""}]},
          {"text": None}, {"tweets": [{}]}, {"retweet_count": "7"}, {"like_count": 1e300}, {"retweet_count": None}]
FIELDS = {"id": NUMBERS, "author_id": NUMBERS, "text": WORDS, "lang": WORDS, "created_at": WORDS, "entities": THINGS,
          "public_metrics": THINGS, "note_tweet": THINGS, "referenced_tweets": THINGS, "__twarc": [*THINGS, {"url": 5}],
          "errors": THINGS, "data": THINGS, "includes": THINGS, "type": WORDS}


def both(data: bytes) -> list[tuple]:
    """What a piece gives: as it is read, and line by line."""
    piece, told = Piece(data, 1_000, 20), (Notes(), Notes())
    found = (reading.read_pieces([piece], "x", Shape("v2", "lines"), told[0]),
             batches(LINE_BY_LINE, of_piece(piece, "x"), told[1]))
    return [(list(map(plain, made)), notes.origins, notes.passed, notes.outer_uses, notes.original_uses)
            for made, notes in zip(found, told, strict=True)]


def plain(batch: Batch) -> tuple:
    columns = [getattr(batch, name) for name in ("half_width_ms", "original", "line")]
    outer = [tags(batch, row, outer=True) for row in range(len(batch.ids))]
    return rows(batch), [(one.dtype, one.tolist()) for one in columns], outer, batch.refused, batch.clock


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_that_a_piece_that_is_as_it_should_be_is_read_at_once(data):
    found = v2_pieces.blocks(Piece(data, 0, 0), Notes())
    assert sum(len(one.text) for one in found) == sum(len(batch.ids) for batch in batches(
        LINE_BY_LINE, of_piece(Piece(data, 0, 0), "x"), Notes()))
    whole, single = both(data)
    assert whole == single


@pytest.mark.parametrize("odd", [
    b'{"id": "1268000000000000000", "text": "a"} {"id": "1268000000000000001", "text":\n"b"}\n', b"\n" + GOOD["flat"],
    b'{"data": [{"id": "1268000000000000000", "text": "a"}\n,{"id": "1268000000000000001", "text": "b"}]}\n',
    b'{"data": [{"id": "1268000000000000000", "text": "a"},\r\n{"id": "1268000000000000001", "text": "b"}]}\n',
    b"\xef\xbb\xbf" + GOOD["flat"], GOOD["pages"] + b"\n \n", b"[" + GOOD["flat"][:-1] + b"]\n", b"3\n", b"}\n{\n",
    GOOD["flat"][:-9], b'{"id": "1' + b"[" * 50_000 + b"\n", GOOD["flat"].replace(b"RT", b"\xff"),
    GOOD["flat"].replace(b"RT", b"\\ud800"), b'{"errors": []}\n', b'{"errors": [{}]}\n'], ids=range(15))
def test_that_an_odd_piece_is_read_line_by_line(odd):
    assert v2_pieces.blocks(Piece(odd, 0, 0), notes := Notes()) is None and notes == Notes()
    for data in (odd, GOOD["pages"] + odd, odd + GOOD["flat"]):
        whole, single = both(data)
        assert whole == single


@st.composite
def spoiled(draw):
    """A line of which up to two fields, at any depth, are something else."""
    line = json.loads(json.dumps(draw(st.sampled_from([
        FLAT, ANSWER, dict(FLAT, __twarc=TOOL), page(RETWEETING, ANSWER, originals=(ORIGINAL,)),
        {"data": RETWEETING}]))))
    inside = [line, *(line.get("data", []) if isinstance(line.get("data"), list) else []),
              *line.get("referenced_tweets", []), *line.get("includes", {}).get("tweets", [])]
    for _ in range(draw(st.integers(0, 2))):
        name = draw(st.sampled_from(sorted(FIELDS)))
        draw(st.sampled_from(inside))[name] = draw(st.sampled_from(FIELDS[name]))
    return line


@settings(max_examples=400)
@given(st.lists(spoiled(), min_size=1, max_size=3))
def test_that_whatever_stands_in_a_field_both_ways_read_the_same(lines):
    whole, single = both(jsonl(*lines))
    assert whole == single

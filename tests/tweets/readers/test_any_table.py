"""A table that no tool is known for: told by an ID and a text, its other columns by their names."""

from __future__ import annotations

import io

import pytest

from timeline_app.engine.tweets.batch import QUOTE, RETWEET
from timeline_app.engine.tweets.readers import reading
from timeline_app.engine.tweets.readers.gather import Notes
from timeline_app.engine.tweets.readers.sniff import Shape, sniff

FIRST = 1268075191464886272
TABLE = Shape("any_table", "table")


def read(data: bytes):
    return next(iter(reading.read(io.BytesIO(data), "a.csv", TABLE, Notes())))


def names_of(batch, row: int) -> list[str]:
    tags = batch.tags
    return [tags.names[code] for code in tags.codes[tags.offsets[row] : tags.offsets[row + 1]]]


def words(batch) -> list[str]:
    ends = batch.text.offsets.tolist()
    return [bytes(batch.text.values[a:b]).decode() for a, b in zip(ends, ends[1:], strict=False)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_that_columns_are_known_by_their_names(delimiter):
    rows = [["Tweet_ID", "Text", "created_at", "lang", "retweet_count", "is_quote"],
            [str(FIRST), '"one, two; #Three\nfour"', "2020-06-03 07:02:12", "ko", "5", "True"],
            [str(FIRST + 1), "RT @x: again", "", "", "", ""]]
    data = "".join(delimiter.join(row) + "\n" for row in rows).encode()
    assert sniff(data) == TABLE
    batch = read(data)
    assert batch.ids.tolist() == [FIRST, FIRST + 1]
    assert words(batch) == ["one, two; #Three\nfour", "RT @x: again"]
    assert batch.flags.tolist() == [QUOTE, RETWEET]
    assert batch.retweets.tolist() == [5, 0]
    assert batch.langs[batch.lang[0]] == "ko"
    assert names_of(batch, 0) == ["Three"]


@pytest.mark.parametrize(("cell", "tags"), [("a|#b", ["a", "b"]), ('"[""#a"", ""b""]"', ["a", "b"]), ("", [])])
def test_that_a_column_of_tags_goes_before_the_text(cell, tags):
    assert names_of(read(f"id,text,hashtags\n{FIRST},see #other,{cell}\n".encode()), 0) == tags


@pytest.mark.parametrize("data", [b"id,text\n1,a\n2,b\n", b"id,title\n%d,a\n" % FIRST, b"user_id,text\n%d,a\n" % FIRST,
                                  b"text\nwords\n", b'id,text\n"'])
def test_that_other_tables_are_no_tweets(data):
    assert sniff(data).kind != "any_table"


def test_that_a_damaged_id_is_taken_from_the_link():
    batch = read(f"id,text,url\n1.26808E+18,a,https://twitter.com/x/status/{FIRST}\n".encode())
    assert batch.ids.tolist() == [FIRST]
    assert batch.flags.tolist() == [0]

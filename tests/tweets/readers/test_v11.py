"""Tweets of the v1.1 API and of personal archives."""

from __future__ import annotations

import gzip
import json

import pytest

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET
from timeline_app.engine.tweets.lines import GZIP
from timeline_app.engine.tweets.readers import archive
from timeline_app.engine.tweets.readers.gather import Notes
from timeline_app.engine.tweets.readers.sniff import sniff
from tweets.readers.made import jsonl, places, read, rows, tags, texts, tweet_id, v11

ORIGINAL = v11(0, "all of it #one #two", "one", "two")
RETWEETING = v11(3, "RT @fan-1: all of…", retweeted_status=ORIGINAL)
EXTENDED = v11(4, "", text="cut…", truncated=True, in_reply_to_status_id_str="1", extended_tweet={
    "full_text": "cut no more #end", "entities": {"hashtags": [{"text": "end"}]}})
del EXTENDED["full_text"]
EVERY = [ORIGINAL, RETWEETING, EXTENDED, v11(5, "see", is_quote_status=True)]


def test_that_text_tags_and_flags_are_those_of_the_whole_tweet():
    batch = read(jsonl(*EVERY))
    assert texts(batch) == ("all of it #one #two", "all of it #one #two", "cut no more #end", "see")
    assert [tags(batch, row) for row in range(4)] == [["one", "two"], ["one", "two"], ["end"], []]
    assert tags(batch, 1, outer=True) == []
    assert batch.flags.tolist() == [0, RETWEET, REPLY, QUOTE]
    assert (batch.original.tolist(), batch.line.tolist()) == ([0, tweet_id(0), 0, 0], [1, 2, 3, 4])
    assert (batch.clock.compared, batch.clock.offset_s) == (4, 0)


@pytest.mark.parametrize("written", [
    json.dumps(EVERY).encode(), json.dumps(EVERY, indent=2).encode(),
    json.dumps({"search_metadata": {"count": 4}, "statuses": EVERY}).encode(),
    b"".join(json.dumps(one, indent=1).encode() + b"\n" for one in EVERY),
    gzip.compress(jsonl(*EVERY[:1])) + gzip.compress(jsonl(*EVERY[1:]))],
    ids=["array", "indented", "statuses", "objects", "gzip members"])
def test_that_every_layout_gives_the_same_rows(written):
    plain = jsonl(*EVERY)
    shape = sniff(plain if written.startswith(GZIP) else written)
    assert rows(read(written, shape=shape)) == rows(read(plain))


def test_that_notices_of_a_stream_are_counted_and_not_refused():
    notes = Notes()
    batch = read(jsonl({"delete": {"status": {"id": 1}}}, EVERY[0], {"limit": {"track": 5}}, {"delete": {}}), notes)
    assert (len(batch.ids), batch.refused, dict(notes.passed)) == (1, (), {"delete": 2, "limit": 1})


def test_that_a_float_id_is_refused_unless_the_text_has_it_whole():
    only = {"id": 1.26e18, "text": "x", "user": {}}
    batch = read(jsonl(v11(1, "x", id=1.26e18), only, {"text": "x", "user": {}}))
    assert [reason for _, _, reason in places(batch)] == ["not_an_id", "no_id"]
    assert batch.ids.tolist() == [tweet_id(1)]


def archived(number: int, text: str) -> dict:
    tweet = v11(number, text, "one", favorite_count="4", retweet_count="12", retweeted=False, id=str(tweet_id(number)))
    del tweet["user"]
    return {"tweet": tweet}


def test_that_an_archive_is_read_behind_its_first_equals_sign_and_never_run():
    script = b"window.YTD.tweets.part0 = " + json.dumps([archived(1, "a = b"), archived(2, "RT @fan-1: c")]).encode()
    batch = read(script + b";\n")
    assert batch.ids.tolist() == [tweet_id(1), tweet_id(2)]
    assert (batch.flags.tolist(), batch.author.tolist()) == ([0, RETWEET], [0, 0])
    assert (batch.retweets.tolist(), batch.likes.tolist(), batch.refused) == ([12, 12], [4, 4], ())


@pytest.mark.parametrize(("name", "may"), [
    ("data/tweets.js", True), ("data/tweet.js", True), ("my archive/data/tweets-part1.js", True),
    ("data/js/tweets/2013_01.js", True), ("data/direct-messages.js", False), ("data/deleted-tweets.js", False),
    ("data/account.js", False), ("data/tweet-headers.js", False), ("tweets.js", False), ("data/tweets.js.exe", False)])
def test_that_of_an_archive_only_tweet_files_are_named(name, may):
    assert archive.is_tweet_file(name) is may


def test_that_text_between_the_elements_of_an_array_is_refused_with_its_line():
    written = b"[\n" + json.dumps(EVERY[0]).encode() + b",\n17,\n" + json.dumps(EVERY[3]).encode() + b"\n]"
    batch = read(written)
    assert len(batch.ids) == 2
    assert [(line, reason) for line, _, reason in places(batch)] == [(2, "not_an_object")]


def test_that_an_array_that_was_cut_keeps_its_whole_elements():
    batch = read(json.dumps(EVERY).encode()[:-30])
    assert (len(batch.ids), [reason for _, _, reason in places(batch)]) == (3, ["cut_file"])


def test_that_text_between_objects_that_follow_each_other_is_refused():
    written = json.dumps(EVERY[0], indent=1).encode() + b"\nstray\n" + json.dumps(EVERY[3], indent=1).encode()
    batch = read(written)
    assert (len(batch.ids), [reason for _, _, reason in places(batch)]) == (2, ["not_an_object"])

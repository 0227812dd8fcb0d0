"""Tweets of the v2 API: pages, streams and flat ones say the same, and a bad one stands alone."""

from __future__ import annotations

import json

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET
from timeline_app.engine.tweets.readers.gather import Notes, Origin
from tweets.readers.made import iso, jsonl, page, places, read, rows, tags, texts, tweet_id, v2

ORIGINAL = v2(0, "the whole text #one #two #three", "one", "two", "three")


def refers(kind: str, number: int) -> dict:
    return {"referenced_tweets": [{"type": kind, "id": str(tweet_id(number))}]}


RETWEETING = v2(5, "RT @fan-1: the whole te…", "one", **refers("retweeted", 0))
ANSWER = v2(6, "no", **refers("replied_to", 0))
QUOTING = v2(7, "see", "One", "One", **refers("quoted", 0))


def test_that_a_page_a_stream_and_flat_tweets_give_the_same_rows():
    flat = dict(RETWEETING, referenced_tweets=[dict(ORIGINAL, type="retweeted")])
    pages = read(jsonl(page(RETWEETING, ANSWER, originals=(ORIGINAL,))))
    stream = read(jsonl({"data": RETWEETING, "includes": {"tweets": [ORIGINAL]}}, {"data": ANSWER}))
    assert rows(pages) == rows(stream) == rows(read(jsonl(flat, ANSWER)))
    assert len(pages.ids) == 2


def test_that_a_retweet_has_text_tags_and_metrics_of_its_original_and_keeps_its_own_tags():
    notes = Notes()
    batch = read(jsonl(page(RETWEETING, originals=(ORIGINAL,))), notes)
    assert texts(batch) == (ORIGINAL["text"],)
    assert (tags(batch, 0), tags(batch, 0, outer=True)) == (["one", "two", "three"], ["one"])
    assert (notes.outer_uses, notes.original_uses) == (1, 3)
    assert (batch.retweets.tolist(), batch.original.tolist()) == ([0], [tweet_id(0)])


def test_that_a_retweet_without_its_original_keeps_what_it_has():
    batch = read(jsonl(page(RETWEETING)))
    assert (texts(batch)[0], tags(batch, 0)) == (RETWEETING["text"], ["one"])


def test_that_every_row_has_the_line_of_its_record():
    batch = read(jsonl(page(ANSWER, QUOTING), page(ORIGINAL)) + b"{\n" + jsonl(page(RETWEETING)))
    assert (batch.line.tolist(), batch.original.tolist()) == ([1, 1, 2, 4], [0, 0, 0, tweet_id(0)])


def test_that_retweets_quotes_and_replies_are_flagged():
    batch = read(jsonl(page(RETWEETING, ANSWER, QUOTING, ORIGINAL)))
    assert batch.flags.tolist() == [RETWEET, REPLY, QUOTE, 0]


def test_that_a_tag_counts_once_a_tweet_in_the_form_it_was_written():
    assert tags(read(jsonl(QUOTING)), 0) == ["One"]


def test_that_a_cut_last_line_is_refused_with_its_place_and_first_bytes():
    good = jsonl({"data": ANSWER})
    batch = read(good + jsonl({"data": QUOTING})[:40])
    assert places(batch) == [(2, len(good), "cut_line")]
    assert batch.refused[0].start == jsonl({"data": QUOTING})[:40]
    assert len(batch.ids) == 1


def test_that_query_its_window_and_the_time_of_collection_are_kept():
    notes = Notes()
    read(jsonl(page(ANSWER, QUOTING), page(ORIGINAL)), notes)
    assert notes.origins == {Origin("#tag lang:ko", "2020-06-10T00:00:00+00:00", "twarc 2.5.0", end="x"): 3}


def test_that_a_page_of_errors_only_is_counted_and_not_refused():
    notes = Notes()
    batch = read(jsonl(page(ANSWER), {"errors": [{"title": "Not Found"}]}), notes)
    assert (len(batch.ids), batch.refused, notes.passed["errors"]) == (1, (), 1)


def test_that_one_bad_tweet_of_a_page_is_refused_alone():
    batch = read(jsonl(page(ANSWER, dict(QUOTING, id=1.26e18), dict(ORIGINAL, lang=3), originals=(ORIGINAL,))))
    assert [reason for _, _, reason in places(batch)] == ["not_an_id", "wrong_types"]
    assert batch.ids.tolist() == [tweet_id(6)]


def test_that_an_array_of_tweets_is_read_with_empty_objects_for_empty_lists():
    bare = dict(ANSWER, entities={"hashtags": {}}, referenced_tweets={})
    batch = read(json.dumps([bare, QUOTING], indent=1).encode())
    assert (batch.ids.tolist(), batch.flags.tolist()) == ([tweet_id(6), tweet_id(7)], [0, QUOTE])


def test_that_a_long_post_has_its_whole_text_and_tags():
    note = {"note_tweet": {"text": "all of it #end", "entities": {"hashtags": [{"tag": "end"}]}}}
    batch = read(jsonl(v2(1, "all of…", **note)))
    assert (texts(batch), tags(batch, 0)) == (("all of it #end",), ["end"])


def test_that_a_constant_offset_of_the_clock_is_told_in_seconds():
    wrong = [v2(number, "x", created_at=iso(number + 60)) for number in range(20)]
    assert read(jsonl(*wrong)).clock.offset_s == 3600
    assert read(jsonl(*wrong)).clock.compared == 20
    mixed = read(jsonl(*wrong[:10], *(v2(number, "x") for number in range(30, 40))))
    assert mixed.clock.offset_s is None

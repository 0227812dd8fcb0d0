"""Tweets as web scrapers saved them: snscrape, and the web objects of Zeeschuimer and 4CAT."""

from __future__ import annotations

import pytest

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET
from timeline_app.engine.tweets.readers.gather import Notes, Origin
from tweets.readers.made import english, iso, jsonl, places, read, rows, tags, tweet_id


def scraped(number: int, **more: object) -> dict:
    return {"_type": "snscrape.modules.twitter.Tweet", "id": tweet_id(number), "date": iso(number)[:19] + "+00:00",
            "rawContent": "x #one", "lang": "en", "user": {"id": 7, "username": "fan-1"}, "hashtags": ["one"],
            "retweetCount": 1, "likeCount": 2, "_snscrape": "0.4.3", **more}


def test_that_snscrape_lines_are_read_with_null_and_older_names():
    older = scraped(2, hashtags=None, content="y", quotedTweet={"id": 1}, inReplyToTweetId=3)
    del older["rawContent"]
    notes = Notes()
    batch = read(jsonl(scraped(1), older), notes)
    assert rows(batch) == [(tweet_id(1), 0, 7, "en", 1, 2, ["one"], "x #one"),
                           (tweet_id(2), QUOTE | REPLY, 7, "en", 1, 2, [], "y")]
    assert (notes.origins, batch.clock.offset_s) == ({Origin(tool="snscrape 0.4.3"): 2}, 0)


def test_that_an_id_that_snscrape_lost_is_taken_from_its_text():
    batch = read(jsonl(scraped(1, id=1.2e18, **{"id.str": str(tweet_id(1))}), scraped(2, id=1.2e18)))
    assert (batch.ids.tolist(), [reason for _, _, reason in places(batch)]) == ([tweet_id(1)], ["not_an_id"])


def test_that_a_retweet_of_snscrape_has_the_tags_of_its_original():
    batch = read(jsonl(scraped(2, retweetedTweet=scraped(1, hashtags=["one", "two"]))))
    assert (tags(batch, 0), tags(batch, 0, outer=True)) == (["one", "two"], ["one"])
    assert (batch.flags.tolist(), batch.original.tolist()) == ([RETWEET], [tweet_id(1)])


def web(number: int, text: str, *names: str, **legacy: object) -> dict:
    return {"rest_id": str(tweet_id(number)), "core": {"user_results": {"result": {"rest_id": "7"}}},
            "legacy": {"full_text": text, "created_at": english(number), "lang": "ko", "retweet_count": 1,
                       "favorite_count": 2, "entities": {"hashtags": [{"text": name} for name in names]}, **legacy}}


def test_that_web_objects_are_read_bare_or_in_a_capture():
    retweet = web(2, "RT @fan-1: a…", retweeted_status_result={"result": web(1, "all", "one")})
    bare = read(jsonl(retweet, web(3, "b", in_reply_to_status_id_str="1", is_quote_status=True)))
    assert rows(bare) == [(tweet_id(2), RETWEET, 7, "ko", 1, 2, ["one"], "all"),
                          (tweet_id(3), QUOTE | REPLY, 7, "ko", 1, 2, [], "b")]
    assert bare.original.tolist() == [tweet_id(1), 0]
    assert rows(read(jsonl({"item_id": "1", "data": retweet}))) == rows(bare)[:1]


@pytest.mark.parametrize("left", [
    {}, {"legacy": None}, {"legacy": {"entities": []}}, {"legacy": {"entities": {"hashtags": [3, {"text": 4}]}}},
    {"core": [], "legacy": {"retweet_count": [], "full_text": 5}}, {"legacy": {"retweeted_status_result": {}}}])
def test_that_the_id_of_a_web_object_is_enough(left):
    batch = read(jsonl({"rest_id": str(tweet_id(1)), **left}))
    assert rows(batch) == [(tweet_id(1), 0, 0, "", 0, 0, [], "")]

"""Tables of twarc's first version, SFM, TweetSets, Hydrator and Social Studio."""

from __future__ import annotations

import pytest

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET
from timeline_app.engine.tweets.readers.sniff import Shape, sniff
from tweets.readers.made import english, read, rows, tweet_id
from tweets.readers.test_tables import table


def sfm(number: int, **more: str) -> dict:
    return {"id": tweet_id(number), "tweet_url": f"https://twitter.com/fan-1/status/{tweet_id(number)}",
            "created_at": english(number), "parsed_created_at": "", "user_screen_name": "fan-1", "text": "a, b",
            "tweet_type": "original", "hashtags": "One, two", "favorite_count": "2", "in_reply_to_status_id": "",
            "lang": "ko", "retweet_count": "3", "retweet_or_quote_id": "", "user_id": "7", **more}


def hydrated(number: int, **more: str) -> dict:
    row = {key: value for key, value in sfm(number).items() if key not in ("tweet_type", "retweet_or_quote_id")}
    return row | {"quote_id": "", "retweet_id": "", "hashtags": "One two"} | more


def test_that_the_kind_of_a_tweet_is_read_from_its_type_and_only_a_retweet_has_an_original():
    given = [sfm(1), sfm(2, tweet_type="retweet", retweet_or_quote_id=str(tweet_id(0))),
             sfm(3, tweet_type="quote", retweet_or_quote_id="5"), sfm(4, tweet_type="reply")]
    batch = read(table(*given))
    assert rows(batch)[0] == (tweet_id(1), 0, 7, "ko", 3, 2, ["One", "two"], "a, b")
    assert (batch.flags.tolist(), batch.original.tolist()) == ([0, RETWEET, QUOTE, REPLY], [0, tweet_id(0), 0, 0])
    assert (batch.clock.compared, batch.clock.offset_s) == (4, 0)


def test_that_tables_of_hydrator_name_retweets_and_quotes_by_id_and_divide_tags_by_spaces():
    given = [hydrated(1, retweet_id=str(tweet_id(0))), hydrated(2, quote_id="5", in_reply_to_status_id="6")]
    batch = read(table(*given))
    assert (batch.flags.tolist(), batch.original.tolist()) == ([RETWEET, QUOTE | REPLY], [tweet_id(0), 0])
    assert rows(batch)[0][6] == ["One", "two"]


def test_that_an_id_that_a_spreadsheet_cut_is_taken_from_the_link():
    assert read(table(sfm(1, id="1.26818E+18"))).ids.tolist() == [tweet_id(1)]


def test_that_older_tables_of_sfm_are_read_and_their_local_times_not_compared():
    row = {"twitter_id": tweet_id(1), "created_at": "12/1/2016 1:22:35 AM", "screen_name": "fan-1", "text": "x",
           "hashtags": "one"}
    batch = read(table(row))
    assert sniff(table(row)) == Shape("sfm_older", "table")
    assert (rows(batch), batch.clock.compared) == ([(tweet_id(1), 0, 0, "", 0, 0, ["one"], "x")], 0)


@pytest.mark.parametrize(("more", "flags"), [
    ({"retweet": "1"}, RETWEET), ({"post_type": "QUOTE_TWEET"}, QUOTE), ({}, 0)])
def test_that_an_export_of_social_studio_has_its_tags_in_the_text(more, flags):
    row = {"external_author_id": "9.06E+17", "author": "FAN", "content": "see #One, not a#b", "region": "",
           "language": "English", "publish_date": "10/1/2017 19:58", "retweet": "0", "post_type": "",
           "tweet_id": tweet_id(1)} | more
    batch = read(table(row))
    assert sniff(table(row)) == Shape("studio", "table")
    assert (rows(batch), batch.clock.compared) == (
        [(tweet_id(1), flags, 0, "English", 0, 0, ["One"], "see #One, not a#b")], 0)

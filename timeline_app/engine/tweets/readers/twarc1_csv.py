"""Tables that grew out of twarc's first version: its own, those of SFM and TweetSets, of Hydrator; and Social Studio's.

They differ in how a retweet is said (`tweet_type`, or a `retweet_id`) and in what divides hashtags (a comma, a space).
Older ones of SFM call the ID `twitter_id` and write times in their own zone ("12/1/2016 1:22:35 AM"), as Social Studio
does: such times are not compared with those of the IDs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET, Refused
from timeline_app.engine.tweets.readers import tables
from timeline_app.engine.tweets.readers.gather import Found, Notes
from timeline_app.engine.tweets.readers.records import Given

NEEDED = {"id", "text", "created_at", "tweet_url", "hashtags"}
OLDER = {"twitter_id", "created_at", "screen_name"}
STUDIO = {"external_author_id", "content", "publish_date", "tweet_id"}
_TYPES = {"retweet": RETWEET, "quote": QUOTE, "reply": REPLY, "quote_tweet": QUOTE}
_BREAK = re.compile(r"[\s,;]+")


def tweets(records: Given, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of a table of twarc, SFM, TweetSets or Hydrator."""
    columns = tables.Columns(
        id="id", tags=_tags, flags=_flags, original=_original, author="user_id", lang="lang",
        retweets="retweet_count", likes="favorite_count", instead="tweet_url")
    return tables.tweets(records, columns, notes)


def older(records: Given, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of an older table of SFM."""
    columns = tables.Columns(id="twitter_id", tags=_tags, flags=_flags, author="user_id", retweets="retweet_count",
                             likes="favorite_count", instead="tweet_url")
    return tables.tweets(records, columns, notes)


def studio(records: Given, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of an export of Social Studio that has their IDs. Tags stand in the text alone."""
    columns = tables.Columns(id="tweet_id", tags=_tags_in_text, flags=_studio_flags, author="external_author_id",
                             lang="language", text="content", time="publish_date")
    return tables.tweets(records, columns, notes)


def _tags(row: tables.Row) -> list[str]:
    found = (tag.lstrip("#＃") for tag in _BREAK.split(row.get("hashtags", "")))
    return [tag for tag in found if tag]


def _flags(row: tables.Row) -> int:
    flags = _TYPES.get(row.get("tweet_type", "").lower(), 0)
    flags |= RETWEET if row.get("retweet_id") else 0
    flags |= QUOTE if row.get("quote_id") else 0
    return flags | (REPLY if row.get("in_reply_to_status_id") else 0)


def _original(row: tables.Row) -> str:
    is_retweet = row.get("tweet_type", "").lower() == "retweet"
    return row.get("retweet_id", "") or (row.get("retweet_or_quote_id", "") if is_retweet else "")


_WRITTEN_TAG = re.compile(r"(?<!\w)[#＃](\w+)")


def _tags_in_text(row: tables.Row) -> list[str]:
    return _WRITTEN_TAG.findall(row.get("content", ""))


def _studio_flags(row: tables.Row) -> int:
    flags = RETWEET if row.get("retweet") == "1" else 0
    return flags | _TYPES.get(row.get("post_type", "").lower(), 0)

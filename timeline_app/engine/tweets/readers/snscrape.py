"""Tweets as snscrape writes them, one JSON object a line; also its `id.str`, and `content` of older versions."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET, Refused
from timeline_app.engine.tweets.readers.columns import Count
from timeline_app.engine.tweets.readers.gather import Found, Notes, Origin
from timeline_app.engine.tweets.readers.json_lines import decoded
from timeline_app.engine.tweets.readers.records import Given, Record
from timeline_app.engine.tweets.readers.v11 import written_id

TYPE = "snscrape.modules.twitter."


class _User(msgspec.Struct, gc=False):
    id: int | float | str | None = None
    id_str: str | None = msgspec.field(default=None, name="id.str")


class _Tweet(msgspec.Struct, gc=False):
    id: int | float | str | None = None
    id_str: str | None = msgspec.field(default=None, name="id.str")
    date: str | None = None
    raw: str | None = msgspec.field(default=None, name="rawContent")
    content: str | None = None
    lang: str | None = None
    user: _User | None = None
    hashtags: list[str] | None = None
    retweets: Count = msgspec.field(default=0, name="retweetCount")
    likes: Count = msgspec.field(default=0, name="likeCount")
    original: _Tweet | None = msgspec.field(default=None, name="retweetedTweet")
    quoted: dict[str, msgspec.Raw] | None = msgspec.field(default=None, name="quotedTweet")
    answered: int | float | str | None = msgspec.field(default=None, name="inReplyToTweetId")
    version: str | None = msgspec.field(default=None, name="_snscrape")


_TWEET = msgspec.json.Decoder(_Tweet)


def tweets(records: Given, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of the records, in file order."""
    for record in records:
        if record.__class__ is Refused:
            yield record  # type: ignore[misc]
            continue
        tweet = decoded(_TWEET, record, notes)
        yield tweet if tweet.__class__ is Refused else _found(tweet, record, notes)


def _found(tweet: _Tweet, record: Record, notes: Notes) -> Found | Refused:
    written = written_id(tweet.id_str, tweet.id)
    if not written:
        return record.refuse("not_an_id" if tweet.id is not None else "no_id")
    shown = tweet.original or tweet
    text = shown.raw if shown.raw is not None else shown.content
    if text is None:
        return record.refuse("not_a_tweet")
    notes.hear(Origin(tool=f"snscrape {(tweet.version or '')[:20]}".strip()), 1)
    outer, tags = tweet.hashtags or (), shown.hashtags or ()
    if tweet.original is not None:
        notes.compare([outer], [tags])
    flags = (RETWEET if tweet.original is not None else 0) | (QUOTE if tweet.quoted is not None else 0)
    flags |= REPLY if tweet.answered is not None else 0
    author = written_id(tweet.user.id_str, tweet.user.id) if tweet.user is not None else ""
    return Found(written, flags, author, tweet.lang or "", shown.retweets, shown.likes, tags, outer, text,
                 tweet.date or "", record, written_id(shown.id_str, shown.id) if shown is not tweet else "")

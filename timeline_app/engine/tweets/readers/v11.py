"""Tweets of the v1.1 API (twarc1, Hydrator, SFM, rtweet), and those of a personal archive, which have the same shape.

The text rule is that of twarc: a retweet has the text of its original, then extended_tweet, full_text, text. Notices of
a stream ("delete", "limit", ...) are counted, not refused. An archive names no author, cuts its retweets at 140
letters and never marks them: there "RT @" at the beginning is the mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET, Refused
from timeline_app.engine.tweets.readers.columns import Count
from timeline_app.engine.tweets.readers.gather import Found, Notes
from timeline_app.engine.tweets.readers.json_lines import decoded
from timeline_app.engine.tweets.readers.records import Given, Record

NOTICES = ("delete", "limit", "scrub_geo", "status_withheld", "user_withheld", "disconnect", "warning")
_ARCHIVED_RETWEET = "RT @"


class _Tag(msgspec.Struct, gc=False):
    text: str = ""


class _Entities(msgspec.Struct, gc=False):
    hashtags: list[_Tag] | dict[str, msgspec.Raw] | None = None


class _User(msgspec.Struct, gc=False):
    id_str: str | None = None
    id: int | float | str | None = None


class _Extended(msgspec.Struct, gc=False):
    full_text: str | None = None
    entities: _Entities | None = None


class _Tweet(msgspec.Struct, gc=False):
    id_str: str | None = None
    id: int | float | str | None = None
    created_at: str | None = None
    full_text: str | None = None
    text: str | None = None
    lang: str | None = None
    user: _User | None = None
    entities: _Entities | None = None
    extended_tweet: _Extended | None = None
    retweeted_status: _Tweet | None = None
    is_quote_status: bool | None = None
    quoted_status_id_str: str | None = None
    in_reply_to_status_id_str: str | None = None
    retweet_count: Count = 0
    favorite_count: Count = 0


class _Line(_Tweet, gc=False):
    statuses: list[_Tweet] | None = None
    tweet: _Tweet | None = None


_LINE, _LINES, _NOTICE = (msgspec.json.Decoder(kind) for kind in (_Line, list[_Line], dict[str, msgspec.Raw]))


def tweets(records: Given, notes: Notes) -> Iterator[Found | Refused | list[Found | Refused]]:
    """The tweets of the records, in file order. A record may be a tweet, an array of them or a `statuses` wrapper."""
    for record in records:
        if record.__class__ is Refused:
            yield record  # type: ignore[misc]
            continue
        line = decoded(_LINES if record.data[:1] == b"[" else _LINE, record, notes)
        if line.__class__ is _Line:
            yield _of_line(line, record, notes)
        elif line.__class__ is list:
            for one in line:
                yield _of_line(one, record, notes)
        else:
            yield line  # type: ignore[misc]


def _of_line(line: _Line, record: Record, notes: Notes) -> Found | Refused | list[Found | Refused]:
    if line.statuses is not None:
        return [_found(one, record, notes) for one in line.statuses]
    if line.tweet is not None:
        return _found(line.tweet, record, notes)
    if line.id_str is None and line.id is None and (kind := _notice(record, notes)):
        notes.passed[kind] += 1
        return []
    return _found(line, record, notes)


def _notice(record: Record, notes: Notes) -> str:
    """What kind of notice a record without an ID is, or ""."""
    found = decoded(_NOTICE, record, notes)
    if found.__class__ is Refused:
        return ""
    return next((kind for kind in NOTICES if kind in found), "")


def _found(tweet: _Tweet, record: Record, notes: Notes) -> Found | Refused:
    written = written_id(tweet.id_str, tweet.id)
    if not written:
        return record.refuse("not_an_id" if tweet.id is not None else "no_id")
    original = tweet.retweeted_status
    shown = tweet if original is None else original
    text = _text(shown)
    if text is None:
        return record.refuse("not_a_tweet")
    outer = tags = _tags(tweet)
    if original is not None:
        tags = _tags(original)
        notes.compare([outer], [tags])
    return Found(written, _flags(tweet, text), _author(tweet), tweet.lang or "", shown.retweet_count,
                 shown.favorite_count, tags, outer, text, tweet.created_at or "", record,
                 written_id(original.id_str, original.id) if original is not None else "")


def written_id(text: str | None, number: float | str | None) -> str:
    """The ID as text; "" where there is none but a number that has lost its last digits."""
    if text:
        return text
    return "" if number is None or isinstance(number, float) else str(number)


def _flags(tweet: _Tweet, text: str) -> int:
    is_archived = tweet.user is None and text.startswith(_ARCHIVED_RETWEET)
    flags = RETWEET if tweet.retweeted_status is not None or is_archived else 0
    if tweet.is_quote_status or tweet.quoted_status_id_str:
        flags |= QUOTE
    return flags | REPLY if tweet.in_reply_to_status_id_str else flags


def _author(tweet: _Tweet) -> str:
    return written_id(tweet.user.id_str, tweet.user.id) if tweet.user is not None else ""


def _text(tweet: _Tweet) -> str | None:
    extended = tweet.extended_tweet
    if extended is not None and extended.full_text is not None:
        return extended.full_text
    return tweet.text if tweet.full_text is None else tweet.full_text


def _tags(tweet: _Tweet) -> Sequence[str]:
    extended = tweet.extended_tweet
    entities = extended.entities if extended is not None and extended.entities is not None else tweet.entities
    if entities is None or entities.hashtags.__class__ is not list:
        return ()
    return [one.text for one in entities.hashtags if one.text]

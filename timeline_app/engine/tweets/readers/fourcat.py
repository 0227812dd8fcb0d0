"""Tables of 4CAT, and the web objects that Zeeschuimer saves (NDJSON), whose shape drifts: read with tolerance.

In the table `timestamp` is UTC; `unix_timestamp` is wrong by the zone of the server that wrote it and is left alone. Of
a web object the ID in `rest_id` is enough, and its time is in it; everything else may be missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET, Refused
from timeline_app.engine.tweets.readers import tables
from timeline_app.engine.tweets.readers.gather import Found, Notes
from timeline_app.engine.tweets.readers.json_lines import decoded
from timeline_app.engine.tweets.readers.records import Given, Record

NEEDED = {"id", "thread_id", "timestamp", "unix_timestamp", "body"}
_KINDS = {"is_retweet": RETWEET, "is_quote_tweet": QUOTE, "is_reply": REPLY}
_ANY = msgspec.json.Decoder()


def tweets(records: Given, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of a table."""
    columns = tables.Columns(
        id="id", tags=_tags, flags=_flags, author="author_id", lang="language_guess", retweets="retweet_count",
        likes="like_count", text="body", time="timestamp", instead="link")
    return tables.tweets(records, columns, notes)


def web_objects(records: Given, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of saved web objects, bare or in the `data` of a capture."""
    for record in records:
        if record.__class__ is Refused:
            yield record  # type: ignore[misc]
            continue
        found = decoded(_ANY, record, notes)
        if found.__class__ is Refused:
            yield found  # type: ignore[misc]
            continue
        inner = _at(found, "data")
        yield _web_object(inner if _at(inner, "rest_id") or _at(inner, "legacy") else found, record, notes)


def _web_object(tweet: Any, record: Record, notes: Notes) -> Found | Refused:
    legacy = _at(tweet, "legacy")
    written = _at(tweet, "rest_id") or _at(legacy, "id_str")
    if not isinstance(written, str):
        return record.refuse("no_id" if written is None else "not_an_id")
    inner = _at(legacy, "retweeted_status_result", "result")
    original = _at(inner, "tweet") or inner
    shown = tweet if original is None else original
    outer = tags = _legacy_tags(tweet)
    flags = RETWEET if original is not None else 0
    if original is not None:
        tags = _legacy_tags(shown)
        notes.compare([outer], [tags])
    flags |= QUOTE if _at(legacy, "is_quote_status") is True else 0
    flags |= REPLY if _at(legacy, "in_reply_to_status_id_str") else 0
    retweets, likes = (_count(_at(shown, "legacy", name)) for name in ("retweet_count", "favorite_count"))
    author = _at(tweet, "core", "user_results", "result", "rest_id") or _at(legacy, "user_id_str")
    return Found(written, flags, _text(author), _text(_at(legacy, "lang")), retweets, likes, tags, outer,
                 _words(shown), _text(_at(legacy, "created_at")), record,
                 _text(_at(original, "rest_id") or _at(original, "legacy", "id_str")))


def _words(tweet: Any) -> str:
    long = _at(tweet, "note_tweet", "note_tweet_results", "result", "text")
    return _text(long) or _text(_at(tweet, "legacy", "full_text"))


def _legacy_tags(tweet: Any) -> Sequence[str]:
    found = _at(tweet, "legacy", "entities", "hashtags")
    return [tag for tag in (_text(_at(one, "text")) for one in found) if tag] if isinstance(found, list) else ()


def _at(value: Any, *path: str) -> Any:
    """What lies at the end of a path of names; None where it breaks off."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _count(value: Any) -> int | str:
    return value if isinstance(value, (int, str)) else 0


def _tags(row: tables.Row) -> list[str]:
    found = (tag.strip().lstrip("#＃") for tag in row.get("hashtags", "").split(","))
    return [tag for tag in found if tag]


def _flags(row: tables.Row) -> int:
    return sum(bit for name, bit in _KINDS.items() if row.get(name, "").lower() in ("yes", "true", "1"))

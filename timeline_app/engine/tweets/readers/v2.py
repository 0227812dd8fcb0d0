"""Tweets of the v2 API as twarc2 and academictwitteR write them: pages, streams and flat ones. By msgspec, typed.

What a line is follows twarc's `ensure_flattened`: `data` is an array (a page), an object (a stream) or not there (a
flat tweet). A retweet has the text, tags and metrics of its original where that is in the file, as twarc-csv has them;
its own cut tags are kept beside them. Counts, users, lists and compliance files are refused by `sniff`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

import msgspec

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET, Refused
from timeline_app.engine.tweets.readers.gather import Count, Found, Notes, Origin
from timeline_app.engine.tweets.readers.json_lines import decoded
from timeline_app.engine.tweets.readers.records import Given, Record

_KINDS = {"retweeted": RETWEET, "quoted": QUOTE, "replied_to": REPLY}


class _Tag(msgspec.Struct, gc=False):
    tag: str = ""


class _Entities(msgspec.Struct, gc=False):
    hashtags: list[_Tag] | dict[str, msgspec.Raw] | None = None  # academictwitteR writes {} for none


class _Note(msgspec.Struct, gc=False):
    text: str | None = None
    entities: _Entities | None = None


class _Metrics(msgspec.Struct, gc=False):
    retweet_count: Count = 0
    like_count: Count = 0


class _Tweet(msgspec.Struct, gc=False):
    id: int | str = ""
    type: str | None = None
    text: str | None = None
    author_id: int | str | None = None
    lang: str | None = None
    created_at: str | None = None
    entities: _Entities | None = None
    note_tweet: _Note | None = None
    public_metrics: _Metrics | None = None
    referenced_tweets: list[_Tweet] | dict[str, msgspec.Raw] | None = None


class _Includes(msgspec.Struct, gc=False):
    tweets: list[_Tweet] | None = None


class _Twarc(msgspec.Struct, gc=False):
    url: str | None = None
    version: str | None = None
    retrieved_at: str | None = None


class _Line(_Tweet, gc=False):
    data: list[_Tweet] | _Tweet | None = None
    includes: _Includes | None = None
    errors: list[msgspec.Raw] | None = None
    twarc: _Twarc | None = msgspec.field(default=None, name="__twarc")


class _RawIncludes(msgspec.Struct, gc=False):
    tweets: list[msgspec.Raw] = []


class _RawPage(msgspec.Struct, gc=False):
    data: list[msgspec.Raw]
    includes: _RawIncludes | None = None


_LINE, _LINES = msgspec.json.Decoder(_Line), msgspec.json.Decoder(list[_Line])
_TWEET, _RAW_PAGE = msgspec.json.Decoder(_Tweet), msgspec.json.Decoder(_RawPage)


def tweets(records: Given, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of the records, in file order; a tweet of a page that cannot be read is refused alone."""
    for record in records:
        if record.__class__ is Refused:
            yield record  # type: ignore[misc]
            continue
        is_list = record.data[:1] == b"["
        line = decoded(_LINES if is_list else _LINE, record)
        if line.__class__ is _Line:
            yield from _of_line(line, record, notes)
        elif line.__class__ is list:
            for one in line:
                yield from _of_line(one, record, notes)
        else:
            yield from _one_by_one(record, line, notes)


def _of_line(line: _Line, record: Record, notes: Notes) -> Iterator[Found | Refused]:
    found, originals = [line], {}
    if line.data is not None:
        found = line.data if line.data.__class__ is list else [line.data]
        if line.includes is not None and line.includes.tweets:
            originals = {one.id: one for one in line.includes.tweets}
    elif line.id == "" and line.errors:
        notes.passed["errors"] += 1
        return
    _hear(line.twarc, len(found), notes)
    for tweet in found:
        yield _found(tweet, originals, record, notes)


def _found(tweet: _Tweet, originals: dict[int | str, _Tweet], record: Record, notes: Notes) -> Found | Refused:
    if tweet.text is None:
        return record.refuse("not_a_tweet" if tweet.id else "no_id")
    flags, original, repeated = 0, None, ""
    if tweet.referenced_tweets.__class__ is list:
        for other in tweet.referenced_tweets:
            kind = _KINDS.get(other.type, 0)
            flags |= kind
            if kind == RETWEET:
                repeated = str(other.id)
                original = other if other.text is not None else originals.get(other.id)
    outer = tags = _tags(tweet)
    shown = tweet
    if original is not None and original.text is not None:
        shown, tags = original, _tags(original)
        notes.compare(outer, tags)
    elif flags & RETWEET:
        notes.compare(outer, outer)
    metrics, note = shown.public_metrics, shown.note_tweet
    text = note.text if note is not None and note.text else shown.text
    return Found(
        str(tweet.id), flags, str(tweet.author_id or ""), tweet.lang or "",
        metrics.retweet_count if metrics is not None else 0, metrics.like_count if metrics is not None else 0,
        tags, outer, text, tweet.created_at or "", record, repeated)


def _tags(tweet: _Tweet) -> Sequence[str]:
    note = tweet.note_tweet
    entities = note.entities if note is not None and note.entities is not None else tweet.entities
    if entities is None or entities.hashtags.__class__ is not list:
        return ()
    return [one.tag for one in entities.hashtags if one.tag]


def _hear(twarc: _Twarc | None, count: int, notes: Notes) -> None:
    if twarc is not None:
        notes.hear(origin_of(twarc.url or "", twarc.retrieved_at or "", twarc.version or ""), count)


@lru_cache(64)
def origin_of(url: str, retrieved_at: str, version: str) -> Origin:
    """The query in the address that twarc asked, when, and with which version."""
    try:
        query = parse_qs(urlsplit(url).query, max_num_fields=100).get("query", [""])[0]
    except ValueError:
        query = ""
    return Origin(query[:4_096], retrieved_at[:40], f"twarc {version[:20]}".strip())


def _one_by_one(record: Record, fault: object, notes: Notes) -> Iterator[Found | Refused]:
    """A page of which something is of a wrong type: the others are good."""
    page = decoded(_RAW_PAGE, record) if fault.reason in ("wrong_types", "not_an_id") else fault
    if page.__class__ is not _RawPage:
        yield fault  # type: ignore[misc]
        return
    originals = {}
    for raw in page.includes.tweets if page.includes else []:
        one = decoded(_TWEET, _part(record, raw))
        if one.__class__ is _Tweet:
            originals[one.id] = one
    for raw in page.data:
        part = _part(record, raw)
        one = decoded(_TWEET, part)
        yield _found(one, originals, part, notes) if one.__class__ is _Tweet else one


def _part(record: Record, raw: msgspec.Raw) -> Record:
    return Record(record.file, record.offset, record.line, bytes(raw))

"""Tweets of the v2 API as twarc2 and academictwitteR write them: pages, streams and flat ones. By msgspec, typed.

What a line is follows twarc's `ensure_flattened`: `data` is an array (a page), an object (a stream) or not there (a
flat tweet). A retweet has the text, tags and metrics of its original where that is in the file, as twarc-csv has them;
its own cut tags are kept beside them. Counts, users, lists and compliance files are refused by `sniff`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress, groupby
from operator import is_not
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

import msgspec

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET, Refused
from timeline_app.engine.tweets.readers.columns import Columns, Count
from timeline_app.engine.tweets.readers.gather import Notes, Origin
from timeline_app.engine.tweets.readers.json_lines import decoded
from timeline_app.engine.tweets.readers.records import Given, Record

KINDS = {"retweeted": RETWEET, "quoted": QUOTE, "replied_to": REPLY}


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


class _Other(msgspec.Struct, gc=False):
    """Another tweet, in the includes or inline: as much of it as a retweet needs."""

    id: int | str = ""
    type: str | None = None
    text: str | None = None
    entities: _Entities | None = None
    note_tweet: _Note | None = None
    public_metrics: _Metrics | None = None


class _Tweet(msgspec.Struct, gc=False):
    id: int | str = ""
    text: str | None = None
    author_id: int | str | None = None
    lang: str | None = None
    created_at: str | None = None
    entities: _Entities | None = None
    note_tweet: _Note | None = None
    public_metrics: _Metrics | None = None
    referenced_tweets: list[_Other] | dict[str, msgspec.Raw] | None = None


class _Includes(msgspec.Struct, gc=False):
    tweets: list[_Other] | None = None


class Twarc(msgspec.Struct, gc=False):
    """What the tool writes into each of its lines."""

    url: str | None = None
    version: str | None = None
    retrieved_at: str | None = None


class _Line(_Tweet, gc=False):
    data: list[_Tweet] | _Tweet | None = None
    includes: _Includes | None = None
    errors: list[msgspec.Raw] | None = None
    twarc: Twarc | None = msgspec.field(default=None, name="__twarc")


class _RawIncludes(msgspec.Struct, gc=False):
    tweets: list[msgspec.Raw] = []


class _RawPage(msgspec.Struct, gc=False):
    data: list[msgspec.Raw]
    includes: _RawIncludes | None = None


class _Row(msgspec.Struct, gc=False):
    """A tweet; the one whose text it shows, itself or the original; the ID of the tweet that it repeats; and, where it
    stands alone in its line, where it is from."""

    tweet: _Tweet
    shown: _Tweet | _Other
    flags: int
    original: int | str | None
    record: Record
    twarc: Twarc | None = None


_NO_METRICS, _NONE = _Metrics(), MappingProxyType({})
_LINE, _LINES = msgspec.json.Decoder(_Line), msgspec.json.Decoder(list[_Line])
_TWEET, _OTHER, _RAW_PAGE = (msgspec.json.Decoder(kind) for kind in (_Tweet, _Other, _RawPage))


def tweets(records: Given, notes: Notes) -> Iterator[_Row | Refused | list[_Row | Refused]]:
    """The tweets of the records, in file order; a tweet of a page that cannot be read is refused alone."""
    for record in records:
        if record.__class__ is Refused:
            yield record  # type: ignore[misc]
            continue
        is_list = record.data[:1] == b"["
        line = decoded(_LINES if is_list else _LINE, record, notes)
        if line.__class__ is _Line:
            yield _of_line(line, record, notes)
        elif line.__class__ is list:
            for one in line:
                yield _of_line(one, record, notes)
        else:
            yield _one_by_one(record, line, notes)


def _of_line(line: _Line, record: Record, notes: Notes) -> _Row | Refused | list[_Row | Refused]:
    if line.data is None:
        if line.id == "" and line.errors:
            notes.passed["errors"] += 1
            return []
        return _row(line, _NONE, record, line.twarc)
    found = line.data if line.data.__class__ is list else [line.data]
    originals = _NONE
    if line.includes is not None and line.includes.tweets:
        originals = {one.id: one for one in line.includes.tweets}
    if line.twarc is not None:
        notes.hear(origin(line.twarc), len(found))
    return [_row(one, originals, record) for one in found]


def _row(tweet: _Tweet, originals: Mapping[int | str, _Other], record: Record, twarc: Twarc | None = None
         ) -> _Row | Refused:
    if tweet.text is None:
        return record.refuse("not_a_tweet" if tweet.id else "no_id")
    others = tweet.referenced_tweets
    if others.__class__ is not list:
        return _Row(tweet, tweet, 0, None, record, twarc)
    flags, shown, repeated = 0, tweet, None
    for other in others:
        kind = KINDS.get(other.type, 0)
        flags |= kind
        if kind == RETWEET:
            repeated = other.id
            original = other if other.text is not None else originals.get(repeated, other)
            shown = original if original.text is not None else tweet
    return _Row(tweet, shown, flags, repeated, record, twarc)


def columns(rows: Sequence[_Row], notes: Notes) -> Columns:
    """The tweets side by side; text, tags and metrics are those of the tweet that is shown."""
    tweets, shown, flags = [row.tweet for row in rows], [row.shown for row in rows], [row.flags for row in rows]
    metrics = [one.public_metrics or _NO_METRICS for one in shown]
    notes_of = [one.note_tweet for one in shown]
    texts = [one.text for one in shown]
    if any(notes_of):
        texts = [note.text if note and note.text else text for note, text in zip(notes_of, texts, strict=True)]
    outer = tags = _tags(tweets)
    if any(map(is_not, tweets, shown)):
        tags = _tags(shown)
    repeated = [row.original for row in rows]
    notes.compare(compress(outer, repeated), compress(tags, repeated))
    for twarc, alike in groupby(row.twarc for row in rows):
        if twarc is not None:
            notes.hear(origin(twarc), sum(1 for _ in alike))
    return Columns(
        [one.id for one in tweets], flags, [one.author_id for one in tweets], [one.lang for one in tweets],
        [one.retweet_count for one in metrics], [one.like_count for one in metrics], tags, outer, texts,
        [one.created_at for one in tweets], repeated, [row.record for row in rows])


def _tags(tweets: Sequence[_Tweet | _Other]) -> list[Sequence[str]]:
    """The tags of each, those of its long text if it has one."""
    entities = [one.entities if (note := one.note_tweet) is None or note.entities is None else note.entities
                for one in tweets]
    return [[one.tag for one in tags if one.tag] if each and (tags := each.hashtags).__class__ is list else ()
            for each in entities]


def origin(twarc: Twarc) -> Origin:
    """Where a line is from."""
    return origin_of(twarc.url or "", twarc.retrieved_at or "", twarc.version or "")


@lru_cache(64)
def origin_of(url: str, retrieved_at: str, version: str) -> Origin:
    """The query in the address that twarc asked and its window of time, when, and with which version."""
    try:
        asked = parse_qs(urlsplit(url).query, max_num_fields=100)
    except ValueError:
        asked = {}
    query, start, end = (asked.get(name, [""])[0] for name in ("query", "start_time", "end_time"))
    return Origin(query[:4_096], retrieved_at[:40], f"twarc {version[:20]}".strip(), start[:40], end[:40])


def _one_by_one(record: Record, fault: object, notes: Notes) -> list[_Row | Refused]:
    """A page of which something is of a wrong type: the others are good."""
    page = decoded(_RAW_PAGE, record, notes) if fault.reason in ("wrong_types", "not_an_id") else fault
    if page.__class__ is not _RawPage:
        return [fault]  # type: ignore[list-item]
    originals, found = {}, []
    for raw in page.includes.tweets if page.includes else []:
        one = decoded(_OTHER, _part(record, raw), notes)
        if one.__class__ is _Other:
            originals[one.id] = one
    for raw in page.data:
        part = _part(record, raw)
        one = decoded(_TWEET, part, notes)
        found.append(_row(one, originals, part) if one.__class__ is _Tweet else one)
    return found


def _part(record: Record, raw: msgspec.Raw) -> Record:
    return Record(record.file, record.offset, record.line, bytes(raw))

"""The tables of twarc-csv (84 dotted columns). A retweet's text, tags and metrics are its original's there.

Lists are JSON (`["#a"]`), Python's way of writing them (`['#a']`) or raw objects (`[{"start": 9, "tag": "a"}]`), by the
options of the tool; Python's way is read by its marks, never run. What a retweet itself carried is not in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET, Refused
from timeline_app.engine.tweets.readers import tables
from timeline_app.engine.tweets.readers.gather import Found, Notes
from timeline_app.engine.tweets.readers.records import Given
from timeline_app.engine.tweets.readers.v2 import origin_of

NEEDED = {"id", "text", "created_at", "author_id", "conversation_id"}
_REFERENCES = {"referenced_tweets.retweeted.id": RETWEET, "referenced_tweets.quoted.id": QUOTE,
               "referenced_tweets.replied_to.id": REPLY}
_WRITTEN = re.compile(r"""'tag':\s*['"]([^'"]*)['"]|['"][#＃]([^'"]*)['"]""")


class _Tag(msgspec.Struct):
    tag: str = ""


_LIST = msgspec.json.Decoder(list[str | _Tag])


def tweets(records: Given, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of a table; where they are from, for each row that says so."""

    def flags(row: tables.Row) -> int:
        url, at, version = (row.get(f"__twarc.{name}", "") for name in ("url", "retrieved_at", "version"))
        if url or at:
            notes.hear(origin_of(url, at, version), 1)
        return sum(bit for name, bit in _REFERENCES.items() if row.get(name))

    columns = tables.Columns(
        id="id", tags=_tags, flags=flags, author="author_id", lang="lang",
        retweets="public_metrics.retweet_count", likes="public_metrics.like_count",
        original=lambda row: row.get("referenced_tweets.retweeted.id", ""))
    for found in tables.tweets(records, columns, notes):
        if found.__class__ is Found and "\\n" in found.text:
            found.text = found.text.replace("\\n", "\n")  # the tool writes each line end of a text so
        yield found


def _tags(row: tables.Row) -> list[str]:
    return listed_tags(row.get("entities.hashtags", ""))


def listed_tags(cell: str) -> list[str]:
    """The tags of a cell, without #, in any of the three ways."""
    if not cell or cell == "[]":
        return []
    try:
        found = [one if isinstance(one, str) else one.tag for one in _LIST.decode(cell)]
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        found = [one or other for one, other in _WRITTEN.findall(cell)]
    return [tag for tag in (one.lstrip("#＃") for one in found) if tag]

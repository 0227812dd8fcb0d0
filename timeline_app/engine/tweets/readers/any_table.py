"""A table of no known tool that has IDs and texts: what its columns are for is told by their names.

Tags are those of a column of tags, else those that stand in the text. A text that begins with "RT @" is a retweet.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import chain, islice

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET, Refused
from timeline_app.engine.tweets.cells import cells_of
from timeline_app.engine.tweets.id_form import FLAGS, ID_NAMES, TEXT_NAMES, USER_NAMES
from timeline_app.engine.tweets.lines import words_of
from timeline_app.engine.tweets.one_id import one_id
from timeline_app.engine.tweets.readers import tables
from timeline_app.engine.tweets.readers.gather import Found, Notes
from timeline_app.engine.tweets.readers.records import Given, Record
from timeline_app.engine.tweets.readers.twarc_csv import listed_tags

_KNOWN = {
    "id": ID_NAMES, "text": TEXT_NAMES, "time": ("created_at", "date", "datetime", "timestamp", "time"),
    "lang": ("lang", "language"), "author": USER_NAMES, "retweets": ("retweet_count", "retweets", "retweetcount"),
    "likes": ("like_count", "favorite_count", "likes", "favorites", "likecount"),
    "tags": ("hashtags", "tags", "hashtag"), "instead": ("tweet_url", "url", "status_url", "link"),
    "original": ("retweet_id", "retweeted_id", "retweeted_status_id")}
_KINDS = {"is_retweet": RETWEET, "is_quote": QUOTE, "is_reply": REPLY}
_LONG = 10**8  # shorter numbers that are called "id" may be anything
_LOOKED_AT = 50
_BREAK = re.compile(r"[\s|,;]+")
_IN_TEXT = re.compile(r"(?<!\w)[#＃](\w+)")


def is_one(head: bytes) -> bool:
    """Whether a file begins with a header that names an ID and a text, and most rows behind it have such an ID."""
    text = words_of(head.removeprefix(codecs.BOM_UTF8))[0]
    delimiter = tables.delimiter_of(text.split("\n", 1)[0])
    try:
        rows = list(islice(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), _LOOKED_AT))
    except csv.Error:
        return False
    named = _named(rows[0] if rows else [])
    if not {"id", "text"} <= named.keys():
        return False
    at, width = [cell.strip() for cell in rows[0]].index(named["id"]), len(rows[0])
    whole = [row for row in rows[1:] if len(row) == width]
    return sum(one_id(row[at]).id > _LONG for row in whole) * 2 > len(whole)


def tweets(records: Given, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of the table."""
    for first in records:
        if first.__class__ is Record:
            header = words_of(first.data.removeprefix(codecs.BOM_UTF8).rstrip(b"\r"))[0]
            cells = cells_of(header, tables.delimiter_of(header)) or []
            yield from tables.tweets(chain([first], records), _columns(_named(cells)), notes)
            return
        yield first


def _named(header: list[str]) -> dict[str, str]:
    """The name of the column for each role, as the header has it; of several the one known first."""
    by_name = {cell.strip().lower(): cell.strip() for cell in header}
    found = {role: next((by_name[name] for name in names if name in by_name), "") for role, names in _KNOWN.items()}
    found |= {kind: by_name[kind] for kind in _KINDS if kind in by_name}
    return {role: name for role, name in found.items() if name}


def _columns(named: dict[str, str]) -> tables.Columns:
    plain = {role: named[role] for role in ("author", "lang", "retweets", "likes", "time", "instead") if role in named}

    def tags(row: tables.Row) -> list[str]:
        if "tags" not in named:
            return _IN_TEXT.findall(row.get(named.get("text", ""), ""))
        cell = row.get(named["tags"], "").strip()
        return listed_tags(cell) if cell[:1] == "[" else [
            tag for tag in (part.lstrip("#＃") for part in _BREAK.split(cell)) if tag]

    def flags(row: tables.Row) -> int:
        told = sum(bit for kind, bit in _KINDS.items() if FLAGS.get(row.get(named.get(kind, ""), "").strip().lower()))
        says = row.get(named.get("text", ""), "").startswith("RT @") or bool(original(row))
        return told | RETWEET if says else told

    def original(row: tables.Row) -> str:
        return row.get(named.get("original", ""), "")

    return tables.Columns(id=named.get("id", ""), tags=tags, flags=flags, original=original,
                          text=named.get("text", ""), **plain)

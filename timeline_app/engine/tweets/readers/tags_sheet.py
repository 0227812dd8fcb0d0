"""Sheets of TAGS (a Google Sheet that collects a search), saved as CSV.

A spreadsheet shortens IDs; the link in `status_url` still has them whole. The column `time` is in the sheet's own zone
and order of day and month, so `created_at` is the one that is compared.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from timeline_app.engine.tweets.batch import REPLY, RETWEET, Refused
from timeline_app.engine.tweets.readers import tables
from timeline_app.engine.tweets.readers.gather import Found, Notes
from timeline_app.engine.tweets.readers.records import Given

NEEDED = {"id_str", "from_user", "text", "created_at", "status_url"}


class _Tag(msgspec.Struct):
    text: str = ""


class _Entities(msgspec.Struct):
    hashtags: list[_Tag] = []


_ENTITIES = msgspec.json.Decoder(_Entities)


def tweets(records: Given, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of a sheet; language is that of the person's settings there, so it is left out."""
    columns = tables.Columns(id="id_str", tags=_tags, flags=_flags, author="from_user_id_str", instead="status_url")
    return tables.tweets(records, columns, notes)


def _tags(row: tables.Row) -> list[str]:
    try:
        found = _ENTITIES.decode(row.get("entities_str", "") or "{}").hashtags
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return []
    return [one.text for one in found if one.text]


def _flags(row: tables.Row) -> int:
    flags = RETWEET if row.get("text", "").startswith("RT @") else 0
    return flags | REPLY if row.get("in_reply_to_status_id_str") else flags

"""Exports of DMI-TCAT: all tweets of a bin as CSV or TSV, and its lists of gaps, which are coverage and no tweets."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET, Refused
from timeline_app.engine.tweets.readers import tables
from timeline_app.engine.tweets.readers.gather import Found, Gap, Notes
from timeline_app.engine.tweets.readers.records import Given

NEEDED = {"id", "time", "created_at", "from_user_name", "text", "filter_level"}
GAPS = {"phrase", "gap_start", "gap_end"}


def tweets(records: Given, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of an export. Its retweets are known by "RT @" alone, and carry no more tags than they show."""
    columns = tables.Columns(id="id", tags=_tags, flags=_flags, author="from_user_id", lang="lang",
                             retweets="retweet_count", likes="favorite_count")
    return tables.tweets(records, columns, notes)


def gaps(records: Given, notes: Notes) -> Iterator[Refused]:
    """Adds the gaps of an export to the notes; hands on the rows that are none."""
    header: list[str] | None = None
    for row in tables.rows(records, notes):
        if row.__class__ is Refused:
            yield row  # type: ignore[misc]
            continue
        record, cells = row
        if header is None:
            header = [name.strip().lstrip("\ufeff") for name in cells]
            continue
        found = dict(zip(header, cells, strict=False))
        if found.get("gap_start") and found.get("gap_end"):
            notes.gaps.append(Gap(found["gap_start"][:40], found["gap_end"][:40], found.get("phrase", "")[:200]))
        else:
            yield record.refuse("wrong_width")


def _tags(row: tables.Row) -> list[str]:
    found = (tag.strip().lstrip("#＃") for tag in row.get("hashtags", "").split(";"))
    return [tag for tag in found if tag]


def _flags(row: tables.Row) -> int:
    flags = RETWEET if row.get("text", "").startswith("RT @") else 0
    return flags | (QUOTE if row.get("quoted_status_id") else 0) | (REPLY if row.get("in_reply_to_status_id") else 0)

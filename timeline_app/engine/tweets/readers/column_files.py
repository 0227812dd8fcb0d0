"""Tweets kept as columns, in Parquet or Arrow files: what each column is for is told by its name and first values.

Rows are taken some ten thousand at a time, so that memory is bounded by the largest group of rows in the file. Such
files are read where they lie and not as a stream. A column of IDs that became decimals is rescued as damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.base.safe_io import open_regular
from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET, Batch, Refused
from timeline_app.engine.tweets.id_form import FLAGS, ID_NAMES, TEXT_NAMES, USER_NAMES, role_of
from timeline_app.engine.tweets.readers.columns import Columns, Gathered
from timeline_app.engine.tweets.readers.records import Record
from timeline_app.engine.tweets.readers.twarc_csv import listed_tags

if TYPE_CHECKING:
    from polars import DataFrame, LazyFrame, Series

PARQUET, ARROW = b"PAR1", b"ARROW1"
ROWS = 50_000
_KNOWN = {
    "id": ID_NAMES, "text": TEXT_NAMES, "author": ("author.id", *USER_NAMES), "tags": ("entities.hashtags",),
    "original": ("referenced_tweets.retweeted.id", "retweeted_id", "retweet_id", "retweeted_status_id"),
    "retweets": ("public_metrics.retweet_count",), "likes": ("public_metrics.like_count",),
    "is_retweet": ("is_retweet",), "is_quote": ("is_quote", "is_quote_tweet", "is_quote_status"),
    "is_reply": ("is_reply",)}
_KINDS = {"is_retweet": RETWEET, "is_quote": QUOTE, "is_reply": REPLY}
_BREAK = re.compile(r"[\s|,;]+")
_ISO = "%Y-%m-%dT%H:%M:%SZ"

Roles = Mapping[str, list[str]]  # the columns of each role


def is_one(head: bytes) -> bool:
    """Whether a file that begins so is kept as columns."""
    return head.startswith((PARQUET, ARROW))


def batches(path: Path, file: str) -> Iterator[Batch]:
    """The tweets of a file in its order; at least one batch, which may be empty."""
    from polars.exceptions import PanicException, PolarsError

    row = 0
    try:
        for part, roles in _parts(path):
            if not roles.get("id"):
                yield _none(Refused(file, 0, 1, "no_id_column", ", ".join(part.columns).encode()[:200]))
                return
            gathered = Gathered()
            gathered.add(_columns(part, roles, file, row))
            row += part.height
            yield gathered.batch()
    except (PanicException, PolarsError, OSError, ValueError, OverflowError):
        yield _none(Refused(file, 0, row + 1, "broken_columns"))


def _none(*refused: Refused) -> Batch:
    gathered = Gathered()
    gathered.refused += refused
    return gathered.batch()


def _parts(path: Path) -> Iterator[tuple[DataFrame, Roles]]:
    """The rows, so many at a time, and what each column is for; one part at least."""
    frame, roles, start = _frame(path), None, 0
    while True:
        part = frame.slice(start, ROWS).collect()
        roles = _roles(part) if roles is None else roles
        if part.height or not start:
            yield part, roles
        if part.height < ROWS:
            return
        start += ROWS


def _frame(path: Path) -> LazyFrame:
    from polars import scan_ipc, scan_parquet

    with open_regular(path, follow=True) as handle:
        scan = scan_parquet if handle.read(len(PARQUET)) == PARQUET else scan_ipc
    return scan(path, glob=False, hive_partitioning=False)


def _roles(part: DataFrame) -> Roles:
    """What the columns are for; of several that could be the ID or the text, the first name known counts."""
    found: dict[str, list[str]] = {}
    by_name = {name.lower().strip(): name for name in part.columns}
    taken = set()
    for role, names in _KNOWN.items():
        first = next((by_name[name] for name in names if name in by_name), None)
        if first is not None:
            found[role] = [first]
            taken.add(first)
    for plain, name in by_name.items():
        if name not in taken and (role := role_of(plain, _texts(part[name].head(2_000)))):
            found.setdefault(role, []).append(name)
    return found


def _columns(part: DataFrame, roles: Roles, file: str, before: int) -> Columns:
    """The rows side by side."""
    texts = {role: _texts(part[roles[role][0]]) if role in roles else [""] * part.height
             for role in ("id", "author", "lang", "retweets", "likes", "text", "time", "original")}
    tags = _tags(part, roles)
    records = [Record(file, 0, before + number, written.encode()) for number, written in enumerate(texts["id"], 1)]
    return Columns(
        texts["id"], _flags(part, roles, texts["original"]), texts["author"], texts["lang"], texts["retweets"],
        texts["likes"], tags, tags, texts["text"], texts["time"], texts["original"], records)


def _texts(column: Series) -> list[str]:
    """Each value as it would be written; "" for none and for what is no plain value."""
    from polars import Datetime, String

    if isinstance(column.dtype, Datetime):
        if column.dtype.time_zone:
            column = column.dt.convert_time_zone("UTC")
        return [one or "" for one in column.dt.strftime(_ISO).to_list()]
    if column.dtype.is_nested():
        return [""] * len(column)
    return [one or "" for one in column.cast(String, strict=False).to_list()]


def _flags(part: DataFrame, roles: Roles, originals: Sequence[str]) -> list[int]:
    flags = [RETWEET if one else 0 for one in originals]
    for role, bit in _KINDS.items():
        if role in roles:
            said = (FLAGS.get(one.lower(), False) for one in _texts(part[roles[role][0]]))
            flags = [one | bit if yes else one for one, yes in zip(flags, said, strict=True)]
    return flags


def _tags(part: DataFrame, roles: Roles) -> list[list[str]]:
    """The tags of each row; a keyword that matched is one, and a word of a column of few words is `column=word`."""
    found: list[list[str]] = [[] for _ in range(part.height)]
    for name in roles.get("tags", ()):
        values = part[name].to_list() if part[name].dtype.is_nested() else _texts(part[name])
        for row, value in zip(found, values, strict=True):
            row += _listed(value)
    for name in roles.get("flag", ()):
        for row, value in zip(found, _texts(part[name]), strict=True):
            row += [name] if FLAGS.get(value.lower()) else []
    for name in roles.get("value", ()):
        for row, value in zip(found, _texts(part[name]), strict=True):
            row += [f"{name}={value.strip()}"] if value.strip() else []
    return found


def _listed(value: object) -> list[str]:
    """The tags of a cell: a list of words or of objects that name one, JSON, or words with something between them."""
    if isinstance(value, list):
        words = [one.get("tag") or one.get("text") if isinstance(one, dict) else one for one in value]
        words = [one for one in words if isinstance(one, str)]
    elif isinstance(value, str):
        words = listed_tags(value) if value.startswith("[") else _BREAK.split(value)
    else:
        return []
    return [tag for tag in (one.lstrip("#＃") for one in words) if tag]

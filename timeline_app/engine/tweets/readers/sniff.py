"""Which format a file of tweets has, by its first 64 KB and never by its name. Each rule is small; the first one holds.

A file that holds no tweets is refused with a reason whose sentence is in the text catalogue: `tweet_readers.<reason>`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from timeline_app.engine.tweets.cells import cells_of
from timeline_app.engine.tweets.id_form import recognise
from timeline_app.engine.tweets.lines import words_of
from timeline_app.engine.tweets.readers import (
    any_table,
    archive,
    column_files,
    fourcat,
    snscrape,
    tables,
    tags_sheet,
    tcat,
    times,
    twarc1_csv,
    twarc_csv,
    v11,
)
from timeline_app.engine.tweets.readers.json_beginning import first_value

HEAD = 1 << 16
_WIDE = 64  # bytes that are looked at for the zeros of wide letters
_MOST_LOOKED_AT = 50  # of the elements of an array

Kind = Literal["", "ids", "v2", "v11", "twarc_csv", "twarc1_csv", "sfm_older", "studio",
               "archive", "tcat", "tcat_gaps", "tags_sheet", "fourcat",
               "fourcat_web", "snscrape", "times", "columns", "any_table"]
Layout = Literal["", "lines", "objects", "array", "inner_array", "script", "table", "columns"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file is: its `kind`, and how it is laid out; or why it is refused.

    `lines` may be cut anywhere between lines; a `table` only between rows; `objects` (written over several lines),
    an `array`, an `inner_array` (in an object) and a `script` are read from their beginning; `columns` where they lie.
    """

    kind: Kind = ""
    layout: Layout = ""
    refusal: str = ""


def sniff(head: bytes) -> Shape:
    """The shape of a file that begins with these bytes, unpacked; 64 KB are enough."""
    head = head[:HEAD]
    if column_files.is_one(head):
        return Shape("columns", "columns")
    if _is_wide(head[:_WIDE]):
        return Shape(refusal="no_byte_order_mark")
    plain = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not plain:
        return Shape(refusal="empty")
    if archive.SCRIPT.match(plain):
        return Shape("archive", "script") if archive.holds_tweets(plain) else Shape(refusal="private_part")
    if plain[:1] in (b"{", b"["):
        return _json(plain)
    found = _table(plain) or (Shape("times", "table") if times.recognised(plain) else _ids(head))
    return Shape(refusal="no_line_feed") if found.kind and b"\n" not in plain and b"\r" in plain.rstrip() else found


def _is_wide(begin: bytes) -> bool:
    """Whether letters are two bytes wide, or four: in some places there are mostly zeros, in others few."""
    zeros = [begin[at::4].count(0) * 8 for at in range(4)]
    return max(zeros) > len(begin) > min(zeros) and bool(begin.strip(b"\0"))


def _json(head: bytes) -> Shape:
    found = _first(head)
    for line in head.splitlines()[1:_MOST_LOOKED_AT] if not found.kind and found.refusal == "unknown" else ():
        if line[:1] == b"{" and (later := _first(line)).layout == "lines":
            return later
    return found


def _first(head: bytes) -> Shape:
    """What the first value of the bytes is."""
    value = first_value(head)
    if value == [] and head.rstrip().endswith(b"]"):
        return Shape(refusal="empty")
    if isinstance(value, list):
        found = [_object(one) for one in value[:_MOST_LOOKED_AT] if isinstance(one, dict)]
        best = next((shape for shape in found if shape.kind), found[0] if found else Shape(refusal="unknown"))
        return Shape(best.kind, "lines" if _is_a_line(head) else "array") if best.kind else best
    if not isinstance(value, dict):
        return Shape(refusal="unknown")
    found = _object(value)
    if found.kind and found.layout == "lines" and b"\n" in head.split(b":", 1)[0].strip():
        return Shape(found.kind, "objects")
    return found


def _is_a_line(head: bytes) -> bool:
    """Whether another array follows in the next line: then each line is one of its own."""
    return b"]\n[" in head.replace(b"\r", b"")


def _object(value: dict[str, Any]) -> Shape:
    """What one JSON object is, by its members."""
    keys = value.keys()
    if str(value.get("_type", "")).startswith(snscrape.TYPE):
        return Shape("snscrape", "lines") if value["_type"].endswith(".Tweet") else Shape(refusal="users")
    if "tweet" in keys and isinstance(value["tweet"], dict):
        return Shape("v11", "lines")
    if isinstance(value.get("statuses"), list):
        return Shape("v11", "inner_array")
    if "rest_id" in keys or "__import_meta" in keys or {"rest_id", "legacy"} & _keys(value.get("data")):
        return Shape("fourcat_web", "lines")
    if {"action", "id"} <= keys and "text" not in keys:
        return Shape(refusal="compliance")
    if isinstance(value.get("data"), (list, dict)):
        if value["data"] == []:
            return Shape("v2", "lines")
        return _v2(_keys(value["data"][0] if isinstance(value["data"], list) else value["data"]))
    if any(isinstance(value.get(kind), dict) for kind in v11.NOTICES) or _is_v11(keys):
        return _v11(keys)
    if "errors" in keys and "data" not in keys:
        return Shape("v2", "lines")
    if isinstance(value.get("users"), list):
        return Shape(refusal="users")
    return _v2(keys)


def _v2(keys: set[str]) -> Shape:
    """What an object of the v2 API is, by its own members."""
    if {"tweet_count", "start", "end"} <= keys:
        return Shape(refusal="counts")
    if {"member_count", "owner_id"} & keys:
        return Shape(refusal="lists")
    if "username" in keys and "text" not in keys:
        return Shape(refusal="users")
    if {"id", "text"} <= keys or {"id", "referenced_tweets"} <= keys:
        return Shape("v2", "lines")
    return Shape(refusal="unknown")


def _is_v11(keys: set[str]) -> bool:
    return "id_str" in keys or {"full_text", "user"} <= keys or {"id", "text", "user"} <= keys


def _v11(keys: set[str]) -> Shape:
    if "screen_name" in keys and not {"text", "full_text"} & keys:
        return Shape(refusal="users")
    return Shape("v11", "lines")


def _keys(value: Any) -> set[str]:
    return set(value) if isinstance(value, dict) else set()


def _table(head: bytes) -> Shape | None:
    """A table with texts: of a known tool by the names in its first line, else of one that has IDs and texts."""
    first = words_of(head.split(b"\n", 1)[0])[0].strip()
    cells = cells_of(first, tables.delimiter_of(first)) if first else None
    names = {cell.strip() for cell in cells or ()}
    if names >= tcat.GAPS:
        return Shape("tcat_gaps", "table")
    known: tuple[tuple[Kind, set[str]], ...] = (
        ("twarc_csv", twarc_csv.NEEDED), ("tcat", tcat.NEEDED), ("fourcat", fourcat.NEEDED),
        ("tags_sheet", tags_sheet.NEEDED), ("twarc1_csv", twarc1_csv.NEEDED), ("sfm_older", twarc1_csv.OLDER),
        ("studio", twarc1_csv.STUDIO))
    other: Kind = "any_table" if any_table.is_one(head) else ""
    kind = next((kind for kind, needed in known if needed <= names), other)
    return Shape(kind, "table") if kind else None


def _ids(head: bytes) -> Shape:
    found = recognise(head)
    if isinstance(found, str):
        return Shape(refusal=found)
    return Shape("ids", "lines") if found is not None else Shape(refusal="unknown")

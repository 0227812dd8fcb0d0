"""How an ID list is written: which column holds the ID, and what the others are. Recognised from its first lines.

Nothing here reads a whole file. A list of user IDs is told from a list of tweets by its header alone: both are numbers.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from timeline_app.domain.snowflake import LAST_ID
from timeline_app.engine.tweets.cells import cells_of
from timeline_app.engine.tweets.lines import words_of
from timeline_app.engine.tweets.one_id import one_id

ID_NAMES = ("tweet_id", "tweetid", "tweet id", "id_str", "status_id", "message_id", "post_id", "id", "tweet_url", "url")
USER_NAMES = ("user_id", "userid", "user id", "author_id", "from_user_id", "external_author_id", "user_id_str")
TEXT_NAMES = ("text", "full_text", "content", "body", "tweet", "rawcontent")
_ROLES = {
    "time": ("created_at", "utc", "date", "datetime", "timestamp", "time", "parsed_created_at"),
    "lang": ("lang", "language"),
    "tags": ("tags", "hashtags", "hashtag"),
}
_NUMBERS = {"retweets": re.compile("retweets?(_|$)"), "likes": re.compile("(likes?|favou?rites?)(_|$)")}
FLAGS = {"": False, "0": False, "1": True, "false": False, "true": True, "no": False, "yes": True, "0.0": False,
         "1.0": True}
_MOST_VALUES, _MOST_LENGTH = 24, 40
_SAMPLE = 2_000
_MOST_NULS = 4  # of so many bytes one: a list may be damaged in places, but text in another width is none
_LONG = 10**8  # a column of shorter numbers that no name calls IDs may be anything; tweets passed this in 2007
_CUT_SHARE = 0.05  # of good IDs 0.08 % end in 0000; of IDs that a spreadsheet cut, all


@dataclass(frozen=True, slots=True)
class IdForm:
    """`delimiter` "" is one ID a line. `roles` names what each column is: id, time, lang, tags, retweets, likes,
    flag (a keyword that was matched), value (one of few words) or "". `cut_digits`: a spreadsheet kept 15 digits."""

    delimiter: str = ""
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ("id",)
    cut_digits: bool = False


@lru_cache(4)
def recognise(head: bytes) -> IdForm | str | None:
    """The form of an ID list that begins so; "user_ids" for numbers of persons; None where it is something else."""
    if head.count(b"\0") * _MOST_NULS > len(head) or head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        return None
    text = words_of(head.removeprefix(codecs.BOM_UTF8))[0]
    lines = text.splitlines()[: _SAMPLE + 1]
    if len(lines) > 1 and len(head) >= 1 << 16 and not text.endswith("\n"):
        lines = lines[:-1]
    lines = [line for line in lines if line.strip()]
    delimiter = _delimiter(lines)
    rows = [cells(line, delimiter) for line in lines]
    return _form(rows, delimiter) if rows else None


def cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line, none where it cannot be divided. A quoted cell ends with its line: lists of IDs have no
    text."""
    if not delimiter:
        return [line.strip().strip("\"'")]
    if '"' in line:
        return cells_of(line, delimiter) or []
    return line.split(delimiter)


def _delimiter(lines: list[str]) -> str:
    counted = {one: sum(one in line for line in lines) for one in "\t,;|"}
    best = max(counted, key=lambda one: counted[one])
    return best if lines and counted[best] * 2 > len(lines) else ""


def _form(rows: list[list[str]], delimiter: str) -> IdForm | str | None:
    first = [cell.strip().lstrip("\ufeff") for cell in rows[0]]
    named = not any(one_id(cell).found for cell in first)
    names = tuple(first) if named and any(any(map(str.isalpha, cell)) for cell in first) else ()
    body = rows[1:] if named else rows
    known = _known(names)
    if any(name.lower() in TEXT_NAMES for name in names):
        return None
    column = _id_column(known, body)
    if column is None:
        return "user_ids" if any(name in USER_NAMES for name in known) else None
    header = names if delimiter or _names_an_id(known) else ()
    roles = tuple("id" if at == column else role_of(name, [row[at] for row in body if at < len(row)])
                  for at, name in enumerate(known or [""] * max(map(len, rows))))
    cut = _is_cut([row[column] for row in body if column < len(row)])
    return IdForm(delimiter, header, roles, cut)


def _known(names: tuple[str, ...]) -> list[str]:
    return [name.lower().strip() for name in names]


def _names_an_id(names: list[str]) -> bool:
    """Whether the first line of a plain list is its heading, and not a line that is no ID."""
    return bool(names) and len(names[0]) <= _MOST_LENGTH and any(word in names[0] for word in ("id", "url", "tweet"))


def _id_column(names: list[str], body: list[list[str]]) -> int | None:
    """The column named like an ID, else the one with the most IDs of a usual length; never one named like a user's."""
    width = max([len(names), *map(len, body)], default=0)
    found = [[_number(row[at]) for row in body if at < len(row)] for at in range(width)]
    usable = [sum(map(bool, column)) for column in found]
    allowed = [at for at in range(width) if at >= len(names) or names[at] not in USER_NAMES]
    for name in ID_NAMES:
        if name in names and (not body or usable[names.index(name)] * 2 > len(body)):
            return names.index(name)
    long = [sum(number > _LONG for number in column) for column in found]
    best = max(allowed, key=lambda at: long[at], default=None)
    return best if best is not None and long[best] * 2 > len(body) else None


def _number(cell: str) -> int:
    """The ID of a cell, or 0; at once where it is plain digits, as in nearly every cell of a list."""
    if cell.isascii() and cell.isdecimal() and len(cell) < 20 and (number := int(cell)) <= LAST_ID:
        return number
    return one_id(cell).id


def role_of(name: str, values: list[str]) -> str:
    """What a column is for, by its name in small letters and its first values."""
    for role, known in _ROLES.items():
        if name in known:
            return role
    seen = {value.strip().lower() for value in values}
    if not name or name in USER_NAMES or not seen - {""}:
        return ""
    for role, pattern in _NUMBERS.items():
        if pattern.match(name) and all(value.isdecimal() or not value for value in seen):
            return role
    if seen <= FLAGS.keys():
        return "flag"
    few = len(seen) <= min(_MOST_VALUES, len(values) // 2) and all(len(value) <= _MOST_LENGTH for value in seen)
    return "value" if few and not any(value[:1].isdecimal() or value[:1] == "-" for value in seen) else ""


def _is_cut(values: list[str]) -> bool:
    long = [value for value in (one.strip() for one in values) if value.isdecimal() and 18 <= len(value) <= 19]
    return len(long) >= 20 and sum(is_cut(value) for value in long) > _CUT_SHARE * len(long)


def is_cut(digits: str) -> bool:
    """Whether everything behind the 15th digit is zero, as a spreadsheet leaves it."""
    return len(digits) > 15 and not digits[15:].strip("0")

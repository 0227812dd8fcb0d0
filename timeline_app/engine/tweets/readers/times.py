"""Lists of times without IDs, for collections whose IDs lead to private people: `utc[,label...]` or `start,count`.

A store is in the order of IDs, so each time gets the least ID of its millisecond and a running number in the low bits,
where others keep machine and sequence: two tweets of one moment stay two. The flag TIMES_ONLY says that such a number
is nobody's ID. Times are milliseconds since 1970 or ISO 8601, UTC where no zone is written.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from timeline_app.domain.snowflake import EPOCH_MS, FIRST_ID
from timeline_app.engine.tweets.batch import TIMES_ONLY, Refused
from timeline_app.engine.tweets.cells import cells_of
from timeline_app.engine.tweets.id_form import FLAGS, role_of
from timeline_app.engine.tweets.lines import words_of
from timeline_app.engine.tweets.readers import tables
from timeline_app.engine.tweets.readers.gather import Found, Notes
from timeline_app.engine.tweets.readers.records import Given, Record
from timeline_app.engine.tweets.readers.written_times import UNREAD, seconds_of

NAMES = ("utc", "utc_ms", "time_utc", "ms", "time_ms", "unix_ms")
START, COUNTS = "start", ("count", "tweets", "tweet_count")
_SHIFT = 22
_MOST = 1 << _SHIFT  # tweets of one millisecond
_FIRST_MS = EPOCH_MS + (FIRST_ID >> _SHIFT) + 1
_LAST_MS = EPOCH_MS + (1 << 41) - 1
_CHUNK, _SAMPLE = 1_000, 2_000
_ENOUGH = 0.9  # so many of the first lines must be times
_MS = re.compile("1[0-9]{12}")
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?"
                  r"(Z|[+-][0-9]{2}:?[0-9]{2})?)?")
_LONG_ID = re.compile("[0-9]{15,19}")

_Row = tuple[Record, list[str]]


@dataclass(frozen=True, slots=True)
class _Form:
    """The columns by name and role, the time first; where the count stands, or 0."""

    names: Sequence[str]
    roles: Sequence[str]
    count: int
    has_header: bool


def recognised(head: bytes) -> bool:
    """Whether a file that begins so is such a list: by the name of its first column, or by nothing but times."""
    lines = words_of(head.removeprefix(codecs.BOM_UTF8))[0].splitlines()[:201]
    lines = [line for line in (lines[:-1] if len(lines) == 201 else lines) if line.strip()]
    delimiter = tables.delimiter_of(lines[0]) if lines else ","
    rows = [cells for line in lines if (cells := cells_of(line, delimiter))]
    named = bool(rows) and not _is_time(rows[0][0])
    names, body = ([cell.strip().lower() for cell in rows[0]] if named else []), rows[named:]
    if not body or (named and not _are_names(names)):
        return False
    with_ids = sum(any(_LONG_ID.fullmatch(cell.strip()) for cell in row[1:]) for row in body)
    few = named or all(len(row) == 1 for row in body)
    return few and sum(_is_time(row[0]) for row in body) >= _ENOUGH * len(body) and with_ids * 2 <= len(body)


def _are_names(names: Sequence[str]) -> bool:
    return names[0] in NAMES or (names[0] == START and any(name in COUNTS for name in names[1:]))


def _is_time(cell: str) -> bool:
    plain = cell.strip()
    return bool(_MS.fullmatch(plain) or _ISO.fullmatch(plain))


def tweets(records: Given, notes: Notes) -> Iterator[Refused | list[Found | Refused]]:
    """The tweets of a list: each row is one, or as many as its count says."""
    rows = tables.rows(records, notes)
    first = list(islice(rows, _SAMPLE))
    found = [row for row in first if row.__class__ is not Refused]
    if not found:
        yield from first  # type: ignore[misc]
        return
    form = _form([cells for _, cells in found])
    number = zlib.crc32(found[0][0].file.encode())
    passed = not form.has_header
    rows = chain(first, rows)
    while chunk := list(islice(rows, _CHUNK)):
        yield from (row for row in chunk if row.__class__ is Refused)
        chunk = [row for row in chunk if row.__class__ is not Refused]
        if not passed and chunk:
            passed, chunk = True, chunk[1:]
        for part in _found(chunk, form, number):
            number += len(part)
            yield part


def _form(rows: list[list[str]]) -> _Form:
    named = not _is_time(rows[0][0])
    width = len(rows[0])
    names = [cell.strip() for cell in rows[0]] if named else ["utc", *(f"label{at}" for at in range(1, width))]
    count = next((at for at, name in enumerate(names) if at and name.lower() in COUNTS), 0)
    body = rows[named:]
    roles = ["time", *(role_of(name.lower(), [row[at] for row in body if at < len(row)])
                       for at, name in enumerate(names) if at)]
    if names[0].lower() == START:
        roles[1:] = [""] * (len(roles) - 1)
    return _Form(names, roles, count if names[0].lower() == START else 0, named)


def _found(rows: list[_Row], form: _Form, number: int) -> Iterator[list[Found | Refused]]:
    """The tweets of some rows, at most so many at a time."""
    made: list[Found | Refused] = []
    for (record, cells), at in zip(rows, _milliseconds([cells[0] for _, cells in rows]), strict=True):
        count = _count(cells, form)
        reason = ("wrong_width" if len(cells) != len(form.names) else "not_a_time" if at is None or at > _LAST_MS
                  else "too_early" if at < _FIRST_MS else "count_too_large" if count is None else "")
        if reason:
            made.append(record.refuse(reason))
            continue
        for _ in range(count):
            made.append(_tweet(record, cells, form, at, number))
            number += 1
            if len(made) >= _CHUNK:
                yield made
                made = []
    yield made


def _count(cells: Sequence[str], form: _Form) -> int | None:
    """How many tweets a row stands for; None where that is no number, or more than a moment holds."""
    if not form.count:
        return 1
    written = cells[form.count].strip() if form.count < len(cells) else ""
    number = int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else _MOST
    return number if number < _MOST else None


def _milliseconds(written: list[str]) -> list[int | None]:
    """Each time in ms UTC, or None."""
    parts = [_ISO.fullmatch(one.strip()) for one in written]
    full = [f"{part[1]}T{part[2] or '00:00'}:{part[3] or '00'}{part[5] or 'Z'}" if part else "" for part in parts]
    seconds = seconds_of(full).tolist()
    found: list[int | None] = []
    for one, part, second in zip(written, parts, seconds, strict=True):
        if part and second != UNREAD:
            found.append(second * 1000 + int((part[4] or "0")[:3].ljust(3, "0")))
        else:
            found.append(int(one) if _MS.fullmatch(one.strip()) else None)
    return found


def _tweet(record: Record, cells: Sequence[str], form: _Form, at: int, number: int) -> Found:
    tags: list[str] = []
    lang = ""
    for name, kind, cell in zip(form.names, form.roles, cells, strict=True):
        plain = cell.strip()
        if kind == "flag" and FLAGS.get(plain.lower()):
            tags.append(name)
        elif kind == "value" and plain:
            tags.append(f"{name}={plain}")
        elif kind == "tags":
            tags += [tag for tag in (one.lstrip("#＃") for one in re.split(r"[\s|,;]+", plain)) if tag]
        elif kind == "lang":
            lang = plain
    least = (at - EPOCH_MS) << _SHIFT
    return Found(str(least + number % _MOST), TIMES_ONLY, "", lang, 0, 0, tags, tags, "", "", record)

"""Tables with a text column, one tweet a row: rows with their place, and the columns of a format as one `Columns`.

Which columns a format has is said in its own module. A row may go over several lines where a cell is quoted; it ends
where its quotation marks are even. Without that end it is refused, and reading goes on at the next line.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from timeline_app.engine.tweets.batch import NOT_UTF8, Refused
from timeline_app.engine.tweets.cells import CELL_LIMIT, cells_of
from timeline_app.engine.tweets.lines import words_of
from timeline_app.engine.tweets.readers.gather import Found, Notes
from timeline_app.engine.tweets.readers.records import Given, Record

MOST_LINES, MOST_BYTES = 2_000, CELL_LIMIT

Row = Mapping[str, str]


def _no_original(_row: Row) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of a format's columns, "" where it has none; `tags` and `flags` read a row, `instead` is a column
    with a link to the tweet, for IDs that a spreadsheet has damaged; `original` finds the ID of the repeated tweet."""

    id: str
    tags: Callable[[Row], list[str]]
    flags: Callable[[Row], int]
    author: str = ""
    lang: str = ""
    retweets: str = ""
    likes: str = ""
    text: str = "text"
    time: str = "created_at"
    instead: str = ""
    original: Callable[[Row], str] = _no_original


def tweets(records: Given, columns: Columns, notes: Notes) -> Iterator[Found | Refused]:
    """The tweets of a table whose first line is its header. A repeated header is passed over."""
    header: list[str] | None = None
    for row in rows(records, notes):
        if row.__class__ is Refused:
            yield row  # type: ignore[misc]
            continue
        record, cells = row
        if header is None:
            header = [name.strip().lstrip("\ufeff") for name in cells]
        elif len(cells) != len(header):
            yield record.refuse("wrong_width")
        elif cells == header:
            notes.passed["header"] += 1
        else:
            yield _found(dict(zip(header, cells, strict=True)), columns, record)


def _found(row: Row, columns: Columns, record: Record) -> Found:
    written = row.get(columns.id, "")
    if columns.instead and not _is_whole(written):
        written = row.get(columns.instead, "") or written
    tags = columns.tags(row)
    return Found(written, columns.flags(row), row.get(columns.author, ""), row.get(columns.lang, ""),
                 row.get(columns.retweets, ""), row.get(columns.likes, ""), tags, tags, row.get(columns.text, ""),
                 row.get(columns.time, ""), record, columns.original(row))


def _is_whole(written: str) -> bool:
    """Whether an ID has all its digits, as far as can be seen."""
    return written.isascii() and written.isdecimal() and not (len(written) > 15 and written.endswith("0000"))


def rows(records: Given, notes: Notes) -> Iterator[tuple[Record, list[str]] | Refused]:
    """The rows of a table with comma or tab (as its first line has it) as records and cells. Lines that together make
    no row of the first one's width were joined by a stray quotation mark: the first is refused, the others stand
    alone."""
    delimiter, width = "", 0
    again: deque[Record | Refused] = deque()
    for record in whole_rows(records, again):
        if record.__class__ is Refused:
            yield record  # type: ignore[misc]
            continue
        text, is_utf8 = words_of(record.data.rstrip(b"\r"))
        delimiter = delimiter or delimiter_of(text)
        cells = cells_of(text, delimiter)
        if width and b"\n" in record.data and len(cells or ()) != width:
            first, *others = _divided(record)
            again.extendleft(reversed(others))
            yield first.refuse("open_row")
            continue
        width = width or len(cells or ())
        if not is_utf8:
            notes.passed[NOT_UTF8] += 1
        yield record.refuse("broken_row") if cells is None else (record, cells)


def delimiter_of(header: str) -> str:
    """Tab, semicolon or comma: what the header has most of."""
    return max(",\t;", key=header.count)


def whole_rows(records: Given, again: deque[Record | Refused]) -> Given:
    """Lines joined to rows. A row that does not end is refused by its first line; the others are looked at `again`, as
    is what the caller puts back."""
    held: list[Record] = []
    is_open = False
    while True:
        record = again.popleft() if again else next(records, None)
        if record.__class__ is Record:
            is_open ^= bool(record.data.count(b'"') & 1)
            held.append(record)
            if not is_open:
                if len(held) > 1 or not record.data.isspace() and record.data:
                    yield held[0] if len(held) == 1 else _joined(held)
                held = []
            if not held or not _is_too_long(held):
                continue
            record = None
        if held:
            yield held[0].refuse("open_row")
            again.extendleft(reversed([*held[1:], *([record] if record else [])]))
            held, is_open = [], False
        elif record is None:
            return
        else:
            yield record


def _is_too_long(held: list[Record]) -> bool:
    first, last = held[0], held[-1]
    return len(held) > MOST_LINES or last.offset + len(last.data) - first.offset > MOST_BYTES


def _divided(row: Record) -> list[Record]:
    """The lines that were joined."""
    found, offset = [], row.offset
    for number, line in enumerate(row.data.split(b"\n"), row.line):
        found.append(Record(row.file, offset, number, line))
        offset += len(line) + 1
    return found


def _joined(parts: list[Record]) -> Record:
    return Record(parts[0].file, parts[0].offset, parts[0].line, b"\n".join(part.data for part in parts))

"""A table from CSV text, row by row, each with its line in the file. What the columns mean is not known here.

The csv module would swallow thousands of rows behind one unclosed quotation mark without a word; here such a
row is refused with its line, and reading goes on at the next line.
"""
from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TypeVar

from timeline_app.base.problems import Problem, Severity
from timeline_app.base.safe_io import readable
from timeline_app.domain.records import Words

FIELD_LIMIT = 1_000_000
LINE_LIMIT = 16_000_000
COLUMN_LIMIT = 500
RECORD_LINES = 100
REFUSAL_LIMIT = 100
FINDING_LIMIT = 1_000
Record = tuple[int, list[str]]
_TORN = frozenset({"unclosed_quote", "field_too_long", "line_too_long"})
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table: where each stands, and which translate which."""

    file: str
    columns: tuple[str, ...] = ()

    def places(self) -> dict[str, int]:
        """The first place of each named column."""
        return {name: place for place, name in reversed(list(enumerate(self.columns))) if name}


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `line` is the line of the file that it begins on; a column that is not there reads as
    empty."""

    header: Header
    places: dict[str, int]
    line: int
    cells: list[str]

    def text(self, column: str) -> str:
        """The text of a cell without white space around it."""
        place = self.places.get(column)
        return "" if place is None else self.cells[place].strip()

    def items(self, column: str) -> tuple[str, ...]:
        """The members of a list cell."""
        cell = self.text(column)
        return tuple(item.strip() for item in cell.split("|") if item.strip()) if cell else ()

    def words(self, column: str, languages: tuple[str, ...]) -> Words:
        """A text with its translations."""
        others = tuple((code, self.text(f"{column}.{code}")) for code in languages[1:])
        return Words(self.text(column), tuple(pair for pair in others if pair[1]))

    def word(self, column: str, allowed: Collection[str], found: list[Problem]) -> str:
        """A word of a fixed list, or ""; another word is added to `found`."""
        word = self.text(column)
        if word and word not in allowed:
            found.append(self.problem("unknown_word", column, word=word, allowed=", ".join(sorted(allowed))))
        return word

    def known(self, column: str, ids: Collection[str], code: str, found: list[Problem]) -> str:
        """An id that stands in another table, or ""; an unknown one is added to `found`."""
        one = self.text(column)
        if one and one not in ids:
            found.append(self.problem(code, column, id=one))
        return one

    def problem(self, code: str, column: str = "", /, severity: Severity = "error",
                **args: object) -> Problem:
        """A finding in this row."""
        place = self.places.get(column, -1) + 1
        named = tuple((name, str(value)[:200]) for name, value in args.items())
        return Problem(severity, code, self.header.file, self.line, place, column, named)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows that could be read."""

    header: Header
    rows: tuple[Row, ...] = ()


def taken(table: Table, make: Callable[[Row, list[Problem]], _Made | None],
          problems: list[Problem]) -> tuple[_Made, ...]:
    """The records of a table's rows. A row that `make` finds an error in is left out; of more than a thousand
    findings the rest are not listed."""
    records: list[_Made] = []
    before = len(problems)
    for row in table.rows:
        found: list[Problem] = []
        record = make(row, found)
        if record is not None and not any(problem.severity == "error" for problem in found):
            records.append(record)
        problems += found
        if len(problems) - before > FINDING_LIMIT:
            problems[before + FINDING_LIMIT:] = [Problem("error", "too_many_faults", table.header.file)]
    return tuple(records)


def with_columns(table: Table, needed: tuple[str, ...], problems: list[Problem]) -> Table:
    """The table, or an empty one without columns where one is missing that no row can do without."""
    missing = [name for name in needed if name not in table.header.columns]
    if not table.header.columns or not missing:
        return table
    problems += [Problem("error", "missing_column", table.header.file, 1, 0, name) for name in missing]
    return Table(Header(table.header.file))


def with_own_ids(table: Table, problems: list[Problem]) -> Table:
    """The rows that have an id of their own: of two with the same id the first."""
    first: dict[str, int] = {}
    rows: list[Row] = []
    for row in table.rows:
        own = row.text("id")
        if not own:
            problems.append(row.problem("no_id", "id"))
        elif own in first:
            problems.append(row.problem("id_twice", "id", id=own, line=first[own]))
        else:
            first[own] = row.line
            rows.append(row)
    return Table(table.header, tuple(rows))


def read_table(data: bytes, file: str, problems: list[Problem]) -> Table:
    """The rows of a CSV file with a header; what cannot be read is added to `problems`."""
    header, records = read_lines(data, file, problems)
    places = header.places()
    rows = (row_of(header, places, record, problems) for record in records)
    return Table(header, tuple(row for row in rows if row is not None))


def read_lines(data: bytes, file: str, problems: list[Problem]) -> tuple[Header, Iterator[Record]]:
    """The header of a CSV file, and its records one by one: in long tables a Row for each would cost too
    much."""
    records = read_records(data, file, problems)
    before = len(problems)
    first = next(records, None)
    torn = [problem for problem in problems[before:] if problem.code in _TORN]
    if first is None or torn or not any(cell.strip() for cell in first[1]):
        problems.append(Problem("error", "no_header", file, 1))
        return Header(file), iter(())
    header = _header(file, first, problems)
    return header, records if header.columns else iter(())


def read_records(data: bytes, file: str, problems: list[Problem]) -> Iterator[Record]:
    """The first line and the cells of each record that is not empty, the header first."""
    text, found = readable(data, file)
    problems += found
    csv.field_size_limit(FIELD_LIMIT)
    lines = text.split("\n")
    feed = _Feed(lines)
    width = refused = 0
    while feed.next < len(lines):
        try:
            for cells in csv.reader(feed, strict=True):
                if feed.next - feed.start > 1 and _swallowed(lines[feed.start:feed.next], len(cells), width):
                    raise csv.Error("unclosed")
                width = width or len(cells)
                if any(cells):
                    yield feed.start + 1, cells
                feed.start = feed.next
        except csv.Error as error:
            problems.append(_refusal(str(error), file, feed))
            refused += 1
            if refused == REFUSAL_LIMIT:
                problems.append(Problem("error", "too_many_refusals", file, feed.start + 1))
                return
            feed.start = feed.next = feed.start + 1


class _Feed:
    """The lines of a file for the csv reader; it stops a record that goes on for too long."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.start = self.next = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.next >= len(self.lines):
            raise StopIteration
        if self.next - self.start >= RECORD_LINES:
            raise csv.Error("unclosed")
        line = self.lines[self.next]
        if len(line) > LINE_LIMIT:
            raise csv.Error("line too long")
        self.next += 1
        return line + "\n"


def _swallowed(lines: list[str], cells: int, width: int) -> bool:
    """Whether a record of several lines looks like rows behind an unclosed quotation mark."""
    if width and cells != width:
        return True
    alike = sum(len(next(csv.reader([line]), ())) == width for line in lines[1:-1])
    return alike > 1 or (alike == 1 and width > 4)


def _refusal(reason: str, file: str, feed: _Feed) -> Problem:
    line = feed.lines[feed.start]
    if reason == "line too long":
        return Problem("error", "line_too_long", file, feed.start + 1)
    code = "field_too_long" if "field limit" in reason else "unclosed_quote"
    return Problem("error", code, file, feed.start + 1, _place(line, code))


def _place(line: str, code: str) -> int:
    """The number of the cell that is too long, or that the open quotation mark begins."""
    csv.field_size_limit(LINE_LIMIT + 1)
    try:
        cells = next(csv.reader([line]), [""])
    finally:
        csv.field_size_limit(FIELD_LIMIT)
    if code == "unclosed_quote":
        return len(cells)
    return next((place for place, cell in enumerate(cells, 1) if len(cell) > FIELD_LIMIT), 0)


def _header(file: str, first: Record, problems: list[Problem]) -> Header:
    line, cells = first
    columns = tuple(cell.strip() for cell in cells)
    if len(columns) > COLUMN_LIMIT:
        count = (("count", f"{len(columns):,}"), ("limit", str(COLUMN_LIMIT)))
        problems.append(Problem("error", "too_many_columns", file, line, args=count))
        return Header(file)
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t"):
        problems.append(Problem("error", "other_separator", file, line))
    for place, name in enumerate(columns, 1):
        if name and name in columns[:place - 1]:
            problems.append(Problem("error", "column_twice", file, line, place, name))
    return Header(file, columns)


def row_of(header: Header, places: dict[str, int], record: Record, problems: list[Problem]) -> Row | None:
    """One record as a row; with more cells than columns it is refused, with fewer the rest is empty."""
    line, cells = record
    spare = len(header.columns) - len(cells)
    if spare < 0 and any(cells[spare:]):
        width = len(header.columns)
        args = (("count", str(len(cells))), ("expected", str(width)))
        problems.append(Problem("error", "too_many_cells", header.file, line, width + 1, args=args))
        return None
    return Row(header, places, line, cells + [""] * max(spare, 0))

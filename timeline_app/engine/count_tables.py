"""Counted series from long tables: start, value and, where a series has parts, the part of each value.

Every refused row has its line; what a missing bin means is the series' own word and is not decided here.
"""
from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

import numpy as np

from timeline_app.base.problems import Problem
from timeline_app.domain import edtf
from timeline_app.domain.records import Words
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, BadDate, Span
from timeline_app.engine.event_table import Known
from timeline_app.engine.instants import moment
from timeline_app.engine.manifest import SeriesEntry, Stretch, Text, words
from timeline_app.engine.series import BIN_MS, Category, Point, Series
from timeline_app.engine.tables import (
    Header,
    Record,
    Row,
    Table,
    read_lines,
    read_table,
    row_of,
    taken,
    with_columns,
)

NOT_STATED = "not stated"
NEEDED = ("start", "value")
PART_COLUMNS = ("use", "subject", "category")
QUALIFIERS = frozenset({"~", ">", ">=", "<", "<="})
_COUNT = re.compile(r"[0-9]{1,15}")
_FIGURE = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")


def read_series(entry: SeriesEntry, data: bytes, file: str, known: Known, problems: list[Problem]) -> Series:
    """One series from its table, with the rows that could be read."""
    zone = clock_zone(entry)
    if entry.bin == "point":
        table = with_columns(read_table(data, file, problems), NEEDED, problems)
        points = taken(table, lambda row, found: _point(row, zone, known.sources, found), problems)
        points = tuple(sorted(points, key=lambda point: point.at_ms))
        start = np.array([point.at_ms for point in points], dtype=np.int64)
        values = np.array([round(point.value) for point in points], dtype=np.int64).reshape(-1, 1)
        return _series(entry, known.languages, (start, values), points)
    header, records = read_lines(data, file, problems)
    if not with_columns(Table(header), NEEDED, problems).header.columns:
        records = iter(())
    counts = _Counts(header, entry)
    counts.read(records, problems)
    return _series(entry, known.languages, counts.arrays())


def clock_zone(entry: SeriesEntry) -> str:
    """The zone that bins without an offset are read in: UTC where the authors do not state one."""
    return "UTC" if entry.zone == NOT_STATED else entry.zone


def stretch(texts: Stretch | None, zone: str) -> Span | None:
    """The span between two moments as text, None where they are none."""
    ends = (moment(texts.start, zone), moment(texts.end, zone)) if texts else (None, None)
    return Span(*ends) if None not in ends and ends[0] <= ends[1] else None


def _series(entry: SeriesEntry, languages: tuple[str, ...], arrays: tuple[np.ndarray, np.ndarray],
            points: tuple[Point, ...] = ()) -> Series:
    def say(text: Text) -> Words:
        return words(text, languages)

    return Series(
        entry.series, say(entry.title), say(entry.short), say(entry.per), say(entry.who), entry.unit,
        entry.bin, entry.zone, *arrays,
        tuple(Category(one.key, say(one.label), one.role) for one in entry.categories), points,
        stretch(entry.covered, clock_zone(entry)), entry.missing_bins_are_zero, entry.event_id,
        tuple(dict.fromkeys(one for one in (entry.source_id, *entry.source_ids) if one)), say(entry.caveat))


class _Counts:
    """The values of one table while it is read. A long table has many thousand rows, nearly all of them
    plain: only the others are looked at as a Row."""

    def __init__(self, header: Header, entry: SeriesEntry) -> None:
        self._header, self._places = header, header.places()
        self._zone = clock_zone(entry)
        self._parts = {one.key: place for place, one in enumerate(entry.categories)} or {"": 0}
        self._covered = stretch(entry.covered, self._zone) or Span(MIN_INSTANT, MAX_INSTANT)
        self._grid = BIN_MS[entry.bin] if self._zone == "UTC" else 1
        self._part_column = next((name for name in PART_COLUMNS if name in header.columns), "")
        self._columns = [self._places.get(name, 0) for name in (*NEEDED, self._part_column)]
        self._counted: dict[tuple[int, int], int] = {}

    def read(self, records: Iterator[Record], problems: list[Problem]) -> None:
        """Take all rows; each one that cannot be is added to `problems`."""
        width = len(self._header.columns)
        for record in records:
            if len(record[1]) == width and self._takes(record[1]):
                continue
            row = row_of(self._header, self._places, record, problems)
            if row is not None and not self._takes([cell.strip() for cell in row.cells]):
                problems += self._faults(row)

    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """Starts, ascending, and a column of values for each part; 0 where a part has no row."""
        keys = np.array(list(self._counted), dtype=np.int64).reshape(-1, 2)
        start, place = np.unique(keys[:, 0], return_inverse=True)
        values = np.zeros((len(start), len(self._parts)), dtype=np.int64)
        values[place, keys[:, 1]] = list(self._counted.values())
        return start, values

    def _takes(self, cells: list[str]) -> bool:
        start, value, part = self._columns
        at = _start(cells[start], self._zone)
        place = self._parts.get(cells[part] if self._part_column else "")
        text = cells[value]
        if at is None or place is None or not _COUNT.fullmatch(text) or (at, place) in self._counted:
            return False
        if at % self._grid or not self._covered.start <= at < self._covered.end:
            return False
        self._counted[at, place] = int(text)
        return True

    def _faults(self, row: Row) -> list[Problem]:
        found: list[Problem] = []
        start, text, part = (row.text(name) for name in (*NEEDED, self._part_column))
        at = _start(start, self._zone)
        if at is None:
            found.append(row.problem("bad_instant", "start", text=start))
        elif at % self._grid:
            found.append(row.problem("off_grid", "start", text=start))
        elif not self._covered.contains(at):
            found.append(row.problem("outside_coverage", "start", text=start))
        if not _COUNT.fullmatch(text):
            found.append(row.problem("bad_count", "value", text=text))
        if part not in self._parts:
            allowed = ", ".join(self._parts)
            found.append(row.problem("unknown_word", self._part_column, word=part, allowed=allowed))
        return found or [row.problem("bin_twice", "start", text=start)]


@lru_cache(maxsize=16_384)
def _start(text: str, zone: str) -> int | None:
    return moment(text, zone)


def _point(row: Row, zone: str, sources: Collection[str], found: list[Problem]) -> Point | None:
    between, text = _point_instants(row.text("start"), zone), row.text("value")
    if between is None:
        found.append(row.problem("bad_instant", "start", text=row.text("start")))
    if not _FIGURE.fullmatch(text):
        found.append(row.problem("bad_count", "value", text=text))
    source_id = row.known("source_id", sources, "unknown_source", found)
    qualifier = row.word("qualifier", QUALIFIERS, found)
    if found or between is None:
        return None
    return Point(*between, float(text), qualifier, source_id, row.text("rival_group"), row.text("excerpt"))


def _point_instants(text: str, zone: str) -> tuple[int, int] | None:
    """A clock time twice, or the earliest and the latest that a date can mean."""
    at = moment(text, zone) if "T" in text else None
    if at is not None:
        return at, at
    try:
        when = edtf.resolve(text, zone)
    except BadDate:
        return None
    return when.earliest_start, when.latest_end

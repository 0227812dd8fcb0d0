"""Counts of visits for each hour, without persons: how many visits, which screens and languages they saw, how long they
were. What leaves the machine holds no number below five, and none that could be worked out from those it holds.

A cell counts visits, not touches: a screen that one visitor opens ten times counts once, and a visit has one language,
or the numbers of both and that of the visits would give away how many read both. An hour that is not over is
not told, so that two exports never differ by one visitor. Neighbouring hours are told as one stretch until its numbers
are large enough, and a stretch is not carried over from one day (for languages and lengths: month) to the next.
"""
from __future__ import annotations

import contextlib
import csv
import io
import os
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from timeline_app.base.problems import UserError
from timeline_app.base.safe_io import MEGABYTE, read_regular, write_atomic
from timeline_app.base.text import LANGUAGES

FILE, DAMAGED = "visits.json", "visits.damaged.json"
SCREENS = ("home", "know", "closer", "play", "card")  # what nobody has touched is no part of a visit
DWELLS = ("under_1_min", "1_to_3_min", "3_to_10_min", "over_10_min")
_ENDS_S = (60, 180, 600)
COLUMNS = ("sessions", *(f"screen_{name}" for name in SCREENS), *(f"language_{code}" for code in LANGUAGES),
           *(f"dwell_{name}" for name in DWELLS))
CSV_COLUMNS = ("from", "until", "counted", "which", "visits")
LEAST = 5  # a number below it is not told
SAVE_EACH_S = 60.0
MOST_HOURS = 400 * 24  # hours with visits; where there are more the oldest month goes as a whole
LATEST_HOUR = 8_000_000  # the year 2882: no clock that is of use says more
MOST_BYTES = 4 * MEGABYTE
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_Cell = Annotated[int, msgspec.Meta(ge=0, le=10**9)]
_Span = tuple[int, int, list[int]]  # first hour, end (exclusive), a number for each of COLUMNS


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """The file: the names of the columns, and for each hour with visits its number and its counts."""

    version: Literal[1]
    columns: tuple[str, ...]
    hours: list[list[_Cell]]


@dataclass(frozen=True, slots=True)
class Row:
    """One number that may be told: visits in a stretch of whole hours since 1970 UTC, its end exclusive."""

    first_hour: int
    end_hour: int
    counted: str  # "sessions", "screen", "language" or "dwell"
    which: str
    visits: int


class Visits:
    """The counts of a kiosk, from the file of its place where there is one. Nothing in it ever raises but an export:
    what the disk does not take stays in memory, and is written once it can be. `is_kept` says how the last try went."""

    def __init__(self, place: Path | None) -> None:
        self._path = place / FILE if place is not None else None
        self.is_kept = place is not None
        self._hours = _read(self._path) if self._path is not None else {}
        self._seen: set[str] = set()
        self._language: tuple[str, int] | None = None
        self._is_open = self._is_changed = False
        self._tried_s: float | None = None

    def begin(self, hour: int) -> None:
        """Somebody has come. Hours are whole ones since 1970, UTC. Between two visits nothing counts."""
        self._is_open, self._language = True, None
        self._seen.clear()
        self._count("sessions", hour)

    def screen(self, name: str, hour: int) -> None:
        """A screen is shown; of a visit it counts once, and one that is not of SCREENS never."""
        self._count(f"screen_{name}", hour)

    def language(self, code: str, hour: int) -> None:
        """A language is read. A visit counts for the last one of the hour in which it had its first: an hour that is
        over never changes."""
        column = f"language_{code}"
        if self._language is None and self._count(column, hour):
            self._language = column, hour
        elif self._language is not None and self._language[1] == hour and self._count(column, hour):
            counts, before = self._hours[hour], COLUMNS.index(self._language[0])
            counts[before] = max(0, counts[before] - 1)
            self._seen.discard(self._language[0])
            self._language = column, hour

    def end(self, dwell_seconds: float, hour: int) -> None:
        """The visitor has gone; an end without a beginning is none."""
        self._count(f"dwell_{DWELLS[bisect_right(_ENDS_S, dwell_seconds)]}", hour)
        self._is_open = False

    def due(self, now_monotonic: float) -> tuple[Path, bytes] | None:
        """What is new, to be handed to `write` on any thread and its answer to `written`: at most once a minute by a
        clock in seconds that never goes back."""
        waited = None if self._tried_s is None else now_monotonic - self._tried_s
        if waited is not None and 0 <= waited < SAVE_EACH_S:
            return None
        found = self._new()
        self._tried_s = now_monotonic if found is not None else self._tried_s
        return found

    def written(self, is_kept: bool) -> None:
        """What came of writing: what the disk did not take is still new."""
        self.is_kept, self._is_changed = is_kept, self._is_changed or not is_kept

    def save(self, now_monotonic: float) -> None:
        """Write what is new, at most once a minute."""
        found = self.due(now_monotonic)
        if found is not None:
            self.written(write(*found))

    def save_now(self) -> None:
        """Write what is new."""
        found = self._new()
        if found is not None:
            self.written(write(*found))

    def _new(self) -> tuple[Path, bytes] | None:
        if self._path is None or not self._is_changed:
            return None
        self._is_changed = False
        kept = _File(1, COLUMNS, [[hour, *counts] for hour, counts in sorted(self._hours.items())])
        return self._path, msgspec.json.encode(kept) + b"\n"

    def table(self, hour: int) -> tuple[Row, ...]:
        """All that may be told in an hour: of the hours before it, no number below five."""
        past = [(one, one + 1, counts) for one, counts in sorted(self._hours.items()) if one < hour]
        stretches = [one for day in _by(_day, past) for one in _joined(day, ("sessions",))]
        rows = [row for one in stretches for row in _told(one, ("sessions", *_group("screen")))]
        for month in _by(_month, stretches):
            for name in ("language", "dwell"):
                rows += [row for one in _joined(month, _group(name)) for row in _told(one, _group(name))]
        return tuple(rows)

    def export_csv(self, path: Path, hour: int | None = None) -> None:
        """Write the table as CSV, as a whole or not at all; UserError where that fails. `hour` is the one that is not
        over: the wall's clock says it unless it is told."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(CSV_COLUMNS)
        for row in self.table(int(time.time() // 3600) if hour is None else hour):
            writer.writerow((_said(row.first_hour), _said(row.end_hour), row.counted, row.which, row.visits))
        try:
            write_atomic(path, out.getvalue().encode())
        except OSError:
            raise UserError("counts_not_saved", path=path) from None

    def _count(self, column: str, hour: int) -> bool:
        if not self._is_open or column in self._seen or column not in COLUMNS or not 0 <= hour <= LATEST_HOUR:
            return False
        self._seen.add(column)
        while hour not in self._hours and len(self._hours) >= MOST_HOURS:
            oldest = _month(min(self._hours))
            self._hours = {one: counts for one, counts in self._hours.items() if _month(one) != oldest}
        self._hours.setdefault(hour, [0] * len(COLUMNS))[COLUMNS.index(column)] += 1
        self._is_changed = True
        return True


def write(path: Path, data: bytes) -> bool:
    """Write the counts as a whole; whether the disk took them."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(path, data, 0o600)
    except OSError:
        return False
    return True


def _read(path: Path) -> dict[int, list[int]]:
    """The counts of a file, none where there is no file. One that is damaged is kept once under another name."""
    try:
        found = msgspec.json.decode(read_regular(path, MOST_BYTES), type=_File)
        hours = {row[0]: row[1:] for row in found.hours if row}
        is_whole = all(len(row) == 1 + len(COLUMNS) and row[0] <= LATEST_HOUR for row in found.hours)
        if is_whole and found.columns == COLUMNS and len(hours) == len(found.hours) <= MOST_HOURS:
            return hours
    except UserError as error:
        if error.code == "not_found":
            return {}
    except (ValueError, RecursionError):
        pass
    with contextlib.suppress(OSError):
        os.replace(path, path.with_name(DAMAGED))
    return {}


def _joined(spans: Iterable[_Span], columns: Sequence[str]) -> Iterator[_Span]:
    """Neighbours as one, until each of the columns counts enough. What is left at the end is not told: no number of it
    can be worked out, since no sum holds it."""
    begun, sums = -1, [0] * len(COLUMNS)
    for first, end, counts in spans:
        begun = first if begun < 0 else begun
        sums = [one + other for one, other in zip(sums, counts, strict=True)]
        if all(sums[COLUMNS.index(name)] >= LEAST for name in columns):
            yield begun, end, sums
            begun, sums = -1, [0] * len(COLUMNS)


def _told(span: _Span, columns: Sequence[str]) -> Iterator[Row]:
    first, end, counts = span
    for name in columns:
        counted, _, which = name.partition("_")
        number = counts[COLUMNS.index(name)]
        if number >= LEAST:
            yield Row(first, end, counted, which, number)


def _by(key: Callable[[int], object], spans: Iterable[_Span]) -> Iterator[list[_Span]]:
    for _, group in groupby(spans, lambda span: key(span[0])):
        yield list(group)


def _group(counted: str) -> tuple[str, ...]:
    return tuple(name for name in COLUMNS if name.startswith(f"{counted}_"))


def _day(hour: int) -> int:
    return hour // 24


def _month(hour: int) -> tuple[int, int]:
    at = _EPOCH + timedelta(hours=hour)
    return at.year, at.month


def _said(hour: int) -> str:
    return f"{_EPOCH + timedelta(hours=hour):%Y-%m-%dT%H:00Z}"

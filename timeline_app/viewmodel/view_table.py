"""What is in view as tables, a page of 200 rows at a time: all marks in order of time, and for each counted lane its
bars with the gaps between them. Order and words are those of the list that a screen reader walks.
"""
from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np

from timeline_app.base.text import Texts
from timeline_app.domain.time import Span
from timeline_app.viewmodel import in_view, mark_words, wording
from timeline_app.viewmodel.frame import Frame, PlacedLane
from timeline_app.viewmodel.in_view import Seen
from timeline_app.viewmodel.mark_words import Said

ROWS = 200
MARKS = ""
_RISKY = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Choice:
    """A table that there is: "" for the marks, else the id of a counted lane; its words and how many rows it has."""

    id: str
    words: str
    rows: int


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; what a state selects for it, "" for nothing; its time."""

    cells: tuple[str, ...]
    selects: str
    span: Span


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a table: its heads, its rows, which they are of how many (`first` from 0)."""

    choice: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    first: int
    total: int

    @property
    def has_more(self) -> bool:
        """Whether rows follow."""
        return self.first + len(self.rows) < self.total

    def as_text(self) -> str:
        """The page as lines with tabs, for a spreadsheet; no cell of it is a formula."""
        lines = (self.heads, *(row.cells for row in self.rows))
        return "".join("\t".join(map(_harmless, line)) + "\n" for line in lines)


def _harmless(cell: str) -> str:
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(_RISKY) else flat


def choices(frame: Frame, texts: Texts) -> tuple[Choice, ...]:
    """The tables of a frame."""
    counted = [Choice(lane.spec.id, lane.picture.heading.title, len(_stretches(lane))) for lane in frame.lanes
               if lane.picture.counted is not None]
    return Choice(MARKS, texts.get("table.marks"), _Marks(frame).total), *counted


def page(frame: Frame, texts: Texts, choice: str = MARKS, first: int = 0) -> Page:
    """Up to 200 rows of a table, from a row on; a row beyond the end gives the last page."""
    lane = next((one for one in frame.lanes if choice and one.spec.id == choice), None)
    if lane is None or lane.picture.counted is None:
        return _page_of_marks(frame, texts, first)
    stretches = _stretches(lane)
    start = _start(first, len(stretches))
    rows = tuple(_bar(lane, *one) for one in stretches[start:start + ROWS])
    heads = texts.get("table.head.when"), texts.get("table.head.count")
    return Page(choice, heads, rows, start, len(stretches))


def page_with(frame: Frame, texts: Texts, selected: str) -> Page:
    """The page of marks that has a selection on it; the first where none has."""
    marks = _Marks(frame)
    return _page_of_marks(frame, texts, marks.place(selected) // ROWS * ROWS)


def _start(first: int, total: int) -> int:
    return min(max(first, 0), max(total - 1, 0) // ROWS * ROWS)


class _Marks:
    """All marks of a frame in order of time, as numbers: a crowded lane gives its events, which are worded when their
    page is asked for."""

    def __init__(self, frame: Frame) -> None:
        window = frame.scale.window.span
        self.lanes = [lane for lane in frame.lanes if lane.request is not None]
        self._seen = [in_view.of_lane(lane, window) for lane in self.lanes]
        self._rows = [in_view.rows_of(lane, window) if lane.picture.stacks else None
                      for lane in self.lanes]
        times = [self._times(number) for number in range(len(self.lanes))]
        self.number = np.concatenate([np.full(len(one), n) for n, one in enumerate(times)] or [np.zeros(0, int)])
        self.place_in = np.concatenate([np.arange(len(one)) for one in times] or [np.zeros(0, int)])
        both = np.concatenate(times) if times else np.zeros((0, 2), dtype=np.int64)
        self._order = np.lexsort((both[:, 1], both[:, 0]))
        self.total = len(both)

    def _times(self, number: int) -> np.ndarray:
        rows, lane = self._rows[number], self.lanes[number]
        if rows is not None:
            return lane.request.dataset.instants[rows][:, [0, 3]]
        found = chain.from_iterable((one.start_ms, one.end_ms) for one in self._seen[number])
        return np.fromiter(found, dtype=np.int64).reshape(-1, 2)

    def rows(self, first: int) -> tuple[Row, ...]:
        """The rows of one page."""
        return tuple(self._row(int(one)) for one in self._order[first:first + ROWS])

    def place(self, selected: str) -> int:
        """Where a selection stands in the order; 0 where it does not."""
        for number, lane in enumerate(self.lanes):
            at = self._place(number, selected, lane)
            if at is not None:
                return int(np.flatnonzero((self.number[self._order] == number) & (self.place_in[self._order] == at))[0])
        return 0

    def _place(self, number: int, selected: str, lane: PlacedLane) -> int | None:
        rows = self._rows[number]
        if rows is not None:
            events = lane.request.dataset.events
            return next((n for n, row in enumerate(rows.tolist()) if events[row].id == selected), None)
        return next((n for n, one in enumerate(self._seen[number]) if one.item.id == selected), None)

    def _row(self, at: int) -> Row:
        number, place = int(self.number[at]), int(self.place_in[at])
        lane, rows = self.lanes[number], self._rows[number]
        if rows is None:
            return _mark(self._seen[number][place])
        event, request = lane.request.dataset.events[int(rows[place])], lane.request
        said = mark_words.of_event(event.id, request.dataset, (request.zone, request.texts))
        return Row(_cells(said, lane), event.id, event.when.span)


def _page_of_marks(frame: Frame, texts: Texts, first: int) -> Page:
    marks = _Marks(frame)
    start = _start(first, marks.total)
    heads = tuple(texts.get(f"table.head.{name}") for name in ("what", "when", "standing", "lane"))
    return Page(MARKS, heads, marks.rows(start), start, marks.total)


def _mark(seen: Seen) -> Row:
    span = Span(seen.start_ms, max(seen.start_ms, seen.end_ms))
    return Row(_cells(mark_words.of_mark(seen), seen.lane), seen.selects, span)


def _cells(said: Said, lane: PlacedLane) -> tuple[str, ...]:
    return said.what, said.when, said.standing, lane.picture.heading.title


def _stretches(lane: PlacedLane) -> list[tuple[int, int, int]]:
    """(start, end, total) of each bar, and of each gap with -1, in order of time."""
    counted, window = lane.picture.counted, lane.request.scale.window.span
    bars = zip(counted.start.tolist(), counted.end.tolist(), counted.totals.tolist(), strict=True)
    gaps = [(max(one.start_ms, window.start), min(one.end_ms, window.end), -1) for one in lane.picture.gaps]
    return sorted([*bars, *gaps])


def _bar(lane: PlacedLane, start: int, end: int, total: int) -> Row:
    span, request = Span(start, end), lane.request
    words = wording.span_text(span, in_view.zone_of(lane), request.texts)
    return Row((words, request.texts.get("lane.no_data") if total < 0 else f"{total:,}"), "", span)

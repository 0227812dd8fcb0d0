"""What a lane looks like, as values: bands, points, bars, labels. One painter turns them into pixels, SVG and PDF.

Horizontal places are instants (int64 ms), so that an old picture can be moved and stretched with the time axis until
the new one comes; vertical places are px from the top of the lane. Colours are roles of the theme.
"""
from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from timeline_app.base.text import Texts
from timeline_app.domain.records import Words
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset, LaneSpec
from timeline_app.viewmodel.measure import Measure
from timeline_app.viewmodel.notebook import NoteBook
from timeline_app.viewmodel.state import LaneLook
from timeline_app.viewmodel.window import TimeScale

Edges = tuple[int, int, int, int]
GLYPH, SPACE = 15.0, 7.0  # px of a sign in a label, and between the runs of one


@dataclass(frozen=True, slots=True, eq=False)
class LaneRequest:
    """All that a lane may know when it makes its picture. `matches` are the events a search found, `tweet_matches` the
    rows of tweets by collection, None without one; `look` is how the viewer wants the lane drawn."""

    spec: LaneSpec
    dataset: Dataset
    scale: TimeScale
    height: float
    texts: Texts
    zone: str
    measure: Measure
    text_percent: int = 100
    matches: frozenset[str] | None = None
    common_peak: float = 0.0
    look: LaneLook = LaneLook("")
    tweet_matches: Mapping[str, np.ndarray] | None = None
    notes: NoteBook = NoteBook()

    def px(self, size: int) -> int:
        """A type size at the chosen text size."""
        return max(8, round(size * self.text_percent / 100))

    def runs_width(self, runs: Sequence[Run]) -> float:
        """The px of a line of runs with the spaces between them."""
        widths = [GLYPH if run.glyph else self.measure(run.text, run.size, run.weight) for run in runs]
        return sum(widths) + SPACE * (len(widths) - 1)

    def say(self, words: Words) -> str:
        """Words of the dataset in the language of the screen."""
        return words.say(self.texts.language)

    def is_dim(self, event_id: str) -> bool:
        """Whether a search is on and does not match this event."""
        return self.matches is not None and event_id not in self.matches


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be hit: kind "event", "cluster", "note", "figure", "series" or "tweet" (its id is what a state
    selects). `mark` is (start ms, end ms, top, height): where the selection is drawn."""

    kind: str
    id: str
    name: str
    mark: tuple[int, int, float, float] = (0, 0, 0.0, 0.0)


class ManyItems(Sequence[Item]):
    """Items that are made when they are asked for, because a lane has hundreds and one of them is pointed at."""

    @abstractmethod
    def named(self, selected: str) -> tuple[Item, ...]:
        """Those that a state has selected."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time. `edges` are the four instants: it fades in over the first two, out over the last two.

    Styles: "solid", "hatched", "outline", "light" (one moment known no finer than the band), "line" (thin),
    "bracket" (of a note).
    """

    edges: Edges
    top: float
    height: float
    role: str
    style: str = "solid"
    item: int = -1
    dashed: bool = False
    dim: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One moment. Shapes: "dot", "half" (disputed), "ring" (recollection or at least), "flag" (of a note)."""

    at_ms: int
    y: float
    shape: str = "dot"
    role: str = "ink"
    item: int = -1
    dim: bool = False


def widened(edges: tuple[float, float], least: float, cell: tuple[float, float]) -> tuple[float, float]:
    """A stretch of px that is at least so long, and stays within a cell that is long enough."""
    left, right = edges
    more = max(0.0, least - (right - left)) / 2
    left, right = left - more, right + more
    if more and cell[1] - cell[0] >= right - left:
        aside = max(0.0, cell[0] - left) - max(0.0, right - cell[1])
        left, right = left + aside, right + aside
    return left, right


@dataclass(frozen=True, slots=True)
class Stack:
    """Events drawn as one, from the first to the last of them, at least `least` px wide and within their `cell`, with
    their number and, where there is room, what they are, `wide` px in all; `share` is how many there are, 1 for the
    most in the lane."""

    start_ms: int
    end_ms: int
    cell: tuple[int, int]
    least: float
    top: float
    height: float
    runs: tuple[Run, ...]
    wide: float
    share: float = 1.0
    item: int = -1
    dim: bool = False

    def reach(self, scale: TimeScale) -> tuple[float, float]:
        """Its left and right px."""
        return widened((scale.x(self.start_ms), scale.x(self.end_ms)), self.least,
                       (scale.x(self.cell[0]), scale.x(self.cell[1])))


@dataclass(frozen=True, slots=True)
class Rival:
    """Another date that a source gives, as a thin mark: a stroke for a moment, a capped line for a stretch."""

    start_ms: int
    end_ms: int
    y: float
    height: float
    item: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """One stacked part of counted bins: int64[n] starts and ends, float32[n] tops and bottoms in px. `dim` bars are
    what a search does not match. `items` int32[n] says which item each bar is, where bars can be hit."""

    start: np.ndarray
    end: np.ndarray
    top: np.ndarray
    bottom: np.ndarray
    role: str
    dim: bool = False
    items: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one type. `glyph` draws a sign instead: "half", "ring" or "dot"."""

    text: str
    role: str = "ink"
    size: int = 13
    weight: str = "regular"
    glyph: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Text at an instant plus `dx` px, or at `dx` px from the left edge where `anchor_ms` is None. `has_ground` lays
    the ground under it, where it stands on a hatch."""

    anchor_ms: int | None
    dx: float
    baseline: float
    runs: tuple[Run, ...]
    width: float
    item: int = -1
    dim: bool = False
    has_ground: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A dotted vertical line of an annotation."""

    at_ms: int
    top: float
    bottom: float
    role: str = "ink"


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch that nobody counted, drawn as hatched "no data"."""

    start_ms: int
    end_ms: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """What the bars of a lane stand for: int64[n] starts, ends and totals of all bins that touch the window, and their
    peak in words."""

    start: np.ndarray
    end: np.ndarray
    totals: np.ndarray
    peak: str


@dataclass(frozen=True, slots=True)
class Legend:
    """One line of a heading's legend."""

    role: str
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands left of a lane."""

    title: str
    lines: tuple[str, ...] = ()
    legend: tuple[Legend, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The heights that a lane can live with, in px, how keenly it takes more, and up to which height."""

    least: float
    ideal: float
    keen: float = 0.0
    most: float = math.inf


@dataclass(frozen=True, slots=True, eq=False)
class LanePicture:
    """Everything of one lane for one scale and height. `quiet` is the sentence of a lane with nothing in view;
    `counted` are the figures behind bars, None where there are none."""

    heading: Heading
    bands: tuple[Band, ...] = ()
    points: tuple[Point, ...] = ()
    rivals: tuple[Rival, ...] = ()
    bars: tuple[Bars, ...] = ()
    labels: tuple[Label, ...] = ()
    rules: tuple[Rule, ...] = ()
    gaps: tuple[Gap, ...] = ()
    stacks: tuple[Stack, ...] = ()
    items: Sequence[Item] = ()
    quiet: str = ""
    bin_text: str = ""
    caveats: tuple[str, ...] = field(default=())
    counted: Counted | None = None

    def shows(self, span: Span) -> bool:
        """Whether any band, point, stack or bar of it lies in a stretch of time."""
        if any(one.start_ms < span.end and span.start < one.end_ms for one in self.stacks):
            return True
        bars = (((one.start < span.end) & (one.end > span.start)).any() for one in self.bars)
        return (any(band.edges[0] < span.end and span.start < band.edges[3] for band in self.bands)
                or any(span.start <= point.at_ms < span.end for point in self.points) or any(bars))

    def chosen(self, selected: str) -> tuple[Item, ...]:
        """The items that a state has selected."""
        if not selected or not len(self.items):
            return ()
        if isinstance(self.items, ManyItems):
            return self.items.named(selected)
        return tuple(one for one in self.items if one.id == selected and one.kind in ("event", "tweet", "note"))

    def hit(self, scale: TimeScale, x: float, y: float) -> Item | None:
        """The item at a place of the lane: the smallest mark that holds it, else the label."""
        found = [(width, item) for width, item in self._marks(scale, x, y) if item >= 0]
        if found:
            return self.items[min(found)[1]]
        for label in reversed(self.labels):
            left = label.dx + (scale.x(label.anchor_ms) if label.anchor_ms is not None else 0.0)
            size = max((run.size for run in label.runs), default=0)
            if label.item >= 0 and left <= x <= left + label.width and -size <= y - label.baseline <= size * 0.4:
                return self.items[label.item]
        return None

    def _marks(self, scale: TimeScale, x: float, y: float) -> list[tuple[float, int]]:
        found: list[tuple[float, int]] = []
        for point in self.points:
            if abs(scale.x(point.at_ms) - x) <= 8 and abs(point.y - y) <= 9:
                found.append((1.0, point.item))
        for band in self.bands:
            left, right = scale.x(band.edges[0]), scale.x(band.edges[3])
            slack = max(3.0, (10.0 - (right - left)) / 2)
            if left - slack <= x <= right + slack and -5 <= y - band.top <= band.height + 5:
                found.append((max(right - left, 2.0), band.item))
        for stack in self.stacks:
            left, right = stack.reach(scale)
            if left <= x <= right and -5 <= y - stack.top <= stack.height + 5:
                found.append((1.5, stack.item))
        for rival in self.rivals:
            left, right = scale.x(rival.start_ms), scale.x(rival.end_ms)
            if left - 4 <= x <= right + 4 and abs(rival.y - y) <= max(5.0, rival.height / 2):
                found.append((max(right - left, 2.0), rival.item))
        for bars in self.bars:
            found += _bars_at(bars, scale, x, y)
        return found


def _bars_at(bars: Bars, scale: TimeScale, x: float, y: float) -> list[tuple[float, int]]:
    """The bars at a place that can be hit, the nearest first in rank."""
    if bars.items is None or not len(bars.items):
        return []
    left, right = scale.xs(bars.start), scale.xs(bars.end)
    is_near = (left - 3 <= x) & (x <= right + 3) & (bars.top - 2 <= y) & (y <= bars.bottom + 2)
    away = np.abs((left + right) / 2 - x) + np.abs((bars.top + bars.bottom) / 2 - y)
    return [(float(away[n]), int(bars.items[n])) for n in np.flatnonzero(is_near)]

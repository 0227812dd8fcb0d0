"""Counted bins as bars, for every lane that counts: their heights on a scale, figures, the peak, names of parts, "no
data". What is counted, per which bin and by whom, is the lane's own business.

Only bars on a linear scale can be stacked: on the others a part's height says nothing, so they show totals.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.viewmodel.picture import GLYPH, SPACE, Bars, Counted, Gap, Label, LaneRequest, Legend, Run
from timeline_app.viewmodel.skyline import Skyline

HEAD = 20.0  # px over the highest bar, for its figure; less in a low lane
FIGURE_PX, NAME_PX = 12, 12
LEAST = 0.8  # px: whatever was counted is seen


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a stack: its colour role, and its name as it stands beside it ("" for none)."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Bins in order: int64[n] starts and ends in ms, int64[n, k] values, one column a part."""

    start: np.ndarray
    end: np.ndarray
    values: np.ndarray
    parts: tuple[Part, ...]

    @property
    def totals(self) -> np.ndarray:
        """int64[n]: each bin's sum over its parts."""
        return self.values.sum(axis=1)

    def summed(self) -> Columns:
        """The same bins with their parts put together."""
        return Columns(self.start, self.end, self.totals[:, None], (Part("counted"),))

    def counted(self, peak: str) -> Counted:
        """The figures as a picture keeps them, with their peak in words."""
        return Counted(self.start, self.end, self.totals, peak)


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Bars at their heights: `levels` float64[n], px of each whole column."""

    bars: tuple[Bars, ...]
    sky: Skyline
    levels: np.ndarray
    floor: float


def head(request: LaneRequest) -> float:
    """The px over the highest bar: room for its figure, which is never given up for a taller bar."""
    figure = request.px(FIGURE_PX) * 1.25 + 2
    return min(HEAD * request.text_percent / 100, max(request.height * 0.4, figure))


def share(values: np.ndarray, peak: float, scale: str) -> np.ndarray:
    """float64: how high values stand, 1 for the peak, on a linear, a square-root or a log scale (of n + 1, so that
    nothing is nothing)."""
    if scale == "root":
        return np.sqrt(values / peak)
    return np.log1p(values) / np.log1p(peak) if scale == "log" else values / peak


def peak_of(columns: Columns, request: LaneRequest) -> float:
    """What the top of the lane stands for: the peak that lanes share, else the lane's own."""
    shared = request.common_peak if request.look.scale == "linear" else 0.0
    return float(shared or columns.totals.max(initial=0) or 1)


def stackable(columns: Columns, request: LaneRequest) -> Columns:
    """The parts where their heights add up, else their totals."""
    is_plain = request.look.scale == "linear" or len(columns.parts) == 1
    return columns if is_plain else columns.summed()


def scale_lines(request: LaneRequest, parts: int) -> tuple[str, ...]:
    """What a heading says about a scale that is not the plain one of this lane."""
    texts = request.texts
    if request.look.scale == "linear":
        return (texts.get("lane.scale.common"),) if request.common_peak else ()
    named = texts.get(f"lane.scale.{request.look.scale}")
    return (named, texts.get("lane.scale.totals")) if parts > 1 else (named,)


def draw(columns: Columns, request: LaneRequest, peak: float = 0.0, dim: bool = False) -> Drawn:
    """The bars of all parts, stacked; the highest is `peak`, that of the view or, where both are 0, their own."""
    floor, room = request.height - 1.0, request.height - head(request) - 5.0
    peak = peak or peak_of(columns, request)
    heights = share(np.cumsum(columns.values, axis=1), peak, request.look.scale) * room
    found, under = [], np.zeros(len(columns.start))
    for number, part in enumerate(columns.parts):
        shown = columns.values[:, number] > 0
        tops = floor - np.maximum(heights[:, number], under + LEAST)
        found.append(Bars(columns.start[shown], columns.end[shown], tops[shown].astype(np.float32),
                          (floor - under)[shown].astype(np.float32), part.role, dim))
        under = heights[:, number]
    edges = request.scale.xs(columns.start), request.scale.xs(columns.end)
    sky = Skyline.of((request.scale.width, floor), (*edges, floor - heights[:, -1]))
    return Drawn(tuple(found), sky, heights[:, -1], floor)


def figures(columns: Columns, request: LaneRequest, drawn: Drawn, peak: str) -> list[Label]:
    """A figure on each bar where bars are wide enough, else the peak in words at the left."""
    size, scale = request.px(FIGURE_PX), request.scale
    room = float(scale.xs(columns.end[:1])[0] - scale.xs(columns.start[:1])[0]) - 10
    least = request.measure("1", size, "regular")  # most bars are narrower than that, and no figure need be written
    texts = [f"{int(value):,}" for value in columns.totals] if room >= least else []
    if not texts or room < max(request.measure(text, size, "regular") for text in texts):
        return _peak(peak, request, drawn.sky)
    labels = []
    for number, text in enumerate(texts):
        label = _figure(columns, number, text, (request, drawn)) if columns.totals[number] > 0 else None
        labels += [label] if label is not None else []
    return labels


def _figure(columns: Columns, number: int, text: str, place: tuple[LaneRequest, Drawn]) -> Label | None:
    request, drawn = place
    size, scale, start = request.px(FIGURE_PX), request.scale, int(columns.start[number])
    x = max(scale.x(start), 0.0) + 5
    own = request.measure(text, size, "regular")
    if x + own > min(scale.x(int(columns.end[number])), scale.width) - 2:
        return None
    baseline = drawn.floor - float(drawn.levels[number]) - 2 - size / 4
    box = (x, baseline - size, x + own, baseline + size / 4)
    if not drawn.sky.is_free(*box):
        return None
    drawn.sky.take(*box)
    held = scale.x(start) < 0
    return Label(None if held else start, x if held else 5.0, baseline, (Run(text, "muted", size),), own)


def _peak(text: str, request: LaneRequest, sky: Skyline) -> list[Label]:
    size = request.px(FIGURE_PX)
    wide = request.measure(text, size, "semibold")
    found = sky.place((wide + 4, round(size * 1.3) + 2), (wide / 2 + 6, size / 2 + 5))
    if found is None:
        return []
    return [Label(None, found[0] + 2, found[1] + size + 1, (Run(text, "muted", size, "semibold"),), wide)]


def names(columns: Columns, request: LaneRequest, sky: Skyline) -> list[Label]:
    """Each part named beside the place where it is widest, if there is room."""
    labels, size = [], request.px(NAME_PX)
    for number, part in enumerate(columns.parts):
        column = columns.values[:, number]
        if not column.any() or not part.name:
            continue
        widest = int(column.argmax())
        x = request.scale.x(int(columns.start[widest] + columns.end[widest]) // 2)
        runs = _named(part, size)
        wide = request.measure(part.name, size, "semibold") + (GLYPH + SPACE if len(runs) > 1 else 0.0)
        low = number == 0 and len(columns.parts) > 1
        near = (x - wide if low else x + wide, request.height - 22 if low else head(request) + 30)
        found = sky.place((wide + 8, round(size * 1.3) + 2), near)
        if found is not None:
            labels.append(Label(None, found[0] + 4, found[1] + size + 1, runs, wide))
    return labels


def _named(part: Part, size: int) -> tuple[Run, ...]:
    """A name in the colour of its part where that can be read as text, else behind a dot in that colour."""
    if part.role in ("hijacked", "original"):
        return (Run(part.name, f"{part.role}_text", size, "semibold"),)
    name = Run(part.name, "ink", size, "semibold")
    return (name,) if part.role == "counted" else (Run("", part.role, size, glyph="dot"), name)


def legend(parts: Sequence[Part]) -> tuple[Legend, ...]:
    """The parts of a stack as lines of its heading."""
    return tuple(Legend(part.role, "solid", part.name) for part in parts if part.name)


def no_data(gaps: Sequence[Gap], request: LaneRequest, sky: Skyline) -> list[Label]:
    """The words "no data" in each gap that has room for them."""
    labels, size = [], request.px(FIGURE_PX)
    text = request.texts.get("lane.no_data")
    wide = request.measure(text, size, "regular")
    for gap in gaps:
        left = max(request.scale.x(gap.start_ms), 0.0) + 10
        middle = (gap.top + gap.bottom) / 2
        box = (left, middle - size * 0.8, left + wide, middle + size * 0.4)
        fits = box[2] < request.scale.x(gap.end_ms) - 6 and gap.top <= box[1] and box[3] <= gap.bottom
        is_free = fits and sky.is_free(*box)
        sky.take(request.scale.x(gap.start_ms), gap.top, request.scale.x(gap.end_ms), gap.bottom)
        if is_free:
            labels.append(Label(None, left, middle + size * 0.36, (Run(text, "muted", size),), wide, has_ground=True))
    return labels


def is_hidden(gaps: Sequence[Gap], request: LaneRequest) -> bool:
    """Whether one gap takes the whole window: then nothing is known, which is not nothing."""
    span = request.scale.window.span
    return any(gap.start_ms <= span.start and span.end <= gap.end_ms for gap in gaps)

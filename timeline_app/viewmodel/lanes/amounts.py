"""Printed figures, each with its own source: no line is drawn between them, nobody counted there.

Figures that sources give differently for one moment stand one above the other. A figure whose source names a day or
several possible days is a thin level line over all the time that may be meant, its ring in the middle.
"""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT
from timeline_app.engine.series import Point as Figure
from timeline_app.engine.series import Series
from timeline_app.viewmodel.answer_words import Manner, qualified, quantity
from timeline_app.viewmodel.picture import (
    Heading,
    Item,
    Label,
    LanePicture,
    LaneRequest,
    Point,
    Rival,
    Rule,
    Run,
    Wanted,
)

PAD, HEAD = 16.0, 22.0
SIZE = 12
RING, ASIDE, GAP, EDGE = 7.0, 14.0, 6.0, 4.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure in view with its place in the series and its y; x of its ring, and of the ends of its time."""

    figure: Figure
    number: int
    y: float
    x: float
    left: float
    right: float

    @property
    def is_stretch(self) -> bool:
        """Whether its possible time is wider than its ring."""
        return self.right - self.left > 2 * RING

    @property
    def shape(self) -> str:
        """A dot for an exact figure at an exact time, else a ring."""
        return "ring" if self.figure.qualifier or self.figure.until_ms > self.figure.at_ms else "dot"

    @property
    def boxes(self) -> tuple[Box, ...]:
        """What it takes: its ring, and its line."""
        ring = (self.x - RING, self.y - RING, self.x + RING, self.y + RING)
        return (ring, (self.left, self.y - 3, self.right, self.y + 3)) if self.is_stretch else (ring,)


def wanted(request: LaneRequest) -> Wanted:
    """Room for figures above each other."""
    each = request.text_percent / 100
    return Wanted(46.0 * each, 92.0 * each, 2.0)


def picture(request: LaneRequest) -> LanePicture:
    """A dot for each figure in view, at its height, with the figure beside it where it fits."""
    series = request.dataset.series_by_id.get(request.spec.series_id)
    if series is None:
        return LanePicture(Heading(request.say(request.spec.title)))
    heading = Heading(request.say(request.spec.title) or request.say(series.short) or request.say(series.title),
                      tuple(line for line in (request.say(series.per), request.say(series.who)) if line))
    shown = _shown(series, request)
    if not shown:
        return LanePicture(heading, quiet=request.texts.get("lane.no_figures"))
    points = [Point(_middle(one.figure), one.y, one.shape, "counted", n) for n, one in enumerate(shown)]
    rivals = [Rival(one.figure.at_ms, one.figure.until_ms, one.y, 8.0, n)
              for n, one in enumerate(shown) if one.is_stretch]
    rules = [Rule(one.figure.at_ms, one.y + 6, request.height - 1, "hairline") for one in shown if not one.is_stretch]
    return LanePicture(heading, points=tuple(points), rivals=tuple(rivals), rules=tuple(rules),
                       labels=tuple(_labels(shown, series, request)),
                       items=tuple(_item(one, series, request) for one in shown))


def text(figure: Figure, series: Series, request: LaneRequest) -> str:
    """The figure as its source qualifies it, in words: "more than $817,000"."""
    texts, meta = request.texts, request.dataset.meta
    manner = Manner(texts, request.zone, None, lambda table, key: meta.word(table, key).say(texts.language))
    whole = figure.value == int(figure.value)
    number = Decimal(int(figure.value)) if whole else Decimal(str(figure.value))
    return qualified(quantity(number, series.unit, manner), figure.qualifier, texts)


def _shown(series: Series, request: LaneRequest) -> list[Shown]:
    """The figures whose time touches the window, in the order of the series."""
    window, scale = request.scale.window.span, request.scale
    found = [(number, one) for number, one in enumerate(series.points)
             if one.at_ms < window.end and window.start < max(one.until_ms, one.at_ms + 1)]
    top = max((one.value for _, one in found), default=0.0)
    return [Shown(one, number, _height(one, top, request), scale.x(_middle(one)), scale.x(one.at_ms),
                  scale.x(one.until_ms)) for number, one in found]


def _middle(figure: Figure) -> int:
    """Where its ring stands: in the middle of its time, at the known end where the other is open."""
    if figure.at_ms <= MIN_INSTANT:
        return figure.until_ms
    return figure.at_ms if figure.until_ms >= MAX_INSTANT else (figure.at_ms + figure.until_ms) // 2


def _height(figure: Figure, top: float, request: LaneRequest) -> float:
    """Its y: that of the highest is HEAD from above, nothing is PAD from below."""
    head, floor = HEAD * request.text_percent / 100, request.height - PAD * request.text_percent / 100
    share = max(figure.value / top, 0.0) if top > 0 else 0.0
    return floor - (floor - head) * share


def _item(one: Shown, series: Series, request: LaneRequest) -> Item:
    name = ", ".join(part for part in (text(one.figure, series, request), _source(one.figure, request)) if part)
    return Item("figure", f"{series.id}:{one.number}", name, (one.figure.at_ms, one.figure.until_ms, one.y - 8, 16.0))


def _source(figure: Figure, request: LaneRequest) -> str:
    source = request.dataset.sources.get(figure.source_id)
    return source.name if source else ""


def _labels(shown: list[Shown], series: Series, request: LaneRequest) -> list[Label]:
    """Figure and source beside each ring, highest first, where it is free."""
    size = request.px(SIZE)
    taken: list[Box] = []
    labels = []
    for number, one in sorted(enumerate(shown), key=lambda entry: entry[1].y):
        others = [box for other in shown if other is not one for box in other.boxes]
        name = Run(text(one.figure, series, request), "ink", size, "semibold")
        source = Run(_source(one.figure, request), "muted", size)
        for runs in ((name, source), (name,)) if source.text else ((name,),):
            wide = sum(request.measure(run.text, run.size, run.weight) for run in runs) + 7.0 * (len(runs) - 1)
            box = next((box for box in _places(one, wide, request) if _is_free(box, request, taken + others)), None)
            if box is not None:
                taken.append(box)
                anchor, x = (_middle(one.figure), one.x) if 0 <= one.x <= request.scale.width else (None, 0.0)
                labels.append(Label(anchor, box[0] - x, box[1] + size * 1.1, runs, wide, number))
                break
    return labels


def _places(one: Shown, wide: float, request: LaneRequest) -> list[Box]:
    """Where a label may stand: right or left of a ring; above a line, or beyond its ends."""
    size = request.px(SIZE)
    level = one.y - size * 0.75
    corners = [(one.right + ASIDE, level), (one.left - ASIDE - wide, level)]
    if one.is_stretch:
        seen = max(one.left, EDGE), min(one.right, request.scale.width - EDGE)
        middle = min(max(one.x, seen[0]), seen[1])
        over = min(max(middle - wide / 2, EDGE), request.scale.width - EDGE - wide)
        corners.insert(0, (over, one.y - RING - size * 1.35))
    return [(left, top, left + wide, top + size * 1.35) for left, top in corners]


def _is_free(box: Box, request: LaneRequest, taken: list[Box]) -> bool:
    left, top, right, bottom = box
    is_inside = left >= EDGE and right <= request.scale.width - EDGE and top >= 1 and bottom <= request.height - 1
    return is_inside and all(right + GAP <= a or c + GAP <= left or bottom <= b or d <= top for a, b, c, d in taken)

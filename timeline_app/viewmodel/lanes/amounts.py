"""Printed figures at single moments, each with its own source: no line is drawn between them, nobody counted there.

Figures of one moment that sources give differently stand side by side as rivals.
"""
from __future__ import annotations

from timeline_app.engine.series import Point as Figure
from timeline_app.engine.series import Series
from timeline_app.viewmodel.picture import Heading, Item, Label, LanePicture, LaneRequest, Point, Rule, Run, Wanted

PAD, HEAD = 16.0, 22.0
SIZE = 12
MARKS = {"": "", "~": "~", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ "}


def wanted(request: LaneRequest) -> Wanted:
    """Room for figures above each other."""
    return Wanted(46.0, 84.0, 1.0)


def picture(request: LaneRequest) -> LanePicture:
    """A dot for each figure in view, at its height, with the figure beside it where it fits."""
    series = request.dataset.series_by_id.get(request.spec.series_id)
    if series is None:
        return LanePicture(Heading(request.say(request.spec.title)))
    heading = Heading(request.say(request.spec.title) or request.say(series.short) or request.say(series.title),
                      tuple(line for line in (request.say(series.per), request.say(series.who)) if line))
    span = request.scale.window.span
    shown = [figure for figure in series.points if span.start <= figure.at_ms < span.end]
    if not shown:
        return LanePicture(heading, quiet=request.texts.get("lane.no_figures"))
    top = max(figure.value for figure in shown)
    placed = [(figure, _height(figure, top, request)) for figure in shown]
    points = [Point(figure.at_ms, y, "ring" if figure.qualifier else "dot", "counted", number)
              for number, (figure, y) in enumerate(placed)]
    items = [Item("figure", f"{series.id}:{number}", f"{text(figure, series, request)}, {_source(figure, request)}",
                  (figure.at_ms, figure.at_ms, y - 8, 16.0)) for number, (figure, y) in enumerate(placed)]
    rules = [Rule(figure.at_ms, y + 6, request.height - 1, "hairline") for figure, y in placed]
    return LanePicture(heading, points=tuple(points), labels=tuple(_labels(placed, series, request)),
                       rules=tuple(rules), items=tuple(items))


def text(figure: Figure, series: Series, request: LaneRequest) -> str:
    """The figure as its source qualifies it: "> 817,000 USD" with the unit's own words."""
    number = f"{figure.value:,.0f}"
    amount = f"${number}" if series.unit == "USD" else number
    return MARKS.get(figure.qualifier, "") + amount


def _source(figure: Figure, request: LaneRequest) -> str:
    source = request.dataset.sources.get(figure.source_id)
    return source.name if source else ""


def _height(figure: Figure, top: float, request: LaneRequest) -> float:
    room = request.height - HEAD - PAD
    return request.height - PAD - room * figure.value / (top or 1.0)


def _labels(placed: list[tuple[Figure, float]], series: Series, request: LaneRequest) -> list[Label]:
    """Figure and source beside each dot, highest first, on the side that is free."""
    size, width = request.px(SIZE), request.scale.width
    taken: list[tuple[float, float, float, float]] = []
    dots = [(request.scale.x(f.at_ms) - 7, y - 7, request.scale.x(f.at_ms) + 7, y + 7) for f, y in placed]
    labels = []
    for number, (figure, y) in sorted(enumerate(placed), key=lambda one: one[1][1]):
        x = request.scale.x(figure.at_ms)
        name = Run(text(figure, series, request), "ink", size, "semibold")
        source = Run(_source(figure, request), "muted", size)
        for runs in ((name, source), (name,)):
            wide = sum(request.measure(run.text, run.size, run.weight) for run in runs) + 7.0 * (len(runs) - 1)
            found = _side(x, y, wide, (size, width, request.height), taken + [d for n, d in enumerate(dots) if n != number])
            if found is not None:
                taken.append(found)
                labels.append(Label(figure.at_ms, found[0] - x, y + size * 0.36, runs, wide, number))
                break
    return labels


def _side(x: float, y: float, wide: float, room: tuple[int, float, float],
          taken: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float] | None:
    """A free box right or left of a dot, or None."""
    size, width, height = room
    for left in (x + 10, x - 10 - wide):
        box = (left, y - size * 0.75, left + wide, y + size * 0.6)
        inside = left >= 4 and box[2] <= width - 4 and box[1] >= 1 and box[3] <= height - 1
        if inside and all(box[2] + 6 <= a or c + 6 <= box[0] or box[3] <= b or d <= box[1] for a, b, c, d in taken):
            return box
    return None

"""Marks and labels of events, laid out in rows: what every lane of events has in common. A lane decides how a mark
looks; here it gets its place, its label, its rival dates and its hit box.
"""
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from timeline_app.domain.records import Event
from timeline_app.domain.time import Precision
from timeline_app.viewmodel import cluster_marks, clusters, event_bars, event_columns, layout, rivals
from timeline_app.viewmodel.cluster_marks import ClusterMark
from timeline_app.viewmodel.clusters import Cluster, Grouped
from timeline_app.viewmodel.picture import (
    Band,
    Edges,
    Heading,
    Item,
    Label,
    LanePicture,
    LaneRequest,
    Point,
    Rival,
    Run,
    Stack,
    Wanted,
)
from timeline_app.viewmodel.window import TimeScale, Window

LABEL_PX = 13
NOTE_PX = 12
PAD = 5.0
MOST_LOWERED = 24.0  # px that a single row stands below the top of a high lane
ROW_LEAST, ROW_IDEAL, ROW_MOST = 16.0, 23.0, 34.0
ROW_ALONE = 56.0  # px beyond which a lane of one row would be empty ground
SMALL_PX = 5.0
DOT_PX = 12.0
SPARSE = 40
MANY = Wanted(48.0, 96.0, 0.6)  # of a lane with more events in view than can be marks
FINE = frozenset({Precision.MS, Precision.SECOND, Precision.MINUTE})


@dataclass(frozen=True, slots=True)
class Mark:
    """How one event wants to look: a band with `edges`, or a dot where `style` is "dot"."""

    event: Event
    edges: Edges
    style: str = "solid"
    role: str = "ink"
    thick: float = 4.0
    variants: tuple[tuple[Run, ...], ...] = ()


MarkOf = Callable[[Event, LaneRequest], Mark]


@dataclass(slots=True)
class Sheet:
    """A lane's picture in the making; its rows end at the `foot`, px from its top."""

    request: LaneRequest
    foot: float = 0.0
    bands: list[Band] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    rivals: list[Rival] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    stacks: list[Stack] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)

    def picture(self, heading: Heading, quiet: str = "") -> LanePicture:
        """The finished picture."""
        items: Sequence[Item] = tuple(self.items)
        if self.clusters:
            items = cluster_marks.LaneItems(tuple(self.items), tuple(self.clusters), tuple(self.stacks), self.request)
        return LanePicture(heading, tuple(self.bands), tuple(self.points), tuple(self.rivals),
                           labels=tuple(self.labels), stacks=tuple(self.stacks), items=items, quiet=quiet)


def variants(event: Event, request: LaneRequest) -> tuple[tuple[Run, ...], ...]:
    """The wordings of an event's label, longest first: with dispute and note, with dispute, the name alone."""
    name = Run(request.say(event.label) or request.say(event.title), "ink", request.px(LABEL_PX), "semibold")
    note = request.say(event.note)
    contested = rivals.contested(request.dataset).get(event.id, rivals.NOTHING)
    if not contested.is_disputed:
        return ((name, _remark(note, request)), (name,)) if note else ((name,),)
    glyph = Run("", "ink", request.px(LABEL_PX), glyph="half")
    count = request.texts.count("lane.rival_answers", contested.answers)
    full = ((name, glyph, _remark(f"{count} · {note}", request)),) if note else ()
    return *full, (name, glyph, _remark(count, request)), (name, glyph)


def _remark(text: str, request: LaneRequest) -> Run:
    return Run(text, "muted", request.px(NOTE_PX))


def picture(request: LaneRequest, look: MarkOf) -> LanePicture:
    """A lane of events at its scale and height: `look` makes the mark of an event. Where there are too many to be told
    apart some are drawn as one."""
    wide = snapped(request.scale)
    found = clusters.grouped(request, wide, row_count(request))
    marks = [look(event, request) for event in clusters.events_of(found.singles, found.index, request.dataset)]
    sheet = lay_out(marks, request, found)
    title = heading(request)
    if not found.clusters:
        return sheet.picture(title)
    lines = [*title.lines, request.texts.count("lane.in_view", found.index.count(request.scale.window.span))]
    bars = event_bars.below(request, found.index, wide, sheet.foot)
    if bars is None:
        return sheet.picture(replace(title, lines=tuple(lines)))
    return replace(sheet.picture(replace(title, lines=(*lines, bars[1]))), bars=(bars[0],))


def lay_out(marks: Sequence[Mark], request: LaneRequest, found: Grouped | None = None) -> Sheet:
    """Every mark of a lane in rows, then its clusters, with labels where they fit. Rows are shared out in a stretch
    that is wider than the view and does not move with it; where marks are few, labels keep off the view's ends
    at the price that a row may change as one pans."""
    wide, rows = snapped(request.scale), layout.Rows(row_count(request))
    stacks = cluster_marks.of(found, request) if found is not None else []
    pieces = [cluster_marks.piece(len(marks) + number, one, wide) for number, one in enumerate(stacks)]
    pieces += [_piece(number, mark, request, wide) for number, mark in enumerate(marks)]
    low = (request.scale.window.start_us - wide.window.start_us) / request.scale.us_per_px
    view = low, low + request.scale.width
    few = len(pieces) <= SPARSE
    if few:  # a name out of sight takes no room
        pieces = [one if _is_seen(one, (low, request.scale.width)) else replace(one, widths=()) for one in pieces]
    placed = layout.place(pieces, wide.width, rows, view if few else None)
    by_key, used = {one.key: one for one in pieces}, rows.used
    rows.count = used  # what moves with the view adds no row, for that would move all others
    placed = layout.brought_into_view(placed, by_key, view, rows)
    row_height = min(ROW_MOST * request.text_percent / 100, (request.height - 2 * PAD) / max(used, 1))
    spare = (request.height - row_height * used) / 2
    top = max(PAD, min(spare, MOST_LOWERED)) if used == 1 and not stacks else PAD
    sheet = Sheet(request, foot=top + row_height * used)
    seen = [replace(one, x=one.x - low, is_held=one.is_held or few) for one in placed
            if _is_seen(by_key[one.key], (low, request.scale.width))]
    for one in sorted(seen, key=lambda one: one.key >= len(marks)):
        middle = top + row_height * (one.row + 0.5)
        if one.key < len(marks):
            _draw(sheet, marks[one.key], one, (middle, row_height))
        else:
            _draw_cluster(sheet, stacks[one.key - len(marks)], one, (middle, row_height))
    return sheet


def snapped(scale: TimeScale) -> TimeScale:
    """One and a half views that hold the view: the same for all views within half a view's length, at one scale."""
    half = max(1, scale.window.length_us // 2)
    first = scale.window.start_us // half * half
    return TimeScale(Window(first, first + 3 * half), scale.width * 1.5)


def _is_seen(piece: layout.Piece, view: tuple[float, float]) -> bool:
    low, width = view
    return piece.right >= low and piece.left <= low + width


def heading(request: LaneRequest) -> Heading:
    """The lane's own title and note."""
    spec = request.spec
    return Heading(request.say(spec.title), (request.say(spec.note),) if spec.note.text else ())


def of_lane(request: LaneRequest) -> list[Event]:
    """The events of the lane that touch the window, earliest first, of equal starts the longest first."""
    index = clusters.index_of(request)
    return clusters.events_of(index.touching(request.scale.window.span).tolist(), index, request.dataset)


def wanted(request: LaneRequest, look: MarkOf, most: int = 6) -> Wanted:
    """Heights for as many rows as the marks in view would like, up to so many, or twice as many where there is room;
    with less, notes and then names give way."""
    if clusters.index_of(request).count(request.scale.window.span) > clusters.MOST_MARKS:
        return MANY
    marks = [look(event, request) for event in of_lane(request)]
    pieces = [_piece(n, mark, request, request.scale) for n, mark in enumerate(marks)]
    used, each = _rows_of(pieces, request, most), request.text_percent / 100
    whole = used if used < most else _rows_of(pieces, request, 4 * most)
    liked = min(whole, 2 * most)
    least = ROW_LEAST * -(-used * 2 // 3) * each + 2 * PAD
    ideal = max(least, ROW_IDEAL * liked * each + 2 * PAD)
    roomy = ROW_ALONE if used == 1 else ROW_MOST * whole if whole < 4 * most else math.inf
    return Wanted(least, ideal, 0.1 * used, max(ideal, roomy * each + 2 * PAD))


def _rows_of(pieces: Sequence[layout.Piece], request: LaneRequest, most: int) -> int:
    """How many of so many rows marks and labels take."""
    rows = layout.Rows(most)
    layout.place(pieces, request.scale.width, rows)
    return max(1, rows.used)


def row_count(request: LaneRequest) -> int:
    """How many rows a lane of its height has."""
    return max(1, int((request.height - 2 * PAD + 0.5) // (ROW_LEAST * request.text_percent / 100)))


def _piece(number: int, mark: Mark, request: LaneRequest, scale: TimeScale) -> layout.Piece:
    left, right = scale.x(mark.edges[0]), scale.x(mark.edges[3])
    if right - left < SMALL_PX:
        middle = (left + right) / 2
        left, right = middle - SMALL_PX, middle + SMALL_PX
    holds = mark.style == "light" and mark.thick >= 12
    widths = tuple(request.runs_width(runs) for runs in mark.variants)
    others = rivals.contested(request.dataset).get(mark.event.id, rivals.NOTHING).rivals
    also = tuple((scale.x(when.earliest_start) - 2, scale.x(when.latest_end) + 2) for when in others)
    return layout.Piece(number, left, right, widths, holds, also, weight=_weight(mark.event, request))


def _weight(event: Event, request: LaneRequest) -> float:
    """How much the name of an event matters: the more, the more the dataset says about it."""
    said, row = event_columns.said_of(request.dataset), request.dataset.row_of.get(event.id)
    return 1.0 if said is None or row is None else 1.0 + math.log1p(int(said[row])) / 4


def own_mark(event: Event, request: LaneRequest) -> Mark:
    """How an event looks by itself: a band as long as it may have taken; a minute is a dot until it is wider."""
    when, wordings = event.when, variants(event, request)
    edges = (when.earliest_start, when.latest_start, when.earliest_end, when.latest_end)
    if not when.is_moment:
        return Mark(event, edges, "solid", "ink", 5.0, wordings)
    wide = request.scale.x(when.latest_end) - request.scale.x(when.earliest_start)
    style = "dot" if when.precision in FINE and wide <= DOT_PX else "light"
    return Mark(event, (edges[0], edges[0], edges[3], edges[3]), style, "ink", 16.0, wordings)


def draw_mark(sheet: Sheet, mark: Mark, middle: float) -> tuple[int, bool]:
    """The mark and its rival dates at a y; the number of its item, and whether a search dims it."""
    request, event = sheet.request, mark.event
    item = len(sheet.items)
    dim = request.is_dim(event.id)
    half = max(mark.thick, 12.0) / 2
    sheet.items.append(Item("event", event.id, request.say(event.title),
                            (mark.edges[0], mark.edges[3], middle - half - 2, 2 * half + 4)))
    contested = rivals.contested(request.dataset).get(event.id, rivals.NOTHING)
    _draw_rivals(sheet, contested, (middle, item))
    width = request.scale.x(mark.edges[3]) - request.scale.x(mark.edges[0])
    if mark.style == "dot" or width < SMALL_PX:
        at = (mark.edges[0] + mark.edges[3]) // 2
        sheet.points.append(Point(at, middle, "half" if contested.is_disputed else "dot", mark.role, item, dim))
    else:
        sheet.bands.append(Band(mark.edges, middle - mark.thick / 2, mark.thick, mark.role, mark.style, item,
                                event.when.approximate, dim))
    return item, dim


def _draw(sheet: Sheet, mark: Mark, placed: layout.Placed, row: tuple[float, float]) -> None:
    (middle, row_height), request = row, sheet.request
    item = draw_mark(sheet, mark, middle)
    if placed.choice >= 0:
        drop = min(row_height, mark.thick / 2 + request.px(LABEL_PX) * 1.05) if placed.under else 0.0
        baseline = middle + drop + request.px(LABEL_PX) * 0.36
        sheet.labels.append(_label(mark, placed, baseline, item, request))


def _draw_cluster(sheet: Sheet, mark: ClusterMark, placed: layout.Placed, row: tuple[float, float]) -> None:
    stack, label = cluster_marks.drawn(mark, placed, row, len(sheet.items) + len(sheet.stacks), sheet.request)
    sheet.stacks.append(stack)
    sheet.clusters.append(mark.cluster)
    sheet.labels += [label] if label is not None else []


def _draw_rivals(sheet: Sheet, contested: rivals.Contested, place: tuple[float, int]) -> None:
    middle, item = place
    for when in contested.rivals:
        sheet.rivals.append(Rival(when.earliest_start, when.latest_end, middle, 14.0, item))


def _label(mark: Mark, placed: layout.Placed, baseline: float, item: tuple[int, bool], request: LaneRequest) -> Label:
    """A label hangs on its mark's end, or on the window's edge where it was put for want of room."""
    scale = request.scale
    runs = mark.variants[placed.choice]
    wide = request.runs_width(runs)
    left, right = scale.x(mark.edges[0]), scale.x(mark.edges[3])
    anchor = mark.edges[3] if placed.x > right else mark.edges[0]
    held = placed.is_held and not 0 <= (right if placed.x > right else left) <= scale.width
    dx = placed.x if held else placed.x - scale.x(anchor)
    return Label(None if held else anchor, dx, baseline, runs, wide, *item, has_ground=placed.across)

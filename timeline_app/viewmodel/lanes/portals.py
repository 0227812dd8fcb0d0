"""Portals: one bar for each subject, made of its documented states. No document, no state; closed is not down.

A state begins at its event and ends where the subject's next state begins, with the uncertainty of both. The last one
fades over 24 hours: its end is not documented. Events without a state stand by themselves, and so does a flood: a bar
open, flooded, down would state a cause.
"""
from __future__ import annotations

from dataclasses import dataclass, replace

from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.records import Event
from timeline_app.domain.time import When
from timeline_app.viewmodel import event_marks, layout, rivals
from timeline_app.viewmodel.event_marks import Sheet
from timeline_app.viewmodel.picture import (
    Band,
    Edges,
    Heading,
    Item,
    Label,
    LanePicture,
    LaneRequest,
    Legend,
    Rival,
    Run,
    Wanted,
)

LOOKS = {"open": ("asking", "solid"), "restored": ("asking", "outline"),
         "down": ("down", "hatched"), "closed": ("ink", "light")}
LEGEND = ("open", "down", "restored")
DROP = 13.0  # rival stretches stand below the bar, so that they cross no state
THICK = 15.0
ROW = (23.0, 33.0, 40.0)
MOST = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the lane: the states of one subject in time, or one event that has none."""

    events: tuple[Event, ...]
    reaches: tuple[Edges, ...]

    @property
    def reach(self) -> tuple[int, int]:
        """The earliest and the latest instant it covers."""
        return min(one[0] for one in self.reaches), max(one[3] for one in self.reaches)


@dataclass(frozen=True, slots=True)
class Row:
    """Where a bar stands: the px of its middle, of its row's top and height, and of the bar's thickness."""

    middle: float
    top: float
    height: float
    thick: float


def wanted(request: LaneRequest) -> Wanted:
    """A row for each subject."""
    rows = min(max(1, len(_bars(request))), MOST)
    each = rows * request.text_percent / 100
    return Wanted(ROW[0] * each + 2 * event_marks.PAD, ROW[1] * each + 2 * event_marks.PAD, 0.3 * rows)


def picture(request: LaneRequest) -> LanePicture:
    """The bars at this scale and height, each subject in its own row as long as all of them have room."""
    sheet = Sheet(request)
    bars, each, room = _bars(request), request.text_percent / 100, request.height - 2 * event_marks.PAD
    if len(bars) * ROW[0] * each > room + 1:
        window = request.scale.window.span
        bars = [bar for bar in bars if bar.reach[0] < window.end and window.start < bar.reach[1]]
    height = min(ROW[2] * each, room / max(1, len(bars)))
    for number, bar in enumerate(bars):
        top = event_marks.PAD + height * number
        row = Row(top + height / 2, top, height, min(THICK, max(1.0, height - 3)))
        label, row = _label(bar, row, request, len(sheet.items))
        _draw(sheet, bar, row)
        sheet.labels.extend(label)
    return sheet.picture(_heading(request))


def edges(event: Event, later: list[Event]) -> Edges:
    """The four instants of a state, given the states of the same subject that follow. Closed ends a bar: the stretch
    in which it was closed is marked, and nothing is said of later."""
    start = event.when
    if event.state == "closed" and not later:
        return start.earliest_start, start.earliest_start, start.latest_start, start.latest_start
    if later:
        end = later[0].when
        return (start.earliest_start, start.latest_start,
                max(start.latest_start, end.earliest_start), max(start.latest_start, end.latest_start))
    return start.earliest_start, start.latest_start, start.latest_start, start.latest_start + DAY


def _heading(request: LaneRequest) -> Heading:
    """The lane's words with a legend of the states that it has."""
    found = {event.state for event in event_marks.of_lane(request) if _is_state(event)}
    shown = (state for state in LEGEND if state in found)
    legend = tuple(Legend(*LOOKS[state], request.texts.get(f"lane.state_{state}")) for state in shown)
    return replace(event_marks.heading(request), legend=legend)


def _is_state(event: Event) -> bool:
    return event.state in LOOKS and event.kind != "flood"


def _bars(request: LaneRequest) -> list[Bar]:
    """The bars, the one that begins first on top; of a vague and a documented start the documented one."""
    found = request.dataset.event_by_id
    subjects: dict[tuple[str, str], list[Event]] = {}
    for event_id in request.spec.event_ids:
        event = found.get(event_id)
        if event is not None:
            key = ("subject", event.subject) if event.subject and _is_state(event) else ("event", event.id)
            subjects.setdefault(key, []).append(event)
    return sorted((_bar(events) for events in subjects.values()), key=lambda bar: _order(bar.events[0]))


def _bar(events: list[Event]) -> Bar:
    if not _is_state(events[0]):
        when = events[0].when
        return Bar((events[0],), ((when.earliest_start, when.latest_start, when.earliest_end, when.latest_end),))
    events.sort(key=lambda event: (event.when.earliest_start, event.when.latest_start))
    return Bar(tuple(events), tuple(edges(event, events[n + 1:]) for n, event in enumerate(events)))


def _order(event: Event) -> tuple[int, int]:
    return event.when.latest_start, event.when.earliest_start


def _draw(sheet: Sheet, bar: Bar, row: Row) -> None:
    for event, reach in zip(bar.events, bar.reaches, strict=True):
        if _is_state(event):
            _draw_state(sheet, event, reach, row)
        else:
            event_marks.draw_mark(sheet, event_marks.own_mark(event, sheet.request), row.middle)


def _draw_state(sheet: Sheet, event: Event, reach: Edges, row: Row) -> None:
    request, middle = sheet.request, row.middle
    item = len(sheet.items)
    start = (event.when.earliest_start, event.when.latest_start)
    sheet.items.append(Item("event", event.id, request.say(event.title), (*start, middle - 14, 28.0)))
    sheet.bands.append(Band(reach, middle - row.thick / 2, row.thick, *LOOKS[event.state], item,
                            event.when.approximate, request.is_dim(event.id)))
    for when in rivals.contested(request.dataset).get(event.id, rivals.NOTHING).rivals:
        y, high = (middle + DROP, 8.0) if _is_stretch(when) else (middle, row.thick + 9)
        sheet.rivals.append(Rival(when.earliest_start, when.latest_end, y, high, item))


def _label(bar: Bar, row: Row, request: LaneRequest, item: int) -> tuple[list[Label], Row]:
    """The subject's name and note: right of its bar, left of it, else above it with the bar lowered in its row; the
    note goes where it must. Only where even the name finds no room it stands across the bar."""
    size = request.px(event_marks.LABEL_PX)
    left, right = (request.scale.x(instant) for instant in bar.reach)
    if right < 0 or left > request.scale.width or row.height < 1.1 * size:
        return [], row
    lower, centred = _lowered(bar, row, request), row.middle + size * 0.36
    wordings = [(runs, request.runs_width(runs)) for runs in _wordings(bar, request)]
    for runs, wide in wordings:
        x = _beside(bar, wide, request)
        if x is not None:
            anchor = bar.reach[1] if x > left else bar.reach[0]
            return [Label(anchor, x - request.scale.x(anchor), centred, runs, wide, item)], row
        x = max(left, layout.EDGE)
        inside = x + wide <= request.scale.width - layout.EDGE
        if lower is not None and inside and not _strokes(bar, (x, x + wide), request):
            return [Label(None, x, lower.middle - lower.thick / 2 - size / 4, runs, wide, item)], lower
    x = max(left, 0.0) + 3 * layout.GAP
    for runs, wide in wordings:
        if x + wide + 3 * layout.GAP <= min(right, request.scale.width):
            return [Label(None, x, centred, runs, wide, item, has_ground=True)], row
    return [], row


def _beside(bar: Bar, wide: float, request: LaneRequest) -> float | None:
    """The x of a label right or left of a bar, in view and over no rival date."""
    left, right = (request.scale.x(instant) for instant in bar.reach)
    for x in (right + layout.GAP, left - layout.GAP - wide):
        inside = x >= layout.EDGE and x + wide <= request.scale.width - layout.EDGE
        if inside and not _strokes(bar, (x, x + wide), request):
            return x
    return None


def _lowered(bar: Bar, row: Row, request: LaneRequest) -> Row | None:
    """The row with its bar low enough for a label above it, or None where it is not high enough for both."""
    window = request.scale.window.span
    seen = [when for when in _rivals(bar, request) if when.span.overlaps(window)]
    below = 10.0 if any(map(_is_stretch, seen)) else 5.0 if seen else 2.0
    middle = row.top + row.height - below - row.thick / 2
    top = middle - row.thick / 2 - request.px(event_marks.LABEL_PX) * 1.05
    return Row(middle, row.top, row.height, row.thick) if top >= row.top else None


def _rivals(bar: Bar, request: LaneRequest) -> list[When]:
    found = rivals.contested(request.dataset)
    return [when for event in bar.events for when in found.get(event.id, rivals.NOTHING).rivals]


def _is_stretch(when: When) -> bool:
    """Whether a rival date is drawn as a level line below the bar, and not as a stroke across it."""
    return when.latest_end - when.earliest_start > HOUR


def _strokes(bar: Bar, between: tuple[float, float], request: LaneRequest) -> bool:
    """Whether a rival moment is drawn between two x."""
    left, right = between
    return any(left - 4 < request.scale.x(when.earliest_start) < right + 4
               for when in _rivals(bar, request) if not _is_stretch(when))


def _wordings(bar: Bar, request: LaneRequest) -> tuple[tuple[Run, ...], ...]:
    """The subject's name with its note, and alone; an event without one says its own."""
    first, names = bar.events[0], request.dataset.meta.names
    if not (first.subject and _is_state(first)):
        return event_marks.variants(first, request)
    note = request.say(names[("subject_notes", first.subject)]) if ("subject_notes", first.subject) in names else ""
    name = Run(request.say(request.dataset.meta.word("subjects", first.subject)), "ink",
               request.px(event_marks.LABEL_PX), "semibold")
    remark = (Run(note, "muted", request.px(event_marks.NOTE_PX)),) if note else ()
    return ((name, *remark), (name,)) if remark else ((name,),)

"""Portals: one bar for each subject, made of its documented states. No document, no state; closed is not down.

A state begins at its event and ends where the subject's next event begins, with the uncertainty of both. The last one
fades over 24 hours: its end is not documented. Events without subject and state are drawn as marks beside.
"""
from __future__ import annotations

from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.records import Event
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

LOOKS = {"open": ("asking", "solid"), "restored": ("asking", "solid"),
         "down": ("down", "hatched"), "closed": ("ink", "light")}
LEGEND = ("open", "down")
DROP = 13.0  # rival dates stand below the bar, so that they cross no state
THICK = 15.0
ROW = (21.0, 33.0, 40.0)


def wanted(request: LaneRequest) -> Wanted:
    """A row for each subject."""
    rows = max(1, len(_bars(request)))
    each = request.text_percent / 100
    return Wanted(ROW[0] * rows * each + 2 * event_marks.PAD, ROW[1] * rows * each + 2 * event_marks.PAD, 0.3 * rows)


def picture(request: LaneRequest) -> LanePicture:
    """The bars at this scale and height."""
    sheet = Sheet(request)
    bars = _bars(request)
    row_height = min(ROW[2], (request.height - 2 * event_marks.PAD) / max(1, len(bars)))
    for row, (subject, events) in enumerate(bars):
        middle = event_marks.PAD + row_height * (row + 0.5)
        for number, event in enumerate(events):
            _draw_state(sheet, event, edges(event, events[number + 1:]), middle)
        _draw_label(sheet, subject, events, middle)
    return sheet.picture(_heading(request))


def edges(event: Event, later: list[Event]) -> Edges:
    """The four instants of a state, given the events of the same subject that follow. Closed ends a bar: the stretch
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
    spec = request.spec
    legend = tuple(Legend(*LOOKS[state], request.texts.get(f"lane.state_{state}")) for state in LEGEND)
    return Heading(request.say(spec.title), (request.say(spec.note),) if spec.note.text else (), legend)


def _bars(request: LaneRequest) -> list[tuple[str, list[Event]]]:
    """Subjects with their events in time, the subject that begins first on top."""
    found = request.dataset.event_by_id
    subjects: dict[str, list[Event]] = {}
    for event_id in request.spec.event_ids:
        event = found.get(event_id)
        if event is not None:
            subjects.setdefault(event.subject or event.id, []).append(event)
    for events in subjects.values():
        events.sort(key=lambda event: event.when.earliest_start)
    return sorted(subjects.items(), key=lambda bar: _order(bar[1][0]))


def _order(event: Event) -> tuple[int, int]:
    """The better known start first, so that a vague one does not stand above a documented minute."""
    return (event.when.latest_start, event.when.earliest_start)


def _draw_state(sheet: Sheet, event: Event, reach: Edges, middle: float) -> None:
    request = sheet.request
    role, style = LOOKS.get(event.state, ("ink", "light"))
    item = len(sheet.items)
    start = (event.when.earliest_start, event.when.latest_start)
    sheet.items.append(Item("event", event.id, request.say(event.title), (*start, middle - 14, 28.0)))
    sheet.bands.append(Band(reach, middle - THICK / 2, THICK, role, style, item,
                            event.when.approximate, request.is_dim(event.id)))
    for when in rivals.contested(request.dataset).get(event.id, rivals.NOTHING).rivals:
        is_stretch = when.latest_end - when.earliest_start > HOUR
        sheet.rivals.append(Rival(when.earliest_start, when.latest_end, middle + (DROP if is_stretch else 0.0),
                                  8.0 if is_stretch else THICK + 9, item))


def _draw_label(sheet: Sheet, subject: str, events: list[Event], middle: float) -> None:
    """The subject's name and note: right of its bar, else left of it, else above; the note goes where it must."""
    request, scale = sheet.request, sheet.request.scale
    last = edges(events[-1], [])
    left, right = scale.x(events[0].when.earliest_start), scale.x(last[3])
    if right < 0 or left > scale.width:
        return
    centred = middle + request.px(event_marks.LABEL_PX) * 0.36
    for runs in _wordings(request, subject, events):
        wide = event_marks.runs_width(runs, request)
        item = _first_item(sheet, events)
        for x in (right + layout.GAP, left - layout.GAP - wide):
            if x >= layout.EDGE and x + wide <= scale.width - layout.EDGE:
                anchor = last[3] if x > left else events[0].when.earliest_start
                sheet.labels.append(Label(anchor, x - scale.x(anchor), centred, runs, wide, item))
                return
        above = max(left, layout.EDGE)
        if left < layout.EDGE and above + wide <= scale.width - layout.EDGE:
            sheet.labels.append(Label(None, above, middle - THICK / 2 - 3, runs, wide, item))
            return


def _first_item(sheet: Sheet, events: list[Event]) -> int:
    return next(n for n, item in enumerate(sheet.items) if item.id == events[0].id)


def _wordings(request: LaneRequest, subject: str, events: list[Event]) -> tuple[tuple[Run, ...], ...]:
    meta = request.dataset.meta
    words = request.say(meta.word("subjects", subject)) if events[0].subject else request.say(events[0].title)
    note = request.say(meta.names[("subject_notes", subject)]) if ("subject_notes", subject) in meta.names else ""
    name = Run(words, "ink", request.px(event_marks.LABEL_PX), "semibold")
    remark = (Run(note, "muted", request.px(event_marks.NOTE_PX)),) if note else ()
    return ((name, *remark), (name,)) if remark else ((name,),)

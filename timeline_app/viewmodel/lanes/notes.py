"""Notes: a flag on a moment, a bracket over a stretch, each with its first line. They look like nothing that the
dataset says, and their lane's heading says whose they are.
"""
from __future__ import annotations

from timeline_app.domain.notes import Note
from timeline_app.viewmodel import layout, note_lanes, note_words
from timeline_app.viewmodel.picture import (
    SPACE,
    Band,
    Heading,
    Item,
    Label,
    LanePicture,
    LaneRequest,
    Point,
    Run,
    Wanted,
)

LABEL_PX, REMARK_PX = 13, 12
ROW, PAD = 21.0, 3.0
PENNANT = 11.0  # px that a flag reaches to the right of its pole
BRACKET = 8.0
LENGTHS = (90, 60, 40, 28, 18, 10)  # letters of a label, the longest first
MOST_LABELLED = 200
MOST_ROWS = 3
BELOW_BRACKET = 2.0  # px that a label keeps from the line above it
LEAST = 34.0  # px that a heading with a line below it needs
TOGETHER = 4.0  # px within which many notes are drawn as one
ROLE = "muted"


def wanted(request: LaneRequest) -> Wanted:
    """A row, and more where there are many."""
    number = len(_notes(request))
    rows = 1 if number <= 3 else 2 if number <= 12 else MOST_ROWS
    each = ROW * request.text_percent / 100
    least = each * min(rows, 2) + 2 * PAD
    return Wanted(max(least, LEAST * request.text_percent / 100), max(least, each * rows + 2 * PAD), 0.02)


def picture(request: LaneRequest) -> LanePicture:
    """The lane at this scale and height."""
    span, scale = request.scale.window.span, request.scale
    seen = [(name, note) for name, note in _notes(request).items() if note.start < span.end and note.end >= span.start]
    seen = seen if len(seen) <= MOST_LABELLED else _thinned(seen, request)
    row = ROW * request.text_percent / 100
    rows = layout.Rows(max(1, int((request.height - 2 * PAD + 0.5) // row)))
    wordings = [_variants(name, note, request) if len(seen) <= MOST_LABELLED else () for name, note in seen]
    pieces = [_piece(number, note, wordings[number], request) for number, (_, note) in enumerate(seen)]
    placed = layout.place(pieces, scale.width, rows)
    row = min(row * 1.3, (request.height - 2 * PAD) / rows.count)
    top = max(PAD, (request.height - row * rows.used) / 2) if rows.used == 1 else PAD
    homes = {one.key: one.row for one in placed}
    drawn = [_drawn(seen[one.key], wordings[one.key], one, (top + row * one.row, row), request) for one in placed]
    return LanePicture(
        heading(request),
        bands=tuple(mark for mark, _ in drawn if isinstance(mark, Band)),
        points=tuple(mark for mark, _ in drawn if isinstance(mark, Point)),
        labels=tuple(label for _, label in drawn if label is not None),
        items=tuple(Item("note", name, note_words.spoken(name, note, request.texts),
                         (note.start, note.end, top + row * homes.get(number, 0) + 2, row - 4))
                    for number, (name, note) in enumerate(seen)))


def _thinned(seen: list[tuple[str, Note]], request: LaneRequest) -> list[tuple[str, Note]]:
    """Of notes that would stand on each other the first: zooming in tells them apart."""
    found: dict[tuple[int, int], tuple[str, Note]] = {}
    for name, note in seen:
        place = round(request.scale.x(note.start) / TOGETHER), round(request.scale.x(note.end) / TOGETHER)
        found.setdefault(place, (name, note))
    return list(found.values())


def heading(request: LaneRequest) -> Heading:
    """Whose notes they are, how many, and how many are not saved."""
    notes, texts = _notes(request), request.texts
    unsaved = len(request.notes.unsaved & notes.keys())
    line = texts.count("notes.unsaved_count", unsaved) if unsaved else texts.count("notes.count", len(notes))
    return Heading(request.say(request.spec.title), (line,))


def _notes(request: LaneRequest) -> dict[str, Note]:
    found = {note_lanes.OWN_LANE: request.notes.own, note_lanes.CAME_LANE: request.notes.others}
    return found.get(request.spec.id, {}) if request.spec.half == note_lanes.HALF else {}


def _variants(name: str, note: Note, request: LaneRequest) -> tuple[tuple[Run, ...], ...]:
    """The first line at several lengths, where there is room with the word that it is not saved."""
    texts = dict.fromkeys(_cut(note, length) for length in LENGTHS)
    plain = tuple((Run(text, "ink", request.px(LABEL_PX)),) for text in texts)
    if name not in request.notes.unsaved:
        return plain
    remark = Run(request.texts.get("notes.unsaved"), ROLE, request.px(REMARK_PX), "semibold")
    return (*((*runs, remark) for runs in plain), *plain[-2:])


def _cut(note: Note, length: int) -> str:
    line = note.first_line
    is_all = len(line) <= length and line == note.text.strip()
    return line if is_all else line[:length].rstrip() + "…"


def _width(runs: tuple[Run, ...], request: LaneRequest) -> float:
    return sum(request.measure(run.text, run.size, run.weight) for run in runs) + SPACE * (len(runs) - 1)


def _piece(number: int, note: Note, wordings: tuple[tuple[Run, ...], ...], request: LaneRequest) -> layout.Piece:
    left = request.scale.x(note.start)
    right = left + PENNANT if note.is_moment else max(request.scale.x(note.end), left + BRACKET)
    return layout.Piece(number, left, right, tuple(_width(runs, request) for runs in wordings), not note.is_moment)


def _drawn(named: tuple[str, Note], wordings: tuple[tuple[Run, ...], ...], placed: layout.Placed,
           row: tuple[float, float], request: LaneRequest) -> tuple[Band | Point, Label | None]:
    (name, note), (top, high) = named, row
    dim = request.is_dim(name)
    if note.is_moment:
        mark: Band | Point = Point(note.start, top + high / 2, "flag", ROLE, placed.key, dim)
    else:
        edges = (note.start, note.start, note.end, note.end)
        mark = Band(edges, top + 2, high - 5, ROLE, "bracket", placed.key, dim=dim)
    if placed.choice < 0:
        return mark, None
    below = high if placed.under else 0.0 if note.is_moment else BELOW_BRACKET
    baseline = top + high / 2 + request.px(LABEL_PX) * 0.36 + below
    return mark, _label(note, wordings[placed.choice], placed, (baseline, dim), request)


def _label(note: Note, runs: tuple[Run, ...], placed: layout.Placed, look: tuple[float, bool],
           request: LaneRequest) -> Label:
    """A label hangs on its mark's start or end, or on the window's edge where its mark goes on beyond it."""
    scale, (baseline, dim) = request.scale, look
    anchor = note.end if placed.x > scale.x(note.end) else note.start
    held = not 0 <= scale.x(anchor) <= scale.width
    dx = placed.x if held else placed.x - scale.x(anchor)
    return Label(None if held else anchor, dx, baseline, runs, _width(runs, request), placed.key, dim, placed.across)

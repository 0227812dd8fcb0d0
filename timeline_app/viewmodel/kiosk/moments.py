"""Where the moments stand on the line of home: large marks in rows, each with its name beside it, in time. A moment
that is known to the minute is a disc; one that is known to a stretch is as long as the stretch. Pure.

Where they have no room, because the text is large or the screen small, the answer is None and home is a list.
"""
from __future__ import annotations

from dataclasses import dataclass

from timeline_app.base.text import Texts
from timeline_app.viewmodel import text_cut
from timeline_app.viewmodel.kiosk.page import BODY, Box, Line, Room, Shape, Target
from timeline_app.viewmodel.kiosk.plan import Moment, Plan
from timeline_app.viewmodel.window import TimeScale, Window

DISC, CHOSEN = 20.0, 25.0  # px of a radius on a screen whose shorter side has 1080
GAP = 14.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Moments on the line: their shapes, their targets with their names, and the height of the rows they need."""

    shapes: tuple[Shape, ...]
    targets: tuple[Target, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Mark:
    """A moment within the window: the x of its begin and its length in px, the px of its name, and whether that stands
    within it."""

    moment: Moment
    left: float
    wide: float
    text: float
    is_chosen: bool
    is_within: bool


@dataclass(slots=True)
class _Rows:
    """How far each row is taken, and where it ends."""

    taken: list[float]
    ends: list[float]

    def give(self, beyond: list[Target], place: tuple[float, float, float], gap: float) -> int:
        """Give room to those beyond the window, whose rows begin at (x, y) and are so high; the last row of them."""
        x, y, pitch = place
        numbers = [round((one.box[1] - y) / pitch) for one in beyond]
        for row, one in zip(numbers, beyond, strict=True):
            if row < len(self.ends) and one.box[0] > x:
                self.ends[row] = one.box[0] - gap
            elif row < len(self.ends):
                self.taken[row] = x + one.box[2]
        return max(numbers, default=-1)


def placed(plan: Plan, window: Window, box: Box, look: tuple[Room, str, Texts]) -> Placed | None:
    """The moments within a window in a box, with the nearest ones beyond it at both ends of the first row where they
    have room; None where one of those within has none."""
    room, _, texts = look
    pitch = max(room.target, room.px(BODY) * 2.1)
    beyond = _beyond(plan, window, (*box[:3], pitch), (room, texts))
    return _in_rows(plan, window, box, look, beyond) or (_in_rows(plan, window, box, look, []) if beyond else None)


def _in_rows(plan: Plan, window: Window, box: Box, look: tuple[Room, str, Texts], beyond: list[Target]
             ) -> Placed | None:
    """The moments within a window, beside those beyond it."""
    room, chosen, _ = look
    x, y, wide, high = box
    scale = TimeScale(window, wide)
    pitch = max(room.target, room.px(BODY) * 2.1)
    count = int(high // pitch)
    if count < 1:
        return None
    rows = _Rows([x - room.gap] * count, [x + wide] * count)
    last = rows.give(beyond, (x, y, pitch), room.gap)
    if last >= count:
        return None
    shapes: list[Shape] = []
    targets = [*beyond]
    for moment in plan.moments:
        if not window.start_us <= moment.start_ms * 1000 < window.end_us:
            continue
        mark = _mark(moment, scale, room, moment.id == chosen)
        spot = _spot(mark, rows, x, room)
        if spot is None:
            return None
        row, begin, label_x, end = spot
        rows.taken[row], last = end, max(last, row)
        middle = y + pitch * (row + 0.5)
        shapes += _shapes(mark, x, middle, room)
        targets.append(_target(mark, (begin, middle - pitch / 2, end - begin, pitch), (label_x, middle), room))
    return Placed(tuple(shapes), tuple(targets), pitch * (last + 1))


def _beyond(plan: Plan, window: Window, place: Box, look: tuple[Room, Texts]) -> list[Target]:
    """The nearest moments before and after what the line shows, to be gone to; the second one a row lower where one row
    is too short for both."""
    x, y, wide, high = place
    room, texts = look
    px, found = room.px(BODY), []
    before = [one for one in plan.moments if one.start_ms * 1000 < window.start_us][-1:]
    after = [one for one in plan.moments if one.start_ms * 1000 >= window.end_us][:1]
    left_over = wide
    for moment in (*before, *after):
        is_before = moment in before
        text = texts.get("kiosk.before" if is_before else "kiosk.after", what=moment.label)
        text = text_cut.cut(text, wide - room.target, lambda one: room.measure(one, px, "semibold"))
        long = max(room.target, room.wide(text, px, "semibold"))
        y += high if long > left_over else 0.0
        left_over -= long + room.gap
        left = x if is_before else x + wide - long
        line = Line(left if is_before else x + wide - room.wide(text, px, "semibold"), y + high / 2 + px * 0.36, text,
                    ("muted", px, "semibold"))
        found.append(Target(f"moment:{moment.id}", (left, y, long, high), moment.spoken, "bare", (line,)))
    return found


def _mark(moment: Moment, scale: TimeScale, room: Room, is_chosen: bool) -> _Mark:
    left, end = scale.x(moment.start_ms), min(scale.x(moment.end_ms), scale.width)
    text = room.wide(moment.label, room.px(BODY), "bold" if is_chosen else "semibold")
    wide = max(0.0, end - left)
    return _Mark(moment, left, wide, text, is_chosen, text + _half(moment, room) + 2 * GAP * room.unit <= wide)


def _half(moment: Moment, room: Room) -> float:
    """The px that the half-filled mark of a disputed moment takes at the begin of its stretch."""
    return 2 * DISC * room.unit if moment.is_disputed else 0.0


def _spot(mark: _Mark, rows: _Rows, x: float, room: Room) -> tuple[int, float, float, float] | None:
    """(row, left end, x of the name, right end) of the first row with room: the name within the mark, else right of it,
    else left."""
    radius, gap = DISC * room.unit, GAP * room.unit
    left, right = x + mark.left - radius * (mark.wide <= 2 * radius), x + mark.left + max(radius, mark.wide)
    beside = right if mark.is_within else right + gap + mark.text
    label = left + gap + _half(mark.moment, room) if mark.is_within else right + gap
    for row, taken in enumerate(rows.taken):
        if left >= taken + room.gap and beside <= rows.ends[row]:
            return row, left, label, max(beside, left + room.target)
    begin = min(left - gap - mark.text, right - room.target)
    for row, taken in enumerate(rows.taken):
        if begin >= max(taken + room.gap, x) and right <= rows.ends[row]:
            return row, begin, left - gap - mark.text, right
    return None


def _shapes(mark: _Mark, x: float, middle: float, room: Room) -> list[Shape]:
    """A disc, half-filled where it is disputed; or a stretch with a half-filled disc at its begin."""
    radius = (CHOSEN if mark.is_chosen else DISC) * room.unit
    role, at = "interaction" if mark.is_chosen else "ink", x + mark.left
    if mark.wide <= 2 * DISC * room.unit:
        kind = "half" if mark.moment.is_disputed else "disc"
        return [Shape(kind, (at - radius, middle - radius, 2 * radius, 2 * radius), role)]
    bar = (at, middle - radius, mark.wide, 2 * radius)
    found = [Shape("rect", bar, "ground", radius), Shape("rect", bar, role, radius, 0.2),
             Shape("outline", bar, role, radius)]
    if mark.moment.is_disputed:
        thin = radius * 0.6
        found.append(Shape("half", (at + radius - thin, middle - thin, 2 * thin, 2 * thin), role))
    return found


def _target(mark: _Mark, box: Box, label: tuple[float, float], room: Room) -> Target:
    px = room.px(BODY)
    weight = "bold" if mark.is_chosen else "semibold"
    line = Line(label[0], label[1] + px * 0.36, mark.moment.label, ("ink", px, weight))
    return Target(f"moment:{mark.moment.id}", box, mark.moment.spoken, "bare", (line,))

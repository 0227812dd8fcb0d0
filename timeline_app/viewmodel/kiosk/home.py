"""Home at arm's length: the title, the moments on one line over the counted surge, and the card beside or below. Where
the moments have no room on the line, and in safe mode, they are a list.
"""
from __future__ import annotations

from collections.abc import Iterable

from timeline_app.viewmodel import text_cut, ticks
from timeline_app.viewmodel.kiosk import moments, surge
from timeline_app.viewmodel.kiosk.controls import band
from timeline_app.viewmodel.kiosk.page import (
    BODY,
    LEADING,
    SMALL,
    TITLE,
    Bars,
    Box,
    Line,
    Page,
    Room,
    Shape,
    Target,
    Wanted,
    button,
    button_size,
    height_of,
    written,
)
from timeline_app.viewmodel.kiosk.plan import Moment, Play
from timeline_app.viewmodel.kiosk.reading import Block
from timeline_app.viewmodel.kiosk.scene import Scene
from timeline_app.viewmodel.kiosk.scroll import Sheet, sheets, turn_words
from timeline_app.viewmodel.window import TimeScale

CARD = 0.32  # of the width
BELOW = 0.46  # of the height between title and buttons, on a screen that stands upright
SURGE, LEAST_SURGE = 0.42, 0.18  # of the height that line and surge have together
PAD, MOST_LEAVES, MANY = 1.3, 3, 9  # of a gap; pages of a card beside the line, and as wide in digits as they get
DAYS_PX = ticks.HEADING_PX


def home(scene: Scene) -> Page:
    """The whole screen."""
    visit, room = scene.visit, scene.room
    below = band(visit, scene.start, room, scene.texts)
    foot = below.top - room.gap
    for is_short in (False, True, room.percent > 100):  # the line may need the room of the second line, or a long list
        title, top = header(scene, is_short)
        line_box, card_box = parted(room, top, foot)
        told = _line(scene, line_box)
        if told.name == "line" or scene.start.is_plain:
            break
    if scene.card and (told.name == "list" and room.percent > 100 or is_long(scene, card_box)):
        # Large words need all the room; the buttons walk from card to card.
        title, top = (), room.edge * 0.6
        told, card_box = Page("card", ""), (room.edge, top, room.width - 2 * room.edge, foot - top)
    shapes, lines, targets = card(scene, card_box)
    if not scene.card and told.name == "line" and told.targets:
        marks = _marks_explained(scene, card_box, max((one.y for one in lines), default=card_box[1]))
        lines, shapes = (*lines, *marks[0]), (*shapes, *marks[1])
    spoken = " ".join(one.text for one in (lines if scene.card else (*title, *lines)))
    return Page("home", spoken, (*title, *told.lines, *lines), (*told.shapes, *shapes), told.bars,
                (*told.targets, *targets, *below.targets))


def header(scene: Scene, is_short: bool = False) -> tuple[tuple[Line, ...], float]:
    """The title and, unless it is short, what this is about; and the y below. A text that has grown takes the room of
    the second line."""
    room, plan = scene.room, scene.start.plan
    wide = room.width - 2 * room.edge
    px, body = room.title_px(TITLE), room.px(BODY)
    parts = room.split(plan.title, wide, px, "bold")
    lines = written(parts, (room.edge, room.edge * 0.6), ("ink", px, "bold"))
    y = room.edge * 0.6 + height_of(len(parts), px)
    said = room.split(plan.lead, wide, body)
    if not is_short and len(said) * body <= room.height * 0.06:
        lines += written(said, (room.edge, y), ("muted", body, "regular"))
        y += height_of(len(said), body)
    return lines, y + room.gap


def parted(room: Room, top: float, foot: float) -> tuple[Box, Box]:
    """The box of the line and that of the card: beside it, or below it on a screen that stands upright."""
    x, wide, high = room.edge, room.width - 2 * room.edge, foot - top
    if room.is_tall:
        low = high * BELOW
        return (x, top, wide, high - low - room.gap), (x, top + high - low, wide, low)
    right = room.width * CARD * (1 + 0.25 * (room.percent > 100))
    return (x, top, wide - right - 2 * room.gap, high), (x + wide - right, top, right, high)


def _line(scene: Scene, box: Box) -> Page:
    """The moments in time, over the surge where there is room for it; or as a list."""
    x, y, wide, high = box
    room, plan = scene.room, scene.start.plan
    if scene.start.is_plain:
        return _list(scene, box)
    days, day_high = _days(scene, box)
    rows = (x, y + day_high, wide, high - day_high)
    found = moments.placed(plan, scene.visit.window, rows, (room, scene.visit.chosen, scene.texts))
    if found is None:
        return _list(scene, box)
    left = rows[3] - found.height - room.gap
    low = min(left, high * SURGE) if plan.play is not None and left >= high * LEAST_SURGE else 0.0
    uprights = [Shape("rect", (left, top, 1.0, y + high - low - top), "hairline") for left, top, _ in days]
    lines = tuple(line for _, _, line in days if line is not None)
    names = [line for one in found.targets for line in one.lines]
    page = Page("line", "", lines, (*uprights, *_grounds(names, room), *found.shapes), (), found.targets)
    return _with_surge(scene, page, (x, y + high - low, wide, low)) if low else page


def _grounds(lines: Iterable[Line], room: Room) -> tuple[Shape, ...]:
    """The plain ground behind words, so that no line or hatch goes through them."""
    found = []
    for line in lines:
        _, px, weight = line.style
        wide = room.wide(line.text, px, weight) + px * 0.4
        found.append(Shape("rect", (line.x - px * 0.2, line.y - px * 0.95, wide, px * 1.3), "ground"))
    return tuple(found)


def _days(scene: Scene, box: Box) -> tuple[list[tuple[float, float, Line | None]], float]:
    """Lines of the calendar: their x, where they begin, and their words beside or above them; and the height of the
    words."""
    room, window = scene.room, scene.visit.window
    px = room.px(SMALL)
    share = px / DAYS_PX

    def measure(text: str, size: int, weight: str) -> float:
        return room.measure(text, px, "semibold") / share

    found = ticks.ticks(window, box[2] / share, scene.zone, scene.texts, measure)
    scale = TimeScale(window, box[2])
    row = []
    for number, ticked in enumerate((found.major, found.minor)):
        for tick in ticked:
            base, weight = box[1] + height_of(number, px) + px * 1.02, "regular" if number else "semibold"
            line = Line(box[0] + tick.left * share, base, tick.text, ("muted", px, weight))
            top = box[1] + height_of(2 * number, px)  # what stands in the middle of its line begins it
            row.append((box[0] + max(0.0, scale.x(tick.at_ms)), top, line if tick.labelled else None))
    return row, height_of(2, px) + room.gap * 0.5


def _with_surge(scene: Scene, page: Page, box: Box) -> Page:
    """The counted series below the line, on the same time; who counted, and what its colours are, in a row below it."""
    x, y, wide, high = box
    room, window = scene.room, scene.visit.window
    play = surge.readable(scene.start.plan.play, window, wide)
    said, small = surge.caption(play, wide, (room, scene.texts)), room.px(SMALL)
    beside = room.wide(said[-1], small) + room.gap
    _, legend_high = surge.legend(play, (x + beside, 0.0), wide - beside, (room, SMALL))
    is_beside = legend_high <= height_of(1, small)
    rows = height_of(len(said) + (0 if is_beside else 1), small)
    chart = (x, y + room.gap * 0.5, wide, high - rows - room.gap * 0.8)
    foot = chart[1] + chart[3] + room.gap * 0.2
    lower = foot + height_of(len(said) - is_beside, small)
    named, _ = surge.legend(play, (x + beside * is_beside, lower), wide, (room, SMALL))
    head, bars = _chart(play, scene, chart)
    lines = (*head, *written(said, (x, foot), ("muted", small, "regular")), *named)
    gaps = surge.uncovered(play, window, bars.box)
    none = _no_data(gaps, head, scene)
    rule = Shape("rect", (x, y, wide, 2.0), "half_rule")
    shapes = (*page.shapes, *(Shape("hatch", one, "muted") for one in gaps), *_grounds((*head, *none), room), rule)
    return Page(page.name, "", (*page.lines, *lines, *none), shapes, (bars,), page.targets)


def _chart(play: Play, scene: Scene, box: Box) -> tuple[tuple[Line, ...], Bars]:
    """The bars with their heading: left of those that are tall, or over them where that is too narrow."""
    x, y, wide, high = box
    room, window = scene.room, scene.visit.window
    bars = surge.bars(play, window, box, play.covered[1])
    low = 1 - (height_of(2, room.px(BODY)) + room.gap * 0.5) / max(1.0, high)
    tall = min((left for left, row in zip(bars.lefts, bars.heights, strict=True) if sum(row) > low), default=x + wide)
    head = surge.heading(play, (x + room.gap * 0.3, y), max(tall - x - room.gap, wide * 0.3), (room, scene.texts))
    if tall - x - room.gap >= wide * 0.3 and len(head) <= 2:
        return head, bars
    head = surge.heading(play, (x + room.gap * 0.3, y), wide, (room, scene.texts))
    more = height_of(len(head), room.px(BODY))
    return head, surge.bars(play, window, (x, y + more, wide, high - more), play.covered[1])


def _no_data(gaps: tuple[Box, ...], head: tuple[Line, ...], scene: Scene) -> tuple[Line, ...]:
    """The words "no data" at the foot of what nobody counted, where the heading leaves room for them."""
    room, text, px = scene.room, scene.texts.get("kiosk.no_data"), scene.room.px(SMALL)
    used = max((one.y for one in head), default=0.0)
    return tuple(Line(x + room.gap * 0.3, y + high - px * 0.5, text, ("muted", px, "regular"))
                 for x, y, wide, high in gaps if room.wide(text, px) + room.gap < wide and y + high - px * 1.6 > used)


def _list(scene: Scene, box: Box) -> Page:
    """The moments below each other, as many as have room; earlier and later turn the page of what is chosen."""
    x, y, wide, high = box
    room, plan, px = scene.room, scene.start.plan, scene.room.px(BODY)
    tall = max(room.target, px * 2.3)
    note = height_of(1, room.px(SMALL))
    each, count = tall + room.gap * 0.4, len(plan.moments)
    is_whole = count * each <= high + room.gap * 0.4
    most = max(1, count if is_whole else int((high - note) // each))
    ids = [one.id for one in plan.moments]
    at = ids.index(scene.visit.chosen) if scene.visit.chosen in ids else 0
    first = min(at // most * most, max(0, len(ids) - most))
    lines, shapes, targets = [], [], []
    for number, one in enumerate(plan.moments[first:first + most]):
        top = y + number * each
        is_chosen = one.id == scene.visit.chosen
        shapes.append(Shape("rect", (x, top, wide, tall), "chip" if is_chosen else "panel", room.gap * 0.6))
        lines += _row(one, (x + room.gap, top, wide - 2 * room.gap, tall), is_chosen, room)
        targets.append(Target(f"moment:{one.id}", (x, top, wide, tall), one.spoken, "bare"))
    if most < count:
        said = scene.texts.get("kiosk.list", first=first + 1, last=first + most, n=count)
        lines += written([said], (x, y + most * each), ("muted", room.px(SMALL), "regular"))
    return Page("list", "", tuple(lines), tuple(shapes), (), tuple(targets))


def _row(one: Moment, box: Box, is_chosen: bool, room: Room) -> tuple[Line, ...]:
    x, y, wide, high = box
    px, small = room.px(BODY), room.px(SMALL)
    label = text_cut.cut(one.label, wide, lambda text: room.measure(text, px, "semibold"))
    line = Line(x, y + high / 2 + px * 0.36, label, ("interaction" if is_chosen else "ink", px, "semibold"))
    left = x + room.wide(label, px, "semibold") + room.gap
    if left + room.wide(one.when, small) > x + wide:
        return (line,)
    return (line, Line(x + wide - room.wide(one.when, small), line.y, one.when, ("muted", small, "regular")))


def card(scene: Scene, box: Box) -> tuple[tuple[Shape, ...], tuple[Line, ...], tuple[Target, ...]]:
    """The card of the moment that was chosen, or what can be done here."""
    room = scene.room
    leaves = _leaves(scene, box) if scene.card else _greeting(scene, box)
    targets, _ = _foot(scene, box, (scene.visit.part, len(leaves)))
    ground = Shape("rect", box, "panel", room.gap), Shape("outline", box, "hairline", room.gap)
    pad = room.gap * PAD
    lines, shapes = placed_sheet(leaves, scene.visit.part, (box[0] + pad, box[1] + pad))
    return (*ground, *shapes), lines, targets


def is_long(scene: Scene, box: Box) -> bool:
    """Whether a card has too many pages for a box."""
    return len(_leaves(scene, box)) > (1 if scene.is_warning else MOST_LEAVES)


def _leaves(scene: Scene, box: Box) -> tuple[Sheet, ...]:
    """The text of a card in pages, with room for its buttons below: one more where there are several pages."""
    room, pad, found = scene.room, scene.room.gap * PAD, ()
    for pages in (1, MANY):
        _, foot = _foot(scene, box, (0, pages))
        found = sheets(scene.card, box[2] - 2 * pad, foot - box[1] - pad - room.gap * 0.5, room)
        if len(found) <= 1:
            break
    return found


def _greeting(scene: Scene, box: Box) -> tuple[Sheet, ...]:
    """What can be done here, as much of it as fits whole."""
    room, pad, blocks = scene.room, scene.room.gap * PAD, _invitation(scene)
    for count in range(len(blocks), 0, -1):
        found = sheets(blocks[:count], box[2] - 2 * pad, box[3] - 2 * pad, room)
        if len(found) <= 1:
            return found
    return ()


def _marks_explained(scene: Scene, box: Box, top: float) -> tuple[tuple[Line, ...], tuple[Shape, ...]]:
    """What the marks of the line mean, at the foot of what can be done here, where it has room."""
    room, pad, px = scene.room, scene.room.gap * PAD, scene.room.px(BODY)
    radius = moments.DISC * room.unit
    left, wide = box[0] + pad, box[2] - 2 * pad
    text_left = left + 4 * radius + room.gap
    said = [(kind, room.split(scene.texts.get(f"kiosk.mark.{kind}"), left + wide - text_left, px))
            for kind in ("disc", "half", "stretch")]
    high = sum(max(height_of(len(parts), px), 2 * radius) + room.gap * 0.6 for _, parts in said)
    y = box[1] + box[3] - pad - high
    if y < top + room.gap:
        return (), ()
    lines: list[Line] = []
    shapes: list[Shape] = []
    for kind, parts in said:
        lines += written(parts, (text_left, y), ("muted", px, "regular"))
        middle = y + px * LEADING * 0.5
        thin = (left, middle - radius * 0.8, 4 * radius, radius * 1.6)
        shapes += [Shape("rect", thin, "ink", radius * 0.8, 0.2), Shape("outline", thin, "ink", radius * 0.8)] if (
            kind == "stretch") else [Shape(kind, (left + radius, middle - radius, 2 * radius, 2 * radius), "ink")]
        y += max(height_of(len(parts), px), 2 * radius) + room.gap * 0.6
    return tuple(lines), tuple(shapes)


def _foot(scene: Scene, box: Box, turn: tuple[int, int]) -> tuple[tuple[Target, ...], float]:
    pad = scene.room.gap * PAD
    inner = (box[0] + pad, box[1] + pad, box[2] - 2 * pad)
    return _buttons(_card_buttons(scene, *turn), inner, box[1] + box[3] - pad, scene.room)


def placed_sheet(pages: tuple, part: int, at: tuple[float, float]) -> tuple[tuple[Line, ...], tuple[Shape, ...]]:
    """One page of a text at its place; after the last comes the first."""
    if not pages:
        return (), ()
    x, y = at
    page = pages[part % len(pages)]
    return (tuple(Line(one.x + x, one.y + y, one.text, one.style, one.language) for one in page.lines),
            tuple(Shape(one.kind, (one.box[0] + x, one.box[1] + y, *one.box[2:]), one.role) for one in page.shapes))


def _invitation(scene: Scene) -> tuple[Block, ...]:
    texts, plan = scene.texts, scene.start.plan
    if not plan.moments:
        return (Block(texts.get("kiosk.empty"), "lead"),)
    found = [Block(texts.get("kiosk.invitation.head"), "head"), Block(texts.get("kiosk.invitation.text"), "lead")]
    if plan.play is not None and not scene.start.is_plain:
        found.append(Block(texts.get("kiosk.invitation.play", what=plan.play.label, seconds=plan.play.seconds), "lead"))
    sources = len(scene.dataset.sources)
    return (*found, Block(texts.count("kiosk.invitation.sources", sources), "note")) if sources else tuple(found)


def _card_buttons(scene: Scene, part: int, pages: int) -> list[Wanted]:
    texts = scene.texts
    if not scene.card:
        return []
    close = Wanted("close", texts.get("kiosk.close"))
    if scene.is_warning and part % pages + 1 < pages:  # a warning is read to its end
        return [Wanted("more", turn_words(part % pages, pages, texts), "primary"), close]
    turn = [Wanted("more", turn_words(part % pages, pages, texts))] if pages > 1 else []
    first = Wanted("read_warning", texts.get("kiosk.read_warning"), "primary") if scene.is_warning else (
        Wanted("know", texts.get("kiosk.know")))
    return [*turn, first, close]


def _buttons(wanted: list[Wanted], place: tuple[float, float, float], foot: float, room: Room
             ) -> tuple[tuple[Target, ...], float]:
    """Buttons in rows that end at a y; and the y above them."""
    x, _, wide = place
    rows: list[list] = []
    left = wide
    for one in wanted:
        size = button_size(one.text, room, wide)
        if not rows or left < size[0]:
            rows.append([])
            left = wide
        rows[-1].append((one, size))
        left -= size[0] + room.gap * 0.7
    targets: list[Target] = []
    y = foot
    for row in reversed(rows):
        high = max(size[1] for _, size in row)
        y -= high
        at = x
        for one, size in row:
            targets.append(button(one, (at, y, size[0], high), room))
            at += size[0] + room.gap * 0.7
        y -= room.gap * 0.7
    return tuple(targets), y



"""Each screen of the kiosk as a page: `page` is the only way in. Home is `home`, what nobody has touched `attract`,
what only staff see `staff_page`.
"""
from __future__ import annotations

from collections.abc import Callable

from timeline_app.viewmodel import ticks
from timeline_app.viewmodel.kiosk import attract, reading, staff_page, surge, visit
from timeline_app.viewmodel.kiosk.controls import band
from timeline_app.viewmodel.kiosk.home import card, home, is_long, parted, placed_sheet
from timeline_app.viewmodel.kiosk.page import (
    BODY,
    HEAD,
    SMALL,
    Line,
    Page,
    Shape,
    Target,
    Wanted,
    button,
    button_size,
    height_of,
    moved,
    written,
)
from timeline_app.viewmodel.kiosk.scene import Scene
from timeline_app.viewmodel.kiosk.scroll import sheets, turn_words
from timeline_app.viewmodel.window import Window

COLUMN = 30  # letters' widths: a longer line is hard to read
SHIFT_MS, SHIFTS = 60_000, ((0, 0), (4, 2), (8, 4), (6, 8), (2, 6))  # px: no pixel shows the same for hours
CURSOR, LEAST_CHART = 3.0, 0.2


def page(scene: Scene) -> Page:
    """The screen of now, with the question whether somebody is still there over it where that is asked."""
    drawn = _PAGES[scene.visit.screen](scene)
    if visit.is_counting(scene.visit, scene.start, scene.now_ms):
        over = attract.countdown(scene)
        drawn = Page(drawn.name, over.spoken, drawn.lines, drawn.shapes, drawn.bars, drawn.targets, drawn.lanes, over)
    unit = scene.room.unit
    dx, dy = SHIFTS[scene.now_ms // SHIFT_MS % len(SHIFTS)]
    return moved(drawn, round(dx * unit), round(dy * unit))


def _know(scene: Scene) -> Page:
    """How we know what the card says, in columns."""
    room, found, texts = scene.room, scene.moment, scene.texts
    below = band(scene.visit, scene.start, room, texts)
    blocks = reading.know(found, scene.dataset, scene.visit.setting) if found is not None else ()
    title = room.split(texts.get("kiosk.know.title", what=found.label if found else ""),
                       room.width - 2 * room.edge, room.title_px(HEAD + 6), "bold")
    lines = written(title, (room.edge, room.edge * 0.6), ("ink", room.title_px(HEAD + 6), "bold"))
    top = room.edge * 0.6 + height_of(len(title), room.title_px(HEAD + 6)) + room.gap
    whole = room.width - 2 * room.edge
    columns = max(1, min(3, int(whole // (COLUMN * room.px(BODY) * 0.62))))
    wide = (whole - (columns - 1) * room.gap * 2) / columns
    foot = below.top - room.gap
    pages = sheets(blocks, wide, foot - top, room)
    if len(pages) > columns:
        size = button_size(texts.get("kiosk.more", n=9, of=9), room, whole)
        foot -= size[1] + room.gap
        pages = sheets(blocks, wide, foot - top, room)
    parts = max(1, -(-len(pages) // columns))
    part = scene.visit.part % parts
    shapes: tuple[Shape, ...] = ()
    for column, sheet in enumerate(range(part * columns, min(len(pages), (part + 1) * columns))):
        put, rules = placed_sheet(pages, sheet, (room.edge + column * (wide + room.gap * 2), top))
        lines, shapes = (*lines, *put), (*shapes, *rules)
    targets = below.targets
    if parts > 1:
        more = Wanted("more", turn_words(part, parts, texts))
        size = button_size(more.text, room, whole)
        targets = (button(more, (room.edge, foot + room.gap, *size), room), *targets)
    return Page("know", " ".join(one.text for one in lines), lines, shapes, (), targets)


def _closer(scene: Scene) -> Page:
    """The lanes themselves, with a bar to go through all of time and the card of what was chosen."""
    room, texts = scene.room, scene.texts
    below = band(scene.visit, scene.start, room, texts)
    bar_high = room.target
    bar_top = below.top - room.gap - bar_high
    lanes_box, card_box = parted(room, room.edge * 0.6, bar_top - room.gap * 0.5)
    whole = (room.edge, room.edge * 0.6, room.width - 2 * room.edge, bar_top - room.gap * 0.5 - room.edge * 0.6)
    said = _what_to_do(scene, whole)
    if scene.card and is_long(scene, card_box):  # large words need all the room
        return _whole_card(scene, (*whole[:3], below.top - room.gap - whole[1]))
    shapes, lines, targets = card(scene, card_box) if scene.card else ((), (), ())
    x, y, wide, high = lanes_box if scene.card else whole
    top = height_of(len(said), room.px(BODY)) + room.gap * 0.5 * len(said)
    lines = (*said, *lines)
    thumb = scene.visit.view.window
    bar = _bar((room.edge, bar_top, room.width - 2 * room.edge, bar_high), thumb, scene.start.limits)
    scrub = Target("scrub", (room.edge, bar_top, room.width - 2 * room.edge, bar_high), texts.get("kiosk.scrub.name"),
                   "bare")
    return Page("closer", texts.get("kiosk.closer.spoken"), lines, (*shapes, *bar), (),
                (*targets, scrub, *below.targets), (x, y + top, wide, high - top))


def _what_to_do(scene: Scene, box: tuple[float, float, float, float]) -> tuple[Line, ...]:
    """What the lanes are and what can be done, on a line over them where they can spare it."""
    room, px = scene.room, scene.room.px(BODY)
    parts = room.split(scene.texts.get("kiosk.closer.spoken"), box[2], px)
    if scene.card or len(parts) > 1 or px > box[3] * 0.05:
        return ()
    return written(parts, box[:2], ("muted", px, "regular"))


def _whole_card(scene: Scene, box: tuple[float, float, float, float]) -> Page:
    """The card of what was chosen among the lanes, in their place until it is closed."""
    shapes, lines, targets = card(scene, box)
    below = band(scene.visit, scene.start, scene.room, scene.texts)
    return Page("closer", " ".join(one.text for one in lines), lines, shapes, (), (*targets, *below.targets))


def _bar(box: tuple[float, float, float, float], window: Window, whole: Window) -> tuple[Shape, ...]:
    """A bar for all of time with what is seen of it."""
    x, y, wide, high = box
    thin = max(4.0, high * 0.12)
    middle = y + high / 2
    left = (window.start_us - whole.start_us) / max(1, whole.length_us) * wide
    long = max(high * 0.4, window.length_us / max(1, whole.length_us) * wide)
    left = min(left, wide - long)
    return (Shape("rect", (x, middle - thin / 2, wide, thin), "half_rule", thin / 2),
            Shape("rect", (x + left, middle - high * 0.2, long, high * 0.4), "interaction", high * 0.2))


def _play(scene: Scene) -> Page:
    """The surge as it unfolds: the clock, the counter that says what it counts, and at the end a sentence. On a small
    screen with large words the bar to go through it gives way, and the clock shares its line with the counter."""
    drawn = _unfolding(scene, is_tight=False)
    chart = drawn.bars[0].box
    least = min(scene.room.width, scene.room.height) * LEAST_CHART
    return drawn if chart[3] >= least else _unfolding(scene, is_tight=True)


def _unfolding(scene: Scene, is_tight: bool) -> Page:
    room, texts, play = scene.room, scene.texts, scene.start.plan.play
    below = band(scene.visit, scene.start, room, texts)
    at = surge.instant(play, scene.visit.play_ms)
    is_over = scene.visit.play_ms >= play.seconds * 1000
    lines, top = _clock(scene, at, is_over, is_tight)
    whole = room.width - 2 * room.edge
    foot = below.top - room.gap - (0.0 if is_tight else room.target)
    said, small = [] if is_tight else surge.caption(play, whole, (room, texts)), room.px(SMALL)
    window = Window(play.start_ms * 1000, play.end_ms * 1000)
    legend, legend_high = surge.legend(play, (room.edge, top + room.gap * 0.5), whole, (room, BODY))
    top += legend_high + room.gap * 0.5
    chart = (room.edge, top + room.gap, whole, max(1.0, foot - height_of(len(said) + 1, small) - top - 1.6 * room.gap))
    base = chart[1] + chart[3]
    bars = surge.bars(play, window, chart, play.end_ms if is_over else at)
    cursor = min(room.edge + whole * scene.visit.play_ms / (play.seconds * 1000), room.edge + whole - CURSOR)
    shapes = [Shape("rect", (room.edge, base, whole, 2.0), "half_rule")]
    if not is_over:
        shapes.append(Shape("rect", (cursor, chart[1], CURSOR, chart[3]), "ink"))
    caption = written(said, (room.edge, base + height_of(1, small) + room.gap * 0.3), ("muted", small, "regular"))
    hours = _hours(scene, window, (room.edge, base + room.gap * 0.2, whole))
    box = (room.edge, foot, whole, room.target)
    spoken = play.ending if is_over else texts.get("kiosk.play.spoken", what=play.label)
    words, targets = (*lines, *hours, *caption, *legend), below.targets
    if not is_tight:
        shapes += _bar(box, Window(at * 1000, at * 1000 + 1), window)
        targets = (Target("scrub", box, texts.get("kiosk.scrub.name"), "bare"), *targets)
    return Page("play", spoken, words, tuple(shapes), (bars,), targets)


def _hours(scene: Scene, window: Window, place: tuple[float, float, float]) -> tuple[Line, ...]:
    """The hours below the chart."""
    x, y, wide = place
    room, px = scene.room, scene.room.px(SMALL)
    share = px / ticks.MARK_PX

    def measure(text: str, size: int, weight: str) -> float:
        return room.measure(text, px, "regular") / share

    found = ticks.ticks(window, wide / share, scene.zone, scene.texts, measure)
    return tuple(Line(x + one.left * share, y + px, one.text, ("muted", px, "regular"))
                 for one in found.minor if one.labelled)


def _clock(scene: Scene, at: int, is_over: bool, is_tight: bool) -> tuple[tuple[Line, ...], float]:
    """The lines over the chart, and the y below them, which is the same all the time."""
    room, texts, play = scene.room, scene.texts, scene.start.plan.play
    whole, top = room.width - 2 * room.edge, room.edge * 0.6
    body, small = room.px(BODY if is_tight else HEAD), room.px(SMALL)
    counted = room.split(play.counted, whole, small)
    ending = room.split(play.ending, whole, body, "semibold")
    day, clock = surge.clock(at, scene.zone, texts)
    number = surge.counted_until(play, at)
    figure = texts.count("kiosk.play.counted", number)
    said = [f"{day}, {clock} · {figure}"] if is_tight else [f"{day}, {clock}", figure]
    large = room.title_px(HEAD if is_tight else 62)
    large = min(large, *(round(large * whole / max(whole, room.wide(one, large, "bold"))) for one in said))
    high = height_of(1, large)
    foot = top + max(high * len(said) + height_of(len(counted), small), height_of(len(ending), body) + high)
    if is_over:
        lines = written([day], (room.edge, top), ("ink", large, "bold"))
        return (*lines, *written(ending, (room.edge, top + high), ("ink", body, "semibold"))), foot
    lines = (*written(said[:1], (room.edge, top), ("ink", large, "bold")),
             *written(said[1:], (room.edge, top + high), ("muted", large, "bold")),
             *written(counted, (room.edge, top + high * len(said)), ("muted", small, "regular")))
    return (*lines, *_mute(scene, top + high, room.wide(figure, large, "bold") if not is_tight else whole)), foot


def _mute(scene: Scene, y: float, taken: float) -> tuple[Line, ...]:
    """That there is no sound to wait for, where it has room."""
    room, text, small = scene.room, scene.texts.get("kiosk.no_sound"), scene.room.px(SMALL)
    wide = room.wide(text, small)
    if taken + wide + room.gap > room.width - 2 * room.edge:
        return ()
    return written([text], (room.width - room.edge - wide, y), ("muted", small, "regular"))


_PAGES: dict[str, Callable[[Scene], Page]] = {
    visit.ATTRACT: attract.attract, visit.HOME: home, visit.KNOW: _know, visit.CLOSER: _closer, visit.PLAY: _play,
    visit.PIN: staff_page.pad, visit.STAFF: staff_page.staff}

"""What stands on the screen while nobody is there: one sentence in both languages, large enough for three metres, and
one shape that moves slowly. And the question whether somebody is still there. Pure functions of time.

The sentence and the place of the words change, so that no pixel shows the same for half an hour.
"""
from __future__ import annotations

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.viewmodel.kiosk import surge, visit
from timeline_app.viewmodel.kiosk.page import (
    BODY,
    HEAD,
    LEADING,
    SMALL,
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
from timeline_app.viewmodel.kiosk.scene import Scene
from timeline_app.viewmodel.window import Window

SENTENCE_MS, UNFOLD_MS = 20_000, 14_000
LARGEST, LEAST = 124.0, 72.0


def attract(scene: Scene) -> Page:
    """The screen that nobody has touched."""
    room, plan = scene.room, scene.start.plan
    since = scene.now_ms - scene.visit.began_ms
    number = since // SENTENCE_MS
    sentences = plan.attract[number % len(plan.attract)]
    touch = " · ".join(catalogue(code).get("kiosk.touch") for code in LANGUAGES)
    lines, foot = _words(sentences, number, room)
    px = round(40 * room.unit)
    wide = room.width - 3 * room.edge
    parts = room.split(touch, wide, px, "semibold")
    # Each sentence has the line of touch at another place: it is the only one that stays.
    left = room.edge * 1.5 + (number % 4) * px * 0.4
    foot += px * (0.7 + number % 3)
    lines = (*lines, *written(parts, (left, foot), ("muted", px, "semibold")))
    foot += height_of(len(parts), px)
    if plan.play is not None:
        counted, foot = _counted(scene, (left, foot + px * 0.3), wide)
        lines = (*lines, *counted)
    bars, shapes = _moving(scene, since % SENTENCE_MS, foot + room.gap)
    whole = Target("stay", (0.0, 0.0, room.width, room.height), touch, "bare")
    mark = _marks(scene)
    return Page("attract", " ".join((*(one for one in sentences if one), touch)), (*lines, *mark), shapes, bars,
                (whole,))


def _counted(scene: Scene, at: tuple[float, float], wide: float) -> tuple[tuple[Line, ...], float]:
    """What the bars count, at whatever distance one stands; and the y below it."""
    room, play = scene.room, scene.start.plan.play
    small = room.px(SMALL)
    counted = room.split(play.counted, wide, small)
    below = at[1] + height_of(len(counted), small) + small * 0.2
    named, high = surge.legend(play, (at[0], below), wide, (room, BODY))
    return (*written(counted, at, ("muted", small, "regular")), *named), below + high


def _words(sentences: tuple[str, str], number: int, room: Room) -> tuple[tuple[Line, ...], float]:
    """The sentence in both languages at the same size, beside each other or, upright, below."""
    wide = room.width - 3 * room.edge
    beside = not room.is_tall and sentences[0] != sentences[1]
    each = (wide - room.edge) / 2 if beside else wide
    px = _size(sentences, each, room)
    x, y, lines, foot = room.edge * 1.5, room.edge * 1.4 + (number % 3) * px * 0.35, (), 0.0
    for place, text in enumerate(dict.fromkeys(one for one in sentences if one)):
        parts = room.split(text, each, px, "bold")
        at = (x + place * (each + room.edge), y) if beside else (x, max(y, foot + px * 0.5 if place else y))
        lines += written(parts, at, ("ink", px, "bold"))
        foot = max(foot, at[1] + len(parts) * px * LEADING)
    return lines, foot


def _size(sentences: tuple[str, str], wide: float, room: Room) -> int:
    """As large as the longest word group allows, never below what is read from three metres."""
    for size in range(round(LARGEST * room.unit), round(LEAST * room.unit), -2):
        if all(room.wide(part, size, "bold") <= wide for one in sentences for part in one.split("\n")):
            return size
    return round(LEAST * room.unit)


def _moving(scene: Scene, since: int, top: float) -> tuple[tuple[Bars, ...], tuple[Shape, ...]]:
    """The surge unfolding below the words, or the moments coming one by one. Whoever asks for less motion sees all of
    it at rest."""
    room, plan = scene.room, scene.start.plan
    share = 1.0 if scene.visit.setting.still else min(1.0, since / UNFOLD_MS)
    top = max(top, room.height * 0.56)
    box: Box = (0.0, top, room.width, room.height * 1.02 - top)
    if plan.play is not None:
        play = plan.play
        until = play.start_ms + round((play.end_ms - play.start_ms) * share)
        window = Window(play.start_ms * 1000, play.end_ms * 1000)
        return (surge.bars(play, window, box, until),), ()
    size, found = 30 * room.unit, []
    for moment in plan.moments:
        at = (moment.start_ms * 1000 - plan.limits.start_us) / max(1, plan.limits.length_us)
        if at <= share:
            found.append(Shape("disc", (at * (room.width - 4 * size) + size, room.height * 0.78, 2 * size, 2 * size),
                               "counted"))
    return (), tuple(found)


def _marks(scene: Scene) -> tuple[Line, ...]:
    """A small ring for the staff where something is unusual, as that nothing can be kept."""
    room = scene.room
    if not scene.staff.marks:
        return ()
    px = room.px(SMALL)
    return written(["○"], (room.width - room.edge - px, room.edge * 0.4), ("muted", px, "regular"))


def countdown(scene: Scene) -> Page:
    """The question over the screen, with how long it still stands."""
    room, texts = scene.room, scene.texts
    left = visit.left_ms(scene.visit, scene.start.pace, scene.now_ms)
    seconds = -(-left // 1000)
    wide = min(room.width - 2 * room.edge, 900 * room.unit * (1 + (room.percent - 100) / 200))
    pad, title, body = room.gap * 2, room.title_px(HEAD + 10), room.px(BODY)
    head = room.split(texts.get("kiosk.still_there"), wide - 2 * pad, title, "bold")
    said = room.split(texts.count("kiosk.starts_over_in", seconds), wide - 2 * pad, body)
    wanted = [Wanted("stay", texts.get("kiosk.stay"), "primary"), Wanted("more_time", texts.get("kiosk.more_time"))]
    if scene.visit.has_more_time:
        wanted = wanted[:1]
    sizes = [button_size(one.text, room, wide - 2 * pad) for one in wanted]
    rows = sum(size[1] for size in sizes) + room.gap * (len(sizes) - 1)
    top_part = height_of(len(head), title) + height_of(len(said), body) + 2 * room.gap + 10
    high = 2 * pad + top_part + rows
    x, y = (room.width - wide) / 2, min(room.height * 0.5 - pad - top_part, room.height - high - room.edge)
    shapes = (Shape("rect", (-room.width, -room.height, 3 * room.width, 3 * room.height), "ground", 0.0, 0.82),
              Shape("rect", (x, y, wide, high), "panel", room.gap),
              Shape("outline", (x, y, wide, high), "ink", room.gap),
              *_left_bar((x + pad, y + pad + top_part - room.gap - 8, wide - 2 * pad, 8.0), left, scene))
    lines = (*written(head, (x + pad, y + pad), ("ink", title, "bold")),
             *written(said, (x + pad, y + pad + height_of(len(head), title)), ("ink", body, "regular")))
    everywhere = Target("stay", (-room.width, -room.height, 3 * room.width, 3 * room.height), texts.get("kiosk.stay"),
                        "hidden")
    targets, at = [everywhere], y + pad + top_part
    for one, size in zip(wanted, sizes, strict=True):
        targets.append(button(one, (x + pad, at, wide - 2 * pad, size[1]), room))
        at += size[1] + room.gap
    spoken = f"{texts.get('kiosk.still_there')} {texts.get('kiosk.stay')}"
    return Page("countdown", spoken, lines, shapes, (), tuple(targets))


def _left_bar(box: Box, left: int, scene: Scene) -> tuple[Shape, ...]:
    x, y, wide, high = box
    share = left / max(1, scene.start.pace.count_ms)
    return (Shape("rect", box, "hairline", high / 2), Shape("rect", (x, y, wide * share, high), "ink", high / 2))

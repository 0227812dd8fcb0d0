"""What only the staff come to: the pad for their number, and what they can do here."""
from __future__ import annotations

from timeline_app.viewmodel.kiosk.page import (
    BODY,
    HEAD,
    Line,
    Page,
    Room,
    Target,
    Wanted,
    button,
    button_size,
    height_of,
    written,
)
from timeline_app.viewmodel.kiosk.scene import Scene

PAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "enter")
ACTIONS = ("staff:end", "staff:restart", "staff:export", "staff:update", "staff:rollback", "back")
ALWAYS = ("staff:end", "staff:restart", "back")


def pad(scene: Scene) -> Page:
    """The pad: what was typed as dots, ten digits, back, and enter."""
    room, texts, staff = scene.room, scene.texts, scene.staff
    side = max(room.target, 96 * room.unit)
    wide = side * 3 + room.gap * 2
    x, y = (room.width - wide) / 2, room.height - room.edge - side * 5 - room.gap * 4
    head = texts.get("kiosk.pin.title")
    said = texts.count("kiosk.pin.shut", staff.shut_s) if staff.shut_s else staff.message
    px = room.px(BODY)
    lines = [*_centred(head, y - px * 3.4, (room.px(HEAD), "bold"), room),
             *_centred(said, y - px * 1.9, (px, "regular"), room)]
    dots = "●" * len(scene.visit.digits) or "–"
    lines += _centred(dots, y - px * 0.5, (px, "semibold"), room)
    targets = []
    for place, name in enumerate(PAD):
        box = (x + place % 3 * (side + room.gap), y + place // 3 * (side + room.gap), side, side)
        is_digit = name.isdecimal()
        text = name if is_digit else texts.get(f"kiosk.pin.{name}")
        action = f"digit:{name}" if is_digit else "erase" if name == "erase" else "staff:enter"
        named = "" if is_digit else texts.get(f"kiosk.pin.{name}.name")
        targets.append(button(Wanted(action, text, name=named), box, room))
    last = y + 4 * (side + room.gap)
    targets.append(button(Wanted("start_over", texts.get("kiosk.back")), (x, last, wide, side), room))
    return Page("pin", head, tuple(lines), (), (), tuple(targets))


def _centred(text: str, base: float, style: tuple[int, str], room: Room) -> tuple[Line, ...]:
    px, weight = style
    return (Line((room.width - room.wide(text, px, weight)) / 2, base, text, ("ink", px, weight)),) if text else ()


def staff(scene: Scene) -> Page:
    """What the staff can do, what is unusual, and what came of what they did."""
    room, texts = scene.room, scene.texts
    wide = room.width - 2 * room.edge
    title, px = room.title_px(HEAD + 6), room.px(BODY)
    lines = written([texts.get("kiosk.staff.title")], (room.edge, room.edge), ("ink", title, "bold"))
    y = room.edge + height_of(1, title) + room.gap
    for said in (*scene.staff.marks, scene.staff.message):
        parts = room.split(said, wide, px) if said else []
        lines += written(parts, (room.edge, y), ("ink", px, "regular"))
        y += height_of(len(parts), px) + room.gap * 0.4
    return Page("staff", texts.get("kiosk.staff.title"), lines, (), (), _choices(scene))


def _choices(scene: Scene) -> tuple[Target, ...]:
    """The buttons of the staff at the foot of the screen, in two columns where it lies."""
    room, texts = scene.room, scene.texts
    columns = 1 if room.is_tall else 2
    wide = (room.width - 2 * room.edge - (columns - 1) * room.gap) / columns
    asked = [one for one in ACTIONS if one in ALWAYS or one.removeprefix("staff:") in scene.staff.can]
    words = [texts.get(f"kiosk.{one.replace(':', '.')}" if one != "back" else "kiosk.staff.back") for one in asked]
    high = max(button_size(one, room, wide)[1] for one in words)
    top = room.height - room.edge - -(-len(asked) // columns) * (high + room.gap) + room.gap
    return tuple(button(Wanted("start_over" if action == "back" else action, text),
                        (room.edge + number % columns * (wide + room.gap),
                         top + number // columns * (high + room.gap), wide, high), room)
                 for number, (action, text) in enumerate(zip(asked, words, strict=True)))

"""The buttons in the lower band of every screen: what they are called, how they flow into rows. All of them are in the
lower half, within the reach of a child and of a wheelchair.
"""
from __future__ import annotations

from dataclasses import dataclass

from timeline_app.base.text import Texts
from timeline_app.viewmodel.kiosk.page import Room, Target, Wanted, button, button_size
from timeline_app.viewmodel.kiosk.visit import CLOSER, KNOW, PLAY, Start, Visit

FIRST_OF_TWO = ("earlier", "pan_earlier", "zoom_out", "language:en")


@dataclass(frozen=True, slots=True)
class Band:
    """The buttons with their places, and where the band begins."""

    targets: tuple[Target, ...]
    top: float


def band(visit: Visit, start: Start, room: Room, texts: Texts) -> Band:
    """The buttons of a screen from the lower edge upwards."""
    left, right = own(visit, start, texts), common(visit, texts)
    rows = _rows([left, right], room)
    high = sum(row[0] for row in rows) + room.gap * (len(rows) - 1)
    top = room.height - room.edge * 0.6 - high
    targets: list[Target] = []
    y = top
    for row_high, groups in rows:
        for group, x in groups:
            for one, wide in group:
                targets.append(button(one, (x, y, wide, row_high), room))
                x += wide + room.gap
        y += row_high + room.gap
    return Band(tuple(targets), top)


def own(visit: Visit, start: Start, texts: Texts) -> list[Wanted]:
    """What this screen is moved by."""
    def wanted(action: str, look: str = "button") -> Wanted:
        return Wanted(action, texts.get(f"kiosk.{action}"), look, texts.get(f"kiosk.{action}.name"))

    if visit.screen == CLOSER:
        return [wanted("back"), *map(wanted, ("pan_earlier", "pan_later", "zoom_out", "zoom_in"))]
    if visit.screen == PLAY:
        return [wanted("back"), _player(visit, start, texts)]
    if visit.screen == KNOW:
        return [wanted("back")]
    walk = [wanted("earlier"), wanted("later")] if start.plan.moments else []
    if start.is_plain:
        return walk
    play = start.plan.play
    played = [Wanted("play", texts.get("kiosk.play", what=play.label), name=play.label)] if play is not None else []
    return [*walk, wanted("zoom_out"), wanted("zoom_in"), *played, wanted("closer")]


def _player(visit: Visit, start: Start, texts: Texts) -> Wanted:
    whole = start.plan.play.seconds * 1000 if start.plan.play is not None else 0
    if visit.is_playing:
        return Wanted("pause", texts.get("kiosk.pause"), "primary")
    return Wanted("play", texts.get("kiosk.again" if visit.play_ms >= whole else "kiosk.go_on"), "primary")


def common(visit: Visit, texts: Texts) -> list[Wanted]:
    """What every screen has: text size, contrast, languages in their own name, and the quiet way back to the start."""
    setting = visit.setting
    size = texts.get("kiosk.text_size", percent=setting.text_percent)
    found = [Wanted("text_size", size, name=texts.get("kiosk.text_size.name", percent=setting.text_percent)),
             Wanted("contrast", texts.get("kiosk.contrast"), name=texts.get(f"kiosk.contrast.{setting.theme}"))]
    for code in ("en", "ko"):
        found.append(Wanted(f"language:{code}", texts.get(f"kiosk.language.{code}"),
                            "on" if code == setting.language else "button"))
    return [*found, Wanted("start_over", texts.get("kiosk.start_over"), "quiet")]


def _rows(groups: list[list[Wanted]], room: Room) -> list[tuple[float, list[tuple[list[tuple[Wanted, float]], float]]]]:
    """(height, [(buttons with widths, x)]) for each row: both groups in one row if they fit, else as many rows as they
    need, one after the other."""
    whole = room.width - 2 * room.edge
    sized = [[(one, button_size(one.text, room, whole)) for one in group] for group in groups]
    wides = [_wide([size[0] for _, size in group], room) for group in sized]
    if sum(wides) + 2 * room.gap <= whole:
        high = max(size[1] for group in sized for _, size in group)
        left, right = ([(one, size[0]) for one, size in group] for group in sized)
        return [(high, [(left, room.edge), (right, room.width - room.edge - wides[1])])]
    flowed = _flowed(sized[0] + sized[1], room) if max(wides) > whole else [*sized]
    return [(max(size[1] for _, size in row), [([(one, size[0]) for one, size in row], room.edge)]) for row in flowed]


def _flowed(sized: list, room: Room) -> list[list]:
    """Row after row; the languages stay beside each other, and so do earlier and later, less and more."""
    whole, rows, now = room.width - 2 * room.edge, [], []
    for number, one in enumerate(sized):
        pair = [one, *sized[number + 1:number + 2]] if one[0].action in FIRST_OF_TWO else [one]
        if now and _wide([size[0] for _, size in now + pair], room) > whole:
            rows.append(now)
            now = []
        now.append(one)
    return [*rows, now] if now else rows


def _wide(sizes: list[float], room: Room) -> float:
    return sum(sizes) + room.gap * max(0, len(sizes) - 1)

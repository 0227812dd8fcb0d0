"""The counted surge as bars: beside the moments on home, unfolding while it is played, and moving slowly where nobody
is. What is counted, by whom and per which bin stands beside it wherever it is shown.
"""
from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import lru_cache

from timeline_app.base.text import Texts
from timeline_app.domain import zones
from timeline_app.viewmodel import dates
from timeline_app.viewmodel.kiosk.page import BODY, SMALL, Bars, Box, Line, Room, height_of, written
from timeline_app.viewmodel.kiosk.plan import Play
from timeline_app.viewmodel.window import TimeScale, Window

MINUTE = 60_000
TOGETHER, LEAST_PX = (1, 3, 6, 12, 18, 36, 72, 144), 4.0
TEXT_ROLE = {"original": "original_text", "hijacked": "hijacked_text"}


def bars(play: Play, window: Window, box: Box, until_ms: int) -> Bars:
    """The bins of a window that begin before an instant, on the scale of the whole series, so that nothing shrinks
    while it unfolds."""
    x, _, wide, _ = box
    scale = TimeScale(window, wide)
    width = max(1.0, play.bin_ms * 1000 / scale.us_per_px)
    first, after = (bisect_left(play.start, at) for at in (window.start_us // 1000, window.end_us // 1000))
    after = min(after, bisect_left(play.start, until_ms))
    lefts = tuple(x + scale.x(at) for at in play.start[first:after])
    heights = tuple(tuple(value / max(1, play.peak) for value in row) for row in play.values[first:after])
    return Bars(box, lefts, width, heights, tuple(role for role, _ in play.names))


@lru_cache(maxsize=16)
def readable(play: Play, window: Window, wide: float) -> Play:
    """The series in bins that are wide enough to be seen: as counted, or some put together, which fill whole hours."""
    px = play.bin_ms * 1000 / TimeScale(window, wide).us_per_px
    every = next((one for one in TOGETHER if px * one >= LEAST_PX), TOGETHER[-1])
    return play if every == 1 else sample(play, every)


def per(play: Play, texts: Texts) -> str:
    """Per which bin, in words."""
    minutes = play.bin_ms // MINUTE
    return texts.count("kiosk.per_hours", minutes // 60) if minutes % 60 == 0 else (
        texts.count("kiosk.per_minutes", minutes))


def uncovered(play: Play, window: Window, box: Box) -> tuple[Box, ...]:
    """The parts of a box whose time nobody counted."""
    x, y, wide, high = box
    scale = TimeScale(window, wide)
    start, end = (min(max(scale.x(at), 0.0), wide) for at in play.covered)
    return tuple(one for one in ((x, y, start, high), (x + end, y, wide - end, high)) if one[2] > 1)


def counted_until(play: Play, until_ms: int) -> int:
    """How much was counted in the bins that are over at an instant."""
    first = bisect_left(play.start, play.start_ms)
    over = bisect_right(play.start, min(until_ms, play.end_ms) - play.bin_ms)
    return sum(sum(row) for row in play.values[first:over])


def instant(play: Play, play_ms: int) -> int:
    """The instant that the clock of a surge has come to, on a whole bin; never its end, which belongs to the next
    day."""
    whole = play.seconds * 1000
    at = (play.end_ms - play.start_ms) * min(play_ms, whole) // whole
    return min(play.start_ms + at - at % play.bin_ms, play.end_ms - 1)


def clock(at_ms: int, zone: str, texts: Texts) -> tuple[str, str]:
    """The day, and the time of the clock with its zone."""
    local = zones.to_local(at_ms, zone)
    minutes = local // MINUTE % 1440
    said = texts.get("kiosk.clock", clock=f"{minutes // 60:02}:{minutes % 60:02}", zone=zones.abbreviation(at_ms, zone))
    return dates.day_words(local, texts), said


def legend(play: Play, at: tuple[float, float], wide: float, look: tuple[Room, float]
           ) -> tuple[tuple[Line, ...], float]:
    """The names of the parts in their colours, beside each other where there is room, else below; and their height."""
    room, size = look
    px = room.px(size)
    named = [(TEXT_ROLE.get(role, role), label) for role, label in reversed(play.names) if label]
    wides = [room.wide(label, px, "semibold") + px for _, label in named]
    x, y = at
    found: list[Line] = []
    for (role, label), one in zip(named, wides, strict=True):
        if x > at[0] and x + one - px > at[0] + wide:
            x, y = at[0], y + height_of(1, px)
        parts = room.split(label, wide, px, "semibold")
        found += written(parts, (x, y), (role, px, "semibold"))
        y += height_of(len(parts) - 1, px)
        x += one
    return tuple(found), y - at[1] + height_of(1, px) if named else 0.0


def heading(play: Play, at: tuple[float, float], wide: float, look: tuple[Room, Texts]) -> tuple[Line, ...]:
    """What is counted per which bin."""
    room, texts = look
    px = room.px(BODY)
    parts = room.split(texts.get("kiosk.counted_per", what=play.title, per=per(play, texts)), wide, px, "bold")
    return written(parts, at, ("ink", px, "bold"))


def caption(play: Play, wide: float, look: tuple[Room, Texts]) -> list[str]:
    """Who counted, and what the highest bar stands for, in lines of a width."""
    room, texts = look
    said = texts.get("kiosk.who_and_peak", who=play.who, peak=f"{play.peak:,}", per=per(play, texts))
    return room.split(said, wide, room.px(SMALL))


def sample(play: Play, every: int) -> Play:
    """The series with so many bins put together, from whole hours of UTC on."""
    whole = play.bin_ms * every
    sums: dict[int, list[int]] = {}
    for at, row in zip(play.start, play.values, strict=True):
        together = sums.setdefault(at - at % whole, [0] * len(play.names))
        for part, value in enumerate(row):
            together[part] += value
    return replace(play, start=tuple(sums), values=tuple(map(tuple, sums.values())), bin_ms=whole)

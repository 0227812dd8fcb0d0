"""The brush of the overview: which part of it is under the pointer, and the window that dragging a part makes."""
from __future__ import annotations

from timeline_app.viewmodel.window import SHORTEST_US, TimeScale, Window

EDGE_PX = 12.0  # so that an edge is a target of 24 px
NARROWEST_PX = 8.0


def sides(scale: TimeScale, window: Window) -> tuple[float, float]:
    """The x of both edges of a window on the strip."""
    return tuple((us - scale.window.start_us) / scale.us_per_px for us in (window.start_us, window.end_us))


def part_at(x: float, scale: TimeScale, window: Window) -> str:
    """"start", "end", "middle" or, beside the brush, "". A third of a narrow brush stays its middle."""
    left, right = sides(scale, window)
    inner = min(EDGE_PX, (right - left) / 3)
    if left - EDGE_PX <= x < left + inner:
        return "start"
    if right - inner < x <= right + EDGE_PX:
        return "end"
    return "middle" if left <= x <= right else ""


def dragged(window: Window, part: str, by_us: int, scale: TimeScale) -> Window:
    """The window with that part moved by so much, within the strip. The other edge stays where it is."""
    strip, shortest = scale.window, max(SHORTEST_US, round(NARROWEST_PX * scale.us_per_px))
    shortest = min(shortest, window.length_us)
    if part == "start":
        return Window(min(max(window.start_us + by_us, strip.start_us), window.end_us - shortest), window.end_us)
    if part == "end":
        return Window(window.start_us, max(min(window.end_us + by_us, strip.end_us), window.start_us + shortest))
    return window.moved(by_us).kept_within(strip)

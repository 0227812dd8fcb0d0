"""Blocks of text set into pages that fit a box. Nothing has to be scrolled: there is always a button for the next page.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from timeline_app.base.text import Texts
from timeline_app.viewmodel.kiosk.page import BODY, HEAD, LEADING, SMALL, Line, Room, Shape
from timeline_app.viewmodel.kiosk.reading import Block

STYLES = {
    "title": ("ink", HEAD + 4, "bold"), "when": ("muted", BODY - 2, "regular"), "lead": ("ink", BODY, "regular"),
    "quote": ("ink", BODY + 2, "regular"), "credit": ("muted", SMALL, "regular"), "head": ("ink", BODY, "bold"),
    "answer": ("ink", BODY, "regular"), "note": ("muted", SMALL, "regular"), "source": ("muted", SMALL, "regular"),
    "warning": ("ink", BODY, "semibold")}
BEFORE = {"title": 0.0, "when": 0.3, "lead": 0.7, "quote": 0.8, "credit": 0.3, "head": 0.9, "answer": 0.25, "note": 0.7,
          "source": 0.5, "warning": 0.6}
UNPARTED = ("quote", "source")  # what stays on one page where it can: words of others, addresses
INDENT, WHOLE = 22.0, 0.5  # px; a quotation that takes less of a page is not parted


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a text, with its upper left corner at (0, 0)."""

    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...]
    height: float


@lru_cache(maxsize=64)
def sheets(blocks: tuple[Block, ...], wide: float, high: float, room: Room) -> tuple[Sheet, ...]:
    """The pages of a text in a box. A block goes on over a page's end; a headline never stands alone at its foot."""
    found: list[Sheet] = []
    lines: list[Line] = []
    rules: list[Shape] = []
    y = 0.0
    for number, block in enumerate(blocks):
        role, size, weight = STYLES[block.kind]
        px = room.px(size)
        left = INDENT * room.unit if block.kind == "quote" else 0.0
        parts = room.split(block.text, wide - left, px, weight)
        step = px * LEADING
        y += BEFORE[block.kind] * px if lines else 0.0
        needed = step * (len(parts) + 2 if block.kind == "head" and number + 1 < len(blocks) else min(len(parts), 2))
        if block.kind in UNPARTED and step * len(parts) <= high * WHOLE:
            needed = step * len(parts)
        top = y
        for place, text in enumerate(parts):
            if lines and y + (needed if place == 0 else step) > high:
                rules += _rule(block, top, y, px)
                found.append(Sheet(tuple(lines), tuple(rules), y))
                lines, rules, y, top = [], [], 0.0, 0.0
            lines.append(Line(left, y + px * 1.02, text, (role, px, weight), block.language))
            y += step
        rules += _rule(block, top, y, px)
    return (*found, Sheet(tuple(lines), tuple(rules), y)) if lines else tuple(found)


def turn_words(part: int, pages: int, texts: Texts) -> str:
    """What the button says that turns the page: after the last one comes the first."""
    return texts.get("kiosk.more" if part + 1 < pages else "kiosk.first_page", n=part + 1, of=pages)


def _rule(block: Block, top: float, foot: float, px: int) -> list[Shape]:
    """The upright line beside a quotation."""
    if block.kind != "quote" or foot <= top:
        return []
    return [Shape("rect", (0.0, top + px * 0.15, max(3.0, px * 0.14), foot - top - px * 0.1), "half_rule")]

"""Where everything stands on the audience's screen, and how large: sizes are shares of the height (design/look.md).

A headline is 1/13 of the height, smaller down to 1/18 before it takes two lines; sentences are 1/26, never below 1/30;
nothing on the timeline is below 1/54. Pure: measured by the function that is handed in.
"""
from __future__ import annotations

import math
from dataclasses import dataclass

from timeline_app.viewmodel import text_cut
from timeline_app.viewmodel.measure import Measure
from timeline_app.viewmodel.stage import StageDoc
from timeline_app.viewmodel.ticks import MARK_PX

HEADLINE, LEAST_HEADLINE, SENTENCE, LEAST_SENTENCE, SMALLEST = 13.0, 18.0, 26.0, 30.0, 54.0
ROOMY = 1.1  # the smallest words of the timeline are so much larger than the smallest allowed
FEW = (1.6, 1.25)  # so much with one lane, with two
EDGE_X, EDGE_TOP, EDGE_BOTTOM = 0.037, 0.055, 0.045
LEADING = 1.24
SIDE = 0.36  # of the width, for answers
SOURCES = 0.72  # of the size of an answer, for who gives it, where there is room
BELOW = 0.6  # of what is left of the height, for answers on a tall screen
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its left end on the baseline in px, and (role, size, weight)."""

    x: float
    y: float
    text: str
    style: tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """All lines, the box of the timeline (x, y, width, height), that of the answers or None, and the percent that the
    words of the timeline have."""

    lines: tuple[Line, ...]
    timeline: tuple[float, float, float, float]
    side: tuple[float, float, float, float] | None
    percent: int


def percent_of(height: float, lanes: int) -> int:
    """The text size of the timeline at which its smallest words are large enough for a room; few lanes have room for
    larger ones."""
    return math.ceil(100 * (FEW[lanes - 1] if 0 < lanes <= len(FEW) else ROOMY) * height / SMALLEST / MARK_PX)


def laid_out(doc: StageDoc, size: tuple[float, float], measure: Measure) -> Layout:
    """The screen at a size in px."""
    width, height = size
    edge, wide = EDGE_X * width, width * (1 - 2 * EDGE_X)
    lines: list[Line] = []
    y = EDGE_TOP * height
    y = _headline(doc.headline, (edge, y, wide), height, measure, lines)
    y = _block(doc.sentence, (edge, y, wide), ("muted", round(height / SENTENCE), "regular"), measure, lines)
    foot = height * (1 - EDGE_BOTTOM)
    small = round(height / 42)
    for text in reversed((*doc.notices, doc.footnote)):
        if text:
            foot = _upwards(text, (edge, foot, wide), ("muted", small, "regular"), measure, lines)
    y += height * 0.02
    timeline, side = _parted((edge, y, wide, foot - y), size) if doc.guess is not None else (
        (edge, y, wide, foot - y), None)
    if side is not None:
        _side(doc, side, height, measure, lines)
    return Layout(tuple(lines), timeline, side, percent_of(height, doc.lanes))


def _parted(box: Box, size: tuple[float, float]) -> tuple[Box, Box]:
    """The timeline with room for answers: beside it, or below it on a screen that is taller than wide."""
    x, y, wide, high = box
    width, height = size
    if height > width:
        low = high * BELOW
        return (x, y, wide, high - low - height * 0.02), (x, y + high - low, wide, low)
    return (x, y, wide - width * (SIDE + 0.02), high), (x + wide - width * SIDE, y, width * SIDE, high)


def _headline(text: str, place: tuple[float, float, float], height: float, measure: Measure, lines: list[Line]
              ) -> float:
    """The headline as large as it fits on one line, else on two."""
    x, y, wide = place
    largest, least = round(height / HEADLINE), math.ceil(height / LEAST_HEADLINE)
    for most in (1, 2):
        for px in range(largest, least - 1, -1):
            parts = text_cut.lines(text, wide, 3, lambda t, px=px: measure(t, px, "bold"))
            if len(parts) <= most:
                return _put(parts, (x, y), ("ink", px, "bold"), lines)
    parts = text_cut.lines(text, wide, 3, lambda t: measure(t, least, "bold"))
    return _put(parts, (x, y), ("ink", least, "bold"), lines)


def _block(text: str, place: tuple[float, float, float], style: tuple[str, int, str], measure: Measure,
           lines: list[Line]) -> float:
    """A text in as many lines as it needs; it becomes smaller before it takes a third."""
    x, y, wide = place
    role, largest, weight = style
    least = math.ceil(largest * SENTENCE / LEAST_SENTENCE)
    for px in range(largest, least - 1, -1):
        parts = text_cut.lines(text, wide, 4, lambda t, px=px: measure(t, px, weight))
        if len(parts) <= 2:
            return _put(parts, (x, y), (role, px, weight), lines)
    return _put(text_cut.lines(text, wide, 4, lambda t: measure(t, least, weight)), (x, y), (role, least, weight),
                lines)


def _upwards(text: str, place: tuple[float, float, float], style: tuple[str, int, str], measure: Measure,
             lines: list[Line]) -> float:
    """A text that ends at a y; the y above it."""
    x, foot, wide = place
    parts = text_cut.lines(text, wide, 2, lambda t: measure(t, style[1], style[2]))
    top = foot - len(parts) * style[1] * LEADING
    _put(parts, (x, top), style, lines)
    return top - style[1] * 0.6


def _put(parts: list[str], at: tuple[float, float], style: tuple[str, int, str], lines: list[Line]) -> float:
    x, y = at
    for text in parts:
        y += style[1] * LEADING
        lines.append(Line(x, y - style[1] * 0.28, text, style))
    return y + style[1] * 0.12 if parts else y


def _side(doc: StageDoc, box: tuple[float, float, float, float], height: float, measure: Measure, lines: list[Line]
          ) -> None:
    """The question, then what there is to say to it now: the prompt, or the answers with who gives them."""
    x, y, wide, high = box
    pad = height * 0.025
    x, wide, foot = x + pad, wide - 2 * pad, y + high
    y = _put(text_cut.lines(doc.question, wide, 3, lambda t: measure(t, round(height / 32), "semibold")),
             (x, y + pad * 0.6), ("ink", round(height / 32), "semibold"), lines) + pad * 0.4
    if doc.prompt:
        style = ("ink", round(height / 22), "bold")
        _put(text_cut.lines(doc.prompt, wide, 6, lambda t: measure(t, style[1], style[2])), (x, y + pad), style, lines)
    for share in (26.0, 30.0, 34.0, 38.0, 44.0, 52.0):
        found: list[Line] = []
        small = max(math.ceil(height / SMALLEST), round(height / share * SOURCES))
        if _answers(doc, (x, y, wide), (round(height / share), small), measure, found) <= foot:
            break
    lines += found


def _answers(doc: StageDoc, place: tuple[float, float, float], sizes: tuple[int, int], measure: Measure,
             lines: list[Line]) -> float:
    x, y, wide = place
    large, small = sizes
    indent = large * 1.35
    for one in doc.answers:
        top = y
        y = _put(text_cut.lines(one.text, wide - indent, 3, lambda t: measure(t, large, "semibold")),
                 (x + indent, y), ("ink", large, "semibold"), lines)
        lines.append(Line(x, top + large * (LEADING - 0.28), one.count or "–", ("muted", large, "semibold")))
        said = " · ".join(part for part in (one.mark, one.sources) if part)
        y = _put(text_cut.lines(said, wide - indent, 3, lambda t: measure(t, small, "regular")), (x + indent, y),
                 ("muted", small, "regular"), lines) + small * 0.55
    return y

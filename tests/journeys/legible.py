"""What makes a drawn text hard to read: cut, covered, on a line, faint, without glyphs. For tests, which say where."""
from __future__ import annotations

from itertools import combinations

from journeys import boxes
from timeline_app.shells.explore import Explore

HALF_RULE = 2.0


def cut(drawn: list[boxes.Drawn]) -> list[str]:
    """Texts that their clip cuts."""
    return [str(one) for one in drawn if not one.clip.adjusted(-0.6, -0.6, 0.6, 0.6).contains(one.box)]


def covered(drawn: list[boxes.Drawn]) -> list[str]:
    """Pairs of texts that stand over one another."""
    return [f"{one} / {other}" for one, other in combinations(drawn, 2) if one.box.intersects(other.box)]


def on_a_border(window: Explore, drawn: list[boxes.Drawn]) -> list[str]:
    """Texts of lanes and headings that touch the line above a lane, 1 px high, 2 px between the halves."""
    canvas = window.canvas
    top = canvas.mapTo(window, canvas.rect().topLeft()).y() + canvas.ruler_height - canvas.scroll
    lines = [(top + lane.top, top + lane.top + (HALF_RULE if lane.half_title else 1.0))
             for lane in canvas.frame.lanes if lane.top]
    lanes = {lane.spec.id for lane in canvas.frame.lanes}
    texts = [one for one in drawn if one.place.startswith("heading ") or one.place in lanes]
    return [str(one) for one in texts for a, b in lines if one.box.top() < b and a < one.box.bottom()]


def shortened(drawn: list[boxes.Drawn]) -> list[str]:
    """Texts that end in dots; a list that says that it goes on is none."""
    return [str(one) for one in drawn if one.text.endswith("…") and not one.text.endswith(", …")]


def without_glyph(window: Explore, drawn: list[boxes.Drawn]) -> set[str]:
    """Characters, also of the pages, that no bundled font has."""
    pages = [line.text for page in boxes.pages(window) for line in boxes.lines(page)]
    return {letter for text in [*(one.text for one in drawn), *pages] for letter in boxes.without_glyph(text)}


def faint(window: Explore, drawn: list[boxes.Drawn]) -> list[str]:
    """Texts with a contrast of less than 4.5, ticks of less than 3; and lines of the pages."""
    colours = window.canvas.colours

    def least(one: boxes.Drawn) -> float:
        return 3.0 if one.place in ("ruler", "overview") and one.colour == colours.faint else 4.5

    found = [f"{boxes.contrast(one.colour, one.ground):.2f} {one}" for one in drawn
             if boxes.contrast(one.colour, one.ground) < least(one)]
    return found + [line.text for page in boxes.pages(window) for line in boxes.lines(page)
                    if any(boxes.contrast(colour, colours.panel) < 4.5 for colour in line.colours)]

"""Text of strangers cut to a width, in lines that break between words. Controls are dealt with where it is drawn."""
from __future__ import annotations

import html
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

MOST = 600  # characters of a tweet that are looked at; none of ours is longer on a card
_JOINERS = frozenset("\u200d\ufe0f\ufe0e")
Width = Callable[[str], float]


def plain(text: str) -> str:
    """A tweet's text on one line, with the characters that its platform wrote as entities."""
    return " ".join(html.unescape(text[:MOST]).split())


def cut(text: str, wide: float, width: Width) -> str:
    """As much of a text as fits, with an ellipsis where something is missing; never within a joined character."""
    if width(text) <= wide:
        return text
    end = bisect_right(range(len(text)), wide, key=lambda n: width(text[:n] + "…")) - 1
    while end > 0 and _is_joined(text, end):
        end -= 1
    return text[:max(0, end)].rstrip() + "…"


def lines(text: str, wide: float, most: int, width: Width) -> list[str]:
    """At most so many lines; the last one is cut, a word that is wider than a line is broken."""
    found: list[str] = []
    rest = text
    while rest and len(found) < most - 1 and width(rest) > wide:
        words = rest.split(" ")
        fitting = bisect_right(range(len(words)), wide, key=lambda n: width(" ".join(words[:n]))) - 1
        if fitting < 1:
            break
        found.append(" ".join(words[:fitting]))
        rest = " ".join(words[fitting:])
    return [*found, cut(rest, wide, width)] if rest else found


def _is_joined(text: str, at: int) -> bool:
    """Whether the character at a place belongs to the one before it."""
    return text[at] in _JOINERS or text[at - 1] == "\u200d" or unicodedata.combining(text[at]) > 0

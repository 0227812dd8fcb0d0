"""Tags that look like another and are not: Cyrillic or Greek letters among Latin ones, or instead of them.

The tags stay apart in every count; this only says which look alike, so that nobody takes a part for the whole. The
table holds the small letters that are drawn like Latin ones; it is ours and short, and says nothing of other scripts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

CONFUSABLE = {
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "к": "k", "ӏ": "l", "м": "m",
    "н": "h", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "у": "y", "ѵ": "v", "ԝ": "w", "х": "x",
    "ё": "ë", "ї": "ï",
    "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u",
    "χ": "x", "γ": "y", "ω": "w", "ϲ": "c", "ϳ": "j"}
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_LATIN = str.maketrans(CONFUSABLE)


def lookalikes(tags: Iterable[str]) -> dict[str, str]:
    """For each tag, in its compared form, that looks like another one: which. Either the other is among the tags, or
    the tag mixes scripts, and then the Latin tag that it imitates is named even if nobody used it."""
    every = set(tags)
    found: dict[str, str] = {}
    for tag in sorted(every):
        if tag.isascii():
            continue
        plain = tag.translate(_LATIN)
        if plain != tag and (plain in every or _is_mixed(tag)):
            found[tag] = plain
    return found


def _is_mixed(tag: str) -> bool:
    """Whether letters of more than one of the three scripts stand in one tag."""
    return len({script for letter in tag if letter.isalpha() and (script := _script(letter))}) > 1


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ", 1)[0]
    return name if name in _SCRIPTS else ""

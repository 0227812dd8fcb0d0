"""Text from data as it may be shown, on screen and in every export: no controls, no reordering, nothing overlong.

Cuts follow what froze Qt when tried: 4,000 characters a field, 1,000 a line, 8 combining marks per base. Direction
overrides become visible marks, so that nothing can be reordered where it is read.
"""
from __future__ import annotations

import unicodedata

FIELD_LIMIT = 4_000
LINE_LIMIT = 1_000
MARK_LIMIT = 8
_BIDI = {code: f"‹U+{code:04X}›" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
_DROPPED = {code: None for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: None}


def plain(text: str, limit: int = FIELD_LIMIT) -> str:
    """The text as it may be shown: controls dropped, lone surrogates replaced, overlong parts cut with an ellipsis."""
    if text.isascii() and text.isprintable() and len(text) <= min(limit, LINE_LIMIT):
        return text
    cut = text[: limit + MARK_LIMIT * 4] if len(text) > limit else text
    cut = "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= c <= "\udfff" else c for c in cut)
    cut = few_marks(cut.translate(_DROPPED).translate(_BIDI))
    lines = [line if len(line) <= LINE_LIMIT else line[:LINE_LIMIT] + "…" for line in cut.split("\n")]
    joined = "\n".join(lines)
    return joined if len(joined) <= limit else joined[:limit] + "…"


def one_line(text: str, limit: int = 200) -> str:
    """The text on one line, for buttons, lists and titles."""
    return " ".join(plain(text, limit).split())


def few_marks(text: str) -> str:
    """The text with at most 8 combining marks on a letter."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MARK_LIMIT:
            kept.append(character)
    return "".join(kept)

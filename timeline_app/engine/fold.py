"""Texts made comparable for search: case, width and Latin accents do not matter; Hangul stays whole
syllables.

The text is folded piece by piece (a letter with its marks), so that a match can be found again in the text
itself.
"""
from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LATIN_END = "\u0250"
_LONGEST = 32  # marks without end would take normalization a time that grows with their square
_JAMO = ("\u1160", "\u11ff")  # vowels and finals, which join the syllable before them


def fold(text: str) -> str:
    """The comparable form of a text."""
    return text.lower() if text.isascii() else "".join(_fold_piece(piece) for piece in _pieces(text))


def place_in(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the part start..end of the folded text stands in the text."""
    if text.isascii():
        return start, end
    folded = at = 0
    first = None
    for piece in _pieces(text):
        folded += len(_fold_piece(piece))
        if first is None and folded > start:
            first = at
        at += len(piece)
        if folded >= end:
            break
    return (at if first is None else first), at


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for letter in text:
        joins = unicodedata.combining(letter) or _JAMO[0] <= letter <= _JAMO[1]
        if piece and (not joins or len(piece) >= _LONGEST):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


@lru_cache(maxsize=16_384)
def _fold_piece(piece: str) -> str:
    """One letter with its marks. Marks of other scripts carry meaning and stay; characters nobody sees go."""
    plain = unicodedata.normalize("NFKC", piece).casefold()
    apart = unicodedata.normalize("NFKD", plain)
    if apart and apart[0] < _LATIN_END:
        apart = "".join(letter for letter in apart if not unicodedata.combining(letter))
    seen = "".join(letter for letter in apart if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFC", seen)

"""Texts made comparable for search, and the folded twin of a store's texts, written when the store is built.

Case, width and style do not matter, nor how a letter is composed; what nobody sees goes, entities of the platform are
what they stand for, every white space is one blank. Accents and look-alikes of other scripts do matter.
Most texts are folded byte by byte, all at once; only those with a character that needs care are folded one by one.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from timeline_app.engine.tweets.ragged import Ragged
from timeline_app.engine.tweets.run import Array, mapped

NAME = "folded"
_BLOCK = 500_000  # bytes of text at a time: what is made of them stays in the processor's cache
_STRETCH = 500  # marks without end would take composing a time that grows with their square
_HIDDEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_UNSEEN = re.compile(f"[{_HIDDEN}]+")
_SPACE = re.compile(r"\s")
_ODD = re.compile(rf"[{_HIDDEN}\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_BLANKS = b"\t\n\v\f\r\x1c\x1d\x1e\x1f"
_PLAIN = bytes.maketrans(_BLANKS + bytes(range(65, 91)), b" " * len(_BLANKS) + bytes(range(97, 123)))
_JOINING_JAMO = ("\u1160", "\u11ff")


def fold(text: str) -> str:
    """The comparable form of a text or of a word that is looked for."""
    if "&" in text:
        text = html.unescape(text)
    if _ODD.search(text):
        text = _UNSEEN.sub("", _SPACE.sub(" ", text))
    return text.lower() if text.isascii() else _composed("NFC", _composed("NFKC", text).casefold())


def _composed(form: str, text: str) -> str:
    if len(text) <= _STRETCH:
        return unicodedata.normalize(form, text)
    made, start = [], 0
    while start < len(text):
        end = start + _STRETCH
        while end < min(len(text), start + 2 * _STRETCH) and _joins(text[end]):
            end += 1
        made.append(unicodedata.normalize(form, text[start:end]))
        start = end
    return "".join(made)


def _joins(letter: str) -> bool:
    return bool(unicodedata.combining(letter)) or _JOINING_JAMO[0] <= letter <= _JOINING_JAMO[1]


def write_folded(folder: Path) -> None:
    """The folded twin of the texts of a store that is being built, in bounded memory; nothing where it has none."""
    if not (folder / "text_ends.npy").exists():
        return
    values, ends, end = Array(folder / f"{NAME}.npy", np.uint8), Array(folder / f"{NAME}_ends.npy", np.int64), 0
    ends.append(np.zeros(1, np.int64))
    for start, after in _blocks(mapped(folder, "text_ends")):
        text = Ragged(mapped(folder, "text_ends"), mapped(folder, "text"))  # what was read through a map is memory
        block = folded(text.part(start, after))
        values.append(block.values)
        ends.append(block.offsets[1:] + end)
        end += len(block.values)
    values.close()
    ends.close()


def folded(texts: Ragged) -> Ragged:
    """Texts in UTF-8, each folded."""
    ends, careful, raw = texts.offsets.tolist(), _careful(texts), texts.values.tobytes()
    plain = raw.translate(_PLAIN)
    lengths, made, at = texts.lengths, [], 0
    for row in careful.tolist():
        found = fold(raw[ends[row] : ends[row + 1]].decode("utf-8", "replace")).encode("utf-8", "replace")
        made += [plain[at : ends[row]], found]
        lengths[row], at = len(found), ends[row + 1]
    made.append(plain[at:])
    offsets = np.append(0, np.cumsum(lengths))
    return Ragged(offsets, np.frombuffer(b"".join(made), np.uint8))


def _blocks(offsets: np.ndarray) -> list[tuple[int, int]]:
    """Rows that follow one another, of about as many bytes as are folded at a time; at least one."""
    wanted = np.arange(0, int(offsets[-1]) + _BLOCK, _BLOCK)
    cuts = np.unique(np.append(np.searchsorted(offsets, wanted, "right") - 1, [0, len(offsets) - 1]))
    return list(pairwise(cuts.tolist()))


def _careful(texts: Ragged) -> np.ndarray:
    """int64[k]: the rows with an entity, or with a character that folding changes or joins to another."""
    values = texts.values
    places = np.flatnonzero(values >= 0xC0)
    padded = np.append(values, np.zeros(2, np.uint8)).astype(np.uint16)
    lead, second, third = (padded[places + step] for step in range(3))
    letter = (lead & 15) << 12 | (second & 63) << 6 | third & 63
    short = lead < 0xE0
    letter[short] = (lead[short] & 31) << 6 | second[short] & 63
    is_fine = _inert()[letter]
    is_long = lead >= 0xF0
    is_fine[is_long] = _are_pictures(lead[is_long], second[is_long], third[is_long])
    found = places[~is_fine]
    found = np.concatenate([found, np.flatnonzero(values == ord("&"))])
    return np.unique(np.searchsorted(texts.offsets, found, "right") - 1)


def _are_pictures(lead: np.ndarray, second: np.ndarray, third: np.ndarray) -> np.ndarray:
    """Whether bytes begin an emoji, U+1F300 to U+1FAFF: nothing there is folded or joined."""
    return (lead == 0xF0) & (second == 0x9F) & (third >= 0x8C) & (third < 0xAC)


@lru_cache(maxsize=1)
def _inert() -> np.ndarray:
    """bool[65536]: the characters that folding leaves as they are, whatever stands beside them."""
    return np.array([_is_inert(chr(code)) for code in range(1 << 16)], np.bool_)


def _is_inert(letter: str) -> bool:
    if "\ud800" <= letter <= "\udfff" or _joins(letter) or letter in _composing():
        return False
    return fold(letter) == letter


@lru_cache(maxsize=1)
def _composing() -> frozenset[str]:
    """Characters that may melt into what is before them, and those that what is behind them may melt into."""
    parts = (unicodedata.decomposition(chr(code)) for code in range(1 << 16))
    return frozenset(chr(int(one, 16)) for part in parts if part and "<" not in part for one in part.split()[1:])

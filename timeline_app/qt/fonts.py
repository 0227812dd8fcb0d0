"""The bundled fonts and text measured in them. Nothing of the system's fonts is needed.

Kerning and hinting are off so that the width of a text is the same at every place, scale and on every system.
"""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from timeline_app.base import resources

FAMILIES = ("Pretendard", "Noto Emoji")
FILES = ("Pretendard-Regular.otf", "Pretendard-SemiBold.otf", "Pretendard-Bold.otf", "NotoEmoji-Regular.woff2")
WEIGHTS = {"regular": QFont.Weight.Normal, "semibold": QFont.Weight.DemiBold, "bold": QFont.Weight.Bold}

_forms = [True]


@contextmanager
def without_forms() -> Iterator[None]:
    """Within it, fonts are made without forms that depend on the letters around: a raised colon or a long dash is a
    glyph that no letter stands for, and in a PDF it could be neither found nor copied."""
    _forms.append(False)
    try:
        yield
    finally:
        _forms.pop()


@cache
def load() -> tuple[str, ...]:
    """Hand the bundled fonts to Qt once; the family names that came. A QGuiApplication must exist."""
    found: set[str] = set()
    for name in FILES:
        number = QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))
        found.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(found))


@lru_cache(maxsize=256)
def _made(size_px: float, weight: str, tabular: bool, forms: bool = True) -> QFont:
    load()
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(max(1, round(size_px)))
    made.setWeight(WEIGHTS[weight])
    made.setKerning(False)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    for feature in () if forms else ("calt", "clig"):
        made.setFeature(QFont.Tag(feature), 0)
    return made


def font(size_px: float, weight: str = "regular", tabular: bool = False) -> QFont:
    """A bundled font: size in px, weight "regular", "semibold" or "bold", tabular figures for clocks and counts."""
    return QFont(_made(round(size_px), weight, tabular, _forms[-1]))


@lru_cache(maxsize=64)
def _metrics(size_px: int, weight: str) -> QFontMetricsF:
    return QFontMetricsF(_made(size_px, weight, False))


@lru_cache(maxsize=20_000)
def width(text: str, size_px: int, weight: str = "regular") -> float:
    """The advance of one line of text, in px."""
    return _metrics(size_px, weight).horizontalAdvance(text)


def ascent(size_px: int, weight: str = "regular") -> float:
    """Height above the baseline, in px."""
    return _metrics(size_px, weight).ascent()


def line_height(size_px: int, weight: str = "regular") -> float:
    """Height of one line, in px."""
    return _metrics(size_px, weight).height()

"""What pages of HTML wear: their style, their one script, and the letters of the bundled fonts that they need."""
from __future__ import annotations

import unicodedata
from dataclasses import asdict
from functools import cache

from PySide6.QtGui import QRawFont

from timeline_app.base import font_subset, resources
from timeline_app.base.text import catalogue
from timeline_app.qt import export, fonts, theme
from timeline_app.viewmodel.page_parts import Dress, Face

TEXT, SIGNS = "Story Text", "Story Signs"
_WEIGHTS = {"400": "Pretendard-Regular.otf", "600": "Pretendard-SemiBold.otf", "700": "Pretendard-Bold.otf"}
_SIGNS = "NotoEmoji-Regular.woff2"
_BASIC = "".join(map(chr, range(0x20, 0x7F)))
_INNER = "StoryText"  # the name within the files: that of the original is reserved


def worn(svg: str) -> str:
    """A picture that asks for the fonts that its page carries."""
    return svg.replace(export.WITH_FALLBACK, f'font-family="{TEXT}, {SIGNS}, sans-serif"')


def story_dress(theme_name: str, letters: str, language: str) -> Dress:
    """The dress of a story, in the colours of a theme; `letters` is all of its text."""
    return Dress(_read("story.css"), _colours(theme_name), faces(letters + _said(language)), _read("story.js"))


def worksheet_dress(letters: str, language: str) -> Dress:
    """The dress of a worksheet, which is for paper."""
    return Dress(_read("worksheet.css"), {}, faces(letters + _said(language)))


def faces(letters: str) -> tuple[Face, ...]:
    """The fonts of a text: its letters in every weight, and the font of signs as it is where one is needed."""
    wanted = {*letters, *unicodedata.normalize("NFC", letters), *_BASIC}
    made = [Face(TEXT, weight, "woff", font_subset.subset(_font(name), wanted, _INNER))
            for weight, name in _WEIGHTS.items()]
    others = wanted - font_subset.has(_font(_WEIGHTS["400"]))
    if any(_is_sign(one) for one in others):
        made.append(Face(SIGNS, "400 700", "woff2", _font(_SIGNS)))
    return tuple(made)


def _is_sign(letter: str) -> bool:
    """Whether the font of signs has a letter that no other has."""
    asked = fonts.font(13)
    asked.setFamilies([fonts.FAMILIES[1]])
    return not letter.isspace() and QRawFont.fromFont(asked).supportsCharacter(ord(letter))


@cache
def _font(name: str) -> bytes:
    return resources.path("fonts", name).read_bytes()


def _read(name: str) -> str:
    return resources.path("pages", name).read_text(encoding="utf-8")


def _said(language: str) -> str:
    texts = catalogue(language)
    return "".join(texts.get(key) for key in sorted(texts.keys()) if key.startswith(("story_export.", "worksheet.")))


def _colours(name: str) -> dict[str, str]:
    told = theme.palette(name)
    colours = {role: value for role, value in asdict(told).items() if str(value).startswith("#")}
    return colours | {"scheme": "dark" if told.dark else "light"}

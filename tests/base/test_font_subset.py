"""A font's letters for a page: the same outlines and widths, under another name, and small."""

from __future__ import annotations

import io

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from timeline_app.base import font_subset, resources

LETTERS = "By sunrise, most posts had changed 0123456789 해 뜰 무렵, 게시물 대부분이 바뀌어 있었다 “…”"
WEIGHTS = ["Regular", "SemiBold", "Bold"]


def whole(weight: str) -> bytes:
    return resources.path("fonts", f"Pretendard-{weight}.otf").read_bytes()


def read(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


def outline(font: TTFont, letter: str) -> tuple:
    glyphs, pen = font.getGlyphSet(), RecordingPen()
    name = font.getBestCmap()[ord(letter)]
    glyphs[name].draw(pen)
    return pen.value, glyphs[name].width


@pytest.mark.parametrize("weight", WEIGHTS)
def test_that_every_letter_has_its_outline_and_its_width(weight):
    one, other = read(whole(weight)), read(font_subset.subset(whole(weight), LETTERS, "StoryText"))
    assert other.flavor == "woff"
    assert set(other.getBestCmap()) == set(map(ord, LETTERS))
    assert {letter for letter in LETTERS if outline(one, letter) != outline(other, letter)} == set()


@pytest.mark.parametrize("weight", WEIGHTS)
def test_that_it_bears_another_name_and_keeps_its_rights(weight):
    font = read(font_subset.subset(whole(weight), LETTERS, "StoryText"))
    names = {one.nameID: str(one) for one in font["name"].names}
    assert {names[number] for number in (1, 3, 4, 6)} == {"StoryText"}
    assert "Kil Hyung-jin" in names[0] and "SIL Open Font License" in names[13]
    outlines = font["CFF "].cff
    top = outlines.topDictIndex[0]
    assert not [one for one in (*outlines.fontNames, top.FullName, top.FamilyName) if "Pretendard" in one]
    assert "Kil Hyung-jin" in top.Notice


def test_that_other_letters_are_empty_and_the_file_is_small():
    made = font_subset.subset(whole("Regular"), LETTERS, "StoryText")
    assert len(made) < 100_000 < len(whole("Regular"))
    font, pen = read(made), RecordingPen()
    other = read(whole("Regular")).getBestCmap()[ord("뷁")]
    font.getGlyphSet()[other].draw(pen)
    assert pen.value in ([], [("endPath", ())]) or not [one for one in pen.value if one[0] != "endPath"]


def test_that_a_letter_that_the_font_lacks_is_left_out():
    assert "😀" not in font_subset.has(whole("Regular")) and "뷁" in font_subset.has(whole("Regular"))
    assert set(read(font_subset.subset(whole("Regular"), "a😀", "StoryText")).getBestCmap()) == {ord("a")}

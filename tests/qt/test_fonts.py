"""The bundled fonts alone are enough: this process sees no other font, and yet nothing is a box."""

from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetricsF, QRawFont, QTextLayout

from timeline_app.base import resources
from timeline_app.qt import fonts

HANGUL = "대한민국 방탄소년단 아미 제보 창구 급증 뷁 힣"
EMOJI = "😀🎉💜👍🙏🔥"
SIGNS = "‹›←→↑↓✓·…“”‘’–—×"


def glyphs(text, size=13, weight="regular"):
    """The glyph index of each character in the first bundled family that has it; 0 is the box."""
    found = []
    for character in text:
        raws = [QRawFont.fromFont(one) for one in families(size, weight)]
        found.append(max((raw.glyphIndexesForString(character) or [0])[0] for raw in raws))
    return found


def families(size, weight):
    for family in fonts.FAMILIES:
        one = fonts.font(size, weight)
        one.setFamilies([family])
        yield one


@pytest.fixture(autouse=True)
def loaded(qapp):
    fonts.load()


def test_that_no_system_font_helps():
    aliases = {"Serif", "Sans Serif", "Monospace"}  # names that lead nowhere here
    assert set(QFontDatabase.families()) - aliases == set(fonts.load())
    assert set(fonts.FAMILIES) <= set(fonts.load())


@pytest.mark.parametrize("weight", ["regular", "semibold", "bold"])
@pytest.mark.parametrize("text", [HANGUL, SIGNS, "Sphinx of black quartz 0123456789", "àéîõüßñçøł"])
def test_that_no_letter_is_a_box(text, weight):
    assert 0 not in glyphs(text, 13, weight)


def test_that_no_emoji_is_a_box():
    assert 0 not in glyphs(EMOJI)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_every_character_of_the_catalogue_has_a_glyph(language):
    files = resources.path("text", language).glob("*.json")
    used = {c for file in files for text in json.loads(file.read_text(encoding="utf-8")).values() for c in text}
    shown = sorted(c for c in used if not c.isspace() and c != "\ufffd")  # the box is the sign for what was unreadable
    assert [c for c, glyph in zip(shown, glyphs("".join(shown)), strict=True) if glyph == 0] == []


def boxes(text, weight):
    """How many glyphs of a text, laid out as the app draws it, are the box."""
    layout = QTextLayout(text, fonts.font(28, weight))
    layout.beginLayout()
    while layout.createLine().isValid():
        continue
    layout.endLayout()
    return sum(run.glyphIndexes().count(0) for run in layout.glyphRuns())


def written(value):
    """Every text of a file of JSON."""
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from written(one)


@pytest.mark.parametrize("weight", ["regular", "semibold", "bold"])
def test_that_no_glyph_of_what_a_visitor_of_the_kiosk_reads_is_a_box(weight):
    dataset = resources.path("datasets", "june-2020")
    files = [*resources.path("text").glob("*/kiosk*.json"), *dataset.glob("stories/*.json")]
    texts = {line for file in files for text in written(json.loads(file.read_text(encoding="utf-8")))
             for line in text.split("\n")}
    texts |= {line for file in dataset.glob("*.csv") for line in file.read_text(encoding="utf-8").splitlines()}
    assert len(texts) > 1_000
    assert boxes("한ก", weight) == 1  # what no font has is found
    assert sorted(text for text in texts if boxes(text, weight)) == []


@pytest.mark.parametrize("weight", ["regular", "semibold", "bold"])
@pytest.mark.parametrize("text", ["AVAToTyWa fi fl", "방탄소년단 111"])
def test_that_a_width_is_the_sum_of_its_letters_wherever_it_stands(text, weight):
    parts = sum(fonts.width(letter, 13, weight) for letter in text)
    assert fonts.width(text, 13, weight) == pytest.approx(parts, abs=0.51)
    assert fonts.width(text + text, 13, weight) == pytest.approx(2 * fonts.width(text, 13, weight), abs=0.51)


def test_that_twice_the_size_is_twice_the_width():
    assert fonts.width("Timeline 2020", 26) == pytest.approx(2 * fonts.width("Timeline 2020", 13), rel=0.02)


def test_that_tabular_figures_are_all_as_wide():
    metrics = QFontMetricsF(fonts.font(13, tabular=True))
    assert len({metrics.horizontalAdvance(figure * 10) for figure in "0123456789"}) == 1


def test_that_a_font_handed_out_can_be_changed_without_harm():
    fonts.font(13).setPixelSize(40)
    assert fonts.font(13).pixelSize() == 13

"""Colours: every theme can be read, every role of the style sheet is filled in, marks differ for every eye."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QPalette

from timeline_app.base import resources
from timeline_app.qt import theme

GROUNDS = ("ground", "panel", "chip")
WORDS = ("ink", "muted", "interaction", "original_text", "hijacked_text")
ON_ALL = ("ink", "muted")
FREE = tuple(f"free{number}" for number in range(6))
MARKS = ("counted", "hijacked", "original", "asking", "down", "interaction", "faint", "rest", *FREE)


def luminance(value):
    def linear(part):
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    colour = QColor(value)
    return 0.2126 * linear(colour.red()) + 0.7152 * linear(colour.green()) + 0.0722 * linear(colour.blue())


def contrast(one, other):
    """The ratio of WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_that_contrast_is_measured_as_the_standard_says():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("role", WORDS)
def test_that_words_have_a_contrast_of_4_5(name, role):
    colours = theme.palette(name)
    grounds = GROUNDS if role in ON_ALL else GROUNDS[:2]
    low = {g: contrast(colours.role(role), colours.role(g)) for g in grounds}
    assert {ground: ratio for ground, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("role", MARKS)
def test_that_marks_and_ticks_have_a_contrast_of_3(name, role):
    colours = theme.palette(name)
    low = {g: contrast(colours.role(role), colours.role(g)) for g in GROUNDS[:2]}
    assert {ground: ratio for ground, ratio in low.items() if ratio < 3.0} == {}


@pytest.mark.parametrize("name", theme.THEMES)
def test_that_words_on_the_colour_of_selection_can_be_read(name):
    colours = theme.palette(name)
    assert contrast(colours.interaction, colours.panel) >= 4.5
    assert contrast(colours.ink, colours.panel) >= 4.5, "words on a pill filled with ink"


@pytest.mark.parametrize("name", theme.THEMES)
def test_that_ink_on_a_pill_under_the_pointer_can_be_read(name):
    colours = theme.palette(name)
    assert contrast(colours.ink, theme.mixed(colours.ink, colours.chip, 0.08)) >= 4.5


@pytest.mark.parametrize("name", theme.THEMES)
def test_that_the_style_sheet_knows_every_role_it_names(name):
    sheet = theme.style_sheet(theme.palette(name))
    assert "@" not in sheet and theme.palette(name).interaction in sheet


def test_that_the_style_sheet_sets_no_font():
    template = resources.path("themes", "window.qss").read_text(encoding="utf-8")
    assert not re.search(r"\bfont(-size|-family|-weight)?\s*:", template)


@pytest.mark.parametrize("name", theme.THEMES)
def test_that_every_colour_is_a_colour(name):
    colours = theme.palette(name)
    values = [getattr(colours, field.name) for field in fields(colours) if field.name not in ("name", "dark", "free")]
    values += colours.free
    assert len(colours.free) == 6 and all(re.fullmatch("#[0-9A-F]{6}", value) for value in values)
    assert colours.dark == (luminance(colours.ground) < 0.5) and colours.name == name


def test_that_an_unknown_theme_is_paper_and_an_unknown_role_ink():
    assert theme.palette("none of them") == theme.palette("paper")
    assert theme.palette("paper").role("nobody") == theme.palette("paper").ink
    assert theme.palette("paper").role("free7") == theme.palette("paper").free[1]


def test_that_mixing_is_a_straight_line():
    assert theme.mixed("#FFFFFF", "#000000", 0.0) == "#000000"
    assert theme.mixed("#FFFFFF", "#000000", 1.0) == "#FFFFFF"
    assert theme.mixed("#FF0000", "#0000FF", 0.2) == "#3300CC"


@pytest.mark.parametrize("name", theme.THEMES)
def test_that_qts_own_widgets_get_the_same_colours(qapp, name):
    colours = theme.palette(name)
    made = theme.qt_palette(colours)
    assert made.color(QPalette.ColorRole.Window) == QColor(colours.ground)
    assert made.color(QPalette.ColorRole.PlaceholderText) == QColor(colours.muted)
    assert made.color(QPalette.ColorRole.Highlight) == QColor(colours.interaction)

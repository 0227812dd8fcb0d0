"""Every screen of the kiosk as it is drawn, read back from the picture: nothing cut, covered, faint or too small to be
touched; nothing flashes and nothing burns in. A sample of sizes, themes and languages; all of them with `--long`.
"""
from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF

from journeys.boxes import Drawn, contrast, ground_of, without_glyph
from journeys.legible import covered, cut
from qt.standing import standing
from timeline_app.qt import export, theme
from timeline_app.viewmodel.kiosk import visit

SIZES = ((1920, 1080), (1280, 720), (1080, 1920), (3840, 2160))
SAMPLE = [((1920, 1080), "gallery", "en", 100), ((1280, 720), "paper", "ko", 200),
          ((1080, 1920), "contrast", "ko", 100)]
EVERY = [pytest.param(one, marks=() if one in SAMPLE else pytest.mark.long,
                      id=f"{one[0][0]}x{one[0][1]}-{one[1]}-{one[2]}-{one[3]}")
         for one in product(SIZES, ("gallery", "paper", "contrast"), ("en", "ko"), (100, 150, 200))]
SCREEN_MM = (700.0, 394.0)
WAYS = {
    "attract": (), "home": ("stay",), "card": ("moment:bts-speak",), "card of a stretch": ("moment:a-second-portal",),
    "warning": ("moment:a-tag-turns-over",), "long card": ("moment:who-are-the-fans", "read_warning"),
    "know": ("moment:down-temporarily", "know"), "more to know": ("moment:down-temporarily", "know", "more"),
    "closer": ("closer",), "closer with a card": ("closer",), "play": ("play",), "played": ("play",),
    "countdown": ("moment:bts-speak",), "pin": (), "staff": ()}


def go(window, clock, way) -> None:
    """Lead a window to a screen."""
    window.press("start_over")
    for action in WAYS[way]:
        window.press(action)
    if way == "closer with a card":
        view = window.visit.view
        window.become(visit.looked(window.visit, type(view)(view.window, "bts-tweet", "statements"), clock.ms))
    if way in ("play", "played", "countdown"):
        clock.ms += {"play": 18_000, "played": 40_000, "countdown": 66_000}[way]
        window.tick()
    if way in ("pin", "staff"):
        window.become(visit.staff_asked(window.visit, clock.ms))
        window.become(visit.admitted(window.visit, way == "staff"))
    window.settle()


def read(window) -> list[Drawn]:
    """All words on screen with their boxes in px of the window; of what lies over a page, only that."""
    view = window.view
    view.boxes = []
    found = [(view.boxes, QPoint())]
    lanes = view.lanes if view.lanes is not None and view.lanes.isVisible() else None
    if lanes is not None:
        canvas, lanes.headings.boxes = lanes.canvas, []
        axis = canvas.getPlotItem().getAxis("top")
        axis.boxes = []
        at = canvas.mapTo(window, canvas.mapFromScene(canvas.layer.scenePos()))
        found += [(canvas.record_texts(), at), (axis.boxes, canvas.mapTo(window, QPoint())),
                  (lanes.headings.boxes, lanes.headings.mapTo(window, QPoint()))]
    image = export.image(window)
    over = view.page.over is not None
    return [Drawn(one.text, one.box.translated(at), one.clip.translated(at), one.colour,
                  ground_of(image, one.box.translated(at)), one.place, one.size)
            for boxes, at in found for one in boxes if one.place == "over" or not over]


@pytest.fixture(scope="module", params=EVERY)
def screens(request, qapp):
    """{screen: (its words, its page, the window's size)}."""
    size, theme_name, language, percent = request.param
    found = {}
    with standing(size, screen_mm=SCREEN_MM) as (window, clock):
        window.manner = type(window.manner)(
            type(window.manner.setting)(language, theme_name, text_percent=percent, still=True), window.manner.pace,
            screen_mm=SCREEN_MM, is_windowed=True, clock=clock)
        for way in WAYS:
            go(window, clock, way)
            found[way] = read(window), window.view.page, size
        window.manner = replace(window.manner, is_plain=True)
        for way in ("home", "card"):
            go(window, clock, way)
            found[f"safe {way}"] = read(window), window.view.page, size
    return found


def test_that_every_screen_says_something(screens):
    assert {way for way, (drawn, _, _) in screens.items() if len(drawn) < 2} == set()


def test_that_no_words_are_cut_or_over_others_or_outside(screens):
    for way, (drawn, _, size) in screens.items():
        assert cut(drawn) == [], way
        if not way.startswith("closer"):  # the lanes' own picture is read in tests of the lanes
            assert covered(drawn) == [], way
        assert [str(one) for one in drawn if not QRectF(0, 0, *size).contains(one.box)] == [], way


def test_that_nothing_is_shortened_in_any_text_size(screens):
    said = {one.text for drawn, page, _ in screens.values() if page.lanes is None for one in drawn}
    assert {text for text in said if text.endswith("…")} == set()


def test_that_no_line_goes_through_the_names_of_moments(screens):
    for way, (_, page, _) in screens.items():
        lines = [one.box for one in page.shapes if one.kind == "rect" and one.box[2] == 1.0]
        plain = [QRectF(*one.box) for one in page.shapes if (one.kind, one.role, one.alpha) == ("rect", "ground", 1.0)]
        for one in (line for target in page.targets if target.action.startswith("moment:") for line in target.lines):
            box = QRectF(one.x, one.y - one.style[1] * 0.7, 1.0, one.style[1] * 0.7)
            assert not lines or any(ground.contains(box) for ground in plain), (way, one.text)


def test_that_every_word_can_be_told_from_what_is_behind_it(screens):
    for way, (drawn, _, _) in screens.items():
        faint = [f"{contrast(one.colour, one.ground):.2f} {one}" for one in drawn
                 if contrast(one.colour, one.ground) < (3.0 if one.place in ("ruler", "lanes") else 4.5)]
        assert faint == [], way


def test_that_every_letter_has_a_glyph(screens):
    assert {one.text for drawn, _, _ in screens.values() for one in drawn if without_glyph(one.text)} == set()


@pytest.mark.parametrize("name", theme.THEMES)
def test_that_marks_and_bars_stand_out_from_their_ground(name):
    colours = theme.palette(name)
    for role in ("ink", "interaction", "hijacked", "original", "counted", "muted"):
        for ground in (colours.ground, colours.panel):
            assert contrast(colours.role(role), ground) >= 3, (role, ground)


@pytest.mark.parametrize("dpi", [40.0, 96.0])
@pytest.mark.parametrize("size", SIZES)
def test_that_what_a_finger_hits_is_20_mm_both_ways_in_the_picture(size, dpi):
    wide_mm = size[0] / dpi * 25.4
    with standing(size, screen_mm=(wide_mm, wide_mm)) as (window, clock):
        for way in WAYS:
            go(window, clock, way)
            for one in window.view.buttons:
                if one.target.look == "hidden":
                    continue
                least = max(24.0, 20 * dpi / 25.4) - 1
                assert min(one.width(), one.height()) >= least, (way, one.target.action)
                middle = one.geometry().center()
                half = least / 2
                for dx, dy in ((0, 0), (1 - half, 0), (half - 2, 0), (0, 1 - half), (0, half - 2)):
                    assert window.view.hit(QPointF(middle) + QPointF(dx, dy)) == one.target.action, way


def grey(window) -> np.ndarray:
    """The brightness of the window, one value for each 8 x 8 px."""
    image = window.grab().toImage().convertToFormat(window.grab().toImage().Format.Format_Grayscale8)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return raw[:, :image.width()][::8, ::8].astype(np.int16)


@pytest.mark.parametrize("action", ["", "play"])
def test_that_nothing_flashes(action):
    with standing((1280, 720), still=False) as (window, clock):
        if action:
            window.press(action)
        pictures = []
        for _ in range(60):  # three seconds
            clock.ms += 50
            window.tick()
            pictures.append(grey(window))
        steps = np.diff(np.stack(pictures), axis=0)
        turns = ((steps[1:] > 25) & (steps[:-1] < -25)) | ((steps[1:] < -25) & (steps[:-1] > 25))
        large = 0.005 * pictures[0].size  # a flash is as large as this or is none (WCAG 2.2, 2.3.1, takes a quarter)
        assert (turns.sum(axis=(1, 2)) > large).sum() <= 3


def test_that_no_pixel_of_the_attract_screen_is_lit_the_same_for_half_an_hour():
    with standing((1280, 720), still=False) as (window, clock):
        ground = theme.palette("gallery").ground
        lit = None
        for _ in range(45):
            clock.ms += 41_000
            window.tick()
            image = window.grab().toImage()
            raw = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
            other = (raw & 0xFFFFFF) != int(ground.removeprefix("#"), 16)
            lit = other if lit is None else lit & other
        assert int(lit.sum()) == 0

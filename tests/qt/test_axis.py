"""The ruler as it is painted: every word in sight, none cut, none crossed; readable in each theme and text size."""
from __future__ import annotations

from itertools import pairwise

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.domain import edtf
from timeline_app.qt import ruler, theme
from timeline_app.qt.axis import CalendarAxis
from timeline_app.qt.ink import Ink, TextBox
from timeline_app.viewmodel.ticks import Ticks, ticks
from timeline_app.viewmodel.window import TimeScale, Window

CHICAGO = "America/Chicago"
WEEK = Window.of(edtf.resolve("2020-05-30/2020-06-05", CHICAGO).span)
SPANS = ("2020-05-30/2020-06-05", "2020-11-01", "2020-01/2021-06", "1200/1900", "-66000000/-64000000")
WIDTH = 1250.0


def made(window: Window = WEEK, language: str = "en", percent: int = 100, width: float = WIDTH) -> Ticks:
    return ticks(window, width, CHICAGO, catalogue(language), ruler.measure(percent))


def painted(shown: Ticks, window: Window, colours: str = "paper", percent: int = 100) -> tuple[QImage, list[TextBox]]:
    """A ruler with 50 px of another colour around it, and its texts."""
    rect = QRectF(50, 50, WIDTH, ruler.height(percent))
    image = QImage(int(WIDTH) + 100, ruler.height(percent) + 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF00FF"))
    boxes: list[TextBox] = []
    painter = QPainter(image)
    ruler.paint_ruler(Ink(painter, theme.palette(colours), rect, boxes), shown, TimeScale(window, WIDTH))
    painter.end()
    return image, boxes


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("span", SPANS)
def test_that_no_word_is_cut_or_touches_another_or_a_line(qapp, span: str, language: str, percent: int):
    if span.startswith("-"):
        window = Window(-66_000_000 * 31_556_952 * 10**6, -64_000_000 * 31_556_952 * 10**6)
    else:
        window = Window.of(edtf.resolve(span, CHICAGO).span)
    shown = made(window, language, percent)
    _, boxes = painted(shown, window, percent=percent)
    wanted = [tick.text for tick in (*shown.major, *shown.minor) if tick.labelled]
    assert sorted(box.text for box in boxes) == sorted(wanted) and wanted
    lines = [50 + TimeScale(window, WIDTH).x(tick.at_ms) for tick in shown.major]
    for size in {box.size for box in boxes}:
        row = sorted((box.box for box in boxes if box.size == size), key=lambda one: one.left())
        assert all(a.right() < b.left() for a, b in pairwise(row))
        assert not any(one.left() < x < one.right() for one in row for x in lines)
    assert all(box.clip.contains(box.box) for box in boxes)


@pytest.mark.parametrize("colours", theme.THEMES)
def test_that_nothing_is_painted_outside_the_strip(qapp, colours: str):
    image, _ = painted(made(), WEEK, colours)
    outside = QColor("#FF00FF").rgb()
    for x in range(0, image.width(), 3):
        assert image.pixel(x, 49) == image.pixel(x, 50 + ruler.HEIGHT) == outside
    for y in range(image.height()):
        assert image.pixel(49, y) == image.pixel(50 + int(WIDTH), y) == outside


def luminance(value: str) -> float:
    parts = [part / 255 for part in QColor(value).getRgb()[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", theme.THEMES)
def test_that_headings_have_a_contrast_of_7_and_marks_of_3(qapp, colours: str):
    _, boxes = painted(made(), WEEK, colours)
    ground = theme.palette(colours).ground
    for box in boxes:
        assert contrast(box.colour, ground) >= (7 if box.size == 13 else 3)


def test_that_the_ruler_stands_on_the_px_of_the_grid_below(qapp):
    image, _ = painted(made(), WEEK)
    for tick in made().major:
        x = 50 + round(TimeScale(WEEK, WIDTH).x(tick.at_ms))
        assert QColor(image.pixel(x, 60)).name().upper() == theme.palette("paper").hairline


def test_that_a_ruler_of_twice_the_height_has_letters_of_twice_the_size(qapp):
    sizes = [{box.size for box in painted(made(percent=percent), WEEK, percent=percent)[1]} for percent in (100, 200)]
    assert sizes == [{13, 11}, {26, 22}]


def test_that_the_axis_shows_its_ticks_whatever_range_the_view_has(qtbot):
    axis = CalendarAxis()
    plot = pg.PlotWidget(axisItems={"top": axis}, enableMenu=False)
    qtbot.addWidget(plot)
    plot.getPlotItem().showAxis("top")
    plot.resize(1300, 200)
    axis.boxes = []
    plot.grab()
    axis.set_ticks(made(), TimeScale(WEEK, WIDTH), theme.palette("paper"))
    seen = []
    for low, high in ((0.0, 1.0), (-1e9, 1e9)):
        plot.getPlotItem().getViewBox().setXRange(low, high, padding=0)
        plot.grab()
        seen.append([box.text for box in axis.boxes])
    assert seen[0] == seen[1] and "Sun 31 May" in seen[0] and "06:00" in seen[0]
    assert axis.boundingRect().height() == ruler.HEIGHT
    assert axis.linkedView() is None

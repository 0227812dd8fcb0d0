"""Ink: everything stays inside its clip, also where the target has no clip, and every text is told with its box."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from timeline_app.qt import fonts, ink, theme
from timeline_app.qt.ink import Ink, TextBox

CLIP = QRectF(40, 30, 120, 60)
WHITE, BLACK = QColor("#FFFFFF").rgb(), "#000000"
COLOURS = theme.palette("paper")
places = st.floats(-300, 500, allow_nan=False)


def painted(draw, clip: QRectF = CLIP, boxes: list[TextBox] | None = None) -> QImage:
    """What a drawing function leaves on a white image of 200 x 120 px."""
    image = QImage(200, 120, QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    draw(Ink(painter, COLOURS, clip, boxes))
    painter.end()
    return image


def marked(image: QImage) -> QRectF:
    """The box of all px that are not white."""
    hits = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) != WHITE]
    if not hits:
        return QRectF()
    xs, ys = [x for x, _ in hits], [y for _, y in hits]
    return QRectF(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


SHAPES = {
    "rect": lambda pen, a, b: pen.rect(QRectF(a, 20, b, 90), "ink"),
    "fade": lambda pen, a, b: pen.fade((a, a + b / 3, a + b / 2, a + b), 10, 100, "ink"),
    "hatch": lambda pen, a, b: pen.hatch((a, a, a + b, a + b), 10, 100, ("ink", 7.0, 1.0)),
    "upright": lambda pen, a, b: pen.line(QPointF(a, -50), QPointF(a, 500), "ink"),
    "level": lambda pen, a, b: pen.line(QPointF(a, 60), QPointF(a + b, 60), "ink"),
    "uprights": lambda pen, a, b: pen.uprights([a, a + b / 2, a + b], "ink"),
    "text": lambda pen, a, b: pen.text(QPointF(a, 70), "words of a lane", ("ink", 13, "regular")),
}


@pytest.mark.parametrize("shape", SHAPES)
@given(left=places, wide=st.floats(0.1, 600))
def test_that_no_shape_leaves_its_clip_by_more_than_half_a_line(qapp, shape, left, wide):
    """Vectors have no clip to help, so the shapes themselves are cut."""
    found = marked(painted(lambda pen: SHAPES[shape](pen, left, wide)))
    assert found.isNull() or CLIP.adjusted(-1.5, -1.5, 1.5, 1.5).contains(found)


@pytest.mark.parametrize("shape", SHAPES)
def test_that_every_shape_is_drawn_where_it_fits(qapp, shape):
    assert not marked(painted(lambda pen: SHAPES[shape](pen, 50, 60))).isNull()


def test_that_an_outline_is_open_where_it_goes_on_beyond_the_clip(qapp):
    image = painted(lambda pen: pen.outline(QRectF(-500, 40, 1000, 30), "ink"))
    assert image.pixel(100, 40) != WHITE and image.pixel(100, 55) == WHITE
    assert all(image.pixel(x, 55) == WHITE for x in range(42, 158))


def test_that_a_fade_is_strongest_in_its_core_and_ends_at_nothing(qapp):
    image = painted(lambda pen: pen.fade((50, 80, 120, 150), 40, 20, "ink"))
    greys = [QColor(image.pixel(x, 50)).lightness() for x in (51, 65, 79, 100, 121, 135, 149)]
    assert greys[0] > greys[1] > greys[2] >= greys[3] and greys[6] > greys[5] > greys[4] >= greys[3]
    assert greys[3] == QColor(COLOURS.ink).lightness() and greys[0] > 240


@given(st.lists(st.floats(0, 100), min_size=4, max_size=4).map(sorted), st.floats(-10, 110))
def test_that_strength_is_between_0_and_1_and_whole_in_the_core(fade, x):
    found = ink.strength(tuple(fade), x)
    assert 0.0 <= found <= 1.0
    if fade[1] <= x <= fade[2]:
        assert found == 1.0
    if x < fade[0] or x > fade[3]:
        assert found == 0.0


def test_that_a_text_that_the_clip_would_cut_is_left_out_and_its_width_still_told(qapp):
    boxes: list[TextBox] = []
    wide = []
    image = painted(lambda pen: wide.append(pen.text(QPointF(120, 60), "too long to fit", ("ink", 13, "bold"))),
                    boxes=boxes)
    assert boxes == [] and marked(image).isNull()
    assert wide == [fonts.width("too long to fit", 13, "bold")]


def test_that_a_text_is_told_with_its_words_box_clip_and_colour(qapp):
    boxes: list[TextBox] = []
    painted(lambda pen: pen.within(CLIP, "lane").text(QPointF(50, 60), "words", ("muted", 12, "regular")), boxes=boxes)
    box = boxes[0]
    assert (box.text, box.size, box.colour, box.place, box.clip) == ("words", 12, COLOURS.muted, "lane", CLIP)
    assert CLIP.contains(box.box) and box.box.width() == fonts.width("words", 12)


@pytest.mark.parametrize("weight", ["regular", "semibold", "bold"])
@pytest.mark.parametrize("words", ["Hxgjpq#@(", "한국어 뷁쀍뻙", "é 2020", "…·“”"])
@pytest.mark.parametrize("size", [11, 12, 13, 26])
def test_that_the_box_of_a_text_holds_its_ink(qapp, size, words, weight):
    tight = QFontMetricsF(fonts.font(size, weight)).tightBoundingRect(words)
    assert -tight.top() <= size * 0.80 + 1.5 and tight.bottom() <= size * 0.24 + 1.5


def test_that_a_raster_and_a_vector_text_stand_in_the_same_place(qapp):
    image = painted(lambda pen: pen.text(QPointF(50, 70), "Hhh", ("ink", 13, "regular")))
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    svg = QSvgGenerator()
    svg.setOutputDevice(buffer)
    painter = QPainter(svg)
    pen = Ink(painter, COLOURS, CLIP)
    assert pen.is_vector
    pen.text(QPointF(50, 70), "Hhh", ("ink", 13, "regular"))
    painter.end()
    assert b'x="50" y="70"' in bytes(buffer.data()).replace(b'x="50.0000" y="70.0000"', b'x="50" y="70"')
    found = marked(image)
    assert abs(found.left() - 51) <= 1.5 and abs(found.bottom() - 70) <= 1


def test_that_what_is_measured_is_what_is_drawn(qapp):
    hostile = "a\u202eb  \n c" + "\u0301" * 1_000 + "x" * 5_000
    assert len(ink.shown(hostile)) <= ink.LONGEST + 1
    assert ink.width(hostile, 12) == fonts.width(ink.shown(hostile), 12)


def test_that_kept_texts_are_bounded_in_bytes(qapp):
    kept = ink._Pixmaps()
    for number in range(3_000):
        kept.get((f"a text number {number}", 60, "bold", BLACK, 1.0))
    assert kept._bytes <= ink.CACHE_BYTES
    assert kept._bytes == sum(one.width() * one.height() * 4 for one in kept._kept.values())


def test_that_half_a_mark_is_half_filled_and_a_ring_is_empty(qapp):
    def centre(shape: str, dx: int) -> bool:
        image = painted(lambda pen: pen.disc(QPointF(100, 60), 8.0, "ink", shape))
        return QColor(image.pixel(100 + dx, 60)).name() == QColor(COLOURS.ink).name()

    assert [centre(shape, dx) for shape in ("dot", "half", "ring") for dx in (-4, 4)] == [
        True, True, True, False, False, False]

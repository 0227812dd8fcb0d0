"""What a lane has by the hundred, clusters and bars, painted in few calls. Everything else of a lane is in `paint`.

On a raster bars are made as an image, as a rectangle each would cost more than a frame may take; a test holds that it
is the picture that rectangles make.
"""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPixmap

from timeline_app.qt import theme
from timeline_app.qt.ink import TEXTURES, Ink
from timeline_app.viewmodel.picture import SPACE, Bars, Stack
from timeline_app.viewmodel.window import TimeScale

DIM = 0.25
MOST_RECTANGLES = 60  # that cost less than an image
PALE, FULL = 0.05, 0.22  # how much ink lies on the emptiest and on the fullest of the clusters of a lane
SHADES = 6
STRIP = 64  # lines of pixels that are painted at a time
_OPAQUE = 0xFF


def grid(ink: Ink, columns: Sequence[tuple[Sequence[int], float]]) -> None:
    """Upright hairlines over the clip, at whole px, in groups of one opacity. On a raster every line of pixels is the
    same, ground and all, so that one strip of them is made and repeated."""
    if ink.is_vector:
        for xs, alpha in columns:
            ink.uprights((x + 0.5 for x in xs), "hairline", alpha)
        return
    ratio, ground = ink.painter.device().devicePixelRatioF(), ink.colours.ground
    strip = np.full((STRIP, int(np.ceil(ink.clip.width() * ratio))), _rgb(ground), dtype=np.uint32)
    for xs, alpha in columns:
        shade = _rgb(theme.mixed(ink.colours.role("hairline"), ground, alpha))
        for x in xs:
            left = round((x - ink.clip.left()) * ratio)
            strip[:, max(left, 0):max(left + max(1, round(ratio)), 0)] = shade
    high, wide = strip.shape
    made = QPixmap.fromImage(QImage(strip.data, wide, high, 4 * wide, QImage.Format.Format_RGB32))
    made.setDevicePixelRatio(ratio)
    ink.painter.drawTiledPixmap(ink.clip, made)


def _rgb(colour: str) -> int:
    return 0xFF000000 | int(colour.removeprefix("#"), 16)


def bars(ink: Ink, many: Bars, scale: TimeScale, top: float) -> None:
    """Counted bins, their lane beginning at `top`."""
    left, right = (ink.clip.left() + scale.xs(edge) for edge in (many.start, many.end))
    wide = right - left
    spacing = np.where(wide > 8, 1.0, np.where(wide > 3, 0.5, 0.0))
    left, right = np.maximum(left, ink.clip.left()), np.minimum(right - spacing, ink.clip.right())
    high, low = np.maximum(many.top + top, ink.clip.top()), np.minimum(many.bottom + top, ink.clip.bottom())
    shown_ones = (right > left) & (low > high)
    edges = tuple(one[shown_ones] for one in (left, high, right, low))
    alpha = DIM if many.dim else 1.0
    if many.items is not None:
        rectangles(ink, edges, many.role, alpha)
    else:
        row(ink, edges, many.role, alpha)


def row(ink: Ink, edges: Sequence[np.ndarray], role: str, alpha: float) -> None:
    """Boxes that stand in order and side by side, in the way that costs least."""
    paint = rectangles if ink.is_vector or len(edges[0]) <= MOST_RECTANGLES else image
    paint(ink, edges, role, alpha)


def rectangles(ink: Ink, edges: Sequence[np.ndarray], role: str, alpha: float) -> None:
    """Boxes from float64[n] lefts, tops, rights and bottoms in px."""
    boxes = [QRectF(a, b, c - a, d - b) for a, b, c, d in zip(*(one.tolist() for one in edges), strict=True)]
    if boxes:
        ink.rects(boxes, role, alpha)
        ink.textures(boxes, role)


def image(ink: Ink, edges: Sequence[np.ndarray], role: str, alpha: float) -> None:
    """The same as an image: a pixel is filled whose middle lies in a box. Boxes stand in order and lie side by side."""
    left, high, right, low = edges
    ratio = ink.painter.device().devicePixelRatioF()
    x, y = int(np.floor(left[0])), int(np.floor(high.min()))
    columns = x + (np.arange(int(np.ceil((right[-1] - x) * ratio))) + 0.5) / ratio
    rows = y + (np.arange(int(np.ceil((float(low.max()) - y) * ratio))) + 0.5) / ratio
    place = np.minimum(np.searchsorted(right, columns, side="right"), len(right) - 1)
    is_filled = (left[place] <= columns) & (columns < right[place])
    tops, bottoms = np.where(is_filled, high[place], np.inf), low[place]
    pixels = ((rows[:, None] >= tops) & (rows[:, None] < bottoms)) * np.uint32(_premultiplied(ink, role, alpha))
    made = QImage(pixels.data, len(columns), len(rows), 4 * len(columns), QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(ratio)
    if role in TEXTURES:
        painter = QPainter(made)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
        painter.setBrushOrigin(QPointF(-x, -y))
        painter.fillRect(QRectF(0, 0, len(columns) / ratio, len(rows) / ratio), ink.texture(role))
        painter.end()
    ink.painter.drawImage(QPointF(x, y), made)


def _premultiplied(ink: Ink, role: str, alpha: float) -> int:
    red, green, blue, _ = theme.colour(ink.colours.role(role)).getRgb()
    parts = (round(part * alpha) for part in (_OPAQUE, red, green, blue))
    found = 0
    for part in parts:
        found = found << 8 | part
    return found


def stacks(ink: Ink, many: Sequence[Stack], scale: TimeScale, top: float) -> None:
    """Clusters: a box with a number, and a second edge under it, as of a pile."""
    for dim in (False, True):
        some = [one for one in many if one.dim == dim]
        if some:
            _stacks(ink, some, scale, top)


def _stacks(ink: Ink, many: Sequence[Stack], scale: TimeScale, top: float) -> None:
    alpha, around = DIM if many[0].dim else 1.0, ink.clip.adjusted(-2, 0, 2, 0)
    cut: list[tuple[Stack, QRectF]] = []
    for stack in many:
        left, right = (ink.clip.left() + x for x in stack.reach(scale))
        seen = QRectF(left + 1, top + stack.top, right - left - 2, stack.height).intersected(around)
        if not seen.isEmpty():
            cut.append((stack, seen))
    ink.rects([box for _, box in cut], "ground")
    ink.rects([box for _, box in cut], "faint", alpha)
    inner = [box.adjusted(1, 1, -1, -1) for _, box in cut]
    ink.rects(inner, "ground")
    shades: dict[int, list[QRectF]] = {}
    for (stack, _), box in zip(cut, inner, strict=True):
        shades.setdefault(round(stack.share * SHADES), []).append(box)
    for shade, boxes in shades.items():
        ink.rects(boxes, "ink", (PALE + (FULL - PALE) * shade / SHADES) * alpha)
    ink.rects([QRectF(box.left() + 1, box.bottom() + 1, box.width() - 2, 1) for _, box in cut], "faint", alpha)
    for stack, box in cut:
        _words(ink, stack, box, alpha)


def _words(ink: Ink, stack: Stack, box: QRectF, alpha: float) -> None:
    """The number and the words in the middle of what is seen of a box."""
    x, baseline = box.center().x() - stack.wide / 2, box.center().y() + stack.runs[0].size * 0.36
    for run in stack.runs:
        x += ink.text(QPointF(x, baseline), run.text, (run.role, run.size, run.weight), alpha) + SPACE

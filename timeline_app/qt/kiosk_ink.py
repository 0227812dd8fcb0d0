"""Paints a page of the kiosk: shapes, bars, words, and how targets look. Where anything stands is the page's own
affair.
"""
from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from timeline_app.qt import theme
from timeline_app.qt.ink import Ink
from timeline_app.viewmodel.kiosk.page import Bars, Page, Shape, Target

FILLS = {"button": "chip", "primary": "ink", "on": "ink"}
RADIUS = 0.16  # of a button's height


def paint_page(ink: Ink, page: Page) -> None:
    """All of a page but what lies over it."""
    for bars in page.bars:
        _bars(ink, bars)
    for shape in page.shapes:
        _shape(ink, shape)
    for target in page.targets:
        _ground(ink, target)
    for line in page.lines:
        ink.text(QPointF(line.x, line.y), line.text, line.style)
    for target in page.targets:
        for line in target.lines:
            ink.text(QPointF(line.x, line.y), line.text, line.style)


def _ground(ink: Ink, target: Target) -> None:
    role = FILLS.get(target.look)
    if role is not None:
        _rounded(ink, QRectF(*target.box), (role, 1.0), target.box[3] * RADIUS)


def _shape(ink: Ink, shape: Shape) -> None:
    box = QRectF(*shape.box)
    if shape.kind in ("disc", "half", "ring"):
        kind = {"disc": "dot"}.get(shape.kind, shape.kind)
        ink.disc(box.center(), box.width() / 2, shape.role, kind, shape.alpha)
    elif shape.kind == "outline":
        ink.outline(box, shape.role, (2.0, shape.alpha, False), shape.radius)
    elif shape.kind == "hatch":
        x = box.left()
        ink.hatch((x, x, box.right(), box.right()), box.top(), box.height(), (shape.role, 14.0, shape.alpha * 0.3))
    else:
        _rounded(ink, box, (shape.role, shape.alpha), shape.radius)


def _rounded(ink: Ink, box: QRectF, fill: tuple[str, float], radius: float) -> None:
    if not radius:
        ink.rect(box, *fill)
        return
    painter = ink.painter
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ink.colours.role(fill[0]), fill[1]))
    painter.drawRoundedRect(box, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _bars(ink: Ink, bars: Bars) -> None:
    """Stacked from the foot of the box, each part in its colour with its texture."""
    x, y, wide, high = bars.box
    foot = y + high
    grown = [0.0] * len(bars.lefts)
    for part, role in enumerate(bars.roles):
        boxes = []
        for number, left in enumerate(bars.lefts):
            tall = bars.heights[number][part] * high
            if tall > 0:
                right = min(left + max(1.0, bars.width - 0.6), x + wide)
                boxes.append(QRectF(left, foot - grown[number] - tall, max(0.5, right - left), tall))
                grown[number] += tall
        ink.rects(boxes, role)
        ink.textures(boxes, role)


def paint_ring(painter: QPainter, box: QRectF, colour: str, thick: float) -> None:
    """The ring around what has the keyboard."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(colour), thick))
    inner = box.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
    painter.drawRoundedRect(inner, box.height() * RADIUS, box.height() * RADIUS)

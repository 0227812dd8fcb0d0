"""Drawing in theme colours inside one clip, the same on screen, in PNG, SVG and PDF. What is drawn is not known here.

SVG from Qt has no clip, so every shape is cut to the clip by hand, and a text that would be cut is not drawn. `boxes`
collects every text with its box and clip, so that tests can read what a picture says and where.
"""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPaintEngine, QPainter, QPen, QPixmap, QPolygonF

from timeline_app.qt import fonts, theme
from timeline_app.qt.safe_text import one_line
from timeline_app.qt.theme import Colours

CACHE_BYTES = 24_000_000
LONGEST = 300
Fade = tuple[float, float, float, float]
_RASTER = (QPaintEngine.Type.Raster,)
_BRUSH = Qt.BrushStyle
# What tells the parts of a stack apart besides their colour; a part that stands first has none.
TEXTURES = {"original": _BRUSH.HorPattern, "free1": _BRUSH.BDiagPattern, "free2": _BRUSH.HorPattern,
            "free3": _BRUSH.VerPattern, "free4": _BRUSH.CrossPattern, "free5": _BRUSH.FDiagPattern,
            "rest": _BRUSH.DiagCrossPattern}


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text that was drawn: its words, its box, the clip it stands in, its size and colours."""

    text: str
    box: QRectF
    clip: QRectF
    size: int
    colour: str
    place: str = ""


class _Pixmaps:
    """Rendered texts by (text, size, weight, colour, device pixel ratio), oldest dropped past a byte limit."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple, QPixmap] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple[str, int, str, str, float]) -> QPixmap:
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        made = _rendered(key)
        self._kept[key] = made
        self._bytes += made.width() * made.height() * 4
        while self._bytes > CACHE_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= dropped.width() * dropped.height() * 4
        return made


_pixmaps = _Pixmaps()


def _rendered(key: tuple[str, int, str, str, float]) -> QPixmap:
    text, size, weight, colour, ratio = key
    high = fonts.line_height(size, weight)
    made = QPixmap(max(1, int((fonts.width(text, size, weight) + 4) * ratio)), max(1, int((high + 2) * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setFont(fonts.font(size, weight))
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(1.0, fonts.ascent(size, weight)), text)
    painter.end()
    return made


@dataclass(slots=True)
class Ink:
    """A painter with colours and a clip. Places are logical px of the painter."""

    painter: QPainter
    colours: Colours
    clip: QRectF
    boxes: list[TextBox] | None = None
    place: str = ""
    is_vector: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_vector = self.painter.paintEngine().type() not in _RASTER

    def within(self, clip: QRectF, place: str = "") -> Ink:
        """The same ink in a smaller clip."""
        return Ink(self.painter, self.colours, clip.intersected(self.clip), self.boxes, place or self.place)

    def rect(self, box: QRectF, role: str, alpha: float = 1.0) -> None:
        """A filled box in a role's colour."""
        cut = box.intersected(self.clip)
        if not cut.isEmpty():
            self.painter.fillRect(cut, theme.colour(self.colours.role(role), alpha))

    def rects(self, boxes: Iterable[QRectF], role: str, alpha: float = 1.0) -> None:
        """Many filled boxes in one colour, already inside the clip."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(theme.colour(self.colours.role(role), alpha))
        self.painter.drawRects(list(boxes))

    def textures(self, boxes: Iterable[QRectF], role: str, alpha: float = 1.0) -> None:
        """The texture of a role, where it has one, over boxes that are filled. It goes on from box to box, so that it
        is seen on bars of a pixel too."""
        if role in TEXTURES:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(self.texture(role, alpha))
            self.painter.drawRects(list(boxes))

    def texture(self, role: str, alpha: float = 1.0) -> QBrush:
        """Lines in the colour of the ground that tell a part of a stack from the others without its colour."""
        return QBrush(theme.colour(self.colours.ground, 0.75 * alpha), TEXTURES[role])

    def line(self, a: QPointF, b: QPointF, role: str, style: tuple[float, float, bool] = (1.0, 1.0, False)) -> None:
        """An upright or level line of (thickness, alpha, dotted), cut to the clip."""
        thick, alpha, dotted = style
        if a.x() == b.x() and not self.clip.left() - 1 <= a.x() <= self.clip.right() + 1:
            return
        start = QPointF(max(a.x(), self.clip.left()), max(a.y(), self.clip.top()))
        end = QPointF(min(b.x(), self.clip.right()), min(b.y(), self.clip.bottom()))
        if end.x() < start.x() or end.y() < start.y():
            return
        pen = QPen(theme.colour(self.colours.role(role), alpha), thick)
        if dotted:
            pen.setDashPattern([2.0, 2.5])
        self.painter.setPen(pen)
        self.painter.drawLine(start, end)

    def uprights(self, xs: Iterable[float], role: str, alpha: float = 1.0) -> None:
        """Upright hairlines over the whole clip, as boxes: a pen costs many times as much at two pixels to a px."""
        top, high = self.clip.top(), self.clip.height()
        boxes = [QRectF(x - 0.5, top, 1.0, high) for x in xs if self.clip.left() <= x <= self.clip.right()]
        self.rects(boxes, role, alpha)

    def fade(self, fade: Fade, top: float, height: float, role: str, alpha: float = 1.0) -> None:
        """A box that fades in over the first two x of `fade` and out over the last two, cut to the clip."""
        box = QRectF(fade[0], top, fade[3] - fade[0], height).intersected(self.clip)
        if box.isEmpty():
            return
        stops = [(x, strength(fade, x) * alpha) for x in inner(fade, box.left(), box.right())]
        if all(abs(one - stops[0][1]) < 1e-6 for _, one in stops):
            self.painter.fillRect(box, theme.colour(self.colours.role(role), stops[0][1]))
            return
        gradient = QLinearGradient(box.left(), 0.0, box.right(), 0.0)
        for x, one in stops:
            gradient.setColorAt(min(max((x - box.left()) / box.width(), 0.0), 1.0), self._shade(role, one))
        self.painter.fillRect(box, QBrush(gradient))

    def _shade(self, role: str, alpha: float) -> QColor:
        """A colour of a gradient. Qt's PDF has none that are see-through: there it is laid over the ground."""
        tint = self.colours.role(role)
        if self.painter.paintEngine().type() == QPaintEngine.Type.Pdf:
            return QColor(theme.mixed(tint, self.colours.ground, alpha))
        return theme.colour(tint, alpha)

    def hatch(self, fade: Fade, top: float, height: float, style: tuple[str, float, float]) -> None:
        """Slanted lines of (role, spacing, alpha) over a fading box, cut to the clip; they move with the box."""
        role, step, alpha = style
        box = QRectF(fade[0], top, fade[3] - fade[0], height).intersected(self.clip)
        if box.isEmpty():
            return
        first = fade[0] - height + step * max(0, int((box.left() - fade[0]) // step))
        by_alpha: dict[int, list[QLineF]] = {}
        x = first
        while x < box.right():
            found = _slanted(x, box, top + height)
            if found is not None:
                level = round(strength(fade, (found.x1() + found.x2()) / 2) * 8)
                by_alpha.setdefault(level, []).append(found)
            x += step
        for level, lines in by_alpha.items():
            self.painter.setPen(QPen(theme.colour(self.colours.role(role), alpha * level / 8), 1.6))
            self.painter.drawLines(lines)

    def outline(self, box: QRectF, role: str, style: tuple[float, float, bool] = (1.0, 1.0, False),
                radius: float = 0.0) -> None:
        """An unfilled box of (thickness, alpha, dashed); sides outside the clip are left out."""
        thick, alpha, dashed = style
        cut = box.intersected(self.clip.adjusted(-2, 0, 2, 0))
        if cut.isEmpty():
            return
        pen = QPen(theme.colour(self.colours.role(role), alpha), thick)
        if dashed:
            pen.setDashPattern([4.0, 3.0])
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self._smooth(lambda: self.painter.drawRoundedRect(cut, radius, radius))

    def text(self, at: QPointF, words: str, style: tuple[str, int, str], alpha: float = 1.0) -> float:
        """One line of (role, size, weight) with its baseline's left end at a point; its width. A text that the clip
        would cut is left out."""
        role, size, weight = style
        drawn = shown(words)
        wide = fonts.width(drawn, size, weight)
        box = QRectF(at.x(), at.y() - size * 0.80, wide, size * 1.04)
        if not self.clip.adjusted(-0.6, -0.6, 0.6, 0.6).contains(box):
            return wide
        colour = self.colours.role(role)
        if self.boxes is not None:
            self.boxes.append(TextBox(drawn, box, QRectF(self.clip), size, colour, self.place))
        self.painter.setOpacity(alpha)
        if self.is_vector:
            self.painter.setFont(fonts.font(size, weight))
            self.painter.setPen(QColor(colour))
            self.painter.drawText(at, drawn)
        else:
            pixmap = _pixmaps.get((drawn, size, weight, colour, self.painter.device().devicePixelRatioF()))
            self.painter.drawPixmap(QPointF(round(at.x()) - 1.0, round(at.y()) - fonts.ascent(size, weight)), pixmap)
        self.painter.setOpacity(1.0)
        return wide

    def disc(self, centre: QPointF, radius: float, role: str, shape: str = "dot", alpha: float = 1.0) -> None:
        """A dot, a half-filled one or a ring."""
        if not self.clip.adjusted(-radius, 0, radius, 0).contains(centre):
            return
        look = radius, self.colours.role(role), self.colours.ground, shape
        if self.is_vector or not self.clip.adjusted(radius + 2, 0, -radius - 2, 0).contains(centre):
            _draw_disc(self.painter, centre, look, alpha)
            return
        made = _disc(look, alpha, self.painter.device().devicePixelRatioF())
        corner = QPointF(round(centre.x() - radius) - 2, round(centre.y() - radius) - 2)
        self.painter.drawPixmap(corner, made)

    def polygon(self, points: list[QPointF], role: str, alpha: float = 1.0) -> None:
        """A filled polygon, already inside the clip."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(theme.colour(self.colours.role(role), alpha))
        self._smooth(lambda: self.painter.drawPolygon(QPolygonF(points)))

    def _smooth(self, draw) -> None:
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        draw()
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


Disc = tuple[float, str, str, str]


def _draw_disc(painter: QPainter, centre: QPointF, look: Disc, alpha: float) -> None:
    """A disc of (radius, colour, ground, shape)."""
    radius, value, ground, shape = look
    tint = theme.colour(value, alpha)
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(tint, 1.4))
    painter.setBrush(tint if shape == "dot" else QColor(ground))
    painter.drawEllipse(box)
    if shape == "half":
        painter.setBrush(tint)
        painter.drawPie(box, 90 * 16, 180 * 16)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


@lru_cache(maxsize=256)
def _disc(look: Disc, alpha: float, ratio: float) -> QPixmap:
    """A disc as it is drawn again and again, in the middle of a picture two px larger on each side."""
    size = 2 * look[0] + 4
    made = QPixmap(ceil(size * ratio), ceil(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _draw_disc(painter, QPointF(size / 2, size / 2), look, alpha)
    painter.end()
    return made


@lru_cache(maxsize=20_000)
def shown(words: str) -> str:
    """A text as it is drawn, worked out once."""
    return one_line(words, LONGEST)


def width(words: str, size_px: int, weight: str = "regular") -> float:
    """The advance of a text as it is drawn: what a layout has to measure with."""
    return fonts.width(shown(words), size_px, weight)


def strength(fade: Fade, x: float) -> float:
    """How strong a fading box is at an x, 0 to 1."""
    if x < fade[1]:
        return 0.0 if x <= fade[0] else (x - fade[0]) / (fade[1] - fade[0])
    if x > fade[2]:
        return 0.0 if x >= fade[3] else (fade[3] - x) / (fade[3] - fade[2])
    return 1.0


def inner(fade: Fade, left: float, right: float) -> list[float]:
    """The ends of a stretch and the corners of a fade between them."""
    return [left, *(x for x in fade if left < x < right), right]


def _slanted(x: float, box: QRectF, bottom: float) -> QLineF | None:
    """The part inside a box of the line that rises at 45 degrees from (x, bottom)."""
    left, right = max(x, box.left()), min(x + bottom - box.top(), box.right())
    low, high = bottom - (left - x), bottom - (right - x)
    if low > box.bottom():
        left, low = left + low - box.bottom(), box.bottom()
    if left >= right:
        return None
    return QLineF(left, low, right, high)

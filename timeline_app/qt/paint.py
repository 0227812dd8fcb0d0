"""The one painter of lanes and headings: from `Frame` values to ink, for screen, PNG, SVG and PDF alike."""
from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QPointF, QRectF

from timeline_app.qt import fonts, paint_many
from timeline_app.qt.ink import Fade, Ink, shown
from timeline_app.qt.paint_many import DIM
from timeline_app.viewmodel.frame import Frame, PlacedLane
from timeline_app.viewmodel.picture import (
    GLYPH,
    SPACE,
    Band,
    Item,
    Label,
    LanePicture,
    Legend,
    Run,
)
from timeline_app.viewmodel.ticks import Ticks
from timeline_app.viewmodel.window import TimeScale

THUMB = 3.0
FLAG = (9.0, 9.0)  # px that a flag is wide, and high above and below its middle
TIGHT = 50.0  # px of a lane below which its heading stands closer
LIGHT = 0.13  # the most at which a muted note on such a band keeps 4.5 : 1 on paper
HEADING_PAD = 16.0
SIGN = 24.0  # px of the place where a lane is folded by a press
PIN, GAP = 18.0, 8.0


def paint_lanes(ink: Ink, frame: Frame, scale: TimeScale, look: tuple[Ticks, float, str]) -> None:
    """The lanes with their grid, for (ticks, px scrolled down, selected event). x starts at the clip's left edge."""
    ticks, scroll, selected = look
    _grid(ink, ticks, scale)
    for lane in frame.lanes:
        top = ink.clip.top() + lane.top - scroll
        area = QRectF(ink.clip.left(), top, ink.clip.width(), lane.height)
        if area.bottom() < ink.clip.top() or area.top() > ink.clip.bottom():
            continue
        _border(ink, lane, top, area.right())
        inside = ink.within(QRectF(area.left(), top + lane.head, area.width(), lane.height - lane.head), lane.spec.id)
        _lane(inside, lane, scale, (top + lane.head, selected))
    _end(ink, frame, scroll)


def _end(ink: Ink, frame: Frame, scroll: float) -> None:
    """The line under the last lane, and where lanes are hidden a thumb that says how far they are scrolled."""
    bottom, shown = ink.clip.top() + frame.height - scroll, ink.clip.height()
    ink.line(QPointF(ink.clip.left(), bottom), QPointF(ink.clip.right(), bottom), "hairline")
    if frame.height > shown + 1:
        thumb = QRectF(ink.clip.right() - THUMB, ink.clip.top() + scroll / frame.height * shown + 2,
                       THUMB, shown * shown / frame.height - 4)
        ink.rect(thumb, "faint")


def _grid(ink: Ink, ticks: Ticks, scale: TimeScale) -> None:
    rows = ((ticks.minor, 0.45), (ticks.major, 1.0))
    left = ink.clip.left()
    paint_many.grid(ink, [([round(left + scale.x(tick.at_ms)) for tick in row], alpha) for row, alpha in rows])


def _border(ink: Ink, lane: PlacedLane, top: float, right: float) -> None:
    if lane.top > 0:
        heavy = bool(lane.half_title)
        ink.rect(QRectF(ink.clip.left(), round(top), right - ink.clip.left(), 2.0 if heavy else 1.0),
                 "half_rule" if heavy else "hairline")


def _lane(ink: Ink, lane: PlacedLane, scale: TimeScale, look: tuple[float, str]) -> None:
    top, selected = look
    picture = lane.picture
    for gap in picture.gaps:
        _gap(ink, gap, scale, top)
    for bars in picture.bars:
        paint_many.bars(ink, bars, scale, top)
    for rule in picture.rules:
        x = ink.clip.left() + scale.x(rule.at_ms)
        ink.line(QPointF(x, top + rule.top), QPointF(x, top + rule.bottom), rule.role, (1.2, 1.0, True))
    for band in picture.bands:
        _band(ink, band, _fade(ink, band.edges, scale), top)
    _rivals(ink, picture, scale, top)
    paint_many.stacks(ink, picture.stacks, scale, top)
    for point in picture.points:
        at = QPointF(ink.clip.left() + scale.x(point.at_ms), top + point.y)
        if point.shape == "flag":
            _flag(ink, at, point.role, DIM if point.dim else 1.0)
        else:
            ink.disc(at, 5.0, point.role, point.shape, DIM if point.dim else 1.0)
    for item in picture.chosen(selected):
        _selection(ink, item, scale, top)
    for label in picture.labels:
        _label(ink, label, scale, top)


def _fade(ink: Ink, edges: tuple[int, int, int, int], scale: TimeScale) -> Fade:
    left = ink.clip.left()
    a, b, c, d = (left + scale.x(edge) for edge in edges)
    short = 3.0 - (d - a)
    return (a, b, c, d) if short <= 0 else (a - short / 2, a - short / 2, d + short / 2, d + short / 2)


def _band(ink: Ink, band: Band, fade: Fade, top: float) -> None:
    y, alpha = top + band.top, DIM if band.dim else 1.0
    box = QRectF(fade[0], y, fade[3] - fade[0], band.height)
    if band.style in ("hatched", "outline"):
        _state(ink, fade, (y, band.height), (band.style, band.role, alpha))
    elif band.style == "bracket":
        _bracket(ink, box, band.role, alpha)
    elif band.style == "light":
        ink.rect(box, band.role, LIGHT * alpha)
        ink.outline(box.adjusted(0.5, 0.5, -0.5, -0.5), "faint", (1.0, 0.9 * alpha, band.dashed))
    else:
        strong = alpha if band.style == "line" or band.role != "ink" else 0.62 * alpha
        ink.fade(fade, y, band.height, band.role, strong)
        if band.dashed:
            ink.outline(box, "faint", (1.0, alpha, True))


def _state(ink: Ink, fade: Fade, place: tuple[float, float], look: tuple[str, str, float]) -> None:
    """A hatched or an outlined stretch at (top, height), in (style, role, alpha)."""
    (y, height), (style, role, alpha) = place, look
    ink.fade(fade, y, height, role, 0.22 * alpha)
    if style == "hatched":
        ink.hatch(fade, y, height, (role, max(5.0, height / 2), alpha))
        return
    for edge in (y, y + height - 1.5):
        ink.fade(fade, edge, 1.5, role, alpha)


def _flag(ink: Ink, at: QPointF, role: str, alpha: float) -> None:
    """A pole at an instant with a pennant on its later side."""
    top, x = at.y() - FLAG[1], round(at.x()) + 0.5
    ink.line(QPointF(x, top), QPointF(x, at.y() + FLAG[1]), role, (1.6, alpha, False))
    pennant = QRectF(x, top, FLAG[0], FLAG[1])
    if ink.clip.adjusted(-1, 0, 0, 0).contains(pennant):
        tip = QPointF(pennant.right(), pennant.center().y())
        ink.polygon([pennant.topLeft(), tip, pennant.bottomLeft()], role, alpha)


def _bracket(ink: Ink, box: QRectF, role: str, alpha: float) -> None:
    """A level line over a stretch, turned down at its ends."""
    style = (1.6, alpha, False)
    ink.line(box.topLeft(), box.topRight(), role, style)
    for x in (box.left(), box.right()):
        ink.line(QPointF(x, box.top()), QPointF(x, box.bottom()), role, style)


def _rivals(ink: Ink, picture: LanePicture, scale: TimeScale, top: float) -> None:
    """Thin marks: a stroke for a moment, a level line with caps for a stretch."""
    for rival in picture.rivals:
        left, right = (ink.clip.left() + scale.x(ms) for ms in (rival.start_ms, rival.end_ms))
        y, half = top + rival.y, rival.height / 2
        if right - left < 3:
            ink.line(QPointF((left + right) / 2, y - half), QPointF((left + right) / 2, y + half), "ink")
            continue
        ink.line(QPointF(left, y), QPointF(right, y), "ink")
        for x in (left, right):
            ink.line(QPointF(x, y - half / 2), QPointF(x, y + half / 2), "ink")


def _gap(ink: Ink, gap, scale: TimeScale, top: float) -> None:
    left, right = (ink.clip.left() + scale.x(ms) for ms in (gap.start_ms, gap.end_ms))
    fade = (left, left, right, right)
    ink.hatch(fade, top + gap.top, gap.bottom - gap.top, ("faint", 11.0, 0.28))


def _selection(ink: Ink, item: Item, scale: TimeScale, top: float) -> None:
    start, end, y, height = item.mark
    left, right = (ink.clip.left() + scale.x(ms) for ms in (start, end))
    more = max(4.0, (14.0 - (right - left)) / 2)
    box = QRectF(left - more, top + y, right - left + 2 * more, height)
    ink.outline(box, "interaction", (2.0, 1.0, False), 4.0)


def _label(ink: Ink, label: Label, scale: TimeScale, top: float) -> None:
    x = ink.clip.left() + label.dx + (scale.x(label.anchor_ms) if label.anchor_ms is not None else 0.0)
    if x < ink.clip.left() - 0.6 or x + label.width > ink.clip.right() + 0.6:
        return
    if label.has_ground:
        size = label.runs[0].size
        ink.rect(QRectF(x - 5, top + label.baseline - size, label.width + 10, size * 1.5), "ground")
    runs(ink, QPointF(x, top + label.baseline), label.runs, DIM if label.dim else 1.0)


def runs(ink: Ink, at: QPointF, parts: tuple[Run, ...], alpha: float = 1.0) -> None:
    """A line of runs from a point on their baseline."""
    x = at.x()
    for run in parts:
        if run.glyph:
            ink.disc(QPointF(x + GLYPH / 2, at.y() - run.size * 0.36), run.size * 0.36, run.role, run.glyph, alpha)
            x += GLYPH + SPACE
        else:
            x += ink.text(QPointF(x, at.y()), run.text, (run.role, run.size, run.weight), alpha) + SPACE


def paint_headings(ink: Ink, frame: Frame, look: tuple[float, int, str]) -> None:
    """The column of headings, for (px scrolled down, text percent, lane with the focus)."""
    scroll, percent, focused = look
    for lane in frame.lanes:
        top = ink.clip.top() + lane.top - scroll
        if top + lane.height < ink.clip.top() or top > ink.clip.bottom():
            continue
        _border(ink, lane, top, ink.clip.right())
        area = QRectF(ink.clip.left(), top, ink.clip.width(), lane.height)
        inside = ink.within(area, f"heading {lane.spec.id}")
        _heading(inside, lane, (top, percent))
        _fold_sign(inside, lane, fold_sign(lane, percent).translated(ink.clip.left(), top))
        if lane.is_pinned:
            _pin(inside, QPointF(area.right() - 16, top + lane.head + 17))
        if focused == lane.spec.id:
            ink.rect(QRectF(ink.clip.left(), top + lane.head + 2, 3.0, lane.height - lane.head - 4), "interaction")
    bottom = ink.clip.top() + frame.height - scroll
    ink.line(QPointF(ink.clip.left(), bottom), QPointF(ink.clip.right(), bottom), "hairline")


def _heading(ink: Ink, lane: PlacedLane, look: tuple[float, int]) -> None:
    top, percent = look
    x, wide = ink.clip.left() + HEADING_PAD, ink.clip.width() - HEADING_PAD - 8
    title_px, line_px = round(13 * percent / 100), round(12 * percent / 100)
    if lane.half_title:
        title = elided(lane.half_title, wide, (line_px, "semibold"))
        ink.text(QPointF(x, top + lane.head * 0.75), title, ("muted", line_px, "semibold"))
    heading, room, low = lane.picture.heading, lane.height - lane.head, TIGHT * percent / 100
    pad, step = (3, line_px + 2) if room < low else (6, line_px + 4)
    y = top + lane.head + (pad + title_px if room > 2 * title_px + 6 else room / 2 + title_px * 0.36)
    if lane.is_folded and not lane.picture.quiet:
        wide -= _amount(ink, lane, QPointF(x + wide - (PIN if lane.is_pinned else 0), y), line_px)
    titles = title_lines(heading.title, wide, title_px, 2 if room > 3 * title_px + 10 else 1)
    for number, title in enumerate(titles):
        y += (title_px + 3) * bool(number)
        ink.text(QPointF(x, y), title, ("ink", title_px, "semibold"))
    if lane.is_strip:
        return
    bottom = top + lane.height - 3
    for line in fitted(heading.lines, wide, (line_px, int((bottom - y) // step))):
        y += step
        ink.text(QPointF(x, y), line, ("muted", line_px, "regular"))
    y += 2
    for legend in heading.legend:
        y += line_px + 4
        if y + line_px * 0.24 <= top + lane.height:
            _legend(ink, legend, (x, y, wide), line_px)


def _amount(ink: Ink, lane: PlacedLane, end: QPointF, size: int) -> float:
    """How much a folded lane has in view, ending at a place: in full where the title leaves room for it, else as a
    number. The px that are taken from the title."""
    title = fonts.width(shown(lane.picture.heading.title), size + 1, "semibold")
    words = [shown(one) for one in lane.picture.heading.lines]
    room = end.x() - ink.clip.left() - HEADING_PAD - title - GAP
    said = next((one for one in words if fonts.width(one, size) <= room), words[-1] if words else "")
    ink.text(QPointF(end.x() - fonts.width(said, size), end.y()), said, ("muted", size, "regular"))
    return fonts.width(said, size) + GAP + (PIN if lane.is_pinned else 0)


def fold_sign(lane: PlacedLane, percent: int) -> QRectF:
    """Where a lane is folded and unfolded by a press: left of its title, in px from the top left of its heading; empty
    where it is a strip because it has nothing in view."""
    if lane.picture.quiet and not lane.is_folded:
        return QRectF()
    room, title_px = lane.height - lane.head, 13 * percent / 100
    middle = room / 2 if room <= 2 * title_px + 6 else (3 if room < TIGHT * percent / 100 else 6) + title_px * 0.64
    return QRectF(0, lane.head + max(0.0, middle - SIGN / 2), SIGN, min(SIGN, room))


def _fold_sign(ink: Ink, lane: PlacedLane, place: QRectF) -> None:
    """Down where a lane is open, to the right where it is folded."""
    if place.isEmpty():
        return
    x, y = ink.clip.left() + HEADING_PAD / 2 + 1, place.center().y()
    ends = [(-4, -2.5), (4, -2.5), (0, 3)] if not lane.is_folded else [(-2.5, -4), (-2.5, 4), (3, 0)]
    ink.polygon([QPointF(x + across, y + down) for across, down in ends], "faint")


def fitted(texts: tuple[str, ...], wide: float, room: tuple[int, int]) -> list[str]:
    """The texts in (size, most lines): all, wrapped between words, else those that fit on a line of their own."""
    size, most = room
    whole = [line for text in texts for line in wrapped(text, wide, size)]
    if len(whole) <= most:
        return whole
    return [shown(text) for text in texts if fonts.width(shown(text), size) <= wide][:max(0, most)]


def _legend(ink: Ink, legend: Legend, place: tuple[float, float, float], size: int) -> None:
    """A sample and its name at (x, baseline, width), both as large as the letters."""
    x, y, wide = place
    long, high, indent = (round(px * size / 12) for px in (16, 9, 23))
    fade = (x, x, x + long, x + long)
    if legend.style in ("hatched", "outline"):
        _state(ink, fade, (y - high, float(high)), (legend.style, legend.role, 1.0))
    else:
        ink.fade(fade, y - high, float(high), legend.role)
        ink.textures([QRectF(x, y - high, long, high).intersected(ink.clip)], legend.role)
    name = elided(legend.text, wide - indent, (size, "regular"))
    ink.text(QPointF(x + indent, y), name, ("muted", size, "regular"))


def _pin(ink: Ink, at: QPointF) -> None:
    """A drawing pin: its head, its neck, its foot and its needle."""
    for half, top, bottom in ((3.5, -11, -9), (2, -9, -5), (4, -5, -3.5), (0.6, -3.5, 1)):
        ink.rect(QRectF(at.x() - half, at.y() + top, 2 * half, bottom - top), "muted")


def elided(text: str, wide: float, font: tuple[int, str]) -> str:
    """The text as it is drawn, or as much of it as fits with an ellipsis."""
    whole = shown(text)
    if fonts.width(whole, *font) <= wide:
        return whole
    fitting = bisect_right(range(len(whole)), wide, key=lambda n: fonts.width(whole[:n] + "…", *font))
    return whole[: max(0, fitting - 1)].rstrip() + "…"


def title_lines(text: str, wide: float, size: int, most: int) -> list[str]:
    """A title in at most so many lines, between words; shortened where that is not enough."""
    lines = wrapped(text, wide, size, "semibold")
    return lines if len(lines) <= most else [elided(text, wide, (size, "semibold"))]


def wrapped(text: str, wide: float, size: int, weight: str = "regular") -> list[str]:
    """The text in lines that fit, broken between words only; a word wider than a line is elided."""
    lines: list[str] = []
    for word in shown(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and fonts.width(longer, size, weight) <= wide:
            lines[-1] = longer
        else:
            lines.append(elided(word, wide, (size, weight)))
    return lines

"""Counted bins as bars: who counted what per which bin, stacked by a named coding, with the peak in figures.

A lane has its own scale unless the view puts all on the same one. Bins narrower than a pixel are summed, and the lane
then says per what.
"""
from __future__ import annotations

import numpy as np

from timeline_app.engine.series import Series
from timeline_app.viewmodel import rebin
from timeline_app.viewmodel.picture import Bars, Gap, Heading, Item, Label, LanePicture, LaneRequest, Rule, Run, Wanted
from timeline_app.viewmodel.rebin import Binned
from timeline_app.viewmodel.skyline import Skyline

HEAD = 20.0  # px over the highest bar, for its figure; less in a low lane
FIGURE_PX, NAME_PX = 12, 12


def wanted(request: LaneRequest) -> Wanted:
    """Stacked lanes want to be taller: their parts have to be told apart."""
    series = request.dataset.series_by_id.get(request.spec.series_id)
    stacked = series is not None and len(series.categories) > 1
    least, ideal, keen = (50.0, 190.0, 3.0) if stacked else (34.0, 64.0, 1.4)
    return Wanted(least * request.text_percent / 100, ideal * request.text_percent / 100, keen)


def picture(request: LaneRequest) -> LanePicture:
    """The bars in view, with their figures where they fit and the peak where not."""
    series = request.dataset.series_by_id.get(request.spec.series_id)
    if series is None:
        return LanePicture(Heading(request.say(request.spec.title)))
    binned = rebin.in_view(series, request.scale)
    heading = _heading(series, request, binned.width_ms)
    gaps = _gaps(series, request)
    caveats = () if series.zone_is_stated else (request.texts.get("lane.day_not_stated"),)
    bin_text = request.texts.get(f"lane.bin.{binned.width_ms}") if len(binned.start) and series.bin_ms else ""
    if not bin_text or not binned.totals.any():
        return LanePicture(heading, gaps=gaps, quiet=_quiet(gaps, request), bin_text=bin_text, caveats=caveats)
    bars, sky, peak = _bars(binned, series, request)
    rules, labels = _annotations(request, sky, gaps)
    labels += _figures(binned, request, (sky, peak))
    labels += _no_data(gaps, request, sky)
    labels += _names(series, binned, request, sky)
    items = (Item("series", series.id, request.say(series.title)),)
    return LanePicture(heading, bars=bars, labels=tuple(labels), rules=tuple(rules), gaps=gaps, items=items,
                       bin_text=bin_text, caveats=caveats)


def _head(request: LaneRequest) -> float:
    """The px over the highest bar: room for its figure, which is never given up for a taller bar."""
    figure = request.px(FIGURE_PX) * 1.25 + 2
    return min(HEAD * request.text_percent / 100, max(request.height * 0.4, figure))


def _heading(series: Series, request: LaneRequest, width_ms: int) -> Heading:
    title = request.say(request.spec.title) or request.say(series.short) or request.say(series.title)
    per = request.say(series.per)
    if width_ms != series.bin_ms:
        per = request.texts.get("lane.summed", per=per, bin=request.texts.get(f"lane.per.{width_ms}"))
    return Heading(title, tuple(line for line in (per, request.say(series.who)) if line))


def _quiet(gaps: tuple[Gap, ...], request: LaneRequest) -> str:
    span = request.scale.window.span
    is_gap = any(gap.start_ms <= span.start and span.end <= gap.end_ms for gap in gaps)
    return request.texts.get("lane.no_data" if is_gap else "lane.nothing_counted")


def _gaps(series: Series, request: LaneRequest) -> tuple[Gap, ...]:
    """Where nobody counted: outside of what is covered, or of the first and last bin where that is not stated; and
    inside, where a bin is missing and that does not mean zero."""
    if not series.bin_ms or series.covered is None and not len(series.start):
        return ()
    span = request.scale.window.span
    if series.covered is None:
        first, last = int(series.start[0]), int(series.start[-1]) + series.bin_ms
    else:
        first, last = series.covered.start, series.covered.end
    inside = [] if series.missing_bins_are_zero else _holes(series, request, (first, last))
    found = ((span.start, min(first, span.end)), *inside, (max(last, span.start), span.end))
    return tuple(Gap(a, b, _head(request), request.height - 1) for a, b in found if b > a)


def _holes(series: Series, request: LaneRequest, covered: tuple[int, int]) -> list[tuple[int, int]]:
    """Stretches without a bin of at least one bin and two px: a day of 25 hours leaves none."""
    span, least = request.scale.window.span, max(series.bin_ms, 2 * request.scale.us_per_px / 1000)
    starts, ends = np.append(covered[0], series.start + series.bin_ms), np.append(series.start, covered[1])
    low, high = np.searchsorted(ends, span.start, side="right"), np.searchsorted(starts, span.end)
    found = np.flatnonzero(ends[low:high] - starts[low:high] >= least) + low
    return [(max(int(starts[n]), span.start), min(int(ends[n]), span.end)) for n in found]


def _bars(binned: Binned, series: Series, request: LaneRequest) -> tuple[tuple[Bars, ...], Skyline, float]:
    floor, room = request.height - 1.0, request.height - _head(request) - 5.0
    peak = float(request.common_peak or binned.totals.max())
    heights = np.cumsum(binned.values, axis=1) * (room / peak)
    ends = binned.start + binned.width_ms
    bars, below = [], np.zeros(len(binned.start))
    for part in range(binned.values.shape[1]):
        shown = binned.values[:, part] > 0
        role = series.categories[part].role if series.categories else "counted"
        tops, bottoms = floor - np.maximum(heights[:, part], below + 0.8), floor - below
        bars.append(Bars(binned.start[shown], ends[shown], tops[shown].astype(np.float32),
                         bottoms[shown].astype(np.float32), f"free{part}" if role == "free" else role))
        below = heights[:, part]
    scale = request.scale
    sky = Skyline.of((scale.width, floor), (scale.xs(binned.start), scale.xs(ends), floor - heights[:, -1]))
    return tuple(bars), sky, peak


def _annotations(request: LaneRequest, sky: Skyline, gaps: tuple[Gap, ...]) -> tuple[list[Rule], list[Label]]:
    """A dotted line with its words to the left, where there is room for them; no line stands without its words."""
    rules, labels = [], []
    size, top = request.px(FIGURE_PX), _head(request)
    for note in request.spec.annotations:
        x, lines = request.scale.x(note.at_ms), request.say(note.text).split("\n")
        widths = [request.measure(line, size, "semibold") for line in lines]
        left, bottom = x - max(widths) - 8, top + (size + 4) * len(lines)
        is_free = bottom + 24 <= request.height and sky.is_free(left, top, x - 4, bottom)
        if not 0 <= x <= request.scale.width or not is_free:
            continue
        rules.append(Rule(note.at_ms, top, request.height - 2))
        sky.take(left, top, x + 2, bottom)
        hatched = any(request.scale.x(gap.start_ms) < x and left < request.scale.x(gap.end_ms) for gap in gaps)
        for number, (line, wide) in enumerate(zip(lines, widths, strict=True)):
            baseline = top + (size + 4) * (number + 1) - size / 4
            labels.append(Label(note.at_ms, -wide - 8, baseline, (Run(line, "ink", size, "semibold"),), wide,
                                has_ground=hatched))
    return rules, labels


def _names(series: Series, binned: Binned, request: LaneRequest, sky: Skyline) -> list[Label]:
    """Each part named beside the place where it is widest, if there is room."""
    labels = []
    size = request.px(NAME_PX)
    for part, category in enumerate(series.categories):
        column = binned.values[:, part]
        if not column.any() or not request.say(category.label):
            continue
        widest = int(column.argmax())
        x = request.scale.x(int(binned.start[widest]) + binned.width_ms // 2)
        text = request.say(category.label)
        wide = request.measure(text, size, "semibold")
        low = part == 0 and len(series.categories) > 1
        near = (x - wide if low else x + wide, request.height - 22 if low else _head(request) + 30)
        found = sky.place((wide + 8, round(size * 1.3) + 2), near)
        if found is not None:
            role = f"{category.role}_text" if category.role in ("hijacked", "original") else "ink"
            labels.append(Label(None, found[0] + 4, found[1] + size + 1, (Run(text, role, size, "semibold"),), wide))
    return labels


def _no_data(gaps: tuple[Gap, ...], request: LaneRequest, sky: Skyline) -> list[Label]:
    """The words "no data" in each gap that has room for them."""
    labels, size = [], request.px(FIGURE_PX)
    text = request.texts.get("lane.no_data")
    wide = request.measure(text, size, "regular")
    for gap in gaps:
        left = max(request.scale.x(gap.start_ms), 0.0) + 10
        middle = (gap.top + gap.bottom) / 2
        box = (left, middle - size * 0.8, left + wide, middle + size * 0.4)
        fits = box[2] < request.scale.x(gap.end_ms) - 6 and gap.top <= box[1] and box[3] <= gap.bottom
        is_free = fits and sky.is_free(*box)
        sky.take(request.scale.x(gap.start_ms), gap.top, request.scale.x(gap.end_ms), gap.bottom)
        if is_free:
            labels.append(Label(None, left, middle + size * 0.36, (Run(text, "muted", size),), wide, has_ground=True))
    return labels


def _figures(binned: Binned, request: LaneRequest, drawn: tuple[Skyline, float]) -> list[Label]:
    """A figure on each bar where bars are wide enough, else the peak in words at the left."""
    sky, peak = drawn
    size, scale, floor = request.px(FIGURE_PX), request.scale, request.height - 1.0
    texts = [f"{int(value):,}" for value in binned.totals]
    wide = max(request.measure(text, size, "regular") for text in texts)
    if binned.width_ms * 1000 / scale.us_per_px < wide + 10:
        return _peak(binned, request, sky)
    labels = []
    room = request.height - _head(request) - 5.0
    for start, value, text in zip(binned.start, binned.totals, texts, strict=True):
        x = max(scale.x(int(start)), 0.0) + 5
        own = request.measure(text, size, "regular")
        if x + own > min(scale.x(int(start) + binned.width_ms), scale.width) - 2 or value <= 0:
            continue
        baseline = floor - float(value) * room / peak - 2 - size / 4
        box = (x, baseline - size, x + own, baseline + size / 4)
        if not sky.is_free(*box):
            continue
        held = scale.x(int(start)) < 0
        sky.take(*box)
        labels.append(Label(None if held else int(start), x if held else 5.0, baseline,
                            (Run(text, "muted", size),), own))
    return labels


def _peak(binned: Binned, request: LaneRequest, sky: Skyline) -> list[Label]:
    size = request.px(FIGURE_PX)
    per = request.texts.get(f"lane.in.{binned.width_ms}")
    text = request.texts.get("lane.peak", n=f"{int(binned.totals.max()):,}", per=per)
    wide = request.measure(text, size, "semibold")
    found = sky.place((wide + 4, round(size * 1.3) + 2), (wide / 2 + 6, size / 2 + 5))
    if found is None:
        return []
    return [Label(None, found[0] + 2, found[1] + size + 1, (Run(text, "muted", size, "semibold"),), wide)]

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
    return Wanted(50.0, 190.0, 3.0) if stacked else Wanted(30.0, 64.0, 1.4)


def picture(request: LaneRequest) -> LanePicture:
    """The bars in view, with their figures where they fit and the peak where not."""
    series = request.dataset.series_by_id.get(request.spec.series_id)
    if series is None:
        return LanePicture(Heading(request.say(request.spec.title)))
    span = request.scale.window.span
    width_ms = rebin.bin_for(series, request.scale.us_per_px)
    binned = rebin.rebin(series, span.start, span.end, width_ms)
    heading = _heading(series, request, width_ms)
    gaps = _gaps(series, request)
    caveats = () if series.zone_is_stated else (request.texts.get("lane.day_not_stated"),)
    bin_text = request.texts.get(f"lane.bin.{width_ms}") if len(binned.start) else ""
    if not len(binned.start) or not binned.totals.any():
        return LanePicture(heading, gaps=gaps, quiet=_quiet(series, request), bin_text=bin_text, caveats=caveats)
    bars, sky, peak = _bars(binned, series, request)
    rules, labels = _annotations(request, sky)
    labels += _figures(binned, request, (sky, peak))
    labels += _no_data(gaps, request, sky)
    labels += _names(series, binned, request, sky)
    items = (Item("series", series.id, request.say(series.title)),)
    return LanePicture(heading, bars=bars, labels=tuple(labels), rules=tuple(rules), gaps=gaps, items=items,
                       bin_text=bin_text, caveats=caveats)


def _head(request: LaneRequest) -> float:
    return min(HEAD, request.height * 0.4)


def _heading(series: Series, request: LaneRequest, width_ms: int) -> Heading:
    title = request.say(request.spec.title) or request.say(series.short) or request.say(series.title)
    per = request.say(series.per)
    if width_ms != series.bin_ms:
        per = request.texts.get("lane.summed", per=per, bin=request.texts.get(f"lane.per.{width_ms}"))
    return Heading(title, tuple(line for line in (per, request.say(series.who)) if line))


def _quiet(series: Series, request: LaneRequest) -> str:
    covered = series.covered
    if covered is not None and not covered.overlaps(request.scale.window.span):
        return request.texts.get("lane.no_data")
    return request.texts.get("lane.nothing_counted")


def _gaps(series: Series, request: LaneRequest) -> tuple[Gap, ...]:
    """Where nobody counted: outside of what is covered, or of the first and last bin where that is not stated."""
    span = request.scale.window.span
    if series.covered is None:
        if not len(series.start):
            return ()
        first, last = int(series.start[0]), int(series.start[-1]) + series.bin_ms
    else:
        first, last = series.covered.start, series.covered.end
    sides = ((span.start, min(first, span.end)), (max(last, span.start), span.end))
    return tuple(Gap(a, b, _head(request), request.height - 1) for a, b in sides if b > a)


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


def _annotations(request: LaneRequest, sky: Skyline) -> tuple[list[Rule], list[Label]]:
    rules, labels = [], []
    size = request.px(FIGURE_PX)
    for note in request.spec.annotations:
        x, lines = request.scale.x(note.at_ms), request.say(note.text).split("\n")
        if not 0 <= x <= request.scale.width or request.height < HEAD + 16 * len(lines) + 24:
            continue
        rules.append(Rule(note.at_ms, HEAD, request.height - 2))
        widths = [request.measure(line, size, "semibold") for line in lines]
        left, high = x - max(widths) - 8, HEAD + (size + 4) * len(lines)
        if not sky.is_free(left, HEAD, x - 4, high):
            continue
        sky.take(left, HEAD, x + 2, high)
        for number, (line, wide) in enumerate(zip(lines, widths, strict=True)):
            baseline = HEAD + (size + 4) * (number + 1) - 3
            labels.append(Label(note.at_ms, -wide - 8, baseline, (Run(line, "ink", size, "semibold"),), wide))
    return rules, labels


def _names(series: Series, binned: Binned, request: LaneRequest, sky: Skyline) -> list[Label]:
    """Each part named beside the place where it is widest, if there is room."""
    labels = []
    size = request.px(NAME_PX)
    for part, category in enumerate(series.categories):
        column = binned.values[:, part]
        if not column.any():
            continue
        widest = int(column.argmax())
        x = request.scale.x(int(binned.start[widest]) + binned.width_ms // 2)
        text = request.say(category.label)
        wide = request.measure(text, size, "semibold")
        low = part == 0 and len(series.categories) > 1
        near = (x - wide if low else x + wide, request.height - 22 if low else HEAD + 30)
        found = sky.place((wide + 8, size + 6), near)
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
        is_free = box[2] < request.scale.x(gap.end_ms) - 6 and sky.is_free(*box)
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
        baseline = floor - float(value) * room / peak - 5
        held = scale.x(int(start)) < 0
        sky.take(x, baseline - size, x + own, baseline + 4)
        labels.append(Label(None if held else int(start), x if held else 5.0, baseline,
                            (Run(text, "muted", size),), own))
    return labels


def _peak(binned: Binned, request: LaneRequest, sky: Skyline) -> list[Label]:
    size = request.px(FIGURE_PX)
    per = request.texts.get(f"lane.in.{binned.width_ms}")
    text = request.texts.get("lane.peak", n=f"{int(binned.totals.max()):,}", per=per)
    wide = request.measure(text, size, "semibold")
    found = sky.place((wide + 4, size + 6), (wide / 2 + 6, size / 2 + 5))
    if found is None:
        return []
    return [Label(None, found[0] + 2, found[1] + size + 1, (Run(text, "muted", size, "semibold"),), wide)]

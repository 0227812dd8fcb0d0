"""Counted bins as bars: who counted what per which bin, stacked by a named coding, with the peak in figures.

A lane has its own scale unless the view puts all on the same one. Bins narrower than a pixel are summed, and the lane
then says per what.
"""
from __future__ import annotations

import numpy as np

from timeline_app.engine.series import Series
from timeline_app.viewmodel import bars, rebin
from timeline_app.viewmodel.bars import Columns, Part
from timeline_app.viewmodel.picture import Gap, Heading, Item, Label, LanePicture, LaneRequest, Rule, Run, Wanted
from timeline_app.viewmodel.rebin import Binned
from timeline_app.viewmodel.skyline import Skyline


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
    columns = bars.stackable(_columns(binned, series, request), request)
    drawn = bars.draw(columns, request)
    rules, labels = _annotations(request, drawn.sky, gaps)
    peak = _peak(int(columns.totals.max()), binned.width_ms, request)
    labels += bars.figures(columns, request, drawn, peak)
    labels += bars.no_data(gaps, request, drawn.sky)
    labels += bars.names(columns, request, drawn.sky)
    items = (Item("series", series.id, request.say(series.title)),)
    return LanePicture(heading, bars=drawn.bars, labels=tuple(labels), rules=tuple(rules), gaps=gaps, items=items,
                       bin_text=bin_text, caveats=caveats, counted=columns.counted(peak))


def _peak(number: int, width_ms: int, request: LaneRequest) -> str:
    return request.texts.get("lane.peak", n=f"{number:,}", per=request.texts.get(f"lane.in.{width_ms}"))


def _heading(series: Series, request: LaneRequest, width_ms: int) -> Heading:
    title = request.say(request.spec.title) or request.say(series.short) or request.say(series.title)
    per = request.say(series.per)
    if width_ms != series.bin_ms:
        per = request.texts.get("lane.summed", per=per, bin=request.texts.get(f"lane.per.{width_ms}"))
    lines = (per, *bars.scale_lines(request, len(series.categories)), request.say(series.who))
    return Heading(title, tuple(line for line in lines if line))


def _quiet(gaps: tuple[Gap, ...], request: LaneRequest) -> str:
    return request.texts.get("lane.no_data" if bars.is_hidden(gaps, request) else "lane.nothing_counted")


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
    return tuple(Gap(a, b, bars.head(request), request.height - 1) for a, b in found if b > a)


def _holes(series: Series, request: LaneRequest, covered: tuple[int, int]) -> list[tuple[int, int]]:
    """Stretches without a bin of at least one bin and two px: a day of 25 hours leaves none."""
    span, least = request.scale.window.span, max(series.bin_ms, 2 * request.scale.us_per_px / 1000)
    starts, ends = np.append(covered[0], series.start + series.bin_ms), np.append(series.start, covered[1])
    low, high = np.searchsorted(ends, span.start, side="right"), np.searchsorted(starts, span.end)
    found = np.flatnonzero(ends[low:high] - starts[low:high] >= least) + low
    return [(max(int(starts[n]), span.start), min(int(ends[n]), span.end)) for n in found]


def _columns(binned: Binned, series: Series, request: LaneRequest) -> Columns:
    parts = tuple(Part(f"free{number}" if one.role == "free" else one.role, request.say(one.label))
                  for number, one in enumerate(series.categories)) or (Part("counted"),)
    return Columns(binned.start, binned.start + binned.width_ms, binned.values, parts)


def _annotations(request: LaneRequest, sky: Skyline, gaps: tuple[Gap, ...]) -> tuple[list[Rule], list[Label]]:
    """A dotted line with its words to the left, where there is room for them; no line stands without its words."""
    rules, labels = [], []
    size, top = request.px(bars.FIGURE_PX), bars.head(request)
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

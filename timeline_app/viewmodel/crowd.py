"""A lane with more events in view than marks could be told apart: how many begin in each stretch of time, as bars.

An event counts once, at the middle of the time it may have taken. Zooming in turns bars into marks.
"""
from __future__ import annotations

from functools import lru_cache

import numpy as np

from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import rebin
from timeline_app.viewmodel.event_marks import heading
from timeline_app.viewmodel.picture import Bars, Label, LanePicture, LaneRequest, Run, Wanted

MOST_MARKS = 300
LEAST_PX = 3.0
SIZE = 12
WANTED = Wanted(48.0, 96.0, 0.6)


@lru_cache(maxsize=64)
def _times(dataset: Dataset, event_ids: tuple[str, ...]) -> np.ndarray:
    """int64[n, 3]: earliest start, middle and latest end of a lane's events, ms UTC."""
    found = dataset.event_by_id
    spans = [found[one].when.span for one in event_ids if one in found]
    return np.array([(s.start, s.start + s.length // 2, s.end) for s in spans], dtype=np.int64).reshape(-1, 3)


def _in_view(request: LaneRequest) -> np.ndarray:
    """int64[n]: the middles of the lane's events that touch the window."""
    times, span = _times(request.dataset, request.spec.event_ids), request.scale.window.span
    return times[(times[:, 0] < span.end) & (times[:, 2] >= span.start), 1]


def is_crowded(request: LaneRequest) -> bool:
    """Whether the lane has more events in view than can be drawn as marks."""
    return len(request.spec.event_ids) > MOST_MARKS and len(_in_view(request)) > MOST_MARKS


def picture(request: LaneRequest) -> LanePicture:
    """The lane as bars, with how many there are and the most at a time."""
    middles, width = _in_view(request), _width_ms(request)
    places, counts = np.unique(middles // width, return_counts=True)
    size, floor = request.px(SIZE), request.height - 1.0
    room = max(1.0, floor - 1.7 * size - 4)
    tops = floor - np.maximum(1.0, counts * (room / counts.max()))
    bars = Bars(places * width, (places + 1) * width, tops.astype(np.float32),
                np.full(len(places), floor, dtype=np.float32), "muted")
    key = f"lane.in.{width}"
    per = request.texts.get(key) if request.texts.has(key) else request.texts.get("lane.in_a_bar")
    words = request.texts.count("lane.crowd", len(middles), most=f"{int(counts.max()):,}", per=per)
    label = Label(None, 8.0, size * 1.35, (Run(words, "muted", size, "semibold"),),
                  request.measure(words, size, "semibold"))
    fits = label.width + 12 <= request.scale.width
    return LanePicture(heading(request), bars=(bars,), labels=(label,) if fits else ())


def _width_ms(request: LaneRequest) -> int:
    """The width of a bar: the shortest of those with a name that is wide enough, else as wide as it must be."""
    least = request.scale.us_per_px * LEAST_PX / 1000
    named = next((width for width in rebin.WIDTHS if width >= least), 0)
    return named or max(1, round(least))

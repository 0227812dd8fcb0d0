"""All lanes of one view, arranged in a column: who is shown, how high, and each lane's picture. Pure, so that it can
be made on a worker and shown when it is done.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from timeline_app.base.text import Texts, catalogue
from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.time import Precision, Span
from timeline_app.engine import event_index
from timeline_app.engine.dataset import Dataset, LaneSpec
from timeline_app.viewmodel import (
    clusters,
    grouping,
    layout,
    note_lanes,
    rebin,
    shown_lanes,
    strips,
    tweet_view,
    walk,
    wording,
)
from timeline_app.viewmodel.lanes import lane_of
from timeline_app.viewmodel.measure import Measure
from timeline_app.viewmodel.notebook import NoteBook
from timeline_app.viewmodel.picture import Item, Label, LanePicture, LaneRequest, Run, Wanted
from timeline_app.viewmodel.state import LaneChoice, ViewState
from timeline_app.viewmodel.window import TimeScale

STRIP = 27.0
QUIET_PX = 12
HALF_TITLE = 24.0
COUNTED = ("counts", shown_lanes.TWEETS)


@dataclass(frozen=True, slots=True, eq=False)
class FrameRequest:
    """Everything that a frame depends on. `matches` are the events that the state's query found, `tweet_matches` the
    rows of tweets (int64, ascending) by collection; None without one."""

    dataset: Dataset
    state: ViewState
    width: float
    height: float
    measure: Measure
    matches: frozenset[str] | None = None
    tweet_matches: Mapping[str, np.ndarray] | None = None
    notes: NoteBook = NoteBook()

    @property
    def scale(self) -> TimeScale:
        """The time axis of the frame."""
        return TimeScale(self.state.view.window, self.width)

    @property
    def zone(self) -> str:
        """The zone of the axis."""
        return self.state.setting.zone or self.dataset.meta.zone


@dataclass(frozen=True, slots=True, eq=False)
class PlacedLane:
    """One lane at its place: `top` and `height` in px from the top of all lanes; `half_title` stands over the first
    lane of each half but the upper one, within its height, in the `head` px at its top; `request` is what its picture
    was made from."""

    spec: LaneSpec
    top: float
    height: float
    picture: LanePicture
    half_title: str = ""
    head: float = 0.0
    is_pinned: bool = False
    request: LaneRequest | None = None
    is_folded: bool = False

    @property
    def is_strip(self) -> bool:
        """Whether the lane is a strip: folded by hand, or because it has nothing in view."""
        return self.is_folded or bool(self.picture.quiet)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """All lanes for one state and size. `height` is that of all lanes together; more than was given means scrolling."""

    scale: TimeScale
    lanes: tuple[PlacedLane, ...]
    height: float

    @property
    def half(self) -> str:
        """Which half the first lane belongs to: its title stands above the lanes."""
        return self.lanes[0].spec.half if self.lanes else "documented"

    def lane_at(self, y: float) -> PlacedLane | None:
        """The lane at a y of the column."""
        return next((lane for lane in self.lanes if lane.top <= y < lane.top + lane.height), None)

    def scroll_to(self, lane_id: str, scroll: float, height: float) -> float:
        """The scroll nearest to the present one with a lane in sight in so many px; its top where it is higher."""
        lane = next((one for one in self.lanes if one.spec.id == lane_id), None)
        return scroll if lane is None else min(max(scroll, lane.top + lane.height - height), lane.top)

    def hit(self, scale: TimeScale, x: float, y: float) -> tuple[PlacedLane, Item] | None:
        """What is at a place of the column, drawn with this scale."""
        lane = self.lane_at(y)
        item = lane.picture.hit(scale, x, y - lane.top - lane.head) if lane else None
        return (lane, item) if lane is not None and item is not None else None


def _go_on() -> None:
    """Nobody has to come first."""


def compose(request: FrameRequest, give_way: Callable[[], None] = _go_on) -> Frame:
    """The frame of a request. `give_way` is called before each lane, so that who is in a hurry can come first."""
    specs = note_lanes.shown(request.dataset, request.notes, request.state.view.lanes)
    quiet = [_is_quiet(spec, request) for spec in specs]
    heads = _heads(specs, request.state.setting.text_percent)
    heights = layout.share_out(_wishes(specs, request, quiet, heads), request.height)
    placed, top = [], 0.0
    peaks = _common_peaks(specs, request)
    choice = request.state.view.lanes
    for spec, height, head, is_quiet in zip(specs, heights, heads, quiet, strict=True):
        give_way()
        lane_request = _lane_request(spec, request, height - head, peaks)
        title, folds = _half_title(spec, choice, lane_request.texts) if head else "", spec.id in choice.folded
        if is_quiet:
            picture = _folded(lane_of(spec.kind).picture(lane_request), lane_request)
        else:
            picture = (strips if folds else lane_of(spec.kind)).picture(lane_request)
        is_pinned = spec.id in choice.pinned
        placed.append(PlacedLane(spec, top, height, picture, title, head, is_pinned, lane_request, folds))
        top += height
    return Frame(request.scale, tuple(placed), top)


def _half_title(spec: LaneSpec, choice: LaneChoice, texts: Texts) -> str:
    title = texts.get(f"lane.half_{spec.half}")
    if not choice.group or spec.half != "documented":
        return title
    return f"{title} · {texts.get('lane.grouped.short', what=grouping.title(choice.group).say(texts.language))}"


def _heads(specs: Sequence[LaneSpec], percent: int) -> list[float]:
    """The height of a half's title over its first lane; that of the upper half stands above the lanes."""
    before = [spec.half for spec in specs[:1]] + [spec.half for spec in specs[:-1]]
    return [HALF_TITLE * percent / 100 if spec.half != half else 0.0 for spec, half in zip(specs, before, strict=True)]


def _wishes(specs: Sequence[LaneSpec], request: FrameRequest, quiet: Sequence[bool], heads: Sequence[float]
            ) -> list[layout.Wish]:
    """What each lane wants. On one scale all counted lanes want the same: equal figures are equally high."""
    choice = request.state.view.lanes
    wishes = [_strip(request) if folded or spec.id in choice.folded else _wish(spec, request)
              for spec, folded in zip(specs, quiet, strict=True)]
    if request.state.setting.same_scale:
        alike = [n for n, spec in enumerate(specs)
                 if spec.kind in COUNTED and not quiet[n] and spec.id not in choice.folded]
        most = [wishes[n] for n in alike]
        for n in alike:
            wishes[n] = layout.Wish(max(one.least for one in most), max(one.ideal for one in most),
                                    max(one.keen for one in most))
    return [replace(wish, least=wish.least + head, ideal=wish.ideal + head, most=wish.most + head)
            for wish, head in zip(wishes, heads, strict=True)]


def _strip(request: FrameRequest) -> layout.Wish:
    height = STRIP * request.state.setting.text_percent / 100
    return layout.Wish(height, height, 0.0)


def _wish(spec: LaneSpec, request: FrameRequest) -> layout.Wish:
    text_percent = request.state.setting.text_percent
    if spec.half == note_lanes.HALF:
        wanted = lane_of(spec.kind).wanted(_lane_request(spec, request, STRIP, {}))
    else:
        wanted = _wanted(request.dataset, spec, (request.width, text_percent, request.state.setting.language),
                         request.measure)
    taller = 1.2 ** dict(request.state.view.lanes.taller).get(spec.id, 0)
    least = wanted.least * max(taller, 1.0)
    if spec.id == request.state.view.lanes.opened:
        few = spec.event_ids and len(spec.event_ids) <= strips.FEW
        least = max(least, strips.ROOMY * wanted.ideal if few else strips.OPENED * request.height)
    if spec.id.startswith("group") and len(spec.event_ids) > clusters.MOST_MARKS:
        least = max(least, wanted.ideal)  # there are so many lanes that one scrolls: none need be crushed
    ideal = max(least, wanted.ideal * taller)
    return layout.Wish(least, ideal, wanted.keen * taller, max(ideal, wanted.most * taller))


@lru_cache(maxsize=512)
def _wanted(dataset: Dataset, spec: LaneSpec, look: tuple[float, int, str], measure: Measure) -> Wanted:
    """What a lane wants, judged by the opening view so that heights stay calm while one zooms."""
    width, text_percent, language = look
    window = walk.opening(dataset).view.window
    request = LaneRequest(spec, dataset, TimeScale(window, width), 400.0, catalogue(language), dataset.meta.zone,
                          measure, text_percent)
    return lane_of(spec.kind).wanted(request)


def _is_quiet(spec: LaneSpec, request: FrameRequest) -> bool:
    """Whether a lane has nothing at all in the window."""
    window = request.state.view.window.span
    if spec.kind == shown_lanes.TWEETS:
        return not tweet_view.number_of_lane(spec, request.dataset, window)
    if spec.series_id:
        return not _counts_anything(spec, request.dataset, window)
    if event_index.of(request.dataset, spec.event_ids).count(window):
        return False
    return not lane_of(spec.kind).picture(_lane_request(spec, request, STRIP, {})).shows(window)


def _counts_anything(spec: LaneSpec, dataset: Dataset, window: Span) -> bool:
    series = dataset.series_by_id.get(spec.series_id)
    if series is None:
        return False
    if series.points:
        return any(point.at_ms < window.end and window.start < max(point.until_ms, point.at_ms + 1)
                   for point in series.points)
    low = np.searchsorted(series.start, window.start - series.bin_ms, side="right")
    high = np.searchsorted(series.start, window.end, side="left")
    return bool(series.values[low:high].any())


def _common_peaks(specs: Sequence[LaneSpec], request: FrameRequest) -> dict[str, float]:
    """The highest bin that lanes of the same unit draw, by what a tweet weighs in them, where the setting asks for one
    scale. Lanes on a scale that is not linear keep their own."""
    peaks: dict[str, float] = {}
    if not request.state.setting.same_scale:
        return peaks
    for spec in specs:
        look = request.state.view.lanes.look(spec.id)
        if spec.kind in COUNTED and look.scale == "linear":
            peaks[look.weight] = max(peaks.get(look.weight, 0.0), _highest(spec, request))
    return peaks


def _highest(spec: LaneSpec, request: FrameRequest) -> float:
    series = request.dataset.series_by_id.get(spec.series_id)
    if spec.kind == shown_lanes.TWEETS:
        return tweet_view.highest(_lane_request(spec, request, STRIP, {}))
    if series is None or not series.bin_ms:
        return 0.0
    return float(rebin.in_view(series, request.scale).totals.max(initial=0))


def _lane_request(spec: LaneSpec, request: FrameRequest, height: float, peaks: Mapping[str, float]) -> LaneRequest:
    setting, look = request.state.setting, request.state.view.lanes.look(spec.id)
    peak = peaks.get(look.weight, 0.0) if spec.kind in COUNTED and look.scale == "linear" else 0.0
    return LaneRequest(spec, request.dataset, request.scale, height, catalogue(setting.language), request.zone,
                       request.measure, setting.text_percent, request.matches, peak, look, request.tweet_matches,
                       request.notes)


def _folded(picture: LanePicture, request: LaneRequest) -> LanePicture:
    """The picture of a lane with nothing in view: one sentence, as long as there is room for."""
    size, own = request.px(QUIET_PX), picture.quiet or request.texts.get("lane.nothing")
    widths = {words: request.measure(words, size, "regular") for words in (quiet_words(request, own), own)}
    words = next((one for one, wide in widths.items() if wide <= request.scale.width - 20), own)
    label = Label(None, 10.0, request.height / 2 + size * 0.36, (Run(words, "muted", size),), widths[words],
                  has_ground=bool(picture.gaps))
    return LanePicture(picture.heading, labels=(label,), gaps=picture.gaps, quiet=words, bin_text=picture.bin_text,
                       caveats=picture.caveats)


def quiet_words(request: LaneRequest, sentence: str) -> str:
    """What a folded lane says: that it has nothing in view, and when its next or last thing is."""
    texts, window = request.texts, request.scale.window.span
    earlier, later = _around(request, window)
    if later is None and earlier is None:
        return sentence
    at = earlier if later is None else later
    when = wording.moment(at, _fineness(request, at), request.zone, texts)
    return texts.get("lane.quiet_earlier" if later is None else "lane.quiet_later", quiet=sentence, when=when)


def _around(request: LaneRequest, window: Span) -> tuple[int | None, int | None]:
    """The last start before a window and the first after it; None where there is none."""
    if request.spec.event_ids:
        index = event_index.of(request.dataset, request.spec.event_ids)
        return index.last_start(window.start), index.next_start(window.end)
    starts = sorted(_starts(request))
    later = next((start for start in starts if start >= window.end), None)
    return next((start for start in reversed(starts) if start < window.start), None), later


def _fineness(request: LaneRequest, at: int) -> Precision:
    """How finely to say when the next or last thing is: tweets are known to the millisecond, and near ones are told by
    the clock."""
    window = request.scale.window.span
    away = max(at - window.end, window.start - at)
    if request.spec.kind != shown_lanes.TWEETS or away >= DAY:
        return Precision.DAY
    return Precision.SECOND if window.length < HOUR else Precision.MINUTE


def _starts(request: LaneRequest) -> list[int]:
    """When what a lane counts, or its notes, begin."""
    if request.spec.half == note_lanes.HALF:
        book = request.notes
        return [book.named(one).start for one in note_lanes.names(book, request.spec.id)]
    if request.spec.kind == shown_lanes.TWEETS:
        return tweet_view.around(request)
    series = request.dataset.series_by_id.get(request.spec.series_id)
    ends = [int(series.start[0]), int(series.start[-1])] if series is not None and len(series.start) else []
    return ends + [point.at_ms for point in series.points] if series is not None else []

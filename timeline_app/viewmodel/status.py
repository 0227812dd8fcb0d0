"""What the window says about the picture in words: the status line, the counts of the dataset, the name of
the zone. Pure: no widget, no clock.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from timeline_app.base.text import Texts
from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND
from timeline_app.engine.dataset import Dataset, LaneSpec
from timeline_app.viewmodel import (
    shown_lanes,
    tweet_bins,
    tweet_cards,
    tweet_gaps,
    tweet_marks,
    tweet_view,
    tweet_words,
    wording,
)
from timeline_app.viewmodel.rebin import bin_for
from timeline_app.viewmodel.state import ViewState

_UNITS = (("d", DAY), ("h", HOUR), ("min", MINUTE), ("s", SECOND), ("ms", 1))
_SINGLE = {DAY: "explore.bin.day", 7 * DAY: "explore.bin.week"}


@dataclass(frozen=True, slots=True)
class Part:
    """One item of the status line. Roles: "span", "marked", "bins", "caveat"."""

    text: str
    role: str


def zone_of(state: ViewState, dataset: Dataset) -> str:
    """The zone of the axis: the chosen one, else the dataset's own."""
    return state.setting.zone or dataset.meta.zone


def zone_words(state: ViewState, dataset: Dataset, texts: Texts) -> tuple[str, str]:
    """The zone of the axis by its place, and by what its clock is called in the middle of the window."""
    zone = zone_of(state, dataset)
    return wording.zone_name(zone, texts), zones.abbreviation(state.view.window.centre_us // 1000, zone)


def count_words(dataset: Dataset, texts: Texts) -> tuple[str, ...]:
    """How many events, tweets, claims and sources there are; what there is none of is not named."""
    tweets = sum(len(one.store) for one in dataset.collections)
    found = (("events", len(dataset.events)), ("tweets", tweets), ("claims", len(dataset.claims)),
             ("sources", len(dataset.sources)))
    return tuple(texts.count(f"explore.count.{name}", number) for name, number in found if number)


def status_parts(state: ViewState, dataset: Dataset, texts: Texts, us_per_px: float = 0.0) -> tuple[Part, ...]:
    """The visible span in its zone, what the bars are at that scale, and what their makers leave open."""
    window = state.view.window
    parts = [Part(wording.span_text(window.span, zone_of(state, dataset), texts), "span")]
    lanes = shown_lanes.shown(dataset, state.view.lanes)
    series = [dataset.series_by_id[one.series_id] for one in lanes if one.series_id in dataset.series_by_id]
    widths = {bin_for(one, us_per_px): "" for one in series if one.bin_ms}
    tweets = [one for one in lanes if one.kind == shown_lanes.TWEETS]
    if any(tweet_view.number_of_lane(one, dataset, window.span) > _most_marks(state) for one in tweets):
        width = tweet_bins.bin_for(us_per_px)
        widths.setdefault(width.most_ms, texts.get(f"lane.bin.{tweet_words.bin_key(width)}"))
    if widths:
        words = [said or _bin_words(width, texts) for width, said in sorted(widths.items())]
        parts.append(Part(texts.get("explore.bins", bins=_either(words, texts)), "bins"))
    parts += _of_tweets(tweets, dataset, state, texts)
    if any(one.bin == "1d" and not one.zone_is_stated for one in series):
        parts.append(Part(texts.get("explore.caveat.day_boundary"), "caveat"))
    if not zones.rules_apply(window.centre_us // 1000):
        parts.append(Part(texts.get("explore.caveat.no_rules"), "caveat"))
    return tuple(parts)


def marked_parts(lines: Sequence[str], texts: Texts) -> tuple[Part, ...]:
    """What a marked span holds: its length with the events, then what was counted, an item each."""
    if not lines:
        return ()
    head = texts.get("explore.marked.status", length=lines[0], events=lines[1])
    return (Part(head, "marked"), *(Part(one, "marked") for one in lines[2:]))


def _bin_words(width_ms: int, texts: Texts) -> str:
    if width_ms in _SINGLE:
        return texts.get(_SINGLE[width_ms])
    name, unit = next((name, unit) for name, unit in _UNITS if width_ms % unit == 0)
    return texts.count(f"time.long.{name}", width_ms // unit)


def _most_marks(state: ViewState) -> int:
    """How many tweets a lane draws one by one; lanes on one scale stay bars for longer."""
    return tweet_cards.MOST if state.setting.same_scale else tweet_marks.MOST


def _of_tweets(lanes: list[LaneSpec], dataset: Dataset, state: ViewState, texts: Texts) -> list[Part]:
    """That marks are tweets, where they are, and what the collections leave open."""
    window, parts = state.view.window.span, []
    if any(0 < tweet_view.number_of_lane(one, dataset, window) <= _most_marks(state) for one in lanes):
        parts.append(Part(texts.get("tweet_lane.marks"), "bins"))
    shown = [dataset.collection_by_id[one] for one in dict.fromkeys(lane.collection_id for lane in lanes)
             if one in dataset.collection_by_id]
    bases = [words for one in shown for words in tweet_gaps.basis_words(one.store, window, texts)]
    if bases:
        parts.append(Part(texts.get("tweet_lane.hatched", basis=", ".join(dict.fromkeys(bases))), "caveat"))
    return parts


def _either(words: list[str], texts: Texts) -> str:
    """"a", "a or b", "a, b or c"."""
    if len(words) == 1:
        return words[0]
    return texts.get("explore.either", first=", ".join(words[:-1]), last=words[-1])

"""What a marked span holds, in figures and in words: how long it is, how many events touch it, and what was counted in
it, lane by lane. Made on a worker, because an event may be one of a million.
"""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np

from timeline_app.base.text import Texts
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset, LaneSpec
from timeline_app.viewmodel import shown_lanes, tweet_view, wording
from timeline_app.viewmodel.answer_words import Manner, quantity
from timeline_app.viewmodel.state import LaneChoice


@dataclass(frozen=True, slots=True)
class Counted:
    """What one lane counted in a span; `unit` is "tweets" for lanes of tweets, else that of its series."""

    title: str
    number: int
    unit: str
    is_tweets: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked span in figures: events of the shown lanes, each once; `counted` lane by lane, in their order."""

    span: Span
    events: int
    counted: tuple[Counted, ...]


def account(span: Span, dataset: Dataset, choice: LaneChoice, language: str) -> Marked:
    """The figures of a span: an event counts that may have touched it, a bin that begins in it, a tweet that was made
    in it."""
    lanes = shown_lanes.shown(dataset, choice)
    starts, ends = _times(dataset, lanes)
    over, to_come = np.searchsorted(ends, span.start), len(starts) - np.searchsorted(starts, span.end)
    counted = (of_lane(lane, dataset, span, language) for lane in lanes if lane.half == "counted")
    return Marked(span, int(len(starts) - over - to_come), tuple(one for one in counted if one is not None))


@lru_cache(maxsize=8)
def _times(dataset: Dataset, lanes: tuple[LaneSpec, ...]) -> tuple[np.ndarray, np.ndarray]:
    """int64[n], int64[n]: when the events of the lanes begin at the earliest and end at the latest, each ascending."""
    ids = {one for lane in lanes if lane.half == "documented" for one in lane.event_ids}
    times = dataset.instants[[row for row, event in enumerate(dataset.events) if event.id in ids]]
    return np.sort(times[:, 0]), np.sort(times[:, 3])


def of_lane(lane: LaneSpec, dataset: Dataset, span: Span, language: str) -> Counted | None:
    """What a counted lane has in a span; None for a lane of printed figures, which do not add up."""
    title = lane.title.say(language)
    if lane.kind == shown_lanes.TWEETS:
        return Counted(title, tweet_view.number_of_lane(lane, dataset, span), "tweets", is_tweets=True)
    series = dataset.series_by_id.get(lane.series_id)
    if series is None or not series.bin_ms:
        return None
    low, high = np.searchsorted(series.start, [span.start, span.end])
    return Counted(title or series.short.say(language), int(series.values[low:high].sum()), series.unit)


def lines(marked: Marked, dataset: Dataset, texts: Texts) -> tuple[str, ...]:
    """How long it is, how many events, and lane by lane "#example: 1,204 posts"; a lane that has none is not named."""
    counted = (texts.get("explore.marked.lane", title=one.title, amount=amount(one, dataset, texts))
               for one in marked.counted if one.number)
    events = texts.count("explore.marked.events", marked.events)
    return (wording.duration(marked.span.length, texts), events, *counted)


def amount(one: Counted, dataset: Dataset, texts: Texts) -> str:
    """A number with its unit."""
    if one.is_tweets:
        return texts.count("tweet_lane.amount.tweets", one.number)
    manner = Manner(texts, "UTC", None, lambda table, key: dataset.meta.word(table, key).say(texts.language))
    return quantity(Decimal(one.number), one.unit, manner)

"""One account of the view in figures and in words: what somebody who sees the picture would read off it.

The figures are taken from the frame that is drawn, never from the data behind it. What is said when, is the window's
affair.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.base.text import Texts
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import event_columns, in_view, wording
from timeline_app.viewmodel.frame import Frame, PlacedLane

MOST_TAGS = 3


@dataclass(frozen=True, slots=True)
class LaneAccount:
    """One lane in figures. `marks` is how many events, printed figures or tweets are drawn one by one; `total` the sum
    of its bars and `peak` the highest of them, None where it has no bars; `no_data` the share of the time, 0 to 1, that
    nobody counted; `quiet` what a lane with nothing in view says."""

    title: str
    half: str
    kind: str
    marks: int = 0
    total: int | None = None
    peak: int | None = None
    peak_words: str = ""
    no_data: float = 0.0
    quiet: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A view in figures: events counted once, how many of them sources dispute, are dated only roughly, match the
    search (None without one), and the tags that most of them name."""

    span: Span
    zone: str
    lanes: tuple[LaneAccount, ...]
    events: int
    disputed: int
    rough: int
    matches: int | None
    tags: tuple[tuple[str, int], ...]


def account(frame: Frame) -> Account:
    """The figures of a frame."""
    window = frame.scale.window.span
    by_lane = [in_view.rows_of(lane, window) for lane in frame.lanes]
    lanes = tuple(lane_account(lane, len(rows), window) for lane, rows in zip(frame.lanes, by_lane, strict=True))
    request = next((lane.request for lane in frame.lanes if lane.request is not None), None)
    if request is None:
        return Account(window, "UTC", lanes, 0, 0, 0, None, ())
    dataset = request.dataset
    seen = np.zeros(len(dataset.events), dtype=bool)
    seen[np.concatenate(by_lane)] = True
    matches = None
    if request.matches is not None:
        matches = int((seen & event_columns.matching(dataset, request.matches)).sum())
    return Account(window, request.zone, lanes, int(seen.sum()), int((seen & event_columns.disputed(dataset)).sum()),
                   int((seen & event_columns.rough(dataset)).sum()), matches, _tags(dataset, seen))


def lane_account(lane: PlacedLane, events: int, window: Span) -> LaneAccount:
    """One lane in figures; `events` are those that it has in view."""
    picture, counted = lane.picture, lane.picture.counted
    marks = events if lane.spec.half == "documented" else len(in_view.of_lane(lane, window))
    hidden = sum(max(0, min(gap.end_ms, window.end) - max(gap.start_ms, window.start)) for gap in picture.gaps)
    told = LaneAccount(picture.heading.title, lane.spec.half, lane.spec.kind, marks,
                       no_data=hidden / max(window.length, 1), quiet=picture.quiet)
    if counted is None:
        return told
    total, peak = int(counted.totals.sum()), int(counted.totals.max(initial=0))
    return LaneAccount(told.title, told.half, told.kind, 0, total, peak, counted.peak, told.no_data, told.quiet)


def _tags(dataset: Dataset, seen: np.ndarray) -> tuple[tuple[str, int], ...]:
    """The tags that most of the events in view (bool[n]) name, those left out that the dataset masks."""
    known, masked = event_columns.tags(dataset), dataset.meta.masked_tags
    counts = np.bincount(known.codes[seen[known.rows]], minlength=len(known.names)).tolist()
    found = [(tag, n) for tag, n in zip(known.names, counts, strict=True) if n and tag not in masked]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0]))[:MOST_TAGS])


def sentence(told: Account, texts: Texts) -> str:
    """The view in one sentence, for a screen reader after each move: its span and how many events it has."""
    return texts.get("summary.sentence", span=_span(told, texts), events=_events(told, texts))


def summary(told: Account, texts: Texts) -> str:
    """The view in a few sentences, each on a line: span and zone, events with what is in doubt, then lane by lane what
    was counted, and how many notes there are."""
    place = wording.zone_name(told.zone, texts)
    said = [texts.get("summary.head", span=_span(told, texts), place=place), _documented(told, texts)]
    if told.tags:
        tags = ", ".join(texts.get("summary.tag", tag=tag, n=f"{n:,}") for tag, n in told.tags)
        said.append(texts.get("summary.tags", tags=tags))
    said += [lane_words(lane, texts) for lane in told.lanes if lane.half == "counted"]
    said += [texts.get("summary.lane", title=lane.title, figures=texts.count("notes.count", lane.marks))
             for lane in told.lanes if lane.half == "noted" and lane.marks]
    return "\n".join(texts.get("summary.stop", sentence=one) for one in said)


def _span(told: Account, texts: Texts) -> str:
    return wording.span_text(told.span, told.zone, texts)


def _events(told: Account, texts: Texts) -> str:
    """"39 events in view, 5 disputed"."""
    if not told.events:
        return texts.get("summary.no_events")
    parts = [texts.count("summary.events", told.events)]
    parts += [texts.count(f"summary.{name}", number) for name, number in
              (("disputed", told.disputed), ("rough", told.rough)) if number]
    if told.matches is not None:
        parts.append(texts.count("summary.matches", told.matches))
    return ", ".join(parts)


def _documented(told: Account, texts: Texts) -> str:
    """The events, and which lanes they are in where there are several."""
    lanes = [texts.get("summary.in_lane", title=lane.title, n=f"{lane.marks:,}")
             for lane in told.lanes if lane.half == "documented" and lane.marks]
    if len(lanes) < 2:
        return _events(told, texts)
    return texts.get("summary.by_lane", events=_events(told, texts), lanes=", ".join(lanes))


def lane_words(lane: LaneAccount, texts: Texts) -> str:
    """What was counted in one lane: all of it and the peak, or how many marks, and how much of the time is unknown."""
    if lane.quiet:
        return texts.get("summary.lane", title=lane.title, figures=lane.quiet)
    if lane.total is not None:
        parts = [texts.get("summary.total", n=f"{lane.total:,}"), lane.peak_words]
    else:
        parts = [texts.count("summary.figures" if lane.kind == "amounts" else "summary.tweets", lane.marks)]
    if lane.no_data:
        percent = min(max(round(100 * lane.no_data), 1), 99)
        parts.append(texts.get("summary.no_data", percent=percent))
    return texts.get("summary.lane", title=lane.title, figures=", ".join(parts))

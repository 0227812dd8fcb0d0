"""One account of the view in figures and in words: what somebody who sees the picture would read off it.

The figures are taken from the frame that is drawn, never from the data behind it. What is said when, is the window's
affair.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

from timeline_app.base.text import Texts
from timeline_app.domain.records import Event
from timeline_app.domain.time import Span
from timeline_app.viewmodel import in_view, rivals, wording
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
    by_lane = [in_view.events_of(lane, window) for lane in frame.lanes]
    events = {event.id: event for found in by_lane for event in found}
    lanes = tuple(lane_account(lane, len(found), window) for lane, found in zip(frame.lanes, by_lane, strict=True))
    request = next((lane.request for lane in frame.lanes if lane.request is not None), None)
    if request is None:
        return Account(window, "UTC", lanes, 0, 0, 0, None, ())
    contested = rivals.contested(request.dataset)
    disputed = sum(contested.get(one, rivals.NOTHING).is_disputed for one in events)
    matches = None if request.matches is None else sum(one in request.matches for one in events)
    return Account(window, request.zone, lanes, len(events), disputed,
                   sum(map(in_view.is_rough, events.values())), matches,
                   _tags(events.values(), request.dataset.meta.masked_tags))


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


def _tags(events: Iterable[Event], masked: Container[str]) -> tuple[tuple[str, int], ...]:
    """The tags that most events name, those left out that the dataset masks."""
    counted = Counter(tag for event in events for tag in dict.fromkeys(event.hashtags) if tag not in masked)
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:MOST_TAGS])


def sentence(told: Account, texts: Texts) -> str:
    """The view in one sentence, for a screen reader after each move: its span and how many events it has."""
    return texts.get("summary.sentence", span=_span(told, texts), events=_events(told, texts))


def summary(told: Account, texts: Texts) -> str:
    """The view in a few sentences: span and zone, events with what is in doubt, then lane by lane what was counted,
    and how many notes there are."""
    place = wording.zone_name(told.zone, texts)
    said = [texts.get("summary.head", span=_span(told, texts), place=place), _documented(told, texts)]
    if told.tags:
        tags = ", ".join(texts.get("summary.tag", tag=tag, n=f"{n:,}") for tag, n in told.tags)
        said.append(texts.get("summary.tags", tags=tags))
    said += [lane_words(lane, texts) for lane in told.lanes if lane.half == "counted"]
    said += [texts.get("summary.lane", title=lane.title, figures=texts.count("notes.count", lane.marks))
             for lane in told.lanes if lane.half == "noted" and lane.marks]
    return " ".join(texts.get("summary.stop", sentence=one) for one in said)


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

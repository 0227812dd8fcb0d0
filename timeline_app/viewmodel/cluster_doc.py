"""A cluster as it is read and walked: what the detail pane says about it, where a click leads, which event comes first
in it. Which events are clusters is decided in `clusters`.
"""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from timeline_app.base.text import catalogue
from timeline_app.domain import cite
from timeline_app.domain.records import Event
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, Span
from timeline_app.engine import event_index
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.event_index import EventIndex
from timeline_app.viewmodel import clusters, event_marks, moves, shown_lanes, wording
from timeline_app.viewmodel.clusters import Name
from timeline_app.viewmodel.detail_parts import Chip, DetailDoc, Member
from timeline_app.viewmodel.makeup import listed, made_of
from timeline_app.viewmodel.picture import LaneRequest
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import LaneChoice, ViewState
from timeline_app.viewmodel.window import TimeScale, Window

MOST_LISTED = 200
MOST_KINDS = 8


def describe_cluster(selected: str, dataset: Dataset, choice: LaneChoice, how: tuple[str, str]) -> DetailDoc | None:
    """The document of a cluster in (language, zone): how many events, of what, and the first of them by name; None
    where there is none of that name."""
    found = _found(selected, dataset, choice)
    if found is None:
        return None
    (name, index, places), (language, zone) = found, how
    texts, lane = catalogue(language), shown_lanes.by_id(dataset, choice, name.lane)
    span = Span(int(index.start[places].min()), int(index.end[places].max()))
    title, when = texts.count("lane.cluster.events", len(places)), wording.span_text(_stated(span), zone, texts)
    said = listed(made_of(dataset, index, name), language, MOST_KINDS)
    members = tuple(_member(one, zone, language) for one in _events(places[:MOST_LISTED], index, dataset))
    more = len(places) - len(members)
    note = texts.count("detail.cluster.more", more) if more else ""
    return DetailDoc(selected, title, when, summary=said, chips=(Chip(lane.title.say(language)),) if lane else (),
                     members=members, members_note=note,
                     citation=cite.cite_event(title, when, dataset.meta.title.say(language), [], texts))


def _found(selected: str, dataset: Dataset, choice: LaneChoice) -> tuple[Name, EventIndex, np.ndarray] | None:
    """The cluster of a name: its lane's index and the places of its events, in order of time."""
    name = Name.read(selected)
    lane = shown_lanes.by_id(dataset, choice, name.lane) if name is not None else None
    if name is None or lane is None:
        return None
    index = event_index.of(dataset, lane.event_ids)
    places = [one.places[some] for one, some in name.parts(index)]
    joined = np.sort(np.concatenate(places)) if places else np.zeros(0, np.int64)
    return (name, index, joined) if len(joined) else None


def _events(places: np.ndarray, index: EventIndex, dataset: Dataset) -> list[Event]:
    return clusters.events_of(places.tolist(), index, dataset)


def _member(event: Event, zone: str, language: str) -> Member:
    title = event.label.say(language) or event.title.say(language)
    return Member(event.id, title, wording.when_text(event.when, zone, catalogue(language)).main)


def _stated(span: Span) -> Span:
    """Without ends that nobody states."""
    start, end = max(span.start, MIN_INSTANT // 2), min(span.end, MAX_INSTANT // 2)
    return Span(min(start, end), max(start, end))


def step_into(selected: str, dataset: Dataset, choice: LaneChoice, step: int) -> str:
    """The first event of a selected cluster, or walking back its last; "" where the selection is none."""
    found = _found(selected, dataset, choice)
    if found is None:
        return ""
    _, index, places = found
    return dataset.events[index.rows[places[0 if step > 0 else -1]]].id


def pressed(session: Session, selected: str, request: LaneRequest) -> ViewState:
    """What a click on a cluster does: zoom in until it falls apart, or, where it does not, select it to be listed."""
    window = opened(selected, request, session.limits)
    if window is None:
        return moves.select(session.state, selected, request.spec.id)
    return moves.look(session.state, window=window, lane=request.spec.id)


def opened(selected: str, request: LaneRequest, limits: Window) -> Window | None:
    """The window in which a cluster falls into parts; None where zooming in does not part it. `request` is that of the
    lane as it is drawn."""
    name, index = Name.read(selected), clusters.index_of(request)
    if name is None:
        return None
    middles = [one.middle[some] for one, some in name.parts(index) if some.start < some.stop]
    if not middles:
        return None
    span = Span(min(int(one[0]) for one in middles), max(int(one[-1]) for one in middles) + 1)
    more = max(span.length * 1000 // 8, 10_000)
    window = Window(span.start * 1000 - more, span.end * 1000 + more).kept_within(limits)
    if window.length_us >= request.scale.window.length_us or not _parts(name, window, request):
        return None
    return window


def _parts(name: Name, window: Window, request: LaneRequest) -> bool:
    """Whether the events of a cluster are not all in one cluster of a window again."""
    near = replace(request, scale=TimeScale(window, request.scale.width))
    own = dict(name.parts(clusters.index_of(request)))
    whole = sum(some.stop - some.start for some in own.values())
    made = clusters.grouped(near, event_marks.snapped(near.scale), event_marks.row_count(near))
    return all(sum(_shared(own.get(one), some) for one, some in cluster.parts) < whole for cluster in made.clusters)


def _shared(one: slice | None, other: slice) -> int:
    return max(0, min(one.stop, other.stop) - max(one.start, other.start)) if one is not None else 0

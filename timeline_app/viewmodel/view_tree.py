"""What is in view as a short list that a screen reader can walk: marks in order of time, then each counted lane with
its bars. Where there are more than 200 marks, or events are drawn as one, lanes stand in their place, with their marks
or groups of them below. No node has more than 200 children, however many events or tweets there are.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from timeline_app.domain.time import Span
from timeline_app.viewmodel import cluster_doc, in_view, mark_words, moves, summary, wording
from timeline_app.viewmodel.commands import chosen_state
from timeline_app.viewmodel.frame import Frame, PlacedLane
from timeline_app.viewmodel.in_view import Seen
from timeline_app.viewmodel.picture import Counted
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState
from timeline_app.viewmodel.window import Window

MOST, GROUPS = 200, 100
MOST_BARS = 600  # of all lanes, so that a reader which walks everything is soon through


@dataclass(frozen=True, eq=False)
class Entry:
    """One node: a mark (`seen`), or a lane, a group of marks or some bars, which `words` name. Its time, and its top
    and height in px of the column of lanes."""

    lane: PlacedLane
    span: Span
    top: float
    height: float
    seen: Seen | None = None
    words: str = ""
    children: tuple[Entry, ...] = ()

    @property
    def id(self) -> str:
        """What a state selects for it; "" for what cannot be selected."""
        return self.seen.selects if self.seen is not None else ""

    @property
    def key(self) -> tuple[object, ...]:
        """Tells whether a node still stands for the same."""
        mark = (self.seen.item.kind, self.seen.item.id) if self.seen is not None else (self.words,)
        return self.lane.spec.id, self.span, *mark

    @cached_property
    def name(self) -> str:
        """The node in words: what, when, and how sure."""
        return mark_words.of_mark(self.seen).line if self.seen is not None else self.words


def tree(frame: Frame) -> tuple[Entry, ...]:
    """The nodes of a frame."""
    window = frame.scale.window.span
    lanes = [lane for lane in frame.lanes if lane.request is not None]
    by_lane = [(lane, in_view.of_lane(lane, window)) for lane in lanes]
    marks = in_view.of_frame(frame)
    with_bars = [lane for lane in lanes if lane.picture.counted is not None]
    counted = tuple(_counted(lane, window, max(1, MOST_BARS // len(with_bars))) for lane in with_bars)
    heaped = [lane for lane in lanes if lane.picture.stacks]
    if len(marks) + len(counted) <= MOST and not heaped:
        return tuple(map(_mark, marks)) + counted
    grouped = tuple(_lane(lane, found, window) for lane, found in by_lane
                    if found and lane.picture.counted is None or lane in heaped)
    return (*grouped, *counted)[:MOST]


def pressed(entry: Entry, session: Session) -> ViewState:
    """What pressing a node does: a mark is selected, anything else is zoomed to."""
    if entry.id:
        return chosen_state(session, entry.id)
    if entry.seen is not None and entry.seen.item.kind == in_view.CLUSTER and entry.lane.request is not None:
        return cluster_doc.pressed(session, entry.seen.item.id, entry.lane.request)
    if entry.seen is not None:
        return moves.look(session.state, lane=entry.lane.spec.id)
    shown = moves.show(session.state, Window.of(entry.span), session.limits)
    return moves.look(shown, lane=entry.lane.spec.id)


def find(entries: Sequence[Entry], selected: str) -> tuple[int, ...] | None:
    """The path to what a state has selected; None where it is not among the nodes."""
    if not selected:
        return None
    for number, entry in enumerate(entries):
        if entry.id == selected:
            return (number,)
        below = find(entry.children, selected)
        if below is not None:
            return (number, *below)
    return None


def _mark(seen: Seen) -> Entry:
    lane = seen.lane
    end = max(seen.end_ms, seen.start_ms)
    return Entry(lane, Span(seen.start_ms, end), lane.top + lane.head + seen.top, seen.height, seen)


def _lane(lane: PlacedLane, marks: Sequence[Seen], window: Span) -> Entry:
    """A lane whose marks are too many for one list: they stand below it, in groups where they are many themselves."""
    if lane.spec.half == "documented":
        times = in_view.times(lane, window)
        kind = "events"
    else:
        times = np.array([(one.start_ms, one.end_ms) for one in marks], dtype=np.int64).reshape(-1, 2)
        kind = "marks"
    words = lane.request.texts.count(f"access.lane.{kind}", len(times), title=lane.picture.heading.title)
    few = 0 < len(marks) <= MOST
    children = tuple(map(_mark, marks)) if few else _groups(lane, times, kind)
    return Entry(lane, window, lane.top, lane.height, words=words, children=children)


def _groups(lane: PlacedLane, times: np.ndarray, kind: str) -> tuple[Entry, ...]:
    """int64[n, 2] times, in order, as at most 100 groups of equally many."""
    each, found, texts = -(-len(times) // GROUPS) or 1, [], lane.request.texts
    window = lane.request.scale.window.span
    for low in range(0, len(times), each):
        some = times[low:low + each]
        start, end = max(int(some[:, 0].min()), window.start), min(int(some[:, 1].max()) + 1, window.end)
        span = Span(min(start, end), max(start, end))
        words = texts.count(f"access.group.{kind}", len(some), span=_span(lane, span))
        found.append(Entry(lane, span, lane.top, lane.height, words=words))
    return tuple(found)


def _counted(lane: PlacedLane, window: Span, room: int) -> Entry:
    """A counted lane: what there is in all, and below it its bars, several as one where there are more than `room`."""
    counted, texts = lane.picture.counted, lane.request.texts
    words = summary.lane_words(summary.lane_account(lane, 0, window), texts)
    return Entry(lane, window, lane.top, lane.height, words=words, children=tuple(_bars(lane, counted, room)))


def _bars(lane: PlacedLane, counted: Counted, room: int) -> list[Entry]:
    texts, size = lane.request.texts, len(counted.start)
    each, found = (1 if size <= min(MOST, room) else -(-size // min(GROUPS, room))), []
    for low in range(0, size, each):
        some = counted.totals[low:low + each]
        span = Span(int(counted.start[low]), int(counted.end[min(low + each, size) - 1]))
        said = {"span": _span(lane, span), "n": f"{int(some.sum()):,}"}
        more = {"most": f"{int(some.max()):,}"} if each > 1 else {}
        words = texts.get("access.bars" if each > 1 else "access.bar", **said, **more)
        found.append(Entry(lane, span, lane.top, lane.height, words=words))
    return found


def _span(lane: PlacedLane, span: Span) -> str:
    return wording.span_text(span, in_view.zone_of(lane), lane.request.texts)

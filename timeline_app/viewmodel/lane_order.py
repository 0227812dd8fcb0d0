"""In which order lanes stand: as the dataset has them, by name, by how many events they hold or by their first event;
then as they were moved by hand, pinned ones on top. The parts of a view, documented and counted, are never mixed.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from timeline_app.domain.time import MAX_INSTANT
from timeline_app.engine import event_index
from timeline_app.engine.dataset import Dataset, LaneSpec
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.state import LaneChoice, ViewState

HALVES = ("noted", "documented", "counted")
_DIGITS = re.compile(r"\d+")


def ordered(specs: Iterable[LaneSpec], dataset: Dataset, choice: LaneChoice) -> tuple[LaneSpec, ...]:
    """The lanes as they stand. Counted lanes, of many units, have no count in common: they are ordered by name, or
    stay."""
    keys: dict[str, Callable[[LaneSpec], object]] = {
        "name": _name, "count": lambda spec: -len(spec.event_ids), "first": lambda spec: _first(spec, dataset)}
    found = sorted(specs, key=keys[choice.order]) if choice.order in keys else list(specs)
    by_hand = {lane: place for place, lane in enumerate(choice.arranged)}
    pinned = frozenset(choice.pinned)
    return tuple(sorted(found, key=lambda spec: (
        HALVES.index(spec.half), spec.id not in pinned, by_hand.get(spec.id, len(by_hand)))))


def _name(spec: LaneSpec) -> str:
    """A name as it is sorted: numbers in it by their value."""
    return _DIGITS.sub(lambda found: found[0].zfill(20), spec.title.text.casefold())


def _first(spec: LaneSpec, dataset: Dataset) -> int:
    index = event_index.of(dataset, spec.event_ids)
    return int(index.start[0]) if len(index) else MAX_INSTANT


def moved(state: ViewState, specs: tuple[LaneSpec, ...], lane: str, step: int) -> ViewState:
    """The state with a lane so many shown lanes lower in its part, higher where negative; the same at its ends. `specs`
    are all lanes as they stand, hidden ones too."""
    spec = next((one for one in specs if one.id == lane), None)
    if spec is None or spec.half == HALVES[0]:
        return state
    choice = state.view.lanes
    part = [one.id for one in specs if one.half == spec.half]
    peers = [one for one in part if one not in choice.hidden and (one in choice.pinned) == (lane in choice.pinned)]
    if lane not in peers:
        return state
    at = peers.index(lane)
    to = min(max(at + step, 0), len(peers) - 1)
    if to == at:
        return state
    rest = [one for one in part if one != lane]
    place = rest.index(peers[to]) + (to > at)
    return moves.arrange_lanes(state, (*rest[:place], lane, *rest[place:]))

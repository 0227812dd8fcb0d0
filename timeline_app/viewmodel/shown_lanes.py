"""Which lanes a view shows, in their order: the dataset's own or those that its events are grouped in, those a viewer
added, a stack's parts where it is set apart; without those that are hidden. Their height is `frame`'s business.

What is asked for the first time may take a moment with very many events: `prepare` is for a worker.
"""
from __future__ import annotations

from functools import lru_cache

from timeline_app.engine import collection_lanes, event_index
from timeline_app.engine.dataset import Dataset, LaneSpec
from timeline_app.viewmodel import grouping, lane_order
from timeline_app.viewmodel.state import LaneChoice

TWEETS = "tweets"


@lru_cache(maxsize=64)
def all_lanes(dataset: Dataset, choice: LaneChoice) -> tuple[LaneSpec, ...]:
    """Every lane there is now, hidden ones too, each once."""
    added = (collection_lanes.spec(dataset, lane) for lane in choice.added)
    wanted = (*_own(dataset, choice.group), *(one for one in added if one is not None))
    found: dict[str, LaneSpec] = {}
    for spec in wanted:
        for one in _parts(dataset, spec) if choice.look(spec.id).apart else (spec,):
            found.setdefault(one.id, one)
    return lane_order.ordered(found.values(), dataset, choice)


def prepare(dataset: Dataset, group: str, order: str) -> None:
    """Make what lanes in a group and an order need, so that they are there at once when a view shows them."""
    for spec in all_lanes(dataset, LaneChoice(group=group, order=order)):
        event_index.of(dataset, spec.event_ids)


def _own(dataset: Dataset, group: str) -> tuple[LaneSpec, ...]:
    """The dataset's lanes, or in the place of those of events the lanes of a group."""
    own = dataset.meta.lanes
    if not group:
        return own
    kept = tuple(one for one in own if one.half != "documented" or one.series_id or one.collection_id)
    return (*grouping.lanes(dataset, group), *kept)


def shown(dataset: Dataset, choice: LaneChoice) -> tuple[LaneSpec, ...]:
    """The lanes that are not hidden."""
    return tuple(one for one in all_lanes(dataset, choice) if one.id not in choice.hidden)


def by_id(dataset: Dataset, choice: LaneChoice, lane_id: str) -> LaneSpec | None:
    """The lane of an id, if it is there now."""
    return next((one for one in all_lanes(dataset, choice) if one.id == lane_id), None)


def stack_of(dataset: Dataset, choice: LaneChoice, lane_id: str) -> str:
    """The id of the stack that a lane is, or that it is a part of now; "" for neither."""
    spec = by_id(dataset, choice, lane_id)
    if spec is None or spec.kind != TWEETS:
        return ""
    if len(spec.terms) > 1:
        return spec.id
    group = lane_id.partition("=")[0]
    return group if group != lane_id and choice.look(group).apart else ""


def _parts(dataset: Dataset, spec: LaneSpec) -> tuple[LaneSpec, ...]:
    """A lane for each term of a stack; the lane itself where it is none."""
    if spec.kind != TWEETS or len(spec.terms) < 2:
        return (spec,)
    lanes = (collection_lanes.spec(dataset, f"{spec.collection_id}/{term}") for term in spec.terms)
    return tuple(one for one in lanes if one is not None)

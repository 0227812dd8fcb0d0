"""The lanes: one file each, named in this one table. A lane file has `wanted(request)` and `picture(request)`; lanes
do not know each other (docs/ADD-A-LANE.md).
"""
from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Protocol

from timeline_app.viewmodel.lanes import amounts, counts, events, floods, notes, portals, tweets
from timeline_app.viewmodel.picture import LanePicture, LaneRequest, Wanted


class Lane(Protocol):
    """What a lane file offers. Both functions are pure: the same request gives the same answer."""

    wanted: Callable[[LaneRequest], Wanted]
    picture: Callable[[LaneRequest], LanePicture]


TABLE: dict[str, ModuleType] = {
    "portals": portals,
    "events": events,
    "floods": floods,
    "counts": counts,
    "amounts": amounts,
    "tweets": tweets,
    "notes": notes,
}


def lane_of(kind: str) -> Lane:
    """The lane of a kind that a dataset names; an unknown kind is drawn as events."""
    return TABLE.get(kind, events)

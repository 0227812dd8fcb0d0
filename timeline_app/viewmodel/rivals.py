"""What is disputed about each event, and the other dates that sources give for it, ready for the lanes.

The judging is `domain.claims`; here it is done once for a dataset and kept.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from timeline_app.domain import claims
from timeline_app.domain.records import Event
from timeline_app.domain.time import When
from timeline_app.engine.dataset import Dataset

# The questions whose answers are times of the event itself, so that a rival answer is a rival place on the line.
OWN_TIME = frozenset({"when"})


@dataclass(frozen=True, slots=True)
class Contested:
    """What lanes say of one event: its rival times, how many answers its first dispute has, and the questions."""

    rivals: tuple[When, ...] = ()
    answers: int = 0
    names: tuple[str, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether any of its questions has answers that exclude each other."""
        return bool(self.names)


NOTHING = Contested()


@lru_cache(maxsize=8)
def contested(dataset: Dataset) -> dict[str, Contested]:
    """By event id, for every event with a disputed question."""
    zones = {event.id: event.when.zone for event in dataset.events}
    found: dict[str, list[claims.Dispute]] = {}
    for dispute in claims.disputes(dataset.questions, dataset.claims, zones, dataset.derived):
        found.setdefault(dispute.event_id, []).append(dispute)
    events = dataset.event_by_id
    return {event_id: _contested(events[event_id], disputes)
            for event_id, disputes in found.items() if event_id in events}


def _contested(event: Event, disputes: list[claims.Dispute]) -> Contested:
    distinct = {voice.answer.identity for voice in disputes[0].rivals}
    return Contested(_rival_times(event, disputes), len(distinct), tuple(one.question for one in disputes))


def _rival_times(event: Event, disputes: list[claims.Dispute]) -> tuple[When, ...]:
    """The times that do not touch the event's own."""
    own = event.when.span
    times: dict[tuple[int, int], When] = {}
    for dispute in disputes:
        for voice in dispute.rivals if dispute.question in OWN_TIME else ():
            when = voice.answer.when
            if when is not None and voice.affirms and not when.span.overlaps(own):
                times.setdefault((when.earliest_start, when.latest_end), when)
    return tuple(times.values())

"""What the events of a cluster are: told by the first of kind, place, actor and hashtag in which the lane's events
differ. Which events a cluster holds is in `clusters`.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from timeline_app.domain.records import Event, Words
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.event_index import EventIndex, LengthClass
from timeline_app.engine.lane_plan import kind_words
from timeline_app.viewmodel.clusters import Name, Part

MOST_TOLD = 12
MOST_WORDS = 2000  # what differs in more than so many ways tells nothing apart


@dataclass(frozen=True, slots=True)
class Told:
    """How many events are what, of the most frequent, and in how many ways they differ."""

    most: tuple[tuple[Words, int], ...] = ()
    ways: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Makeup:
    """The `words` of each code, and the codes of the events of each class of lengths, -1 for none."""

    words: tuple[Words, ...]
    codes: dict[LengthClass, np.ndarray]

    def of(self, parts: Iterable[Part]) -> Told:
        """What a cluster's events are, the most frequent first; those that say nothing are left out."""
        found = np.zeros(len(self.words) + 1, dtype=np.int64)
        for one, some in parts:
            found += np.bincount(self.codes[one][some] + 1, minlength=len(found))
        order = np.argsort(-found[1:], kind="stable")[:MOST_TOLD]
        told = tuple((self.words[code], int(found[code + 1])) for code in order.tolist() if found[code + 1])
        return Told(told, int(np.count_nonzero(found[1:])))


def _place(event: Event) -> Words:
    return event.place.name


def _actor(event: Event) -> Words:
    return Words(event.actors[0]) if event.actors else Words()


def _tag(event: Event) -> Words:
    return Words(f"#{event.hashtags[0]}") if event.hashtags else Words()


def _kind(event: Event) -> Words:
    return Words(event.kind)


WAYS: tuple[Callable[[Event], Words], ...] = (_kind, _place, _actor, _tag)


@lru_cache(maxsize=128)
def makeup(dataset: Dataset, index: EventIndex) -> Makeup | None:
    """What tells the events of a lane apart; None where nothing does."""
    events = [dataset.events[row] for row in index.rows.tolist()]
    for way in WAYS:
        codes: dict[Words, int] = {}
        found = np.array([codes.setdefault(words, len(codes)) if (words := way(event)).text else -1
                          for event in events], dtype=np.int64)
        if 2 <= len(codes) <= MOST_WORDS:
            words = tuple(kind_words(one.text) if way is _kind else one for one in codes)
            return Makeup(words, {one: found[one.places] for one in index.classes})
    return None


@lru_cache(maxsize=4096)
def made_of(dataset: Dataset, index: EventIndex, name: Name) -> Told:
    """What the events of a cluster are, the most frequent first."""
    told = makeup(dataset, index)
    return told.of(name.parts(index)) if told is not None else Told()


@lru_cache(maxsize=4096)
def wordings(dataset: Dataset, index: EventIndex, name: Name, language: str) -> tuple[str, ...]:
    """What the events of a cluster are, from the longest wording to the shortest; the same at every frame, so that it
    is kept."""
    found = made_of(dataset, index, name)
    return tuple(listed(found, language, most) for most in (3, 1) if len(found.most) >= most)


def listed(found: Told, language: str, most: int) -> str:
    """Such as "Dallas 40, Seoul 12, …"."""
    said = ", ".join(f"{words.say(language)} {number:,}" for words, number in found.most[:most])
    return f"{said}, …" if found.ways > most else said

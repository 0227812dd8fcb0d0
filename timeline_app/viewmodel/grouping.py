"""Documented lanes made by what the dataset says of its events: a lane for each kind, place, actor, hashtag, or value
of another column, in the dataset's own words. In which order they stand is `lane_order`.

An event with several values stands in the lane of each. Of very many values the most frequent have lanes, the others
one together; what a dataset masks, a person whom it does not name, and an actor that is a kind of people have no lane
of their own.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.domain.records import Event, Words
from timeline_app.engine.dataset import Dataset, LaneSpec
from timeline_app.engine.lane_plan import kind_words

MOST_LANES = 40
FEW_LANES = 12  # so many values all have lanes; of more, those that a single event has do not
MOST_VALUES = 2_000  # of a column that the format does not know: more are names or remarks, and group nothing
LONGEST = 80
COLUMN, SOURCE = "column:", "source"
EVENTS = "events"
_NOBODY = re.compile(r"fan-\d+")  # how the format writes a person who is not named


@dataclass(frozen=True, slots=True)
class Way:
    """A way to group: its name as a state has it, what people call it, and how many values it has."""

    name: str
    title: Words
    values: int


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """Who has which value: int64[m] `rows` of events and the `codes` of their values, ordered by code and row; an event
    has as many as it has values. int64[k] `missing` are the rows of events that have none."""

    values: tuple[str, ...]
    rows: np.ndarray
    codes: np.ndarray
    missing: np.ndarray


Read = Callable[[Event], Iterable[str]]
READ: dict[str, Read] = {
    "kind": lambda event: (event.kind,),
    "place": lambda event: (event.place.name.text,),
    "actor": lambda event: event.actors,
    "hashtag": lambda event: event.hashtags,
    "subject": lambda event: (event.subject,),
    "state": lambda event: (event.state,),
    "precision": lambda event: (event.when.precision.value,),
}


@lru_cache(maxsize=8)
def ways(dataset: Dataset) -> tuple[Way, ...]:
    """The ways in which the lanes of a dataset can be grouped: those that tell its events apart."""
    own = dict.fromkeys(name for event in dataset.events for name, _ in event.columns)
    found = []
    for name in (*READ, SOURCE, *(f"{COLUMN}{one}" for one in own)):
        codes = _codes(dataset, name)
        is_fit = not name.startswith(COLUMN) or _groups(codes, len(dataset.events))
        if is_fit and len(codes.values) + bool(len(codes.missing)) > 1 and codes.values:
            found.append(Way(name, title(name), len(codes.values)))
    return tuple(found)


def _groups(codes: Codes, events: int) -> bool:
    """Whether values of a column are few and short enough to be names of lanes."""
    return (len(codes.values) <= min(MOST_VALUES, max(FEW_LANES, events // 2))
            and all(len(one) <= LONGEST for one in codes.values))


def title(group: str) -> Words:
    """What a way to group is called; a column of the dataset's own keeps its name."""
    if group.startswith(COLUMN):
        return Words(group.removeprefix(COLUMN))
    return _said(f"lane.group.{group}")


def is_known(dataset: Dataset, group: str) -> bool:
    """Whether lanes can be grouped so."""
    return not group or any(one.name == group for one in ways(dataset))


@lru_cache(maxsize=16)
def lanes(dataset: Dataset, group: str) -> tuple[LaneSpec, ...]:
    """A lane for each value, the most frequent first; then one for the rest, for what is masked, for what is not
    stated. Every event is in at least one of them."""
    codes = _codes(dataset, group)
    counts = np.bincount(codes.codes, minlength=len(codes.values))
    hidden = {number for number, value in enumerate(codes.values) if _is_masked(dataset, group, value)}
    order = [one for one in np.lexsort((np.arange(len(counts)), -counts)).tolist() if one not in hidden]
    own = [one for one in order if not _is_nobody(dataset, group, codes.values[one])]
    if len(own) > FEW_LANES:
        own = [one for one in own if counts[one] > 1] or own
    own, masked = own[:MOST_LANES], sorted(hidden)
    rest = sorted(set(order) - set(own))
    if len(rest) == 1 and not _is_nobody(dataset, group, codes.values[rest[0]]):
        own, rest = own + rest, []
    words = _words_of(dataset, group)
    found = [_lane(dataset, f"group:{group}:{codes.values[one]}", words(codes.values[one]), _of(codes, [one]))
             for one in own]
    found += [_lane(dataset, f"group-{name}:{group}", _said(f"lane.group.{name}", n=len(some)), _of(codes, some))
              for name, some in (("rest", rest), ("masked", masked)) if some]
    if len(codes.missing):
        said = _said("lane.group.missing", what=title(group))
        found.append(_lane(dataset, f"group-missing:{group}", said, codes.missing))
    return tuple(found)


def _of(codes: Codes, wanted: list[int]) -> np.ndarray:
    """int64[k]: the rows of events that have any of some values, each once, ascending."""
    if len(wanted) == 1:
        low, high = np.searchsorted(codes.codes, (wanted[0], wanted[0] + 1))
        return codes.rows[low:high]
    return np.unique(codes.rows[np.isin(codes.codes, np.array(wanted, dtype=np.int64))])


def _lane(dataset: Dataset, lane: str, name: Words, rows: np.ndarray) -> LaneSpec:
    events = dataset.events
    return LaneSpec(lane, EVENTS, "documented", name, event_ids=tuple(events[row].id for row in rows.tolist()))


@lru_cache(maxsize=32)
def _codes(dataset: Dataset, group: str) -> Codes:
    known: dict[str, int] = {}
    rows: list[int] = []
    codes: list[int] = []
    missing: list[int] = []
    read = _reader(dataset, group)
    for row, event in enumerate(dataset.events):
        before = len(rows)
        for value in read(event):
            if value:
                rows.append(row)
                codes.append(known.setdefault(value, len(known)))
        if len(rows) == before:
            missing.append(row)
    found, which = np.array(rows, dtype=np.int64), np.array(codes, dtype=np.int64)
    order = np.lexsort((found, which))
    found, which = found[order], which[order]
    is_new = np.ones(len(found), dtype=bool)
    is_new[1:] = (np.diff(found) != 0) | (np.diff(which) != 0)
    return Codes(tuple(known), found[is_new], which[is_new], np.array(missing, dtype=np.int64))


def _reader(dataset: Dataset, group: str) -> Read:
    if group == SOURCE:
        names = {one.id: one.name for one in dataset.sources.values()}
        return lambda event: (names[one] for one in event.source_ids if one in names)
    if not group.startswith(COLUMN):
        return READ.get(group, lambda _: ())
    column = group.removeprefix(COLUMN)
    return lambda event: (words.text for name, words in event.columns if name == column)


def _is_masked(dataset: Dataset, group: str, value: str) -> bool:
    return group == "hashtag" and value in dataset.meta.masked_tags


def _is_nobody(dataset: Dataset, group: str, actor: str) -> bool:
    """Whether an actor is nobody for whom a lane may stand: a person without a name, or a kind of people."""
    return group == "actor" and (_NOBODY.fullmatch(actor) is not None or actor in dataset.meta.crowds)


def _words_of(dataset: Dataset, group: str) -> Callable[[str], Words]:
    """How a value of a group is said: in the dataset's words, where it has some."""
    if group == "kind":
        return kind_words
    if group == "subject":
        return lambda value: dataset.meta.word("subjects", value)
    if group == "place" or group.startswith(COLUMN):
        return _first_words(dataset, group)
    if group == "state":
        return _state
    if group == "precision":
        return lambda value: _said(f"time.precision.{value}")
    if group == "actor":
        return lambda value: dataset.meta.word("vocabulary", value)
    return lambda value: Words(f"#{value}" if group == "hashtag" else value)


def _state(value: str) -> Words:
    key = f"lane.state_{value}"
    return _said(key) if catalogue(LANGUAGES[0]).has(key) else Words(value)


def _first_words(dataset: Dataset, group: str) -> Callable[[str], Words]:
    """A value with the translation that stands at the first event that has it."""
    codes = _codes(dataset, group)
    first = {codes.values[code]: row for code, row in zip(codes.codes[::-1].tolist(), codes.rows[::-1].tolist(),
                                                          strict=True)}
    column = group.removeprefix(COLUMN)

    def said(value: str) -> Words:
        event = dataset.events[first[value]]
        return event.place.name if group == "place" else dict(event.columns)[column]
    return said


def _said(key: str, **args: object) -> Words:
    """A text of ours in each language, with words of the dataset in it."""
    def text(code: str) -> str:
        told = {name: one.say(code) if isinstance(one, Words) else one for name, one in args.items()}
        return catalogue(code).get(key, **told)

    first, *others = LANGUAGES
    return Words(text(first), tuple((code, text(code)) for code in others))

"""A dataset in memory: everything that was read, with what was wrong. Reading is in `importers`, judging in `check`.

`open_dataset` takes a folder, a zip, a single table or the name of a bundled dataset.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from timeline_app.base import resources
from timeline_app.base.problems import Problem, UserError
from timeline_app.domain.notes import Note
from timeline_app.domain.records import Claim, Derived, Event, Post, Question, Quote, Source, Words
from timeline_app.domain.stories import Story
from timeline_app.domain.time import Span
from timeline_app.engine.series import Series
from timeline_app.engine.tweets.store import Store


@dataclass(frozen=True, slots=True)
class LaneSpec:
    """One lane as the dataset asks for it: `kind` names the file in viewmodel/lanes, `half` is "documented" or
    "counted", `event_ids` the events it holds, `series_id` what it counts; or, of a collection of tweets, `terms` are
    the keys that it counts, stacked where there are several, none for all tweets."""

    id: str
    kind: str
    half: str
    title: Words
    note: Words = Words()
    event_ids: tuple[str, ...] = field(default=(), hash=False)  # there may be a million of them
    series_id: str = ""
    annotations: tuple[Annotation, ...] = ()
    collection_id: str = ""
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """A worded mark at one moment of a lane."""

    at_ms: int
    text: Words


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """A collection of tweets that belongs to a dataset: what it is called, and its store."""

    id: str
    title: Words
    store: Store


@dataclass(frozen=True, slots=True)
class Meta:
    """What the manifest says about the dataset as a whole. `id` is "" for what has none of its own, `name` a short one
    that others may have too. `names` holds readable words for keys, units and subjects as ("vocabulary" | "units" |
    "subjects" | "subject_notes", key) -> Words. `crowds` are actors that are kinds of people, not a person or a body.
    `accounts` are those that may be named, in small letters."""

    id: str
    name: str
    title: Words
    zone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    opening: Span | None = None
    opening_selection: str = ""
    lanes: tuple[LaneSpec, ...] = ()
    overview_series: str = ""
    names: Mapping[tuple[str, str], Words] = field(default_factory=dict)
    masked_tags: Mapping[str, Words] = field(default_factory=dict)
    awaiting_readers: frozenset[str] = frozenset()
    licence: str = ""
    description: Words = Words()
    crowds: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()

    def word(self, table: str, key: str) -> Words:
        """The readable words of a key, or the key itself."""
        return self.names.get((table, key), Words(key))


@dataclass(frozen=True, eq=False)
class Dataset:
    """Everything of one dataset. Rows with an error are left out and stand in `problems`."""

    meta: Meta
    path: str = ""
    events: tuple[Event, ...] = ()
    questions: tuple[Question, ...] = ()
    claims: tuple[Claim, ...] = ()
    derived: tuple[Derived, ...] = ()
    quotes: tuple[Quote, ...] = ()
    posts: tuple[Post, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    series: tuple[Series, ...] = ()
    problems: tuple[Problem, ...] = ()
    collections: tuple[Collection, ...] = ()
    notes: tuple[Note, ...] = ()
    stories: tuple[Story, ...] = ()

    @cached_property
    def event_by_id(self) -> Mapping[str, Event]:
        """Events by id."""
        return {event.id: event for event in self.events}

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The place of each event in `events` by its id."""
        return {event.id: row for row, event in enumerate(self.events)}

    @cached_property
    def series_by_id(self) -> Mapping[str, Series]:
        """Series by id."""
        return {one.id: one for one in self.series}

    @cached_property
    def collection_by_id(self) -> Mapping[str, Collection]:
        """Collections of tweets by id."""
        return {one.id: one for one in self.collections}

    @cached_property
    def instants(self) -> np.ndarray:
        """int64[n, 4]: earliest start, latest start, earliest end, latest end of each event, ms UTC."""
        rows = [(e.when.earliest_start, e.when.latest_start, e.when.earliest_end, e.when.latest_end)
                for e in self.events]
        return np.array(rows, dtype=np.int64).reshape(-1, 4)

    @cached_property
    def in_time(self) -> np.ndarray:
        """int64[n]: the places of the events by earliest start, then latest end, then as in the table."""
        return np.lexsort((self.instants[:, 3], self.instants[:, 0]))

    @cached_property
    def span(self) -> Span | None:
        """From the earliest event to the latest; where there are no events of what is counted; None when empty."""
        if self.events:
            return Span(int(self.instants[:, 0].min()), int(self.instants[:, 3].max()))
        spans = [Span(int(s.start[0]), int(s.start[-1]) + max(s.bin_ms, 1)) for s in self.series if len(s.start)]
        spans += [one.store.span for one in self.collections if one.store.span is not None]
        return Span(min(one.start for one in spans), max(one.end for one in spans)) if spans else None

    def of_event(self, rows: str, event_id: str) -> tuple:
        """The rows of one table ("questions", "claims", "derived", "quotes", "posts") that belong to an event."""
        return self._by_event[rows].get(event_id, ())

    @cached_property
    def _by_event(self) -> dict[str, dict[str, tuple]]:
        index: dict[str, dict[str, tuple]] = {}
        for rows in ("questions", "claims", "derived", "quotes", "posts"):
            grouped: dict[str, list] = {}
            for row in getattr(self, rows):
                grouped.setdefault(row.event_id, []).append(row)
            index[rows] = {event_id: tuple(found) for event_id, found in grouped.items()}
        return index


def locate(path: str | Path) -> Path:
    """Where a dataset is: a file or folder, or the name of a bundled one; UserError where there is neither."""
    place = Path(path)
    here = place.parent if place.name == "datapackage.json" else place
    bundled = resources.bundled_dataset(str(path))
    if bundled is not None and not (here / "datapackage.json").is_file():
        return bundled
    if not here.exists():
        raise UserError("not_found", path=path)
    return here


def open_dataset(path: str | Path, building: object = None) -> Dataset:
    """The dataset at a path or of a bundled name. What is wrong with it is in its `problems`; where nothing can be
    read at all it is a UserError. A `reading.Building` says who builds stores of tweets, and hears of it."""
    from timeline_app.engine import importers  # importers make datasets: they stand above this module

    return importers.read(locate(path), building).dataset

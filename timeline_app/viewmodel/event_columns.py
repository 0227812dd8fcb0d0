"""What is known of each event of a dataset, as arrays that are made once: so that a view of a million events is summed
up in a moment. Rows are places in `Dataset.events`.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from timeline_app.domain.calendar import HOUR
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import rivals

ROUGH_MS = 50 * HOUR  # a date without a zone may lie anywhere in so many hours


@dataclass(frozen=True, slots=True, eq=False)
class Tags:
    """Every use of a hashtag, once an event: int64[n] the `rows` and the `codes`, and the name of each code."""

    rows: np.ndarray
    codes: np.ndarray
    names: tuple[str, ...]


def _marked(dataset: Dataset, event_ids: object) -> np.ndarray:
    found = np.zeros(len(dataset.events), dtype=bool)
    found[[dataset.row_of[one] for one in event_ids if one in dataset.row_of]] = True
    return found


@lru_cache(maxsize=4)
def matching(dataset: Dataset, matches: frozenset[str]) -> np.ndarray:
    """bool[n]: which events a search found."""
    return _marked(dataset, matches)


@lru_cache(maxsize=4)
def disputed(dataset: Dataset) -> np.ndarray:
    """bool[n]: which events have a question whose answers exclude each other."""
    return _marked(dataset, [one for one, told in rivals.contested(dataset).items() if told.is_disputed])


@lru_cache(maxsize=4)
def rough(dataset: Dataset) -> np.ndarray:
    """bool[n]: whose date is stated as about or uncertain, or an end of it may lie anywhere in more than 50 hours."""
    times = dataset.instants.astype(np.float64)  # as floats, because ends that nobody states are too far for integers
    doubt = np.maximum(times[:, 1] - times[:, 0], times[:, 3] - times[:, 2]) > ROUGH_MS
    return doubt | np.array([event.when.approximate or event.when.uncertain for event in dataset.events], dtype=bool)


@lru_cache(maxsize=4)
def said_of(dataset: Dataset) -> np.ndarray | None:
    """int64[n]: how many claims, quotations, posts and sources each event has; None where none has any."""
    said = np.array([len(event.source_ids) for event in dataset.events], dtype=np.int64)
    for rows in (dataset.claims, dataset.quotes, dataset.posts):
        for one in rows:
            if one.event_id in dataset.row_of:
                said[dataset.row_of[one.event_id]] += 1
    return said if said.any() else None


@lru_cache(maxsize=4)
def tags(dataset: Dataset) -> Tags:
    """The hashtags of all events."""
    codes: dict[str, int] = {}
    used = [(row, codes.setdefault(tag, len(codes))) for row, event in enumerate(dataset.events)
            for tag in dict.fromkeys(event.hashtags)]
    table = np.array(used, dtype=np.int64).reshape(-1, 2)
    return Tags(table[:, 0], table[:, 1], tuple(codes))

"""Paths that a person dropped or chose, as one dataset: a dataset with tweets beside it, or tweets alone. Nothing is
written but what is built in the cache, and nothing of the person's own is changed.

How a single path is read is in `importers`; what is shown while tweets are still being read is in `loading`.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from timeline_app.base.problems import UserError
from timeline_app.domain.records import Words
from timeline_app.engine.dataset import Dataset, Meta, locate, open_dataset
from timeline_app.engine.reading import Building

MOST_PATHS = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be opened: datasets with events, and files or folders of tweets."""

    datasets: tuple[Path, ...] = ()
    tweets: tuple[Path, ...] = ()

    @property
    def is_tweets(self) -> bool:
        """Whether these are tweets alone, which can stand beside a dataset that is open."""
        return not self.datasets


def sort(paths: Sequence[str]) -> Asked:
    """Which of the paths hold tweets alone; UserError where one is nothing that opens, or where they are too many."""
    from timeline_app.engine import importers

    if len(paths) > MOST_PATHS:
        raise UserError("too_many_files", path=Path(paths[0]).parent, limit=f"{MOST_PATHS:,}")
    places = [locate(path) for path in paths]
    tweets = [place for place in places if _is_tweets(place, importers.importer_for(place).__name__)]
    return Asked(tuple(place for place in places if place not in tweets), tuple(tweets))


def _is_tweets(place: Path, importer: str) -> bool:
    from timeline_app.engine.tweets import collection

    if importer.endswith(".tweets"):
        return True
    return place.is_dir() and collection.is_store(place) and not (place / "events.csv").exists()


def open_all(asked: Asked, beside: Dataset | None = None, building: Building | None = None) -> Dataset:
    """All that was asked for as one dataset; tweets are added to the dataset they are to stand beside."""
    if len(asked.datasets) > 1:
        raise UserError("several_datasets", n=len(asked.datasets))
    base = open_dataset(asked.datasets[0], building) if asked.datasets else beside
    if not asked.tweets:
        return base
    tweets = _tweets(asked.tweets, building or Building())
    return tweets if base is None else together(base, tweets)


def _tweets(paths: tuple[Path, ...], building: Building) -> Dataset:
    """One path as it is; several make one collection, in which a tweet stands once."""
    if len(paths) == 1:
        return open_dataset(paths[0], building)
    from timeline_app.engine import collection_lanes, collection_list

    found = collection_list.of_paths(paths, title_of(paths), building)
    lanes = tuple(lane for one in found for lane in collection_lanes.defaults(one))
    meta = Meta("", paths[0].stem, title_of(paths), lanes=lanes)
    problems = tuple(collection_list.refused(found))
    return Dataset(meta, str(paths[0].parent), problems=problems, collections=found)


def title_of(paths: Sequence[Path]) -> Words:
    """The name of the first path, and how many more there are."""
    if len(paths) == 1:
        return Words(paths[0].name)
    from timeline_app.engine.collection_lanes import said

    return said("tweets.lane.several", name=paths[0].name, n=f"{len(paths) - 1:,}")


def together(base: Dataset, other: Dataset) -> Dataset:
    """A dataset with the collections of another beside its own, in lanes below them. Both stay as they are."""
    from timeline_app.engine import collection_lanes

    taken = {one.id for one in base.collections}
    added = []
    for one in other.collections:
        added.append(replace(one, id=_unused(one.id, taken)))
        taken.add(added[-1].id)
    lanes = tuple(lane for one in added for lane in collection_lanes.defaults(one))
    meta = replace(base.meta, lanes=base.meta.lanes + lanes)
    return replace(base, meta=meta, collections=base.collections + tuple(added),
                   problems=base.problems + other.problems)


def _unused(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found

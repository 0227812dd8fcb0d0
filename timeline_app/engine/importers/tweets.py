"""Tweets as a dataset of their own: a file, a folder or zip of files in any format, or a folder that `import` made.

What the formats are is in `engine.tweets`; here a collection only gets its lanes.
"""
from __future__ import annotations

from pathlib import Path

from timeline_app.domain.records import Words
from timeline_app.engine import collection_lanes, collection_list
from timeline_app.engine.dataset import Dataset, Meta
from timeline_app.engine.reading import Building, Reading
from timeline_app.engine.tweets import collection

BUILDS = True


def recognise(path: Path) -> bool:
    """Whether there are tweets, by what the first bytes say."""
    return collection.recognise(path)


def read(path: Path, building: Building | None = None) -> Reading:
    """The collections at the path, with lines that could not be read as problems; UserError where there is no tweet."""
    found = collection_list.of_path(path, building or Building())
    lanes = tuple(lane for one in found for lane in collection_lanes.defaults(one))
    meta = Meta("", path.stem, Words(path.name), lanes=lanes)
    problems = tuple(collection_list.refused(found))
    return Reading(Dataset(meta, str(path), problems=problems, collections=found))

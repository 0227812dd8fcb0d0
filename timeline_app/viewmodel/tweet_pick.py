"""One tweet as a state names it: "tweet:<collection>:<ID>", and where its row is. What it says is in `tweet_doc`."""
from __future__ import annotations

import re

import numpy as np

from timeline_app.domain.snowflake import FIRST_ID, instant
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Collection, Dataset

_NAME = re.compile(r"tweet:(.+):([0-9]{1,19})", re.DOTALL)


def name(collection_id: str, tweet_id: int) -> str:
    """The name of a tweet in a state."""
    return f"tweet:{collection_id}:{int(tweet_id)}"


def is_tweet(selected: str) -> bool:
    """Whether a selection is a tweet."""
    return _NAME.fullmatch(selected) is not None


def number(selected: str) -> int:
    """The ID of a selected tweet; -1 where the selection is none."""
    match = _NAME.fullmatch(selected)
    return int(match[2]) if match and int(match[2]) < 2 ** 63 else -1


def found(selected: str, dataset: Dataset) -> tuple[Collection, int] | None:
    """The collection and the row of a selected tweet; None where the selection is none, or its collection has none."""
    match = _NAME.fullmatch(selected)
    collection = dataset.collection_by_id.get(match[1]) if match else None
    wanted = number(selected)
    if collection is None or wanted < 0:
        return None
    ids = collection.store.rows.ids
    row = int(np.searchsorted(ids, wanted))
    return (collection, row) if row < len(ids) and int(ids[row]) == wanted else None


def span(selected: str, dataset: Dataset) -> Span | None:
    """The millisecond of a selected tweet; None where it has no time."""
    place = found(selected, dataset)
    if place is None:
        return None
    at = at_ms(place[0], place[1])
    return None if at is None else Span(at, at + 1)


def at_ms(collection: Collection, row: int) -> int | None:
    """When the tweet of a row was made; None for an ID from before the scheme, which carries no time."""
    tweet_id = int(collection.store.rows.ids[row])
    return instant(tweet_id) if tweet_id >= FIRST_ID else None

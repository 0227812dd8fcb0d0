"""What a search found among tweets: the rows of each collection, how many each lane has of them, and both in words.
Finding is `engine.tweets.text_search`.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from timeline_app.base.text import Texts
from timeline_app.domain.records import Words
from timeline_app.engine.dataset import Collection, Dataset
from timeline_app.engine.tweets import text_search
from timeline_app.viewmodel import shown_lanes, tweet_view
from timeline_app.viewmodel.search_words import Row
from timeline_app.viewmodel.state import LaneChoice

MOST_LANES = 12  # that are counted in words


@dataclass(frozen=True, slots=True)
class LaneHits:
    """How many tweets of a lane match."""

    title: Words
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class TweetHits:
    """The rows that a query found by collection (int64, ascending), the counts of its lanes, and the collections in
    which words cannot be looked for, because they hold no texts."""

    query: str
    matches: Mapping[str, np.ndarray]
    lanes: Mapping[str, tuple[LaneHits, ...]]
    textless: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        """How many tweets were found in all."""
        return sum(len(found) for found in self.matches.values())


def find(dataset: Dataset, choice: LaneChoice, query: str, check: Callable[[], None] | None = None) -> TweetHits:
    """Look through all collections; `check` is called again and again and may raise."""
    asked = text_search.parse(query)
    matches, lanes, textless = {}, {}, set()
    for one in dataset.collections:
        matches[one.id] = text_search.matches(one.store, asked, check)
        lanes[one.id] = _of_lanes(dataset, choice, one, matches[one.id])
        if text_search.needs_text(asked, one.store):
            textless.add(one.id)
    return TweetHits(query, matches, lanes, frozenset(textless))


def _of_lanes(dataset: Dataset, choice: LaneChoice, collection: Collection, found: np.ndarray) -> tuple[LaneHits, ...]:
    """The counts of the lanes that are shown, but for that of all tweets."""
    shown = [one for one in shown_lanes.shown(dataset, choice) if one.collection_id == collection.id and one.terms]
    counted = []
    for spec in shown[:MOST_LANES]:
        if not tweet_view.has_rest(spec.terms):
            parts = [tweet_view.matching_rows(collection.store, key, found) for key in spec.terms]
            number = len(parts[0]) if len(parts) == 1 else len(np.unique(np.concatenate(parts)))
            counted.append(LaneHits(spec.title, number))
    return tuple(counted)


def rows(hits: TweetHits, dataset: Dataset, texts: Texts) -> tuple[Row, ...]:
    """A line for each collection in which something was found, or in which it could not be looked for."""
    return tuple(_row(hits, one, texts) for one in dataset.collections
                 if len(hits.matches.get(one.id, ())) or one.id in hits.textless)


def _row(hits: TweetHits, collection: Collection, texts: Texts) -> Row:
    kind, name = texts.get("tweet_search.kind"), collection.title.say(texts.language)
    if collection.id in hits.textless and not len(hits.matches[collection.id]):
        return Row(kind, (name, "", ""), (texts.get("tweet_search.textless"), "", ""))
    number = texts.count("tweet_search.found", len(hits.matches[collection.id]))
    lanes = [f"{one.title.say(texts.language)} {one.number:,}" for one in hits.lanes[collection.id] if one.number]
    return Row(kind, ("", number, f" · {name}"), (" · ".join(lanes) or texts.get("tweet_search.no_lane"), "", ""))

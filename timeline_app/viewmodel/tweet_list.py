"""The tweets of a span as a list that may be millions long: which rows, in which order, retweets under what they
repeat. A line's texts are made when it is asked for, so that a list on screen costs what is in sight of it.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.base.text import Texts, catalogue
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Collection, Dataset
from timeline_app.engine.tweets import reading
from timeline_app.engine.tweets.reading import Tweet
from timeline_app.engine.tweets.store import Store
from timeline_app.viewmodel import text_cut, tweet_doc, tweet_pick, tweet_view, wording

ORDERS = ("time", "retweets", "likes")


@dataclass(frozen=True, slots=True, eq=False)
class ListRequest:
    """Which tweets are wanted: of a collection, in a span, of `keys` (terms; none for all), those that a search found
    (None without one); by "time", "retweets" or "likes"; `folded` puts retweets under what they repeat."""

    dataset: Dataset
    collection_id: str
    span: Span
    keys: tuple[str, ...] = ()
    matches: np.ndarray | None = None
    by: str = "time"
    descending: bool = False
    folded: bool = True
    language: str = "en"
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class TweetLine:
    """One line of the list in finished texts; `selected` is its name in a state, `below` its language, figures, file
    and line, `repeats` how many retweets are folded under it ("" for none)."""

    selected: str
    when: str
    text: str
    below: str
    language: str = ""
    repeats: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class TweetList:
    """int64[n] rows in their order and how many retweets are folded under each; `header` says what is listed."""

    collection: Collection | None
    rows: np.ndarray
    repeats: np.ndarray
    header: str
    language: str = "en"
    zone: str = "UTC"

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, number: int) -> TweetLine:
        """The texts of one line."""
        assert self.collection is not None
        texts, collection = catalogue(self.language), self.collection
        tweet = reading.tweets(collection.store, self.rows[number:number + 1])[0]
        repeats = int(self.repeats[number])
        below = (tweet.lang, *_figures(tweet, texts), *tweet_doc.place(tweet, texts))
        return TweetLine(tweet_pick.name(collection.id, tweet.id), tweet_doc.when(tweet, self.zone, texts),
                         text_cut.plain(tweet.text) or tweet_doc.title(tweet, texts),
                         " · ".join(part for part in below if part), tweet.lang,
                         texts.count("tweet_list.repeats", repeats) if repeats else "")

    def number_of(self, selected: str) -> int:
        """The line of a selected tweet; -1 where it is not listed."""
        ids = self.collection.store.rows.ids if self.collection is not None else np.zeros(0, np.int64)
        row = int(np.searchsorted(ids, tweet_pick.number(selected)))
        if row == len(ids) or tweet_pick.name(self.collection.id, int(ids[row])) != selected:
            return -1
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if len(found) else -1


def make(request: ListRequest) -> TweetList:
    """The list of a request; an empty one where there is nothing."""
    texts = catalogue(request.language)
    collection = request.dataset.collection_by_id.get(request.collection_id)
    if collection is None:
        return TweetList(None, np.zeros(0, np.int64), np.zeros(0, np.int64), texts.get("tweet_list.nothing"))
    keys = request.keys or tweet_view.ALL
    rows = tweet_view.rows_in(collection.store, request.span, keys, request.matches)
    whole = tweet_view.number_in(collection.store, request.span, keys, None)
    listed, repeats = _folded(collection.store, rows, request.folded)
    ordered = reading.ordered(collection.store, listed, request.by, request.descending)
    repeats = repeats[np.searchsorted(listed, ordered)]
    header = _header(request, (len(rows), whole, repeats), texts)
    return TweetList(collection, ordered, repeats, header, request.language, request.zone)


def _folded(store: Store, rows: np.ndarray, folded: bool) -> tuple[np.ndarray, np.ndarray]:
    """The rows that are listed, ascending, and how many retweets are under each."""
    if not folded:
        return rows, np.zeros(len(rows), np.int64)
    groups = reading.folded_groups(store, rows)
    return groups.heads, groups.retweets.lengths


def _header(request: ListRequest, found: tuple[int, int, np.ndarray], texts: Texts) -> str:
    """What is listed in one sentence: how many, of which time, how many match, how many are folded."""
    number, whole, repeats = found
    span = wording.span_text(request.span, request.zone, texts)
    tweets = texts.count("tweet_list.count", whole)
    said = [texts.get("tweet_list.header", tweets=tweets, span=span) if request.matches is None else
            texts.get("tweet_list.header_match", found=f"{number:,}", tweets=tweets, span=span)]
    if repeats.any():
        said.append(texts.get("tweet_list.folded", rows=f"{int(repeats.sum()):,}",
                              originals=f"{int(np.count_nonzero(repeats)):,}"))
    return "; ".join(said)


def _figures(tweet: Tweet, texts: Texts) -> list[str]:
    return [texts.count(f"tweet_lane.amount.{name}", number)
            for name, number in (("retweets", tweet.retweets), ("likes", tweet.likes)) if number]

"""Which tweets the pane lists for a view: of the chosen lane, else of the selected tweet's collection, else of the
first; in the marked span, else in the window. What a list holds is `tweet_list`.
"""
from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from timeline_app.base.text import catalogue
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Collection, LaneSpec
from timeline_app.viewmodel import shown_lanes, status, tweet_list, tweet_pick, tweet_view
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.tweet_list import ListRequest, TweetList

MOST = 3_000_000  # tweets that are put in order; more are counted only


@dataclass(frozen=True, slots=True)
class Order:
    """In which order tweets are listed, and whether retweets stand under what they repeat."""

    by: str = "time"
    descending: bool = False
    folded: bool = True

    def turned(self, by: str) -> Order:
        """By something else, the most first; by the same thing, the other way round."""
        return replace(self, by=by, descending=not self.descending if by == self.by else by != "time")

    def fold_turned(self) -> Order:
        """Retweets folded, or not."""
        return replace(self, folded=not self.folded)


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A request with the lane that it is of, and whether its span is a marked one."""

    request: ListRequest
    lane: LaneSpec | None
    is_marked: bool


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """A list as the pane shows it: finished words, the orders its collection knows, whether it has texts."""

    tweets: TweetList
    title: str
    header: str
    orders: tuple[str, ...]
    folds: bool
    has_text: bool


def request_of(session: Session, order: Order, language: str) -> Wanted:
    """What is to be listed now."""
    view, dataset = session.state.view, session.dataset
    lane = shown_lanes.by_id(dataset, view.lanes, view.lane)
    lane = lane if lane is not None and lane.kind == shown_lanes.TWEETS else None
    chosen = tweet_pick.found(view.selected, dataset)
    collection = lane.collection_id if lane is not None else chosen[0].id if chosen else _first(session)
    span = view.marked or view.window.span
    matches = session.tweet_matches.get(collection) if session.tweet_matches is not None else None
    request = ListRequest(dataset, collection, span, lane.terms if lane is not None else (), matches, order.by,
                          order.descending, order.folded, language, status.zone_of(session.state, dataset))
    return Wanted(request, lane, view.marked is not None)


def key_of(wanted: Wanted) -> tuple:
    """What a list depends on: where it is the same, so is the list."""
    one = wanted.request
    return (one.dataset, one.collection_id, one.span, one.keys, id(one.matches), one.by, one.descending, one.folded,
            one.language, one.zone, wanted.lane, wanted.is_marked)


def make(wanted: Wanted) -> Listed:
    """The list; where it would be too long, a word on how to make it shorter."""
    request, texts = wanted.request, catalogue(wanted.request.language)
    collection = request.dataset.collection_by_id.get(request.collection_id)
    if collection is None:
        return Listed(tweet_list.make(request), texts.get("tweet_pane.name"), texts.get("tweet_pane.no_collection"),
                      (), False, False)
    number = tweet_view.number_in(collection.store, request.span, request.keys or tweet_view.ALL, request.matches)
    if number > MOST:
        nothing = tweet_list.make(replace(request, span=Span(request.span.start, request.span.start)))
        header = texts.get("tweet_pane.too_many", n=f"{number:,}", most=f"{MOST:,}")
        return _listed(nothing, wanted, collection, header)
    found = tweet_list.make(request)
    where = texts.get("tweet_pane.marked" if wanted.is_marked else "tweet_pane.in_view")
    return _listed(found, wanted, collection, f"{found.header} ({where})")


def _listed(found: TweetList, wanted: Wanted, collection: Collection, header: str) -> Listed:
    language = wanted.request.language
    lane = wanted.lane.title if wanted.lane is not None else collection.title
    numbers = collection.store.rows.numbers
    orders = tuple(one for one in tweet_list.ORDERS if one == "time" or one in numbers)
    folds = "original" in numbers and bool(np.any(found.repeats) or not wanted.request.folded)
    return Listed(found, lane.say(language), header, orders, folds, "text" in collection.store.rows.ragged)


def _first(session: Session) -> str:
    return next((one.id for one in session.dataset.collections), "")

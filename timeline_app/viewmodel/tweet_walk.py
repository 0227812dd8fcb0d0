"""From tweet to tweet in time: within the chosen lane of a collection, and within what a search found."""
from __future__ import annotations

import numpy as np

from timeline_app.engine.dataset import Collection, LaneSpec
from timeline_app.engine.tweets import counts
from timeline_app.viewmodel import moves, shown_lanes, tweet_pick, tweet_view, walk
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState


def lane_of(session: Session) -> LaneSpec | None:
    """The chosen lane, if it is one of tweets."""
    view = session.state.view
    spec = shown_lanes.by_id(session.dataset, view.lanes, view.lane)
    return spec if spec is not None and spec.kind == shown_lanes.TWEETS else None


def stepped(session: Session, step: int, lane_only: bool) -> ViewState | None:
    """The state at the next tweet, where a tweet is selected, or where only tweets can be meant; else None."""
    chosen = tweet_pick.found(session.state.view.selected, session.dataset)
    if chosen is not None:
        return _beside(session, chosen, step, lane_only)
    if session.state.view.selected:
        return None
    return nearest(session) if lane_of(session) is not None or not session.dataset.events else None


def nearest(session: Session) -> ViewState | None:
    """The state at the tweet nearest to the middle of the window, of the chosen lane or of the first collection."""
    spec, dataset = lane_of(session), session.dataset
    name = spec.collection_id if spec is not None else next(iter(dataset.collection_by_id), "")
    collection = dataset.collection_by_id.get(name)
    rows = _rows(session, collection, spec) if collection is not None else None
    size = len(collection.store) if rows is None and collection is not None else len(rows if rows is not None else ())
    if collection is None or not size:
        return None
    middle = session.state.view.window.centre_us // 1000
    at = int(counts.rows_before(collection.store, np.array([middle], np.int64))[0])
    place = at if rows is None else int(np.searchsorted(rows, rows.dtype.type(at)))
    near = [min(max(one, 0), size - 1) for one in (place - 1, place)]
    found = [one if rows is None else int(rows[one]) for one in near]
    return select(session, collection, min(found, key=lambda row: abs(_time(collection, row) - middle)))


def end(session: Session, step: int) -> ViewState | None:
    """The state at the first or the last tweet with a time, where a tweet is selected or there are no events."""
    chosen = tweet_pick.found(session.state.view.selected, session.dataset)
    collection = chosen[0] if chosen else next(iter(session.dataset.collections), None)
    if collection is None or not len(collection.store) or chosen is None and session.dataset.events:
        return None
    first = int(counts.rows_before(collection.store, np.array([-2 ** 62], np.int64))[0])
    return select(session, collection, min(first, len(collection.store) - 1) if step < 0 else len(collection.store) - 1)


def select(session: Session, collection: Collection, row: int) -> ViewState:
    """The state with a tweet selected and in sight."""
    return chosen_state(session, tweet_pick.name(collection.id, int(collection.store.rows.ids[row])))


def chosen_state(session: Session, selected: str) -> ViewState:
    """The state with a tweet selected by its name and, if it was out of sight, brought into view."""
    place = tweet_pick.found(selected, session.dataset)
    if place is None:
        return session.state
    spec = lane_of(session)
    kept = spec is not None and spec.collection_id == place[0].id
    lanes = shown_lanes.shown(session.dataset, session.state.view.lanes)
    first = next((one.id for one in lanes if one.collection_id == place[0].id), "")
    state = moves.select(session.state, selected, session.state.view.lane if kept else first)
    span = tweet_pick.span(selected, session.dataset)
    return walk.brought_into_view(state, span, session.limits) if span is not None else state


def _beside(session: Session, chosen: tuple[Collection, int], step: int, lane_only: bool) -> ViewState:
    collection, row = chosen
    spec = lane_of(session) if lane_only else None
    rows = _rows(session, collection, spec if spec is not None and spec.collection_id == collection.id else None)
    if rows is None:
        return select(session, collection, min(max(row + step, 0), len(collection.store) - 1))
    if not len(rows):
        return session.state
    place = int(np.searchsorted(rows, rows.dtype.type(row), side="left" if step < 0 else "right"))
    place -= 1 if step < 0 else 0
    return select(session, collection, int(rows[min(max(place, 0), len(rows) - 1)]))


def _rows(session: Session, collection: Collection, spec: LaneSpec | None) -> np.ndarray | None:
    """int64[k]: the rows to walk in; None for all."""
    keys = spec.terms if spec is not None else ()
    found = session.tweet_matches.get(collection.id) if session.tweet_matches is not None else None
    if not keys or tweet_view.has_rest(keys):
        return found
    parts = [counts.rows_of(collection.store, key) if found is None
             else tweet_view.matching_rows(collection.store, key, found) for key in keys]
    return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))


def _time(collection: Collection, row: int) -> int:
    return tweet_pick.at_ms(collection, row) or 0

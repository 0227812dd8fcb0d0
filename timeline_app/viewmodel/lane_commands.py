"""What commands do to the chosen lane: its scale, what a tweet weighs in it, its parts in lanes of their own, its place
among the others, whether it is a strip or has grown.
"""
from __future__ import annotations

from timeline_app.viewmodel import lane_order, moves, note_lanes, shown_lanes
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import WEIGHTS, ViewState


def scale(session: Session) -> ViewState:
    """The next scale for a counted lane."""
    state = session.state
    spec = shown_lanes.by_id(session.dataset, state.view.lanes, state.view.lane)
    is_counted = spec is not None and spec.kind in ("counts", shown_lanes.TWEETS)
    return moves.cycle_scale(state, spec.id) if is_counted else state


def weights(session: Session, lane_id: str) -> tuple[str, ...]:
    """What a tweet can weigh in a lane: one, and what its collection knows."""
    spec = shown_lanes.by_id(session.dataset, session.state.view.lanes, lane_id)
    collection = session.dataset.collection_by_id.get(spec.collection_id) if spec is not None else None
    known = collection.store.rows.numbers if collection is not None else {}
    return tuple(one for one in WEIGHTS if not one or one in known)


def weight(session: Session) -> ViewState:
    """The next weight of a lane of tweets; where there is but one it stays."""
    state, lane = session.state, session.state.view.lane
    known = weights(session, lane)
    return moves.cycle_weight(state, lane, known) if len(known) > 1 else state


def apart(session: Session) -> ViewState:
    """The parts of a stack in lanes of their own; from one of these, the stack again."""
    state = session.state
    stack = shown_lanes.stack_of(session.dataset, state.view.lanes, state.view.lane)
    if not stack:
        return state
    changed = moves.toggle_apart(state, stack)
    first = next((one.id for one in shown_lanes.shown(session.dataset, changed.view.lanes)
                  if one.id == stack or one.id.startswith(f"{stack}=")), stack)
    return moves.look(changed, lane=first)


def shift(session: Session, step: int) -> ViewState:
    """The chosen lane so many lanes lower, higher where negative."""
    state = session.state
    lanes = shown_lanes.all_lanes(session.dataset, state.view.lanes)
    return lane_order.moved(state, lanes, state.view.lane, step)


def taller(session: Session, steps: int) -> ViewState:
    """The chosen lane so many steps higher, lower where negative."""
    state = session.state
    return moves.make_taller(state, state.view.lane, steps) if _is_shown(session) else state


def fold(session: Session) -> ViewState:
    """The chosen lane as a strip, or grown again."""
    state = session.state
    return moves.fold_lane(state, state.view.lane) if _is_shown(session) else state


def fold_all(session: Session) -> ViewState:
    """All shown lanes as strips; where they all are, grown again."""
    state, shown = session.state, [one.id for one in note_lanes.shown(session.dataset, session.notes,
                                                                     session.state.view.lanes)]
    return moves.fold_lanes(state, shown, not state.view.lanes.folded.issuperset(shown))


def grow(session: Session) -> ViewState:
    """The chosen lane as high as its events need, the others lower; or again as high as it was."""
    state = session.state
    return moves.open_lane(state, state.view.lane) if _is_shown(session) else state


def _is_shown(session: Session) -> bool:
    lanes = note_lanes.shown(session.dataset, session.notes, session.state.view.lanes)
    return any(one.id == session.state.view.lane for one in lanes)

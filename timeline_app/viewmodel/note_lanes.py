"""The lanes of notes, which stand above the documented ones as a part of their own, and the way from note to note.

A lane of notes is there only where there are notes; it is hidden like any other.
"""
from __future__ import annotations

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.domain.records import Words
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset, LaneSpec
from timeline_app.viewmodel import moves, shown_lanes, walk
from timeline_app.viewmodel.notebook import NoteBook, is_note, is_own
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import LaneChoice, ViewState

HALF = "noted"
KIND = "notes"
OWN_LANE, CAME_LANE = LANES = "own-notes", "dataset-notes"


def all_lanes(book: NoteBook) -> tuple[LaneSpec, ...]:
    """The lanes of notes that there are now, hidden ones too."""
    found = ((OWN_LANE, "notes.own", book.own), (CAME_LANE, "notes.came", book.others))
    return tuple(LaneSpec(lane, KIND, HALF, _words(key)) for lane, key, notes in found if notes)


def shown(dataset: Dataset, book: NoteBook, choice: LaneChoice) -> tuple[LaneSpec, ...]:
    """All lanes that are not hidden: those of notes, then the dataset's."""
    own = sorted((one for one in all_lanes(book) if one.id not in choice.hidden),
                 key=lambda one: one.id not in choice.pinned)
    return tuple(own) + shown_lanes.shown(dataset, choice)


def lane_of(name: str) -> str:
    """The lane that a note stands in."""
    return OWN_LANE if is_own(name) else CAME_LANE


def names(book: NoteBook, lane: str) -> tuple[str, ...]:
    """The notes of a lane, in time, by name."""
    return tuple({OWN_LANE: book.own, CAME_LANE: book.others}.get(lane, {}))


def stepped(session: Session, step: int, lane_only: bool) -> ViewState | None:
    """The state at the next note, where a lane of notes is walked in; from a note otherwise at the next event in time.
    None where no note is meant."""
    view, book = session.state.view, session.notes
    note = book.named(view.selected)
    if note is None:
        is_meant = lane_only and not view.selected and view.lane in LANES
        return nearest(session, view.lane, view.window.centre_us // 1000) if is_meant else None
    if lane_only or not session.dataset.events:
        return chosen_state(session, walk.neighbour(names(book, lane_of(view.selected)), view.selected, step))
    return None


def event_beside(session: Session, order: tuple[str, ...], step: int) -> str:
    """The event of an order that comes after the selected note in time, or before it; the last one where none does."""
    note, events = session.notes.named(session.state.view.selected), session.dataset.event_by_id
    if note is None or not order:
        return ""
    starts = [events[one].when.earliest_start for one in order]
    if step > 0:
        return next((one for one, at in zip(order, starts, strict=True) if at >= note.start), order[-1])
    return next((one for one, at in zip(reversed(order), reversed(starts), strict=True) if at <= note.start), order[0])


def nearest(session: Session, lane: str, at_ms: int) -> ViewState:
    """The state at the note of a lane whose start is nearest to an instant."""
    book = session.notes
    return chosen_state(session, min(names(book, lane), key=lambda one: abs(book.named(one).start - at_ms), default=""))


def chosen_state(session: Session, name: str) -> ViewState:
    """The state with a note selected, its lane shown and, if it was out of sight, brought into view."""
    note = session.notes.named(name)
    if note is None:
        return session.state
    lane, state = lane_of(name), session.state
    if lane in state.view.lanes.hidden:
        state = moves.toggle_lane(state, lane)
    return walk.brought_into_view(moves.select(state, name, lane), note.span, session.limits)


def span_of(session: Session) -> Span | None:
    """The time of the selected note; None where none is selected."""
    note = session.notes.named(session.state.view.selected)
    return note.span if note is not None else None


def without_gone(session: Session) -> ViewState:
    """The state without a selected note that is no longer there."""
    state = session.state
    gone = is_note(state.view.selected) and session.notes.named(state.view.selected) is None
    return moves.select(state, "") if gone else state


def _words(key: str) -> Words:
    first, *others = LANGUAGES
    return Words(catalogue(first).get(key), tuple((code, catalogue(code).get(key)) for code in others))

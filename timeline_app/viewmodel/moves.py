"""Moves: pure functions from one `ViewState` to the next. Gestures, keys, stories and the kiosk clock all end here.

Nothing here knows a dataset beyond what is handed in; walking from event to event is in `walk`.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from timeline_app.domain.time import Span
from timeline_app.viewmodel.state import SCALES, WEIGHTS, LaneChoice, LaneLook, View, ViewState
from timeline_app.viewmodel.window import Window


def look(state: ViewState, **changes: object) -> ViewState:
    """The state with fields of its view changed."""
    return replace(state, view=replace(state.view, **changes))


def set_up(state: ViewState, **changes: object) -> ViewState:
    """The state with fields of its setting changed: language, theme, zone, text size. The place is kept."""
    return replace(state, setting=replace(state.setting, **changes))


def zoom(state: ViewState, factor: float, anchor_us: int, limits: Window) -> ViewState:
    """Zoom in by a factor (out where below 1) with the anchor staying where it is on screen."""
    return look(state, window=state.view.window.zoomed(factor, anchor_us).kept_within(limits))


def pan(state: ViewState, share: float, limits: Window) -> ViewState:
    """Move by a share of the window, later where positive."""
    return pan_by(state, round(state.view.window.length_us * share), limits)


def pan_by(state: ViewState, by_us: int, limits: Window) -> ViewState:
    """Move by microseconds, later where positive."""
    return look(state, window=state.view.window.moved(by_us).kept_within(limits))


def show(state: ViewState, window: Window, limits: Window) -> ViewState:
    """Look at a window."""
    return look(state, window=window.kept_within(limits))


def select(state: ViewState, event_id: str, lane: str = "") -> ViewState:
    """Select an event ("" for none); the window stays."""
    return look(state, selected=event_id, lane=lane or state.view.lane)


def mark(state: ViewState, span: Span | None) -> ViewState:
    """Mark a span of time, or drop the mark."""
    return look(state, marked=span)


def search(state: ViewState, query: str) -> ViewState:
    """Ask for a text; lanes dim what does not match."""
    return look(state, query=query)


def scroll(state: ViewState, to_px: int) -> ViewState:
    """Scroll the lanes to so many px from their top."""
    return look(state, scroll=max(0, to_px))


def step_back(state: ViewState) -> ViewState:
    """What Esc does: drop the query, else the selection, else the marked span, else nothing."""
    view: View = state.view
    for field, empty in (("query", ""), ("selected", ""), ("marked", None)):
        if getattr(view, field) != empty:
            return look(state, **{field: empty})
    return state


def toggle_pin(state: ViewState, lane: str) -> ViewState:
    """Pin a lane on top, or let it go."""
    pinned = state.view.lanes.pinned
    kept = tuple(one for one in pinned if one != lane)
    return _lanes(state, pinned=kept if lane in pinned else (*pinned, lane))


def toggle_lane(state: ViewState, lane: str) -> ViewState:
    """Hide a lane, or show it again."""
    return _lanes(state, hidden=state.view.lanes.hidden ^ {lane})


def show_lanes(state: ViewState) -> ViewState:
    """Show every lane that was hidden."""
    return _lanes(state, hidden=frozenset())


def make_taller(state: ViewState, lane: str, steps: int) -> ViewState:
    """Make a lane higher by so many steps, or lower where negative; at most six up and three down."""
    now = dict(state.view.lanes.taller)
    now[lane] = min(max(now.get(lane, 0) + steps, -3), 6)
    return _lanes(state, taller=tuple(sorted((one, n) for one, n in now.items() if n)))


def toggle_added_lane(state: ViewState, lane: str) -> ViewState:
    """Show a lane of a collection that the dataset does not show by itself, or take it away again."""
    choice = state.view.lanes
    if lane not in choice.added:
        return _lanes(state, added=(*choice.added, lane), hidden=choice.hidden - {lane})
    return _lanes(state, added=tuple(one for one in choice.added if one != lane), hidden=choice.hidden - {lane},
                  pinned=tuple(one for one in choice.pinned if one != lane))


def group_lanes(state: ViewState, group: str) -> ViewState:
    """Documented lanes made by another column; the chosen lane and a cluster of it are no longer there."""
    is_gone = state.view.selected.startswith("cluster:")
    changed = look(state, lane="", selected="" if is_gone else state.view.selected, scroll=0)
    return _lanes(changed, group=group, opened="")


def order_lanes(state: ViewState, order: str) -> ViewState:
    """Lanes in another order; those that were moved by hand go back into it."""
    return _lanes(state, order=order, arranged=())


def arrange_lanes(state: ViewState, lanes: tuple[str, ...]) -> ViewState:
    """Some lanes in an order by hand; lanes that were arranged before and are not among them keep theirs."""
    kept = tuple(one for one in state.view.lanes.arranged if one not in lanes)
    return _lanes(state, arranged=(*kept, *lanes))


def fold_lane(state: ViewState, lane: str) -> ViewState:
    """Fold a lane to a strip, or let it grow again."""
    choice = state.view.lanes
    return _lanes(state, folded=choice.folded ^ {lane}, opened="" if choice.opened == lane else choice.opened)


def fold_lanes(state: ViewState, lanes: Iterable[str], folds: bool) -> ViewState:
    """Fold some lanes, or let them grow."""
    now, some = state.view.lanes.folded, frozenset(lanes)
    return _lanes(state, folded=now | some if folds else now - some, opened="")


def open_lane(state: ViewState, lane: str) -> ViewState:
    """Let a lane grow over the others, which give way to it; or let it be like them again."""
    choice = state.view.lanes
    return _lanes(state, opened="" if choice.opened == lane else lane, folded=choice.folded - {lane})


def cycle_scale(state: ViewState, lane: str) -> ViewState:
    """The bars of a lane on the next scale: linear, square root, log."""
    now = state.view.lanes.look(lane)
    return _dressed(state, replace(now, scale=SCALES[(SCALES.index(now.scale) + 1) % len(SCALES)]))


def cycle_weight(state: ViewState, lane: str, weights: tuple[str, ...] = WEIGHTS) -> ViewState:
    """What a tweet weighs in a lane: the next of those that the collection knows."""
    now = state.view.lanes.look(lane)
    at = weights.index(now.weight) if now.weight in weights else -1
    return _dressed(state, replace(now, weight=weights[(at + 1) % len(weights)]))


def toggle_apart(state: ViewState, lane: str) -> ViewState:
    """The parts of a stack in lanes of their own, or in one again."""
    now = state.view.lanes.look(lane)
    return _dressed(state, replace(now, apart=not now.apart))


def _dressed(state: ViewState, look: LaneLook) -> ViewState:
    others = [one for one in state.view.lanes.looks if one.lane != look.lane]
    kept = others if look == LaneLook(look.lane) else [*others, look]
    return _lanes(state, looks=tuple(sorted(kept, key=lambda one: one.lane)))


def _lanes(state: ViewState, **changes: object) -> ViewState:
    choice: LaneChoice = state.view.lanes
    return look(state, lanes=replace(choice, **changes))

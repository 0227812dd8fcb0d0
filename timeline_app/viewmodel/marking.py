"""Marking a span of time by keys: each end is moved by a little of the window, and comes into sight where it goes."""
from __future__ import annotations

from dataclasses import replace

from timeline_app.domain.time import Span
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState
from timeline_app.viewmodel.window import Window

STEP, FIRST = 0.05, 0.2  # of the window: a step, and how long a span is at first


def moved(session: Session, chosen: Span | None, side: str, step: int) -> ViewState:
    """The state with the "start" or "end" of the marked span so many steps later; where none is marked, what is chosen
    is, if it is in sight, else the middle of the window."""
    state, window = session.state, session.state.view.window
    if state.view.marked is None:
        return moves.mark(state, _first(window, chosen))
    by_ms = max(1, round(window.length_us * STEP / 1000)) * step
    now, limits = state.view.marked, session.limits.span
    if side == "end":
        now = replace(now, end=min(max(now.end + by_ms, now.start + 1), max(limits.end, now.start + 1)))
    else:
        now = replace(now, start=max(min(now.start + by_ms, now.end - 1), min(limits.start, now.end - 1)))
    return _in_sight(moves.mark(state, now), getattr(now, side) * 1000, session.limits)


def _first(window: Window, chosen: Span | None) -> Span:
    if chosen is not None and chosen.length and window.span.overlaps(chosen):
        return chosen
    half = max(1, round(window.length_us * FIRST / 2000))
    return Span(window.centre_us // 1000 - half, window.centre_us // 1000 + half)


def _in_sight(state: ViewState, at_us: int, limits: Window) -> ViewState:
    """The window moved just so far that an instant is in it."""
    window = state.view.window
    by_us = min(0, at_us - window.start_us) + max(0, at_us - window.end_us)
    return moves.pan_by(state, by_us, limits) if by_us else state

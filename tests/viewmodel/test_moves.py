"""Moves: pure, kept within the limits, and each changes what it names and nothing else."""
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.domain.time import Span
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.state import Setting, View, ViewState
from timeline_app.viewmodel.window import Window

LIMITS = Window(0, 10**12)
START = ViewState(View(Window(4 * 10**11, 5 * 10**11), selected="e", lane="one", query="q", scroll=7), Setting("ko"))
window_moves = st.one_of(
    st.tuples(st.just(moves.zoom), st.floats(0.01, 100), st.integers(0, 10**12)),
    st.tuples(st.just(moves.pan), st.floats(-50, 50)),
    st.tuples(st.just(moves.pan_by), st.integers(-(10**13), 10**13)),
    st.tuples(st.just(moves.show), st.builds(lambda a, n: Window(a, a + n), st.integers(-(10**13), 10**13),
                                             st.integers(1, 10**13))))


@given(st.lists(window_moves, max_size=6))
def test_that_no_move_of_the_window_leaves_the_limits_or_touches_anything_else(taken):
    state = START
    for move, *args in taken:
        state = move(state, *args, LIMITS)
    window = state.view.window
    assert LIMITS.start_us <= window.start_us < window.end_us <= LIMITS.end_us
    assert replace(state, view=replace(state.view, window=START.view.window)) == START


@given(st.floats(1.01, 20), st.integers(4 * 10**11, 5 * 10**11))
def test_that_zooming_in_and_out_again_returns_to_the_same_place(factor: float, anchor: int):
    there = moves.zoom(START, factor, anchor, LIMITS)
    back = moves.zoom(there, 1 / factor, anchor, LIMITS).view.window
    assert there.view.window.length_us < START.view.window.length_us
    assert abs(back.start_us - START.view.window.start_us) <= 2 * factor + 2


def test_that_a_pan_is_later_where_positive_and_a_share_of_the_window():
    assert moves.pan(START, 0.2, LIMITS).view.window == START.view.window.moved(2 * 10**10)
    assert moves.pan(START, -1.0, LIMITS).view.window == START.view.window.moved(-(10**11))


def test_that_a_new_language_keeps_the_place():
    changed = moves.set_up(START, language="en", zone="UTC")
    assert changed.view == START.view
    assert (changed.setting.language, changed.setting.zone) == ("en", "UTC")


def test_that_selecting_keeps_the_window_and_names_the_lane_only_if_told():
    assert moves.select(START, "f").view == replace(START.view, selected="f")
    assert moves.select(START, "f", "two").view.lane == "two"


def test_that_step_back_drops_the_query_then_the_selection_then_the_span_then_nothing():
    state = moves.mark(START, Span(1, 2))
    seen = []
    for _ in range(4):
        state = moves.step_back(state)
        seen.append((state.view.query, state.view.marked, state.view.selected))
    assert seen == [("", Span(1, 2), "e"), ("", Span(1, 2), ""), ("", None, ""), ("", None, "")]


@pytest.mark.parametrize("toggle", [moves.toggle_pin, moves.toggle_lane])
def test_that_a_lane_toggled_twice_is_as_it_was(toggle):
    once = toggle(START, "two")
    assert once != START
    assert toggle(once, "two") == START


def test_that_lanes_are_pinned_in_the_order_of_pinning():
    assert moves.toggle_pin(moves.toggle_pin(START, "b"), "a").view.lanes.pinned == ("b", "a")


def test_that_a_lane_grows_to_an_end_and_back_to_its_own_height():
    tall = START
    for _ in range(20):
        tall = moves.make_taller(tall, "one", 1)
    assert tall.view.lanes.taller == (("one", 6),)
    assert moves.make_taller(tall, "one", -6) == START


def test_that_lanes_never_scroll_above_their_top():
    assert moves.scroll(START, -5).view.scroll == 0
    assert moves.scroll(START, 5).view.scroll == 5

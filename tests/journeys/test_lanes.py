"""Lanes arranged by the keyboard alone: grouped, put in order, moved, folded, given room, and all of it undone by going
back."""
from __future__ import annotations

from PySide6.QtCore import Qt

from journeys.keyboard import ALT, SHIFT, view
from timeline_app.qt import popup
from timeline_app.qt.chooser import Chooser


def shown(window) -> list[str]:
    window.tasks.settle()
    return [lane.spec.id for lane in window.canvas.frame.lanes]


def test_that_b_groups_the_lanes_by_place_and_back_again(driven, press):
    own = shown(driven)
    press(Qt.Key.Key_B)
    driven.tasks.settle()
    panel = popup.opened(driven)
    assert isinstance(panel, Chooser)
    names = [option.id for option in panel.model.options]
    press(Qt.Key.Key_Down, times=names.index("place"))
    press(Qt.Key.Key_Return)
    lanes = shown(driven)
    assert popup.opened(driven) is None and view(driven).lanes.group == "place"
    assert lanes[0] == "group:place:Online" and lanes[-5:] == own[-5:]
    press(Qt.Key.Key_Left, ALT)
    assert shown(driven) == own


def test_that_r_puts_the_lanes_in_another_order(driven, press):
    own = shown(driven)
    press(Qt.Key.Key_R)
    assert [one.id for one in popup.opened(driven).model.options] == ["own", "name", "count", "first"]
    press(Qt.Key.Key_Down, times=2)
    press(Qt.Key.Key_Return)
    lanes = shown(driven)
    sizes = [len(lane.spec.event_ids) for lane in driven.canvas.frame.lanes if lane.spec.half == "documented"]
    assert sizes == sorted(sizes, reverse=True) and sorted(lanes) == sorted(own)


def test_that_a_lane_is_moved_folded_and_given_room(driven, press):
    first, second, *_ = shown(driven)
    press(Qt.Key.Key_Down)
    assert view(driven).lane == first
    press(Qt.Key.Key_Down, ALT)
    assert shown(driven)[:2] == [second, first]
    press(Qt.Key.Key_Up)
    assert view(driven).lane == second
    press(Qt.Key.Key_C)
    shown(driven)
    assert driven.canvas.frame.lanes[0].is_folded
    press(Qt.Key.Key_O)
    shown(driven)
    assert not driven.canvas.frame.lanes[0].is_folded and view(driven).lanes.opened == second
    press(Qt.Key.Key_C, SHIFT)
    shown(driven)
    assert all(lane.is_strip for lane in driven.canvas.frame.lanes)
    press(Qt.Key.Key_C, SHIFT)
    shown(driven)
    assert not any(lane.is_folded for lane in driven.canvas.frame.lanes)


def test_that_walking_in_a_grouped_view_selects_in_its_lanes(driven, press):
    driven.requests.lanes.group("actor")
    shown(driven)
    press(Qt.Key.Key_Down, times=2)
    lane = next(one for one in driven.canvas.frame.lanes if one.spec.id == view(driven).lane)
    assert lane is driven.canvas.frame.lanes[1] and view(driven).selected in lane.spec.event_ids
    press(Qt.Key.Key_Period)
    assert view(driven).selected in lane.spec.event_ids and view(driven).lane == lane.spec.id

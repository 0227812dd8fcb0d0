"""A step as a view: whatever words its file holds, the view is one that can be drawn; what is not there is told."""
from __future__ import annotations

from dataclasses import replace

import pytest

from stories import DATASET, SIGHT, STORY
from timeline_app.viewmodel import story
from timeline_app.viewmodel.state import LaneLook

LANE = DATASET.meta.lanes[0].id


@pytest.mark.parametrize("words", [
    {"looks": ((LANE, "nobody", "knows", True),)}, {"order": "nobody"}, {"group": "nobody"}, {"scroll": 10**18},
    {"taller": ((LANE, 10**9),)}, {"taller": ((LANE, -(10**9)),)}, {"group": "column:nobody", "shown": ("nobody",)}])
def test_that_a_view_holds_only_what_can_be_chosen(words):
    view = story.view_of(replace(STORY.steps[0], sight=replace(SIGHT, **words)), DATASET)
    lanes = view.lanes
    assert (lanes.group, lanes.order) == ("", "") and view.scroll <= story.MOST_SCROLL
    assert lanes.looks in ((), (LaneLook(LANE, "linear", "", True),))
    assert all(story.LEAST_TALLER <= steps <= story.MOST_TALLER for _, steps in lanes.taller)


def test_that_all_that_a_step_names_and_the_dataset_lacks_is_told():
    sight = replace(SIGHT, selected="e-gone", shown=("lane-gone",), group="column:gone")
    guess = replace(STORY.steps[1].guess, question="why")
    step = replace(STORY.steps[0], sight=sight, guess=guess, events=("e-gone", "e-lost"), sources=("s-gone",))
    assert [(one.what, one.id) for one in story.missing(step, DATASET)] == [
        ("event", "e-gone"), ("event", "e-lost"), ("source", "s-gone"), ("lane", "lane-gone"),
        ("group", "column:gone"), ("question", "e-down/why")]

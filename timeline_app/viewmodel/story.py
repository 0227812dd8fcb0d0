"""A step of a story as a view, and a view as what a step looks at; what a step needs and the dataset lacks.

The words of a step on the audience's screen are `stage`, the talk as it goes on is `talk`.
"""
from __future__ import annotations

import math
from dataclasses import dataclass

from timeline_app.domain.stories import Sight, Step, Story
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import grouping, shown_lanes, walk
from timeline_app.viewmodel.state import ORDERS, SCALES, WEIGHTS, LaneChoice, LaneLook, Setting, View, ViewState
from timeline_app.viewmodel.window import Window

LEAST_TALLER, MOST_TALLER = -3, 6  # steps, as lanes can be made by hand
MOST_SCROLL = 1_000_000  # px; no screen counts further than some thousand million


@dataclass(frozen=True, slots=True)
class Missing:
    """What a step names and the dataset does not have: `what` is "event", "source", "lane", "question" or "group"."""

    what: str
    id: str


def view_of(step: Step, dataset: Dataset) -> View:
    """The view of a step; what the dataset does not have is left out of it (see `missing`)."""
    sight = step.sight
    window = Window(sight.start_us, sight.end_us).kept_within(walk.limits_of(dataset))
    is_there = sight.selected in dataset.event_by_id or sight.selected.startswith(("tweet:", "cluster:"))
    return View(window, sight.selected if is_there else "", sight.lane, sight.marked, sight.query,
                choice_of(sight, dataset), min(sight.scroll, MOST_SCROLL))


def choice_of(sight: Sight, dataset: Dataset) -> LaneChoice:
    """The arrangement of lanes: those of the sight that are there, in its order, and no others. A file may hold any
    word: a group, order or scale that nobody can choose is the dataset's own."""
    looks = tuple(_look(*one) for one in sight.looks)
    group = sight.group if grouping.is_known(dataset, sight.group) else ""
    order = sight.order if sight.order in ORDERS else ""
    own = {spec.id for spec in shown_lanes.all_lanes(dataset, LaneChoice(group=group, looks=looks))}
    taller = tuple((lane, min(max(steps, LEAST_TALLER), MOST_TALLER)) for lane, steps in sight.taller)
    plain = LaneChoice(pinned=sight.pinned, taller=taller, looks=looks, group=group, order=order,
                       folded=frozenset(sight.folded), opened=sight.opened)
    if not sight.shown:
        return plain
    hidden = own - set(sight.shown) if own & set(sight.shown) else frozenset()
    return LaneChoice(frozenset(hidden), plain.pinned, taller, tuple(x for x in sight.shown if x not in own),
                      looks, group, order, sight.shown, plain.folded, sight.opened)


def _look(lane: str, scale: str, weight: str, apart: bool) -> LaneLook:
    return LaneLook(lane, scale if scale in SCALES else SCALES[0], weight if weight in WEIGHTS else "", apart)


def sight_of(view: View, dataset: Dataset) -> Sight:
    """What a view looks at, for a step that is recorded from it: `view_of` makes an equal picture of it."""
    lanes = view.lanes
    shown = tuple(spec.id for spec in shown_lanes.shown(dataset, lanes))
    return Sight(view.window.start_us, view.window.end_us, view.selected, view.lane, view.marked, view.query, shown,
                 lanes.group, lanes.order, lanes.pinned, tuple(sorted(lanes.folded)), lanes.opened, lanes.taller,
                 tuple((one.lane, one.scale, one.weight, one.apart) for one in lanes.looks), view.scroll)


def state_of(step: Step, dataset: Dataset, setting: Setting) -> ViewState:
    """The state that shows a step: a setting is never changed by a story."""
    return ViewState(view_of(step, dataset), setting)


def nearest(story: Story, view: View) -> int:
    """The number from 0 of the step that looks at nearly the same time as a view: near in place and in length."""
    window = view.window
    length = max(1, window.length_us)

    def apart(step: Step) -> float:
        sight = step.sight
        away = abs(sight.start_us + sight.end_us - window.start_us - window.end_us) / 2
        own = max(1, sight.end_us - sight.start_us)
        return away / max(length, own) + abs(math.log(own / length))

    return min(range(len(story.steps)), key=lambda number: apart(story.steps[number]), default=0)


def missing(step: Step, dataset: Dataset) -> tuple[Missing, ...]:
    """Everything that a step names and the dataset does not have, in the order in which the step names it."""
    lanes = {spec.id for spec in shown_lanes.all_lanes(dataset, choice_of(step.sight, dataset))}
    questions = {(one.event_id, one.name) for one in dataset.questions}
    selected = step.sight.selected if not step.sight.selected.startswith(("tweet:", "cluster:")) else ""
    events = [one for one in (selected, *step.events) if one and one not in dataset.event_by_id]
    found = [Missing("event", one) for one in dict.fromkeys(events)]
    found += [Missing("source", one) for one in step.sources if one not in dataset.sources]
    found += [Missing("lane", one) for one in step.sight.shown if one not in lanes]
    if not grouping.is_known(dataset, step.sight.group):
        found.append(Missing("group", step.sight.group))
    if step.guess is not None and (step.guess.event_id, step.guess.question) not in questions:
        found.append(Missing("question", f"{step.guess.event_id}/{step.guess.question}"))
    return tuple(found)

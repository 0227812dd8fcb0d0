"""Stretches of the calendar in which events are put together: from one tick of the ruler to the next, so that they stay
where they are while one pans, whatever is in view.
"""
from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

import numpy as np

from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT
from timeline_app.viewmodel.tick_steps import Step, moments

_COUNTS = (("ms", (1, 2, 5, 10, 20, 50, 100, 200, 500)), ("second", (1, 2, 5, 10, 15, 30)),
           ("minute", (1, 2, 5, 10, 15, 30)), ("hour", (1, 2, 3, 6, 12)), ("day", (1, 2, 7, 14)), ("month", (1, 3)),
           ("year", tuple(count * 10 ** power for power in range(9) for count in (1, 2, 5))))
STEPS = tuple(Step(unit, count) for unit, counts in _COUNTS for count in counts)
_SHORTEST = tuple(step.shortest_ms for step in STEPS)
_LONGEST = {"day": 4 * DAY, "month": 31 * DAY, "year": 366 * DAY}


def step_for(least_ms: float) -> int:
    """The place in STEPS of the finest whose cells are all at least so long; the last where none is."""
    return min(bisect_left(_SHORTEST, least_ms), len(STEPS) - 1)


def longest_ms(step: Step) -> int:
    """How long a cell can be: the last of a month takes what is left of it, and a day may have 25 hours."""
    if step.of_clock:
        return step.shortest_ms + (HOUR if step.unit == "hour" else 0)
    return step.count * DAY + _LONGEST["day"] if step.unit == "day" else step.count * _LONGEST[step.unit]


@lru_cache(maxsize=256)
def edges(place: int, start: int, end: int, zone: str) -> np.ndarray:
    """int64[n]: the edges of the cells of a step that hold a stretch of time, in a zone. Where the step has no tick
    before or after it, time itself is the edge."""
    step = STEPS[place]
    longest = longest_ms(step)
    found = [one.at_ms for one in moments(step, start - longest, end + longest + 1, zone)]
    low = max(0, bisect_left(found, start + 1) - 1)
    high = bisect_left(found, end)
    kept = found[low:high + 1]
    if not kept or kept[0] > start:
        kept.insert(0, max(MIN_INSTANT, start - longest))
    if kept[-1] < end:
        kept.append(min(MAX_INSTANT, end + longest))
    return np.array(kept, dtype=np.int64)

"""Invented lists of events with the spread of real ones, from three events to a hundred thousand, from twenty minutes
to two hundred million years; for tests that look at pictures. The same each time.
"""
from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from bench import made_events
from bench.made_events import DAY
from timeline_app.domain.calendar import days_from_civil
from timeline_app.engine.dataset import Dataset

YEAR = 365 * DAY
MINUTE = 60_000
START = days_from_civil(2020, 5, 26) * DAY
INCIDENTS = 1_340
_FINE = {"second": 0.8, "minute": 0.2}
_CLOCK = {"minute": 0.6, "hour": 0.2, "day": 0.2}
_OLD = {"year": 0.5, "decade": 0.25, "century": 0.25}
_DEEP = {"age": 0.8, "century": 0.2}
# name: how many, from when, how long, how finely dated
LISTS = {
    "3 events": (3, START, 9 * DAY, made_events.USUAL),
    "39 events": (39, START, 25 * DAY, {"minute": 0.5, "day": 0.5}),
    "100,000 events": (100_000, START - 6 * YEAR, 8 * YEAR, made_events.USUAL),
    "20 minutes": (24, START, 20 * MINUTE, _FINE),
    "one week": (60, START, 7 * DAY, _CLOCK),
    "ten years": (120, days_from_civil(2011, 1, 1) * DAY, 10 * YEAR, made_events.USUAL),
    "3,000 years": (90, days_from_civil(-1000, 1, 1) * DAY, 3_000 * YEAR, _OLD),
    "200 million years": (60, -200_000_000 * YEAR, 200_000_000 * YEAR, _DEEP),
}
NAMES = (*LISTS, "1,340 events")


@cache
def listed(name: str) -> Dataset:
    """The dataset of a name."""
    if name not in LISTS:
        return made_events.dataset(incidents())
    count, start, length, shares = LISTS[name]
    return made_events.dataset(made_events.events(count, start, start + length, shares=shares))


def incidents() -> tuple:
    """Like a public list of incidents: known to a minute up to a day, most within two weeks, a tail of a year."""
    random = np.random.default_rng(8)
    lots = made_events.drawn(INCIDENTS, START, START + YEAR, 8, _CLOCK)
    near = START + random.gamma(2.0, 3.0, INCIDENTS) * DAY
    evening = near - near % DAY + random.normal(0.85, 0.12, INCIDENTS) * DAY
    late = START + random.exponential(90.0, INCIDENTS) * DAY
    at = np.where(random.random(INCIDENTS) < 0.85, evening, np.minimum(late, START + YEAR))
    return made_events.of_lots(replace(lots, at=np.sort(at).astype(np.int64), length=np.zeros_like(lots.length)))

"""Counted series as arrays: who counted what, per which bin. Binning of tweets is not here.

A series either has bins (`bin_ms` or a calendar day) or points (`bin` = "point"), each with its own source.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.domain.records import Words
from timeline_app.domain.time import Span

BIN_MS = {"1min": 60_000, "10min": 600_000, "1h": 3_600_000, "1d": 86_400_000}


@dataclass(frozen=True, slots=True)
class Category:
    """One stacked part of a series; `role` is a colour role of the theme or "free"."""

    key: str
    label: Words
    role: str = "free"


@dataclass(frozen=True, slots=True)
class Point:
    """One printed figure at one moment: `qualifier` is "", "~", ">", ">=", "<" or "<="; `rival_group` joins figures
    that different sources give for the same moment. The moment lies between `at_ms` and `until_ms`, which is exclusive;
    they are equal for a clock time."""

    at_ms: int
    until_ms: int
    value: float
    qualifier: str = ""
    source_id: str = ""
    rival_group: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """`start` int64[n] ms UTC ascending, `values` int64[n, k] with k = len(categories) or 1."""

    id: str
    title: Words
    short: Words
    per: Words
    who: Words
    unit: str
    bin: str
    zone: str
    start: np.ndarray
    values: np.ndarray
    categories: tuple[Category, ...] = ()
    points: tuple[Point, ...] = ()
    covered: Span | None = None
    missing_bins_are_zero: bool = False
    event_id: str = ""
    source_ids: tuple[str, ...] = ()
    caveat: Words = Words()

    @property
    def bin_ms(self) -> int:
        """The width of a bin in ms; 0 for points."""
        return BIN_MS.get(self.bin, 0)

    @property
    def zone_is_stated(self) -> bool:
        """Whether the authors say where a day begins; if not, bins are drawn as UTC with those words."""
        return self.zone != "not stated"

    @property
    def totals(self) -> np.ndarray:
        """int64[n]: the sum of all categories in each bin."""
        return self.values.sum(axis=1)

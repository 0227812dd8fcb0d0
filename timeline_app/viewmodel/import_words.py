"""How far an import is, in words: the share, how fast it reads, how many tweets so far, how long it may still take."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from timeline_app.base.text import Texts

MEGABYTE = 1_000_000
SURE_AFTER_S = 1.5  # a rate says little before


class Told(Protocol):
    """What an import tells of itself (`engine.tweets`)."""

    done: int
    total: int
    merging: bool
    resumed: int
    counts: np.ndarray | None


@dataclass(frozen=True, slots=True)
class ImportWords:
    """The share done, 0 to 1, and what is said beside the bar."""

    share: float
    text: str

    @property
    def percent(self) -> int:
        """The share in whole percent, never rounded up to all."""
        return int(self.share * 100)


def words(told: Told | None, passed_s: float, texts: Texts) -> ImportWords:
    """What is said after so many seconds; None before anything was read."""
    if told is None or not told.total:
        return ImportWords(0.0, texts.get("opening.looking"))
    if told.merging:
        return ImportWords(1.0, texts.get("opening.merging"))
    share = min(1.0, told.done / told.total)
    parts = [texts.get("opening.percent", n=int(share * 100))]
    rate = (told.done - told.resumed) / passed_s if passed_s > SURE_AFTER_S else 0.0
    if rate > 0:
        parts.append(texts.get("opening.rate", n=_rate(rate / MEGABYTE)))
    if told.counts is not None and len(told.counts):
        parts.append(texts.count("opening.tweets", int(told.counts.sum())))
    if rate > 0:
        parts.append(left((told.total - told.done) / rate, texts))
    return ImportWords(share, " · ".join(parts))


def left(seconds: float, texts: Texts) -> str:
    """How long it may still take, in the unit that is read at a glance."""
    if seconds < 60:
        return texts.get("opening.left.s", n=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return texts.get("opening.left.min", n=minutes)
    return texts.get("opening.left.h", h=minutes // 60, n=minutes % 60)


def _rate(megabytes: float) -> str:
    return f"{megabytes:,.1f}" if megabytes < 10 else f"{megabytes:,.0f}"

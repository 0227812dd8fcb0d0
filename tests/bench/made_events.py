"""Datasets of any size for benches and pictures, made in memory: invented events with the spread of real lists.

Of every hundred events sixty fall into bursts and thirty-five anywhere; five are long, and reach over days to years.
Dates are known to a minute, an hour, a day, a month or a year, some approximately. Kinds, places, actors and hashtags
are few that occur often and many that are rare. The same seed makes the same dataset; no file is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

DAY = 86_400_000
KINDS = ("protest", "statement", "call", "report", "portal", "flood", "donation", "context")
TAGS = 20
NOUNS = "queue river lantern paper window station green market answer summer table morning bridge letter".split()
PLACES = "North South East West Upper Lower Old New".split()
_TITLES = 20_000
_BURSTS = 40
_WIDTHS = {"minute": 60_000, "hour": 3_600_000, "day": DAY}
_PRECISIONS = (*_WIDTHS, "month", "year")
_SHARES = (0.42, 0.12, 0.34, 0.08, 0.04)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn by lot, an array a column, a row an event; the times are ms UTC."""

    at: np.ndarray
    length: np.ndarray
    precision: np.ndarray
    approximate: np.ndarray
    kind: np.ndarray
    place: np.ndarray
    actor: np.ndarray
    tag: np.ndarray
    title: np.ndarray


def burst_weights(seed: int, stretches: int = 4_000) -> np.ndarray:
    """float64[stretches]: how much happens in each of so many equal stretches of time; day and night, quiet and bursts
    that begin steeply and fade, the greatest in the middle."""
    random, at = np.random.default_rng(seed), np.arange(stretches)
    weights = 1.0 + 0.6 * np.sin(at / 3.0)
    for start in random.integers(0, stretches, _BURSTS):
        height, fades = random.pareto(1.2) * 20, random.uniform(4, 60)
        weights += np.where(at >= start, height * np.exp(-(at - start) / fades), 0.0)
    return np.roll(weights, stretches // 2 - int(np.argmax(weights)))


def spread(random: np.random.Generator, count: int, weights: np.ndarray) -> np.ndarray:
    """float64[count]: places from 0 to 1, drawn with the weights of equal stretches, in no order."""
    ends = np.concatenate([[0.0], np.cumsum(weights)])
    return np.interp(random.random(count) * ends[-1], ends, np.linspace(0, 1, len(ends)))


def drawn(count: int, start_ms: int, end_ms: int, seed: int) -> Drawn:
    """The lots of so many events between two instants."""
    random, length = np.random.default_rng(seed), end_ms - start_ms
    places = np.where(random.random(count) < 0.63, spread(random, count, burst_weights(seed)), random.random(count))
    long = random.random(count) < 0.05
    lengths = np.where(long, np.exp(random.uniform(np.log(DAY), np.log(max(2 * DAY, length / 8)), count)), 0)

    def rare(most: int) -> np.ndarray:
        return (random.random(count) ** 2.5 * most).astype(np.int64)

    return Drawn(start_ms + (np.sort(places) * length).astype(np.int64), lengths.astype(np.int64),
                 random.choice(len(_PRECISIONS), count, p=_SHARES), random.random(count) < 0.05, rare(len(KINDS)),
                 rare(400), rare(120), rare(TAGS), random.integers(0, _TITLES, count))


def bounds(lots: Drawn) -> np.ndarray:
    """int64[n, 4]: earliest and latest start, earliest and latest end, each to the precision of its event."""
    starts, ends = lots.at.copy(), lots.at.copy()
    for number, name in enumerate(_PRECISIONS):
        which = lots.precision == number
        if name in _WIDTHS:
            starts[which] -= starts[which] % _WIDTHS[name]
            ends[which] = starts[which] + _WIDTHS[name]
        else:
            first = lots.at[which].astype("datetime64[ms]").astype(f"datetime64[{name[0].upper()}]")
            starts[which] = first.astype("datetime64[ms]").astype(np.int64)
            ends[which] = (first + 1).astype("datetime64[ms]").astype(np.int64)
    return np.stack([starts, ends, starts + lots.length, ends + lots.length], axis=1)


@cache
def titles() -> tuple:
    """Invented titles of three to nine words, in two languages."""
    from timeline_app.domain.records import Words

    random = np.random.default_rng(5)
    return tuple(Words(" ".join(["The", *random.choice(NOUNS, size)]) + f" {number}", (("ko", f"{number}번째 사건"),))
                 for number, size in enumerate(random.integers(2, 9, _TITLES)))


def events(count: int, start_ms: int, end_ms: int, seed: int = 4) -> tuple:
    """So many events between two instants, in time."""
    lots = drawn(count, start_ms, end_ms, seed)
    return tuple(_events(lots, bounds(lots)))


def _events(lots: Drawn, times: np.ndarray) -> Iterator:
    from timeline_app.domain.records import Event, Place, Words
    from timeline_app.domain.time import Precision, When

    precisions, named = [Precision(name) for name in _PRECISIONS], titles()
    places = [Place(Words(f"{PLACES[n % len(PLACES)]} {NOUNS[n % len(NOUNS)]} {n}")) for n in range(400)]
    columns = (getattr(lots, name).tolist() for name in ("precision", "approximate", "kind", "place", "actor", "tag",
                                                         "title"))
    for number, (four, *row) in enumerate(zip(times.tolist(), *columns, strict=True)):
        precision, approximate, kind, place, actor, tag, title = row
        yield Event(f"e-{number:07}", named[title], When(*four, precisions[precision], zone="UTC",
                                                        approximate=approximate),
                    KINDS[kind], place=places[place], actors=(f"office {actor}",), hashtags=(f"tag-{tag:02}",))


def dataset(found: Sequence, store: Path | None = None, tag_lanes: int = 0) -> object:
    """A dataset of events, a lane for each kind of them; with a store of tweets also lanes for so many of its tags."""
    from timeline_app.domain.records import Words
    from timeline_app.engine import collection_lanes, lane_plan
    from timeline_app.engine.dataset import Collection, Dataset, Meta
    from timeline_app.engine.tweets.store import Store

    lanes, collections = lane_plan.plain_lanes(found, ()), ()
    if store is not None:
        one = Collection("main", Words("made"), Store.open(store))
        lanes += tuple(collection_lanes.lane(one, term.key) for term in one.store.terms("#")[:tag_lanes])
        collections = (one,)
    return Dataset(Meta("made", "made", Words("Made for a bench"), lanes=lanes), events=tuple(found),
                   collections=collections)

"""Datasets of any size for benches and pictures, made in memory: invented events with the spread of real lists.

Of every hundred events sixty fall into bursts and thirty-five anywhere; five are long, and reach over days to years.
Dates are known to a minute, an hour, a day, a month or a year, some approximately. Kinds, places, actors and hashtags
are few that occur often and many that are rare. The same seed makes the same dataset; no file is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

DAY = 86_400_000
KINDS = ("protest", "statement", "call", "report", "portal", "flood", "donation", "context")
TAGS = 20
NOUNS = "queue river lantern paper window station green market answer summer table morning bridge letter".split()
NOUNS_KO = "차례 강가 등불 종이 창문 정거장 초록 시장 대답 여름 탁자 아침 다리 편지".split()
PLACES = "North South East West Upper Lower Old New".split()
PLACES_KO = "북쪽 남쪽 동쪽 서쪽 위 아래 옛 새".split()
USUAL = {"minute": 0.42, "hour": 0.12, "day": 0.34, "month": 0.08, "year": 0.04}  # how finely dates are known
_TITLES = 20_000
_BURSTS = 40
_WIDTHS = {"second": 1_000, "minute": 60_000, "hour": 3_600_000, "day": DAY}
_YEARS = {"year": 1, "decade": 10, "century": 100, "age": 1_000_000}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn by lot, an array a column, a row an event; the times are ms UTC."""

    at: np.ndarray
    length: np.ndarray
    precision: np.ndarray
    names: tuple[str, ...]
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
        height, fades = min(random.pareto(1.5) * 12, 90.0), random.uniform(4, 60)
        weights += np.where(at >= start, height * np.exp(-(at - start) / fades), 0.0)
    return np.roll(weights, stretches // 2 - int(np.argmax(weights)))


def spread(random: np.random.Generator, count: int, weights: np.ndarray) -> np.ndarray:
    """float64[count]: places from 0 to 1, drawn with the weights of equal stretches, in no order."""
    ends = np.concatenate([[0.0], np.cumsum(weights)])
    return np.interp(random.random(count) * ends[-1], ends, np.linspace(0, 1, len(ends)))


def drawn(count: int, start_ms: int, end_ms: int, seed: int, shares: Mapping[str, float]) -> Drawn:
    """The lots of so many events between two instants, whose dates are known so finely in such shares."""
    random, length = np.random.default_rng(seed), end_ms - start_ms
    places = np.where(random.random(count) < 0.63, spread(random, count, burst_weights(seed)), random.random(count))
    long = random.random(count) < 0.05
    lengths = np.where(long, np.exp(random.uniform(np.log(DAY), np.log(max(2 * DAY, length / 8)), count)), 0)

    def rare(most: int) -> np.ndarray:
        return (random.random(count) ** 2.5 * most).astype(np.int64)

    return Drawn(start_ms + (np.sort(places) * length).astype(np.int64), lengths.astype(np.int64),
                 random.choice(len(shares), count, p=list(shares.values())), tuple(shares),
                 random.random(count) < 0.05, rare(len(KINDS)), rare(len(PLACES) * len(NOUNS)), rare(120), rare(TAGS),
                 random.integers(0, _TITLES, count))


def bounds(lots: Drawn) -> np.ndarray:
    """int64[n, 4]: earliest and latest start, earliest and latest end, each to the precision of its event."""
    starts, ends = lots.at.copy(), lots.at.copy()
    for number, name in enumerate(lots.names):
        which = lots.precision == number
        if name in _WIDTHS:
            starts[which] -= starts[which] % _WIDTHS[name]
            ends[which] = starts[which] + _WIDTHS[name]
        else:
            unit, step = ("Y", _YEARS[name]) if name in _YEARS else ("M", 1)
            first = lots.at[which].astype("datetime64[ms]").astype(f"datetime64[{unit}]").astype(np.int64)
            first -= (first + 1970) % step
            starts[which], ends[which] = (_instants(numbers, unit) for numbers in (first, first + step))
    return np.stack([starts, ends, starts + lots.length, ends + lots.length], axis=1)


def _instants(numbers: np.ndarray, unit: str) -> np.ndarray:
    """int64: when months (M) or years (Y), counted from 1970, begin; ms UTC."""
    return numbers.astype(f"datetime64[{unit}]").astype("datetime64[ms]").astype(np.int64)


@cache
def titles() -> tuple:
    """Invented titles of three to nine words, in two languages."""
    from timeline_app.domain.records import Words

    random = np.random.default_rng(5)
    drawn = [random.choice(len(NOUNS), size, replace=False) for size in random.integers(3, 9, _TITLES)]
    return tuple(Words(" ".join(["The", *(NOUNS[at] for at in found)]),
                       (("ko", " ".join(NOUNS_KO[at] for at in found)),)) for found in drawn)


def events(count: int, start_ms: int, end_ms: int, seed: int = 4, shares: Mapping[str, float] = USUAL) -> tuple:
    """So many events between two instants, in time."""
    return of_lots(drawn(count, start_ms, end_ms, seed, shares))


def of_lots(lots: Drawn) -> tuple:
    """The events of what was drawn by lot."""
    return tuple(_events(lots, bounds(lots)))


def _events(lots: Drawn, times: np.ndarray) -> Iterator:
    from timeline_app.domain.records import Event, Place, Words
    from timeline_app.domain.time import Precision, When

    named = titles()
    precisions = [Precision("century" if name == "age" else name) for name in lots.names]
    places = [Place(Words(f"{one} {noun.title()}", (("ko", f"{one_ko} {noun_ko}"),)))
              for noun, noun_ko in zip(NOUNS, NOUNS_KO, strict=True)
              for one, one_ko in zip(PLACES, PLACES_KO, strict=True)]
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

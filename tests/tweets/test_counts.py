"""Counts against plain Python: any span, bin, zone and tag, also on days of 23 and 25 hours."""

from __future__ import annotations

import re
import tracemalloc
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.base.problems import UserError
from timeline_app.domain.snowflake import EPOCH_MS
from timeline_app.engine.tweets import collection, index
from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET
from timeline_app.engine.tweets.counts import counts, edges_of, key_of, rows_of
from timeline_app.engine.tweets.ragged import of_pairs
from timeline_app.engine.tweets.rows import Rows
from timeline_app.engine.tweets.run import RowsWriter, RunInfo, write_info
from timeline_app.engine.tweets.store import Store

ZONES = ["America/Chicago", "Europe/Berlin", "Asia/Seoul", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"]
CHANGES = {"America/Chicago": [(2020, 3, 8, 8), (2020, 11, 1, 7)],
           "Europe/Berlin": [(2020, 3, 29, 1), (2020, 10, 25, 1)],
           "Australia/Lord_Howe": [(2020, 4, 4, 15), (2020, 10, 3, 15)],
           "America/Sao_Paulo": [(2018, 11, 4, 3), (2019, 2, 17, 2)]}
SHORT = ["1ms", "5ms", "250ms", "1s", "15s", "1min", "10min", "15min", "1h"]
LONGER = ["2h", "6h", "12h", "1d", "3d", "1w", "2w", "1mo", "3mo", "1y", "2y"]


def changing() -> list[int]:
    """Instants around those at which clocks change, and at local midnights of these days."""
    found = []
    for zone, changes in CHANGES.items():
        for change in changes:
            at = int(datetime(*change, tzinfo=UTC).timestamp()) * 1000
            day = datetime.fromtimestamp(at // 1000, ZoneInfo(zone)).date()
            midnights = [begun(date.fromordinal(day.toordinal() + more), zone) for more in (-1, 0, 1, 2)]
            found += [one + more for one in (at, *midnights) for more in (-3_600_000, -1_800_000, -1, 0, 1, 1_800_000)]
    return found


@cache
def begun(day: date, zone: str) -> int:
    """The first instant of a day there, by trying every quarter of an hour."""
    start = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) - 15 * 3_600
    return 1000 * next(at for at in range(start, start + 30 * 3_600, 900)
                       if datetime.fromtimestamp(at, ZoneInfo(zone)).date() >= day)


def bin_of(at: int, size: str, zone: str) -> tuple:
    """The bin of an instant, told by what the clock there shows."""
    there = datetime.fromtimestamp(at // 1000, ZoneInfo(zone))
    number, unit = int(re.match(r"\d+", size)[0]), size.lstrip("0123456789")
    day = there.date().toordinal() - date(1970, 1, 1).toordinal()
    if size in SHORT:
        milliseconds = {"ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000}[unit]
        return day, (at - begun(there.date(), zone)) // (number * milliseconds)
    return {"h": (day, there.hour // number), "d": (day // number,), "w": ((day + 3) // 7 // number,),
            "mo": ((there.year * 12 + there.month - 1) // number,), "y": (there.year // number,)}[unit]


RANDOM = np.random.default_rng(7)
BEGIN = int(datetime(2020, 3, 7, tzinfo=UTC).timestamp() * 1000)
MINUTES = BEGIN + 86_400_000 * 90
TIMES = np.sort(np.concatenate([BEGIN + RANDOM.integers(0, 240 * 86_400_000, 1_500),
                                MINUTES + RANDOM.integers(0, 120_000, 1_500), changing()]))
IDS = ((TIMES - EPOCH_MS) << 22) + RANDOM.permutation(len(TIMES))
USES = RANDOM.integers(0, 2, (len(TIMES), 2))
LANGS = RANDOM.integers(0, 3, len(TIMES))
FLAGS = RANDOM.choice([0, RETWEET, QUOTE, REPLY, QUOTE | REPLY], len(TIMES))
RETWEETS = RANDOM.integers(0, 1000, len(TIMES))
OLD = 27_758_622_443
KEYS = {"": np.ones(len(TIMES), np.int64), "#kpop": USES[:, 0], "#blue": USES[:, 1], "#nobody": np.zeros(len(TIMES)),
        "lang=ko": LANGS == 1, "lang=en": LANGS == 2, "kind=retweet": FLAGS & RETWEET != 0, "kind=original": FLAGS == 0,
        "kind=quote": FLAGS & QUOTE != 0, "kind=reply": FLAGS & REPLY != 0}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The tweets above told in two files that overlap, and one tweet of before the scheme."""
    folder = tmp_path_factory.mktemp("store")
    rows = [f"{one},{a},{b}\n" for one, (a, b) in zip(IDS.tolist(), USES.tolist(), strict=True)]
    (folder / "a.csv").write_text("tweet_id,Kpop,blue\n" + "".join(rows[:2000]) + f"{OLD},1,0\n", encoding="utf-8")
    rows = [f"{one},{b},{a}\n" for one, (a, b) in zip(IDS.tolist(), USES.tolist(), strict=True)]
    (folder / "b.csv").write_text("tweet_id,blue,KPOP\n" + "".join(rows[1800:]), encoding="utf-8")
    collection.import_sources([folder], folder / "out")
    return collection.open_store(folder / "out")


def made(folder) -> Store:
    """The tweets above with tags, languages, kinds and retweets."""
    order = np.argsort(IDS)
    owner, code = np.nonzero(USES[order][:, ::-1])  # codes follow the names: blue, kpop
    numbers = {"flags": FLAGS[order].astype(np.uint16), "lang": LANGS[order].astype(np.uint16),
               "retweets": RETWEETS[order].astype(np.int32)}
    rows = Rows(IDS[order], numbers, {"tags": of_pairs(owner, code, len(IDS))})
    (folder / "run").mkdir()
    writer = RowsWriter(folder / "run")
    writer.append(rows)
    writer.close()
    names = ("blue", "kpop")
    write_info(folder / "run", RunInfo(len(rows), (), ("", "ko", "en"), names, tuple({name: 1} for name in names)))
    return Store.open(index.build_store([folder / "run"], [], folder / "store"))


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A store whose postings are short."""
    return made(tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """A store of which every posting has a directory of minutes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(index, "_is_long", lambda length, minutes: True)
        return made(tmp_path_factory.mktemp("long"))


def test_that_a_tweet_of_two_files_is_one_tweet(store):
    assert len(store) == len(IDS) + 1
    assert store.manifest.duplicates == 200
    assert store.manifest.counts["before_scheme"] == 1
    assert store.rows.ids[1:].tolist() == sorted(IDS.tolist())
    assert store.manifest.tags == ("blue", "kpop")


def test_that_a_tweet_without_a_time_is_in_no_bin_but_in_its_terms(store):
    edges = edges_of(0, store.span.end, "1y")
    assert int(counts(store, edges).sum()) == len(IDS)
    assert store.terms("#")[0].tweets + store.terms("#")[1].tweets == int(USES.sum()) + 1


def test_that_terms_are_there_by_group_and_frequency(full):
    order = np.argsort(IDS)
    assert full.groups() == ("#", "lang", "kind")
    for group in full.groups():
        found = full.terms(group)
        assert [term.tweets for term in found] == sorted((int(KEYS[term.key].sum()) for term in found), reverse=True)
        assert all(rows_of(full, term.key).tolist() == np.flatnonzero(KEYS[term.key][order]).tolist() for term in found)


@pytest.mark.parametrize(("written", "key"), [("Kpop", "#kpop"), ("#KPOP", "#kpop"), ("＃kpop", "#kpop"), ("", ""),
                                              ("use=Hijacked", "use=hijacked"), ("lang=ko", "lang=ko")])
def test_that_a_term_may_be_written_as_people_write_it(written, key):
    assert key_of(written) == key


STARTS = st.integers(-10**9, 21 * 10**9) | st.integers(MINUTES - BEGIN - 70_000, MINUTES - BEGIN + 130_000)
STEPS = [1, 7, 999, 60_000, 61_000, 600_000, 3_600_000, 86_400_000]


@settings(max_examples=150)
@given(st.booleans(), STARTS, st.sampled_from(STEPS), st.integers(1, 300),
       st.tuples(st.sampled_from(sorted(KEYS)), st.sampled_from(["", "retweets", "likes"])))
def test_that_counts_are_those_of_plain_python(full, long, is_long, start, step, bins, asked):
    key, weight = asked
    edges = BEGIN + start + np.arange(bins + 1) * step
    worth = {"": [1] * len(TIMES), "retweets": RETWEETS.tolist(), "likes": [0] * len(TIMES)}[weight]
    expected = [0] * bins
    for at, used, one in zip(TIMES.tolist(), KEYS[key].tolist(), worth, strict=True):
        place = (at - int(edges[0])) // step
        if 0 <= place < bins:
            expected[place] += one if used else 0
    assert counts(long if is_long else full, edges, key, weight).tolist() == expected


@settings(max_examples=250)
@given(st.sampled_from(SHORT + LONGER), st.sampled_from(ZONES), st.sampled_from([*TIMES[::7].tolist(), *changing()]),
       st.tuples(st.integers(-200, 5), st.integers(1, 200)),
       st.tuples(st.sampled_from(sorted(KEYS)), st.sampled_from(["", "retweets"])))
def test_that_bins_of_any_zone_hold_what_its_clock_says(full, size, zone, middle, reach, asked):
    key, weight = asked
    unit = size.lstrip("0123456789")
    length = int(size.removesuffix(unit)) * {"ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000,
                                             "w": 7 * 86_400_000, "mo": 30 * 86_400_000, "y": 365 * 86_400_000}[unit]
    first = max(middle + reach[0] * length, 1_500_000_000_000)
    edges = edges_of(first, min(max(first, middle) + reach[1] * length, 1_700_000_000_000), size, zone)
    names = [bin_of(edge, size, zone) for edge in edges[:-1].tolist()]
    assert len(set(names)) == len(names)
    expected = dict.fromkeys(names, 0)
    inside = slice(*np.searchsorted(TIMES, edges[[0, -1]]).tolist())
    worth = (RETWEETS if weight else np.ones(len(TIMES), np.int64)) * KEYS[key]
    for at, one in zip(TIMES[inside].tolist(), worth[inside].tolist(), strict=True):
        expected[bin_of(at, size, zone)] += one
    assert dict(zip(names, counts(full, edges, key, weight).tolist(), strict=True)) == expected


@pytest.mark.parametrize("zone", ["America/Chicago", "Europe/Berlin", "Asia/Seoul", "Australia/Lord_Howe", "UTC",
                                  "America/Sao_Paulo", "Asia/Kathmandu"])
def test_that_days_are_those_of_the_zone(store, zone):
    expected: dict[str, int] = {}
    for at in TIMES.tolist():
        day = datetime.fromtimestamp(at // 1000, ZoneInfo(zone)).date().isoformat()
        expected[day] = expected.get(day, 0) + 1
    edges = edges_of(int(TIMES[0]), int(TIMES[-1]) + 1, "1d", zone)
    days = [datetime.fromtimestamp(edge // 1000, ZoneInfo(zone)).date().isoformat() for edge in edges[:-1].tolist()]
    found = dict(zip(days, counts(store, edges).tolist(), strict=True))
    assert {day: n for day, n in found.items() if n} == expected


def test_that_the_days_on_which_clocks_change_have_23_and_25_hours():
    day = int(datetime(2020, 3, 8, 6, tzinfo=UTC).timestamp() * 1000)
    spring = edges_of(day, day + 23 * 3_600_000, "1d", "America/Chicago")
    assert np.diff(spring).tolist() == [23 * 3_600_000]
    assert len(edges_of(day, day + 23 * 3_600_000, "1h", "America/Chicago")) == 24
    day = int(datetime(2020, 11, 1, 5, tzinfo=UTC).timestamp() * 1000)
    assert np.diff(edges_of(day, day + 1, "1d", "America/Chicago")).tolist() == [25 * 3_600_000]
    assert len(edges_of(day, day + 25 * 3_600_000, "1h", "America/Chicago")) == 26


@settings(max_examples=80)
@given(st.integers(0, 2 * 365), st.integers(1, 86_400_000 * 40),
       st.sampled_from(["1min", "15min", "1h", "6h", "1d", "1w", "1mo", "3mo", "1y"]),
       st.sampled_from(["UTC", "America/Chicago", "Australia/Lord_Howe", "Asia/Kathmandu"]))
def test_that_edges_ascend_and_hold_the_whole_span(day, length, size, zone):
    start = BEGIN + day * 86_400_000 + length // 7
    edges = edges_of(start, start + length, size, zone)
    assert edges[0] <= start < edges[1]
    assert edges[-2] < start + length <= edges[-1]
    assert (np.diff(edges) > 0).all()


def test_that_the_milliseconds_of_a_second_are_not_worked_out_for_the_whole_day():
    tracemalloc.start()
    edges = edges_of(BEGIN, BEGIN + 1_000, "1ms", "America/Chicago")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert edges.tolist() == list(range(BEGIN, BEGIN + 1_001))
    assert peak < 4_000_000


@pytest.mark.parametrize("size", ["", "7h", "0d", "1fortnight", "1ms"])
def test_that_a_bin_nobody_knows_is_refused(size):
    with pytest.raises(UserError):
        edges_of(BEGIN, BEGIN + 10**10, size)

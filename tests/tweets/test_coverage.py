"""What is not covered: told by names, queries, exports and people, or found; a lull is no gap, and a gap is no zero."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.base.problems import UserError
from timeline_app.domain.snowflake import EPOCH_MS
from timeline_app.engine.collection_report import count_lines, share_text
from timeline_app.engine.tweets import collection
from timeline_app.engine.tweets.coverage import HOUR_MS, Gap, covered, declared, detected, joined, of_names, of_origins
from timeline_app.engine.tweets.run import Origin

DAY_MINUTES = 24 * 60
BEGIN = 1_591_142_400_000  # 2020-06-03T00:00Z
FIRST = BEGIN // 60_000


def minutes_of(per_minute: np.ndarray) -> np.ndarray:
    """Rows before each minute."""
    return np.concatenate([[0], np.cumsum(per_minute)]).astype(np.int64)


def daily(per_minute: float, days: int = 8, night: float = 0.02) -> np.ndarray:
    """Tweets a minute with quiet nights: from 3 to 9 hours only a share of them."""
    hour = np.arange(days * DAY_MINUTES) // 60 % 24
    rate = np.where((hour >= 3) & (hour < 9), per_minute * night, per_minute)
    return np.random.default_rng(5).poisson(rate)


def spans(gaps) -> list[tuple[int, int]]:
    return [(one.start_ms, one.end_ms) for one in gaps]


def test_that_a_stretch_that_was_cut_out_is_found():
    tweets = daily(6.0)
    cut = slice(4 * DAY_MINUTES + 15 * 60 + 7, 4 * DAY_MINUTES + 19 * 60 + 31)
    tweets[cut] = 0
    found = detected(minutes_of(tweets), FIRST)
    assert len(found) == 1
    assert found[0].basis == "detected"
    assert abs(found[0].start_ms - (FIRST + cut.start) * 60_000) <= 120_000
    assert abs(found[0].end_ms - (FIRST + cut.stop) * 60_000) <= 120_000


def test_that_quiet_nights_are_no_gaps():
    assert detected(minutes_of(daily(6.0, night=0.0)), FIRST) == []
    assert detected(minutes_of(daily(0.5)), FIRST) == []


def test_that_quiet_sundays_are_no_gaps_but_a_cut_monday_is():
    tweets = daily(6.0, days=42)
    for day in range(4, 42, 7):
        tweets[day * DAY_MINUTES : (day + 1) * DAY_MINUTES] = 0
    assert detected(minutes_of(tweets), FIRST) == []
    cut = slice(19 * DAY_MINUTES + 11 * 60, 19 * DAY_MINUTES + 20 * 60)
    tweets[cut] = 0
    [found] = detected(minutes_of(tweets), FIRST)
    assert abs(found.start_ms - (FIRST + cut.start) * 60_000) <= 120_000


def test_that_bursts_and_their_long_tails_are_no_gaps():
    tweets = np.random.default_rng(2).poisson(400 * np.exp(-np.arange(10 * DAY_MINUTES) / 300))
    assert detected(minutes_of(tweets), FIRST) == []


def test_that_less_silence_is_enough_where_it_begins_and_ends_on_the_hour():
    tweets, cut = daily(0.55), slice(4 * DAY_MINUTES + 15 * 60, 4 * DAY_MINUTES + 18 * 60)
    tweets[cut] = 0
    tweets[[cut.start - 1, cut.stop]] = 1
    assert spans(detected(minutes_of(tweets), FIRST)) == [((FIRST + cut.start) * 60_000, (FIRST + cut.stop) * 60_000)]
    tweets[[cut.start + 3, cut.stop - 3]] = 1
    assert detected(minutes_of(tweets), FIRST) == []


@pytest.mark.parametrize("form", ["tweets-{}-{:02}-{:02}-{:02}.txt", "x/{}{:02}{:02}{:02}.gz", "{}_{:02}_{:02}_{:02}"])
def test_that_an_hour_that_no_file_is_named_after_is_a_gap(form):
    names = [form.format(2020, 6, 3, hour) for hour in (0, 1, 2, 5, 6)]
    tweets = np.ones(7 * 60)
    tweets[3 * 60 : 5 * 60] = 0
    assert of_names(names, minutes_of(tweets), FIRST) == [Gap(BEGIN + 3 * HOUR_MS, BEGIN + 5 * HOUR_MS, "file_hours")]
    assert of_names(names, minutes_of(np.ones(7 * 60)), FIRST) == []  # tweets are there: the names mean another clock
    assert of_names([*names, "a.txt", "b.txt"], minutes_of(tweets), FIRST) == []


def test_that_what_lies_between_windows_of_queries_is_a_gap():
    asked = [Origin("q", "", "t", 1, "", "2020-06-03T00:00:00Z", "2020-06-03T02:00:00Z"),
             Origin("q", "", "t", 1, "", "2020-06-03T01:00:00Z", "2020-06-03T03:00:00Z"),
             Origin("q", "", "t", 1, "", "2020-06-03T05:00:00Z", "2020-06-03T06:00:00Z")]
    assert of_origins(asked) == [Gap(BEGIN + 3 * HOUR_MS, BEGIN + 5 * HOUR_MS, "query")]
    assert of_origins([*asked, Origin("q", "", "t", 1)]) == []


def test_that_a_person_declares_gaps(tmp_path):
    (tmp_path / "gaps.csv").write_text("start,end,note\n2020-06-03 03:00,2020-06-03T04:00:00+09:00,x\n", "utf-8")
    with pytest.raises(UserError, match="bad_gap"):
        declared(tmp_path)
    (tmp_path / "gaps.csv").write_text("start,end,note\n2020-06-03 03:00,2020-06-03T14:00:00+09:00,x\n", "utf-8")
    assert declared(tmp_path) == (Gap(BEGIN + 3 * HOUR_MS, BEGIN + 5 * HOUR_MS, "declared"),)


GAPS = st.lists(st.builds(lambda a, n, b: Gap(BEGIN + a, BEGIN + a + n, b), st.integers(0, 500), st.integers(1, 200),
                          st.sampled_from(["declared", "export", "detected"])), max_size=8)


@settings(max_examples=150)
@given(GAPS, st.integers(-50, 600), st.lists(st.integers(1, 120), min_size=1, max_size=12))
def test_that_the_covered_share_is_that_of_the_single_milliseconds(gaps, start, widths):
    every = joined(gaps)
    assert all(one.end_ms <= other.start_ms for one, other in zip(every, every[1:], strict=False))
    lost = {at for gap in gaps for at in range(gap.start_ms, gap.end_ms)}
    edges = BEGIN + start + np.concatenate([[0], np.cumsum(widths)])
    expected = [1 - sum(at in lost for at in range(a, b)) / (b - a)
                for a, b in zip(edges.tolist(), edges[1:].tolist(), strict=False)]
    assert covered(every, edges) == pytest.approx(expected)


def test_that_a_share_is_one_or_none_only_where_it_is():
    assert [share_text(one) for one in (1.0, 0.0, 0.25, 0.999999, 0.000001)] == ["1", "0", "0.25", "0.9999", "0.0001"]


def test_that_hourly_files_tell_their_gaps_to_whoever_counts(tmp_path):
    folder = tmp_path / "hourly"
    folder.mkdir()
    for hour in (0, 1, 3, 4):
        ids = [((BEGIN + hour * HOUR_MS + place * 60_000 - EPOCH_MS) << 22) for place in range(60)]
        (folder / f"ids-2020-06-03-{hour:02}.txt").write_text("\n".join(map(str, ids)), encoding="utf-8")
    collection.import_sources([folder], tmp_path / "out")
    store = collection.open_store(tmp_path / "out")
    assert store.gaps == (Gap(BEGIN + 2 * HOUR_MS, BEGIN + 3 * HOUR_MS, "file_hours"),)
    shares = [line.rsplit(",", 2)[1:] for line in count_lines(store, "1h", None, "UTC")][1:]
    assert shares == [["60", "1"], ["60", "1"], ["0", "0"], ["60", "1"], ["60", "1"]]

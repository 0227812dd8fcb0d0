"""Runs merged by many, span by span, are the run that one merge writes: the same bytes, in bounded memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.domain.snowflake import LAST_ID
from timeline_app.engine.tweets import collection, merge, merging, shard
from timeline_app.engine.tweets.building import Watch
from timeline_app.engine.tweets.rows import Rows
from timeline_app.engine.tweets.run import RowsWriter, RunInfo, fresh, open_rows, place, write_info
from tweets import stored


@pytest.fixture(autouse=True)
def few_rows(monkeypatch):
    monkeypatch.setattr(merge, "PLAIN_ROWS", 20)
    monkeypatch.setattr(merge, "_SAMPLES", 4)


def run_of(ids: list[int], folder, **columns: np.ndarray):
    beside = fresh(folder)
    writer = RowsWriter(beside)
    writer.append(Rows(np.array(ids, np.int64), columns))
    writer.close()
    write_info(beside, RunInfo(len(ids), ()))
    return place(beside, folder)


class Quiet:
    """A meter that nobody reads."""

    def look(self, **_):
        """Nothing."""


LISTS = st.lists(st.sets(st.one_of(st.integers(1, 300), st.just(LAST_ID)), max_size=80), min_size=1, max_size=5)


@settings(deadline=None, max_examples=12)
@given(LISTS)
def test_that_spans_side_by_side_are_the_merge_of_all(tmp_path_factory, lists):
    home = tmp_path_factory.mktemp("runs")
    runs = [run_of(sorted(one), home / str(number)) for number, one in enumerate(lists)]
    whole = merge.merge(runs, home / "whole")
    assert open_rows(whole).ids.tolist() == sorted(set().union(*lists))
    spans = merge.plain_spans(runs)
    if spans:
        with ThreadPoolExecutor(2) as executor:
            beside = merging.merge_spans((runs, spans), home / "beside", executor, Quiet())
        assert stored.content(beside) == stored.content(whole)


def test_that_spans_follow_one_another_and_hold_few_rows(tmp_path):
    runs = [run_of(list(range(first, 4_000, 7)), tmp_path / str(first)) for first in range(1, 5)]
    spans = merge.plain_spans(runs)
    assert spans[0][0] == 0 and spans[-1][1] == LAST_ID
    assert all(before[1] + 1 == after[0] for before, after in zip(spans, spans[1:], strict=False))
    assert max(merging.count_span(runs, span) for span in spans) <= 60


def test_that_runs_of_more_than_ids_are_not_merged_side_by_side(tmp_path):
    plain = run_of(list(range(1, 200)), tmp_path / "plain")
    flagged = run_of(list(range(1, 200)), tmp_path / "flagged", flags=np.ones(199, np.uint16))
    assert merge.plain_spans([plain, plain])
    assert not merge.plain_spans([plain, flagged])


def test_that_a_list_imported_by_two_is_the_list_imported_by_one(tmp_path, monkeypatch):
    monkeypatch.setattr(collection, "shards_of", lambda sources: shard.shards_of(sources, 4_000))
    luck = np.random.default_rng(5)
    ids = luck.integers(1_220_000_000_000_000_000, 1_230_000_000_000_000_000, 900)
    list_of = tmp_path / "list.txt"
    list_of.write_text("".join(f"{one}\n" for one in [*ids.tolist(), *ids[:50].tolist()]), encoding="utf-8")
    collection.import_sources([list_of], tmp_path / "one")
    with ThreadPoolExecutor(2) as executor:
        collection.import_sources([list_of], tmp_path / "two", executor, Watch())
    assert stored.content(tmp_path / "one") == stored.content(tmp_path / "two")
    assert collection.open_store(tmp_path / "two").rows.ids.tolist() == sorted(set(ids.tolist()))

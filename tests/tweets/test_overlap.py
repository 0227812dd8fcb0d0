"""What collections have in common is what plain sets say, in whatever spans their IDs are gone through."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.domain.snowflake import instant
from timeline_app.engine.tweets import overlap
from timeline_app.engine.tweets.batch import BEFORE_SCHEME, DAMAGED, RETWEET, TIMES_ONLY
from timeline_app.engine.tweets.overlap import Overlap, Pair
from timeline_app.engine.tweets.rows import Rows
from tweets.made import NOON, ids_at, store_of

IDS = ids_at(*(1_000 * place for place in range(60)))
OLD = 27_758_622_443


class Held:
    """As much of a store as is looked at."""

    def __init__(self, ids: set[int]) -> None:
        self.rows = Rows(np.array(sorted(ids), np.int64))

    def __len__(self) -> int:
        return len(self.rows)


@pytest.fixture(scope="module", params=[1, 7, 1_000_000], autouse=True)
def span_rows(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlap, "_AT_ONCE", request.param)
        yield


@settings(max_examples=60)
@given(st.lists(st.sets(st.sampled_from([OLD, *IDS])), min_size=2, max_size=4))
def test_that_tables_and_ids_are_those_of_plain_sets(sets):
    stores = [Held(one) for one in sets]
    pairs = tuple(Pair(a, b, len(sets[a] - sets[b]), len(sets[b] - sets[a]), len(sets[a] & sets[b]))
                  for a, b in combinations(range(len(sets)), 2))
    every = set.intersection(*sets)
    assert overlap.shared(stores) == Overlap(tuple(map(len, sets)), (0,) * len(sets), pairs, len(every))
    assert overlap.ids(stores).tolist() == sorted(every)


@settings(max_examples=60)
@given(st.lists(st.sets(st.sampled_from([OLD, *IDS])), min_size=2, max_size=3), st.integers(-3_000, 61_000),
       st.lists(st.sampled_from([0, 1, 999, 1_000, 7_300]), max_size=12))
def test_that_counts_are_those_of_plain_python(sets, start, steps):
    edges = NOON + start + np.cumsum([0, *steps])
    times = [instant(one) for one in set.intersection(*sets) - {OLD}]
    expected = [sum(one <= at < after for at in times) for one, after in zip(edges, edges[1:], strict=False)]
    assert overlap.counts([Held(one) for one in sets], edges).tolist() == expected


def test_that_edges_before_and_behind_all_ids_count_all_with_a_time():
    both = [Held({OLD, *IDS})] * 2
    assert overlap.counts(both, np.array([-10**15, 10**17])).tolist() == [len(IDS)]
    assert overlap.counts(both, np.array([], np.int64)).tolist() == []


def test_that_ids_that_nobody_can_look_up_are_compared_with_nothing(tmp_path):
    flags = np.array([BEFORE_SCHEME, DAMAGED, TIMES_ONLY, RETWEET, 0], np.uint16)
    first = store_of(tmp_path, [OLD, *IDS[:4]], "first", flags=flags)
    second = store_of(tmp_path, IDS[1:6], "second")
    assert overlap.shared([first, second]) == Overlap((3, 5), (2, 0), (Pair(0, 1, 1, 3, 2),), 2)
    assert overlap.ids([first, second]).tolist() == IDS[2:4]
    assert overlap.counts([first, second], np.array([NOON, NOON + 3_000, NOON + 3_001])).tolist() == [1, 1]


def test_that_a_comparison_can_be_ended():
    def check():
        raise InterruptedError

    with pytest.raises(InterruptedError):
        overlap.shared([Held({1, 2}), Held({2, 3})], check)

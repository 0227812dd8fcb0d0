"""Workers sort with the vectors that are of use on this processor, and nothing else about them differs."""

from __future__ import annotations

import numpy as np
import pytest

from timeline_app.engine.tweets import workers


@pytest.mark.parametrize("fast", [True, False])
def test_that_wide_vectors_are_left_out_only_where_they_sort_slowly(monkeypatch, fast):
    monkeypatch.setattr(workers, "_sorts_fast", lambda: fast)
    monkeypatch.setattr(workers, "_wide_features", lambda: ["AVX512_ICL"])
    monkeypatch.setenv(workers._SWITCH, "")
    monkeypatch.delenv(workers._SWITCH)
    workers.start_workers(1).shutdown()
    assert workers.os.environ.get(workers._SWITCH) == (None if fast else "AVX512_ICL")


def test_that_a_persons_own_choice_of_vectors_stays(monkeypatch):
    monkeypatch.setattr(workers, "_sorts_fast", lambda: False)
    monkeypatch.setenv(workers._SWITCH, "")
    workers.start_workers(1).shutdown()
    assert workers.os.environ[workers._SWITCH] == ""


def test_that_workers_sort(monkeypatch):
    monkeypatch.setenv(workers._SWITCH, "")
    monkeypatch.delenv(workers._SWITCH)
    numbers = np.random.default_rng(2).integers(0, 2**62, 5_000)
    with workers.start_workers(1) as executor:
        assert np.array_equal(executor.submit(np.sort, numbers).result(), np.sort(numbers))

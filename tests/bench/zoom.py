"""Twenty tag lanes of one frame, warm, over a million tweets and over ten: what a frame of counts costs.

Not here: cold files, and the billion. Arguments: how many million tweets the larger collection has.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import harness
import numpy as np

MILLIONS = 10
LANES, EDGES = 20, 1_921
FIRST, LAST = 1_220_000_000_000_000_000, 1_300_000_000_000_000_000


def built(folder: Path, count: int) -> object:
    """A store of so many tweets, half of them with one of twenty tags."""
    from timeline_app.engine.tweets import index, ragged, rows, run, store

    random = np.random.default_rng(20)
    ids = np.unique(random.integers(FIRST, LAST, count))
    tagged = np.flatnonzero(random.random(len(ids)) < 0.5)
    tags = ragged.of_pairs(tagged, random.integers(0, LANES, len(tagged)), len(ids))
    beside = run.fresh(folder / "run")
    writer = run.RowsWriter(beside)
    writer.append(rows.Rows(ids, {}, {"tags": tags}))
    writer.close()
    names = tuple(f"tag-{number:02}" for number in range(LANES))
    run.write_info(beside, run.RunInfo(len(ids), (), ("",), names, tuple({name: 1} for name in names)))
    return store.Store.open(index.build_store([run.place(beside, folder / "run")], [], folder / "store"))


def frame(store: object, step: int) -> float:
    """Median ms for the counts of all lanes in bins of `step` ms."""
    from timeline_app.domain.snowflake import EPOCH_MS
    from timeline_app.engine.tweets.counts import counts
    from timeline_app.engine.tweets.store import key_of_tag

    middle = ((FIRST + LAST) // 2 >> 22) + EPOCH_MS
    edges = middle // step * step + np.arange(EDGES) * step
    return harness.median_of(lambda: [counts(store, edges, name) for name in map(key_of_tag, store.manifest.tags)], 50)


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    millions = float(arguments[0] if arguments else MILLIONS)
    with tempfile.TemporaryDirectory() as place:
        small, large = (built(Path(place, name), round(many * 1e6)) for name, many in (("one", 1), ("many", millions)))
        for name, step in (("1 s", 1_000), ("1 min", 60_000), ("1 h", 3_600_000)):
            found = frame(large, step)
            yield harness.Row(f"20 lanes of {millions:g} million, bins of {name}", found, "ms", frame(small, step), 50)


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

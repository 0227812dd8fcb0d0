"""A list of 41.8 million IDs: parsed, sorted, de-duplicated, indexed, published, beside pandas that only parses it.

The list is shuffled in blocks of a million, 3 % of it are duplicates, 77 lines are no ID; pandas gets the clean file,
because it aborts on the other. Not here: tables with text. Arguments: how many million IDs.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import harness
import numpy as np

MILLIONS = 41.8
BLOCK = 1_000_000
BAD = 77
RUNS = 3


def generated(folder: Path, count: int) -> tuple[np.ndarray, Path, Path]:
    """The IDs each once in order, the clean list, and the list with lines that are no ID."""
    random = np.random.default_rng(41)
    fresh = np.unique(random.integers(1_220_000_000_000_000_000, 1_300_000_000_000_000_000, round(count * 0.97)))
    ids = np.sort(np.concatenate([fresh, random.choice(fresh, count - len(fresh))]))
    clean, spoiled = folder / "clean.txt", folder / "ids.txt"
    every = -(-count // BAD)
    with clean.open("wb") as one, spoiled.open("wb") as other:
        for start in range(0, count, BLOCK):
            block = random.permutation(ids[start : start + BLOCK])
            digits = np.full((len(block), 20), 10, np.uint8)
            for place in range(19):
                digits[:, 18 - place] = block // 10**place % 10 + 48
            data = digits.tobytes()
            one.write(data)
            cuts = [at - start for at in range(-start % every + start, start + len(block), every)]
            for begin, end in zip([0, *cuts], [*cuts, len(block)], strict=True):
                other.write((b"no id\n" if begin in cuts else b"") + data[begin * 20 : end * 20])
    return fresh, clean, spoiled


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    from pandas import read_csv

    from timeline_app.engine.tweets.collection import import_sources, open_store

    count = round(float(arguments[0] if arguments else MILLIONS) * 1e6)
    with tempfile.TemporaryDirectory() as place, ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as workers:
        folder = Path(place)
        expected, clean, spoiled = generated(folder, count)
        ours, pandas = [], []
        for _ in range(RUNS):
            shutil.rmtree(folder / "out", ignore_errors=True)
            ours.append(harness.elapsed_ms(lambda: import_sources([spoiled], folder / "out", workers)))
            pandas.append(harness.elapsed_ms(lambda: read_csv(clean, header=None, dtype="int64")))
        store = open_store(folder / "out")
        if not np.array_equal(store.rows.ids, expected):
            raise SystemExit("The IDs of the store are not those of the reference.")
        rate, peer = (count / statistics.median(found) / 1e3 for found in (ours, pandas))
        yield harness.Row("import of IDs, all of it, beside pandas.read_csv alone", rate, "million IDs/s", peer, RUNS)
        yield harness.Row("lines refused", store.manifest.refused, "lines")
        workers.shutdown()
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        yield harness.Row("greatest memory of a worker", peak, "MiB")


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

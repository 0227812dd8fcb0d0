"""A list of 41.8 million IDs: parsed, sorted, de-duplicated, indexed, published, beside pandas that only parses it.

The list is shuffled in blocks of a million, 3 % of it are duplicates, 77 lines are no ID. pandas gets the clean file,
because it aborts on the other, and it neither sorts nor writes. Every run has processes of its own, so that their
memory is that of one import; a short list is imported first, so that they have started. Memory counts what is mapped.
Not here: tables with text. Arguments: how many million IDs.
"""

from __future__ import annotations

import os
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
RUNS = 5


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


def imported(source: Path, target: Path) -> tuple[float, list[float]]:
    """Milliseconds of an import, and the greatest memory in MiB of each process that had part in it."""
    from timeline_app.engine.tweets.collection import import_sources
    from timeline_app.engine.tweets.workers import start_workers

    cores = os.cpu_count() or 1
    with start_workers() as workers:
        for small in range(2):
            import_sources([source.with_name("few.txt")], target.with_name(f"few-{small}"), workers)
        taken = harness.elapsed_ms(lambda: import_sources([source], target, workers))
        peaks = dict(workers.map(harness.peak, range(cores)))
    return taken, [harness.peak(0)[1], *peaks.values()]


def one_run(folder: Path, source: Path, expected: np.ndarray) -> tuple[float, list[float], int]:
    """An import in processes of its own, compared with the reference; and how many lines it refused."""
    from timeline_app.engine.tweets.collection import open_store

    shutil.rmtree(folder / "out", ignore_errors=True)
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        taken, peaks = apart.submit(imported, source, folder / "out").result()
    store = open_store(folder / "out")
    if not np.array_equal(store.rows.ids, expected):
        raise SystemExit("The IDs of the store are not those of the reference.")
    return taken, peaks, store.manifest.refused


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    from pandas import read_csv

    count = round(float(arguments[0] if arguments else MILLIONS) * 1e6)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        expected, clean, spoiled = generated(folder, count)
        (folder / "few.txt").write_bytes(b"".join(b"%d\n" % one for one in expected[:100].tolist()))
        os.sync()  # else the lists are still being written while they are read
        ours, pandas = [], []
        for _ in range(RUNS):
            ours.append(one_run(folder, spoiled, expected))
            pandas.append(harness.elapsed_ms(lambda: read_csv(clean, header=None, dtype="int64")))
    rate = count / statistics.median(taken for taken, _, _ in ours) / 1e3
    peer = count / statistics.median(pandas) / 1e3
    yield harness.Row("IDs imported, all of it; pandas.read_csv parses the clean file and no more", rate,
                      "million IDs/s", peer, RUNS)
    yield harness.Row("lines refused", ours[0][2], "lines", BAD)
    yield harness.Row("greatest memory of a process", max(max(peaks) for _, peaks, _ in ours), "MiB", runs=RUNS)
    yield harness.Row("the same of all processes together, if at one time", max(sum(peaks) for _, peaks, _ in ours),
                      "MiB", runs=RUNS)


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

"""Twenty tag lanes of one frame over a million tweets, over 41.8 million and, by hand, over a thousand million.

Warm: counts of all lanes for edges that were not asked for before. Cold: one lane in a store whose pages were dropped,
which mincore confirms. The frame is what the window composes, without drawing. pandas resamples the times of the larger
collection (of a thousand million: those of the smaller) once, in one lane. Postings are those of ten million tweets
with one or two of a thousand tags. Arguments: how many million tweets the larger collection has (1000 takes 9 GB of
disk).
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import os
import statistics
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import harness
import made_store
import numpy as np

MILLIONS = 41.8
MOST_RESAMPLED = 100.0  # pandas takes 24 bytes a tweet, and more on the way
TAGGED, TAGS = 10_000_000, 1_000
EDGES, RUNS = 1_921, 50
WIDTHS = {"1 ms": 1, "1 s": 1_000, "1 min": 60_000, "10 min": 600_000, "1 h": 3_600_000, "1 day": 86_400_000,
          "1 year": 365 * 86_400_000}


def middle_ms() -> int:
    from timeline_app.domain.snowflake import EPOCH_MS

    return ((made_store.FIRST + made_store.LAST) // 2 >> 22) + EPOCH_MS


def edges_at(step: int, moved: int = 0) -> np.ndarray:
    """1,920 bins around the middle of the collection, moved by so many bins."""
    return (middle_ms() // step + moved - EDGES // 2 + np.arange(EDGES)) * step


def lanes(store: object, edges: np.ndarray) -> None:
    from timeline_app.engine.tweets.counts import counts

    for term in store.terms("#"):
        counts(store, edges, term.key)


def warm(store: object, step: int) -> float:
    """Median ms of the counts of all lanes; the window moves on by a bin each time."""
    for moved in range(3):
        lanes(store, edges_at(step, moved - 10))
    return statistics.median(harness.elapsed_ms(lambda n=n: lanes(store, edges_at(step, n))) for n in range(RUNS))


def dropped(folder: Path) -> float:
    """Drop the pages of a store from memory; the share of them that is still there."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
    resident = pages = 0
    for path in folder.glob("*.npy"):
        with path.open("rb") as handle:
            size = os.fstat(handle.fileno()).st_size
            os.fsync(handle.fileno())
            os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            at = libc.mmap(None, size, mmap.PROT_READ, mmap.MAP_SHARED, handle.fileno(), 0)
            seen = (ctypes.c_ubyte * -(-size // mmap.PAGESIZE))()
            if libc.mincore(ctypes.c_void_p(at), ctypes.c_size_t(size), seen):
                raise OSError(ctypes.get_errno(), "mincore")
            libc.munmap(ctypes.c_void_p(at), ctypes.c_size_t(size))
            resident, pages = resident + sum(one & 1 for one in seen), pages + len(seen)
    return resident / pages


def cold(folder: Path, step: int) -> tuple[float, float]:
    """Median ms of one lane in a store that is opened anew without a page in memory, and the greatest share left."""
    from timeline_app.engine.tweets.counts import counts
    from timeline_app.engine.tweets.store import Store

    found, left = [], 0.0
    for number in range(5):
        gc.collect()
        left = max(left, dropped(folder))
        store = Store.open(folder)
        key = f"#tag-{number * 4:02}"
        edges = edges_at(step)
        found.append(harness.elapsed_ms(lambda store=store, edges=edges, key=key: counts(store, edges, key)))
        del store
    return statistics.median(found), left


def whole_frame(folder: Path) -> float:
    """Median ms to compose a frame of twenty tag lanes, a minute a pixel, moving on."""
    from timeline_app.domain.records import Words
    from timeline_app.engine import collection_lanes
    from timeline_app.engine.dataset import Collection, Dataset, Meta
    from timeline_app.engine.tweets.store import Store
    from timeline_app.viewmodel import moves, walk
    from timeline_app.viewmodel.frame import FrameRequest, compose
    from timeline_app.viewmodel.window import Window

    one = Collection("main", Words("made"), Store.open(folder))
    specs = tuple(collection_lanes.lane(one, term.key) for term in one.store.terms("#"))
    dataset = Dataset(Meta("made", "made", Words("made"), lanes=specs), collections=(one,))
    state, start = walk.opening(dataset), middle_ms() * 1000

    def at(moved: int) -> object:
        begin = start + moved * 60_000_000
        there = moves.look(state, window=Window(begin, begin + 1_900 * 60_000_000))
        return compose(FrameRequest(dataset, there, 1_900.0, 980.0, lambda text, size, weight: size * 0.5 * len(text)))

    for moved in range(3):
        at(-moved)
    return statistics.median(harness.elapsed_ms(lambda n=n: at(n)) for n in range(1, RUNS))


def resampled(folder: Path) -> float:
    """What pandas takes to count the tweets of a collection by the hour, in one lane."""
    import pandas

    from timeline_app.domain.snowflake import EPOCH_MS

    times = pandas.to_datetime((np.load(folder / "ids.npy") >> 22) + EPOCH_MS, unit="ms")
    counted = pandas.Series(1, index=times)
    return harness.median_of(lambda: counted.resample("1h").sum(), 3)


def tagged(folder: Path) -> Path:
    """A merged run of tweets with one or two tags each, rare tags among them."""
    from timeline_app.engine.tweets import ragged, rows, run

    folder.mkdir()
    names, random = tuple(f"tag{number:04}" for number in range(TAGS)), np.random.default_rng(22)
    writer, size = run.RowsWriter(folder), 1_000_000
    ids = np.linspace(made_store.FIRST, made_store.LAST, TAGGED).astype(np.int64)
    for start in range(0, TAGGED, size):
        every = np.repeat(np.arange(size), 2)
        codes = (random.random(2 * size) ** 3 * TAGS).astype(np.int64)
        writer.append(rows.Rows(ids[start : start + size], {}, {"tags": ragged.of_pairs(every, codes, size)}))
    writer.close()
    run.write_info(folder, run.RunInfo(TAGGED, (), ("",), names, tuple({name: 1} for name in names)))
    return folder


def postings(folder: Path) -> Iterable[harness.Row]:
    """How long the rows of all tags take, and all that makes a merged run a store."""
    from timeline_app.engine.tweets import index, run

    terms = index._terms(run.open_rows(folder), run.read_info(folder))
    million = f"{TAGGED / 1e6:g} million tweets, {TAGS:,} tags"
    yield harness.Row(f"postings of {million}", harness.median_of(lambda: index._write_postings(folder, terms), 3),
                      "ms", runs=3)
    yield harness.Row(f"all indexes, hashes and the manifest of {million}",
                      harness.elapsed_ms(lambda: index.indexed(folder, ())), "ms")


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    from timeline_app.engine.tweets.store import Store

    millions = float(arguments[0] if arguments else MILLIONS)
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as place:
        small, large = (made_store.written(Path(place, name), round(many * 1e6))
                        for name, many in (("one", 1), ("many", millions)))
        opened = harness.median_of(lambda: Store.open(large), 9)
        yield harness.Row(f"open a store of {millions:g} million", opened, "ms", runs=9)
        one, many = Store.open(small), Store.open(large)
        for name, step in WIDTHS.items():
            yield harness.Row(f"20 lanes of {millions:g} million, bins of {name}, warm (peer: 1 million)",
                              warm(many, step), "ms", warm(one, step), RUNS)
        del one, many
        for name, step in WIDTHS.items():
            found, left = cold(large, step)
            yield harness.Row(f"1 lane, bins of {name}, cold ({left:.1%} of pages in memory)", found, "ms", runs=5)
        yield harness.Row("a whole frame of 20 lanes, composed (peer: 1 million)", whole_frame(large), "ms",
                          whole_frame(small), RUNS)
        peer = small if millions > MOST_RESAMPLED else large
        yield harness.Row(f"pandas: one lane of {1 if peer is small else millions:g} million by the hour",
                          resampled(peer), "ms", runs=3)
        yield from postings(tagged(Path(place, "tagged")))


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

"""A store of any size, written straight as sorted columns in bounded memory, for benches: invented IDs, twenty tags.

Its hashes are left out, so `Store.verify` is not for it; nothing else differs from one that an import builds.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

LANES = 20
FIRST, LAST = 1_220_000_000_000_000_000, 1_300_000_000_000_000_000  # January to August 2020
BLOCK = 10_000_000


def written(folder: Path, count: int, weights: np.ndarray | None = None) -> Path:
    """A store of `count` IDs in a folder; tag number k has one row in 40 + 4 k. Evenly in time, or with the weights of
    equal stretches of it."""
    from timeline_app.engine.tweets import index, run, store

    folder.mkdir(parents=True)
    ids, minutes = run.Array(folder / "ids.npy", np.int64), []
    first = store.minute_of(FIRST)
    bounds = store.first_ids(np.arange(first, store.minute_of(LAST) + 2))
    random, before = np.random.default_rng(20), 0
    for start in range(0, count, BLOCK):
        size = min(BLOCK, count - start)
        block = drawn(random, (start, start + size), count, weights)
        ids.append(block)
        upto = np.searchsorted(bounds, block[-1], "right")
        minutes.append(before + np.searchsorted(block, bounds[sum(map(len, minutes)) : upto]))
        before += size
    ids.close()
    found = np.concatenate([*minutes, [count]])
    array(folder, "minute_dir", found)
    long = tags(folder, count, found)
    index._write_directories(folder, long, found)
    files = tuple(store.File(one.name, one.stat().st_size, "") for one in sorted(folder.glob("*.npy")))
    names = tuple(f"tag-{number:02}" for number in range(LANES))
    told = {"langs": ("",), "tags": names, "shown": tuple({name: 1} for name in names), "more_terms": (),
            "long": tuple(long), "refused_lines": ()}
    run.write_info(folder, store.Manifest(
        schema=store.SCHEMA, tweets=count, duplicates=0, refused=0, counts=dict.fromkeys(store.FLAGS, 0), minute=first,
        clock_compared=0, clock_offset_s=None, sources=(), files=files, **told), store.MANIFEST)
    return folder


def drawn(random: np.random.Generator, rows: tuple[int, int], count: int, weights: np.ndarray | None) -> np.ndarray:
    """int64: the IDs of rows from one number up to another, ascending."""
    low, high = (FIRST + (LAST - FIRST) * at // count for at in rows)
    if weights is None:
        return np.sort(random.integers(low, high, rows[1] - rows[0]))
    ends = np.concatenate([[0.0], np.cumsum(weights / weights.sum())])
    shares = np.sort(random.uniform(rows[0] / count, rows[1] / count, rows[1] - rows[0]))
    return FIRST + (np.interp(shares, ends, np.linspace(0, 1, len(ends))) * (LAST - FIRST)).astype(np.int64)


def tags(folder: Path, count: int, minutes: np.ndarray) -> list[int]:
    """Writes the postings; the numbers of the long ones."""
    from timeline_app.engine.tweets import index, run

    ends, out, random = [0], run.Array(folder / "term_rows.npy", np.uint32), np.random.default_rng(21)
    for number in range(LANES):
        step = 40 + 4 * number
        for start in range(number, count - step, step * BLOCK):
            every = np.arange(start, min(start + step * BLOCK, count - step), step)
            out.append(every + random.integers(0, step, len(every)))
        ends.append(out.length)
    out.close()
    array(folder, "term_ends", np.array(ends))
    return [n for n in range(LANES) if index._is_long(ends[n + 1] - ends[n], len(minutes))]


def array(folder: Path, name: str, values: np.ndarray) -> None:
    from timeline_app.engine.tweets import run

    out = run.Array(folder / f"{name}.npy", values.dtype)
    out.append(values)
    out.close()


def dataset(folder: Path, count: int) -> Path:
    """A dataset folder with such a store as its collection."""
    from timeline_app.engine.tweets.store import fingerprint

    home = folder / "tweets" / "main"
    made = written(home / "made", count)
    name = fingerprint(made)
    made.rename(home / name)
    (home / "collection.json").write_text(f'{{"store":"{name}"}}', encoding="utf-8")
    return folder

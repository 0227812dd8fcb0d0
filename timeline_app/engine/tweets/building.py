"""The shards of an import built, one after the other or by workers: a plan, finished runs, a journal with their rows.

Whoever waits hears how far it is at least four times a second and may end it at any time. An import that was killed
goes on where it was. What a shard is, is in `shard`; what becomes of the runs, in `collection`.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from timeline_app.base.safe_io import write_atomic
from timeline_app.domain.snowflake import EPOCH_MS, FIRST_ID
from timeline_app.engine.tweets import lock
from timeline_app.engine.tweets.run import mapped, sync
from timeline_app.engine.tweets.shard import Shard, build_shard
from timeline_app.engine.tweets.source import Source

WORK, PLAN, JOURNAL = ".building", "plan.json", "journal.jsonl"
TELL_S = 0.2  # between two words of progress
LOOK_S = 0.05  # between two looks at what the workers do
_MINUTE_MS = 60_000
_WORD = ".read"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is, in bytes of the sources; `resumed` of them were read by an earlier one, `merging` once all
    is read. `minutes` (since 1970, UTC, ascending) and `counts`, both int64, are the tweets of all finished shards,
    where that was asked for."""

    done: int
    total: int
    merging: bool = False
    resumed: int = 0
    minutes: np.ndarray | None = None
    counts: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """Who hears how far it is; what is called between pieces and may raise to end it; whether tweets per minute are to
    be told as well."""

    told: Callable[[Progress], None] | None = None
    check: Callable[[], None] | None = None
    preview: bool = False


class Plan(msgspec.Struct, frozen=True):
    """What an unfinished import was about; another plan starts anew."""

    sources: tuple[Source, ...]
    changed_ns: tuple[int, ...]
    shards: tuple[Shard, ...]


class _Row(msgspec.Struct, frozen=True):
    """A finished shard in the journal: its number, and the size of each file of its run."""

    shard: int
    sizes: dict[str, int]


class Meter:
    """What is done so far, and when that was told last."""

    def __init__(self, plan: Plan, finished: set[int], work: Path, watch: Watch) -> None:
        self._sizes = {shard.number: shard.size for shard in plan.shards}
        self._work, self._watch, self._total = work, watch, sum(self._sizes.values())
        self._done = self._resumed = sum(self._sizes[number] for number in finished)
        self._preview = (np.zeros(0, np.int64), np.zeros(0, np.int64))
        self._inside: dict[int, int] = {}
        self._last = time.monotonic()
        self._is_first, self._is_merging = True, False
        for number in sorted(finished) if watch.preview else ():
            self._add(number)

    def finish(self, number: int) -> None:
        """A shard is done."""
        self._done += self._sizes[number]
        self._inside.pop(number, None)
        if self._watch.preview:
            self._add(number)
        self.look(self._is_first)
        self._is_first = False

    def inside(self, number: int, read: int) -> None:
        """So many bytes of a shard are read."""
        self._inside[number] = min(read, self._sizes[number])
        self.look()

    def merge(self) -> None:
        """All is read."""
        self._is_merging = True
        self.look(now=True)

    def look(self, now: bool = False) -> None:
        """Let the caller end the import; tell how far it is, if it is time."""
        if self._watch.check:
            self._watch.check()
        if self._watch.told and (now or time.monotonic() - self._last >= TELL_S):
            self._last = time.monotonic()
            done = self._done + sum(self._inside.values())
            preview = self._preview if self._watch.preview else (None, None)
            self._watch.told(Progress(done, self._total, self._is_merging, self._resumed, *preview))

    def _add(self, number: int) -> None:
        ids = mapped(self._work / name_of(number), "ids")
        self._preview = _together(self._preview, ids)


def _together(known: tuple[np.ndarray, np.ndarray], ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tweets per minute with those of a run more."""
    every = ((ids[np.searchsorted(ids, FIRST_ID):] >> 22) + EPOCH_MS) // _MINUTE_MS
    first = np.flatnonzero(np.diff(every, prepend=-1))
    minutes, place = np.unique(np.concatenate([known[0], every[first]]), return_inverse=True)
    times = np.diff(first, append=len(every))
    return minutes, np.bincount(place, np.concatenate([known[1], times]), len(minutes)).astype(np.int64)


def name_of(number: int) -> str:
    """The folder of a shard's run."""
    return f"{number:06}"


def prepare(work: Path, plan: Plan) -> None:
    """The work folder of this plan; what another plan left is removed."""
    written = msgspec.json.encode(plan)
    try:
        same = (work / PLAN).read_bytes() == written
    except OSError:
        same = False
    if not same:
        clear(work)
        write_atomic(work / PLAN, written)


def clear(work: Path) -> None:
    """Remove all that an import has made so far."""
    for one in work.iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        elif one.name != lock.NAME:
            one.unlink()


def build_shards(plan: Plan, work: Path, executor: Executor | None, watch: Watch,
                 behind: Callable[[], None] = lambda: None) -> Meter:
    """Every shard that no row of the journal calls finished. `behind` is called when all are handed to the executor:
    what it hands on is done by workers that have no shard left."""
    finished = _finished(work) & {shard.number for shard in plan.shards}
    meter = Meter(plan, finished, work, watch)
    missing = [shard for shard in plan.shards if shard.number not in finished]
    with (work / JOURNAL).open("ab") as journal:
        for run in _runs(plan, missing, (work, meter, behind), executor):
            sync(run)
            row = _Row(int(run.name), {one.name: one.stat().st_size for one in sorted(run.iterdir())})
            journal.write(msgspec.json.encode(row) + b"\n")
            journal.flush()
            os.fsync(journal.fileno())
            meter.finish(row.shard)
    return meter


def _runs(plan: Plan, missing: Sequence[Shard], place: tuple[Path, Meter, Callable[[], None]],
          executor: Executor | None) -> Iterator[Path]:
    """Runs as they are finished; when whoever listens stops, nothing more is begun."""
    work, meter, behind = place
    given = [(tuple(plan.sources[part.source] for part in shard.parts), shard, work / name_of(shard.number))
             for shard in missing]
    if executor is None:
        for sources, shard, folder in given:
            yield build_shard(sources, shard, folder, lambda read, number=shard.number: meter.inside(number, read))
        return
    futures = [executor.submit(_build_beside, *one) for one in given]
    behind()
    running = set(futures)
    try:
        while running:
            done, running = wait(running, LOOK_S, FIRST_COMPLETED)
            for number, read in _words(work) if not done else ():
                meter.inside(number, read)
            meter.look()
            yield from (future.result() for future in done)
    finally:
        for future in futures:
            future.cancel()


def _build_beside(sources: Sequence[Source], shard: Shard, folder: Path) -> Path:
    """The same in a worker, which leaves word of how far it is in a file beside the run."""
    word, last = folder.with_name(f"{folder.name}{_WORD}"), time.monotonic()

    def heard(read: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TELL_S:
            last = time.monotonic()
            word.write_text(str(read), encoding="ascii")

    made = build_shard(sources, shard, folder, heard)
    word.unlink(missing_ok=True)
    return made


def _words(work: Path) -> Iterator[tuple[int, int]]:
    """What workers say: the number of a shard, and the bytes of it that are read."""
    for path in work.glob(f"*{_WORD}"):
        with suppress(OSError, ValueError):
            yield int(path.stem), int(path.read_bytes())


def result_of(future: Future, meter: Meter) -> object:
    """What a worker answers; meanwhile the caller may end it."""
    while not wait([future], LOOK_S).done:
        meter.look()
    return future.result()


def results_of(futures: Sequence[Future], meter: Meter) -> list:
    """What workers answer, in the order of the questions."""
    try:
        return [result_of(one, meter) for one in futures]
    finally:
        for one in futures:
            one.cancel()


def _finished(work: Path) -> set[int]:
    """The shards whose run is there as the journal has it. A row that was cut is none."""
    found = set()
    journal = work / JOURNAL
    for line in journal.read_bytes().split(b"\n") if journal.exists() else ():
        try:
            row = msgspec.json.decode(line, type=_Row)
            run = work / name_of(row.shard)
            if {one.name: one.stat().st_size for one in run.iterdir()} == row.sizes:
                found.add(row.shard)
        except (msgspec.MsgspecError, OSError):
            continue
    return found

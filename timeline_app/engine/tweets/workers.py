"""The processes that build shards and merge. What they do is in `shard` and `merge`.

Some processors have vectors of 512 bits and sort with them no faster than without any (AMD's Zen 4 writes picked
elements one by one), while vectors of 256 bits sort five times as fast there. numpy takes the widest it finds, and
can only be told otherwise before it is loaded; so the processes are told, where a trial of two milliseconds says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from signal import SIG_IGN, SIGINT, signal
from threading import Thread
from time import thread_time

import numpy as np

_SWITCH = "NPY_DISABLE_CPU_FEATURES"
_TRIAL = 8_192
_LEAST_GAIN = 3  # vectors sort six times as fast as the merge sort without them, or not much faster


def start_workers(count: int | None = None) -> Workers:
    """Spawned processes, one a core unless told."""
    wide = _wide_features()
    if wide and _SWITCH not in os.environ and not _sorts_fast():
        os.environ[_SWITCH] = " ".join(wide)
    return Workers(count or os.cpu_count() or 1)


class Workers(ProcessPoolExecutor):
    """Processes that end at once when they are told to, or when this one ends, however it ends: all of them listen to
    the other end of a pipe."""

    def __init__(self, count: int) -> None:
        context = get_context("spawn")
        theirs, self._ours = context.Pipe(duplex=False)
        self.count = count
        super().__init__(count, context, _listen, (theirs,))

    def end(self) -> None:
        """End the processes, whatever they do, and wait until they are gone."""
        self._ours.close()
        self.shutdown(cancel_futures=True)

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None:
            self.end()
        super().__exit__(kind, *rest)
        self._ours.close()


def _listen(pipe: Connection) -> None:
    """In a worker: end it when nobody holds the other end of the pipe any more."""

    def wait_for_the_end() -> None:
        wait([pipe])
        os._exit(1)

    signal(SIGINT, SIG_IGN)  # who holds the pipe hears it as well, and ends this process
    Thread(target=wait_for_the_end, daemon=True).start()


def _wide_features() -> list[str]:
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", ())
    return [name for name in found if name == "X86_V4" or name.startswith("AVX512")]


def _sorts_fast() -> bool:
    """Whether numpy's vectors are of use for sorting on this processor."""
    mixed = np.arange(_TRIAL, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ mixed >> np.uint64(31)) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (mixed >> np.uint64(2)).view(np.int64)
    quick, plain = (_shortest(lambda kind=kind: np.sort(numbers, kind=kind)) for kind in ("quicksort", "stable"))
    return quick * _LEAST_GAIN < plain


def _shortest(work: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = thread_time()
        work()
        times.append(thread_time() - start)
    return min(times)

"""What every bench shares: a row, medians, the yardstick of the machine, how rows are printed and written.

A bench is a file beside this one with `rows(arguments) -> Iterable[Row]`, run by `dev.py bench NAME`; one
that draws on a screen says `SCREEN = True`. Absolute figures are for reading: a gate is a ratio to those of
`calibrate` in the same session. Not here: any bench, and any limit.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter_ns

WIDTH, HEIGHT = 1920, 1080
BLITS = 500
NUMBERS = 5_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, in which unit, beside which peer, over how many runs.

    `peer` is the same figure of what it is compared with, in the same unit and session; a sentence where the
    peer gave none; None where there is no peer.
    """

    name: str
    value: float
    unit: str
    peer: float | str | None = None
    runs: int = 1

    @property
    def ratio(self) -> float | None:
        return self.value / self.peer if isinstance(self.peer, int | float) and self.peer else None


def elapsed_ms(work: Callable[[], object]) -> float:
    """Wall time of one call, in milliseconds."""
    start = perf_counter_ns()
    work()
    return (perf_counter_ns() - start) / 1e6


def median_of(work: Callable[[], object], runs: int = 5) -> float:
    """Median wall time of a call in milliseconds, after one call that is not counted."""
    work()
    return statistics.median(elapsed_ms(work) for _ in range(runs))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least the share (0 to 1) of all values do not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]


def peak(_: int) -> tuple[int, float]:
    """The number of this process, and the most MiB that it had at a time, mapped files included; a moment later, so
    that each process of a pool answers once."""
    import resource  # no bench of memory runs on Windows, which has none

    time.sleep(0.5)
    try:  # what getrusage says of a process counts its parent as well, whose memory it shared when it began
        found = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
        return os.getpid(), int(found.split()[1]) / 1024
    except OSError:
        return os.getpid(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one_blit() -> Callable[[], None]:
    """A full-screen image drawn unscaled onto another, as a function to be timed."""
    from PySide6.QtGui import QImage, QPainter

    source, target = (QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32) for _ in range(2))
    source.fill(0xFFF6F1E7)

    def blit() -> None:
        painter = QPainter(target)
        painter.drawImage(0, 0, source)
        painter.end()

    return blit


def one_sum() -> Callable[[], object]:
    """A fixed sum over five million numbers, as a function to be timed."""
    import numpy

    numbers = numpy.arange(NUMBERS, dtype=numpy.int64)
    return lambda: int((numbers * 3 % 7).sum())


def calibrate() -> list[Row]:
    """The yardstick of this machine in this session: 500 full-screen blits and a fixed sum, medians in ms."""
    blit, add = one_blit(), one_sum()
    return [
        Row("blit 1920x1080 unscaled", median_of(blit, BLITS), "ms", runs=BLITS),
        Row(f"sum of {NUMBERS:,} numbers", median_of(add, 15), "ms", runs=15),
    ]


def figure(value: float | str | None) -> str:
    return f"{value:,.3f}" if isinstance(value, int | float) else value or "-"


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned text with a heading."""
    cells = [("name", "value", "unit", "peer", "ratio", "runs")]
    cells += [(r.name, figure(r.value), r.unit, figure(r.peer), figure(r.ratio), str(r.runs)) for r in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(6)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in cells)


def main(rows: Callable[[list[str]], Iterable[Row]], argv: Sequence[str]) -> int:
    """Run a bench: print its table, write its rows where --json says; other arguments are the bench's own."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--json", type=Path)
    ours, rest = parser.parse_known_args(argv)
    measured = list(rows(rest))
    platform = os.environ.get("QT_QPA_PLATFORM", "own platform")
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {platform}\n{table(measured)}")
    if ours.json:
        ours.json.write_text(json.dumps([asdict(row) for row in measured], indent=1) + "\n", encoding="utf-8")
    return 0

"""Plain lists merged by many processes at a time: first how many tweets each span of IDs holds, then each span where
it belongs in the one file. Merging twice costs less than writing twice. What a merge is, is in `merge`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

import msgspec
import numpy as np

from timeline_app.engine.tweets.building import Meter, results_of
from timeline_app.engine.tweets.merge import Span, joined_info, merged_span
from timeline_app.engine.tweets.run import HEADER, fresh, npy_head, place, write_info


def merge_spans(given: tuple[Sequence[Path], Sequence[Span]], folder: Path, executor: Executor, meter: Meter) -> Path:
    """One run in `folder` of all tweets of the runs: the bytes that `merge` writes."""
    runs, spans = given
    rows = results_of([executor.submit(count_span, runs, span) for span in spans], meter)
    *starts, end = itertools.accumulate(rows, initial=0)
    beside = fresh(folder)
    with (beside / "ids.npy").open("wb") as out:
        out.write(npy_head(np.dtype(np.int64), end))
    results_of([executor.submit(write_span, runs, span, (beside / "ids.npy", start))
                for span, start in zip(spans, starts, strict=True)], meter)
    write_info(beside, msgspec.structs.replace(joined_info(runs), rows=end))
    return place(beside, folder)


def count_span(runs: Sequence[Path], span: Span) -> int:
    """How many tweets the runs hold of a span."""
    return len(merged_span(runs, span))


def write_span(runs: Sequence[Path], span: Span, target: tuple[Path, int]) -> None:
    """The IDs of a span into a file, from a row on."""
    path, row = target
    with path.open("r+b") as out:
        out.seek(HEADER + row * 8)
        merged_span(runs, span).ids.tofile(out)

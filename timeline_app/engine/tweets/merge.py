"""Sorted runs into one, in bounded memory, by ranges of IDs. Associative: runs of runs give the same bytes.

Every run is cut at the same IDs, so that all pieces between two cuts fit into memory; each such set is joined by
`rows.join` and written. Nothing here knows what a store is.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from timeline_app.engine.tweets.ragged import Ragged
from timeline_app.engine.tweets.rows import Rows, filled, join
from timeline_app.engine.tweets.run import RowsWriter, RunInfo, fresh, open_rows, place, read_info, write_info

PLAIN_ROWS, FULL_ROWS = 4_000_000, 400_000  # at a time; with text a row takes a few hundred bytes
_SAMPLES = 256  # cuts are sought among every 256th part of a range

Each = Callable[[Rows], None]


def merge(runs: Sequence[Path], folder: Path, each: Each | None = None) -> Path:
    """One run in `folder` of all tweets of the runs, earlier runs first; `each` sees every block as it is written."""
    infos, maps = [read_info(run) for run in runs], [open_rows(run) for run in runs]
    joined = _joined_info(infos)
    parts = [_Recoded(rows, info, joined) for rows, info in zip(maps, infos, strict=True)]
    beside = fresh(folder)
    writer = RowsWriter(beside)
    for block in _blocks(parts):
        writer.append(block)
        if each:
            each(block)
    writer.close()
    write_info(beside, RunInfo(writer.rows, joined.shards, joined.langs, joined.tags, joined.shown))
    return place(beside, folder)


def joined(parts: Sequence[tuple[Rows, RunInfo]]) -> tuple[Rows, RunInfo]:
    """The same in memory, of parts that need not be sorted."""
    info = _joined_info([one for _, one in parts])
    rows = filled(join([_Recoded(rows, one, info).part(0, len(rows)) for rows, one in parts]))
    return rows, RunInfo(len(rows), info.shards, info.langs, info.tags, info.shown)


def _joined_info(infos: Sequence[RunInfo]) -> RunInfo:
    shown: dict[str, Counter[str]] = {}
    for info in infos:
        for name, forms in zip(info.tags, info.shown, strict=True):
            shown.setdefault(name, Counter()).update(forms)
    tags = tuple(sorted(shown))
    shards = sorted(itertools.chain.from_iterable(info.shards for info in infos), key=lambda one: one.number)
    langs = tuple(sorted({lang for info in infos for lang in info.langs} | {""}))
    return RunInfo(0, tuple(shards), langs, tags, tuple(dict(sorted(shown[tag].items())) for tag in tags))


class _Recoded:
    """A mapped run whose codes of languages and tags are those of the joined run."""

    def __init__(self, rows: Rows, info: RunInfo, joined: RunInfo) -> None:
        self.ids, self._rows = rows.ids, rows
        self._langs = _codes(info.langs, joined.langs)
        self._tags = _codes(info.tags, joined.tags)

    def part(self, start: int, end: int) -> Rows:
        """Rows start..end in the codes of the joined run."""
        rows = self._rows.part(start, end)
        numbers, lists = dict(rows.numbers), dict(rows.ragged)
        if "lang" in numbers:
            numbers["lang"] = self._langs[numbers["lang"]].astype(np.uint16)
        for name in ("tags", "outer_tags"):
            if name in lists:
                lists[name] = Ragged(lists[name].offsets, self._tags[lists[name].values].astype(np.int32))
        return Rows(rows.ids, numbers, lists)

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing but IDs."""
        return not self._rows.numbers and not self._rows.ragged


def _codes(names: Sequence[str], joined: Sequence[str]) -> np.ndarray:
    place_of = {name: code for code, name in enumerate(joined)}
    return np.array([place_of[name] for name in names], np.int64)


def _blocks(parts: Sequence[_Recoded]) -> Iterator[Rows]:
    most = PLAIN_ROWS if all(part.is_plain for part in parts) else FULL_ROWS
    starts = [0] * len(parts)
    for cut in [*cuts([part.ids for part in parts], most), None]:
        ends = [len(p.ids) if cut is None else int(np.searchsorted(p.ids, cut)) for p in parts]
        found = [p.part(start, end) for p, start, end in zip(parts, starts, ends, strict=True) if end > start]
        starts = ends
        if found:
            yield filled(join(found) if len(found) > 1 else found[0])


def cuts(runs: Sequence[np.ndarray], most: int) -> list[int]:
    """Ascending IDs between which the runs together hold about `most` rows at the most."""
    step = max(1, most // _SAMPLES)
    sample = np.sort(np.concatenate([run[::step] for run in runs] or [np.zeros(0, np.int64)]))
    return sorted({int(one) for one in sample[_SAMPLES::_SAMPLES]})

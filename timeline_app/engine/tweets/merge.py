"""Sorted runs into one, in bounded memory, by spans of IDs. Associative: runs of runs give the same bytes.

Every run is cut at the same IDs, so that what all hold of a span fits into memory; it is joined by `rows.join` and
written. Several processes may each merge some spans. Nothing here knows what a store is.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from timeline_app.domain.snowflake import LAST_ID
from timeline_app.engine.tweets.batch import MOST_LANGS
from timeline_app.engine.tweets.ragged import Ragged
from timeline_app.engine.tweets.rows import Rows, filled, join
from timeline_app.engine.tweets.run import (
    INFO,
    RowsWriter,
    RunInfo,
    fresh,
    open_rows,
    ordered,
    place,
    read_info,
    write_info,
)

PLAIN_ROWS, FULL_ROWS = 4_000_000, 400_000  # at a time; with text a row takes a few hundred bytes
_PLAIN = ("ids.npy", INFO)  # the files of a run of nothing but IDs
_SAMPLES = 256  # cuts are sought among every 256th part of a span

Span = tuple[int, int]  # from the first ID to the last, both within


def merge(runs: Sequence[Path], folder: Path) -> Path:
    """One run in `folder` of all tweets of the runs, earlier runs first."""
    inputs, info = _opened(runs)
    beside = fresh(folder)
    writer = RowsWriter(beside)
    for span in _spans(inputs):
        writer.append(_block(inputs, span))
    writer.close()
    write_info(beside, msgspec.structs.replace(info, rows=writer.rows))
    return place(beside, folder)


def merged_span(runs: Sequence[Path], span: Span) -> Rows:
    """The tweets of a span alone, in memory."""
    return _block(_opened(runs)[0], span)


def plain_spans(runs: Sequence[Path]) -> list[Span]:
    """The spans that processes may merge side by side; none unless the runs hold nothing but IDs, and many."""
    if any(one.name not in _PLAIN for run in runs for one in run.iterdir()):
        return []
    found = _spans(_opened(runs)[0])
    return found if len(found) > 1 else []


def joined_info(runs: Sequence[Path]) -> RunInfo:
    """What the run of all runs says, but for its rows."""
    return _joined_info([read_info(run) for run in runs])


def joined(parts: Sequence[tuple[Rows, RunInfo]]) -> tuple[Rows, RunInfo]:
    """The same in memory, of parts that need not be sorted."""
    info = _joined_info([one for _, one in parts])
    rows = filled(join([_Codes.of(one, info).of_rows(rows) for rows, one in parts]))
    return rows, msgspec.structs.replace(info, rows=len(rows))


def _opened(runs: Sequence[Path]) -> tuple[list[_Run], RunInfo]:
    infos = [read_info(run) for run in runs]
    info = _joined_info(infos)
    return [_Run(run, _Codes.of(one, info)) for run, one in zip(runs, infos, strict=True)], info


def _joined_info(infos: Sequence[RunInfo]) -> RunInfo:
    shown: dict[str, dict[str, int]] = {}
    for info in infos:
        for name, forms in zip(info.tags, info.shown, strict=True):
            known = shown.get(name)
            shown[name] = forms if known is None else {
                form: known.get(form, 0) + forms.get(form, 0) for form in known | forms}
    tags = tuple(sorted(shown))
    shards = sorted(itertools.chain.from_iterable(info.shards for info in infos), key=lambda one: one.number)
    langs = tuple(sorted({lang for info in infos for lang in info.langs} | {""})[:MOST_LANGS])
    return RunInfo(0, tuple(shards), langs, tags, tuple(ordered(shown[tag]) for tag in tags))


@dataclass(frozen=True, slots=True)
class _Codes:
    """What the codes of languages and tags of a run are in a joined run."""

    langs: np.ndarray
    tags: np.ndarray

    @staticmethod
    def of(info: RunInfo, joined: RunInfo) -> _Codes:
        """The codes of one run in another that has all its names."""
        return _Codes(_places(info.langs, joined.langs), _places(info.tags, joined.tags))

    def of_rows(self, rows: Rows) -> Rows:
        """The rows in the codes of the joined run."""
        numbers, lists = dict(rows.numbers), dict(rows.ragged)
        if "lang" in numbers:
            numbers["lang"] = self.langs[numbers["lang"]].astype(np.uint16)
        for name in ("tags", "outer_tags"):
            if name in lists:
                lists[name] = Ragged(lists[name].offsets, self.tags[lists[name].values].astype(np.int32))
        return Rows(rows.ids, numbers, lists)


def _places(names: Sequence[str], joined: Sequence[str]) -> np.ndarray:
    place_of = {name: code for code, name in enumerate(joined)}
    return np.array([place_of.get(name, 0) for name in names], np.int64)  # only languages can be too many


class _Run:
    """A run that is mapped anew for every span: what was read through an open map would count as memory."""

    def __init__(self, folder: Path, codes: _Codes) -> None:
        rows = open_rows(folder)
        self._folder, self._codes, self.is_plain = folder, codes, not rows.numbers and not rows.ragged
        self._ends = (int(rows.ids[0]), int(rows.ids[-1])) if len(rows) else (LAST_ID, 0)

    def part(self, span: Span) -> Rows:
        """The rows of a span in the codes of the joined run."""
        if self._ends[0] > span[1] or self._ends[1] < span[0]:
            return Rows(np.zeros(0, np.int64))
        rows = open_rows(self._folder)
        start, end = np.searchsorted(rows.ids, span[0]), np.searchsorted(rows.ids, span[1], "right")
        return self._codes.of_rows(rows.part(int(start), int(end)))

    def sample(self, step: int) -> np.ndarray:
        """Every so many IDs."""
        return np.array(open_rows(self._folder).ids[::step])


def _block(runs: Sequence[_Run], span: Span) -> Rows:
    found = [part for part in (run.part(span) for run in runs) if len(part)]
    return filled(join(found) if len(found) > 1 else found[0] if found else Rows(np.zeros(0, np.int64)))


def _spans(runs: Sequence[_Run]) -> list[Span]:
    """Spans that follow one another, of about as many rows as are to be in memory at the most."""
    most = PLAIN_ROWS if all(run.is_plain for run in runs) else FULL_ROWS
    samples = [run.sample(max(1, most // _SAMPLES)) for run in runs]
    sample = np.sort(np.concatenate(samples or [np.zeros(0, np.int64)]))
    cuts = sorted({int(one) for one in sample[_SAMPLES::_SAMPLES]})
    return [(first, after - 1) for first, after in itertools.pairwise([0, *cuts, LAST_ID + 1])]

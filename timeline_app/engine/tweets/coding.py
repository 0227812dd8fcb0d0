"""The tweets of a batch as columns in codes: languages and tags by the order of their names. Not sorted here."""

from __future__ import annotations

import numpy as np

from timeline_app.engine.tweets.batch import MOST_LANGS, Batch, Tags, says_something
from timeline_app.engine.tweets.ragged import Ragged, of_pairs
from timeline_app.engine.tweets.rows import NUMBERS, Rows, filled
from timeline_app.engine.tweets.run import RunInfo, ordered
from timeline_app.engine.tweets.tag_names import compared


def coded(batch: Batch, part: int) -> tuple[Rows, RunInfo]:
    """The tweets of a batch as columns, in codes of sorted names; and what their run says."""
    names, shown, lists = _coded_tags(batch)
    if batch.text is not None:
        lists["text"] = batch.text
    langs = sorted({*batch.langs, ""})[:MOST_LANGS]
    numbers = {name: column for name in NUMBERS if name != "file" and says_something(column := getattr(batch, name))}
    if "lang" in numbers:
        code_of = {name: code for code, name in enumerate(langs)}
        numbers["lang"] = np.array([code_of.get(one, 0) for one in batch.langs], np.uint16)[batch.lang]
    if "line" in numbers:
        numbers["file"] = np.full(len(batch.ids), part, np.uint32)
    rows = filled(Rows(batch.ids, numbers, lists))
    return rows, RunInfo(len(rows), (), tuple(langs), names, shown)


def _coded_tags(batch: Batch) -> tuple[tuple[str, ...], tuple[dict[str, int], ...], dict[str, Ragged]]:
    """The compared forms of all tags, how each was written, and the tags of each row by code."""
    both = {"tags": batch.tags, "outer_tags": batch.outer_tags}
    shown: dict[str, dict[str, int]] = {}
    for tags in both.values():
        counted = np.bincount(tags.codes, minlength=len(tags.names)).tolist()
        for name, uses in zip(tags.names, counted, strict=True):
            written = shown.setdefault(compared(name), {})
            written[name] = written.get(name, 0) + uses
    names = sorted(shown)
    code_of = {name: code for code, name in enumerate(names)}
    lists = {key: _rows_of(tags, code_of, len(batch.ids)) for key, tags in both.items() if len(tags.codes)}
    return tuple(names), tuple(ordered(shown[name]) for name in names), lists


def _rows_of(tags: Tags, code_of: dict[str, int], rows: int) -> Ragged:
    codes = np.array([code_of[compared(name)] for name in tags.names], np.int64)
    owner = np.repeat(np.arange(rows), np.diff(tags.offsets))
    return of_pairs(owner, codes[tags.codes], rows)

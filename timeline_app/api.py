"""The Python interface for notebooks: `timeline_app.open("june-2020").events` is a pandas DataFrame.

Tables are made when they are asked for. The dataset itself, with everything the app knows, is `.dataset`.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline_app.base.problems import Problem
from timeline_app.base.text import catalogue
from timeline_app.domain.records import Place, Words
from timeline_app.domain.time import When
from timeline_app.engine import dataset as engine
from timeline_app.engine.report import problem_row

if TYPE_CHECKING:
    import pandas

_PLAIN = {int: "int64", float: "float64", bool: "bool"}
BOUNDS = ("earliest_start", "latest_start", "earliest_end", "latest_end")


class Dataset:
    """A dataset as DataFrames. Instants are int64 milliseconds UTC, because years beyond pandas' range are
    dates too; a translated column is `title.ko`; a list is a tuple."""

    def __init__(self, dataset: engine.Dataset) -> None:
        self.dataset = dataset

    @cached_property
    def events(self) -> pandas.DataFrame:
        """One row per event, with its four instants."""
        return _frame(self.dataset.events)

    @cached_property
    def questions(self) -> pandas.DataFrame:
        """One row per question."""
        return _frame(self.dataset.questions)

    @cached_property
    def claims(self) -> pandas.DataFrame:
        """One row per answer of a source."""
        return _frame(self.dataset.claims)

    @cached_property
    def derived(self) -> pandas.DataFrame:
        """One row per computed answer."""
        return _frame(self.dataset.derived)

    @cached_property
    def quotes(self) -> pandas.DataFrame:
        """One row per quotation."""
        return _frame(self.dataset.quotes)

    @cached_property
    def posts(self) -> pandas.DataFrame:
        """One row per post. `post_id` is an object column: a number of this length is never a float."""
        return _frame(self.dataset.posts)

    @cached_property
    def sources(self) -> pandas.DataFrame:
        """One row per source."""
        return _frame(self.dataset.sources.values())

    @cached_property
    def counts(self) -> Mapping[str, pandas.DataFrame]:
        """By series id: the start of each bin, ms UTC, and a column for each part, or `value`."""
        import pandas

        found = {}
        for one in self.dataset.series:
            columns = [category.key for category in one.categories] or ["value"]
            found[one.id] = pandas.DataFrame(one.values, columns=columns)
            found[one.id].insert(0, "start", one.start)
        return found

    @cached_property
    def problems(self) -> pandas.DataFrame:
        """What could not be read, with file and line."""
        return problem_frame(self.dataset.problems)

    def __repr__(self) -> str:
        one = self.dataset
        return f"<Dataset {one.meta.name!r}: {len(one.events)} events, {len(one.claims)} claims, " \
               f"{len(one.problems)} problems>"


def open(path: str | Path = "june-2020") -> Dataset:
    """The dataset at a path, or a bundled one by name. Raises UserError where nothing can be read."""
    return Dataset(engine.open_dataset(path))


def problem_frame(problems: Iterable[Problem]) -> pandas.DataFrame:
    """Problems with their messages in English."""
    import pandas

    texts = catalogue("en")
    return pandas.DataFrame([problem_row(problem, texts) for problem in problems])


def _frame(records: Iterable[Any]) -> pandas.DataFrame:
    import pandas

    frame = pandas.DataFrame([_cells(record) for record in records], dtype=object)
    for name in frame.columns:
        kinds = {type(value) for value in frame[name]}
        if len(kinds) == 1 and kinds <= _PLAIN.keys():  # a column with a gap stays as it is: a gap makes ints floats
            frame[name] = frame[name].astype(_PLAIN[kinds.pop()])
    return frame


def _cells(record: Any) -> dict[str, object]:
    cells: dict[str, object] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Words):
            cells |= _word_cells(field.name, value)
        elif isinstance(value, When):
            cells |= {name: getattr(value, name) for name in BOUNDS}
            cells |= {"edtf": value.text, "precision": value.precision.value, "zone": value.zone}
        elif isinstance(value, Place):
            cells |= {**_word_cells("place", value.name), "lat": value.latitude, "lon": value.longitude}
        else:
            cells[field.name] = value
    return cells


def _word_cells(name: str, words: Words) -> dict[str, object]:
    return {name: words.text, **{f"{name}.{code}": text for code, text in words.others}}

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
from timeline_app.domain.time import Span, When
from timeline_app.engine import dataset as engine
from timeline_app.engine.report import problem_row
from timeline_app.engine.tweets import reading
from timeline_app.engine.tweets.counts import counts, edges_of
from timeline_app.engine.tweets.coverage import covered

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
    def collections(self) -> Mapping[str, Collection]:
        """Collections of tweets by id."""
        return {one.id: Collection(one) for one in self.dataset.collections}

    @cached_property
    def problems(self) -> pandas.DataFrame:
        """What could not be read, with file and line."""
        return problem_frame(self.dataset.problems)

    def __repr__(self) -> str:
        one = self.dataset
        return f"<Dataset {one.meta.name!r}: {len(one.events)} events, {len(one.claims)} claims, " \
               f"{len(one.problems)} problems>"


class Collection:
    """A collection of tweets as DataFrames, made when they are asked for."""

    def __init__(self, collection: engine.Collection) -> None:
        self.collection, self._store = collection, collection.store

    @cached_property
    def terms(self) -> pandas.DataFrame:
        """What can be counted: the key of each tag, language, kind and value, how it is written, in how many tweets."""
        import pandas

        found = [term for group in self._store.groups() for term in self._store.terms(group)]
        return pandas.DataFrame({"key": [one.key for one in found], "shown": [one.shown for one in found],
                                 "tweets": [one.tweets for one in found]})

    def counts(self, bin: str = "1h", key: str = "", zone: str = "UTC", weight: str = "") -> pandas.DataFrame:
        """Tweets per bin from the first tweet to the last: `start` in ms UTC, `count`, and `covered`, the share of the
        bin that was collected as far as is known. `key` "" counts all; `weight` "retweets" or "likes" sums those."""
        import pandas

        span = self._store.span
        if span is None:
            return pandas.DataFrame({"start": [], "count": [], "covered": []}, dtype="int64")
        edges = edges_of(span.start, span.end, bin, zone)
        return pandas.DataFrame({"start": edges[:-1], "count": counts(self._store, edges, key, weight),
                                 "covered": covered(self._store.gaps, edges)})

    def tweets(self, start: int | None = None, end: int | None = None, key: str = "") -> pandas.DataFrame:
        """The tweets from `start` to before `end` (ms UTC; None means from the first, to the last), one row each. IDs
        are int64; texts and tags as they were collected."""
        span = self._store.span or Span(0, 1)
        rows = reading.rows_between(self._store, span.start if start is None else start,
                                    span.end if end is None else end, key)
        return _frame(reading.tweets(self._store, rows))

    def __repr__(self) -> str:
        return f"<Collection {self.collection.id!r}: {len(self._store)} tweets>"


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

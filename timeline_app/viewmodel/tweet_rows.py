"""Single tweets of a store, read from its columns."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.domain.snowflake import FIRST_ID, instant
from timeline_app.engine.tweets.batch import QUOTE, REPLY, RETWEET
from timeline_app.engine.tweets.store import Store


@dataclass(frozen=True, slots=True)
class Tweet:
    """One tweet; `at_ms` is None where its ID carries no time."""

    row: int
    id: int
    at_ms: int | None
    half_width_ms: int
    lang: str
    text: str
    retweets: int
    likes: int
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    original: int = 0
    file: str = ""
    line: int = 0


def tweets(store: Store, rows: np.ndarray) -> tuple[Tweet, ...]:
    """The tweets of rows, in their order."""
    return tuple(_tweet(store, row) for row in np.asarray(rows).tolist())


def _tweet(store: Store, row: int) -> Tweet:
    number, text = int(store.rows.ids[row]), store.rows.ragged.get("text")

    def told(name: str) -> int:
        column = store.rows.numbers.get(name)
        return int(column[row]) if column is not None else 0

    return Tweet(row, number, instant(number) if number >= FIRST_ID else None, told("half_width_ms"),
                 store.manifest.langs[told("lang")] if store.manifest.langs else "",
                 bytes(text.part(row, row + 1).values).decode("utf-8", "replace") if text is not None else "",
                 told("retweets"), told("likes"), _kinds(told("flags")), _tags(store, row), told("original"),
                 store.manifest.sources[told("file")].name if store.manifest.sources else "", told("line"))


def _kinds(flags: int) -> tuple[str, ...]:
    return tuple(name for name, flag in (("retweet", RETWEET), ("quote", QUOTE), ("reply", REPLY)) if flags & flag)


def _tags(store: Store, row: int) -> tuple[str, ...]:
    column = store.rows.ragged.get("tags")
    codes = column.part(row, row + 1).values.tolist() if column is not None else []
    return tuple(store.display(code) for code in codes)

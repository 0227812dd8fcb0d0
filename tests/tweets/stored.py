"""What a store holds, as plain values; and files to import, written where a test wants them. No expectation is here."""

from __future__ import annotations

import hashlib
from pathlib import Path

from timeline_app.engine.tweets import collection
from timeline_app.engine.tweets.store import Store


def imported(target: Path, *paths: Path) -> Store:
    """The store that the paths make."""
    collection.import_sources(paths, target)
    return collection.open_store(target)


def number(store: Store, name: str) -> list[int]:
    """A column of numbers; zeros where the store leaves it out."""
    column = store.rows.numbers.get(name)
    return [0] * len(store) if column is None else column.tolist()


def lists(store: Store, name: str) -> list[list[int]]:
    """A ragged column."""
    column = store.rows.ragged.get(name)
    if column is None:
        return [[]] * len(store)
    ends = column.offsets.tolist()
    return [column.values[a:b].tolist() for a, b in zip(ends[:-1], ends[1:], strict=True)]


def texts(store: Store) -> list[str]:
    return [bytes(one).decode() for one in lists(store, "text")]


def tags(store: Store, name: str = "tags") -> list[list[str]]:
    return [[store.manifest.tags[code] for code in row] for row in lists(store, name)]


def langs(store: Store) -> list[str]:
    return [store.manifest.langs[code] for code in number(store, "lang")]


def rows(store: Store) -> list[tuple]:
    """Every row: id, flags, lang, retweets, likes, tags, text."""
    return list(zip(store.rows.ids.tolist(), number(store, "flags"), langs(store), number(store, "retweets"),
                    number(store, "likes"), tags(store), texts(store), strict=True))


def places(store: Store) -> list[tuple[str, int]]:
    """File and line of every row."""
    names = [one.name for one in store.manifest.sources]
    return [(names[file], line) for file, line in zip(number(store, "file"), number(store, "line"), strict=True)]


def refused(store: Store) -> list[tuple[str, int, str]]:
    """File, line and reason of every refused line."""
    return [(one.file, one.line, one.reason) for one in store.manifest.refused_lines]


def content(folder: Path) -> dict[str, str]:
    """The hash of every file of a dataset folder, but for the log, which has a clock in it."""
    return {one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
            for one in sorted(folder.rglob("*")) if one.is_file() and one.name != "import.log"}

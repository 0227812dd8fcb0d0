"""The collections of tweets at a place: those built in the `tweets` folder of a dataset, and raw files that lie there.

A raw file or folder is built once, in the user's cache. What a store says about itself is in `collection_report`.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from timeline_app.base.problems import Problem, UserError
from timeline_app.domain.records import Words
from timeline_app.engine.collection_lanes import said
from timeline_app.engine.dataset import Collection
from timeline_app.engine.reading import Building
from timeline_app.engine.tweets import collection, withdrawn
from timeline_app.engine.tweets.batch import MOST_LANGS, NOT_UTF8, REPLACED
from timeline_app.engine.tweets.building import Watch
from timeline_app.engine.tweets.run import RefusedLine

_NO_ID = re.compile(r"[^\w-]+")
_MOST_PROBLEMS = 1_000
_SHOWN = 60


def of_path(path: Path, building: Building) -> tuple[Collection, ...]:
    """The collections of a folder that has built ones; else the one of a tweet file or a folder of them."""
    if collection.is_store(path):
        return tuple(_built(path))
    store = collection.store_at(path, building.executor, building.told, building.check, building.preview)
    return (Collection("main", Words(path.name), store),)


def of_paths(paths: Sequence[Path], title: Words, building: Building) -> tuple[Collection, ...]:
    """One collection of what several files and folders hold, in which a tweet stands once."""
    store = collection.store_of(paths, building.executor, Watch(building.told, building.check, building.preview))
    return (Collection("main", title, store),)


def of_dataset(folder: Path, building: Building, problems: list[Problem]) -> tuple[Collection, ...]:
    """The collections in the `tweets` folder of a dataset; what cannot be read there is a problem."""
    home = folder / collection.FOLDER
    found = list(_built(folder)) if collection.is_store(folder) else []
    names = {one.id for one in found}
    for path in sorted(home.iterdir()) if home.is_dir() else ():
        if path.name.startswith(".") or path.name in names:
            continue
        try:
            store = collection.store_at(path, building.executor, building.told, building.check)
        except UserError as error:
            problems.append(_left_out(error, f"{collection.FOLDER}/{path.name}"))
            continue
        found.append(Collection(_unused(path.stem, names), Words(path.name), store))
        names.add(found[-1].id)
    return tuple(found)


def _left_out(error: UserError, name: str) -> Problem:
    """Why something in the `tweets` folder is no collection."""
    if error.code == "no_tweets":
        return Problem("warning", "no_tweets", name, args=(("reason", error.arguments["reason"]),))
    return Problem("warning", "collection_left_out", name, args=(("code", error.code),))


def refused(collections: tuple[Collection, ...]) -> Iterator[Problem]:
    """Lines that no tweet could be read from, by file and line; the store lists the first of each part of a file."""
    for one in collections:
        manifest, name = one.store.manifest, one.title.text
        yield from refused_lines(manifest.refused_lines, manifest.refused, name)
        for path, number in withdrawn.unread(one.store):
            yield Problem("warning", "withdrawn_unread", path.name, args=(("n", f"{number:,}"),))
        if kept := manifest.passed.get(NOT_UTF8):
            yield Problem("warning", "tweets_not_utf8", name, args=(("n", f"{kept:,}"),))
        yield from replaced_lines(manifest.passed.get(REPLACED, 0), name)
        if len(manifest.langs) == MOST_LANGS:
            yield Problem("warning", "too_many_langs", name, args=(("n", f"{MOST_LANGS - 1:,}"),))


def refused_lines(lines: Sequence[RefusedLine], every: int, name: str) -> Iterator[Problem]:
    """The first of the refused lines, each a problem, and how many more of `every` one there are."""
    shown = lines[:_MOST_PROBLEMS]
    for line in shown:
        written = (("reason", f"@tweet_readers.{line.reason}"), ("offset", f"{line.offset:,}"),
                   ("start", line.start[:_SHOWN]))
        yield Problem("warning", "refused_line", line.file, line.line, args=written)
    if every > len(shown):
        yield Problem("warning", "more_refused_lines", name, args=(("n", f"{every - len(shown):,}"),))


def replaced_lines(number: int, name: str) -> Iterator[Problem]:
    """That so many lines hold bytes or letters for which U+FFFD stands, if any do."""
    if number:
        yield Problem("warning", "tweets_replaced", name, args=(("n", f"{number:,}"),))


def _built(folder: Path) -> Iterator[Collection]:
    for name in collection.names(folder):
        store = collection.open_store(folder, name)
        sources = store.manifest.sources
        title = sources[0].name if len(sources) == 1 and name == collection.MAIN else name
        yield Collection(name, said("tweets.lane.collection") if title == collection.MAIN else Words(title), store)


def _unused(stem: str, names: set[str]) -> str:
    name = plain = _NO_ID.sub("-", stem).strip("-") or "tweets"
    number = 1
    while name in names:
        number += 1
        name = f"{plain}-{number}"
    return name

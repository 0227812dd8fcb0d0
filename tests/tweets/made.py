"""Stores made of columns, where a test wants them. No expectation is here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from timeline_app.domain.snowflake import first_id
from timeline_app.engine.tweets import index, ragged, run, tag_names
from timeline_app.engine.tweets.ragged import Ragged
from timeline_app.engine.tweets.rows import NUMBERS, Rows, filled
from timeline_app.engine.tweets.run import RunInfo, ShardInfo
from timeline_app.engine.tweets.store import File, Store

NOON = 1_591_185_600_000  # 3 June 2020
SOURCE = File("made.jsonl", 7, "ab" * 32)


def store_of(dataset: Path, ids: Sequence[int], name: str = "main", **columns: object) -> Store:
    """A store where a dataset keeps that of a collection; numbers as the store holds them, `tags` lists of names,
    `langs` a language a tweet, `text` a string a tweet."""
    order = np.argsort(np.array(ids, np.int64), kind="stable")
    given = {key: [one[place] for place in order.tolist()] for key, one in columns.items()}
    uses, langs = given.pop("tags", []), given.pop("langs", [])
    tags, codes = tuple(sorted({tag_names.compared(one) for row in uses for one in row})), tuple(sorted({"", *langs}))
    numbers = {key: np.array(one, NUMBERS[key]) for key, one in given.items() if key in NUMBERS}
    if langs:
        numbers["lang"] = np.array([codes.index(one) for one in langs], np.uint16)
    lists = {"text": ragged_of([one.encode("utf-8", "replace") for one in given["text"]])} if "text" in given else {}
    if uses:
        pairs = np.array([(at, tags.index(tag_names.compared(one))) for at, row in enumerate(uses) for one in row])
        lists["tags"] = ragged.of_pairs(*pairs.T, len(ids))
    shown = tuple({one: 1 for row in uses for one in row if tag_names.compared(one) == tag} for tag in tags)
    info = RunInfo(len(ids), (ShardInfo(0, 0, len(ids), len(ids), 0),), codes, tags, shown)
    return _built(dataset / "tweets" / name, filled(Rows(np.array(ids, np.int64)[order], numbers, lists)), info)


def _built(home: Path, rows: Rows, info: RunInfo) -> Store:
    beside = run.fresh(home / "run")
    writer = run.RowsWriter(beside)
    writer.append(rows)
    writer.close()
    run.write_info(beside, info)
    return Store.open(index.build_store([run.place(beside, home / "run")], [SOURCE], home / "0123456789abcdef"))


def ragged_of(texts: Sequence[bytes]) -> Ragged:
    """Bytes as a column."""
    return Ragged(np.cumsum([0, *map(len, texts)]), np.frombuffer(b"".join(texts), np.uint8))


def ids_at(*offsets: int) -> list[int]:
    """IDs of tweets made so many ms after noon; of one instant, one after the other."""
    seen: dict[int, int] = {}
    found = []
    for one in offsets:
        seen[one] = seen.get(one, -1) + 1
        found.append(first_id(NOON + one) + seen[one])
    return found


def store_of_texts(dataset: Path, texts: Sequence[str], **columns: object) -> Store:
    """A store of tweets a second apart, in the order of their texts."""
    return store_of(dataset, ids_at(*(1000 * place for place in range(len(texts)))), text=texts, **columns)

"""Stores made of columns, where a test wants them. No expectation is here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from timeline_app.domain.snowflake import first_id
from timeline_app.engine.tweets import index, merge, run, shard
from timeline_app.engine.tweets.batch import batch_of_ids, tags_of
from timeline_app.engine.tweets.run import ShardInfo
from timeline_app.engine.tweets.store import File, Store

NOON = 1_591_185_600_000  # 3 June 2020
SOURCE = File("made.jsonl", 7, "ab" * 32)


def store_of(dataset: Path, ids: Sequence[int], name: str = "main", **columns: object) -> Store:
    """A store where a dataset keeps that of a collection. `tags` are lists of names; `langs` a language a tweet."""
    given = {key: np.array(one) for key, one in columns.items() if key not in ("tags", "langs", "text")}
    if "tags" in columns:
        given["tags"] = given["outer_tags"] = tags_of(columns["tags"])
    if "langs" in columns:
        known = sorted({"", *columns["langs"]})
        given |= {"lang": np.array([known.index(one) for one in columns["langs"]], np.uint16), "langs": tuple(known)}
    if "text" in columns:
        given["text"] = tuple(columns["text"])
    rows, info = merge.joined([shard.coded(batch_of_ids(np.array(ids, np.int64), **given), 0)])
    home = dataset / "tweets" / name
    beside = run.fresh(home / "run")
    writer = run.RowsWriter(beside)
    writer.append(rows)
    writer.close()
    run.write_info(beside, msgspec.structs.replace(info, shards=(ShardInfo(0, 0, len(ids), len(ids), 0),)))
    made = index.build_store([run.place(beside, home / "run")], [SOURCE], home / "0123456789abcdef")
    return Store.open(made)


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

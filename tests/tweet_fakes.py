"""Small collections of invented tweets, imported from files as a tool or a coder writes them. No expectation is here;
nobody wrote these words.
"""
from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from timeline_app.domain.calendar import DAY, days_from_civil
from timeline_app.domain.records import Words
from timeline_app.domain.snowflake import first_id
from timeline_app.engine import collection_lanes
from timeline_app.engine.dataset import Collection, Dataset, LaneSpec, Meta
from timeline_app.engine.tweets import collection as building

NOON = days_from_civil(2020, 6, 3) * DAY + DAY // 2
MINUTE, HOUR = 60_000, 3_600_000


def tweet_id(at_ms: int, sequence: int = 0) -> int:
    """The ID of a tweet made at an instant."""
    return first_id(at_ms) + sequence


def told(at_ms: int, text: str = "", *tags: str, **more: object) -> dict:
    """A tweet as a line of flat v2 JSON; `retweets`, `likes`, `lang`, `sequence`, `repeats` (an ID) and
    `refers` (references as they stand there) can be given."""
    number, repeats = tweet_id(at_ms, more.get("sequence", 0)), more.get("repeats")
    found = {"id": str(number), "text": text, "author_id": "7", "lang": more.get("lang", "en"), "entities": {
        "hashtags": [{"start": 0, "end": 1, "tag": tag} for tag in tags]}, "author": {"id": "7", "username": "nobody"},
        "public_metrics": {"retweet_count": more.get("retweets", 0), "like_count": more.get("likes", 0)}}
    if repeats or more.get("refers"):
        found["referenced_tweets"] = more.get("refers") or [{"type": "retweeted", "id": str(repeats)}]
    return found


def of_tweets(folder: Path, *tweets: dict, name: str = "main") -> Collection:
    """A collection of tweets that were told one by one."""
    source = folder / f"{name}.jsonl"
    source.write_text("".join(json.dumps(one) + "\n" for one in tweets), encoding="utf-8")
    return _imported(folder, source, name)


def of_rows(folder: Path, header: str, rows: Sequence[str], name: str = "main") -> Collection:
    """A collection from a list of IDs with columns beside them."""
    source = folder / f"{name}.csv"
    source.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return _imported(folder, source, name)


def _imported(folder: Path, source: Path, name: str) -> Collection:
    building.import_sources([source], folder / name)
    return Collection(name, Words(source.name), building.open_store(folder / name))


def dataset_of(*collections: Collection, **fields: object) -> Dataset:
    """A dataset of collections with the lanes that they show at first."""
    lanes: tuple[LaneSpec, ...] = tuple(
        lane for one in collections for lane in collection_lanes.defaults(one))
    meta = Meta("made", "made", Words("Made for a test"), fields.pop("zone", "UTC"), lanes=lanes)
    return Dataset(fields.pop("meta", meta), collections=collections, **fields)

"""Pages of full v2 tweets, as twarc2 writes them, imported; beside `twarc2 csv` and pandas.read_json on the same file.

The tweets are made up: with includes, entities, annotations and metrics, 3 to 4 KB each, half of them retweets. Of pages
pandas makes one row a page, of which nobody can count a tweet, so it also gets the same tweets flat. What differs: ours
keeps fifteen columns and publishes a store with indexes; twarc keeps 84 columns of text; pandas keeps dictionaries.
twarc 2.14 and twarc-csv 0.7.2 run in an environment of their own, the folder that PEERS names; `--make-peers` makes it
there with pip. Arguments: how many thousand tweets; `--peak` imports them packed, alone, for the greatest memory.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

import harness

THOUSANDS, PAGE, RUNS = 100, 100, 3
FIRST_MS = 1_591_000_000_000
WORDS = ("queue river lantern paper winter station green window market answer quiet summer orange table morning 사람들 "
         "아침 도시 노래 시간 이야기 바람 우리 오늘 ☔ 🎈").split()
PACKAGES = ("twarc==2.14.*", "twarc-csv==0.7.2", "pandas<3", "setuptools<81")


def words(draw: random.Random, count: int) -> str:
    return " ".join(draw.choices(WORDS, k=count))


def written(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def person(draw: random.Random, number: int) -> dict:
    name = f"fan_{number}"
    counts = ("followers_count", "following_count", "tweet_count", "listed_count")
    return {"id": str(10**9 + number), "username": name, "name": words(draw, 2), "description": words(draw, 12),
            "created_at": "2015-03-01T10:00:00.000Z", "verified": False, "protected": False, "location": words(draw, 2),
            "profile_image_url": f"https://images.example/profile_images/{10**18 + number}/face_normal.jpg",
            "url": "", "public_metrics": {one: draw.randrange(9_000) for one in counts}}


def annotation(draw: random.Random) -> dict:
    about = {"id": str(draw.randrange(10**18, 2 * 10**18)), "name": words(draw, 2), "description": words(draw, 6)}
    return {"domain": {"id": str(draw.randrange(200)), "name": words(draw, 2), "description": words(draw, 8)},
            "entity": about}


def tweet(draw: random.Random, at_ms: int, users: list[dict]) -> dict:
    author, other = draw.choice(users), draw.choice(users)
    number = (at_ms - 1_288_834_974_657) << 22 | draw.randrange(1 << 22)
    tags = [f"{draw.choice(WORDS)}{int(draw.paretovariate(0.7)) % 9_000}" for _ in range(draw.choice((0, 0, 1, 2, 3, 5)))]
    text = words(draw, draw.randrange(6, 24))
    counts = ("retweet_count", "reply_count", "like_count", "quote_count")
    link = {"start": 101, "end": 124, "url": "https://t.example/pQMACSzDmd", "display_url": "page.example/a",
            "expanded_url": f"https://page.example/{number}", "status": 200, "title": words(draw, 8)}
    entities = {"hashtags": [{"start": at, "end": at + 5, "tag": tag} for at, tag in enumerate(tags)],
                "mentions": [{"start": 3, "end": 12, "username": other["username"], "id": other["id"]}],
                "urls": [link] * draw.choice((0, 1))}
    return {"id": str(number), "created_at": written(at_ms), "author_id": author["id"], "conversation_id": str(number),
            "text": " ".join([text, *(f"#{tag}" for tag in tags)]), "lang": draw.choice(("en", "en", "ko", "es", "und")),
            "entities": entities, "context_annotations": [annotation(draw) for _ in range(draw.choice((0, 1, 3, 5)))],
            "public_metrics": {one: draw.randrange(5_000) for one in counts}, "source": "Twitter for Android",
            "possibly_sensitive": False, "reply_settings": "everyone"}


def page(draw: random.Random, number: int) -> dict:
    """A page: half of it retweets of 25 originals, some replies and quotes."""
    users = [person(draw, draw.randrange(10**7)) for _ in range(PAGE)]
    start = FIRST_MS + number * PAGE * 70
    originals = [tweet(draw, start - 60_000 - at * 700, users) for at in range(PAGE // 4)]
    data = [tweet(draw, start + at * 70, users) for at in reversed(range(PAGE))]
    for one in data:
        kind = draw.choices(("retweeted", "quoted", "replied_to", ""), (50, 8, 12, 30))[0]
        if kind:
            original = draw.choice(originals)
            one["referenced_tweets"] = [{"type": kind, "id": original["id"]}]
            if kind == "retweeted":
                one["text"] = f"RT @fan_1: {original['text'][:120]}…"
                one["entities"]["hashtags"] = original["entities"]["hashtags"][:1]
    meta = {"newest_id": data[0]["id"], "oldest_id": data[-1]["id"], "result_count": PAGE, "next_token": "b26v89c19zqg8o"}
    return {"data": data, "includes": {"users": users, "tweets": originals}, "errors": [], "meta": meta, "__twarc": {
        "url": f"https://api.twitter.com/2/tweets/search/all?expansions=author_id{'%2Cfield' * 90}&query=%23queue",
        "version": "2.14.0", "retrieved_at": "2021-09-22T16:39:00+00:00"}}


def flat(page: dict) -> Iterator[dict]:
    """The tweets of a page as `twarc2 flatten` writes them."""
    users = {one["id"]: one for one in page["includes"]["users"]}
    tweets = {one["id"]: one for one in page["includes"]["tweets"]}
    for one in page["data"]:
        author = {"author": users[one["author_id"]]}
        inline = [{**other, **tweets[other["id"]]} for other in one.get("referenced_tweets", ())]
        yield one | author | {"referenced_tweets": inline, "__twarc": page["__twarc"]}


def write_pages(folder: Path, count: int) -> tuple[Path, Path]:
    """The same tweets in pages and flat."""
    draw, pages, lines = random.Random(7), folder / "pages.jsonl", folder / "flat.jsonl"
    with pages.open("w") as one, lines.open("w") as other:
        for number in range(count // PAGE):
            made = page(draw, number)
            one.write(json.dumps(made) + "\n")
            other.writelines(json.dumps(line) + "\n" for line in flat(made))
    return pages, lines

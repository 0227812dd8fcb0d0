"""Full tweets of the v2 API as twarc2 writes them, imported; beside `twarc2 csv` and pandas.read_json on the same file.

The tweets are made up: with includes, entities, annotations and metrics, 2.5 KB each in pages and 4 KB flat, half of
them retweets. Of pages pandas makes a row a page, in which no tweet can be counted, so it gets the same tweets flat
too. What differs: ours keeps sixteen columns and publishes a store with indexes; twarc keeps 84 columns of text; pandas
keeps dictionaries. Every run of ours has processes of its own, which have imported a few tweets before; the peers have
only themselves to start. twarc 2.14 and twarc-csv 0.7.2 need old companions and run in an environment of their own, in
the folder that PEERS names; `--make-peers` fills it with pip. Arguments: how many thousand tweets; with `--peak` they
are imported only, packed, for the greatest memory (5000 take ten minutes and 8 GB of disk).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import harness

THOUSANDS, PAGE, RUNS, FILES = 200, 100, 3, 10
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
    tags = [f"{draw.choice(WORDS)}{int(draw.paretovariate(0.7)) % 9_000}"
            for _ in range(draw.choice((0, 0, 1, 2, 3, 5)))]
    text = words(draw, draw.randrange(6, 24))
    counts = ("retweet_count", "reply_count", "like_count", "quote_count")
    link = {"start": 101, "end": 124, "url": "https://t.example/pQMACSzDmd", "display_url": "page.example/a",
            "expanded_url": f"https://page.example/{number}", "status": 200, "title": words(draw, 8)}
    entities = {"hashtags": [{"start": at, "end": at + 5, "tag": tag} for at, tag in enumerate(tags)],
                "mentions": [{"start": 3, "end": 12, "username": other["username"], "id": other["id"]}],
                "urls": [link] * draw.choice((0, 1))}
    return {"id": str(number), "created_at": written(at_ms), "author_id": author["id"], "conversation_id": str(number),
            "text": " ".join([text, *(f"#{tag}" for tag in tags)]),
            "lang": draw.choice(("en", "en", "ko", "es", "und")),
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
    meta = {"newest_id": data[0]["id"], "oldest_id": data[-1]["id"], "result_count": PAGE,
            "next_token": "b26v89c19zqg8o"}
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
    os.sync()  # else the files are still being written while they are read
    return pages, lines


def write_packed(path: Path, first: int, count: int) -> None:
    """Pages from a number on, packed: so many of them would fill the disk."""
    draw = random.Random(first)
    with gzip.open(path, "wt", compresslevel=1) as out:
        for number in range(first, first + count):
            out.write(json.dumps(page(draw, number)) + "\n")


def imported(source: Path, target: Path, few: Path) -> tuple[float, int, list[float]]:
    """In a process of its own: ms that the import takes with a process a core, tweets, and the greatest MiB of each."""
    from timeline_app.engine.tweets.collection import import_sources
    from timeline_app.engine.tweets.workers import start_workers

    cores = os.cpu_count() or 1
    with start_workers(cores) as workers:
        for small in range(2):
            import_sources([few], target.with_name(f"few-{small}"), workers)
        start = time.perf_counter()
        tweets = import_sources([source], target, workers).tweets
        taken = (time.perf_counter() - start) * 1000
        peaks = dict(workers.map(harness.peak, range(cores)))
    return taken, tweets, [harness.peak(0)[1], *peaks.values()]


def one_run(folder: Path, source: Path, count: int) -> tuple[float, list[float]]:
    shutil.rmtree(folder / "out", ignore_errors=True)
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        taken, tweets, peaks = apart.submit(imported, source, folder / "out", folder / "few.jsonl").result()
    if not 0.99 * count <= tweets <= count:  # the same ID may be drawn twice in a millisecond
        raise SystemExit(f"{tweets:,} of {count:,} tweets were imported.")
    return taken, peaks


def of_pandas(path: Path) -> float:
    """ms that pandas.read_json takes in a process of its own, without its start."""
    script = ("import sys, time, pandas; start = time.perf_counter(); pandas.read_json(sys.argv[1], lines=True); "
              "print((time.perf_counter() - start) * 1000)")
    return float(subprocess.run([sys.executable, "-c", script, path], capture_output=True, check=True).stdout)


def of_twarc(path: Path, folder: Path) -> float | str:
    """ms that `twarc2 csv` takes, or why it cannot be asked."""
    tool = Path(os.environ.get("PEERS", "")) / "bin" / "twarc2"
    if "PEERS" not in os.environ or not tool.exists():
        return "no twarc2 in PEERS"
    home = {"HOME": str(folder), "BEARER_TOKEN": "none"}
    command = [tool, "--bearer-token", "none", "csv", path, folder / "peer.csv"]
    return harness.elapsed_ms(lambda: subprocess.run(
        command, env=os.environ | home, cwd=folder, capture_output=True, check=True))  # it writes a log where it runs


def make_peers() -> None:
    folder = os.environ.get("PEERS")
    if not folder:
        raise SystemExit("PEERS must name a folder for the environment of twarc.")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([Path(folder) / "bin" / "pip", "install", "--quiet", *PACKAGES], check=True)


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    parser = argparse.ArgumentParser()
    parser.add_argument("thousands", nargs="?", type=float, default=THOUSANDS)
    parser.add_argument("--make-peers", action="store_true")
    parser.add_argument("--peak", action="store_true")
    given = parser.parse_args(arguments)
    count = round(given.thousands * 1_000) // PAGE * PAGE
    if given.make_peers:
        make_peers()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_pages(folder, PAGE)
        (folder / "pages.jsonl").rename(folder / "few.jsonl")
        yield from peaks_of(folder, count) if given.peak else rates_of(folder, count)


def rates_of(folder: Path, count: int) -> Iterable[harness.Row]:
    pages, lines = write_pages(folder, count)
    ours: dict[Path, list[float]] = {pages: [], lines: []}
    pandas: dict[Path, list[float]] = {pages: [], lines: []}
    twarc = []
    for _ in range(RUNS):
        for path in (pages, lines):
            ours[path].append(one_run(folder, path, count)[0])
            pandas[path].append(of_pandas(path))
        twarc.append(of_twarc(pages, folder))
    rate = {path: count / statistics.median(found) * 1000 for path, found in ours.items()}
    peer = twarc[0] if isinstance(twarc[0], str) else count / statistics.median(twarc) * 1000
    yield harness.Row("pages imported, all of it; `twarc2 csv`", rate[pages], "tweets/s", peer, RUNS)
    for path, name in ((lines, "flat tweets"), (pages, "pages, of which it makes a row each")):
        theirs = count / statistics.median(pandas[path]) * 1000
        yield harness.Row(f"imported, all of it; pandas.read_json of {name}", rate[path], "tweets/s", theirs, RUNS)


def peaks_of(folder: Path, count: int) -> Iterable[harness.Row]:
    source = folder / "packed"
    source.mkdir()
    pages = count // PAGE // FILES
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as makers:
        list(makers.map(write_packed, [source / f"{at:02}.gz" for at in range(FILES)],
                        [at * pages for at in range(FILES)], [pages] * FILES))
    taken, peaks = one_run(folder, source, pages * FILES * PAGE)
    yield harness.Row("packed pages imported", pages * FILES * PAGE / taken * 1000, "tweets/s")
    yield harness.Row("greatest memory of a process", max(peaks), "MiB")
    yield harness.Row("the same of all processes together, if at one time", sum(peaks), "MiB")


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

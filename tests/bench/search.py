"""Search in the texts of ten million invented tweets, English, Korean and mixed, a third with emoji, some with links.

Each query is checked against plain Python on the first tweets, and timed beside pandas on a part, whose time is scaled
to all tweets (it takes capital letters for others and finds less). Cold: the pages of the store were dropped. Ended:
from the moment in which the next key is heard until the search has stopped. Arguments: how many million tweets, and
a folder for the store (2.5 GB for ten million; it is removed).
"""

from __future__ import annotations

import gc
import random
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from threading import Event, Thread
from time import perf_counter_ns, sleep

import harness
import numpy as np
import zoom
from made_store import FIRST, LAST

MILLIONS, BLOCK = 10, 200_000
QUERIES = {"a Korean word of two syllables": "경찰", "a part of an English word": "reedo", "an emoji": "🔥",
           "a common word": "the", "two words": "freedom 경찰", "a phrase": '"freedom the"', "a letter": "e",
           "what is not there": "zzqxj", "one word without another": "🔥 -freedom"}
PART, CHECKED, RUNS = 500_000, 100_000, 7
COMMON = ("the to and of a in is for on you that it with this are be at have not from we they my was all by so what as "
          "me your but can just who about people if or will our one do when now how get out up like no new more time "
          "see know make go day its right black police Freedom want there their them been need think because going "
          "today these white some even why stop please only say really take good love his every she here where after "
          "music video stand together support watch thread join protest tonight city street voice change")


class Words:
    """The words that tweets are made of, each with a blank behind it, as one row of bytes; common ones come first."""

    def __init__(self, seed: int) -> None:
        from timeline_app.engine.tweets.ragged import Ragged

        known = random.Random(seed)
        syllables = [chr(0xAC00 + known.randrange(11_172)) for _ in range(900)]
        letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        english = COMMON.split() + ["".join(known.choices(letters[:26], k=known.randint(3, 10))) for _ in range(4_000)]
        korean = ["".join(known.choices(syllables, k=known.randint(1, 5))) for _ in range(4_000)]
        korean[300] = "경찰"
        links = ["https://t.co/" + "".join(known.choices(letters, k=10)) for _ in range(4_000)]
        names = [f"@user_{number}" for number in range(4_000)]
        emoji = ["😂", "🔥", "😭", "✊🏿", "❤️", "💜", "😍", "🙏", "👏", "✨", "🤣", "💯", "🎉", "👀", "🤔"] * 20
        groups = [english, korean, links, names, emoji, ["RT"], ["&amp;"]]
        self.sizes = [len(group) for group in groups]
        self.first = np.cumsum([0, *self.sizes])
        found = [f"{word} ".encode() for group in groups for word in group]
        self.table = Ragged(np.cumsum([0, *map(len, found)]), np.frombuffer(b"".join(found), np.uint8))

    def some(self, group: int, count: int, source: np.random.Generator) -> np.ndarray:
        """Numbers of words of a group, the early ones most often."""
        return self.first[group] + (source.random(count) ** 4 * self.sizes[group]).astype(np.int64)

    def block(self, count: int, source: np.random.Generator) -> object:
        """The texts of so many tweets."""
        from timeline_app.engine.tweets.ragged import Ragged

        lengths = source.integers(4, 27, count)
        language = np.repeat(source.random(count), lengths)
        size = int(lengths.sum())
        is_korean = (language < 0.3) | ((language < 0.4) & (source.random(size) < 0.5))
        words = np.where(is_korean, self.some(1, size, source), self.some(0, size, source))
        ends = np.cumsum(lengths)
        for group, share, at in ((4, 0.3, ends - 1), (2, 0.4, ends - 2), (3, 0.3, ends - lengths), (6, 0.03, ends - 3)):
            at = at[source.random(count) < share]
            words[at] = self.some(group, len(at), source)
        made = self.table.take(words)
        return Ragged(np.append(0, made.offsets[ends]), made.values)


def written(folder: Path, count: int) -> Path:
    """A store of so many tweets with texts, in bounded memory."""
    from timeline_app.engine.tweets import index, run
    from timeline_app.engine.tweets.rows import Rows

    folder.mkdir()
    words, source, writer = Words(1), np.random.default_rng(2), run.RowsWriter(folder)
    for start in range(0, count, BLOCK):
        size = min(BLOCK, count - start)
        low, high = (FIRST + (LAST - FIRST) * at // count for at in (start, start + size))
        ids = np.sort(source.integers(low, high, size))
        writer.append(Rows(ids, {}, {"text": words.block(size, source)}))
    writer.close()
    run.write_info(folder, run.RunInfo(count, (run.ShardInfo(0, 0, count, count, 0),)))
    return index.indexed(folder, [])


def texts(store: object, count: int) -> list[str]:
    """The first texts as plain strings."""
    part = store.rows.ragged["text"].part(0, min(count, len(store)))
    data, ends = part.values.tobytes(), part.offsets.tolist()
    return [data[start:end].decode() for start, end in zip(ends, ends[1:], strict=False)]


def checked(store: object, query: str, first: list[str]) -> int:
    """How many tweets a query finds; those among the first are what plain Python finds."""
    from timeline_app.engine.tweets import folding, text_search

    found = text_search.matches(store, text_search.parse(query))
    plain, *rest = query.split(" -")
    wanted = [plain.strip('"')] if plain.startswith('"') else plain.split()
    expected = [row for row, text in enumerate(map(folding.fold, first))
                if all(folding.fold(one) in text for one in wanted) and not any(one in text for one in rest)]
    if found[found < len(first)].tolist() != expected:
        raise AssertionError(query)
    return len(found)


def by_pandas(column: object, query: str, scale: float) -> float | str:
    """What pandas takes for the same word in all tweets, ms; it has no phrases and no words together."""
    if '"' in query or " " in query:
        return "only one word at a time"
    return harness.median_of(lambda: column.str.contains(query, regex=False), 3) * scale


class Ended(Exception):
    """The next key was heard."""


def until_ended(store: object, query: str, after: float) -> float:
    """How long a search goes on, ms, after it was told to stop at some moment; 0 where it was done before."""
    from timeline_app.engine.tweets import text_search

    heard, done = Event(), []

    def check() -> None:
        if heard.is_set():
            raise Ended

    def search() -> None:
        try:
            text_search.matches(store, text_search.parse(query), check)
        except Ended:
            done.append(perf_counter_ns())

    worker = Thread(target=search)
    worker.start()
    sleep(after)
    told = perf_counter_ns()
    heard.set()
    worker.join()
    return (done[0] - told) / 1e6 if done else 0.0


def cold(folder: Path, query: str) -> tuple[float, float]:
    """Time of a search in a store that was just opened without a page in memory, ms, and the share that was left."""
    from timeline_app.engine.tweets import text_search
    from timeline_app.engine.tweets.store import Store

    gc.collect()
    left = zoom.dropped(folder)
    store = Store.open(folder)
    return harness.elapsed_ms(lambda: text_search.matches(store, text_search.parse(query))), left


def ending(store: object) -> Iterable[harness.Row]:
    """How long searches of a common word and of two words go on after the next key."""
    moments = np.random.default_rng(3).random(30) * 0.3
    for name in ("a common word", "two words", "a letter"):
        found = [until_ended(store, QUERIES[name], float(one)) for one in moments]
        yield harness.Row(f"ended by the next key, slowest of 30: {name}", max(found), "ms", runs=len(moments))


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    import pandas

    from timeline_app.engine.tweets import text_search
    from timeline_app.engine.tweets.store import Store

    count = round(float(arguments[0] if arguments else MILLIONS) * 1e6)
    with tempfile.TemporaryDirectory(dir=arguments[1] if len(arguments) > 1 else None) as place:
        building = harness.elapsed_ms(lambda: written(Path(place, "store"), count))
        yield harness.Row(f"store of {count / 1e6:g} million tweets made and indexed", building / 1000, "s")
        slow, left = cold(Path(place, "store"), QUERIES["an emoji"])
        yield harness.Row(f"cold, {left:.1%} of the pages left: an emoji", slow, "ms")
        store = Store.open(Path(place, "store"))
        yield harness.Row("folded text", store.rows.ragged["folded"].values.nbytes / 1e6, "MB")
        part = texts(store, PART)
        column, first = pandas.Series(part), part[:CHECKED]
        for name, query in QUERIES.items():
            many = checked(store, query, first)
            took = harness.median_of(lambda q=query: text_search.matches(store, text_search.parse(q)), RUNS)
            yield harness.Row(f"{name}: {many:,} found", took, "ms", by_pandas(column, query, count / len(part)), RUNS)
        yield from ending(store)


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

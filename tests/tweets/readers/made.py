"""Files of tweets as the tools write them, with words of nobody. Not here: any expectation."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta

from timeline_app.domain.snowflake import first_id
from timeline_app.engine.tweets.batch import Batch
from timeline_app.engine.tweets.readers import reading
from timeline_app.engine.tweets.readers.gather import Notes
from timeline_app.engine.tweets.readers.sniff import Shape, sniff

START = datetime(2020, 6, 3, 7, 0, tzinfo=UTC)


def at(number: int) -> datetime:
    """The time of the tweet with that number: one a minute."""
    return START + timedelta(minutes=number)


def tweet_id(number: int) -> int:
    return first_id(int(at(number).timestamp()) * 1000)


def iso(number: int) -> str:
    return at(number).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def english(number: int) -> str:
    return at(number).strftime("%a %b %d %H:%M:%S +0000 %Y")


def v2(number: int, text: str, *tags: str, **more: object) -> dict:
    """A tweet of the v2 API."""
    return {"id": str(tweet_id(number)), "text": text, "author_id": "7", "lang": "en", "created_at": iso(number),
            "public_metrics": {"retweet_count": number, "like_count": 2}, "entities": {"hashtags": [
                {"start": 0, "end": 1, "tag": tag} for tag in tags]}, **more}


def page(*tweets: dict, originals: tuple[dict, ...] = ()) -> dict:
    """A page as twarc2 writes it."""
    return {"data": list(tweets), "includes": {"users": [], "tweets": list(originals)}, "meta": {},
            "__twarc": {"url": "https://api.twitter.com/2/tweets/search/all?query=%23tag%20lang%3Ako&end_time=x",
                        "version": "2.5.0", "retrieved_at": "2020-06-10T00:00:00+00:00"}}


def v11(number: int, full: str, *tags: str, **more: object) -> dict:
    """A tweet of the v1.1 API."""
    return {"id": tweet_id(number), "id_str": str(tweet_id(number)), "full_text": full, "lang": "ko",
            "created_at": english(number), "user": {"id_str": "9"}, "retweet_count": number, "favorite_count": 3,
            "entities": {"hashtags": [{"text": tag, "indices": [0, 1]} for tag in tags]}, **more}


def jsonl(*values: object) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in values)


def read(data: bytes, notes: Notes | None = None, shape: Shape | None = None) -> Batch:
    """The one batch of a small file, by its own content."""
    [batch] = reading.read(io.BytesIO(data), "file", shape or sniff(data), notes or Notes())
    return batch


def rows(batch: Batch) -> list[tuple]:
    """Every row as plain values: id, flags, author, lang, retweets, likes, tags, text."""
    return [(int(batch.ids[n]), int(batch.flags[n]), int(batch.author[n]), batch.langs[batch.lang[n]],
             int(batch.retweets[n]), int(batch.likes[n]), tags(batch, n), texts(batch)[n])
            for n in range(len(batch.ids))]


def texts(batch: Batch) -> tuple[str, ...]:
    found = batch.text
    return tuple(found.part(row, row + 1).values.tobytes().decode() for row in range(len(batch.ids)))


def tags(batch: Batch, row: int, outer: bool = False) -> list[str]:
    found = batch.outer_tags if outer else batch.tags
    return [found.names[code] for code in found.codes[found.offsets[row]:found.offsets[row + 1]]]


def places(batch: Batch) -> list[tuple[int, int, str]]:
    """Line, offset and reason of every refused line."""
    return [(one.line, one.offset, one.reason) for one in batch.refused]

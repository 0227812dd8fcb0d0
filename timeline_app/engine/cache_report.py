"""The cache of tweet collections as rows and as lines to read. What is in it is said by `engine.tweets.cache`."""

from __future__ import annotations

from collections.abc import Sequence

from timeline_app.base.log import visible
from timeline_app.base.text import Texts
from timeline_app.engine.report import iso
from timeline_app.engine.tweets.cache import CacheEntry, cache_folder


def row(one: CacheEntry) -> dict[str, object]:
    """An entry as `--json` prints it."""
    return {"path": one.path, "name": one.name, "bytes": one.bytes, "tweets": one.tweets, "used": _used(one)}


def lines(entries: Sequence[CacheEntry], texts: Texts) -> str:
    """A line for each entry and one for all."""
    if not entries:
        return texts.get("tweets.cache.none")
    each = [texts.get("tweets.cache.entry", used=_used(one), size=_megabytes([one]), tweets=f"{one.tweets:,}",
                      path=visible(one.path) or texts.get("tweets.cache.unfinished")) for one in entries]
    return "\n".join([*each, texts.get("tweets.cache.total", n=f"{len(entries):,}", size=_megabytes(entries),
                                       path=visible(str(cache_folder())))])


def cleared(entries: Sequence[CacheEntry], texts: Texts) -> str:
    """What was removed, in a sentence."""
    return texts.get("tweets.cache.cleared", n=f"{len(entries):,}", size=_megabytes(entries))


def _used(one: CacheEntry) -> str:
    return iso(int(one.used) * 1000)


def _megabytes(entries: Sequence[CacheEntry]) -> str:
    return f"{sum(one.bytes for one in entries) / 1e6:,.1f}"

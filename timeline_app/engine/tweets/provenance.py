"""What sources say of themselves: where their tweets are from, what they passed over, what was not collected.

Here the notes of the readers become plain records that are added up over parts and files, in an order that depends on
nothing but their content. Which time is covered is worked out in `coverage`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from timeline_app.engine.tweets.readers import gather
from timeline_app.engine.tweets.readers.written_times import UNREAD, seconds_of
from timeline_app.engine.tweets.run import Origin, ShardInfo

MOST_ORIGINS = 1_000


def origins_of(noted: Mapping[gather.Origin, int]) -> tuple[Origin, ...]:
    """The origins that a reader noted."""
    return joined_origins(Origin(one.query, one.retrieved_at, one.tool, tweets, one.retrieved_at, one.start, one.end)
                          for one, tweets in noted.items())


def joined_origins(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """One for each query, tool and window, with all its tweets and the first and last time it was asked; at most a
    thousand, those with most tweets, sorted."""
    found: dict[tuple[str, ...], Origin] = {}
    for one in origins:
        key = (one.query, one.tool, one.start, one.end)
        found[key] = _both(found[key], one) if key in found else one
    most = sorted(found.values(), key=lambda one: (-one.tweets, one))[:MOST_ORIGINS]
    return tuple(sorted(most))


def _both(one: Origin, other: Origin) -> Origin:
    begin = min(filter(None, (one.retrieved_at, other.retrieved_at)), default="")
    until = max(one.retrieved_until, other.retrieved_until)
    return Origin(one.query, begin, one.tool, one.tweets + other.tweets, until, one.start, one.end)


def gaps_of(noted: Sequence[gather.Gap]) -> tuple[tuple[tuple[int, int], ...], int]:
    """The gaps of an export in ms UTC, sorted, each once; and how many could not be read."""
    starts, ends = (seconds_of([getattr(one, name) for one in noted]) for name in ("start", "end"))
    good = (starts != UNREAD) & (ends != UNREAD) & (ends > starts)
    pairs = zip((starts[good] * 1000).tolist(), (ends[good] * 1000).tolist(), strict=True)
    return tuple(sorted(set(pairs))), int(len(noted) - good.sum())


def told(shards: Sequence[ShardInfo]) -> dict[str, object]:
    """What all parts say together, by the names that the manifest has for it."""
    passed: Counter[str] = Counter()
    for one in shards:
        passed.update(one.passed)
    return {"origins": joined_origins(origin for one in shards for origin in one.origins),
            "passed": dict(sorted(passed.items())),
            "exported_gaps": tuple(sorted({gap for one in shards for gap in one.gaps})),
            "outer_uses": sum(one.outer_uses for one in shards),
            "original_uses": sum(one.original_uses for one in shards)}

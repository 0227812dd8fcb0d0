"""What a collection says of itself, as a dictionary and as CSV lines, and the bar of an import. Nothing is opened."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from timeline_app.base.text import Texts
from timeline_app.domain import zones
from timeline_app.domain.calendar import HOUR, MINUTE
from timeline_app.domain.records import Words
from timeline_app.domain.snowflake import EPOCH_MS, FIRST_ID
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset, Meta
from timeline_app.engine.report import info, iso, span_of
from timeline_app.engine.tweets.collection import Progress, Report
from timeline_app.engine.tweets.counts import counts, edges_of
from timeline_app.engine.tweets.store import Store

_WIDTH = 24
KEYS = ("tweets", "duplicates", "refused", "before_scheme", "damaged", "clock_offset_s", "tags", "gaps")


def tweet_info(store: Store) -> dict[str, object]:
    """The keys that `info --json` adds. `gaps` lists what is known not to be covered."""
    found = store.manifest
    return {"tweets": found.tweets, "duplicates": found.duplicates, "refused": found.refused,
            "before_scheme": found.counts["before_scheme"], "damaged": found.counts["damaged"],
            "clock_offset_s": found.clock_offset_s, "tags": len(found.tags), "gaps": []}


def tweet_span(store: Store) -> Span | None:
    """From the first tweet with a time in its ID to behind the last."""
    ids = store.rows.ids
    first = int(np.searchsorted(ids, FIRST_ID))
    if first == len(ids):
        return None
    return Span((int(ids[first]) >> 22) + EPOCH_MS, (int(ids[-1]) >> 22) + EPOCH_MS + 1)


def whole_info(store: Store, name: str, texts: Texts) -> dict[str, object]:
    """What `info --json` gives for a collection alone: no events, but the same keys as for a dataset."""
    found = info(Dataset(Meta(name, name, Words(name))), (), texts.language)
    return found | {"span": span_of(tweet_span(store))} | tweet_info(store)


def tweet_lines(found: dict[str, object], texts: Texts) -> str:
    """The same for people, a line for each thing."""
    lines = [texts.get(f"tweets.info.{key}", n=f"{found[key]:,}") for key in KEYS if isinstance(found[key], int)]
    return "\n".join([*lines, texts.get("tweets.info.span", **found["span"])] if found["span"] else lines)


def count_lines(store: Store, bin_name: str, tag: str | None, zone: str) -> Iterator[str]:
    """CSV: start of each bin in ISO 8601 with offset, tweets in it, share of it not known to be a gap."""
    yield "start,count,covered"
    span = tweet_span(store)
    if span is None:
        return
    edges = edges_of(span.start, span.end, bin_name, zone)
    for start, number in zip(edges[:-1].tolist(), counts(store, edges, tag).tolist(), strict=True):
        yield f"{iso_there(start, zone)},{number},1"


def iso_there(instant: int, zone: str) -> str:
    """An instant in ISO 8601 as the zone's clock shows it, with its offset in hours and minutes."""
    offset = zones.offset_ms(instant, zone)
    hours, minutes = divmod(abs(offset) // MINUTE, HOUR // MINUTE)
    return f"{iso(instant + offset)[:-1]}{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"


def import_line(report: Report, texts: Texts) -> str:
    """What an import made, in a sentence."""
    return texts.get("tweets.import.done", tweets=f"{report.tweets:,}", duplicates=f"{report.duplicates:,}",
                     refused=f"{report.refused:,}")


def bar(progress: Progress, seconds: float, texts: Texts) -> str:
    """One line: a bar, megabytes a second, and the time that is left at this rate."""
    if progress.merging:
        return texts.get("tweets.import.merging")
    share = progress.done / max(progress.total, 1)
    rate = progress.done / max(seconds, 1e-3)
    left = (progress.total - progress.done) / max(rate, 1.0)
    drawn = "█" * round(share * _WIDTH)
    return texts.get("tweets.import.bar", bar=drawn.ljust(_WIDTH, "░"), percent=f"{share:.0%}",
                     rate=f"{rate / 1e6:,.0f}", left=f"{int(left) // 60}:{int(left) % 60:02}")

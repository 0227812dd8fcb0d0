"""What a collection says of itself, as a dictionary and as CSV lines, and the bar of an import. Nothing is opened."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from timeline_app.base.log import visible
from timeline_app.base.text import Texts
from timeline_app.domain import zones
from timeline_app.domain.calendar import HOUR, MINUTE
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.report import iso, span_of
from timeline_app.engine.tweets import overlap
from timeline_app.engine.tweets.collection import Progress, Report
from timeline_app.engine.tweets.counts import counts, edges_of, key_of
from timeline_app.engine.tweets.coverage import covered
from timeline_app.engine.tweets.store import TAGS, Store

_WIDTH = 24
KINDS = ("retweets", "quotes", "replies")
SUMMED = ("tweets", "duplicates", "refused", "before_scheme", "damaged", "tags", "outer_uses", "original_uses")
SAID = ("tweets", *KINDS, "duplicates", "refused", "before_scheme", "damaged", "clock_offset_s", "tags")
MOST_ORIGINS, MOST_FILES = 20, 5


def tweet_info(store: Store) -> dict[str, object]:
    """The keys that `info --json` adds: what was read, what could not be, what is doubtful, where it is from."""
    found = store.manifest
    return {"tweets": found.tweets, "duplicates": found.duplicates, "refused": found.refused,
            "before_scheme": found.counts["before_scheme"], "damaged": found.counts["damaged"],
            "clock_offset_s": found.clock_offset_s, "tags": len(store.terms(TAGS)),
            "gaps": [{"start": iso(one.start_ms), "end": iso(one.end_ms), "basis": one.basis} for one in store.gaps],
            "kinds": {name: found.counts[name] for name in KINDS}, "outer_uses": found.outer_uses,
            "original_uses": found.original_uses, "passed": dict(found.passed),
            "files": [{"name": one.name, "bytes": one.size, "sha256": one.sha256} for one in found.sources],
            "origins": [msgspec.to_builtins(one) for one in found.origins]}


def collections_info(dataset: Dataset) -> dict[str, object]:
    """What `info --json` adds for a dataset with tweets: sums over its collections, each of them by itself, and what
    they share. One collection's clock is the dataset's; the clocks of several are not added up."""
    found = {one.id: {"title": one.title.text, "span": span_of(one.store.span)} | tweet_info(one.store)
             for one in dataset.collections}
    if len(found) == 1:
        return {**next(iter(found.values())), "collections": found, "shared": []}
    sums = {key: sum(each[key] for each in found.values()) for key in SUMMED}
    gaps = [gap | {"collection": name} for name, each in found.items() for gap in each["gaps"]]
    return sums | {"clock_offset_s": None, "gaps": gaps, "collections": found, "shared": _shared(dataset)}


def _shared(dataset: Dataset) -> list[dict[str, object]]:
    """How many IDs each two collections have in common."""
    names = [one.id for one in dataset.collections]
    pairs = overlap.shared([one.store for one in dataset.collections]).pairs
    return [{"collections": [names[one.first], names[one.second]], "both": one.both, "only_first": one.only_first,
             "only_second": one.only_second} for one in pairs]


def tweet_lines(told: dict[str, object], texts: Texts) -> str:
    """The same for people, a line for each thing; with several collections, under the title of each."""
    parts = []
    for each in told["collections"].values():
        one = each | each["kinds"]
        lines = [texts.get(f"tweets.info.{key}", n=f"{one[key]:,}") for key in SAID if isinstance(one[key], int)]
        if one["original_uses"]:
            lines.append(texts.get("tweets.info.uses", outer=f"{one['outer_uses']:,}",
                                   original=f"{one['original_uses']:,}"))
        lines += [texts.get("tweets.info.span", **one["span"])] if one["span"] else []
        lines += [texts.get("tweets.info.gap", **gap) for gap in one["gaps"]]
        lines += [visible(texts.get("tweets.info.file", **file | {"bytes": f"{file['bytes']:,}"}))
                  for file in one["files"][:MOST_FILES]]
        lines += [visible(texts.get("tweets.info.origin", **origin)) for origin in one["origins"][:MOST_ORIGINS]]
        parts.append("\n".join([visible(str(one["title"]))] * (len(told["collections"]) > 1) + lines))
    parts += [texts.get("tweets.info.shared", first=one["collections"][0], second=one["collections"][1],
                        both=f"{one['both']:,}", only_first=f"{one['only_first']:,}",
                        only_second=f"{one['only_second']:,}") for one in told["shared"]]
    return "\n\n".join(parts)


def count_lines(store: Store, bin_name: str, tag: str | None, zone: str) -> Iterator[str]:
    """CSV: start of each bin in ISO 8601 with offset, tweets in it, share of it not known to be a gap."""
    yield "start,count,covered"
    span = store.span
    if span is None:
        return
    edges = edges_of(span.start, span.end, bin_name, zone)
    found, shares = counts(store, edges, key_of(tag or "")).tolist(), covered(store.gaps, edges).tolist()
    for start, number, share in zip(edges[:-1].tolist(), found, shares, strict=True):
        yield f"{iso_there(start, zone)},{number},{share_text(share)}"


def share_text(share: float) -> str:
    """A share of four decimals at most; 1 and 0 only where it is just that."""
    if share in (0.0, 1.0):
        return str(int(share))
    return f"{min(max(share, 1e-4), 1 - 1e-4):.4f}".rstrip("0")


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
    rate = (progress.done - progress.resumed) / max(seconds, 1e-3)
    left = int((progress.total - progress.done) / rate) if rate > 0 else None
    drawn = "█" * round(share * _WIDTH)
    return texts.get("tweets.import.bar", bar=drawn.ljust(_WIDTH, "░"), percent=f"{share:.0%}",
                     rate=f"{rate / 1e6:,.0f}", left="–" if left is None else f"{left // 60}:{left % 60:02}")

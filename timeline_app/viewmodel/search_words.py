"""What a search found in words: one row a hit with its match in place, and how many of each kind. Finding is
`engine/search`, painting `qt/search_results`.
"""
from __future__ import annotations

from dataclasses import dataclass

from timeline_app.base.text import Texts
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.search import KINDS, Hit, Result
from timeline_app.viewmodel import wording

BEFORE = 60  # characters that are kept before a match, so that it is in sight
Pieces = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One hit: what it is, its title, and a line below; each line as the text before, in and after the match."""

    kind: str
    title: Pieces
    below: Pieces

    def spoken(self) -> str:
        """The row for a screen reader."""
        return ". ".join(part for part in (f"{self.kind}: {''.join(self.title)}", "".join(self.below)) if part)


def rows(result: Result, dataset: Dataset, texts: Texts, zone: str) -> tuple[Row, ...]:
    """A row for each hit. Where the match is in the title itself, the line below says when, or what it belongs to."""
    return tuple(_row(hit, dataset, texts, zone) for hit in result.hits)


def count_words(result: Result, texts: Texts, shown: int) -> str:
    """How many were found of each kind that has any: "events 3 · claims 12"; "" for none."""
    counted = [(kind, result.counts.get(kind, 0)) for kind in KINDS]
    said = [texts.get(f"explore.search.count.{kind}", n=f"{n:,}") for kind, n in counted if n]
    if sum(n for _, n in counted) > shown and said:
        said.append(texts.get("explore.search.first", n=f"{shown:,}"))
    return " · ".join(said)


def _row(hit: Hit, dataset: Dataset, texts: Texts, zone: str) -> Row:
    kind, title = texts.get(f"explore.search.kind.{hit.kind}"), hit.title.say(texts.language)
    if title.startswith(hit.snippet) or not title:
        rest = title[len(hit.snippet):]
        before, match, after = pieces(hit)
        return Row(kind, (before, match, after + rest), (_belongs(hit, dataset, texts, zone), "", ""))
    return Row(kind, (title, "", ""), pieces(hit))


def _belongs(hit: Hit, dataset: Dataset, texts: Texts, zone: str) -> str:
    """When an event was, which publication a source is, which event anything else belongs to."""
    event = dataset.event_by_id.get(hit.event_id)
    if hit.kind == "sources":
        source = dataset.sources.get(hit.id)
        return source.name if source and source.name != source.title else ""
    if event is None:
        return ""
    return wording.when_text(event.when, zone, texts).main if hit.kind == "events" else event.title.say(texts.language)


def pieces(hit: Hit) -> Pieces:
    """The snippet before, in and after its match, on one line, begun late where the match stands far in."""
    text, start, end = hit.snippet, max(0, hit.start), max(hit.start, hit.end)
    before, match, after = (part.replace("\n", " ") for part in (text[:start], text[start:end], text[end:]))
    if len(before) > BEFORE:
        before = "…" + before[-BEFORE:].partition(" ")[2]
    return before, match, after

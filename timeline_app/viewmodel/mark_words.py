"""One mark of the timeline in words, as a list of marks says it: what it is, when, and how sure. The same words for a
screen reader, for the table and for what is said aloud.
"""
from __future__ import annotations

from dataclasses import dataclass

from timeline_app.base.text import Texts
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import detail, note_words, tweet_pick, tweet_readout, wording
from timeline_app.viewmodel.detail_case import Case
from timeline_app.viewmodel.in_view import CLUSTER, Seen


@dataclass(frozen=True, slots=True)
class Said:
    """What a mark stands for, when that was, as finely as it is known, and its standing and disputes ("" for none)."""

    what: str
    when: str = ""
    standing: str = ""

    @property
    def line(self) -> str:
        """All of it in one line."""
        return "; ".join(part for part in (self.what, self.when, self.standing) if part)


def of_event(event_id: str, dataset: Dataset, words: tuple[str, Texts]) -> Said | None:
    """An event in words, for an axis in (zone, texts); None where the dataset has none of that id."""
    event, (zone, texts) = dataset.event_by_id.get(event_id), words
    if event is None:
        return None
    case = Case(event, dataset, texts.language, zone)
    when = wording.when_text(event.when, zone, texts)
    standing = ", ".join(chip.text for chip in detail.chips(case)[1:])
    return Said(event.title.say(texts.language), ", ".join(p for p in (when.main, when.precision_note) if p), standing)


def of_selection(selected: str, dataset: Dataset, words: tuple[str, Texts]) -> str:
    """What is selected in one line; "" for nothing."""
    if tweet_pick.is_tweet(selected):
        return tweet_readout.tweet_words_of(selected, dataset, words)
    said = of_event(selected, dataset, words)
    return said.line if said is not None else ""


def of_mark(seen: Seen) -> Said:
    """A mark in view in words."""
    request, item = seen.lane.request, seen.item
    if request is None:
        return Said(item.name)
    words = request.zone, request.texts
    if item.kind == "tweet":
        return Said(tweet_readout.tweet_words_of(item.id, request.dataset, words))
    if item.kind == "note":
        return Said(item.name, note_words.when(seen.start_ms, seen.end_ms, *words))
    if item.kind == CLUSTER:
        return Said(item.name)
    said = of_event(item.id, request.dataset, words) if item.kind == "event" else None
    if said is not None:
        return said
    return Said(item.name, wording.span_text(Span(seen.start_ms, max(seen.end_ms, seen.start_ms)), *words))

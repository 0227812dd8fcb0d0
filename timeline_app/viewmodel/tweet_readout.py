"""What a lane of tweets has under the pointer, in words: the bin with its count and how much of it was covered, a gap
with its basis, or one tweet."""
from __future__ import annotations

import numpy as np

from timeline_app.base.text import Texts
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Collection, Dataset
from timeline_app.engine.tweets import reading
from timeline_app.viewmodel import text_cut, tweet_doc, tweet_gaps, tweet_pick, tweet_view, wording
from timeline_app.viewmodel.picture import LaneRequest

MOST_TEXT = 140


def readout(request: LaneRequest, x: float) -> str:
    """The bin at an x; "" where the lane shows no bin there."""
    collection = request.dataset.collection_by_id.get(request.spec.collection_id)
    if collection is None:
        return ""
    at = request.scale.at(x)
    view = tweet_view.of(request, collection)
    place = int(np.searchsorted(view.columns.start, at, side="right")) - 1
    if place < 0 or at >= int(view.columns.end[place]):
        return _unknown(collection, Span(at, at + 1), request.texts)
    span = Span(int(view.columns.start[place]), int(view.columns.end[place]))
    values = view.columns.values[place]
    head = request.texts.get("lane.bin_read", span=wording.span_text(span, request.zone, request.texts),
                             amount=_amount(int(values.sum()), request))
    parts = [f"{part.name} {int(value):,}" for part, value in zip(view.columns.parts, values, strict=True)
             if part.name and value]
    said = [f"{head} ({', '.join(parts)})" if parts else head]
    if view.matching is not None:
        said.append(request.texts.get("tweet_lane.match_read", n=f"{int(view.matching.values[place].sum()):,}"))
    return "; ".join([*said, *_missing(collection, span, request.texts)])


def _amount(number: int, request: LaneRequest) -> str:
    return request.texts.count(f"tweet_lane.amount.{request.look.weight or 'tweets'}", number)


def _missing(collection: Collection, span: Span, texts: Texts) -> list[str]:
    """How much of a bin nobody collected, and how that is known."""
    missing = tweet_gaps.missing_ms(collection.store, span)
    if not missing:
        return []
    covered = 100 * (span.length - missing) // max(span.length, 1)
    basis = ", ".join(tweet_gaps.basis_words(collection.store, span, texts))
    return [texts.get("tweet_lane.covered", percent=f"{covered}", basis=basis)]


def _unknown(collection: Collection, span: Span, texts: Texts) -> str:
    basis = ", ".join(tweet_gaps.basis_words(collection.store, span, texts))
    return texts.get("tweet_lane.no_data", basis=basis) if basis else ""


def tweet_words_of(selected: str, dataset: Dataset, words: tuple[str, Texts]) -> str:
    """A tweet by its name in a state: when it was made, and how it begins; for an axis in (zone, texts)."""
    place, (zone, texts) = tweet_pick.found(selected, dataset), words
    if place is None:
        return ""
    tweet = reading.tweets(place[0].store, np.array([place[1]]))[0]
    text = text_cut.plain(tweet.text)
    cut = text if len(text) <= MOST_TEXT else text[:MOST_TEXT].rstrip() + "…"
    return f"{tweet_doc.when(tweet, zone, texts)}: {cut or tweet_doc.title(tweet, texts)}"

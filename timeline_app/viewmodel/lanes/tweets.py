"""Tweets of a collection per bin, exact at every zoom; where few are in view each is a mark of its own, and then a card
with its text. Unknown time is hatched, nothing is a blank.
"""
from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from timeline_app.engine.dataset import Collection
from timeline_app.viewmodel import bars, tweet_bins, tweet_cards, tweet_gaps, tweet_marks, tweet_view, tweet_words
from timeline_app.viewmodel.picture import Gap, Heading, Item, LanePicture, LaneRequest, Wanted
from timeline_app.viewmodel.skyline import Skyline
from timeline_app.viewmodel.tweet_marks import Marks
from timeline_app.viewmodel.tweet_view import TweetView
from timeline_app.viewmodel.tweet_words import Account

TOP = 4.0  # px over the first row of cards


def wanted(request: LaneRequest) -> Wanted:
    """Stacks want to be taller: their parts have to be told apart."""
    least, ideal, keen = (50.0, 150.0, 3.0) if len(request.spec.terms) > 1 else (34.0, 72.0, 1.4)
    return Wanted(least * request.text_percent / 100, ideal * request.text_percent / 100, keen)


def picture(request: LaneRequest) -> LanePicture:
    """The bars in view with their figures, or the tweets themselves."""
    collection = request.dataset.collection_by_id.get(request.spec.collection_id)
    if collection is None:
        return LanePicture(Heading(request.say(request.spec.title)))
    view, gaps = tweet_view.of(request, collection), tweet_gaps.in_view(request, collection)
    if not view.tweets:
        quiet = tweet_words.nothing(collection, bars.is_hidden(gaps, request), request.texts)
        return LanePicture(_heading(request, collection, view), gaps=gaps, quiet=quiet, bin_text=_bin_text(request))
    marks = _marks(request, collection, view)
    if marks is not None:
        return _single(request, collection, (view, marks, gaps))
    return _binned(request, collection, view, gaps)


def _heading(request: LaneRequest, collection: Collection, view: TweetView, cards: int = -1,
             named: Container[str] = ()) -> Heading:
    """Title, lines, and a legend for those parts of a stack in view that are not `named` where they are."""
    account = Account(view.tweets, view.matches, cards, view.overlaps)
    columns = view.columns
    parts = [part for part, column in zip(columns.parts, columns.values.T, strict=True)
             if column.any() and part.name not in named]
    shows = len(columns.parts) > 1 and (cards >= 0 or request.look.scale == "linear")
    return Heading(request.say(request.spec.title), tweet_words.lines(request, collection, account),
                   bars.legend(parts) if shows else ())


def _bin_text(request: LaneRequest) -> str:
    width = tweet_bins.bin_for(request.scale.us_per_px)
    return request.texts.get(f"lane.bin.{tweet_words.bin_key(width)}")


def _binned(request: LaneRequest, collection: Collection, view: TweetView, gaps: tuple[Gap, ...]) -> LanePicture:
    columns = bars.stackable(view.columns, request)
    peak = bars.peak_of(columns, request)
    drawn = bars.draw(columns, request, peak, dim=view.matching is not None)
    solid = () if view.matching is None else bars.draw(bars.stackable(view.matching, request), request, peak).bars
    width = tweet_bins.bin_for(request.scale.us_per_px)
    said = tweet_words.peak(int(columns.totals.max(initial=0)), width, request)
    labels = bars.figures(columns, request, drawn, said)
    labels += bars.no_data(gaps, request, drawn.sky)
    names = bars.names(columns, request, drawn.sky)
    named = {label.runs[-1].text for label in names}
    items = (Item("series", request.spec.id, request.say(request.spec.title)),)
    return LanePicture(_heading(request, collection, view, named=named), bars=drawn.bars + solid,
                       labels=(*labels, *names), gaps=gaps, items=items, bin_text=_bin_text(request),
                       counted=columns.counted(said))


def _marks(request: LaneRequest, collection: Collection, view: TweetView) -> Marks | None:
    """The tweets one by one where they are few. Lanes that share a scale stay bars as long as they can be compared."""
    if not 0 < view.tweets <= tweet_marks.MOST or request.common_peak and view.tweets > tweet_cards.MOST:
        return None
    seen, room = tweet_view.seen(request, collection), request.height - bars.head(request) - 5.0
    if view.tweets <= tweet_cards.MOST:
        tight = request.height - TOP - 4.0 - tweet_cards.room_for(request)
        marks = tweet_marks.lay_out(seen, collection, request, tight)
        if marks is not None:
            return marks
    return tweet_marks.lay_out(seen, collection, request, room)


def _single(request: LaneRequest, collection: Collection, found: tuple[TweetView, Marks, tuple[Gap, ...]]
            ) -> LanePicture:
    """Marks, with cards where they are few."""
    view, marks, gaps = found
    few = len(marks.seen.rows) <= tweet_cards.MOST
    cards = tweet_cards.lay_out(marks, collection, request, TOP) if few else tweet_cards.Cards()
    sky = Skyline.of((request.scale.width, request.height - 1.0), (marks.left, marks.right, marks.top))
    hatched = [(request.scale.x(gap.start_ms), request.scale.x(gap.end_ms)) for gap in gaps]
    labels = []
    for label in cards.labels:
        left = label.dx + (request.scale.x(label.anchor_ms) if label.anchor_ms is not None else 0.0)
        size, right = label.runs[0].size, left + label.width
        sky.take(left - 4, label.baseline - size, right + 4, label.baseline + size / 3)
        labels.append(replace(label, has_ground=any(a < right and left < b for a, b in hatched)))
    labels += bars.no_data(gaps, request, sky)
    return LanePicture(_heading(request, collection, view, cards.shown), marks.bands, bars=marks.bars,
                       labels=tuple(labels), rules=tuple(cards.rules), gaps=gaps, items=marks.items,
                       bin_text="")

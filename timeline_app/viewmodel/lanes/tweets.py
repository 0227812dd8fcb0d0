"""Tweets of a collection per bin, exact at every zoom; where few are in view each is a mark of its own, and then a card
with its text. Unknown time is hatched, nothing is a blank.
"""
from __future__ import annotations

from timeline_app.engine.dataset import Collection
from timeline_app.viewmodel import bars, tweet_bins, tweet_words
from timeline_app.viewmodel.bars import Columns, Part
from timeline_app.viewmodel.picture import Gap, Heading, Item, LanePicture, LaneRequest, Wanted
from timeline_app.viewmodel.tweet_bins import Counting


def wanted(request: LaneRequest) -> Wanted:
    """Stacks want to be taller: their parts have to be told apart."""
    least, ideal, keen = (50.0, 150.0, 3.0) if len(request.spec.terms) > 1 else (34.0, 72.0, 1.4)
    return Wanted(least * request.text_percent / 100, ideal * request.text_percent / 100, keen)


def picture(request: LaneRequest) -> LanePicture:
    """The bars in view with their figures, or the tweets themselves."""
    collection = request.dataset.collection_by_id.get(request.spec.collection_id)
    if collection is None:
        return LanePicture(Heading(request.say(request.spec.title)))
    width = tweet_bins.bin_for(request.scale.us_per_px)
    heading = Heading(request.say(request.spec.title), tweet_words.lines(request, collection, width))
    gaps = _gaps(collection, request)
    columns = _columns(collection, request)
    bin_text = request.texts.get(f"lane.bin.{tweet_words.bin_key(width)}")
    if not columns.totals.any():
        quiet = request.texts.get("lane.no_data" if bars.is_hidden(gaps, request) else "tweet_lane.nothing")
        return LanePicture(heading, gaps=gaps, quiet=quiet, bin_text=bin_text)
    drawn = bars.draw(columns, request)
    labels = bars.figures(columns, request, drawn, lambda n: tweet_words.peak(n, width, request))
    labels += bars.no_data(gaps, request, drawn.sky)
    labels += bars.names(columns, request, drawn.sky)
    items = (Item("series", request.spec.id, request.say(request.spec.title)),)
    return LanePicture(heading, bars=drawn.bars, labels=tuple(labels), gaps=gaps, items=items, bin_text=bin_text)


def _columns(collection: Collection, request: LaneRequest) -> Columns:
    counting = Counting(collection.store, request.scale, request.zone, request.look.weight)
    keys = request.spec.terms or ("",)
    edges = tweet_bins.in_view(counting)
    if len(keys) == 1:
        parts = (Part("counted"),)
    else:
        parts = tuple(tweet_words.part(collection.store, key, place, request.texts)
                      for place, key in enumerate(keys))
    return bars.stackable(Columns(edges[:-1], edges[1:], tweet_bins.counted(counting, keys), parts), request)


def _gaps(collection: Collection, request: LaneRequest) -> tuple[Gap, ...]:
    """Outside of what the collection holds nothing is known."""
    window, whole = request.scale.window.span, tweet_bins.span_of(collection.store)
    top, bottom = bars.head(request), request.height - 1
    if whole is None:
        return ()
    found = ((window.start, min(whole.start, window.end)), (max(whole.end, window.start), window.end))
    return tuple(Gap(a, b, top, bottom) for a, b in found if b > a)

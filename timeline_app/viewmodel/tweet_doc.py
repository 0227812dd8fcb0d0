"""What the detail pane says about a selected tweet: its text as it is, when it was made and what that rests on, where
it stands in which file. Finished texts, in one language and for one zone; nothing is looked up anywhere.
"""
from __future__ import annotations

import numpy as np

from timeline_app.base.text import Texts, catalogue
from timeline_app.domain.time import Precision
from timeline_app.engine.dataset import Collection, Dataset
from timeline_app.engine.tweets import reading
from timeline_app.engine.tweets.reading import Tweet
from timeline_app.viewmodel import tweet_pick, tweet_words, wording
from timeline_app.viewmodel.detail_parts import Chip, DetailDoc, QuoteBlock, SourceLine


def describe_tweet(selected: str, dataset: Dataset, language: str, axis_zone: str) -> DetailDoc | None:
    """The document of a tweet by its name in a state; None where no collection holds it."""
    place = tweet_pick.found(selected, dataset)
    if place is None:
        return None
    collection, row = place
    tweet, texts = reading.tweets(collection.store, np.array([row]))[0], catalogue(language)
    source = _source(tweet, collection, texts)
    return DetailDoc(
        selected,
        title(tweet, texts),
        when(tweet, axis_zone, texts),
        ground(tweet, texts),
        summary="\n".join(_facts(tweet, collection, texts)),
        chips=_chips(tweet, collection, texts),
        quotes=_text(tweet, texts),
        sources=(source,),
        previous=_beside(collection, row - 1),
        next=_beside(collection, row + 1),
        citation=citation(tweet, collection, dataset, (axis_zone, texts)),
    )


def id_of(selected: str, dataset: Dataset) -> str:
    """The ID of a tweet by its name in a state; "" where there is none that anybody could look up."""
    place = tweet_pick.found(selected, dataset)
    tweet = reading.tweets(place[0].store, np.array([place[1]]))[0] if place is not None else None
    return str(tweet.id) if tweet is not None and tweet.has_id and not tweet.is_withdrawn else ""


def title(tweet: Tweet, texts: Texts) -> str:
    """A tweet by its ID; a damaged ID is none, nobody can look it up, and one that was withdrawn is not named."""
    if tweet.is_withdrawn:
        return texts.get("tweet_doc.withdrawn")
    if not tweet.has_id:
        return texts.get("tweet_doc.damaged" if tweet.is_damaged else "tweet_doc.times_only")
    return texts.get("tweet_doc.title", id=str(tweet.id))


def when(tweet: Tweet, zone: str, texts: Texts) -> str:
    """When it was made, as fine as that is known."""
    if tweet.at_ms is None:
        return texts.get("tweet_doc.before_scheme")
    about = tweet.half_width_ms > 0
    return wording.moment(tweet.at_ms, Precision.MINUTE if about else Precision.MS, zone, texts, about=about)


def ground(tweet: Tweet, texts: Texts) -> str:
    """What the time rests on."""
    if tweet.at_ms is None:
        return texts.get("tweet_doc.no_ground")
    if tweet.half_width_ms:
        key = "tweet_doc.within" if tweet.is_damaged else "tweet_doc.within_file"
        return texts.get(key, length=wording.duration(tweet.half_width_ms, texts))
    return texts.get("tweet_doc.from_id" if tweet.has_id else "tweet_doc.from_file")


def citation(tweet: Tweet, collection: Collection, dataset: Dataset, words: tuple[str, Texts]) -> str:
    """A tweet for the clipboard: ID, time, collection, dataset, file and line; no text and no name of an account."""
    zone, texts = words
    said = texts.get("tweet_doc.cite", title=title(tweet, texts), when=when(tweet, zone, texts),
                     ground=ground(tweet, texts), collection=collection.title.say(texts.language),
                     dataset=dataset.meta.title.say(texts.language))
    return said + "\n" + _source(tweet, collection, texts).citation + "\n"


def _chips(tweet: Tweet, collection: Collection, texts: Texts) -> tuple[Chip, ...]:
    kinds = [texts.get(f"tweet_doc.kind.{one}") for one in tweet.kinds if texts.has(f"tweet_doc.kind.{one}")]
    lang = [tweet_words.term(collection.store, f"lang={tweet.lang}", texts)] if tweet.lang else []
    return tuple(Chip(one) for one in (texts.get("tweet_doc.kind.tweet"), *kinds, *lang))


def _text(tweet: Tweet, texts: Texts) -> tuple[QuoteBlock, ...]:
    """The text with its line breaks."""
    if not tweet.text:
        return ()
    return (QuoteBlock(tweet.shown, tweet.lang, _metrics(tweet, texts)),)


def _metrics(tweet: Tweet, texts: Texts) -> str:
    counted = [texts.count(f"tweet_lane.amount.{name}", number)
               for name, number in (("retweets", tweet.retweets), ("likes", tweet.likes)) if number]
    return texts.get("tweet_doc.metrics", metrics=", ".join(counted)) if counted else ""


def _facts(tweet: Tweet, collection: Collection, texts: Texts) -> list[str]:
    """What it repeats, its tags, and its figures where no text carries them."""
    found = []
    if tweet.original:
        ids = collection.store.rows.ids
        at = int(np.searchsorted(ids, tweet.original))
        is_here = at < len(ids) and int(ids[at]) == tweet.original
        found.append(texts.get("tweet_doc.retweet_here" if is_here else "tweet_doc.retweet", id=str(tweet.original)))
    tags = [f"#{tag}" for tag in tweet.tags if "=" not in tag]
    if tags:
        found.append(texts.get("tweet_doc.tags", tags=", ".join(tags)))
    coded = [tag.replace("=", ": ", 1) for tag in tweet.tags if "=" in tag]
    if coded:
        found.append(texts.get("tweet_doc.coded", values=", ".join(coded)))
    metrics = _metrics(tweet, texts)
    return [*found, metrics] if metrics and not tweet.text else found


def _source(tweet: Tweet, collection: Collection, texts: Texts) -> SourceLine:
    """The file it was read from, and its line there; cited with the beginning of the file's hash."""
    file, line = (*place(tweet, texts), "", "")[:2]
    name, found = file or collection.title.say(texts.language), reading.source(collection.store, tweet)
    mark = texts.get("tweet_doc.hash", hash=found.sha256[:12]) if found else ""
    return SourceLine(1, name, name, line, ", ".join(part for part in (name, line, mark) if part))


def place(tweet: Tweet, texts: Texts) -> tuple[str, ...]:
    """The file and the line that a tweet was read from, as far as they are known."""
    line = texts.get("tweet_doc.line", n=f"{tweet.line:,}") if tweet.line else ""
    return tuple(part for part in (tweet.file, line) if part)


def _beside(collection: Collection, row: int) -> str:
    ids = collection.store.rows.ids
    return tweet_pick.name(collection.id, int(ids[row])) if 0 <= row < len(ids) else ""

"""What a lane of tweets says about itself: per which bin, what is counted, who coded the parts, what is not known."""
from __future__ import annotations

from timeline_app.base.text import Texts
from timeline_app.engine.dataset import Collection
from timeline_app.engine.tweets.store import Store
from timeline_app.viewmodel import bars
from timeline_app.viewmodel.bars import Part
from timeline_app.viewmodel.picture import LaneRequest
from timeline_app.viewmodel.tweet_bins import Bin

CODED = ("hijacked", "original")  # values that have a colour of their own, as a coding of uses
REST = "rest"


def part(store: Store, key: str, place: int, texts: Texts) -> Part:
    """A term as a part of a stack: its colour role and its name."""
    group, _, value = key.partition("=")
    if key == REST:
        return Part("faint", texts.get("tweet_lane.rest"))
    if group == "use" and value in CODED:
        return Part(value, texts.get(f"tweet_lane.use.{value}"))
    return Part(f"free{place}", term(store, key, texts))


def term(store: Store, key: str, texts: Texts) -> str:
    """A term in words: a tag as it is written most, a language by its name where it is known, a value of a column."""
    group, _, value = key.partition("=")
    if key.startswith("#"):
        return f"#{shown(store, key)}"
    if group == "kind":
        return texts.get(f"tweets.kind.{value}")
    if group == "lang":
        name = f"tweet_lane.lang.{value}"
        return texts.get(name) if texts.has(name) else value
    return shown(store, key)


def shown(store: Store, key: str) -> str:
    """The form in which a tag or a value is written most."""
    group = "#" if key.startswith("#") else key.partition("=")[0]
    found = next((one.shown for one in store.terms(group) if one.key == key), "") if group in store.groups() else ""
    return found or key.removeprefix("#").rpartition("=")[2]


def per(width: Bin, texts: Texts) -> str:
    """"per 10 minutes"."""
    return texts.get(f"lane.per.{bin_key(width)}")


def bin_key(width: Bin) -> str:
    """The name of a bin in the text catalogue: its ms; months and years differ in length and have names."""
    return width.name if width.name in ("1mo", "1y") else str(width.most_ms)


def peak(number: int, width: Bin, request: LaneRequest) -> str:
    """"peak 182 in 10 minutes"."""
    texts, weight = request.texts, request.look.weight
    return texts.get(f"tweet_lane.peak.{weight}" if weight else "lane.peak", n=f"{number:,}",
                     per=texts.get(f"lane.in.{bin_key(width)}"))


def lines(request: LaneRequest, collection: Collection, width: Bin) -> tuple[str, ...]:
    """The lines of the heading, the most needed first."""
    texts, keys = request.texts, request.spec.terms
    counted = f"tweet_lane.counted.{request.look.weight}" if request.look.weight else "tweet_lane.counted"
    coded = _coding(keys, texts)
    found = (texts.get(counted, per=per(width, texts)), *bars.scale_lines(request, len(keys)), *coded,
             request.say(collection.title))
    return tuple(line for line in found if line)


def _coding(keys: tuple[str, ...], texts: Texts) -> tuple[str, ...]:
    """Whose word the split of a stack is."""
    if len(keys) < 2:
        return ()
    group = keys[0].partition("=")[0]
    if group.startswith("#"):
        return (texts.get("tweet_lane.overlap"),)
    if group in ("kind", "lang"):
        return (texts.get(f"tweet_lane.coded.{group}"),)
    return (texts.get("tweet_lane.coded", column=group),)

"""What a lane of tweets says about itself: per which bin, what is counted, who coded the parts, what is not known."""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from timeline_app.base.text import Texts
from timeline_app.engine.dataset import Collection
from timeline_app.engine.tweets.store import Store
from timeline_app.viewmodel import bars, wording
from timeline_app.viewmodel.bars import Part
from timeline_app.viewmodel.picture import LaneRequest
from timeline_app.viewmodel.tweet_bins import Bin, bin_for

CODED = ("hijacked", "original")  # values that have a colour of their own, as a coding of uses
REST = "rest"
_AT_ONCE = 4_000_000


def part(store: Store, key: str, place: int, texts: Texts) -> Part:
    """A term as a part of a stack: its colour role and its name."""
    group, _, value = key.partition("=")
    if key == REST:
        return Part("rest", texts.get("tweet_lane.rest"))
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


@dataclass(frozen=True, slots=True)
class Account:
    """What a heading tells of a view: tweets in it, those that match a search (None without one), and how many are
    marks of their own and cards (-1 for bars); `overlaps` says that some count in two parts."""

    tweets: int
    matches: int | None = None
    cards: int = -1
    overlaps: bool = False


def lines(request: LaneRequest, collection: Collection, account: Account) -> tuple[str, ...]:
    """The lines of the heading, the most needed first."""
    texts, keys = request.texts, request.spec.terms
    found = [*(_bars(request) if account.cards < 0 else _single(account, texts))]
    if account.matches is not None:
        found.append(texts.get("tweet_lane.match", n=f"{account.matches:,}", all=f"{account.tweets:,}"))
    if len(keys) == 1 and not request.spec.id.endswith(keys[0]):
        found.append(term(collection.store, keys[0], texts))
    found += [texts.get("tweet_lane.overlap")] if account.overlaps else []
    found += [*_coding(keys, texts), request.say(collection.title)]
    if not keys:
        found += _doubts(collection.store, texts)
    return tuple(line for line in found if line)


def _bars(request: LaneRequest) -> tuple[str, ...]:
    texts, weight = request.texts, request.look.weight
    width = bin_for(request.scale.us_per_px)
    counted = f"tweet_lane.counted.{weight}" if weight else "tweet_lane.counted"
    return texts.get(counted, per=per(width, texts)), *bars.scale_lines(request, len(request.spec.terms))


def _single(account: Account, texts: Texts) -> tuple[str, ...]:
    """How many tweets there are in view, and how many of them are written out."""
    single = texts.count("tweet_lane.single", account.tweets)
    if 0 < account.cards < account.tweets:
        return single, texts.count("tweet_lane.more", account.tweets - account.cards)
    return (single,)


def _doubts(store: Store, texts: Texts) -> tuple[str, ...]:
    """Tweets that are not where they seem to be, or nowhere on the axis."""
    counted, found = store.manifest.counts, []
    if counted.get("before_scheme"):
        found.append(texts.count("tweet_lane.before_scheme", counted["before_scheme"]))
    if counted.get("damaged"):
        length = wording.duration(widest_doubt(store), texts)
        found.append(texts.count("tweet_lane.damaged", counted["damaged"], length=length))
    return tuple(found)


@lru_cache(maxsize=16)
def widest_doubt(store: Store) -> int:
    """The most ms by which the time of a damaged ID may be off."""
    column = store.rows.numbers.get("half_width_ms")
    blocks = range(0, len(column) if column is not None else 0, _AT_ONCE)
    return max((int(column[start:start + _AT_ONCE].max(initial=0)) for start in blocks), default=0)


def nothing(collection: Collection, is_hidden: bool, texts: Texts) -> str:
    """The sentence of a lane without a tweet in view: nobody knows, there is none, or none has a time."""
    if collection.store.span is None and len(collection.store):
        return texts.count("tweet_lane.before_scheme", len(collection.store))
    return texts.get("lane.no_data" if is_hidden else "tweet_lane.nothing")


def _coding(keys: tuple[str, ...], texts: Texts) -> tuple[str, ...]:
    """Whose word the split of a stack is."""
    if len(keys) < 2:
        return ()
    group = keys[0].partition("=")[0]
    if group.startswith("#"):
        return ()
    if group in ("kind", "lang"):
        return (texts.get(f"tweet_lane.coded.{group}"),)
    return (texts.get("tweet_lane.coded", column=group),)

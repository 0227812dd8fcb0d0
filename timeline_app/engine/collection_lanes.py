"""Which lanes a collection of tweets has: those it shows at first, those a viewer can add, and what each is called.

A lane's id says what it counts: `main/` all tweets of the collection `main`, `main/lang` a group, `main/#tag` or
`main/use=hijacked` one term. So a lane that a viewer adds is a word in the state, and can be cited. Nothing is counted
or drawn here.
"""
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.domain.records import Words
from timeline_app.engine.dataset import Collection, Dataset, LaneSpec

if TYPE_CHECKING:
    from timeline_app.engine.tweets.store import Term

KIND = "tweets"
TAGS = "#"
FIRST_TAGS = 5  # lanes of tags that are there from the beginning
STACKED = 6  # parts of a stack; more cannot be told apart
_MORE = 400  # terms of one group that are offered


def defaults(collection: Collection) -> tuple[LaneSpec, ...]:
    """All tweets, a stack for each column of few values, languages where there are several, and the top tags."""
    groups = collection.store.groups()
    whole = [lane(collection, "")]
    stacks = [lane(collection, group) for group in groups if group not in (TAGS, "kind", "lang")]
    if len(collection.store.terms("lang") if "lang" in groups else ()) > 1:
        stacks.append(lane(collection, "lang"))
    tags = [lane(collection, term.key) for term in collection.store.terms(TAGS)[:FIRST_TAGS]] if TAGS in groups else []
    return tuple(spec for spec in (*whole, *stacks, *tags) if spec is not None)


def choices(collection: Collection) -> tuple[tuple[str, Words, tuple[Term, ...]], ...]:
    """The groups of terms that can be counted, each with its name and its most frequent terms."""
    return tuple((group, group_words(group), collection.store.terms(group)[:_MORE])
                 for group in collection.store.groups())


def spec(dataset: Dataset, lane_id: str) -> LaneSpec | None:
    """The lane of an id, whether the dataset shows it or a viewer added it; None where there is no such thing."""
    known = next((one for one in dataset.meta.lanes if one.id == lane_id), None)
    if known is not None:
        return known
    collection_id, _, what = lane_id.partition("/")
    collection = dataset.collection_by_id.get(collection_id)
    return lane(collection, what) if collection is not None else None


def lane(collection: Collection, what: str) -> LaneSpec | None:
    """The lane of all tweets (""), of a group ("lang"), or of one term ("#tag", "lang=ko"); None if unknown."""
    terms, title = _meant(collection, what)
    if title is None:
        return None
    return LaneSpec(f"{collection.id}/{what}", KIND, "counted", title, collection.title,
                    collection_id=collection.id, terms=terms)


def _meant(collection: Collection, what: str) -> tuple[tuple[str, ...], Words | None]:
    if not what:
        return (), said("tweets.lane.all")
    store = collection.store
    if what in store.groups() and what != TAGS:
        return tuple(term.key for term in store.terms(what)[:STACKED]), group_words(what)
    group = TAGS if what.startswith(TAGS) else what.partition("=")[0]
    found = next((term for term in store.terms(group) if term.key == what), None) if group in store.groups() else None
    return ((what,), term_words(found)) if found is not None else ((), None)


def term_words(term: Term) -> Words:
    """What a term is called: a tag with #, a kind of tweet in words, a language by its code, else column and value."""
    group, _, value = term.key.partition("=")
    if term.key.startswith(TAGS):
        return Words(f"#{term.shown}")
    if group == "kind":
        return said(f"tweets.kind.{value}")
    return said("tweets.lane.lang", code=value) if group == "lang" else Words(f"{group}: {term.shown}")


def group_words(group: str) -> Words:
    """What a group of terms is called; a column of the file keeps its name."""
    known: Mapping[str, str] = {TAGS: "tweets.lane.tags", "lang": "tweets.lane.langs", "kind": "tweets.lane.kinds"}
    return said(known[group]) if group in known else Words(group)


def said(key: str, **values: str) -> Words:
    """A text of the catalogue in every language, as words of a dataset."""
    first, *others = LANGUAGES
    return Words(catalogue(first).get(key, **values), tuple((code, catalogue(code).get(key, **values))
                                                            for code in others))

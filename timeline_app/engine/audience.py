"""A dataset as an audience gets it: what it must not get is not there, rather than hidden.

`POLICY` says for each audience what is left out; the manual has the same table. What is written to disk is `build`.
"""
from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from timeline_app.base.problems import UserError
from timeline_app.domain.records import Claim, Post, Question, Quote, Source, Words
from timeline_app.engine import story_check
from timeline_app.engine.dataset import Dataset, Meta
from timeline_app.engine.masking import Mask, mask_of

AUDIENCES = ("kiosk", "open_kiosk", "classroom", "publish", "talk", "open_talk")
# Fields that other records or the code know by these very letters: they are not words that anybody reads.
KEYS = frozenset({
    "id", "event_id", "source_id", "source_ids", "question", "name", "kind", "subject", "state", "resolved_by", "unit",
    "evidence", "attitude", "confidence", "events", "sources", "computed_from", "series", "series_id", "collection_id",
    "event_ids", "terms", "zone", "file", "lane", "shown", "group", "order", "pinned", "folded", "opened", "looks",
    "taller", "selected", "issued", "date_edtf", "answer_timezone", "language", "type", "flags", "content_flags",
    "half", "role", "key", "shown_precision", "data_hash", "bin"})
ADDRESSES = frozenset({"url", "doi", "URL", "DOI"})


@dataclass(frozen=True, slots=True)
class Policy:
    """What an audience does not get: quotations with one of the flags `withholds`, recollections that nobody
    documented, translations that await readers, masked tags, collections of tweets. Notes, posts of private people and
    links to violence it never gets."""

    withholds: frozenset[str]
    has_recollections: bool = False
    has_awaiting: bool = True
    masks_tags: bool = True
    has_collections: bool = False


POLICY = {
    "kiosk": Policy(frozenset({"profanity", "minor"})),
    "open_kiosk": Policy(frozenset({"profanity", "minor"}), masks_tags=False),  # whose staff show masked tags
    "classroom": Policy(frozenset({"profanity", "minor"})),
    "publish": Policy(frozenset({"minor"}), has_awaiting=False),
    "talk": Policy(frozenset({"minor"}), has_collections=True),
    "open_talk": Policy(frozenset({"minor"}), masks_tags=False, has_collections=True),  # of who shows masked tags
}


def policy_of(audience: str, keeps_awaiting: bool | None = None) -> Policy:
    """The policy of an audience; whether it gets translations that await readers can be said otherwise. UserError for
    an audience that is none."""
    if audience not in POLICY:
        raise UserError("unknown_audience", name=audience, known=", ".join(AUDIENCES))
    policy = POLICY[audience]
    return policy if keeps_awaiting is None else replace(policy, has_awaiting=keeps_awaiting)


def for_audience(dataset: Dataset, audience: str, keeps_awaiting: bool | None = None) -> Dataset:
    """The dataset without what an audience must not get; UserError for an audience that is none."""
    return _prepared(dataset, policy_of(audience, keeps_awaiting))


@lru_cache(maxsize=4)
def _prepared(dataset: Dataset, policy: Policy) -> Dataset:
    meta = dataset.meta
    cleaner = Cleaner(mask_for(meta, policy), meta.languages, meta.awaiting_readers if not policy.has_awaiting else ())
    claims = tuple(one for one in dataset.claims if keeps_claim(one, policy))
    kept = {
        "events": dataset.events, "derived": dataset.derived, "claims": claims,
        "questions": tuple(one for one in dataset.questions if keeps_question(one, dataset, policy)),
        "quotes": tuple(one for one in dataset.quotes if keeps_quote(one, policy)),
        "posts": tuple(one for one in dataset.posts if keeps_post(one)),
        "series": dataset.series, "stories": dataset.stories}
    made = {name: tuple(cleaner.of(row) for row in rows) for name, rows in kept.items()}
    violent = shows_violence(dataset)
    sources = {one: _unlinked(cleaner.of(source)) if one in violent else cleaner.of(source)
               for one, source in dataset.sources.items()}
    changed = replace(dataset, **made, sources=sources, meta=_meta(meta, cleaner, policy), notes=(),
                      collections=dataset.collections if policy.has_collections else ())
    return replace(changed, stories=tuple(
        one if not one.data_hash or story_check.has_changed(old, dataset)
        else replace(one, data_hash=story_check.data_hash(one, changed))
        for one, old in zip(changed.stories, dataset.stories, strict=True)))


def mask_for(meta: Meta, policy: Policy) -> Mask:
    """The mask of a dataset for an audience."""
    return mask_of(meta.masked_tags if policy.masks_tags else (), meta.accounts)


def keeps_claim(claim: Claim, policy: Policy) -> bool:
    """Whether an audience gets a claim."""
    return policy.has_recollections or claim.evidence != "recollection"


def keeps_question(question: Question, dataset: Dataset, policy: Policy) -> bool:
    """Whether an audience gets a question: not one whose every answer is left out."""
    def of_it(table: str) -> list:
        return [one for one in dataset.of_event(table, question.event_id) if one.question == question.name]

    said = of_it("claims")
    return not said or bool(of_it("derived")) or any(keeps_claim(one, policy) for one in said)


def keeps_quote(quote: Quote, policy: Policy) -> bool:
    """Whether an audience gets a quotation."""
    return not quote.flags & policy.withholds and (policy.has_recollections or quote.evidence != "recollection")


def keeps_post(post: Post) -> bool:
    """Whether an audience gets a post: those of private people, and links to violence, it does not get."""
    return post.post_id is not None and "violence" not in post.content_flags


def shows_violence(dataset: Dataset) -> frozenset[str]:
    """The sources that are pages of links to violence: those that flagged posts stand in. They have no address."""
    return frozenset(one.source_id for one in dataset.posts if "violence" in one.content_flags) - {""}


def _unlinked(source: Source) -> Source:
    """A source without any address; where it was published stays."""
    parts = ({name: text for name, text in part.items() if name not in ADDRESSES}
             for part in (source.original, source.seen_as))
    original, seen_as = parts
    return replace(source, url="", doi="", original=original, seen_as=seen_as)


def _meta(meta: Meta, cleaner: Cleaner, policy: Policy) -> Meta:
    names = {key: cleaner.words(said) for key, said in meta.names.items()}
    lanes = tuple(cleaner.of(lane) for lane in meta.lanes
                  if policy.has_collections or not lane.collection_id)
    left = meta.awaiting_readers if policy.has_awaiting else frozenset()
    tags = {} if policy.masks_tags else {tag: cleaner.words(reason) for tag, reason in meta.masked_tags.items()}
    return replace(meta, title=cleaner.words(meta.title), description=cleaner.words(meta.description), names=names,
                   lanes=lanes, masked_tags=tags, awaiting_readers=left,
                   languages=tuple(one for one in meta.languages if one not in cleaner.without))


@dataclass(frozen=True)
class Cleaner:
    """Cleans records, whatever their fields: every text that is no key goes through the mask, translations that are
    left out go."""

    mask: Mask
    languages: tuple[str, ...]
    without: Any = ()

    def of(self, record: Any) -> Any:
        """The record, the same one where nothing changes."""
        changes = {}
        for one in fields(record):
            value = getattr(record, one.name)
            cleaned = value if one.name in KEYS and not isinstance(value, Words) else self._value(value, one.name)
            if cleaned is not value:
                changes[one.name] = cleaned
        return replace(record, **changes) if changes else record

    def words(self, said: Words) -> Words:
        """A text in all its languages."""
        first = self.languages[0] if self.languages else ""
        kept = tuple((code, self.mask.of(text, code)) for code, text in said.others if code not in self.without)
        made = Words(self.mask.of(said.text, first), kept)
        return said if made == said else made

    def text(self, text: str) -> str:
        """A text that has no language of its own."""
        return self.mask.of(text, self.languages[0] if self.languages else "")

    def address(self, url: str) -> str:
        """An address, or "" where it tells what is hidden."""
        return "" if self.mask.hides(url) or self.mask.of(url) != url else url

    def answer(self, text: str) -> str:
        """An answer, or "" where it tells what is hidden: it can then not be compared."""
        return text if self.text(text) == text else ""

    def _value(self, value: Any, name: str) -> Any:
        if isinstance(value, Words):
            return self.words(value)
        if isinstance(value, str):
            made = (self.address if name in ADDRESSES else self.answer if name == "answer" else self.text)(value)
            return value if made == value else made
        if isinstance(value, tuple):
            made = tuple(self._value(one, name) for one in value)
            return value if all(a is b for a, b in zip(made, value, strict=True)) else made
        if isinstance(value, dict):
            made = {key: self._value(one, key) for key, one in value.items()}
            return value if all(made[key] is value[key] for key in value) else made
        if is_dataclass(value) and not isinstance(value, type):
            return self.of(value)
        return value


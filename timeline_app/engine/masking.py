"""One mask for what is hidden in public: hateful hashtags of the signed list, handles of private accounts, numbers of
posts in addresses. Its words say what is hidden, so that what is drawn and what is read aloud are the same.

Tags, with or without #, handles and numbers are found in any case and width, composed or not, with letters of other
scripts that look the same, and with marks of no width within (Unicode TR 36 calls these confusables). Only a whole tag
is masked, never a part of a longer one; what is joined to it in another script, as Korean particles are, stays.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.engine.privacy import ACCOUNT_ADDRESS, HANDLE, PAGES
from timeline_app.engine.tweets.look_alikes import CONFUSABLE

_NO_WIDTH = re.compile("[\u200b-\u200f\u2060\u00ad\ufeff\u202a-\u202e\u2066-\u2069]")
_POST_NUMBER = re.compile(r"(?:/status(?:es)?/|[?&](?:id|tweet_id)=)([0-9]{5,20})", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# An address that is of no platform may have a long number of its own.
_BARE_NUMBER = re.compile(r"(?:https?://|www\.)\S+|(?<![0-9.])(?<!id:)([0-9]{15,20})(?![0-9])", re.IGNORECASE)
_LEFT_OUT = "…"


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as tags are compared, and where each of its letters stands in the text as it is written."""

    letters: str
    places: tuple[int, ...]


@lru_cache(maxsize=4096)
def _folded(text: str) -> _Folded:
    letters, places = [], []
    for place, letter in enumerate(text):
        if _has_no_width(letter):
            continue
        for one in unicodedata.normalize("NFKD", letter).casefold():
            if not unicodedata.combining(one):
                letters.append(CONFUSABLE.get(one, one))
                places.append(place)
    return _Folded("".join(letters), tuple(places))


def _has_no_width(letter: str) -> bool:
    """Whether a character takes no room of its own: a mark of no width, or one that stands on another letter."""
    return bool(_NO_WIDTH.match(letter)) or unicodedata.combining(letter) > 0


def _without(text: str, pattern: re.Pattern[str], group: int, word: str,
             stays: Callable[[re.Match[str]], bool] = lambda _: False) -> str:
    """The text with a word in the place of a group of each match in its folded letters, but for those that stay. Marks
    go with what they stand on."""
    folded, parts, at = _folded(text), [], 0
    for found in pattern.finditer(folded.letters):
        if found.start(group) < 0 or stays(found):
            continue
        start, end = folded.places[found.start(group)], folded.places[found.end(group) - 1] + 1
        bare = start
        while bare > at and _has_no_width(text[bare - 1]):
            bare -= 1
        while end < len(text) and _has_no_width(text[end]):
            end += 1
        parts += [text[at:start if bare > at and text[bare - 1].isalnum() else bare], word]
        at = end
    return "".join([*parts, text[at:]]) if parts else text


@dataclass(frozen=True)
class Mask:
    """What is hidden: tags without #, and which accounts may be named (in small letters)."""

    tags: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()

    @cached_property
    def _tag(self) -> re.Pattern[str] | None:
        names = sorted({_folded(tag).letters for tag in self.tags if tag}, key=lambda one: (-len(one), one))
        either = "|".join(map(re.escape, names))
        return re.compile(rf"(?<!#)#*(?<![a-z0-9_])(?:{either})(?![a-z0-9_])") if names else None

    def of(self, text: str, language: str = "") -> str:
        """The text with everything hidden that is to be hidden, said in a language."""
        if not text:
            return text
        return self._without_persons(self.without_tags(text, language), language)

    def without_tags(self, text: str, language: str = "") -> str:
        """The text without masked tags. An address that holds one is left out as a whole: no part of it leads there."""
        if self._tag is None or not self._tag.search(_folded(text).letters):
            return text
        word = _word("tag", language)
        text = _URL.sub(lambda found: _word("address", language) if self.hides(found[0]) else found[0], text)
        return _without(text, self._tag, 0, word)

    def hides(self, text: str) -> bool:
        """Whether a masked tag is in a text, also within an address, where words are joined otherwise."""
        if self._tag is None:
            return False
        joined = re.sub(r"[-_+.%]", "", _folded(text).letters)
        return bool(self._tag.search(_folded(text).letters)) or any(_folded(tag).letters in joined for tag in self.tags)

    def _without_persons(self, text: str, language: str) -> str:
        letters = _folded(text).letters
        if "@" in letters or ".com" in letters:
            text = _without(text, ACCOUNT_ADDRESS, 1, _LEFT_OUT, lambda found: self._may_be_named(found[1], PAGES))
            text = _without(text, HANDLE, 0, _word("account", language), lambda found: self._may_be_named(found[1]))
        if any(letter.isdigit() for letter in letters):
            text = _without(text, _POST_NUMBER, 1, _LEFT_OUT)
            text = _without(text, _BARE_NUMBER, 1, _LEFT_OUT)
        return text

    def _may_be_named(self, name: str, pages: Collection[str] = ()) -> bool:
        return name.rstrip(".").casefold() in self.accounts or name.casefold() in pages


@lru_cache(maxsize=32)
def _word(what: str, language: str) -> str:
    return catalogue(language if language in LANGUAGES else LANGUAGES[0]).get(f"mask.{what}")


def mask_of(tags: Collection[str], accounts: Collection[str]) -> Mask:
    """A mask of tags, with or without #, and of all accounts but some."""
    return Mask(frozenset(tag.lstrip("#＃") for tag in tags), frozenset(one.casefold() for one in accounts))

"""One mask for what is hidden in public: hateful hashtags of the signed list, handles of private accounts, numbers of
posts in addresses. Its words say what is hidden, so that what is drawn and what is read aloud are the same.

A tag is found with or without #, in any case, composed or not, with letters of other scripts that look the same, and
with marks of no width within (Unicode TR 36 calls these confusables). Only a whole tag is masked, never a part of a
longer one; what is joined to it in another script, as Korean particles are, stays.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.engine.privacy import ACCOUNT_ADDRESS, HANDLE, PAGES
from timeline_app.engine.tweets.look_alikes import CONFUSABLE

_NO_WIDTH = re.compile("[\u200b-\u200f\u2060\u00ad\ufeff\u202a-\u202e\u2066-\u2069]")
_POST_NUMBER = re.compile(r"(/status(?:es)?/|[?&](?:id|tweet_id)=)[0-9]{5,20}", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# An address that is of no platform may have a long number of its own.
_BARE_NUMBER = re.compile(r"((?:https?://|www\.)\S+)|(?<![0-9.])(?<!id:)[0-9]{15,20}(?![0-9])", re.IGNORECASE)
# A mark of no width would end a handle for us, and not for who reads it.
_WITHIN_NAME = re.compile(rf"(?<=[@A-Za-z0-9_.])(?:{_NO_WIDTH.pattern})+(?=[A-Za-z0-9_.])")
_SIGNS = frozenset("#＃")


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


@dataclass(frozen=True)
class Mask:
    """What is hidden: tags without #, and which accounts may be named (in small letters)."""

    tags: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()

    @cached_property
    def _tag(self) -> re.Pattern[str] | None:
        names = sorted({_folded(tag).letters for tag in self.tags if tag}, key=lambda one: (-len(one), one))
        return re.compile(rf"(?<![a-z0-9_])(?:{'|'.join(map(re.escape, names))})(?![a-z0-9_])") if names else None

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
        folded, parts, at = _folded(text), [], 0
        for found in self._tag.finditer(folded.letters):
            start, end = folded.places[found.start()], folded.places[found.end() - 1] + 1
            while start > at and (text[start - 1] in _SIGNS or _has_no_width(text[start - 1])):
                start -= 1
            while end < len(text) and _has_no_width(text[end]):
                end += 1
            parts += [text[at:start], word]
            at = end
        return "".join([*parts, text[at:]])

    def hides(self, text: str) -> bool:
        """Whether a masked tag is in a text, also within an address, where words are joined otherwise."""
        if self._tag is None:
            return False
        joined = re.sub(r"[-_+.%]", "", _folded(text).letters)
        return bool(self._tag.search(_folded(text).letters)) or any(_folded(tag).letters in joined for tag in self.tags)

    def _without_persons(self, text: str, language: str) -> str:
        def account(found: re.Match[str]) -> str:
            return found[0] if self._may_be_named(found[1]) else _word("account", language)

        def address(found: re.Match[str]) -> str:
            name = found[1]
            is_fine = self._may_be_named(name) or name.casefold() in PAGES
            return found[0] if is_fine else found[0][:-len(name)] + "…"

        if "＠" in text or ("@" in text and not text.isascii()):
            text = _WITHIN_NAME.sub("", text.replace("＠", "@"))
        if "@" in text or ".com" in text.casefold():
            text = ACCOUNT_ADDRESS.sub(address, text)
            text = HANDLE.sub(account, text)
        if any(letter.isdigit() for letter in text):
            text = _POST_NUMBER.sub(lambda found: f"{found[1]}…", text)
            text = _BARE_NUMBER.sub(lambda found: found[1] or "…", text)
        return text

    def _may_be_named(self, name: str) -> bool:
        return name.rstrip(".").casefold() in self.accounts


@lru_cache(maxsize=32)
def _word(what: str, language: str) -> str:
    return catalogue(language if language in LANGUAGES else LANGUAGES[0]).get(f"mask.{what}")


def mask_of(tags: Collection[str], accounts: Collection[str]) -> Mask:
    """A mask of tags, with or without #, and of all accounts but some."""
    return Mask(frozenset(tag.lstrip("#＃") for tag in tags), frozenset(one.casefold() for one in accounts))

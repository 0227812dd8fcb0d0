"""Every string a person sees, by key and language. What is said where is not decided here.

A language is a folder `resources/text/<language>/` of flat JSON files, one a room; keys begin with the room's name.
The files of all languages hold the same keys with the same braces (a test says so).
"""
from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from timeline_app.base import resources

LANGUAGES = ("en", "ko")


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The catalogue of one language."""

    language: str
    _entries: dict[str, str]

    def has(self, key: str) -> bool:
        """Whether the catalogue knows the key."""
        return key in self._entries

    def get(self, key: str, **args: object) -> str:
        """The text of a key with its braces filled; an unknown key is a bug and raises KeyError."""
        entry = self._entries[key]
        return entry.format(**args) if args else entry

    def count(self, key: str, n: int, **args: object) -> str:
        """A counted text: `key.one` for one where the language has it, else `key`; `{n}` has thousands commas."""
        one = f"{key}.one"
        return self.get(one if n == 1 and one in self._entries else key, n=f"{n:,}", **args)

    def said(self, args: dict[str, str]) -> dict[str, str]:
        """Arguments in this language: one that begins with @ and names a text is that text."""
        return {name: self._entries.get(value[1:], value) if value.startswith("@") else value
                for name, value in args.items()}

    def keys(self) -> frozenset[str]:
        """All keys, for tests and lists."""
        return frozenset(self._entries)


@cache
def catalogue(language: str) -> Texts:
    """The catalogue of a language; an unknown language gives English."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    entries: dict[str, str] = {}
    for file in sorted(resources.path("text", known).glob("*.json")):
        entries.update(json.loads(file.read_text(encoding="utf-8")))
    return Texts(known, entries)

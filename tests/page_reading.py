"""A page of HTML read as its bytes say, by the standard library: elements, what can be read, what is sealed.

What a browser makes of it is `journeys/test_story_in_browser`.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "input", "link"}
SILENT = {"style", "script", "template"}


@dataclass
class Page(HTMLParser):
    """Elements as (name, attributes) in order, texts with the path of their elements, sealed markup by section."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    sealed: dict[str, str] = field(default_factory=dict)
    _path: list[str] = field(default_factory=list)
    _section: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag == "section":
            self._section = given.get("id", "")
        if tag not in VOID:
            self._path.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        assert self._path and self._path[-1] == tag, f"{tag} is closed within {self._path}"
        self._path.pop()

    def handle_data(self, data):
        if self._path and self._path[-1] == "template":
            self.sealed[self._section] = base64.b64decode(data).decode()
        elif data.strip():
            self.texts.append((tuple(self._path), data))

    def said(self, *within: str) -> str:
        """Everything that can be read, or what stands in elements of some names."""
        kept = [text for path, text in self.texts if not SILENT & set(path) and (not within or set(within) & set(path))]
        return "\n".join(kept)

    def named(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a name."""
        return [given for name, given in self.elements if name == tag]


def read(data: bytes | str) -> Page:
    """A page of bytes, or a part of one, which must be well formed."""
    page = Page()
    page.feed(data.decode() if isinstance(data, bytes) else data)
    page.close()
    assert page._path == []
    return page

"""Citations as plain text, after the notes style of the Chicago Manual of Style (17th edition, chapter 14).

A source that was read as a copy is cited as the original with "seen in" and where; a title that is only a
description of the page stands in square brackets. Words come from the catalogue; dates come as words from the
caller.
"""

from __future__ import annotations

from collections.abc import Iterable

from timeline_app.base.text import Texts
from timeline_app.domain.records import Source


def citation(source: Source, texts: Texts, issued: str = "") -> str:
    """One source as a note: author, title, container, date, address. `issued` is its date in words."""
    parts = [authors(source, texts), title(source, texts), original(source), issued, seen_in(source, texts)]
    if not source.seen_as.get("URL"):
        parts.append(address(source))
    said = [part for part in parts if part]
    return ", ".join(said) + "." if said else source.id


def authors(source: Source, texts: Texts) -> str:
    """Up to three authors; of more, the first "and others"."""
    named = [name for name in source.authors if name]
    if len(named) > 3:
        return texts.get("detail.cite.and_others", name=named[0])
    if len(named) < 2:
        return "".join(named)
    return texts.get("detail.cite.and", first=", ".join(named[:-1]), last=named[-1])


def title(source: Source, texts: Texts) -> str:
    """The title in quotation marks, or the description of the page in brackets, said to be one."""
    if not source.title:
        return ""
    if source.title_is_description:
        return texts.get("detail.cite.description", title=source.title)
    return texts.get("detail.cite.title", title=source.title)


def original(source: Source) -> str:
    """Where it was published; of a copy, where the original was."""
    return source.original.get("container-title") or source.container


def seen_in(source: Source, texts: Texts) -> str:
    """Where a copy was read, "" for a source that was read itself."""
    place, url = source.seen_as.get("container-title", ""), source.seen_as.get("URL", "")
    if not (place or url):
        return ""
    return texts.get("detail.cite.seen_in", place=", ".join(part for part in (place, url) if part))


def address(source: Source) -> str:
    """Its DOI as an address, else its URL, else where the copy was read."""
    if source.doi:
        return source.doi if source.doi.startswith("http") else f"https://doi.org/{source.doi}"
    return source.url or source.seen_as.get("URL", "")


def cite_event(title: str, when: str, dataset: str, citations: Iterable[str], texts: Texts) -> str:
    """An event for the clipboard: its title, its time, the dataset, and the sources as a numbered list."""
    head = texts.get("detail.cite.event", title=title, when=when, dataset=dataset)
    lines = [f"[{number}] {one}" for number, one in enumerate(citations, 1)]
    return "\n".join([head, *([texts.get("detail.cite.sources")] if lines else []), *lines]) + "\n"

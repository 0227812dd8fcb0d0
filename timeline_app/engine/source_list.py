"""Sources from CSL-JSON, as Zotero exports it, with what we add: original, seen_as, title_is_description.

How a source is cited is in domain/cite.
"""
from __future__ import annotations

import re
from typing import Any

import msgspec

from timeline_app.base.problems import Problem
from timeline_app.domain.records import Source
from timeline_app.engine.json_text import Document

_NUMBER = re.compile(r"-?[0-9]{1,6}")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


class _Name(msgspec.Struct):
    family: str = ""
    given: str = ""
    literal: str = ""


class _Date(msgspec.Struct):
    date_parts: list[list[int | str]] = msgspec.field(default_factory=list, name="date-parts")
    literal: str = ""
    raw: str = ""


class _Item(msgspec.Struct):
    id: str | int
    type: str = ""
    title: str = ""
    author: list[_Name] = []
    container: str = msgspec.field(default="", name="container-title")
    url: str = msgspec.field(default="", name="URL")
    doi: str = msgspec.field(default="", name="DOI")
    issued: _Date | None = None
    language: str = ""
    note: str = ""
    title_is_description: bool = False
    original: dict[str, Any] = {}
    seen_as: dict[str, Any] = {}


def read_sources(data: bytes, file: str, problems: list[Problem]) -> dict[str, Source]:
    """The sources by id; of two with the same id the first."""
    document = Document(data, file, problems)
    if document.value is None:
        return {}
    if not isinstance(document.value, list):
        document.report("wrong_type", "$", expected="array", got="object")
        return {}
    sources: dict[str, Source] = {}
    for place, value in enumerate(document.value):
        item = document.take(value, _Item, f"$[{place}]")
        if item is None:
            continue
        if not str(item.id) or str(item.id) in sources:
            document.report("same_id" if str(item.id) else "no_id", f"$[{place}].id", id=item.id)
            continue
        sources[str(item.id)] = _source(item)
    return sources


def _source(item: _Item) -> Source:
    return Source(
        str(item.id), item.type, item.title, tuple(name for name in map(_name, item.author) if name),
        item.container, item.url, item.doi, _issued(item.issued), item.language, item.note,
        item.title_is_description, _texts(item.original), _texts(item.seen_as))


def _name(name: _Name) -> str:
    """A name as it is written where it is from: in Korean, Chinese and Japanese letters the family comes first, with no
    space."""
    if _EAST_ASIAN.match(name.family) and _EAST_ASIAN.match(name.given):
        return name.literal or name.family + name.given
    return name.literal or f"{name.given} {name.family}".strip()


def _issued(date: _Date | None) -> str:
    """The date as EDTF where the parts give one, else as it is written."""
    if date is None:
        return ""
    ends = [_edtf(parts) for parts in date.date_parts if parts and all(_NUMBER.fullmatch(str(p)) for p in parts)]
    return "/".join(ends) or date.literal or date.raw


def _edtf(parts: list[int | str]) -> str:
    year, *rest = map(int, parts)
    sign = "-" if year < 0 else ""
    return "-".join([f"{sign}{abs(year):04}", *(f"{part:02}" for part in rest[:2])])


def _texts(members: dict[str, Any]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else str(value) for name, value in members.items()}

"""What `datapackage.json` may say, as structs with defaults. A wrong type is a problem with its JSON path,
and the rest still holds. What follows from it for lanes and series is not decided here.
"""
from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

from timeline_app.base.problems import Problem
from timeline_app.domain import zones
from timeline_app.domain.records import Words
from timeline_app.engine.json_text import Document

Text = dict[str, str] | str
MOST_MEMBERS = 500
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Stretch(msgspec.Struct, frozen=True):
    """Two moments as text."""

    start: str = ""
    end: str = ""


class Opening(msgspec.Struct, frozen=True):
    """What is shown first."""

    span: Stretch | None = None
    start: str = ""
    end: str = ""
    select: str = ""


class Category(msgspec.Struct, frozen=True):
    """One part of a stacked series."""

    key: str
    label: Text = ""
    role: str = "free"


class SeriesEntry(msgspec.Struct, frozen=True):
    """The "timeline" member of a resource of counts."""

    series: str
    bin: Literal["1min", "10min", "1h", "1d", "point"]
    event_id: str = ""
    title: Text = ""
    short: Text = ""
    per: Text = ""
    who: Text = ""
    unit: str = ""
    zone: str = "UTC"
    categories: tuple[Category, ...] = ()
    covered: Stretch | None = None
    missing_bins_are_zero: bool = False
    source_id: str = ""
    source_ids: tuple[str, ...] = ()
    caveat: Text = ""


class Resource(msgspec.Struct, frozen=True):
    """One file of the package."""

    path: str
    name: str = ""
    timeline: dict[str, Any] | None = None


class Select(msgspec.Struct, frozen=True):
    """Which events a lane takes."""

    kind: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


class Remark(msgspec.Struct, frozen=True):
    """A worded mark of a lane."""

    at: str
    text: Text = ""


class Lane(msgspec.Struct, frozen=True):
    """One lane as the dataset asks for it."""

    id: str
    type: str = "events"
    half: Literal["documented", "counted"] = "documented"
    title: Text = ""
    note: Text = ""
    select: Select = Select()
    series: str = ""
    annotations: tuple[Remark, ...] = ()


class MaskedTag(msgspec.Struct, frozen=True):
    """A hashtag that is hidden in public, with the reason."""

    tag: str
    reason: Text = ""
    signed_by: str = ""


class Account(msgspec.Struct, frozen=True):
    """An account that may be named."""

    handle: str
    name: str = ""


class Overview(msgspec.Struct, frozen=True):
    """What the overview draws."""

    series: str = ""


class Timeline(msgspec.Struct, frozen=True):
    """The "timeline" member of the package. Lists are taken member by member, so that one fault loses one
    member."""

    zone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    titles: Text = ""
    descriptions: Text = ""
    translation_status: dict[str, str] = {}
    opening_view: Opening = Opening()
    overview: Overview = Overview()
    lanes: list[Any] = []
    masked_tags: list[Any] = []
    crowds: tuple[str, ...] = ()
    public_accounts: dict[str, Any] = {}
    subjects: dict[str, dict[str, Any]] = {}
    vocabulary: dict[str, Text] = {}
    units: dict[str, Text] = {}
    unit_patterns: dict[str, Text] = {}
    content_policy: dict[str, Text] = {}


class Licence(msgspec.Struct, frozen=True):
    """A licence by name."""

    name: str = ""
    title: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """The whole file. `lanes`, `masked_tags`, `accounts` and `series` are filled from the raw lists."""

    id: str = ""
    name: str = ""
    title: str = ""
    licenses: list[Licence] = []
    resources: tuple[Resource, ...] = ()
    timeline: Timeline = Timeline()
    lanes: tuple[tuple[str, Lane], ...] = ()
    masked_tags: tuple[MaskedTag, ...] = ()
    accounts: frozenset[str] = frozenset()
    series: tuple[tuple[str, Resource, SeriesEntry], ...] = ()


class _Top(msgspec.Struct, frozen=True):
    id: str = ""
    name: str = ""
    title: str = ""
    licenses: list[Licence] = []
    resources: list[Any] = []
    timeline: dict[str, Any] = {}


def read_manifest(data: bytes, file: str, problems: list[Problem]) -> tuple[Manifest, Document]:
    """The manifest and the document it stands in, for faults found later. An unreadable file gives an empty
    one."""
    document = Document(data, file, problems)
    if document.value is None:
        return Manifest(), document
    top = document.take(document.value, _Top, "$") or _Top()
    timeline = _checked(document.take(top.timeline, Timeline, "$.timeline") or Timeline(), document)
    resources = _members(document, top.resources, Resource, "$.resources")
    listed = timeline.public_accounts.get("accounts", [])
    accounts = _members(document, listed, Account, "$.timeline.public_accounts.accounts")
    return Manifest(
        top.id, top.name, top.title, top.licenses, tuple(one for _, one in resources), timeline,
        lanes=tuple(_members(document, timeline.lanes, Lane, "$.timeline.lanes")),
        masked_tags=tuple(one for _, one in _members(document, timeline.masked_tags, MaskedTag,
                                                      "$.timeline.masked_tags")),
        accounts=frozenset(one.handle.removeprefix("@").casefold() for _, one in accounts),
        series=tuple(_series(document, resources))), document


def _members(document: Document, values: Any, kind: type, path: str) -> list[tuple[str, Any]]:
    """Each usable member of a list with its path."""
    if not isinstance(values, list):
        document.report("wrong_type", path, expected="array", got=type(values).__name__)
        return []
    if len(values) > MOST_MEMBERS:
        document.report("too_many_members", path, limit=MOST_MEMBERS)
        values = values[:MOST_MEMBERS]
    paths = [f"{path}[{place}]" for place in range(len(values))]
    taken = [(place, document.take(value, kind, place)) for place, value in zip(paths, values, strict=True)]
    return [(place, one) for place, one in taken if one is not None]


def _series(document: Document, resources: list[tuple[str, Resource]]
            ) -> list[tuple[str, Resource, SeriesEntry]]:
    entries = [(f"{path}.timeline", one, document.take(one.timeline, SeriesEntry, f"{path}.timeline"))
               for path, one in resources if one.timeline is not None]
    return [(path, resource, entry) for path, resource, entry in entries if entry is not None]


def _checked(timeline: Timeline, document: Document) -> Timeline:
    """The same with a zone and languages that exist."""
    zone = timeline.zone
    if not zones.is_zone(zone):
        document.report("unknown_zone", "$.timeline.zone", zone=zone)
        zone = "UTC"
    languages = tuple(dict.fromkeys(code for code in timeline.languages if _LANGUAGE.fullmatch(code)))
    if languages != timeline.languages or not languages:
        document.report("bad_language", "$.timeline.languages")
    return msgspec.structs.replace(timeline, zone=zone, languages=languages or ("en",))


def words(text: Text, languages: tuple[str, ...]) -> Words:
    """A text of the manifest with its translations; without the first language any text stands for it."""
    if isinstance(text, str):
        return Words(text)
    first = text.get(languages[0]) or next(iter(text.values()), "")
    return Words(first, tuple((code, text[code]) for code in languages[1:] if text.get(code)))


def text_of(said: Words, languages: tuple[str, ...]) -> Text:
    """Words as a file has them: the text alone where there is no translation, else a text by language."""
    if not said.others:
        return said.text
    return {languages[0] if languages else "en": said.text} | dict(said.others)

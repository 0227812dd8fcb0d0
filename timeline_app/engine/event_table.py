"""Events from the rows of a table: words, place and the four instants. Other tables are in `claim_tables`.

The date is EDTF in the event's own zone; a precision column says what EDTF cannot, and the four columns
earliest_start .. latest_end win where they are filled.
"""
from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from timeline_app.base.problems import Problem
from timeline_app.domain import edtf, zones
from timeline_app.domain.records import Event, Place
from timeline_app.domain.time import BadDate, Precision, When
from timeline_app.engine.instants import instant
from timeline_app.engine.tables import Header, Row, Table, taken, with_columns, with_own_ids

KINDS = frozenset({
    "portal", "call", "flood", "statement", "donation", "protest", "context", "report", "other"})
STATES = frozenset({"open", "down", "closed", "restored"})
FLAGS = frozenset({"violence", "hateful_tag", "profanity", "minor"})
PRECISIONS = frozenset(precision.value for precision in Precision)
BOUNDS = ("earliest_start", "latest_start", "earliest_end", "latest_end")
TRANSLATED = ("title", "label", "note", "summary", "place")
COLUMNS = frozenset({
    "id", *TRANSLATED, "kind", "subject", "state", "edtf", "precision", *BOUNDS, "timezone", "lat", "lon", "actors",
    "hashtags", "resolved_by", "content_flags", "source_ids"})
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,15})?")


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may refer to. `kinds` None allows every kind; refused events count as known, so that one bad
    date does not speak up in every row about that event."""

    languages: tuple[str, ...] = ("en",)
    kinds: frozenset[str] | None = KINDS
    events: Collection[str] = frozenset()
    sources: Collection[str] = frozenset()
    questions: Collection[tuple[str, str]] = frozenset()


def read_events(table: Table, known: Known, problems: list[Problem]) -> tuple[Event, ...]:
    """The events of a table whose rows have ids."""
    usable = with_own_ids(with_columns(table, ("id", "title", "edtf"), problems), problems)
    return taken(usable, lambda row, found: _event(row, known, found), problems)


def _event(row: Row, known: Known, found: list[Problem]) -> Event | None:
    when = _when(row, found)
    title = row.words("title", known.languages)
    if not title.text:
        found.append(row.problem("empty_title", "title"))
    if known.kinds is not None:
        row.word("kind", known.kinds, found)
    row.known("resolved_by", known.events, "unknown_event", found)
    if when is None:
        return None
    return Event(
        row.text("id"), title, when, row.text("kind") or "other",
        label=row.words("label", known.languages),
        note=row.words("note", known.languages),
        summary=row.words("summary", known.languages),
        subject=row.text("subject"), state=row.word("state", STATES, found),
        place=_place(row, known.languages, found),
        actors=row.items("actors"),
        hashtags=tuple(tag.removeprefix("#") for tag in row.items("hashtags")),
        resolved_by=row.text("resolved_by"),
        content_flags=flags(row, "content_flags", found),
        source_ids=source_ids(row, "source_ids", known, found),
        columns=tuple((name, row.words(name, known.languages)) for name in unknown(row.header) if row.text(name)))


@lru_cache(maxsize=64)
def unknown(header: Header) -> tuple[str, ...]:
    """The columns of a table of events that the format does not know, without those that translate another."""
    given = frozenset(header.columns)
    return tuple(name for name in dict.fromkeys(header.columns) if name and name not in COLUMNS
                 and name.rpartition(".")[0] not in given)


def flags(row: Row, column: str, found: list[Problem]) -> frozenset[str]:
    """The content flags of a row. An unknown one is an error: what it should hide would be shown."""
    given = frozenset(row.items(column))
    found += [row.problem("unknown_word", column, word=flag, allowed=", ".join(sorted(FLAGS)))
              for flag in sorted(given - FLAGS)]
    return given


def source_ids(row: Row, column: str, known: Known, found: list[Problem]) -> tuple[str, ...]:
    """The sources a row names."""
    given = row.items(column)
    found += [row.problem("unknown_source", column, id=one) for one in given if one not in known.sources]
    return given


def zone_of(row: Row, column: str, found: list[Problem]) -> str | None:
    """The IANA zone of a cell, None where it is empty; another text is added to `found`."""
    name = row.text(column)
    if not name or zones.is_zone(name):
        return name or None
    found.append(row.problem("unknown_zone", column, zone=name))
    return None


def _when(row: Row, found: list[Problem]) -> When | None:
    zone = zone_of(row, "timezone", found)
    text = row.text("edtf")
    if not text:
        found.append(row.problem("empty_date", "edtf"))
        return None
    try:
        when = _resolved(text, zone)
    except BadDate as error:
        found.append(row.problem(error.code, "edtf", **{"text": text, **error.args_}))
        return None
    word = row.text("precision")
    if word in PRECISIONS:
        when = replace(when, precision=Precision(word))
    elif word:
        row.word("precision", PRECISIONS, found)
    return _with_bounds(row, when, found)


@lru_cache(maxsize=16_384)
def _resolved(text: str, zone: str | None) -> When:
    return edtf.resolve(text, zone)


def _with_bounds(row: Row, when: When, found: list[Problem]) -> When:
    """The four columns put over what EDTF says. The ends of a moment that are not given are those of its
    start."""
    given = {name: instant(row.text(name)) for name in BOUNDS if row.text(name)}
    for name in [name for name, value in given.items() if value is None]:
        found.append(row.problem("bad_instant", name, text=row.text(name)))
        del given[name]
    if not given:
        return when
    if when.is_moment and not {"earliest_end", "latest_end"} & given.keys():
        given |= {"earliest_end": given.get("earliest_start", when.earliest_start),
                  "latest_end": given.get("latest_start", when.latest_start)}
    bounded = replace(when, **given, open_start=when.open_start and "earliest_start" not in given,
                      open_end=when.open_end and "latest_end" not in given)
    if not bounded.is_ordered:
        found.append(row.problem("bounds_order", next(name for name in BOUNDS if row.text(name))))
        return when
    if not bounded.span.overlaps(when.span):
        found.append(row.problem("bounds_elsewhere", "edtf", severity="warning", text=when.text))
    return bounded


def _place(row: Row, languages: tuple[str, ...], found: list[Problem]) -> Place:
    latitude, longitude = _degrees(row, "lat", 90, found), _degrees(row, "lon", 180, found)
    empty = [column for column in ("lat", "lon") if not row.text(column)]
    if len(empty) == 1:
        found.append(row.problem("half_a_place", empty[0], severity="warning"))
        latitude = longitude = None
    return Place(row.words("place", languages), latitude, longitude)


def _degrees(row: Row, column: str, most: int, found: list[Problem]) -> float | None:
    text = row.text(column)
    if not text:
        return None
    degrees = float(text) if _DEGREES.fullmatch(text) else math.nan
    if abs(degrees) <= most:
        return degrees
    found.append(row.problem("bad_degrees", column, text=text, most=most))
    return None

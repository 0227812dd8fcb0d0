"""EDTF texts as values, and the four instants each can mean: dates, intervals and sets; never a guess.

Levels 0 and 1 whole; of level 2 sets, marks on any part, X for any digit, seasons 21 to 41, years with an
exponent or significant digits. Beyond the specification, because sources say such things: clock times in
intervals and sets, a fraction of three digits, and `?`, `~`, `%` after a clock time. Refused: intervals and
sets without any date. Single dates are read in `edtf_date`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from timeline_app.domain import zones
from timeline_app.domain.edtf_bounds import EASTERNMOST, WESTERNMOST, clock_bounds, stated_precision
from timeline_app.domain.edtf_date import Date, read_date
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, BadDate, Basis, Precision, When

LONGEST_TEXT = 200
OPEN = ".."  # an end left open: none, or not stated
UNKNOWN = ""  # an end nobody knows

_NOT_EDTF = re.compile(r"[^0-9XYESTZ:.,+\-/\[\]{}?~% ]")
_WORD = re.compile(r"[A-Za-z]{1,20}")
_SLASH_DATE = re.compile(r"[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4}|[0-9]{1,2}/[0-9]{4}|[0-9]{4}/[0-9]{1,2}")
_CLOSING = {"[": "]", "{": "}"}


class Kind(Enum):
    """What the dates of a text are to each other; the values are the brackets of a set."""

    DATE = ""
    INTERVAL = "/"
    ONE_OF = "[]"
    ALL_OF = "{}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a date to a date, either of which may be OPEN or UNKNOWN; both the same for a single date."""

    first: Date | str
    last: Date | str

    @property
    def dates(self) -> tuple[Date, ...]:
        """The dates that are stated."""
        return tuple(date for date in (self.first, self.last) if isinstance(date, Date))

    def __str__(self) -> str:
        if self.first == self.last:
            return str(self.first)
        return OPEN.join("" if end == OPEN else str(end) for end in (self.first, self.last))


@dataclass(frozen=True, slots=True)
class Edtf:
    """An EDTF text read: its kind and its stretches, one unless it is a set. `str` writes it canonically."""

    kind: Kind
    stretches: tuple[Stretch, ...]

    @property
    def marks(self) -> str:
        """All marks in it, to look for `?`, `~` and `%` in."""
        return "".join(mark for stretch in self.stretches for date in stretch.dates for mark in date.marks)

    def __str__(self) -> str:
        if self.kind is Kind.DATE:
            return str(self.stretches[0])
        if self.kind is Kind.INTERVAL:
            return f"{self.stretches[0].first}/{self.stretches[0].last}"
        return self.kind.value[0] + ",".join(map(str, self.stretches)) + self.kind.value[1]


def parse(text: str) -> Edtf:
    """The EDTF value of a text, spaces around it and after commas let pass. Raises BadDate, nothing else."""
    stripped = _checked_text(text)
    column = len(text) - len(text.lstrip(" ")) + 1
    if "/" in stripped:
        return _interval(stripped, column)
    if stripped[0] in _CLOSING:
        return _set(stripped, column)
    date = _date(stripped, column)
    return Edtf(Kind.DATE, (Stretch(date, date),))


def resolve(edtf: Edtf | str, zone: str | None, basis: Basis = Basis.DOCUMENT) -> When:
    """When it was: the bounds of start and end, taken on the clocks of an IANA zone. Raises BadDate.

    A single date began and ended within itself, one of a set within the hull of the set. An interval, and all
    of a set, began within the first and ended within the last. Zone None means nobody stated one: each date
    is then all the time it can be anywhere, a day 50 hours. A clock time with an offset needs no zone.
    """
    edtf = parse(edtf) if isinstance(edtf, str) else edtf
    if zone is not None and not zones.is_zone(zone):
        raise BadDate("date_zone", {"zone": str(zone)[:LONGEST_TEXT]})
    bounds = [_four(stretch, edtf.kind, zone) for stretch in edtf.stretches]
    earliest_start, latest_start, earliest_end, latest_end = zip(*bounds, strict=True)
    in_one_of = edtf.kind is Kind.ONE_OF
    return When(
        min(earliest_start),
        max(latest_start) if in_one_of else min(latest_start),
        min(earliest_end) if in_one_of else max(earliest_end),
        max(latest_end),
        _precision(edtf),
        basis,
        zone,
        str(edtf),
        approximate=bool({"~", "%"} & set(edtf.marks)),
        uncertain=bool({"?", "%"} & set(edtf.marks)),
        open_start=min(earliest_start) == MIN_INSTANT,
        open_end=max(latest_end) == MAX_INSTANT,
    )


def _checked_text(text: object) -> str:
    """The text without the spaces around it, if all its characters can be EDTF."""
    if not isinstance(text, str):
        raise BadDate("date_not_text", {"type": type(text).__name__})
    if len(text) > LONGEST_TEXT:
        raise BadDate("date_too_long", {"limit": LONGEST_TEXT, "length": len(text)})
    stripped = text.strip(" ")
    if not stripped:
        raise BadDate("date_empty")
    if _SLASH_DATE.fullmatch(stripped):
        raise BadDate("date_slashes", {"text": stripped})
    strange = _NOT_EDTF.search(text)
    if strange:
        raise _strange(text, strange)
    return stripped


def _strange(text: str, strange: re.Match[str]) -> BadDate:
    word = next((word for word in _WORD.finditer(text) if word.start() <= strange.start() < word.end()), None)
    if word:
        return BadDate("date_words", {"word": word[0]}, word.start() + 1)
    character = strange[0] if strange[0].isprintable() else f"U+{ord(strange[0]):04X}"
    return BadDate("date_character", {"character": character}, strange.start() + 1)


def _date(text: str, column: int) -> Date:
    """A date that exists."""
    date = read_date(text, column)
    try:
        clock_bounds(date)
    except BadDate as bad:
        raise BadDate(bad.code, bad.args_, column) from None
    return date


def _interval(text: str, column: int) -> Edtf:
    first, _, last = text.partition("/")
    if "/" in last or not (first + last).strip("."):
        raise BadDate("date_interval", {"text": text}, column)
    ends = (
        first if first in (OPEN, UNKNOWN) else _date(first, column),
        last if last in (OPEN, UNKNOWN) else _date(last, column + len(first) + 1),
    )
    return Edtf(Kind.INTERVAL, (_in_order(Stretch(*ends), column),))


def _set(text: str, column: int) -> Edtf:
    if text[-1] != _CLOSING[text[0]]:
        raise BadDate("date_set_brackets", {"text": text}, column)
    kind = Kind.ONE_OF if text[0] == "[" else Kind.ALL_OF
    return Edtf(kind, tuple(_stretches(text[1:-1], column + 1)))


def _stretches(text: str, column: int) -> Iterator[Stretch]:
    for member in text.split(","):
        yield _stretch(member.strip(" "), column + len(member) - len(member.lstrip(" ")))
        column += len(member) + 1


def _stretch(member: str, column: int) -> Stretch:
    first, dots, last = member.partition(OPEN)
    if not dots:
        date = _date(member, column)
        return Stretch(date, date)
    if not (first or last):
        raise BadDate("date_set_open", {}, column)
    start = _date(first, column) if first else OPEN
    end = _date(last, column + len(first) + len(OPEN)) if last else OPEN
    return _in_order(Stretch(start, end), column)


def _in_order(stretch: Stretch, column: int) -> Stretch:
    """The stretch, unless it ends before it starts; two kinds of clocks are compared once a zone is known."""
    on_one_clock = len({_has_offset(date) for date in stretch.dates}) == 1
    if len(stretch.dates) == 2 and on_one_clock:
        _check_order(stretch, clock_bounds(stretch.first), clock_bounds(stretch.last), column)
    return stretch


def _check_order(
    stretch: Stretch, first: tuple[int, int], last: tuple[int, int], column: int | None = None
) -> None:
    if last[1] <= first[0]:
        raise BadDate("date_reversed", {"first": str(stretch.first), "last": str(stretch.last)}, column)


def _has_offset(date: Date) -> bool:
    return date.clock is not None and date.clock.offset is not None


def _four(stretch: Stretch, kind: Kind, zone: str | None) -> tuple[int, int, int, int]:
    """Earliest start, latest start, earliest end and latest end of a stretch."""
    first = _placed(stretch.first, zone) if isinstance(stretch.first, Date) else None
    last = _placed(stretch.last, zone) if isinstance(stretch.last, Date) else None
    if first and last:
        _check_order(stretch, first, last)
    if kind is Kind.ONE_OF:
        low, high = first[0] if first else MIN_INSTANT, last[1] if last else MAX_INSTANT
        return low, high, low, high
    # What has no known end lasted at least through what is known of its start, and the other way round.
    start_low, start_high = first or (MIN_INSTANT, last[0])
    end_low, end_high = last or (first[1], MAX_INSTANT)
    return start_low, min(start_high, end_high), max(end_low, start_low), end_high


def _placed(date: Date, zone: str | None) -> tuple[int, int]:
    """First instant of a date in a zone and the first after it."""
    low, high = clock_bounds(date)
    if _has_offset(date):
        return low, high
    if zone is None:
        return low - EASTERNMOST, high + WESTERNMOST
    start, end = zones.first_instant(low, zone), zones.last_instant(high, zone)
    if start < end:
        return start, end
    pushed = zones.to_utc(low, zone)  # the clock skipped all of it
    return pushed, pushed + high - low


def _precision(edtf: Edtf) -> Precision:
    return max(stated_precision(date) for stretch in edtf.stretches for date in stretch.dates)

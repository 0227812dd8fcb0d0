"""What a source answers, in a form that can be compared. Grouping answers and finding disputes is in
`claims`.

Forms (manual, "Claims"): EDTF, ISO 8601 durations with `../` for "within", number and unit, keys joined by
`|`. A clock time has no seconds in most documents and two clocks rarely agree to the second: it reaches 30 s
either way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from timeline_app.domain import calendar, durations, edtf
from timeline_app.domain.time import Precision, When

Kind = Literal["when", "duration", "amount", "keys", "empty", "unread"]
NOT_ESTABLISHED = "not-established"
ABOUT_SHARE = Decimal("0.1")
_CLOCK_REACH = calendar.MINUTE // 2
_CLOCK = frozenset({Precision.MS, Precision.SECOND, Precision.MINUTE})
_AMOUNT = re.compile(r"(>=|<=|>|<|~|)\s*(-?[0-9]{1,30}(?:\.[0-9]{1,12})?)(?:\s+(\S.*))?", re.ASCII)
_YEAR_FIRST = re.compile(r"[\[{.]*(Y?-?[0-9]|[0-9X]{4})")


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`; None has no limit on that side, an open side leaves its limit out."""

    low: Decimal | int | None = None
    high: Decimal | int | None = None
    low_open: bool = False
    high_open: bool = False

    def is_below(self, other: Range) -> bool:
        """Whether everything here is less than everything there."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    def is_disjoint(self, other: Range) -> bool:
        """Whether no value lies in both."""
        return self.is_below(other) or other.is_below(self)

    def lies_in(self, other: Range) -> bool:
        """Whether every value here is there as well; limits are taken as inside."""
        above = other.low is None or (self.low is not None and self.low >= other.low)
        below = other.high is None or (self.high is not None and self.high <= other.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `range` is ms UTC for "when", ms for "duration", a number of `unit` for "amount"; "empty"
    cannot be compared, "unread" should be comparable and could not be read. `text` is the answer as the table
    has it."""

    kind: Kind
    text: str = ""
    range: Range = Range()
    unit: str = ""
    qualifier: str = ""
    keys: tuple[str, ...] = ()
    when: When | None = None

    @property
    def is_comparable(self) -> bool:
        """Whether another answer could agree or disagree with this one."""
        return self.kind not in ("empty", "unread")

    @property
    def is_unknown(self) -> bool:
        """Whether the source answers that nobody knows."""
        return self.keys == (NOT_ESTABLISHED,)

    @property
    def identity(self) -> tuple:
        """Equal for answers that say the same, in whatever offset, order or unit of time they are written."""
        if self.when is not None:
            one = self.when
            return (
                self.kind,
                one.earliest_start,
                one.latest_start,
                one.earliest_end,
                one.latest_end,
                one.approximate,
            )
        return (
            self.kind,
            self.range,
            self.unit,
            frozenset(self.keys),
            "" if self.is_comparable else self.text,
        )

    def excludes(self, other: Answer, exclusive: bool) -> bool:
        """Whether both cannot be right: ranges that share nothing, or other keys where only one key can be
        right. "Not established" names nothing that could be wrong, so it excludes nothing."""
        if self.kind != other.kind or self.unit != other.unit or not self.is_comparable:
            return False
        if self.kind == "keys":
            known = not (self.is_unknown or other.is_unknown)
            return exclusive and known and not set(self.keys) & set(other.keys)
        return self.range.is_disjoint(other.range)

    def lies_in(self, other: Answer) -> bool:
        """Whether who is right with this is right with the other, so that denying the other denies this."""
        if self.kind != other.kind or self.unit != other.unit or not self.is_comparable:
            return False
        if self.kind == "keys":
            return bool(set(self.keys) & set(other.keys))
        return self.range.lies_in(other.range)


def parse_answer(answer: str, unit: str = "", zone: str | None = None) -> Answer:
    """The comparable form of an answer to a question with that unit; `zone` is where its days begin.

    Never raises: what should be comparable and cannot be read has the kind "unread" (`check` reports it).
    """
    text = answer.strip()
    if not text:
        return Answer("empty")
    if text == NOT_ESTABLISHED:
        return _keys(text)
    for form in _forms(unit, text):
        found = form(text, unit, zone)
        if found is not None:
            return found
    return Answer("unread", text)


def _forms(unit: str, text: str) -> tuple:
    if unit == "EDTF":
        return (_when,)
    if unit == "duration":
        return (_duration,)
    if unit == "actor":
        return (_keys,)
    if unit == "key":
        return (_counted_key, _keys)
    if unit:
        return (_amount,)
    return (_when, _counted_key, _keys) if _YEAR_FIRST.match(text) else (_keys,)


def _when(text: str, unit: str, zone: str | None) -> Answer | None:
    try:
        when = edtf.resolve(text, zone)
    except ValueError:  # BadDate, or a zone nobody knows
        return None
    reach = _CLOCK_REACH if when.precision in _CLOCK else 0
    if when.approximate:
        reach = max(reach, when.latest_start - when.earliest_start)
    low = None if when.open_start else when.earliest_start - reach
    high = None if when.open_end else when.latest_end + reach
    return Answer("when", text, Range(low, high, high_open=True), when=when)


def _duration(text: str, unit: str, zone: str | None) -> Answer | None:
    try:
        low, high = durations.parse(text)
    except ValueError:
        return None
    return Answer("duration", text, Range(low, high))


def _amount(text: str, unit: str, zone: str | None) -> Answer | None:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    qualifier, number, own_unit = match[1], Decimal(match[2]), match[3] or unit
    return Answer("amount", text, _range(qualifier, number), own_unit, qualifier)


def _range(qualifier: str, number: Decimal) -> Range:
    if qualifier == "~":
        around = abs(number) * ABOUT_SHARE
        return Range(number - around, number + around)
    if qualifier.startswith(">"):
        return Range(number, None, low_open=qualifier == ">")
    if qualifier.startswith("<"):
        return Range(None, number, high_open=qualifier == "<")
    return Range(number, number)


def _counted_key(text: str, unit: str, zone: str | None) -> Answer | None:
    found = _amount(text, "", zone)
    return found if found is not None and found.unit else None


def _keys(text: str, unit: str = "", zone: str | None = None) -> Answer:
    return Answer("keys", text, keys=tuple(key.strip() for key in text.split("|") if key.strip()))

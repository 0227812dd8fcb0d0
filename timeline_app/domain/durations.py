"""How long something took, as claims state it: ISO 8601 durations and ranges of them, read only.

A range is two durations around `/`, with `..` for a side nobody stated: `../PT24H` is "within 24 hours",
`PT5H/..` is "at least 5 hours". Months and years are refused: they have no fixed length.
"""

from __future__ import annotations

import re
from fractions import Fraction

from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND
from timeline_app.domain.time import MAX_INSTANT, BadDate

LONGEST_TEXT = 200

_OPEN = ".."
_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_WEEKS = re.compile(rf"P{_NUMBER}W")
_DURATION = re.compile(rf"P(?=.)(?:{_NUMBER}D)?(?:T(?=.)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?")
_OF_MONTHS = re.compile(r"P[0-9.,WD]*[0-9.,]+[YM]")
_UNITS = (DAY, HOUR, MINUTE, SECOND)


def parse(text: str) -> tuple[int, int | None]:
    """Least and greatest length in ms, both included; None for no greatest. Raises BadDate."""
    if not isinstance(text, str):
        raise BadDate("duration_not_text", {"type": type(text).__name__})
    if not text:
        raise BadDate("duration_empty")
    if len(text) > LONGEST_TEXT:
        raise BadDate("duration_too_long", {"limit": LONGEST_TEXT, "length": len(text)})
    least, slash, greatest = text.partition("/")
    if not slash:
        length = _length(text, 1)
        return length, length
    return _range(least, greatest)


def _range(least: str, greatest: str) -> tuple[int, int | None]:
    if least == greatest == _OPEN:
        raise BadDate("duration_open", {}, 1)
    low = 0 if least == _OPEN else _length(least, 1)
    high = None if greatest == _OPEN else _length(greatest, len(least) + 2)
    if high is not None and high < low:
        raise BadDate("duration_reversed", {}, 1)
    return low, high


def _length(text: str, column: int) -> int:
    match = _WEEKS.fullmatch(text)
    numbers = [(match[1], 7 * DAY)] if match else _numbers(text, column)
    if any("." in number for number, _ in numbers[:-1]):
        raise BadDate("duration_shape", {}, column)  # ISO 8601 allows a fraction in the last number only
    length = sum(Fraction(number) * unit for number, unit in numbers)
    if length > MAX_INSTANT:
        raise BadDate("duration_out_of_range", {}, column)
    if length.denominator != 1:
        raise BadDate("duration_too_fine", {}, column)
    return int(length)


def _numbers(text: str, column: int) -> list[tuple[str, int]]:
    """Each number of a duration with the ms of its unit."""
    match = _DURATION.fullmatch(text)
    if match:
        return [(number, unit) for number, unit in zip(match.groups(), _UNITS, strict=True) if number]
    if _OF_MONTHS.match(text):
        raise BadDate("duration_no_fixed_length", {}, column)
    raise BadDate("duration_shape", {}, column)

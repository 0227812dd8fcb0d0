"""Answers in words: times, lengths of time, amounts, and keys through the dataset's own vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from timeline_app.base.text import Texts
from timeline_app.domain import calendar, zones
from timeline_app.domain.answers import NOT_ESTABLISHED, Answer
from timeline_app.domain.time import Precision, When
from timeline_app.viewmodel import wording

# The words of a key: table ("vocabulary", "units", "unit_patterns") and key in, readable words or the key
# itself out.
Word = Callable[[str, str], str]
_QUALIFIERS = {"~": "about", ">": "more_than", ">=": "at_least", "<": "less_than", "<=": "at_most"}
_HYPHEN = re.compile(r"(?<=[^\W\d])[-_](?=[^\W\d])")
# The units a length is said in alone, and how many of them at most: "24 hours", "90 minutes", but "17 h 38
# min".
_LONG = (
    ("h", calendar.HOUR, 72),
    ("d", calendar.DAY, 999),
    ("min", calendar.MINUTE, 120),
    ("s", calendar.SECOND, 120),
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How answers are said: for an axis in one zone, about an event that has a zone of its own or none."""

    texts: Texts
    axis_zone: str
    own_zone: str | None
    word: Word


def answer_text(answer: Answer, manner: Manner) -> str:
    """One answer: "within 5 hours", "18:26 CDT, Sunday 31 May 2020", "more than 20,000 tips"; "" when it is
    empty."""
    if answer.kind == "when" and answer.when is not None:
        return _when(answer.when, manner)
    if answer.kind == "duration":
        return _duration(answer, manner.texts)
    if answer.kind == "amount":
        return _amount(answer, manner)
    if answer.kind == "keys":
        return _keys(answer.keys, manner)
    return answer.text


def _when(when: When, manner: Manner) -> str:
    texts, zone = manner.texts, manner.axis_zone
    if when.precision is Precision.SECOND and when.earliest_start % calendar.MINUTE == 0:
        # EDTF has no minutes without seconds: a full minute is what the source prints.
        when = replace(when, precision=Precision.MINUTE)
    main = wording.when_text(when, zone, texts).main
    if when.zone is None or when.precision < Precision.PART_OF_DAY or when.zone == manner.own_zone:
        return main
    own = manner.own_zone or zone
    if zones.offset_ms(when.earliest_start, when.zone) == zones.offset_ms(when.earliest_start, own):
        return main
    return texts.get("time.in_zone", time=main, zone=wording.zone_name(when.zone, texts))


def _duration(answer: Answer, texts: Texts) -> str:
    low, high = answer.range.low, answer.range.high
    if high is None:
        return texts.get("detail.duration.at_least", length=long_duration(low, texts))
    if low == high:
        return long_duration(low, texts)
    if not low:
        return texts.get("detail.duration.within", length=long_duration(high, texts))
    return texts.get(
        "detail.duration.between", first=long_duration(low, texts), last=long_duration(high, texts)
    )


def long_duration(length_ms: int, texts: Texts) -> str:
    """A length in one whole unit as a phrase ("2 hours"), else in two short ones ("17 h 38 min")."""
    for name, size, most in _LONG:
        if 0 < length_ms <= most * size and length_ms % size == 0:
            return texts.count(f"time.long.{name}", length_ms // size)
    return wording.duration(length_ms, texts)


def _amount(answer: Answer, manner: Manner) -> str:
    number = answer.text.lstrip("<>=~ ").partition(" ")[0]
    return qualified(quantity(Decimal(number), answer.unit, manner), answer.qualifier, manner.texts)


def qualified(amount: str, qualifier: str, texts: Texts) -> str:
    """An amount as its source qualifies it: "more than $817,000"."""
    key = _QUALIFIERS.get(qualifier)
    head, number = _parted(amount) if key == "about" else ("", amount)
    return head + texts.get(f"detail.amount.{key}", amount=number) if key else amount


def _parted(amount: str) -> tuple[str, str]:
    """What stands before the number of an amount as a word of its own, and the rest: "about" belongs to the number."""
    at = next((place for place, letter in enumerate(amount) if letter.isdigit()), 0)
    return (amount[:at], amount[at:]) if amount[:at].endswith(" ") else ("", amount)


def quantity(number: Decimal, unit: str, manner: Manner) -> str:
    """A number with its unit: "$1,026,531", "28.0 %", "place 3", "20,000 tips"."""
    shown = f"{number:,}"
    pattern = manner.word("unit_patterns", unit)
    if "{n}" in pattern:
        return pattern.replace("{n}", shown)
    key = f"detail.unit.{unit}"
    if manner.texts.has(key):
        return manner.texts.get(key, n=shown)
    return manner.texts.get("detail.amount", n=shown, unit=manner.word("units", unit)) if unit else shown


def _keys(keys: tuple[str, ...], manner: Manner) -> str:
    said = [_key(key, manner) for key in keys]
    phrase = said[0] if said else ""
    for word in said[1:]:
        phrase = manner.texts.get("time.and", first=phrase, last=word)
    return phrase


def _key(key: str, manner: Manner) -> str:
    """A key without words of its own is said with spaces; the number of a person who is not named keeps its
    hyphen."""
    word = manner.word("vocabulary", key)
    if word != key:
        return word
    if key == NOT_ESTABLISHED:
        return manner.texts.get("detail.not_established")
    return _HYPHEN.sub(" ", key)

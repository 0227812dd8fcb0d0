"""Calendar dates in words, from stretches of a local clock: days, months, seasons, years, deep time. No zones
here.

A stretch is (start, end) in ms of a local clock, end exclusive. Order and words of each language are in
time.json.
"""

from __future__ import annotations

from dataclasses import dataclass

from timeline_app.base.text import Texts
from timeline_app.domain import calendar

DEEP_YEARS = 100_000
FIRST_WEEKDAY_YEAR = 1583
_NAMED_SEASONS = frozenset({"21", "22", "23", "24"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One stated date: its stretch, the EDTF code of its season, and what is doubted of it."""

    start: int
    end: int
    season: str = ""
    about: bool = False
    uncertain: bool = False

    @property
    def year(self) -> int:
        """The astronomical year in which it begins."""
        return civil(self.start)[0]

    @property
    def is_within_a_year(self) -> bool:
        """Whether it is finer than a year, so that its year can be said once for two of them."""
        return self.end - self.start < 360 * calendar.DAY and abs(self.year) < DEEP_YEARS


def civil(local_ms: int) -> tuple[int, int, int]:
    """Year, month and day on a local clock."""
    return calendar.civil_from_days(local_ms // calendar.DAY)


def year_words(year: int, texts: Texts) -> str:
    """A year: "2020", "44 BCE" for -43 (there is no year 0 in words), "about 66 million years ago"."""
    if abs(year) >= DEEP_YEARS:
        return _deep(year, texts)
    if year <= 0:
        return texts.get("time.year.bce", year=_plain_year(1 - year))
    return texts.get("time.year", year=_plain_year(year))


def _plain_year(year: int) -> str:
    return str(year) if year < 10_000 else f"{year:,}"


def _deep(year: int, texts: Texts) -> str:
    """Counted from 2000, to three figures: the difference to "today" is far below what anybody knows."""
    years = abs(year - 2000)
    step = 10 ** max(0, len(str(years)) - 3)
    return texts.get("time.ago" if year < 0 else "time.ahead", n=large(round(years / step) * step, texts))


def large(number: int, texts: Texts) -> str:
    """A large number as the language counts: "66 million", "6,600만"."""
    steps = [entry.partition("=")[::2] for entry in texts.get("time.large").split(";")]
    fitting = [(int(value), name) for value, name in steps if number >= int(value)]
    if not fitting:
        return f"{number:,}"
    value, name = fitting[-1]
    return f"{number / value:,.2f}".rstrip("0").rstrip(".") + name


def day_words(local_ms: int, texts: Texts, weekday: bool = True, year: bool = True) -> str:
    """A day: "Sunday 31 May 2020", with or without its year, and its weekday from 1583 on (no calendar that
    people used before had these weekdays on these dates)."""
    own_year, month, day = civil(local_ms)
    weekday = weekday and own_year >= FIRST_WEEKDAY_YEAR
    parts = {"day": str(day), "month": texts.get(f"time.month.{month}")}
    if weekday:
        parts["weekday"] = texts.get(f"time.weekday.{calendar.weekday(local_ms // calendar.DAY)}")
    if year:
        parts["year"] = year_words(own_year, texts)
    keys = {
        (True, True): "time.day",
        (True, False): "time.day.no_year",
        (False, True): "time.day.no_weekday",
        (False, False): "time.day.bare",
    }
    return texts.get(keys[weekday, year], **parts)


def month_words(local_ms: int, texts: Texts, year: bool = True) -> str:
    """A month: "June 2020" or "June"."""
    own_year, month, _ = civil(local_ms)
    name = texts.get(f"time.month.{month}")
    return texts.get("time.month_of_year", month=name, year=year_words(own_year, texts)) if year else name


def unit_words(unit: Unit, texts: Texts, weekday: bool = True, year: bool = True) -> str:
    """One date with its doubts: "about 4 June 2020", "Tuesday 2 June 2020 (uncertain)"."""
    words = _bare(unit, texts, weekday and not unit.about, year)
    if unit.about:
        words = texts.get("time.about", date=words)
    return texts.get("time.uncertain", date=words) if unit.uncertain else words


def _bare(unit: Unit, texts: Texts, weekday: bool, year: bool) -> str:
    if unit.season in _NAMED_SEASONS:
        return texts.get(
            f"time.season.{unit.season}", year=year_words(unit.year, texts) if year else ""
        ).strip()
    start = unit.start // calendar.DAY * calendar.DAY
    end = -(-unit.end // calendar.DAY) * calendar.DAY
    (year_1, month_1, day_1), (year_2, month_2, day_2) = civil(start), civil(end)
    if end - start <= calendar.DAY or not day_1 == day_2 == 1:
        return _days(start, end, texts, weekday, year)
    if month_1 == month_2 == 1:
        return _years(year_1, year_2, texts)
    if (year_2 - year_1) * 12 + month_2 - month_1 == 1:
        return month_words(start, texts, year)
    first = Unit(start, start + calendar.days_in_month(year_1, month_1) * calendar.DAY)
    last_start = civil(end - calendar.DAY)[2] * calendar.DAY
    return joined("time.range", first, Unit(end - last_start, end), texts)


def _days(start: int, end: int, texts: Texts, weekday: bool, year: bool) -> str:
    if abs(civil(start)[0]) >= DEEP_YEARS:
        return year_words(civil(start)[0], texts)
    if end - start <= calendar.DAY:
        return day_words(start, texts, weekday, year)
    first, last = Unit(start, start + calendar.DAY), Unit(end - calendar.DAY, end)
    return joined("time.range", first, last, texts, weekday)


def _years(first: int, after: int, texts: Texts) -> str:
    if after - first == 1:
        return year_words(first, texts)
    if after - first == 10 and first % 10 == 0 and 0 < first < DEEP_YEARS:
        return texts.get("time.decade", year=first)
    one, other = year_words(first, texts), year_words(after - 1, texts)
    return one if one == other else texts.get("time.range", first=one, last=other)


def joined(key: str, first: Unit, last: Unit, texts: Texts, weekday: bool = True) -> str:
    """Two dates in one phrase, their common year said once, where the language says it."""
    if first == last:
        return unit_words(first, texts, weekday)
    weekday = weekday and not (first.about or last.about)
    one = unit_words(first, texts, weekday, _says_year(True, first, last, texts))
    other = unit_words(last, texts, weekday, _says_year(False, first, last, texts))
    return one if one == other else texts.get(key, first=one, last=other)


def _says_year(is_first: bool, first: Unit, last: Unit, texts: Texts) -> bool:
    shared = first.year == last.year and first.is_within_a_year and last.is_within_a_year
    return not shared or is_first == (texts.get("time.year.stands") == "first")

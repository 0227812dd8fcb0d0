"""What ticks are called: "Sun 31 May", "06:00", "44 BCE", "66 Ma", in the order of each language. No px, no choice.

In English the months that are short stand in full, May, June and July; the others in three or four letters.
"""
from __future__ import annotations

from dataclasses import dataclass, replace

from timeline_app.base.text import Texts
from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND, civil_from_days, weekday
from timeline_app.viewmodel.dates import FIRST_WEEKDAY_YEAR
from timeline_app.viewmodel.tick_steps import AGO_FROM, CLOCK_MS, Moment

_PLAIN_FROM = 1000  # smaller years of our era say so: "500 CE", "1066"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What calendar and clock show at a tick. `zone_word` is "CST" where the clock shows a time a second time."""

    year: int
    month: int
    day: int
    weekday: int
    clock_ms: int
    zone_word: str = ""


def stamp(moment: Moment, zone: str) -> Stamp:
    """Calendar and clock of a zone at a tick."""
    day, clock = divmod(zones.to_local(moment.at_ms, zone), DAY)
    word = zones.abbreviation(moment.at_ms, zone) if moment.is_repeated else ""
    return Stamp(*civil_from_days(day), weekday(day), clock, word)


def widest(year: int) -> tuple[Stamp, Stamp]:
    """Stamps whose names are as wide as any of that year: a Wednesday in September and one in December."""
    late = Stamp(year, 12, 30, 2, 20 * HOUR + 58 * MINUTE + 58 * SECOND + 888)
    return replace(late, month=9), late


@dataclass(frozen=True, slots=True)
class Speech:
    """How ticks are named in one language, with or without the days of the week."""

    texts: Texts
    with_weekday: bool = True

    def heading(self, at: Stamp, unit: str, full: bool) -> str:
        """The name of a tick by itself; `full` adds the year to a day or month, the whole date to a time."""
        if unit == "ago":
            return ago_words(AGO_FROM - at.year, self.texts)
        if unit == "year":
            return year_words(at.year, self.texts)
        if unit == "month":
            return self._month(at, full)
        if unit == "day":
            return self._day(at, full)
        clock = _clock(at, unit, self.texts)
        return self.texts.get("ticks.at", date=self._day(at, True), clock=clock) if full else clock

    def mark(self, at: Stamp, unit: str, wide: bool = False) -> str:
        """The name of a tick below a heading that says the rest; `wide` adds the weekday to a day."""
        if unit == "day":
            if wide and at.year >= FIRST_WEEKDAY_YEAR:
                return self.texts.get("ticks.day_of_month.wide", d=at.day, weekday=self._weekday(at))
            return self.texts.get("ticks.day_of_month", d=at.day)
        if unit == "month":
            return self._month(at, False)
        if unit == "second":
            return f":{at.clock_ms // SECOND % 60:02d}"
        if unit == "ms":
            return f".{at.clock_ms % SECOND:03d}"
        return _clock(at, unit, self.texts)

    def _weekday(self, at: Stamp) -> str:
        return self.texts.get(f"ticks.weekday.{at.weekday}")

    def _day(self, at: Stamp, full: bool) -> str:
        has_weekday = self.with_weekday and at.year >= FIRST_WEEKDAY_YEAR
        parts = {"d": at.day, "month": self.texts.get(f"ticks.month.{at.month}")}
        if has_weekday:
            parts["weekday"] = self._weekday(at)
        if full:
            parts["year"] = year_words(at.year, self.texts)
        key = "ticks.day" if has_weekday else "ticks.date"
        return self.texts.get(f"{key}.full" if full else key, **parts)

    def _month(self, at: Stamp, full: bool) -> str:
        name = self.texts.get(f"ticks.month.{at.month}")
        if not full:
            return name
        return self.texts.get("ticks.month.full", month=name, year=year_words(at.year, self.texts))


def context(at: Stamp, unit: str) -> tuple[int, ...] | None:
    """What the short name of a heading leaves to its left neighbours; None where there is but one name."""
    if unit in CLOCK_MS:
        return at.year, at.month, at.day
    return (at.year,) if unit in ("day", "month") else None


def year_words(year: int, texts: Texts) -> str:
    """"2020", "500 CE", "44 BCE" for the astronomical year -43."""
    shown = year if year > 0 else 1 - year
    number = str(shown) if shown < 10_000 else f"{shown:,}"
    key = "ticks.year.bce" if year <= 0 else "ticks.year" if year >= _PLAIN_FROM else "ticks.year.ce"
    return texts.get(key, year=number)


def ago_words(years: int, texts: Texts) -> str:
    """Years before 1950, the "present" of archaeology: "66 Ma", "50 ka", "present"; years after it: "+10 ka"."""
    if years == 0:
        return texts.get("ticks.ago.present")
    return texts.get("ticks.ago" if years > 0 else "ticks.ago.after", n=_counted(abs(years), texts))


def _counted(years: int, texts: Texts) -> str:
    """In the largest unit of the language; in Korean, which counts by ten thousands, in all it takes."""
    units = [(int(value), name) for value, _, name in
             (entry.partition("=") for entry in texts.get("ticks.ago.units").split(";"))]
    if texts.get("ticks.ago.says") == "largest":
        value, name = next((unit for unit in units if years >= unit[0]), (1, ""))
        return f"{years / value:.2f}".rstrip("0").rstrip(".") + name
    parts = []
    for value, name in (*units, (1, "")):
        count, years = divmod(years, value)
        parts += [f"{count}{name}"] if count else []
    return " ".join(parts)


def _clock(at: Stamp, unit: str, texts: Texts) -> str:
    minutes, rest = divmod(at.clock_ms, MINUTE)
    words = f"{minutes // 60:02d}:{minutes % 60:02d}"
    if unit in ("second", "ms"):
        words += f":{rest // SECOND:02d}" + (f".{rest % SECOND:03d}" if unit == "ms" else "")
    return texts.get("ticks.clock.zoned", clock=words, zone=at.zone_word) if at.zone_word else words

"""A reader of the English ruler: from the words alone, and what was read before, to instants. For tests only."""
from __future__ import annotations

import re

from timeline_app.base.text import catalogue
from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND, civil_from_days, days_from_civil
from timeline_app.viewmodel.ticks import Tick

_TEXTS = catalogue("en")
_MONTHS = {_TEXTS.get(f"ticks.month.{number}"): number for number in range(1, 13)}
_DATE = re.compile(r"(?:(?P<weekday>[A-Z][a-z]{2}) )?(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+)"
                   r"(?: (?P<year>[\d,]+(?: B?CE)?))?\Z")
_AGO = re.compile(r"(?P<after>\+)?(?P<count>[\d.]+) (?P<unit>ka|Ma)\Z")


def year_of(text: str) -> int:
    """The astronomical year of "2020", "500 CE", "44 BCE"."""
    number = int(text.split()[0].replace(",", ""))
    return 1 - number if text.endswith("BCE") else number


class Reader:
    """Reads headings from left to right and remembers the year and the date that were said last."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.year: int | None = None
        self.day: int | None = None

    def heading(self, tick: Tick, unit: str) -> int:
        """The instant that a heading names."""
        if unit == "ago":
            return self._begin(days_from_civil(self._ago_year(tick.text), 1, 1))
        if unit == "year":
            return self._begin(days_from_civil(year_of(tick.text), 1, 1))
        if unit == "month":
            name, _, year = tick.text.partition(" ")
            if year:
                self.year = year_of(year)
            elif self.year is not None and name == "Jan":
                self.year += 1
            return self._begin(days_from_civil(self._known_year(tick), _MONTHS[name], 1))
        if unit == "day":
            return self._begin(self._date(tick.text, tick))
        date, _, clock = tick.text.rpartition(", ")
        if date:
            self.day = self._date(date, tick)
        elif self.day is not None and clock.startswith("00:00:00"[:len(clock)]):
            self.day += 1  # without a date where there was no room for it
        return self._clock(self._known_day(tick), clock)

    def mark(self, tick: Tick, unit: str, headings: tuple[Tick, ...]) -> int:
        """The instant that a mark names below the heading whose cell it stands in."""
        cell = [one.at_ms for one in headings if one.at_ms <= tick.at_ms][-1]
        local = zones.to_local(cell, self.zone)
        year, month, _ = civil_from_days(local // DAY)
        if unit == "ms":
            return cell + int(tick.text.removeprefix("."))
        if unit == "second":
            return cell + int(tick.text.removeprefix(":")) * SECOND
        if unit == "day":
            return self._begin(days_from_civil(year, month, int(tick.text.split()[-1])))
        if unit == "month":
            return self._begin(days_from_civil(year, _MONTHS[tick.text], 1))
        return self._clock(local // DAY, tick.text)

    def _begin(self, day: int) -> int:
        return zones.first_instant(day * DAY, self.zone)

    def _known_year(self, tick: Tick) -> int:
        """Only a heading without room for its year may leave it out before any was said."""
        return self.year if self.year is not None else civil_from_days(self._known_day(tick))[0]

    def _known_day(self, tick: Tick) -> int:
        return self.day if self.day is not None else zones.to_local(tick.at_ms, self.zone) // DAY

    def _date(self, text: str, tick: Tick) -> int:
        found = _DATE.match(text)
        assert found, text
        if found["year"]:
            self.year = year_of(found["year"])
        elif self.year is not None and (found["day"], found["month"]) == ("1", "Jan"):
            self.year += 1
        day = days_from_civil(self._known_year(tick), _MONTHS[found["month"]], int(found["day"]))
        assert found["weekday"] in (None, _TEXTS.get(f"ticks.weekday.{(day + 3) % 7}"))
        return day

    def _clock(self, day: int, text: str) -> int:
        clock, _, zone_word = text.partition(" ")
        hour, minute, second = (int(part) for part in (clock + ":00")[:8].split(":"))
        local = day * DAY + hour * HOUR + minute * MINUTE + second * SECOND
        at = zones.to_utc(local, self.zone, later=bool(zone_word))
        assert not zone_word or zones.abbreviation(at, self.zone) == zone_word
        return at

    @staticmethod
    def _ago_year(text: str) -> int:
        if text == _TEXTS.get("ticks.ago.present"):
            return 1950
        found = _AGO.match(text)
        assert found, text
        years = round(float(found["count"]) * (10**6 if found["unit"] == "Ma" else 10**3))
        return 1950 + years if found["after"] else 1950 - years

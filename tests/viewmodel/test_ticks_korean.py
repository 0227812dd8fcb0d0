"""The ruler in Korean: every word, read by its own letters, gives the calendar and the clock of its line."""
from __future__ import annotations

import re

from hypothesis import given

from timeline_app.base.text import catalogue
from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, MINUTE, SECOND, civil_from_days
from timeline_app.viewmodel.ticks import Tick, ticks
from viewmodel.test_ticks import cases, measure

DATE = re.compile(r"(?:(?P<era>기원전|서기) )?(?:(?P<year>[\d,]+)년)? ?(?:(?P<month>\d+)월)? ?(?:(?P<day>\d+)일)?"
                  r"(?: ?\((?P<weekday>.)\))?,? ?(?:(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?(?: \S+)?")
COUNTED = re.compile(r"(?:(\d+)억)? ?(?:(\d+)만)? ?(\d+)? ?년")
WEEKDAYS = "월화수목금토일"


def read(text: str) -> dict[str, int]:
    """The numbers that a heading or a mark names."""
    found = DATE.fullmatch(text)
    assert found, text
    numbers = {name: int(value.replace(",", "")) for name, value in found.groupdict().items()
               if value and name not in ("era", "weekday")}
    if found["era"] == "기원전":
        numbers["year"] = 1 - numbers["year"]
    if found["weekday"]:
        numbers["weekday"] = WEEKDAYS.index(found["weekday"])
    return numbers


def shown(at_ms: int, zone: str) -> dict[str, int]:
    """What calendar and clock show at an instant."""
    day, clock = divmod(zones.to_local(at_ms, zone), DAY)
    year, month, of_month = civil_from_days(day)
    return {"year": year, "month": month, "day": of_month, "weekday": (day + 3) % 7, "hour": clock // (60 * MINUTE),
            "minute": clock // MINUTE % 60, "second": clock // SECOND % 60}


def years_ago(text: str) -> int:
    """1950 less the year that a heading of deep time names."""
    if text == catalogue("ko").get("ticks.ago.present"):
        return 0
    found = COUNTED.search(text)
    assert found, text
    count = sum(int(part or 0) * unit for part, unit in zip(found.groups(), (10**8, 10**4, 1), strict=True))
    return count if text.endswith("전") else -count


def told(tick: Tick, unit: str, zone: str) -> bool:
    """Whether the words of a line are those of its instant."""
    now = shown(tick.at_ms, zone)
    if unit == "ago":
        return years_ago(tick.text) == 1950 - now["year"]
    if unit in ("ms", "second") and tick.text[0] in ".:":
        return int(tick.text[1:]) == (tick.at_ms % SECOND if tick.text[0] == "." else now["second"])
    return all(now[name] == number for name, number in read(tick.text).items())


@given(cases)
def test_that_every_korean_word_is_that_of_its_line(case):
    window, width, zone = case
    made = ticks(window, width, zone, catalogue("ko"), measure)
    for row, unit in ((made.major, made.major_unit), (made.minor, made.minor_unit)):
        assert [tick.text for tick in row if tick.labelled and not told(tick, unit, zone)] == []

"""The two rows of the calendar ruler, and the single row of the overview: which ticks, which words, where.

Of a ladder of steps the finest is taken whose labels fit. A heading stands right of its line and within its own
cell, so that no line crosses a word; a mark is centred under its line. Where ticks fall is in `tick_steps`.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from timeline_app.base.text import Texts
from timeline_app.domain.calendar import DAY, civil_from_days
from timeline_app.viewmodel.measure import Measure
from timeline_app.viewmodel.tick_steps import Moment, Step, last_before, moments
from timeline_app.viewmodel.tick_words import Speech, context, stamp, widest
from timeline_app.viewmodel.window import TimeScale, Window

HEADING_PX, MARK_PX = 13, 11
PAD = 6.0  # between a line and the heading that begins at it
GAP = 10.0  # between two words
FINEST_PX = 8.0  # between two lines without words
DATES_APART = 120.0


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the ruler. `text` is "" unless it is labelled; its label begins at `left` px."""

    at_ms: int
    text: str = ""
    labelled: bool = False
    left: float = 0.0


@dataclass(frozen=True, slots=True)
class Ticks:
    """Both rows. `major` may begin with one line left of the window, whose label stays in sight; `minor` has a line
    wherever `major` has one. Units are those of `tick_steps.Step`."""

    major: tuple[Tick, ...]
    minor: tuple[Tick, ...]
    major_unit: str
    minor_unit: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to divide time: headings at `upper`, marks at `lower`, which have words or not."""

    lower: Step
    upper: Step
    has_marks: bool = True


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a row speaks, in letters of which size and weight."""

    speech: Speech
    measure: Measure
    size: int
    weight: str = "regular"

    def width(self, text: str) -> float:
        """The px that a text is wide."""
        return self.measure(text, self.size, self.weight)


@dataclass(frozen=True, slots=True)
class Row:
    """One row at a scale: the zone of its clock and its lettering. `years` are those at both ends of the window."""

    scale: TimeScale
    zone: str
    letters: Lettering
    years: frozenset[int]


def _steps(unit: str, *counts: int) -> list[Step]:
    return [Step(unit, count) for count in counts]


def _long_years() -> list[tuple[Step, Step]]:
    """(parts, whole): 1 to 5,000 years by their era, from 10,000 to 200 million years before 1950."""
    one = Step("year", 1)
    found = [(Step("month", 3), one), (one, Step("year", 2)), (one, Step("year", 5))]
    for power in range(1, 9):
        unit, ten = ("year" if power < 4 else "ago"), 10 ** power
        for count, part in ((ten, ten // 5), (2 * ten, ten // 2), (5 * ten, ten)):
            found.append((Step(unit, part), Step(unit, count)))
    return found


_SHORT = (("ms", (1, 2, 5, 10, 20, 50, 100, 200, 500), "second"), ("second", (1, 2, 5, 10, 15, 30), "minute"),
          ("minute", (1, 2, 5, 10, 15, 30), "day"), ("hour", (1, 2, 3, 6, 12), "day"),
          ("day", (1, 2, 7, 14), "month"), ("month", (1, 3), "year"))
LADDER = (
    *(Rung(lower, Step(upper, 1)) for unit, counts, upper in _SHORT for lower in _steps(unit, *counts)),
    *(Rung(part, whole, has_marks=False) for part, whole in _long_years()))
# A single row has no month above it: every third day keeps an even pace from month to month.
DATES = (
    *(step for unit, counts, _ in _SHORT[:4] for step in _steps(unit, *counts)),
    *_steps("day", 1, 3, 7, 14), *_steps("month", 1, 3), *(whole for _, whole in _long_years()))


@lru_cache(maxsize=64)
def ticks(window: Window, width: float, zone: str, texts: Texts, measure: Measure) -> Ticks:
    """The ruler of a window `width` px wide, on the wall clock of a zone, with words as wide as `measure` says."""
    speech = Speech(texts)
    row = _row(window, width, zone, Lettering(speech, measure, HEADING_PX, "semibold"))
    marks = _row(window, width, zone, Lettering(speech, measure, MARK_PX))
    rung = next((one for one in LADDER if _fits(one, row, marks)), LADDER[-1])
    majors = _in_sight(rung.upper, row)
    minors = {one.at_ms: one for one in (*majors, *_in_window(rung.lower, row))}
    inside = [minors[at] for at in sorted(minors) if at * 1000 >= window.start_us]
    return Ticks(_headings(majors, rung.upper.unit, row), _marks(inside, majors, rung, marks),
                 rung.upper.unit, rung.lower.unit)


@lru_cache(maxsize=64)
def dates(window: Window, width: float, zone: str, texts: Texts, measure: Measure) -> tuple[Tick, ...]:
    """A single calm row in the size of marks, each label by itself: "31 May", "June 2020", "1990"."""
    row = _row(window, width, zone, Lettering(Speech(texts, with_weekday=False), measure, MARK_PX))
    step = next((one for one in DATES if _is_calm(one, row)), DATES[-1])
    return _headings(_in_sight(step, row), step.unit, row)


def _row(window: Window, width: float, zone: str, letters: Lettering) -> Row:
    years = frozenset(civil_from_days(at // (DAY * 1000))[0] for at in (window.start_us, window.end_us))
    return Row(TimeScale(window, width), zone, letters, years)


def _apart(step: Step, row: Row) -> float:
    return step.shortest_ms * 1000 / row.scale.us_per_px


def _is_calm(step: Step, row: Row) -> bool:
    apart = _apart(step, row)
    return apart >= DATES_APART and apart >= _heading_room(step.unit, row.letters, row.years)


def _fits(rung: Rung, row: Row, marks: Row) -> bool:
    apart, unit = _apart(rung.lower, row), rung.upper.unit
    if apart < FINEST_PX or _apart(rung.upper, row) < _heading_room(unit, row.letters, row.years):
        return False
    return not rung.has_marks or apart >= _mark_room(rung.lower.unit, marks.letters, marks.years)


@lru_cache(maxsize=512)
def _heading_room(unit: str, letters: Lettering, years: frozenset[int]) -> float:
    names = (letters.speech.heading(one, unit, True) for year in years for one in widest(year))
    return PAD + GAP + max(letters.width(name) for name in names)


@lru_cache(maxsize=512)
def _mark_room(unit: str, letters: Lettering, years: frozenset[int], wide: bool = False) -> float:
    names = (letters.speech.mark(one, unit, wide) for year in years for one in widest(year))
    return GAP + max(letters.width(name) for name in names)


def _in_window(step: Step, row: Row) -> list[Moment]:
    window = row.scale.window
    return moments(step, -(-window.start_us // 1000), -(-window.end_us // 1000), row.zone)


def _in_sight(step: Step, row: Row) -> list[Moment]:
    """The ticks of the window, and the one before it unless one stands at its very start."""
    found, start_us = _in_window(step, row), row.scale.window.start_us
    if found and found[0].at_ms * 1000 == start_us:
        return found
    before = last_before(step, -(-start_us // 1000) - 1, row.zone)
    return [before, *found] if before else found


def _headings(lines: Sequence[Moment], unit: str, row: Row) -> tuple[Tick, ...]:
    """Each line with its heading, which is full where it is the first to say its year or date, and left out where
    it would reach the next line or the edge."""
    edges = [row.scale.x(one.at_ms) for one in lines] + [row.scale.width + GAP]
    made: list[Tick] = []
    said: object = ()
    for number, one in enumerate(lines):
        at, left = stamp(one, row.zone), max(edges[number], 0.0) + PAD
        room = min(edges[number + 1] - GAP, row.scale.width) - left
        new = context(at, unit)
        short, full = (row.letters.speech.heading(at, unit, is_full) for is_full in (False, True))
        text = full if new != said or new is None else short
        if row.letters.width(text) > room:
            text = short if row.letters.width(short) <= room else ""
        said = new if text == full else said
        made.append(Tick(one.at_ms, text, bool(text), left))
    return tuple(made)


def _marks(lines: Sequence[Moment], majors: Sequence[Moment], rung: Rung, row: Row) -> tuple[Tick, ...]:
    """Each line with its mark, but for lines of the upper row, whose line stands where the word would."""
    if not rung.has_marks:
        return tuple(Tick(one.at_ms) for one in lines)
    unit, taken = rung.lower.unit, {one.at_ms for one in majors}
    wide = rung.lower == Step("day", 1) and _apart(rung.lower, row) >= _mark_room(unit, row.letters, row.years, True)
    barred = [row.scale.x(at) for at in taken]
    made: list[Tick] = []
    free = 0.0
    for one in lines:
        tick, right = _mark(one, unit, wide, row)
        is_clear = free <= tick.left and right <= row.scale.width and one.at_ms not in taken
        fits = is_clear and not any(tick.left < x < right for x in barred)
        made.append(tick if fits else Tick(one.at_ms))
        free = right + GAP / 2 if fits else free
    return tuple(made)


def _mark(one: Moment, unit: str, wide: bool, row: Row) -> tuple[Tick, float]:
    """The tick with its mark, and where the word ends. "01:00 CST" has its "01:00" under the line, so that it is
    the hour after, not the first 01:00, that has to give way to it."""
    at = stamp(one, row.zone)
    text = row.letters.speech.mark(at, unit, wide)
    centred = row.letters.speech.mark(replace(at, zone_word=""), unit, wide) if at.zone_word else text
    left = row.scale.x(one.at_ms) - row.letters.width(centred) / 2
    return Tick(one.at_ms, text, True, left), left + row.letters.width(text)

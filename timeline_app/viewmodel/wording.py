"""Moments, dates, spans and lengths of time in words, in one language and one zone; answers are in
`answer_words`.

Clock times are said in the zone of the axis. Dates are said as their own zone has them, for a day in New York
is no day in Chicago: a note then says which stretch of the axis they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from timeline_app.base.text import Texts
from timeline_app.domain import calendar, edtf, zones
from timeline_app.domain.time import BadDate, Precision, Span, When
from timeline_app.viewmodel import dates
from timeline_app.viewmodel.dates import day_words, month_words, year_words
from timeline_app.viewmodel.edtf_wording import date_words, local_bounds, parsed_edtf

_PART = 6 * calendar.HOUR
_CLOCK_STEPS = {
    Precision.MS: 1,
    Precision.SECOND: calendar.SECOND,
    Precision.MINUTE: calendar.MINUTE,
    Precision.HOUR: calendar.HOUR,
}
_YEAR_MS = 31_556_952_000
_LENGTHS = (
    ("d", calendar.DAY),
    ("h", calendar.HOUR),
    ("min", calendar.MINUTE),
    ("s", calendar.SECOND),
    ("ms", 1),
)


@dataclass(frozen=True, slots=True)
class WhenText:
    """A time in words, how finely it is known, and what is to be said about its zone ("" if nothing)."""

    main: str
    precision_note: str
    zone_note: str = ""


def when_text(when: When, zone: str, texts: Texts) -> WhenText:
    """An event's or a claim's time in words, for an axis in `zone`."""
    if when.precision in _CLOCK_STEPS:
        main = _clock_words(when, zone, texts)
    elif when.precision is Precision.PART_OF_DAY:
        main = _part_words(when, texts)
    else:
        main = date_words(when, texts)
    if when.uncertain and when.precision <= Precision.PART_OF_DAY:
        main = texts.get("time.uncertain", date=main)
    return WhenText(main, _precision_note(when, texts), _zone_note(when, zone, texts))


def _precision_note(when: When, texts: Texts) -> str:
    """Nothing for deep time: what is counted in millions of years is not known to the year, whatever is
    written."""
    at = when.latest_end if when.open_start else when.earliest_start
    is_deep = abs(dates.civil(at)[0]) >= dates.DEEP_YEARS
    return "" if is_deep else texts.get(f"time.precision.{when.precision.value}")


def edtf_words(text: str, texts: Texts, zone: str | None = None) -> str:
    """A date of a source or a quotation in words, days without their weekday; what cannot be read stays as it
    is."""
    try:
        when = edtf.resolve(text, zone)
    except BadDate:
        return text
    if when.precision <= Precision.PART_OF_DAY:
        return when_text(when, zone or "UTC", texts).main
    return date_words(when, texts, weekday=False)


def moment(instant: int, precision: Precision, zone: str, texts: Texts, about: bool = False) -> str:
    """One instant no finer than the precision: "Sunday 31 May 2020, about 18:26 CDT"."""
    local = zones.to_local(instant, zone)
    if precision in _CLOCK_STEPS:
        clock = clock_text(local, precision)
        clock = texts.get("time.about_clock", clock=clock) if about else clock
        zoned = texts.get("time.zoned", clock=clock, zone=zones.abbreviation(instant, zone))
        return texts.get("time.at", date=day_words(local, texts), clock=zoned)
    if precision is Precision.PART_OF_DAY:
        part = texts.get(f"time.part.{local % calendar.DAY // _PART}")
        return texts.get("time.at", date=day_words(local, texts), clock=part)
    if precision is Precision.DAY:
        return day_words(local, texts)
    year, _, _ = dates.civil(local)
    return month_words(local, texts) if precision is Precision.MONTH else year_words(year, texts)


def clock_text(local_ms: int, precision: Precision = Precision.MINUTE) -> str:
    """A local clock: "18:26", "18:26:42", "18:26:42.324"; the hour is said as "18:00"."""
    step = _CLOCK_STEPS[precision]
    of_day = local_ms % calendar.DAY // step * step
    hour, minute = of_day // calendar.HOUR, of_day // calendar.MINUTE % 60
    text = f"{hour:02}:{minute:02}"
    if precision <= Precision.SECOND:
        text += f":{of_day // calendar.SECOND % 60:02}"
    return text + (f".{of_day % calendar.SECOND:03}" if precision is Precision.MS else "")


def span_text(span: Span, zone: str, texts: Texts) -> str:
    """A span for the status line, as fine as its length asks for: "30 May 00:00 to 5 June 12:00, CDT"."""
    start, end = zones.to_local(span.start, zone), zones.to_local(span.end, zone)
    if span.length >= 3 * _YEAR_MS:
        return _ends(
            "time.span.years",
            year_words(dates.civil(start)[0], texts),
            year_words(dates.civil(max(start, end - 1))[0], texts),
            texts,
        )
    if span.length > 92 * calendar.DAY:
        return _ends(
            "time.span.years", month_words(start, texts), month_words(max(start, end - 1), texts), texts
        )
    with_year = dates.civil(start)[0] != dates.civil(end)[0]
    precision = Precision.MINUTE if span.length >= 2 * calendar.MINUTE else Precision.SECOND
    precision = precision if span.length >= 2 * calendar.SECOND else Precision.MS
    first, last = (
        f"{day_words(at, texts, False, with_year)} {clock_text(at, precision)}" for at in (start, end)
    )
    return texts.get("time.span", first=first, last=last, zone=_abbreviations(span, zone, texts))


def _ends(key: str, first: str, last: str, texts: Texts) -> str:
    return first if first == last else texts.get(key, first=first, last=last)


def _abbreviations(span: Span, zone: str, texts: Texts) -> str:
    return _ends(
        "time.zones_of_span", zones.abbreviation(span.start, zone), zones.abbreviation(span.end, zone), texts
    )


def duration(length_ms: int, texts: Texts) -> str:
    """A length of time in its two largest units, hours up to three days: "17 h 38 min"."""
    length = abs(length_ms)
    if length >= 2 * _YEAR_MS:
        return texts.get("time.unit.y", n=dates.large(length // _YEAR_MS, texts))
    units = _LENGTHS if length >= 3 * calendar.DAY else _LENGTHS[1:]
    said: list[str] = []
    for name, size in units:
        count, length = divmod(length, size)
        if said and not count:
            break
        if count:
            said.append(texts.get(f"time.unit.{name}", n=f"{count:,}"))
        if len(said) == 2:
            break
    return " ".join(said) or texts.get("time.unit.s", n="0")


def zone_name(zone: str, texts: Texts) -> str:
    """A zone as people call it: "New York"."""
    key = f"time.zone.{zone}"
    return texts.get(key) if texts.has(key) else zone.rpartition("/")[2].replace("_", " ")


def _clock_words(when: When, zone: str, texts: Texts) -> str:
    step = _CLOCK_STEPS[when.precision]
    stated = _stated_instant(when)
    if stated is None and when.is_moment and when.latest_end - when.earliest_start <= step:
        stated = when.earliest_start
    if stated is not None:
        floor = stated // step * step
        wider = when.earliest_start < floor or when.latest_end > floor + step
        return moment(stated, when.precision, zone, texts, about=when.approximate or wider)
    if when.is_moment:
        return _clock_range("time.between", when.span, when.precision, zone, texts)
    end = when.earliest_end if when.latest_end - when.earliest_end <= step else when.latest_end
    return _clock_range("time.clocks", Span(when.earliest_start, end), when.precision, zone, texts)


def _stated_instant(when: When) -> int | None:
    """The clock time that the text states, where it states one and the bounds include it."""
    parsed = parsed_edtf(when.text)
    if parsed is None or parsed.kind is not edtf.Kind.DATE or parsed.stretches[0].dates[0].clock is None:
        return None
    stated = edtf.resolve(parsed, when.zone).earliest_start
    return stated if when.earliest_start <= stated <= when.latest_end else None


def _clock_range(key: str, span: Span, precision: Precision, zone: str, texts: Texts) -> str:
    start, end = zones.to_local(span.start, zone), zones.to_local(span.end, zone)
    abbreviation = zones.abbreviation(span.start, zone)
    if (end - 1) // calendar.DAY == start // calendar.DAY:
        clocks = texts.get(key, first=clock_text(start, precision), last=_end_clock(end, precision))
        clock = texts.get("time.zoned", clock=clocks, zone=abbreviation)
        return texts.get("time.at", date=day_words(start, texts), clock=clock)
    first, last = (
        texts.get("time.at", date=day_words(at, texts), clock=clock_text(at, precision))
        for at in (start, end)
    )
    key = key if key == "time.between" else "time.range"
    return texts.get("time.zoned", clock=texts.get(key, first=first, last=last), zone=abbreviation)


def _end_clock(local_end: int, precision: Precision) -> str:
    return clock_text(local_end, precision) if local_end % calendar.DAY else "24:00"


def _part_words(when: When, texts: Texts) -> str:
    start, end = local_bounds(when.earliest_start, when.latest_end, when.zone)
    if (end - 1) // calendar.DAY != start // calendar.DAY:
        return date_words(when, texts)
    first, last = start % calendar.DAY // _PART, (end - 1) % calendar.DAY // _PART
    names = [texts.get(f"time.part.{number}") for number in range(first, last + 1)]
    part = texts.get("time.or", first=names[0], last=names[-1]) if len(names) == 2 else names[0]
    clocks = texts.get("time.clocks", first=clock_text(start), last=_end_clock(end, Precision.MINUTE))
    if len(names) > 2:
        return texts.get("time.at", date=day_words(start, texts), clock=_zoned(clocks, when, texts))
    return texts.get("time.part", date=day_words(start, texts), part=part, clock=_zoned(clocks, when, texts))


def _zoned(clocks: str, when: When, texts: Texts) -> str:
    if when.zone is None:
        return clocks
    return texts.get("time.zoned", clock=clocks, zone=zones.abbreviation(when.earliest_start, when.zone))


def _zone_note(when: When, zone: str, texts: Texts) -> str:
    is_clock = when.precision in _CLOCK_STEPS
    if when.zone is None:
        return texts.get("time.no_zone") if not is_clock and when.precision <= Precision.DAY else ""
    inside = when.earliest_start if not when.open_start else when.latest_end
    if not zones.rules_apply(inside):
        return "" if when.zone == "UTC" else texts.get("time.no_rules")
    if when.open_start or when.open_end or _same_clock(when, zone):
        return ""
    name = zone_name(when.zone, texts)
    if is_clock:
        return texts.get("time.own_clock", zone=name, time=_clock_words(when, when.zone, texts))
    if when.precision > Precision.DAY:
        return ""
    return texts.get("time.own_days", zone=name, span=span_text(when.span, zone, texts))


def _same_clock(when: When, zone: str) -> bool:
    return all(
        zones.offset_ms(at, zone) == zones.offset_ms(at, when.zone)
        for at in (when.earliest_start, when.latest_end)
    )

"""EDTF dates in words: single dates, intervals, sets, open and unknown ends; clock times are in `wording`."""

from __future__ import annotations

from timeline_app.base.text import Texts
from timeline_app.domain import edtf, zones
from timeline_app.domain.edtf_bounds import EASTERNMOST, WESTERNMOST
from timeline_app.domain.edtf_date import Date
from timeline_app.domain.time import BadDate, When
from timeline_app.viewmodel import dates
from timeline_app.viewmodel.dates import Unit


def parsed_edtf(text: str) -> edtf.Edtf | None:
    """The EDTF value of a text, None where it is none."""
    try:
        return edtf.parse(text)
    except BadDate:
        return None


def date_words(when: When, texts: Texts, weekday: bool = True) -> str:
    """The dates of a time as its own zone has them: as its text states them, or as its bounds do where they
    differ."""
    parsed = parsed_edtf(when.text)
    if parsed is None or _bounds(edtf.resolve(parsed, when.zone)) != _bounds(when):
        first = Unit(*local_bounds(when.earliest_start, when.latest_start, when.zone), about=when.approximate)
        last = Unit(*local_bounds(when.earliest_end, when.latest_end, when.zone), uncertain=when.uncertain)
        whole = Unit(
            *local_bounds(*_bounds(when)[::3], when.zone), about=when.approximate, uncertain=when.uncertain
        )
        if when.is_moment:
            return dates.unit_words(whole, texts, weekday)
        return dates.joined("time.range", first, last, texts, weekday)
    if parsed.kind in (edtf.Kind.ONE_OF, edtf.Kind.ALL_OF):
        return _set_words(parsed, when.zone, texts)
    return _stretch_words(parsed.stretches[0], when.zone, texts, weekday)


def _bounds(when: When) -> tuple[int, int, int, int]:
    return when.earliest_start, when.latest_start, when.earliest_end, when.latest_end


def local_bounds(start: int, end: int, zone: str | None) -> tuple[int, int]:
    """Bounds on the clock they were taken on; without a zone that was the first clock on Earth, then the
    last."""
    if zone is None:
        return start + EASTERNMOST, end - WESTERNMOST
    return zones.to_local(start, zone), zones.to_local(end, zone)


def _unit(date: Date, zone: str | None) -> Unit:
    when = edtf.resolve(edtf.Edtf(edtf.Kind.DATE, (edtf.Stretch(date, date),)), zone)
    season = date.month if date.month and date.month.isdecimal() and int(date.month) > 20 else ""
    return Unit(
        *local_bounds(when.earliest_start, when.latest_end, zone), season, when.approximate, when.uncertain
    )


def _stretch_words(stretch: edtf.Stretch, zone: str | None, texts: Texts, weekday: bool) -> str:
    ends = [_unit(end, zone) if isinstance(end, Date) else None for end in (stretch.first, stretch.last)]
    if all(ends):
        return dates.joined("time.range", *ends, texts, weekday)
    if ends[0] is None and ends[1] is None:
        return texts.get("time.no_bounds")
    is_unknown = edtf.UNKNOWN in (stretch.first, stretch.last)
    date = dates.unit_words(ends[0] or ends[1], texts, weekday)
    if ends[0] is None:
        return texts.get("time.start_unknown" if is_unknown else "time.until", date=date)
    return texts.get("time.end_unknown" if is_unknown else "time.from", date=date)


def _set_words(parsed: edtf.Edtf, zone: str | None, texts: Texts) -> str:
    key = "time.or" if parsed.kind is edtf.Kind.ONE_OF else "time.and"
    whole = [
        _unit(s.first, zone) for s in parsed.stretches if isinstance(s.first, Date) and s.first == s.last
    ]
    if len(whole) == len(parsed.stretches) == 2:
        return dates.joined(key, *whole, texts, weekday=False)
    words = [_member_words(stretch, zone, texts) for stretch in parsed.stretches]
    said = words[0]
    for word in words[1:]:
        said = texts.get(key, first=said, last=word)
    return said


def _member_words(stretch: edtf.Stretch, zone: str | None, texts: Texts) -> str:
    first, last = (
        _unit(end, zone) if isinstance(end, Date) else None for end in (stretch.first, stretch.last)
    )
    if first is None or last is None:
        key = "time.earlier" if first is None else "time.later"
        return texts.get(key, date=dates.unit_words(last or first, texts, weekday=False))
    return dates.joined("time.range", first, last, texts, weekday=False)

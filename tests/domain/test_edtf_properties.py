"""What holds for every EDTF text: it reads back equal, its bounds are in order, and nothing makes it fail."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timeline_app.domain.edtf import parse, resolve
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, BadDate

marks = st.sampled_from(["", "", "", "?", "~", "%"])
year_texts = st.from_regex(r"-?[0-9X]{4}", fullmatch=True)
long_years = st.from_regex(r"[0-9]{4}S[1-4]|Y-?[1-9][0-9]{4,7}|Y-?[1-9][0-9]?E[3-6]", fullmatch=True)
month_texts = st.integers(1, 12).map("{:02}".format) | st.sampled_from(["0X", "1X", "XX", "X2"])
season_texts = st.integers(21, 41).map(str)
day_texts = st.integers(1, 31).map("{:02}".format) | st.sampled_from(["0X", "1X", "2X", "XX", "X1"])
years, whole_years, months, seasons, days_of_month = (
    st.tuples(marks, part, marks).map("".join)
    for part in (year_texts, long_years, month_texts, season_texts, day_texts)
)
clock_texts = st.builds(
    "{:02}:{:02}:{:02}{}{}{}".format,
    *[st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), st.sampled_from(["", ".000", ".250"])],
    *[st.sampled_from(["", "Z", "+09", "-03:30", "+14:00"]), marks],
)
plain_days = st.dates().map(str)
dates = st.one_of(
    *[years, whole_years, *(st.tuples(years, part).map("-".join) for part in (months, seasons))],
    *[st.tuples(years, months, days_of_month).map("-".join), plain_days],
    *[st.tuples(plain_days, clock_texts).map("T".join)],
)
members = dates | st.tuples(dates, dates).map("..".join) | dates.map("..{}".format) | dates.map("{}..".format)
lists = st.lists(members, min_size=1, max_size=4).map(",".join)
ends = dates | st.sampled_from(["..", ""])
texts = dates | st.tuples(ends, ends).map("/".join) | lists.map("[{}]".format) | lists.map("{{{}}}".format)
zone_names = st.sampled_from([None, "UTC", "America/Chicago", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu"])


@given(texts)
def test_that_what_is_written_back_reads_as_the_same_value(text):
    try:
        value = parse(text)
    except BadDate:
        return
    assert parse(str(value)) == value
    assert str(parse(str(value))) == str(value)


@given(texts, zone_names)
def test_that_the_four_instants_are_in_order(text, zone):
    try:
        when = resolve(text, zone)
    except BadDate:
        return
    assert when.is_ordered
    assert MIN_INSTANT <= when.earliest_start < when.latest_end <= MAX_INSTANT
    assert when.open_start == (when.earliest_start == MIN_INSTANT)
    assert when.open_end == (when.latest_end == MAX_INSTANT)


@given(st.dates(), zone_names)
def test_that_the_coarser_date_contains_the_finer(day, zone):
    text = day.isoformat()
    finer = [f"{text}T12:00:00", text, text[:8] + "XX", text[:7], text[:4], text[:3] + "X", text[:2] + "XX"]
    spans = [resolve(date, zone).span for date in finer]
    assert all(coarse.contains(fine) for fine, coarse in zip(spans, spans[1:], strict=False))


@given(st.dates(), zone_names)
def test_that_a_day_without_zone_contains_the_day_of_every_zone(day, zone):
    assert resolve(day.isoformat(), None).span.contains(resolve(day.isoformat(), zone).span)


@given(st.dates(), st.dates(), zone_names)
def test_that_the_span_of_an_interval_is_the_union_of_its_days(one, other, zone):
    first, last = sorted((one.isoformat(), other.isoformat()))
    both = resolve(first, zone).span.union(resolve(last, zone).span)
    for text in (f"{first}/{last}", f"[{first},{last}]", f"{{{first}..{last}}}"):
        assert resolve(text, zone).span == both


@given(st.text() | st.text("0123456789-XYESTZ:.,+/[]{}?~% ", max_size=40), zone_names)
def test_that_hostile_text_is_read_or_refused_but_never_fails(text, zone):
    try:
        when = resolve(text, zone)
    except BadDate as bad:
        assert bad.code.startswith("date_")
        assert bad.column is None or 1 <= bad.column <= len(text) + 1
    else:
        assert when.is_ordered

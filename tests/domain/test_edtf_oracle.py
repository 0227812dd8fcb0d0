"""Our days against those of the package `edtf` (5.0), an independent reader of the same specification.

Kept out, for there it is the package that is wrong:
- clock times: dropped; `24:00:00` is then the day before
- X in some digits of a day or month (2020-06-0X, 2020-1X), and months of X in intervals: it fails
- negative years with X: month and day bounds come out swapped (-1560-XX), other parts are not read (-156X-06)
- 29 February in years without one is accepted; so are intervals and ranges that end before they start
- winter (24, 28, 30) ends on 31 December; ours runs on to the end of February
- an unknown end (2020/) is taken to be ten years off; ours is flagged as open
- years with significant digits: its "strict" bounds are the estimate, its "fuzzy" ones the range
- a set of one date ([2020]) and marks on both sides of one part (?2020?-06): refused

It takes about 10 ms a text, so there are few examples, and more with `--long`.
"""

from __future__ import annotations

import pytest
from edtf import parse_edtf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from timeline_app.domain.calendar import DAY, civil_from_days
from timeline_app.domain.edtf import resolve
from timeline_app.domain.time import BadDate

MOST_EXAMPLES = settings().max_examples
marks = st.sampled_from(["", "", "?", "~", "%"])
years = st.integers(-9999, 9999).map(lambda year: f"{'-' if year < 0 else ''}{abs(year):04}")
year_numbers, month_numbers = st.integers(0, 9999), st.integers(1, 12)
day_texts = st.builds("{:04}-{:02}-{:02}".format, year_numbers, month_numbers, st.integers(1, 28))
days_before_christ = day_texts.filter(lambda text: text[:4] != "0000").map("-{}".format)
month_ends = st.builds("{:04}-{:02}-3{}".format, year_numbers, month_numbers, st.integers(0, 1))
leap_days = st.integers(0, 2499).map(lambda fourth: f"{4 * fourth:04}-02-29")
months = st.builds("{}-{:02}".format, years, month_numbers)
winters = (24, 28, 30)
seasons = st.builds("{}-{}".format, years, st.sampled_from([s for s in range(21, 42) if s not in winters]))
level_0 = years | months | day_texts | days_before_christ | month_ends | leap_days

unstated = st.one_of(
    st.from_regex(r"-?[1-9](X{3}|[0-9]XX|[0-9][0-9]X)", fullmatch=True),
    st.from_regex(r"[0-9]{4}-XX|[0-9]{4}-(0[1-9]|1[0-2])-XX|[0-9]{4}-XX-XX", fullmatch=True),
    st.from_regex(r"[0-9X]{3}X-(0[1-9]|1[0-2])(-XX|-[01][1-9])?", fullmatch=True),
)
marked = st.tuples(level_0, marks).map("".join)
marked_inside = st.one_of(
    st.builds("{:04}{}-{:02}{}-09".format, year_numbers, marks, month_numbers, st.just("")),
    st.builds("{}{:04}-{}{:02}-{}09".format, marks, year_numbers, marks, month_numbers, marks),
)
long_years = st.from_regex(r"Y-?[1-9][0-9]{4,7}|Y-?[1-9][0-9]?E[3-6]", fullmatch=True)
single = st.one_of(level_0, unstated, marked, marked_inside, long_years, seasons)
with_ends = st.one_of(
    st.tuples(marked, marked).map("/".join),
    st.one_of(marked.map("{}/..".format), marked.map("../{}".format)),
)
ranges = st.tuples(years, years).map("..".join) | st.tuples(months, months).map("..".join)
members = st.lists(level_0 | ranges, min_size=2, max_size=4).map(",".join)
sets = st.one_of(
    *[members.map("[{}]".format), members.map("{{{}}}".format), level_0.map("[..{}]".format)],
    level_0.map("[{}..]".format),
)


def our_days(text: str) -> tuple[tuple | None, tuple | None]:
    """First and last day, None for an open side."""
    when = resolve(text, "UTC")
    first = None if when.open_start else civil_from_days(when.span.start // DAY)
    return first, None if when.open_end else civil_from_days(when.span.end // DAY - 1)


def their_days(text: str) -> tuple[tuple | None, tuple | None]:
    value = parse_edtf(text)
    bounds = (value.lower_strict(), value.upper_strict())
    return tuple(None if isinstance(bound, float) else tuple(bound)[:3] for bound in bounds)


def accepted(text: str) -> bool:
    """Whether we read it; what we refuse and the package takes is listed above."""
    try:
        resolve(text, "UTC")
    except BadDate as refused:
        assert refused.code in ("date_reversed", "date_day", "date_negative_zero"), text
        return False
    return True


@settings(max_examples=MOST_EXAMPLES // 4)
@given(single)
def test_that_single_dates_have_the_days_of_the_oracle(text):
    assume(accepted(text))
    assert our_days(text) == their_days(text)


@settings(max_examples=MOST_EXAMPLES // 10)
@given(with_ends)
def test_that_intervals_have_the_days_of_the_oracle(text):
    assume(accepted(text))
    assert our_days(text) == their_days(text)


@settings(max_examples=MOST_EXAMPLES // 10)
@given(sets)
def test_that_sets_have_the_days_of_the_oracle(text):
    assume(accepted(text))
    assert our_days(text) == their_days(text)


@pytest.mark.parametrize("text", ["1950S2", "1953S3", "Y171010000S3", "Y3388E2S3", "2020S4"])
def test_that_significant_digits_have_the_range_of_the_oracle(text):
    value = parse_edtf(text)
    assert our_days(text) == (tuple(value.lower_fuzzy())[:3], tuple(value.upper_fuzzy())[:3])


REFUSED = ["2020-13", "2020-02-30", "20-05", "2020-5", "Y2020", "-0000"]


@pytest.mark.parametrize("text", [*REFUSED, "5/31/2020", "June 2020", "2020-05-31T18:26"])
def test_that_what_the_oracle_refuses_we_refuse(text):
    assert parse_edtf(text, fail_silently=True) is None
    with pytest.raises(BadDate):
        resolve(text, "UTC")

"""Spans, precisions and four-instant times, as values."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT, BadDate, Basis, Precision, Span, When

small = st.integers(-20, 20)
spans = st.tuples(small, small).map(lambda ends: Span(min(ends), max(ends)))
DAY_AND_NIGHT = When(0, 10, 20, 30, Precision.DAY)


def instants(span: Span) -> set[int]:
    """The instants of a span; one of length 0 is its own instant."""
    return set(range(span.start, span.end)) or {span.start}


@given(spans, spans)
def test_that_spans_meet_where_they_have_an_instant_in_common(one, other):
    assert one.overlaps(other) == other.overlaps(one) == bool(instants(one) & instants(other))
    shared = one.intersect(other)
    assert (shared is None) == (not one.overlaps(other))
    if shared:
        assert instants(shared) == instants(one) & instants(other)


@given(spans, spans)
def test_that_a_union_holds_both(one, other):
    both = one.union(other)
    assert both.contains(one)
    assert both.contains(other)
    assert {both.start, both.end} <= {one.start, one.end, other.start, other.end}


def test_that_the_end_of_a_span_is_not_in_it():
    assert Span(0, 10).contains(0)
    assert not Span(0, 10).contains(10)
    assert not Span(0, 10).overlaps(Span(10, 20))
    assert Span(0, 10).length == 10


def test_that_padding_stays_within_the_instants_there_are():
    assert Span(0, 100).padded(0.25) == Span(-25, 125)
    assert Span(MIN_INSTANT, MAX_INSTANT).padded(1) == Span(MIN_INSTANT, MAX_INSTANT)


def test_that_a_span_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        Span(1, 0)


def test_that_precisions_are_ordered_from_fine_to_coarse_with_the_words_of_datasets():
    words = "ms second minute hour part_of_day day month season year decade century".split()
    assert [precision.value for precision in sorted(Precision)] == words
    assert max(Precision.DAY, Precision.MONTH) is Precision.MONTH
    with pytest.raises(TypeError):
        assert Precision.DAY < "day"


def test_that_bases_have_the_words_of_datasets():
    assert [basis.value for basis in Basis] == ["document", "post_id", "inferred"]


def test_that_an_interval_has_a_core_and_a_moment_has_none():
    assert DAY_AND_NIGHT.core == Span(10, 20)
    assert not DAY_AND_NIGHT.is_moment
    moment = When(0, 30, 0, 30, Precision.DAY)
    assert moment.is_moment
    assert moment.core is None
    assert moment.span == DAY_AND_NIGHT.span == Span(0, 30)


def test_that_a_time_known_to_the_millisecond_is_a_moment():
    assert When(5, 5, 5, 5, Precision.MS).is_moment
    assert When(5, 5, 5, 5, Precision.MS).core == Span(5, 5)


def test_that_bounds_out_of_order_are_seen():
    assert DAY_AND_NIGHT.is_ordered
    for wrong in ({"latest_start": -1}, {"latest_end": 19}, {"earliest_end": -1}, {"latest_start": 31}):
        assert not replace(DAY_AND_NIGHT, **wrong).is_ordered


def test_that_a_refusal_says_what_and_where_and_can_be_copied_to_another_process():
    bad = copy(BadDate("date_month", {"month": "13"}, 6))
    assert (bad.code, bad.args_, bad.column) == ("date_month", {"month": "13"}, 6)
    assert str(bad) == "date_month at column 6 {'month': '13'}"
    assert str(BadDate("date_empty")) == "date_empty {}"

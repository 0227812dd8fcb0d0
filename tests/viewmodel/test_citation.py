"""Citing what is on screen: from the words the same view can be made again."""
from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fakes import MIDNIGHT, tiny_dataset
from timeline_app.base.text import catalogue
from timeline_app.domain import edtf
from timeline_app.domain.calendar import DAY, SECOND, days_from_civil
from timeline_app.domain.time import Span
from timeline_app.viewmodel import moves, walk
from timeline_app.viewmodel.citation import cite_view, iso
from timeline_app.viewmodel.state import Setting
from timeline_app.viewmodel.window import Window

ZONES = st.sampled_from(("UTC", "America/Chicago", "Asia/Seoul", "Asia/Kathmandu"))


def lines(language: str = "en", **view: object) -> list[str]:
    data = tiny_dataset()
    state = moves.look(walk.opening(data, Setting(language)), **view)
    return cite_view(state, data, "0.1.0", catalogue(language)).splitlines()


@pytest.mark.parametrize("instant, zone, text", [
    (MIDNIGHT, "America/Chicago", "2020-05-30T00:00:00-05:00"),
    (MIDNIGHT, "Asia/Kathmandu", "2020-05-30T10:45:00+05:45"),
    (MIDNIGHT + 999, "UTC", "2020-05-30T05:00:00+00:00"),
    (-SECOND, "UTC", "1969-12-31T23:59:59+00:00"),
    (days_from_civil(-44, 3, 15) * DAY, "Europe/Rome", "-0044-03-15T00:00:00+00:00"),
    (days_from_civil(0, 1, 1) * DAY, "UTC", "0000-01-01T00:00:00+00:00"),
    (days_from_civil(-170_000, 5, 1) * DAY, "UTC", "Y-170000")])
def test_that_an_instant_is_iso_with_its_offset(instant: int, zone: str, text: str):
    assert iso(instant, zone) == text


@given(st.integers(days_from_civil(-9_999, 1, 2) * DAY, days_from_civil(9_999, 12, 30) * DAY), ZONES)
@example(days_from_civil(1910, 1, 1) * DAY, "Asia/Kathmandu")
def test_that_a_cited_instant_reads_back_to_the_second(instant: int, zone: str):
    assert edtf.resolve(iso(instant, zone), None).earliest_start == instant // SECOND * SECOND


def test_that_the_span_of_a_cited_view_reads_back_as_the_same_window():
    data = tiny_dataset()
    window = walk.opening(data).view.window
    cited = lines()[2].removeprefix("Span ").partition(", ")[0]
    when = edtf.resolve(cited, None)
    assert Window.of(Span(when.earliest_start, when.earliest_end)) == window
    assert lines()[2].endswith("axis in America/Chicago")


def test_that_selection_and_search_are_cited_where_there_are_any():
    assert len(lines()) == 3
    told = lines(selected="e-asks", query="café")
    assert told[3] == "Selected: An app asks for video (e-asks)" and told[4] == "Search: café"
    assert len(lines(selected="gone")) == 3


@pytest.mark.parametrize("language, title", [("en", "Tiny example"), ("ko", "작은 예")])
def test_that_dataset_and_version_are_named_in_the_language_of_the_screen(language: str, title: str):
    told = "\n".join(lines(language))
    assert title in told and "0.1.0" in told and "tiny" in told


def test_that_a_chosen_zone_is_the_zone_of_the_cited_span():
    data = tiny_dataset()
    state = walk.opening(data, Setting(zone="Asia/Seoul"))
    assert "2020-05-30T14:00:00+09:00/" in cite_view(state, data, "1", catalogue("en"))

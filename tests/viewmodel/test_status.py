"""What the status line and the bar say: true at every scale, in every zone and language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes import LANES, tiny_dataset, tiny_meta, tiny_session
from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.domain.calendar import DAY, days_from_civil
from timeline_app.domain.time import Span
from timeline_app.viewmodel import moves, status
from timeline_app.viewmodel.window import Window

EN = catalogue("en")


def said(state, dataset=None, texts=EN, us_per_px=0.0):
    return [(part.role, part.text) for part in status.status_parts(state, dataset or tiny_dataset(), texts, us_per_px)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_part_is_said_in_each_language(language):
    parts = said(tiny_session().state, texts=catalogue(language))
    assert [role for role, _ in parts] == ["span", "bins", "caveat"]
    assert len({text for _, text in parts}) == 3


def test_that_the_span_is_in_the_zone_of_the_axis():
    state = tiny_session().state
    assert said(state)[0][1] == "30 May 00:00 to 5 June 12:00, CDT"
    assert said(moves.set_up(state, zone="Asia/Seoul"))[0][1] == "30 May 14:00 to 6 June 02:00, KST"


@pytest.mark.parametrize(
    ("us_per_px", "bars"),
    [
        (0.0, "bars are 10 minutes or a day"), (600e6 * 2, "bars are 30 minutes or a day"),
        (3_600e6 * 20, "bars are a day"), (86_400e6 * 5, "bars are a week"), (86_400e6 * 20, "bars are 28 days"),
    ],
)  # fmt: skip
def test_that_bars_are_named_as_wide_as_they_are_drawn(us_per_px, bars):
    assert ("bins", bars) in said(tiny_session().state, us_per_px=us_per_px)


def test_that_hidden_lanes_are_not_spoken_of():
    state = tiny_session().state
    assert ("bins", "bars are 10 minutes") in said(moves.toggle_lane(state, "daily"))
    assert [role for role, _ in said(moves.toggle_lane(state, "daily"))] == ["span", "bins"]
    hidden = moves.toggle_lane(moves.toggle_lane(state, "daily"), "coded")
    assert [role for role, _ in said(hidden)] == ["span"]


def test_that_a_day_boundary_that_is_stated_needs_no_caveat():
    stated = tuple(replace(one, zone="UTC") for one in tiny_dataset().series)
    assert "caveat" not in [role for role, _ in said(tiny_session().state, tiny_dataset(series=stated))]


def test_that_far_from_now_the_zone_is_said_to_be_utc():
    start = days_from_civil(1700, 1, 1) * DAY
    state = tiny_session().state
    far = replace(state, view=replace(state.view, window=Window.of(Span(start, start + DAY))))
    assert said(far)[-1] == ("caveat", EN.get("explore.caveat.no_rules"))
    assert status.zone_words(far, tiny_dataset(), EN) == ("Chicago", "UTC")


def test_that_a_dataset_without_counts_speaks_of_no_bars():
    bare = tiny_dataset(series=(), meta=tiny_meta(lanes=LANES[:3]))
    assert [role for role, _ in said(tiny_session().state, bare)] == ["span"]


def test_that_counts_name_only_what_there_is():
    assert status.count_words(tiny_dataset(), EN) == ("5 events", "2 claims", "2 sources")
    one = tiny_dataset(events=tiny_dataset().events[:1], claims=(), sources={})
    assert status.count_words(one, EN) == ("1 event",)

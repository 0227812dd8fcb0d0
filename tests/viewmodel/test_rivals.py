"""Rival dates: answers to an event's own `when` that do not touch its time, from sources that stand behind them."""
from __future__ import annotations

import pytest

from fakes import tiny_dataset, words
from lane_reading import dataset, event, within
from timeline_app.domain.calendar import DAY
from timeline_app.domain.records import Claim, Question
from timeline_app.viewmodel.rivals import NOTHING, contested

# Within 2 June UTC, 05:00 to 20:00.
EVENT = event("e", within(3, 15))


def judged(*answers: tuple[str, str], question: str = "when"):
    """What is contested about the event when these (answer, attitude) are given."""
    claims = tuple(Claim(f"c-{n}", "e", question, words("so"), answer, "UTC", attitude=attitude)
                   for n, (answer, attitude) in enumerate(answers))
    data = dataset((EVENT,), questions=(Question("e", question, words("?")),), claims=claims)
    return contested(data).get("e", NOTHING)


def test_that_an_answer_away_from_the_own_time_is_a_rival_date_and_one_that_touches_it_is_not():
    found = judged(("2020-06-02", "asserts"), ("2020-06-04", "reports"))
    (rival,) = found.rivals
    assert rival.latest_end - rival.earliest_start == DAY and rival.earliest_start > EVENT.when.latest_end
    assert found.is_disputed and found.answers == 2 and found.names == ("when",)


@pytest.mark.parametrize("attitude", ["denies", "doubts"])
def test_that_an_answer_its_source_does_not_stand_behind_is_no_rival_date(attitude: str):
    found = judged(("2020-06-02", "asserts"), ("2020-06-05", "asserts"), ("2020-06-04/2020-06-06", attitude))
    assert [rival.latest_end - rival.earliest_start for rival in found.rivals] == [DAY]
    alone = judged(("2020-06-02", "asserts"), ("2020-06-05", attitude))
    assert alone.rivals == ()


def test_that_a_day_that_ends_where_the_own_time_begins_is_a_rival():
    day = event("e", within(3 - 5 / 24, 24))
    claims = tuple(Claim(f"c-{day}", "e", "when", words("so"), day, "UTC") for day in ("2020-06-01", "2020-06-02"))
    data = dataset((day,), questions=(Question("e", "when", words("?")),), claims=claims)
    assert [when.latest_end for when in contested(data)["e"].rivals] == [day.when.earliest_start]


def test_that_equal_rival_dates_are_drawn_once():
    found = judged(("2020-06-02", "asserts"), ("2020-06-04", "reports"), ("2020-06-04", "asserts"))
    assert len(found.rivals) == 1 and found.answers == 2


def test_that_times_of_other_questions_are_disputes_but_no_places_of_this_event():
    found = judged(("2020-06-04", "asserts"), ("2020-06-07", "asserts"), question="when_public")
    assert found.rivals == () and found.is_disputed and found.names == ("when_public",)


def test_that_agreement_contests_nothing():
    assert judged(("2020-06-02", "asserts"), ("2020-06-02T06:00:00Z", "asserts")) == NOTHING
    assert not NOTHING.is_disputed


def test_that_only_disputed_events_are_listed_and_claims_about_unknown_events_are_no_bar():
    data = tiny_dataset()
    assert set(contested(data)) == {"e-down"} and contested(data)["e-down"].answers == 2
    assert contested(tiny_dataset(events=data.events[:1])) == {}

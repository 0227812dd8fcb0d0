"""Reported floods: thin lines that fade over exactly what is not known of them, never bars and never states."""
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fakes import MIDNIGHT
from lane_reading import at, certain, dataset, event, plain, request, said, within
from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.time import Precision, When
from timeline_app.viewmodel.lanes import floods


def drawn(*whens: When, **asked: object):
    flooded = tuple(event(f"e-{n}", when, kind="flood") for n, when in enumerate(whens))
    return floods.picture(request(dataset(flooded), "floods", **asked))


@given(st.lists(st.integers(0, 7 * 24), min_size=4, max_size=4, unique=True))
def test_that_an_interval_fades_over_exactly_the_doubt_about_its_ends(hours: list[int]):
    a, b, c, d = (MIDNIGHT + hour * HOUR for hour in sorted(hours))
    (band,) = drawn(When(a, b, c, d, Precision.HOUR), width=5_000.0).bands
    assert band.edges == (a, b, c, d) and band.style == "line"


def test_that_a_flood_known_only_to_lie_in_a_day_fades_to_both_ends_of_it():
    (band,) = drawn(within(2, 24)).bands
    noon = MIDNIGHT + 2 * DAY + 12 * HOUR
    assert band.edges == (MIDNIGHT + 2 * DAY, noon, noon, MIDNIGHT + 3 * DAY)


def test_that_a_flood_whose_times_are_known_does_not_fade():
    (band,) = drawn(certain(1, 30)).bands
    assert band.edges == (MIDNIGHT + DAY, MIDNIGHT + DAY, MIDNIGHT + DAY + 30 * HOUR, MIDNIGHT + DAY + 30 * HOUR)


def test_that_a_flood_is_thin_and_in_ink():
    picture = drawn(certain(1, 30), within(4, 24), at(5.5))
    assert {(band.role, band.style) for band in picture.bands} == {("ink", "line")}
    assert all(band.height <= 3 for band in picture.bands) and len(picture.points) == 1


def test_that_every_flood_is_named_and_they_are_laid_in_time():
    picture = drawn(within(4, 24), certain(1, 30))
    assert [item.id for item in picture.items] == ["e-1", "e-0"] and sorted(said(picture)) == ["e-0", "e-1"]


def test_that_no_flood_one_flood_and_the_same_twice_are_all_drawn():
    assert drawn().items == () and len(drawn(within(2, 24)).items) == 1
    assert len(drawn(within(2, 24), within(2, 24)).bands) == 2
    assert plain(drawn(within(2, 24), certain(1, 30))) == plain(drawn(within(2, 24), certain(1, 30)))
    wanted = floods.wanted(request(dataset(), "floods"))
    assert 0 < wanted.least <= wanted.ideal

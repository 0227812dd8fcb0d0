"""A visit and its clock: waking, asking, starting over, what a visitor sets and what is left of it afterwards."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.viewmodel.kiosk import plan, visit
from timeline_app.viewmodel.kiosk.visit import ATTRACT, CLOSER, HOME, KNOW, PLAY, Pace
from viewmodel.kiosk_places import SHOWN, START

SECOND = 1000
ACTIONS = [
    "earlier", "later", "know", "back", "close", "more", "less", "zoom_in", "zoom_out", "closer", "pan_earlier",
    "pan_later", "scrub:0", "scrub:730", "scrub:-1", "scrub:x", "drag:-400", "drag:250", "drag:", "play", "pause",
    "language:ko", "language:en", "language:fr", "text_size", "contrast", "read_warning", "stay", "more_time", "erase",
    "digit:7", "digit:x", "moment:", "moment:nobody", "unheard", "", ":",
    *(f"moment:{one.id}" for one in START.plan.moments)]


def woken(now=0):
    return visit.touched(visit.begin(START, now), now)


def test_that_a_touch_opens_home_and_presses_nothing():
    found = visit.touched(visit.begin(START, 0), 5)
    assert (found.screen, found.chosen, found.touched_ms) == (HOME, "", 5)


def test_that_a_visitor_is_asked_after_a_minute_and_the_screen_starts_over_twenty_seconds_later():
    there = visit.pressed(woken(), "later", START, 0)
    assert not visit.is_counting(there, START, 59_999)
    assert visit.is_counting(there, START, 60_000)
    assert visit.left_ms(there, START.pace, 60_000) == 20_000
    assert visit.ticked(there, START, 79_999).screen == HOME
    assert visit.ticked(there, START, 80_000).screen == ATTRACT


def test_that_any_touch_ends_the_question():
    there = visit.touched(visit.pressed(woken(), "later", START, 0), 75 * SECOND)
    assert not visit.is_counting(there, START, 134 * SECOND)
    assert visit.ticked(there, START, 134 * SECOND).screen == HOME


@pytest.mark.parametrize("quiet", [10, 600])
def test_that_both_waits_can_be_set(quiet):
    start = replace(START, pace=Pace(quiet * SECOND, quiet * SECOND))
    there = visit.touched(visit.begin(start, 0), 0)
    assert visit.ticked(there, start, 2 * quiet * SECOND - 1).screen == HOME
    assert visit.ticked(there, start, 2 * quiet * SECOND).screen == ATTRACT


def test_that_who_asks_for_more_time_has_ten_times_as_long_in_this_visit_only():
    there = visit.pressed(woken(), "more_time", START, 0)
    assert not visit.is_counting(there, START, 599 * SECOND)
    assert visit.is_counting(there, START, 600 * SECOND)
    assert not visit.ticked(there, START, 620 * SECOND).has_more_time


def test_that_nobody_is_asked_while_the_surge_plays_and_the_wait_begins_at_its_end():
    there = visit.pressed(woken(), "play", START, 0)
    whole = START.plan.play.seconds * SECOND
    for now in range(0, whole + 1, 500):
        there = visit.ticked(there, START, now)
        assert not visit.is_counting(there, START, now)
    assert (there.screen, there.is_playing, there.play_ms) == (PLAY, False, whole)
    assert not visit.is_counting(there, START, whole + 59_000)
    assert visit.is_counting(there, START, whole + 60_000)


def test_that_a_halted_surge_goes_on_from_where_it_was_and_a_finished_one_begins_anew():
    there = visit.ticked(visit.pressed(woken(), "play", START, 0), START, 10_000)
    there = visit.ticked(visit.pressed(there, "pause", START, 10_000), START, 19_000)
    assert there.play_ms == 10_000
    there = visit.ticked(visit.pressed(there, "play", START, 19_000), START, 20_000)
    assert there.play_ms == 11_000
    there = visit.ticked(there, START, 200_000)
    assert visit.pressed(there, "play", START, 201_000).play_ms == 0


@pytest.mark.parametrize("jump_ms", [86_400_000, -86_400_000])
def test_that_a_clock_that_jumps_neither_plays_past_the_end_nor_backwards(jump_ms):
    there = visit.ticked(visit.pressed(woken(10**12), "play", START, 10**12), START, 10**12 + 5_000)
    there = visit.ticked(there, START, 10**12 + 5_000 + jump_ms)
    assert 5_000 <= there.play_ms <= START.plan.play.seconds * SECOND


def test_that_the_other_language_keeps_the_place():
    there = visit.pressed(visit.pressed(woken(), "later", START, 0), "know", START, 0)
    other = visit.pressed(there, "language:ko", START, 0)
    assert replace(other, setting=there.setting) == there
    assert other.setting.language == "ko"


def test_that_text_size_and_colours_go_round():
    there, sizes, themes = woken(), [], []
    for _ in range(3):
        there = visit.pressed(visit.pressed(there, "text_size", START, 0), "contrast", START, 0)
        sizes.append(there.setting.text_percent)
        themes.append(there.setting.theme)
    assert sizes == [150, 200, 100]
    assert sorted(themes) == ["contrast", "gallery", "paper"]


def test_that_every_moment_can_be_walked_to_and_is_then_in_sight():
    there, seen = woken(), []
    for _ in START.plan.moments:
        there = visit.pressed(there, "later", START, 0)
        found = START.plan.moment(there.chosen)
        assert there.window.start_us <= found.start_ms * 1000 < there.window.end_us
        seen.append(found.id)
    assert seen == [one.id for one in START.plan.moments]


def test_that_knowing_leads_back_to_where_one_came_from():
    there = visit.pressed(visit.pressed(woken(), "closer", START, 0), "know", START, 0)
    assert there.screen == CLOSER  # nothing is chosen: there is nothing to know
    view = replace(there.view, selected="bts-tweet")
    there = visit.pressed(visit.looked(there, view, 1), "know", START, 2)
    assert (there.screen, there.chosen) == (KNOW, "event:bts-tweet")
    assert visit.pressed(there, "back", START, 3).screen == CLOSER


@settings(max_examples=200)
@given(st.lists(st.sampled_from(ACTIONS), max_size=40), st.integers(0, 10**9))
def test_that_after_any_visit_everything_is_as_at_the_start(actions, now):
    first = visit.begin(START, 0)
    there = visit.touched(first, now)
    for number, action in enumerate(actions):
        there = visit.ticked(visit.pressed(there, action, START, now + number), START, now + number)
    after = visit.ticked(replace(there, is_playing=False), START, there.touched_ms + 10**7)
    assert visit.essence(after) == visit.essence(first)
    assert visit.essence(visit.pressed(there, "start_over", START, now)) == visit.essence(first)


def test_that_a_screen_that_nobody_has_touched_asks_nobody():
    first = visit.begin(START, 0)
    assert visit.ticked(first, START, 10**9).screen == ATTRACT
    plain = replace(START, is_plain=True)
    assert visit.begin(plain, 0).screen == HOME
    assert not visit.is_counting(visit.begin(plain, 0), plain, 10**9)


def test_that_a_dataset_without_a_story_offers_its_best_documented_events():
    found = plan.plan(SHOWN, None, "en")
    counts = sorted((len(one.source_ids) for one in SHOWN.events), reverse=True)[: plan.MOST]
    assert sorted((len(SHOWN.event_by_id[one.id].source_ids) for one in found.moments), reverse=True) == counts
    assert [one.start_ms for one in found.moments] == sorted(one.start_ms for one in found.moments)
    assert found.play is None

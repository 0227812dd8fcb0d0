"""A talk by its keys: steps, blank, frozen, off the path, guesses, steps that ask, the end, and how the time goes."""
from __future__ import annotations

from dataclasses import replace

import pytest

from fakes import EVENTS
from stories import DATASET, SIGHT, STORY
from timeline_app.base.text import catalogue
from timeline_app.domain.stories import Step, Story
from timeline_app.viewmodel import pacing, talk
from timeline_app.viewmodel.talk import Beat

MINUTE = 60_000
PLAIN = (Beat(3 * MINUTE),) * 40


def pressed(now, *keys, at=0):
    for key in keys:
        now = key(now, at)
    return now


def test_that_a_step_reached_by_a_jump_is_the_step_reached_by_stepping():
    start = talk.begin(PLAIN, 0)
    stepped = pressed(start, *[talk.forward] * 37)
    assert talk.jump(start, 37, 0) == stepped and stepped.at == stepped.shown == 37


def test_that_home_and_end_and_jumps_beyond_them_stay_within_the_story():
    start = talk.begin(PLAIN, 0)
    assert talk.jump(start, 10**6, 0).at == 39 and talk.jump(start, -5, 0).at == 0
    assert talk.backward(start, 0).at == 0 and talk.forward(talk.jump(start, 39, 0), 0).at == 39


@pytest.mark.parametrize("colour", ["black", "white"])
@pytest.mark.parametrize("key", [talk.forward, talk.backward, talk.freeze, talk.leave, talk.spotlight, talk.uncovered])
def test_that_any_key_unblanks_first_and_does_nothing_else(colour, key):
    start = pressed(talk.begin(PLAIN, 0), talk.forward)
    dark = talk.cover(start, colour, 0)
    assert dark.blank == colour and key(dark, 0) == start
    assert talk.cover(dark, "white", 0) == start and talk.jump(dark, 9, 0) == start


def test_that_the_audience_of_a_frozen_screen_sees_nothing_of_what_the_presenter_does():
    frozen = pressed(talk.begin(PLAIN, 0), talk.forward, talk.freeze)
    moved = pressed(frozen, talk.forward, talk.forward)
    assert (moved.at, moved.shown) == (3, 1)
    assert talk.freeze(moved, 0).shown == 3


def test_that_one_key_returns_to_the_step_that_was_left():
    start = pressed(talk.begin(PLAIN, 0), talk.forward)
    away = talk.leave(start, 0)
    assert away.is_off_path and talk.leave(away, 0) == start and talk.forward(away, 0) == start


def test_that_a_spotlight_goes_with_the_next_step():
    lit = talk.spotlight(talk.begin(PLAIN, 0), 0)
    assert lit.has_spotlight and not talk.forward(lit, 0).has_spotlight


def test_that_a_guess_is_revealed_before_the_talk_goes_on_and_guessed_anew_when_one_returns():
    beats = (Beat(MINUTE), Beat(MINUTE, has_guess=True), Beat(MINUTE))
    there = pressed(talk.begin(beats, 0), talk.forward)
    assert not there.shows_answers
    revealed = talk.forward(there, 0)
    assert revealed.shows_answers and revealed.at == 1 and talk.backward(revealed, 0) == there
    assert not talk.backward(talk.forward(revealed, 0), 0).shows_answers


def test_that_a_frozen_screen_shows_no_answer_that_the_presenter_reveals():
    beats = (Beat(MINUTE, has_guess=True), Beat(MINUTE))
    revealed = pressed(talk.begin(beats, 0), talk.freeze, talk.forward)
    assert revealed.is_revealed and not revealed.shows_answers


def test_that_a_step_with_a_flag_waits_until_it_is_allowed():
    beats = (Beat(MINUTE), Beat(MINUTE, flags=("violence",)), Beat(MINUTE))
    asks = pressed(talk.begin(beats, 0), talk.forward)
    assert asks.asks and (asks.at, asks.shown) == (1, 0)
    assert talk.forward(asks, 0).shown == 1
    assert pressed(asks, talk.forward, talk.forward, talk.backward).shown == 1


def test_that_a_first_step_with_a_flag_is_not_shown_before_it_is_allowed():
    asks = talk.begin((Beat(MINUTE, flags=("violence",)), Beat(MINUTE)), 0)
    assert asks.asks and asks.shown == -1 and talk.forward(asks, 0).shown == 0
    assert pressed(asks, talk.freeze, talk.freeze).shown == -1


def test_that_flags_are_those_of_the_step_and_of_its_events():
    flagged = replace(DATASET, events=(replace(EVENTS[1], content_flags=frozenset({"violence"})),))
    bare = Step("x", replace(SIGHT, selected=""), flags=frozenset({"minor"}))
    story = Story("s", STORY.title, (STORY.steps[0], bare))
    assert [one.flags for one in talk.beats_of(story, flagged)] == [("violence",), ("minor",)]


def test_that_esc_ends_only_on_a_second_press_within_two_seconds():
    once = talk.escape(talk.begin(PLAIN, 0), 1_000)
    assert not once.is_over and talk.escape(once, 3_000).is_over and not talk.escape(once, 3_001).is_over
    assert not talk.escape(talk.forward(once, 1_500), 1_600).is_over
    assert talk.escape(talk.begin(PLAIN, 0), 0, ends_at_once=True).is_over


def test_that_esc_brings_a_black_screen_back_and_counts_as_the_first_press():
    dark = talk.cover(talk.begin(PLAIN, 0), "black", 0)
    first = talk.escape(dark, 100, ends_at_once=True)
    assert not first.is_over and first.blank == "" and talk.escape(first, 200).is_over


def test_that_the_clock_stands_when_a_talk_is_over():
    ended = talk.over(talk.forward(talk.begin(PLAIN, 0), 10_000), 15_000)
    assert ended.is_over and talk.ticked(ended, 99_000).elapsed_ms == 15_000


def test_that_with_8_of_30_minutes_left_next_visits_core_steps_only():
    beats = tuple(Beat(3 * MINUTE, is_optional=number % 2 == 1) for number in range(10))
    start = talk.jump(talk.begin(beats, 0, minutes=30), 4, 0)
    assert talk.forward(start, 2 * MINUTE).at == 5
    assert talk.forward(start, 22 * MINUTE).at == 6
    assert talk.forward(talk.jump(start, 8, 29 * MINUTE), 29 * MINUTE).at == 8


def test_that_the_clock_counts_by_step_and_stands_while_it_is_paused():
    one = talk.forward(talk.begin(PLAIN, 0), 10_000)
    still = talk.pause(one, 15_000)
    later = talk.ticked(still, 99_000)
    again = talk.ticked(talk.pause(later, 100_000), 101_000)
    assert again.spent[:2] == (10_000, 6_000) and later.elapsed_ms == 15_000
    assert talk.reset(again, 101_000).elapsed_ms == 0 and talk.reset(again, 101_000).at == 1


def test_that_the_pace_is_said_in_words():
    texts = catalogue("en")
    start = talk.begin((Beat(10 * MINUTE),) * 3, 0)
    assert pacing.pace(talk.ticked(start, 5 * MINUTE), texts).state == "on"
    late = pacing.pace(talk.ticked(start, 13 * MINUTE), texts)
    early = pacing.pace(talk.ticked(talk.jump(start, 2, 0), 60_000), texts)
    over = pacing.pace(talk.ticked(start, 31 * MINUTE), texts)
    assert (late.state, early.state, over.state, over.left) == ("behind", "ahead", "over", "-1:00")
    assert len({one.words for one in (late, early, over)}) == 3


@pytest.mark.parametrize(("planned", "passed", "warning"), [
    (30, 24.9, ""), (30, 25, "last 5 minutes"), (30, 29.9, "last 5 minutes"), (30, 31, ""), (8, 5.9, ""),
    (8, 6, "last 2 minutes"), (3, 2, "last minute")])
def test_that_the_last_five_minutes_are_told_and_of_a_short_talk_its_last_quarter(planned, passed, warning):
    now = talk.ticked(talk.begin((Beat(MINUTE),), 0, minutes=planned), round(passed * MINUTE))
    assert pacing.pace(now, catalogue("en")).warning == warning


def test_that_a_rehearsal_gives_the_seconds_of_each_step():
    run = talk.ticked(talk.forward(talk.begin(PLAIN[:3], 0), 61_400), 71_400)
    assert pacing.rehearsed(run) == (61, 10, 180)
    assert [line.spent_ms for line in pacing.report(run)] == [61_400, 10_000, 0]

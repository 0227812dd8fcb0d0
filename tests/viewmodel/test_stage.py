"""What the audience's screen says: the words of a step, its answers only after the reveal, what is missing."""
from __future__ import annotations

from dataclasses import replace

import pytest

from fakes import words
from lane_reading import measure
from stories import DATASET, STORY
from timeline_app.viewmodel import rivals, stage, stage_layout
from timeline_app.viewmodel.state import Setting


def test_that_a_screen_says_the_words_of_its_step_in_the_language_of_the_setting():
    said = stage.doc(STORY, 0, DATASET, Setting("ko"))
    assert (said.headline, said.sentence, said.number, said.of) == ("처음", "A sentence.", 1, 2)


def test_that_answers_are_nowhere_before_the_reveal():
    before = stage.doc(STORY, 1, DATASET, Setting())
    seen = stage.seen(before, DATASET)
    assert before.answers == () and "How long? Guess." in before.texts
    assert not [one for one in seen.claims if one.question == "how_long"]
    assert not rivals.contested(seen).get("e-down", rivals.NOTHING).is_disputed
    assert rivals.contested(DATASET)["e-down"].is_disputed


def test_that_every_answer_is_there_after_the_reveal_with_who_gives_it():
    after = stage.doc(STORY, 1, DATASET, Setting(), is_revealed=True)
    assert {one.text for one in after.answers} == {"PT2H", "PT5H"} and all(one.sources for one in after.answers)
    assert after.prompt == "" and stage.seen(after, DATASET) is DATASET


def test_that_a_screen_says_what_the_dataset_lacks():
    assert "nowhere" in " ".join(stage.doc(STORY, 1, DATASET, Setting()).notices)


def test_that_sizes_are_shares_of_the_height_and_nothing_is_below_its_floor():
    long = replace(STORY.steps[0], headline=words("A headline that is far too long for a line of its size, really"))
    for size in ((1280, 720), (1920, 1080), (1024, 768), (3840, 2160)):
        for step in (STORY.steps[0], long):
            said = stage.doc(replace(STORY, steps=(step,)), 0, DATASET, Setting())
            layout = stage_layout.laid_out(said, size, measure)
            headline = [one.style[1] for one in layout.lines if one.style[2] == "bold"]
            assert headline and min(headline) >= size[1] / 18 and max(headline) <= size[1] / 13 + 1
            sentence = next(one for one in layout.lines if one.text == "A sentence.")
            assert sentence.style[1] >= size[1] / 30 and layout.percent * 11 / 100 >= size[1] / 54
            assert layout.timeline[3] > size[1] / 3


@pytest.mark.parametrize(("size", "is_below"), [((1920, 1080), False), ((900, 1440), True)])
def test_that_answers_stand_beside_the_timeline_and_on_a_tall_screen_below_it(size, is_below):
    shown = stage_layout.laid_out(stage.doc(STORY, 1, DATASET, Setting(), True), size, measure)
    (x, y, wide, high), side = shown.timeline, shown.side
    assert (side[1] >= y + high and side[2] == wide) if is_below else (side[0] >= x + wide and side[3] == high)
    assert side[0] + side[2] <= size[0] and side[1] + side[3] <= size[1]


def test_that_no_earlier_step_gives_the_answer_to_a_later_guess_away():
    before, asked, revealed = (stage.doc(STORY, at, DATASET, Setting(), shows) for at, shows in
                               ((0, False), (1, False), (1, True)))
    for one in (before, asked):
        assert not [claim for claim in stage.seen(one, DATASET).claims if claim.question == "how_long"]
    assert stage.seen(revealed, DATASET) is DATASET

"""A made-up story over the tiny dataset of `fakes`: a plain step, and one whose answer is guessed first."""
from __future__ import annotations

from fakes import MIDNIGHT, tiny_dataset, words
from timeline_app.domain.calendar import DAY
from timeline_app.domain.stories import Guess, Sight, Step, Story

DATASET = tiny_dataset()
SIGHT = Sight(MIDNIGHT * 1000, (MIDNIGHT + 3 * DAY) * 1000, "e-down")
GUESS = Guess("e-down", "how_long", words("How long? Guess.", "얼마나? 짐작한다."))
STORY = Story("s", words("A story", "이야기"), (
    Step("one", SIGHT, words("First", "처음"), words("A sentence."), words("A footnote.")),
    Step("two", SIGHT, words("Second"), guess=GUESS, events=("nowhere",)),
))

"""A small invented story on the tiny dataset of `fakes`: a plain step, one that lets people guess, one of counts.

Reading the text of a PDF back is `pdf_text`.
"""

from __future__ import annotations

from dataclasses import replace

from fakes import MIDNIGHT, tiny_dataset, words
from timeline_app.domain.calendar import DAY
from timeline_app.domain.records import Question
from timeline_app.domain.stories import Guess, Sight, Step, Story
from timeline_app.engine.dataset import Dataset

ANSWERS = ("two hours later", "within five hours", "2 hours", "5 hours")


def sight(first: float, last: float, *lanes: str) -> Sight:
    """Some days of the tiny dataset, with some of its lanes."""
    return Sight(*(1000 * (MIDNIGHT + round(day * DAY)) for day in (first, last)), shown=lanes)


def tiny_story(**changes: object) -> Story:
    """Three steps; fields can be replaced."""
    guess = Guess("e-down", "how_long", words("How long did it take?", "얼마나 걸렸을까?"))
    steps = (
        Step("asked", sight(0, 3, "portals"), words("An app asks", "앱이 묻다"),
             words("It asks for video.", "영상을 보내 달라고 한다."),
             notes=words("Ask the room first.", "먼저 묻는다."), events=("e-asks",), sources=("s-study",)),
        Step("how-long", sight(1, 3, "portals"), words("And then it was down", "그리고 멈췄다"),
             words("The sources do not agree.", "출처들의 말이 다르다."), guess=guess, events=("e-down",)),
        Step("counted", sight(0, 6, "coded"), words("What was counted", "무엇을 세었나"),
             words("Every ten minutes.", "10분마다."), words("A coder counted.", "한 사람이 세었다."), seconds=90),
    )
    fields = {"id": "tiny-story", "title": words("A tiny story", "작은 이야기"), "steps": steps,
              "summary": words("Three steps, all invented.", "지어낸 세 단계.")}
    return Story(**(fields | changes))


def told(*steps: Step, **changes: object) -> Dataset:
    """The tiny dataset with the tiny story, or with one of other steps."""
    story = tiny_story(**changes)
    question = Question("e-down", "how_long", words("How long after the request?", "요청 뒤 얼마나?"), "duration")
    return tiny_dataset(stories=(replace(story, steps=steps) if steps else story,), questions=(question,))

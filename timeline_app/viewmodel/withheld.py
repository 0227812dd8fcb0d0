"""What an export that gives no answers must leave out: the answers to the questions that a story lets people guess.

The words are the sources' own and those that the app says for their answers, in every language. What is left out of a
picture is `stage`.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from timeline_app.base.text import LANGUAGES
from timeline_app.domain.answers import Answer, parse_answer
from timeline_app.domain.records import Event
from timeline_app.domain.stories import Guess, Story
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel.answer_words import answer_text, long_duration
from timeline_app.viewmodel.detail_case import Case

SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Withheld:
    """Answers in words, folded, and the bare lengths of time in them, which other matters may have as well."""

    answers: frozenset[str] = frozenset()
    lengths: frozenset[str] = frozenset()

    def gives(self, text: str) -> bool:
        """Whether a text holds an answer, whatever the case and the spaces; a number within a longer one is none."""
        return _is_among(self.answers, text)

    def holds(self, text: str) -> bool:
        """The same for words that belong to the story, where a bare length gives an answer away, too."""
        return self.gives(text) or _is_among(self.lengths, text)


def of_story(story: Story, dataset: Dataset) -> Withheld:
    """The answers to everything that a story lets its audience guess."""
    guesses = [step.guess for step in story.steps if step.guess is not None]
    said = {(_folded(words), is_bare) for guess in guesses for words, is_bare in _words(guess, dataset)}
    answers, lengths = (frozenset(words for words, is_bare in said if is_bare is wanted and len(words) >= SHORTEST)
                        for wanted in (False, True))
    return Withheld(answers, lengths)


def _words(guess: Guess, dataset: Dataset) -> Iterable[tuple[str, bool]]:
    """Every wording of the answers to a question, and whether it is only the length in one."""
    event = dataset.event_by_id.get(guess.event_id)
    question = next((one for one in dataset.of_event("questions", guess.event_id) if one.name == guess.question), None)
    unit, zone = question.unit if question else "", event.when.zone if event else None
    for claim in dataset.of_event("claims", guess.event_id):
        if claim.question == guess.question:
            yield from ((words, False) for words in (*claim.text.all(), claim.excerpt))
            yield from _spoken(parse_answer(claim.answer, unit, claim.answer_timezone or zone), event, dataset)
    for line in dataset.of_event("derived", guess.event_id):
        if line.question == guess.question:
            yield from ((words, False) for words in line.text.all())
            yield from _spoken(parse_answer(line.answer, unit, zone), event, dataset)


def _spoken(answer: Answer, event: Event | None, dataset: Dataset) -> Iterable[tuple[str, bool]]:
    if event is None or not answer.is_comparable:
        return
    for language in LANGUAGES:
        manner = Case(event, dataset, language, dataset.meta.zone).manner
        yield answer_text(answer, manner), False
        if answer.kind == "duration" and answer.range.low != answer.range.high:  # "within 5 hours" is told by "5 hours"
            ends = (one for one in (answer.range.low, answer.range.high) if one)
            yield from ((long_duration(int(one), manner.texts), True) for one in ends)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .")


def _is_among(answers: frozenset[str], text: str) -> bool:
    said = _folded(text)
    return any(one in said and _stands_alone(one, said) for one in answers)


def _stands_alone(one: str, said: str) -> bool:
    """Whether it is there as words of its own: "5 hours" is not in "15 hours". Korean endings may follow."""
    return re.search(rf"(?<!\w){re.escape(one)}(?![0-9a-z])", said) is not None

"""A person's own stories as a value with its history, and every edit of a story as a pure function. Nothing is written
here; what a view looks at as a step is `story.sight_of`.

A text is edited in one language. The dataset's first language is `Words.text`; as long as nobody has written it, the
text in the other language stands for it, as it does when a file is read.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from timeline_app.base.safe_io import clean_text
from timeline_app.domain.records import Words
from timeline_app.domain.stories import MOST_STEPS, Guess, Sight, Step, Story
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import story
from timeline_app.viewmodel.notebook import is_note
from timeline_app.viewmodel.state import View

TEXTS = ("headline", "sentence", "footnote", "notes")
MOST_SECONDS = 24 * 3600
Stories = tuple[Story, ...]
_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class History:
    """Own stories as they are now, with all that was and all that was taken back. Edits of the same `mark`, such as
    letters typed into one field, are one edit."""

    now: Stories = ()
    past: tuple[Stories, ...] = ()
    future: tuple[Stories, ...] = ()
    mark: str = ""

    def named(self, story_id: str) -> Story | None:
        """The story of an id."""
        return next((one for one in self.now if one.id == story_id), None)

    def with_story(self, told: Story, mark: str = "") -> History:
        """After an edit of a story, or with a new one; a story without steps is gone, since no file can hold it."""
        now = tuple(told if one.id == told.id else one for one in self.now)
        return self.become(now if self.named(told.id) is not None else (*now, told), mark)

    def without(self, story_id: str) -> History:
        """After a story was removed."""
        return self.become(tuple(one for one in self.now if one.id != story_id))

    def become(self, now: Stories, mark: str = "") -> History:
        """After an edit, which can be taken back; what was taken back before is forgotten."""
        kept = tuple(one for one in now if one.steps)
        if kept == self.now:
            return self
        past = self.past if mark and mark == self.mark else (*self.past, self.now)
        return History(kept, past, (), mark)

    def joined(self, kept: Stories) -> History:
        """With stories that were there before the first edit: taking back goes no further than to them."""
        return History((*kept, *self.now), tuple((*kept, *one) for one in self.past),
                       tuple((*kept, *one) for one in self.future), self.mark)

    def undone(self) -> History | None:
        """Without the last edit; None where there is none."""
        return History(self.past[-1], self.past[:-1], (self.now, *self.future)) if self.past else None

    def redone(self) -> History | None:
        """With the edit that was taken back last; None where there is none."""
        return History(self.future[0], (*self.past, self.now), self.future[1:]) if self.future else None


def changed(before: Stories, after: Stories) -> tuple[str, ...]:
    """The ids of stories that are not the same before and after, or are only in one of both."""
    one, other = ({told.id: told for told in stories} for stories in (before, after))
    return tuple(name for name in {**one, **other} if one.get(name) != other.get(name))


def begun(story_id: str, title: Words) -> Story:
    """A new story without steps; the first record makes it one that can be kept."""
    return Story(story_id, title, ())


def copied(told: Story, story_id: str, title: Words) -> Story:
    """A story of the dataset as one's own."""
    return replace(told, id=story_id, title=title, file="", data_hash="")


def sight(view: View, dataset: Dataset) -> Sight:
    """What a view looks at; a person's notes are not of the dataset, so that no step selects one."""
    seen = replace(view, selected="") if is_note(view.selected) else view
    return story.sight_of(seen, dataset)


def recorded(told: Story, view: View, dataset: Dataset, after: int) -> tuple[Story, int]:
    """The story with a view as a new step behind the step of a number (-1: at the beginning), and the new number. Its
    headline is the title of the selected event, as the dataset words it."""
    if len(told.steps) >= MOST_STEPS:
        return told, after
    seen = sight(view, dataset)
    event = dataset.event_by_id.get(seen.selected)
    step = Step(_fresh_id(told), seen, event.title if event is not None else Words(),
                events=(event.id,) if event is not None else ())
    at = min(max(after + 1, 0), len(told.steps))
    return replace(told, steps=(*told.steps[:at], step, *told.steps[at:])), at


def retaken(told: Story, number: int, view: View, dataset: Dataset) -> Story:
    """The story with a step that looks at a view; its words stay."""
    return _with(told, number, lambda step: replace(step, sight=sight(view, dataset)))


def moved(told: Story, number: int, by: int) -> tuple[Story, int]:
    """The story with a step so many places later, earlier where negative, and its new number."""
    if not 0 <= number < len(told.steps):
        return told, number
    rest = [*told.steps[:number], *told.steps[number + 1:]]
    at = min(max(number + by, 0), len(rest))
    rest.insert(at, told.steps[number])
    return replace(told, steps=tuple(rest)), at


def removed(told: Story, number: int) -> Story:
    """The story without a step."""
    return replace(told, steps=tuple(one for at, one in enumerate(told.steps) if at != number))


def titled(told: Story, text: str, language: str, first: str) -> Story:
    """The story with a title in a language; it is never without any."""
    if language == first and not text.strip():
        return told
    return replace(told, title=said(told.title, text, language, first))


def worded(told: Story, number: int, name: str, words: tuple[str, str, str]) -> Story:
    """The story with a text of a step, one of TEXTS, set to (text, language, first language of the dataset)."""
    text, language, first = words
    return _with(told, number, lambda step: replace(step, **{name: said(getattr(step, name), text, language, first)}))


def timed(told: Story, number: int, seconds: int) -> Story:
    """The story with other planned seconds of a step."""
    return _with(told, number, lambda step: replace(step, seconds=min(max(seconds, 1), MOST_SECONDS)))


def made_optional(told: Story, number: int, is_optional: bool) -> Story:
    """The story with a step that is optional, or is not."""
    return _with(told, number, lambda step: replace(step, is_optional=is_optional))


def guessed(told: Story, number: int, question: str, dataset: Dataset) -> Story:
    """The story with a step that lets the audience guess a question of the selected event first; "" for none. What is
    asked is the question as the dataset words it."""
    def ask(step: Step) -> Step:
        label = next((one.label for one in dataset.of_event("questions", step.sight.selected)
                      if one.name == question), None)
        return replace(step, guess=Guess(step.sight.selected, question, label) if label is not None else None)
    return _with(told, number, ask)


def questions_of(step: Step, dataset: Dataset) -> tuple[tuple[str, Words], ...]:
    """The questions of the selected event that sources answer, by name and words: what can be guessed."""
    answered = {one.question for one in dataset.of_event("claims", step.sight.selected)}
    return tuple((one.name, one.label) for one in dataset.of_event("questions", step.sight.selected)
                 if one.name in answered)


def next_question(step: Step, dataset: Dataset) -> str:
    """What follows the question of a step among those that can be guessed; "" (none) after the last."""
    names = ["", *(name for name, _ in questions_of(step, dataset))]
    now = step.guess.question if step.guess is not None and step.guess.event_id == step.sight.selected else ""
    return names[(names.index(now) + 1) % len(names)] if now in names else ""


def text_in(words: Words, language: str, first: str) -> str:
    """The text that was written in a language, "" where none was; no other language stands for it."""
    return words.text if language == first else dict(words.others).get(language, "")


def said(words: Words, text: str, language: str, first: str) -> Words:
    """The words with the text of a language changed."""
    text = clean_text(text)[0]
    if language == first:
        return replace(words, text=text)
    before = dict(words.others)
    stands = not words.text or words.text == before.get(language)
    others = {**before, language: text} if text else {name: one for name, one in before.items() if name != language}
    return Words(text if stands else words.text, tuple(others.items()))


def seconds_of(text: str) -> int | None:
    """Planned seconds as typed, "90" or "1:30"; None for what is none."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    seconds = int(match[1] or 0) * 60 + int(match[2])
    return seconds if 0 < seconds <= MOST_SECONDS else None


def _fresh_id(told: Story) -> str:
    taken = {step.id for step in told.steps}
    return next(name for name in (f"step-{number}" for number in range(1, MOST_STEPS + 2)) if name not in taken)


def _with(told: Story, number: int, change: Callable[[Step], Step]) -> Story:
    if not 0 <= number < len(told.steps):
        return told
    return replace(told, steps=tuple(change(one) if at == number else one for at, one in enumerate(told.steps)))

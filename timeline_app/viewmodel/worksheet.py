"""A worksheet: what a story asks, and room to write. It holds no answer, and no words of a step that hold one.

Disputes are said to be some, because that is what there is to talk about; what anybody answers is not.
"""
from __future__ import annotations

from dataclasses import dataclass

from timeline_app.base.text import Texts, catalogue
from timeline_app.domain import claims
from timeline_app.domain.records import Question
from timeline_app.domain.stories import Step, Story
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import shown_lanes, story, story_book, withheld
from timeline_app.viewmodel.page_parts import Dress, element, line, page
from timeline_app.viewmodel.withheld import Withheld

GUESS_LINES, TALK_LINES = 3, 2
MOST_DISPUTES = 3
TALKS = 4


@dataclass(frozen=True, slots=True)
class Task:
    """One question and the number of lines to write on."""

    question: str
    lines: int


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of one step, under its heading."""

    heading: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A whole worksheet; `fields` are what somebody fills in at the top."""

    title: str
    language: str
    how: str
    fields: tuple[str, ...]
    parts: tuple[Part, ...]
    about: tuple[str, ...]

    @property
    def words(self) -> str:
        """Every text of it."""
        tasks = [task.question for part in self.parts for task in part.tasks]
        return "\n".join((self.title, self.how, *self.fields, *(part.heading for part in self.parts), *tasks,
                          *self.about))


def worksheet(told: Story, dataset: Dataset, language: str) -> Worksheet:
    """The worksheet of a story on a dataset as an audience gets it."""
    texts, hidden = catalogue(language), withheld.of_story(told, dataset)
    disputes = _disputes(told, dataset)
    parts = [_part(number, step, dataset, texts, (hidden, disputes[number - 1]))
             for number, step in enumerate(told.steps, 1)]
    talks = tuple(Task(texts.get(f"worksheet.together.{one}"), TALK_LINES) for one in range(1, TALKS + 1))
    parts.append(Part(texts.get("worksheet.together"), talks))
    title = told.title.say(language)
    return Worksheet(
        texts.get("worksheet.title", title=texts.get("story_export.left_out") if hidden.holds(title) else title),
        language, texts.get("worksheet.how"), (texts.get("worksheet.name"), texts.get("worksheet.date")),
        tuple(one for one in parts if one.tasks), story_book.about(dataset, texts))


def _part(number: int, step: Step, dataset: Dataset, texts: Texts, known: tuple[Withheld, tuple[Question, ...]]
          ) -> Part:
    hidden, disputed = known
    headline = step.headline.say(texts.language)
    heading = texts.get("worksheet.step", number=number, headline=headline)
    if not headline or hidden.holds(headline):
        heading = texts.get("worksheet.step_alone", number=number)
    asked = _guess(step, dataset, texts)
    tasks = [Task(asked, GUESS_LINES), Task(texts.get("worksheet.why"), TALK_LINES)] if asked else []
    tasks += [Task(texts.get("worksheet.dispute", event=_name(one.event_id, dataset, texts),
                             question=one.label.say(texts.language)), TALK_LINES) for one in disputed]
    if _counts(step, dataset):
        tasks.append(Task(texts.get("worksheet.counted"), TALK_LINES))
    return Part(heading, tuple(one for one in tasks if not hidden.holds(one.question)))


def _guess(step: Step, dataset: Dataset, texts: Texts) -> str:
    """What a step asks its audience: its own words, or else those of the question."""
    guess = step.guess
    if guess is None:
        return ""
    rows = dataset.of_event("questions", guess.event_id)
    label = next((one.label.say(texts.language) for one in rows if one.name == guess.question), "")
    return guess.prompt.say(texts.language) or label


def _counts(step: Step, dataset: Dataset) -> bool:
    """Whether a step shows a lane of counts that its lanes were chosen for."""
    lanes = shown_lanes.all_lanes(dataset, story.choice_of(step.sight, dataset))
    return any(one.half == "counted" and one.id in step.sight.shown for one in lanes)


def _disputes(told: Story, dataset: Dataset) -> list[tuple[Question, ...]]:
    """The disputed questions of each step's events: each once, where it comes first, none that is guessed, and none of
    violence, which is no exercise."""
    zones = {event.id: event.when.zone for event in dataset.events}
    found = claims.disputes(dataset.questions, dataset.claims, zones, dataset.derived)
    open_ones = {(one.event_id, one.question) for one in found
                 if "violence" not in dataset.event_by_id[one.event_id].content_flags}
    open_ones -= {(step.guess.event_id, step.guess.question) for step in told.steps if step.guess is not None}
    steps = []
    for step in told.steps:
        rows = [one for event in step.events for one in dataset.of_event("questions", event)
                if (event, one.name) in open_ones][:MOST_DISPUTES]
        open_ones -= {(one.event_id, one.name) for one in rows}
        steps.append(tuple(rows))
    return steps


def _name(event_id: str, dataset: Dataset, texts: Texts) -> str:
    event = dataset.event_by_id[event_id]
    return event.label.say(texts.language) or event.title.say(texts.language)


def worksheet_page(sheet: Worksheet, dress: Dress) -> bytes:
    """The worksheet as a page to print; it has no script."""
    fields = "".join(f'<span dir="auto">{line(one)}</span>' for one in sheet.fields)
    parts = "\n".join(_section(one) for one in sheet.parts)
    about = "".join(element("p", one, "muted") for one in sheet.about)
    body = f'{element("h1", sheet.title)}<div class="who">{fields}</div>{element("p", sheet.how)}\n{parts}\n{about}'
    return page(sheet.title, sheet.language, body, dress)


def _section(part: Part) -> str:
    tasks = "".join(f'<div class="room">{element("p", one.question, "question")}{"<i></i>" * one.lines}</div>'
                    for one in part.tasks)
    return f"<section>{element('h2', part.heading)}{tasks}</section>"

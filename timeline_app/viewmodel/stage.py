"""What the audience's screen says for one step of a story, as finished text and a state. Nothing is drawn here.

Before a guess is revealed neither the words nor the dataset of the picture (`seen`) hold an answer to it: there is
nothing to hide, because it is not there.
"""
from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from timeline_app.base.text import Texts, catalogue
from timeline_app.domain.records import Event, Words
from timeline_app.domain.stories import Guess, Story
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import shown_lanes, walk
from timeline_app.viewmodel import story as stories
from timeline_app.viewmodel.detail_case import Case
from timeline_app.viewmodel.detail_questions import question_blocks
from timeline_app.viewmodel.state import Setting, ViewState

COMPUTED = "="


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer: how many sources give it ("=" where it is computed, "" where nobody documents it), the answer, who
    says so, and a mark such as "denied" or "not documented"."""

    count: str
    text: str
    sources: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class StageDoc:
    """The audience's screen. `prompt` stands where `question` and `answers` will stand, which are empty before the
    reveal; `notices` say what the dataset lacks, and at first that a translation awaits its readers; `remarks` are
    (ms UTC, words); `number` counts from 1; `lanes` is how many lanes are shown."""

    step_id: str
    number: int
    of: int
    headline: str
    sentence: str
    footnote: str
    state: ViewState
    question: str = ""
    prompt: str = ""
    answers: tuple[AnswerLine, ...] = ()
    notices: tuple[str, ...] = ()
    remarks: tuple[tuple[int, str], ...] = ()
    guess: Guess | None = None
    lanes: int = 1
    withheld: tuple[Guess, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of it beside the timeline, in the order of reading."""
        lines = tuple(part for one in self.answers for part in (one.count, one.text, one.mark, one.sources))
        every = (self.headline, self.sentence, self.question, self.prompt, *lines, *self.notices, self.footnote)
        return tuple(one for one in every if one)


def doc(story: Story, at: int, dataset: Dataset, setting: Setting, is_revealed: bool = False) -> StageDoc:
    """The screen of the step with the number `at` from 0, in the language of a setting."""
    step, language = story.steps[at], setting.language
    texts = catalogue(language)
    guess = step.guess
    question, answers = _answers(guess, dataset, setting) if guess is not None else ("", ())
    notices = (*_awaiting(at, dataset, texts),
               *(texts.get(f"stage.missing.{one.what}", id=one.id) for one in stories.missing(step, dataset)))
    state = stories.state_of(step, dataset, setting)
    return StageDoc(
        step.id, at + 1, len(story.steps), step.headline.say(language), step.sentence.say(language),
        step.footnote.say(language), state, question if is_revealed else "",
        guess.prompt.say(language) if guess is not None and not is_revealed else "",
        answers if is_revealed else (), notices,
        tuple((one.at_ms, one.text.say(language)) for one in step.remarks), guess,
        len(shown_lanes.shown(dataset, state.view.lanes)), _withheld(story, at, is_revealed))


def title(story: Story, dataset: Dataset, setting: Setting) -> StageDoc:
    """The screen before the first step: the story's title and what it is about, no timeline."""
    view = walk.opening(dataset).view
    return StageDoc("", 0, len(story.steps), story.title.say(setting.language), story.summary.say(setting.language), "",
                    ViewState(view, setting), lanes=0)


def _withheld(story: Story, at: int, is_revealed: bool) -> tuple[Guess, ...]:
    later = story.steps[at + 1:] if is_revealed else story.steps[at:]
    revealed = story.steps[at].guess if is_revealed else None
    found = dict.fromkeys(step.guess for step in later if step.guess is not None)
    return tuple(one for one in found if one != revealed)


def seen(doc: StageDoc, dataset: Dataset) -> Dataset:
    """The dataset as the picture of a screen may know it: without the answers that are still to be revealed, on this
    step or a later one."""
    for guess in doc.withheld:
        dataset = without_answers(dataset, guess)
    return dataset


@lru_cache(maxsize=8)
def without_answers(dataset: Dataset, guess: Guess) -> Dataset:
    """The dataset without every claim and every computed line that answers a question, and without the notes in which
    the editors sum up what is known of the event and its subject."""
    def is_kept(row: object) -> bool:
        return (row.event_id, row.question) != (guess.event_id, guess.question)

    asked = dataset.event_by_id.get(guess.event_id)
    subject = asked.subject if asked is not None else ""
    events = tuple(replace(one, note=Words(), summary=Words()) if _is_about(one, guess.event_id, subject) else one
                   for one in dataset.events)
    names = {key: said for key, said in dataset.meta.names.items() if key != ("subject_notes", subject)}
    return replace(dataset, meta=replace(dataset.meta, names=names), events=events,
                   claims=tuple(filter(is_kept, dataset.claims)), derived=tuple(filter(is_kept, dataset.derived)))


def _is_about(event: Event, event_id: str, subject: str) -> bool:
    return event.id == event_id or bool(subject) and event.subject == subject


def _awaiting(at: int, dataset: Dataset, texts: Texts) -> tuple[str, ...]:
    """That a translation awaits its readers, said once, where a story begins."""
    awaits = at == 0 and texts.language in dataset.meta.awaiting_readers
    return (texts.get("detail.awaiting_readers"),) if awaits else ()


def spoken(doc: StageDoc, texts: Texts) -> str:
    """The screen as it is read aloud: the place in the story, then all its words."""
    place = (texts.get("stage.place", n=doc.number, of=doc.of),) if doc.number else ()
    return " ".join((*place, *doc.texts))


def _answers(guess: Guess, dataset: Dataset, setting: Setting) -> tuple[str, tuple[AnswerLine, ...]]:
    """The question and its answers as the detail pane groups them: in the order of the table, none before another
    because it is truer; what is computed stands last and says so."""
    event = dataset.event_by_id.get(guess.event_id)
    if event is None:
        return "", ()
    case = Case(event, dataset, setting.language, setting.zone or dataset.meta.zone)
    block = next((one for one in question_blocks(case) if one.name == guess.question), None)
    if block is None:
        return "", ()
    said = [AnswerLine(row.count, row.text, row.sources, row.mark) for row in block.answers]
    computed = [AnswerLine(COMPUTED, row.text, row.sources, row.note) for row in block.computed]
    return block.label, (*said, *computed)


"""A story as everything that an export says: its steps in their order before and after a reveal, and its sources.

The same book is made into PDF, PNG and HTML, so that order and captions are equal in all of them. How a page looks is
not known here; what an audience may get has been taken out of the dataset before.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from timeline_app import __version__
from timeline_app.base.text import Texts, catalogue
from timeline_app.domain import cite
from timeline_app.domain.stories import Step, Story
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import stage, withheld, wording
from timeline_app.viewmodel.stage import AnswerLine, StageDoc
from timeline_app.viewmodel.state import Setting
from timeline_app.viewmodel.talk import beats_of
from timeline_app.viewmodel.withheld import Withheld


@dataclass(frozen=True, slots=True)
class Leaf:
    """One step of an export. `after` is what it says when its answers are revealed, None where there is nothing to
    reveal or the export gives none; `cited` are the numbers of its sources; `warned_of` is what somebody may want to be
    warned of, in words."""

    number: int
    id: str
    doc: StageDoc
    after: StageDoc | None = None
    notes: str = ""
    cited: tuple[int, ...] = ()
    warned_of: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A whole story. `sources` are citations in words, the first is number 1; `about` says which data and which version
    it was made from, a line each."""

    title: str
    summary: str
    language: str
    leaves: tuple[Leaf, ...]
    sources: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Every text of it, for a font that has all its letters."""
        docs = [doc for leaf in self.leaves for doc in (leaf.doc, leaf.after) if doc is not None]
        said = [part for doc in docs for part in (*doc.texts, *(words for _, words in doc.remarks))]
        said += [part for leaf in self.leaves for part in (leaf.notes, leaf.warned_of)]
        return "\n".join((self.title, self.summary, *said, *self.sources, *self.about))

    def by_step(self) -> tuple[str, ...]:
        """Which step rests on which sources, a line each."""
        say = catalogue(self.language).get
        return tuple(say("story_export.rests_on", number=one.number, headline=one.doc.headline,
                         numbers=", ".join(map(str, one.cited))) for one in self.leaves if one.cited)

    def without_notes(self) -> Book:
        """The same for everybody: what the presenter alone has to remember is not in it."""
        return replace(self, leaves=tuple(replace(one, notes="") for one in self.leaves))


def book(story: Story, dataset: Dataset, setting: Setting, reveals: bool = True, has_changed: bool = False) -> Book:
    """The book of a story on a dataset as an audience gets it. Without `reveals` no answer to a question that it lets
    people guess is in it, and words of a step that hold one are left out and said to be; where the data is not what the
    story was made with (`has_changed`), it is said."""
    texts, language = catalogue(setting.language), setting.language
    numbers = _numbers(story, dataset)
    leaves = tuple(_leaf(story, at, dataset, setting, reveals) for at in range(len(story.steps)))
    leaves = tuple(replace(one, cited=tuple(numbers[source] for source in cited(step, dataset)),
                           warned_of=", ".join(texts.get(f"present.flag.{flag}") for flag in beat.flags))
                   for one, step, beat in zip(leaves, story.steps, beats_of(story, dataset), strict=True))
    sources = tuple(citation(one, dataset, texts) for one in numbers)
    made = Book(story.title.say(language), story.summary.say(language), language, leaves, sources,
                (*([texts.get("present.message.changed")] if has_changed else ()), *about(dataset, texts)))
    return made if reveals else _without(made, withheld.of_story(story, dataset), texts)


def seen(story: Story, dataset: Dataset, reveals: bool) -> Dataset:
    """The dataset as the pictures of an export may know it: where it gives no answers, no step knows one."""
    for step in () if reveals else story.steps:
        if step.guess is not None:
            dataset = stage.without_answers(dataset, step.guess)
    return dataset


def _leaf(story: Story, at: int, dataset: Dataset, setting: Setting, reveals: bool) -> Leaf:
    step = story.steps[at]
    doc = stage.doc(story, at, dataset, setting, False)
    after = stage.doc(story, at, dataset, setting, True) if reveals and step.guess is not None else None
    has_answers = after is not None and bool(after.answers)
    return Leaf(doc.number, doc.step_id, doc, after if has_answers else None, step.notes.say(setting.language))


def _without(made: Book, hidden: Withheld, texts: Texts) -> Book:
    """The book without the words that give an answer away."""
    said = texts.get("story_export.left_out")

    def kept(text: str) -> str:
        return said if hidden.holds(text) else text

    leaves = tuple(replace(one, notes=kept(one.notes), doc=replace(
        one.doc, headline=kept(one.doc.headline), sentence=kept(one.doc.sentence), footnote=kept(one.doc.footnote),
        prompt=kept(one.doc.prompt), remarks=tuple((at, kept(words)) for at, words in one.doc.remarks)))
        for one in made.leaves)
    sources = tuple(said if hidden.gives(one) else one for one in made.sources)
    return replace(made, title=kept(made.title), summary=kept(made.summary), leaves=leaves, sources=sources)


def cited(step: Step, dataset: Dataset) -> tuple[str, ...]:
    """The ids of the sources that a step rests on and the dataset has: those that it names, or else those of its
    events, then those that answer the question that it asks."""
    named = [*step.sources]
    for event in () if named else (dataset.event_by_id.get(one) for one in step.events):
        named += event.source_ids if event is not None else ()
    if step.guess is not None:
        named += [claim.source_id for claim in dataset.of_event("claims", step.guess.event_id)
                  if claim.question == step.guess.question]
    return tuple(one for one in dict.fromkeys(named) if one in dataset.sources)


def _numbers(story: Story, dataset: Dataset) -> dict[str, int]:
    ids: Iterable[str] = dict.fromkeys(one for step in story.steps for one in cited(step, dataset))
    return {one: number for number, one in enumerate(ids, 1)}


def answer_words(line: AnswerLine) -> str:
    """An answer with who gives it, on one line."""
    said = " · ".join(part for part in (line.mark, line.sources) if part)
    return f"{line.text} ({said})" if said else line.text


def citation(source_id: str, dataset: Dataset, texts: Texts) -> str:
    """A source as a note with its date in words."""
    source = dataset.sources[source_id]
    return cite.citation(source, texts, wording.edtf_words(source.issued, texts) if source.issued else "")


def about(dataset: Dataset, texts: Texts) -> tuple[str, ...]:
    """Which dataset under which licence, whether its translation awaits readers, and which version drew it."""
    meta = dataset.meta
    lines = [texts.get("story_export.data", title=meta.title.say(texts.language), id=meta.id or meta.name,
                       licence=meta.licence or "-")]
    if texts.language in meta.awaiting_readers:
        lines.append(texts.get("detail.awaiting_readers"))
    return (*lines, texts.get("story_export.made_with", version=__version__))

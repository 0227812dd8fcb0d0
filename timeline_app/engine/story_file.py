"""Stories of a dataset: `stories/*.json`, one story a file, indented and with sorted keys so that two versions can be
compared. What is written here is read back equal.

What a step lacks in the dataset is found by `viewmodel.story`; whether a story is sound by `check`.
"""
from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from timeline_app.base.bundle import Bundle, read_part
from timeline_app.base.problems import Problem, UserError
from timeline_app.base.safe_io import MEGABYTE, write_atomic
from timeline_app.domain.calendar import DAY, civil_from_days
from timeline_app.domain.stories import MOST_STEPS, SECONDS, Guess, Remark, Sight, Step, Story, is_story_id
from timeline_app.domain.time import Span
from timeline_app.engine import instants, story_kiosk
from timeline_app.engine.json_text import Document
from timeline_app.engine.manifest import Text, text_of, words

FOLDER = "stories/"
MOST_BYTES = 4 * MEGABYTE
MOST_STORIES = 100
_DAY_US = DAY * 1000


class Stretch(msgspec.Struct, frozen=True, omit_defaults=True):
    """From a clock time to another."""

    start: str = ""
    end: str = ""


class Look(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a lane is drawn."""

    lane: str
    scale: str = "linear"
    weight: str = ""
    apart: bool = False


class Taller(msgspec.Struct, frozen=True, omit_defaults=True):
    """By how many steps a lane is higher."""

    lane: str
    steps: int = 0


class ViewEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a step looks at. `lanes` are shown, in that order; without them the dataset's own are."""

    start: str
    end: str
    select: str = ""
    lane: str = ""
    mark: Stretch | None = None
    query: str = ""
    lanes: tuple[str, ...] = ()
    group: str = ""
    order: str = ""
    pinned: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    opened: str = ""
    taller: tuple[Taller, ...] = ()
    looks: tuple[Look, ...] = ()
    scroll: int = 0


class GuessEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the audience answers first."""

    event: str
    question: str
    prompt: Text = ""


class RemarkEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words at a moment."""

    at: str
    text: Text = ""


class StepEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step."""

    id: str
    view: ViewEntry
    headline: Text = ""
    sentence: Text = ""
    footnote: Text = ""
    notes: Text = ""
    seconds: int = SECONDS
    optional: bool = False
    guess: GuessEntry | None = None
    remarks: tuple[RemarkEntry, ...] = ()
    flags: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class StoryEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A whole file; `steps` are taken one by one, so that a bad step loses itself alone; `kiosk` is read in
    `story_kiosk`."""

    id: str
    title: Text = ""
    summary: Text = ""
    data: str = ""
    steps: list[Any] = []
    kiosk: Any = None


def read_stories(bundle: Bundle, known: tuple[tuple[str, ...], str], problems: list[Problem],
                 listed: Sequence[str] = ()) -> tuple[Story, ...]:
    """The stories of a package with (languages, zone): as the manifest lists their files, then by name."""
    files = [name for name in bundle.names() if name.startswith(FOLDER) and name.endswith(".json")]
    files.sort(key=lambda name: listed.index(name) if name in listed else len(listed))
    if len(files) > MOST_STORIES:
        problems.append(Problem("error", "too_many_stories", FOLDER, args=(("limit", str(MOST_STORIES)),)))
    found: dict[str, Story] = {}
    for name in files[:MOST_STORIES]:
        data = read_part(bundle, name, problems, MOST_BYTES)
        story = read_story(data, name, known, problems) if data is not None else None
        if story is not None and story.id in found:
            problems.append(Problem("error", "story_twice", name, args=(("id", story.id),)))
        elif story is not None:
            found[story.id] = story
    return tuple(found.values())


def read_story(data: bytes, file: str, known: tuple[tuple[str, ...], str], problems: list[Problem]) -> Story | None:
    """The story of a file, for a dataset with (languages, zone); None where it cannot be read or has no step. What is
    wrong is added to `problems`, and the other steps are there."""
    document = Document(data, file, problems)
    entry = document.take(document.value, StoryEntry, "$") if document.value is not None else None
    if entry is None:
        return None
    story_id = entry.id
    if not is_story_id(story_id):
        document.report("bad_story_id", "$.id", id=story_id)
        story_id = PurePosixPath(file).stem
    if len(entry.steps) > MOST_STEPS:
        document.report("too_many_steps", "$.steps", limit=MOST_STEPS)
    steps: dict[str, Step] = {}
    for number, raw in enumerate(entry.steps[:MOST_STEPS]):
        path = f"$.steps[{number}]"
        read = document.take(raw, StepEntry, path)
        step = _step(read, path, known, document) if read is not None else None
        if step is not None and step.id in steps:
            document.report("step_twice", f"{path}.id", id=step.id)
        elif step is not None:
            steps[step.id] = step
    if not steps:
        document.report("story_without_steps", "$.steps")
        return None
    say = known[0]
    return Story(story_id, words(entry.title or story_id, say), tuple(steps.values()), words(entry.summary, say),
                 entry.data, file, story_kiosk.read(entry.kiosk, known, document))


def _step(entry: StepEntry, path: str, known: tuple[tuple[str, ...], str], document: Document) -> Step | None:
    languages, zone = known
    sight = _sight(entry.view, f"{path}.view", zone, document)
    if not is_story_id(entry.id):
        document.report("bad_story_id", f"{path}.id", id=entry.id)
        return None
    if sight is None:
        return None
    guess = entry.guess
    seconds = entry.seconds
    if not 0 < seconds <= 24 * 3600:
        document.report("step_seconds", f"{path}.seconds", seconds=seconds)
        seconds = SECONDS
    return Step(
        entry.id, sight, words(entry.headline, languages), words(entry.sentence, languages),
        words(entry.footnote, languages), words(entry.notes, languages), seconds, entry.optional,
        Guess(guess.event, guess.question, words(guess.prompt, languages)) if guess is not None else None,
        _remarks(entry, path, known, document), frozenset(entry.flags), entry.events, entry.sources)


def _remarks(entry: StepEntry, path: str, known: tuple[tuple[str, ...], str], document: Document
             ) -> tuple[Remark, ...]:
    found = []
    for number, one in enumerate(entry.remarks):
        at = instants.moment(one.at, known[1])
        if at is None:
            document.report("bad_moment", f"{path}.remarks[{number}].at", at=one.at)
        else:
            found.append(Remark(at, words(one.text, known[0])))
    return tuple(found)


def _sight(entry: ViewEntry, path: str, zone: str, document: Document) -> Sight | None:
    start, end = (_read_us(text, zone) for text in (entry.start, entry.end))
    if start is None or end is None or end <= start:
        document.report("step_span", path, start=entry.start, end=entry.end)
        return None
    marked = None
    if entry.mark is not None:
        ends = [instants.moment(text, zone) for text in (entry.mark.start, entry.mark.end)]
        if None in ends or ends[1] <= ends[0]:
            document.report("step_span", f"{path}.mark", start=entry.mark.start, end=entry.mark.end)
        else:
            marked = Span(*ends)
    return Sight(start, end, entry.select, entry.lane, marked, entry.query, entry.lanes, entry.group, entry.order,
                 entry.pinned, entry.folded, entry.opened, tuple((one.lane, one.steps) for one in entry.taller),
                 tuple((one.lane, one.scale, one.weight, one.apart) for one in entry.looks), max(0, entry.scroll))


def _read_us(text: str, zone: str) -> int | None:
    """Microseconds of a clock time; its fraction of a second may have six digits."""
    at = instants.moment(text, zone)
    if at is None:
        return None
    fraction = text.partition(".")[2]
    digits = "".join(c for c in fraction[:9] if c.isdigit()) if fraction else ""
    return at * 1000 + int(digits.ljust(6, "0")[3:6] or 0)


def _written_us(at: int) -> str:
    days, rest = divmod(at, _DAY_US)
    if rest % 1000 == 0:
        return instants.written(at // 1000)
    year, month, day = civil_from_days(days)
    seconds, fraction = divmod(rest, 1_000_000)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{fraction:06}"
    return f"{year:0{5 if year < 0 else 4}}-{month:02}-{day:02}T{clock}Z"


def written(story: Story, languages: tuple[str, ...]) -> bytes:
    """The bytes of a story's file: JSON with sorted keys, a member a line, ending with a line break."""
    entry = StoryEntry(story.id, text_of(story.title, languages), text_of(story.summary, languages), story.data_hash,
                       [_entry(step, languages) for step in story.steps],
                       story_kiosk.as_entry(story.kiosk, languages) if story.kiosk is not None else None)
    built = msgspec.to_builtins(entry)
    return (json.dumps(built, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def save(place: Path, story: Story, languages: tuple[str, ...]) -> None:
    """Write a story's file as a whole; UserError where it cannot be."""
    try:
        write_atomic(place, written(story, languages))
    except OSError as error:
        raise UserError("cannot_write", name=place.name, reason=error.strerror or str(error)) from None


def _entry(step: Step, languages: tuple[str, ...]) -> StepEntry:
    guess = step.guess
    return StepEntry(
        step.id, _view(step.sight), *(text_of(one, languages) for one in
                                      (step.headline, step.sentence, step.footnote, step.notes)),
        step.seconds, step.is_optional,
        GuessEntry(guess.event_id, guess.question, text_of(guess.prompt, languages)) if guess is not None else None,
        tuple(RemarkEntry(instants.written(one.at_ms), text_of(one.text, languages)) for one in step.remarks),
        tuple(sorted(step.flags)), step.events, step.sources)


def _view(sight: Sight) -> ViewEntry:
    marked = sight.marked
    return ViewEntry(
        _written_us(sight.start_us), _written_us(sight.end_us), sight.selected, sight.lane,
        Stretch(instants.written(marked.start), instants.written(marked.end)) if marked is not None else None,
        sight.query, sight.shown, sight.group, sight.order, sight.pinned, sight.folded, sight.opened,
        tuple(Taller(*one) for one in sight.taller), tuple(Look(*one) for one in sight.looks), sight.scroll)

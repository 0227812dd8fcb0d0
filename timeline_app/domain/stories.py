"""A story: ordered steps that are told on the timeline. What a step looks at is a `Sight`, the words of it are `Words`.

Nothing is read or drawn here; `engine.story_file` reads stories, `viewmodel.story` makes views of them.
"""
from __future__ import annotations

import re
from dataclasses import dataclass

from timeline_app.base.problems import UserError
from timeline_app.domain.records import Words
from timeline_app.domain.time import Span

SECONDS = 60
MOST_STEPS = 200
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a step looks at. `start_us` and `end_us` are microseconds UTC, the end exclusive; `shown` are the ids of the
    lanes in their order, empty for the dataset's own; `looks` are (lane, scale, weight, apart) of lanes that are not
    drawn plainly, `taller` (lane, steps). Two sights of equal fields are the same view."""

    start_us: int
    end_us: int
    selected: str = ""
    lane: str = ""
    marked: Span | None = None
    query: str = ""
    shown: tuple[str, ...] = ()
    group: str = ""
    order: str = ""
    pinned: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    opened: str = ""
    taller: tuple[tuple[str, int], ...] = ()
    looks: tuple[tuple[str, str, str, bool], ...] = ()
    scroll: int = 0


@dataclass(frozen=True, slots=True)
class Guess:
    """A question that the audience answers first: the rival answers of that question of that event are in no pixel and
    no text until they are revealed."""

    event_id: str
    question: str
    prompt: Words = Words()


@dataclass(frozen=True, slots=True)
class Remark:
    """Words at one moment of a step, int ms UTC."""

    at_ms: int
    text: Words


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `seconds` are planned; an optional step is left out when time is short; `footnote` says what was
    counted, by whom; `events` and `sources` are the ids that its words rest on; `flags` are content flags of its own,
    beside those of its events."""

    id: str
    sight: Sight
    headline: Words = Words()
    sentence: Words = Words()
    footnote: Words = Words()
    notes: Words = Words()
    seconds: int = SECONDS
    is_optional: bool = False
    guess: Guess | None = None
    remarks: tuple[Remark, ...] = ()
    flags: frozenset[str] = frozenset()
    events: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surge:
    """One counted stretch that a visitor can play, int ms UTC, the end exclusive. `label` is of its button, `counted`
    says what the counter counts, `ending` is the sentence it ends on."""

    series: str
    start_ms: int
    end_ms: int
    label: Words
    counted: Words
    ending: Words
    seconds: int = 30


@dataclass(frozen=True, slots=True)
class Kiosk:
    """What a story has for a kiosk beside its steps, which are the moments there: the sentences of the attract loop,
    the stretch of time that home shows (0 and 0: that of the moments), the surge to play."""

    attract: tuple[Words, ...] = ()
    start_ms: int = 0
    end_ms: int = 0
    surge: Surge | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A story. `file` is its name within the dataset, `data_hash` the hash of the data that it was made with, "" where
    none was written down."""

    id: str
    title: Words
    steps: tuple[Step, ...]
    summary: Words = Words()
    data_hash: str = ""
    file: str = ""
    kiosk: Kiosk | None = None

    @property
    def seconds(self) -> int:
        """The planned time of all steps."""
        return sum(step.seconds for step in self.steps)


def is_story_id(text: str) -> bool:
    """Whether a text can name a story or a step: letters, digits, dash and underline, at most 64."""
    return _ID.fullmatch(text) is not None


def found(stories: tuple[Story, ...], name: str) -> Story | None:
    """The story of an id or of a title in any language, whatever the case; the first one for ""; else None."""
    wanted = name.strip().casefold()
    if not wanted:
        return stories[0] if stories else None
    return next((one for one in stories if wanted in (one.id.casefold(), *(t.casefold() for t in one.title.all()))),
                None)


def step_number(story: Story, name: str) -> int:
    """The number from 0 of a step named by its number from 1 or its id; the first for ""; UserError for no step."""
    wanted = name.strip().casefold()
    if not wanted:
        return 0
    ids = [step.id.casefold() for step in story.steps]
    if wanted in ids:
        return ids.index(wanted)
    if wanted.isascii() and wanted.isdecimal() and 1 <= int(wanted[:9]) <= len(ids):
        return int(wanted) - 1
    raise UserError("no_step", name=name)

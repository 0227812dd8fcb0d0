"""What a dataset offers to a visitor: its moments, the sentences of the attract loop, the surge that can be played.

They come from a story: its steps are the moments. A dataset without a story offers its best documented events, so that
every dataset can stand in a gallery. Texts are already in one language.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from timeline_app.base.plain_text import one_line
from timeline_app.base.text import catalogue
from timeline_app.domain.records import Event
from timeline_app.domain.stories import Step, Story
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import walk, wording
from timeline_app.viewmodel.detail_case import Case
from timeline_app.viewmodel.window import Window

MOST = 12  # moments that home has room for
LABEL, LEAD = 120, 300  # letters of what strangers wrote: a title, what it is about
MARGIN, LEAST_MS = 0.04, 86_400_000


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of the home screen. `event_id` is "" where a step selects no event; times are ms UTC, `when` says them
    in words; `is_disputed` where sources give answers that cannot both be right."""

    id: str
    event_id: str
    label: str
    sentence: str
    footnote: str
    start_ms: int
    end_ms: int
    flags: frozenset[str] = frozenset()
    source_ids: tuple[str, ...] = ()
    is_disputed: bool = False
    when: str = ""

    @property
    def spoken(self) -> str:
        """Its name for who does not see where it stands."""
        return f"{self.label}, {self.when}" if self.when else self.label


@dataclass(frozen=True, slots=True)
class Play:
    """The surge that can be played, from `start_ms` to `end_ms`, and the series around it: `start` the n first moments
    of its bins, `values` n rows of k figures, `names` (role, label) of the k parts, `covered` the stretch that was
    counted; `counted` says what was, `ending` is the sentence it ends on."""

    label: str
    title: str
    who: str
    counted: str
    ending: str
    seconds: int
    start_ms: int
    end_ms: int
    bin_ms: int
    start: tuple[int, ...]
    values: tuple[tuple[int, ...], ...]
    names: tuple[tuple[str, str], ...]
    covered: tuple[int, int]

    @property
    def peak(self) -> int:
        """The largest sum of a bin."""
        return max((sum(row) for row in self.values), default=0)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a visitor can come to, in one language. `window` is what home shows at first, `limits` how far it goes
    out; `attract` are sentences with the same ones in the other language beside them."""

    title: str
    lead: str
    moments: tuple[Moment, ...]
    attract: tuple[tuple[str, str], ...]
    window: Window
    limits: Window
    play: Play | None = None

    def moment(self, moment_id: str) -> Moment | None:
        """The moment of an id."""
        return next((one for one in self.moments if one.id == moment_id), None)

    def beside(self, moment_id: str, step: int) -> str:
        """The id of the moment before or after; from none, the first or the last one; at an end it stays."""
        return walk.neighbour(tuple(one.id for one in self.moments), moment_id, step)


@lru_cache(maxsize=8)
def plan(dataset: Dataset, story: Story | None, language: str) -> Plan:
    """What a dataset offers in a language, by a story or, without one, by its events."""
    texts = catalogue(language)
    moments = _of_story(dataset, story, language) if story is not None else _of_events(dataset, language)
    own = story.kiosk if story is not None else None
    window = _window(moments, own, dataset)
    title = story.title if story is not None else dataset.meta.title
    lead = story.summary if story is not None else dataset.meta.description
    other = _other(language)
    said = tuple((one.say(language), one.say(other)) for one in own.attract) if own is not None else ()
    names = one_line(title.say(language), LABEL), one_line(title.say(other), LABEL)
    touch = texts.get("kiosk.touch_a_moment") if moments else ""
    return Plan(names[0], one_line(lead.say(language), LEAD) or touch, moments, said or (names,), window,
                _limits(moments, window), _play(dataset, story, language))


def default_story(dataset: Dataset) -> Story | None:
    """The story that stands in a kiosk unless another is named: one that was made for it, else the first."""
    made = next((one for one in dataset.stories if one.kiosk is not None), None)
    return made or next(iter(dataset.stories), None)


def _other(language: str) -> str:
    return "ko" if language == "en" else "en"


def _of_story(dataset: Dataset, story: Story, language: str) -> tuple[Moment, ...]:
    found = [_of_step(step, dataset, language) for step in story.steps[:MOST]]
    return tuple(sorted(found, key=lambda one: one.start_ms))


def _of_step(step: Step, dataset: Dataset, language: str) -> Moment:
    event = dataset.event_by_id.get(step.sight.selected)
    start, end = (step.sight.start_us // 1000, step.sight.end_us // 1000)
    flags = step.flags
    for one in (dataset.event_by_id.get(name) for name in (step.sight.selected, *step.events)):
        flags |= one.content_flags if one is not None else frozenset()
    if event is not None:
        span = walk.bounded(event.when)
        start, end = span.start, span.end
    disputed, when = _known(event, dataset, language) if event is not None else (False, "")
    return Moment(step.id, event.id if event is not None else "", one_line(step.headline.say(language), LABEL),
                  step.sentence.say(language), step.footnote.say(language), start, end, flags, step.sources,
                  disputed, when)


def _known(event: Event, dataset: Dataset, language: str) -> tuple[bool, str]:
    """Whether sources disagree about an event, and when it was, in words."""
    case = Case(event, dataset, language, dataset.meta.zone)
    return bool(case.disputes), wording.when_text(event.when, case.axis_zone, case.texts).main


def moment_of(event_id: str, dataset: Dataset, language: str) -> Moment | None:
    """Any event as a moment, as it is found among the lanes."""
    event = dataset.event_by_id.get(event_id)
    return _of_event(event, dataset, language) if event is not None else None


def _of_events(dataset: Dataset, language: str) -> tuple[Moment, ...]:
    """The events with the most sources, in time; of equals as many as there is room for, spread evenly."""
    ranked = sorted(dataset.events, key=lambda one: (-len(one.source_ids), one.when.earliest_start))
    if len(ranked) > MOST:
        least = len(ranked[MOST - 1].source_ids)
        sure = [one for one in ranked[:MOST] if len(one.source_ids) > least]
        equal, left = [one for one in ranked if len(one.source_ids) == least], MOST - len(sure)
        ranked = sure + [equal[number * (len(equal) - 1) // max(1, left - 1)] for number in range(left)]
    return tuple(sorted((_of_event(one, dataset, language) for one in ranked), key=lambda one: one.start_ms))


def _of_event(event: Event, dataset: Dataset, language: str) -> Moment:
    span = walk.bounded(event.when)
    label = one_line(event.label.say(language) or event.title.say(language), LABEL)
    return Moment(event.id, event.id, label, event.summary.say(language), "", span.start, span.end,
                  event.content_flags, (), *_known(event, dataset, language))


def _window(moments: tuple[Moment, ...], own: object, dataset: Dataset) -> Window:
    if own is not None and own.end_ms > own.start_ms:
        return Window(own.start_ms * 1000, own.end_ms * 1000)
    if not moments:
        return walk.all_events(dataset)
    return _around(moments)


def _around(moments: tuple[Moment, ...]) -> Window:
    low, last = min(one.start_ms for one in moments), max(one.start_ms for one in moments)
    long = max(last - low, LEAST_MS)
    high = min(max(one.end_ms for one in moments), last + long)
    more = round(long * MARGIN)
    return Window((low - more) * 1000, (max(high, last) + more * 4) * 1000)


def _limits(moments: tuple[Moment, ...], window: Window) -> Window:
    return window.around(_around(moments)) if moments else window


def _play(dataset: Dataset, story: Story | None, language: str) -> Play | None:
    """The surge of a story, where the dataset has its series."""
    surge = story.kiosk.surge if story is not None and story.kiosk is not None else None
    series = dataset.series_by_id.get(surge.series) if surge is not None else None
    if surge is None or series is None or not series.bin_ms or not len(series.start):
        return None
    names = tuple((one.role, one.label.say(language)) for one in series.categories) or (("counted", ""),)
    start, values = tuple(series.start.tolist()), tuple(map(tuple, series.values.tolist()))
    own = series.covered
    covered = (own.start, own.end) if own is not None else (start[0], start[-1] + series.bin_ms)
    return Play(surge.label.say(language), series.short.say(language), series.who.say(language),
                surge.counted.say(language), surge.ending.say(language), surge.seconds, surge.start_ms, surge.end_ms,
                series.bin_ms, start, values, names, covered)

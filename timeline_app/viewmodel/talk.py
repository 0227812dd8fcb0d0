"""A talk as it goes on, as one frozen value: which step, what the audience sees, what is revealed, the clock.

Every key and button is a pure function from a `Talk` and the time (ms of a clock that never goes back) to the next
`Talk`. What is on a screen is `stage`, how the time is going `pacing`.
"""
from __future__ import annotations

from dataclasses import dataclass, replace

from timeline_app.domain.stories import Story
from timeline_app.engine.dataset import Dataset

END_MS = 2_000  # within which Esc has to be pressed again
SENSITIVE = frozenset({"violence", "hateful_tag"})  # of events; other flags are about words that a screen does not show


@dataclass(frozen=True, slots=True)
class Beat:
    """What a talk has to know of a step: its planned time, and what has to be asked before it is shown."""

    planned_ms: int
    is_optional: bool = False
    has_guess: bool = False
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """`at` is the presenter's step from 0, `shown` the audience's: another one while the screen is frozen or a step
    waits to be allowed, -1 where the first one waits and nothing was shown yet; `is_revealed` and
    `shows_answers` say of each whether its answers are there. `spent` are ms by step; `running_since` is None while the
    clock is paused, `began_at` the step that the talk began with."""

    beats: tuple[Beat, ...]
    planned_ms: int
    at: int = 0
    shown: int = -1
    is_revealed: bool = False
    shows_answers: bool = False
    allowed: frozenset[int] = frozenset()
    blank: str = ""
    is_frozen: bool = False
    is_off_path: bool = False
    has_spotlight: bool = False
    spent: tuple[int, ...] = ()
    running_since: int | None = None
    armed_at: int | None = None
    began_at: int = 0
    is_over: bool = False

    @property
    def asks(self) -> bool:
        """Whether the presenter's step waits to be allowed on the audience's screen."""
        return bool(self.beats[self.at].flags) and self.at not in self.allowed

    @property
    def elapsed_ms(self) -> int:
        """The time that steps took until the clock was looked at last; see `ticked`."""
        return sum(self.spent)


def beats_of(story: Story, dataset: Dataset) -> tuple[Beat, ...]:
    """The beats of a story: the flags of a step are its own and those of the events that it names or selects."""
    found = []
    for step in story.steps:
        named = (dataset.event_by_id.get(one) for one in (step.sight.selected, *step.events))
        flags = step.flags.union(*(event.content_flags & SENSITIVE for event in named if event is not None))
        found.append(Beat(step.seconds * 1000, step.is_optional, step.guess is not None, tuple(sorted(flags))))
    return tuple(found)


def begin(beats: tuple[Beat, ...], now: int, minutes: float | None = None, at: int = 0) -> Talk:
    """A talk that begins now at a step. Without `minutes` it is planned as long as its steps are together."""
    first = min(max(at, 0), len(beats) - 1)
    planned = round(minutes * 60_000) if minutes else sum(one.planned_ms for one in beats[first:])
    start = Talk(beats, planned, spent=(0,) * len(beats), running_since=now, allowed=_harmless(beats), began_at=first)
    return _at(start, first)


def _harmless(beats: tuple[Beat, ...]) -> frozenset[int]:
    return frozenset(number for number, one in enumerate(beats) if not one.flags)


def ticked(talk: Talk, now: int) -> Talk:
    """The talk with the time up to now counted to its step."""
    if talk.running_since is None or now <= talk.running_since:
        return talk
    spent = list(talk.spent)
    spent[talk.at] += now - talk.running_since
    return replace(talk, spent=tuple(spent), running_since=now)


def forward(talk: Talk, now: int) -> Talk:
    """What "next" does: un-blank, else allow the step that asks, else reveal what was guessed, else the next step; of
    the steps that are left only the core ones, where all of them would take too long."""
    talk = _acted(talk, now)
    if talk.blank:
        return replace(talk, blank="")
    if talk.is_off_path:
        return returned(talk, now)
    if talk.asks:
        return allow(talk, now)
    if talk.beats[talk.at].has_guess and not talk.is_revealed:
        return _seen(replace(talk, is_revealed=True))
    return _at(talk, following(talk))


def backward(talk: Talk, now: int) -> Talk:
    """What "back" does: un-blank, else return to the path, else hide what was revealed, else the step before."""
    talk = _acted(talk, now)
    if talk.blank:
        return replace(talk, blank="")
    if talk.is_off_path:
        return returned(talk, now)
    if talk.is_revealed:
        return _seen(replace(talk, is_revealed=False))
    return _at(talk, max(talk.at - 1, 0))


def jump(talk: Talk, to: int, now: int) -> Talk:
    """The step with a number from 0; beyond an end, that end. Home and End jump, too."""
    talk = _acted(talk, now)
    if talk.blank:
        return replace(talk, blank="")
    return _at(talk, min(max(to, 0), len(talk.beats) - 1))


def following(talk: Talk) -> int:
    """The step that comes next: optional ones are left out where what is left would take longer than there is."""
    rest = range(talk.at + 1, len(talk.beats))
    if not len(rest):
        return talk.at
    if not is_short(talk):
        return rest[0]
    return next((number for number in rest if not talk.beats[number].is_optional), talk.at)


def is_short(talk: Talk) -> bool:
    """Whether the steps that are left, as they are planned, take longer than the time that is left."""
    rest = sum(beat.planned_ms for beat in talk.beats[talk.at + 1:])
    return rest > talk.planned_ms - talk.elapsed_ms


def cover(talk: Talk, colour: str, now: int) -> Talk:
    """Black or white; any of both keys un-blanks what is blank."""
    talk = _acted(talk, now)
    return replace(talk, blank="" if talk.blank else colour)


def freeze(talk: Talk, now: int) -> Talk:
    """The audience keeps what it sees while the presenter goes on; again, and it sees where the presenter is."""
    talk = _acted(talk, now)
    if talk.blank:
        return replace(talk, blank="")
    return _seen(replace(talk, is_frozen=not talk.is_frozen))


def leave(talk: Talk, now: int) -> Talk:
    """Leave the path to explore; again, return to the step."""
    talk = _acted(talk, now)
    if talk.blank:
        return replace(talk, blank="")
    return returned(talk, now) if talk.is_off_path else replace(talk, is_off_path=True)


def returned(talk: Talk, now: int) -> Talk:
    """Back on the path, at the step that was left."""
    return replace(_acted(talk, now), is_off_path=False)


def uncovered(talk: Talk, now: int) -> Talk:
    """The picture back, and nothing else: what any key does while the screen is black or white."""
    return replace(_acted(talk, now), blank="")


def spotlight(talk: Talk, now: int) -> Talk:
    """A spotlight on, or off; it goes with the next step."""
    talk = _acted(talk, now)
    if talk.blank:
        return replace(talk, blank="")
    return replace(talk, has_spotlight=not talk.has_spotlight)


def allow(talk: Talk, now: int) -> Talk:
    """Show a step that asked."""
    talk = _acted(talk, now)
    return _seen(replace(talk, allowed=talk.allowed | {talk.at}))


def escape(talk: Talk, now: int, ends_at_once: bool = False) -> Talk:
    """End on the second press within two seconds; `ends_at_once` is for who said so in the settings. A first press
    brings a black or white screen back, whatever the settings say."""
    talk = ticked(talk, now)
    if talk.blank:
        return replace(talk, blank="", armed_at=now)
    if ends_at_once or (talk.armed_at is not None and now - talk.armed_at <= END_MS):
        return replace(talk, is_over=True)
    return replace(talk, armed_at=now)


def over(talk: Talk, now: int) -> Talk:
    """The end, however it came: the clock stands."""
    return replace(ticked(talk, now), running_since=None, blank="", is_over=True)


def pause(talk: Talk, now: int) -> Talk:
    """Stop the clock, or let it run again."""
    talk = ticked(talk, now)
    return replace(talk, running_since=now if talk.running_since is None else None)


def reset(talk: Talk, now: int) -> Talk:
    """The clock at nothing."""
    running = None if talk.running_since is None else now
    return replace(talk, spent=(0,) * len(talk.beats), running_since=running)


def _acted(talk: Talk, now: int) -> Talk:
    """Any key but Esc lets go of a first Esc."""
    return replace(ticked(talk, now), armed_at=None)


def _at(talk: Talk, at: int) -> Talk:
    """At a step, however one came there: on the path, without a spotlight, its answers not yet revealed."""
    if at == talk.at:
        return _seen(talk)
    return _seen(replace(talk, at=at, is_revealed=False, has_spotlight=False, is_off_path=False))


def _seen(talk: Talk) -> Talk:
    """The audience sees where the presenter is, unless the screen is frozen or the step waits."""
    if talk.is_frozen or talk.asks:
        return talk
    return replace(talk, shown=talk.at, shows_answers=talk.is_revealed)

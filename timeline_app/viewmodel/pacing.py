"""How the time of a talk is going, in numbers and in words: nothing is told by colour alone."""
from __future__ import annotations

from dataclasses import dataclass

from timeline_app.base.text import Texts
from timeline_app.viewmodel.talk import Talk

LAST_MS = 5 * 60_000
LAST_SHARE = 4  # of a short talk, its last quarter
ON_PACE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Pace:
    """`elapsed` and `left` as a clock shows them ("12:47", "-1:05"), `share` of the planned time from 0 to 1, `state`
    "on", "ahead", "behind" or "over", and all of it in words; `warning` is what the last minutes say, in words, too."""

    elapsed: str
    left: str
    share: float
    state: str
    words: str
    warning: str = ""
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class StepTime:
    """One line of the report: a step's number from 1, its planned and its real time in ms."""

    number: int
    planned_ms: int
    spent_ms: int


def clock(ms: int) -> str:
    """Minutes and seconds, hours where there are some; with a minus before what is over."""
    seconds = abs(ms) // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    written = f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
    return f"-{written}" if ms < 0 and seconds else written


def pace(talk: Talk, texts: Texts) -> Pace:
    """The pace at the last tick. On pace is whoever is within the planned time of the step, give or take a minute."""
    elapsed, left = talk.elapsed_ms, talk.planned_ms - talk.elapsed_ms
    state, off = _state(talk, elapsed, left)
    key = "paused" if talk.running_since is None else state
    words = texts.get(f"present.pace.{key}", time=clock(off), left=clock(left))
    return Pace(clock(elapsed), clock(left), min(1.0, elapsed / talk.planned_ms) if talk.planned_ms else 1.0, state,
                words, _warning(talk, left, texts), talk.running_since is None)


def _warning(talk: Talk, left: int, texts: Texts) -> str:
    """The last five minutes of a talk are told; of a short one its last quarter, in whole minutes from one."""
    last = max(60_000, min(LAST_MS, talk.planned_ms // LAST_SHARE) // 60_000 * 60_000)
    if left < 0 or left > last:
        return ""
    return texts.count("present.last_minutes", last // 60_000)


def _state(talk: Talk, elapsed: int, left: int) -> tuple[str, int]:
    if left < 0:
        return "over", -left
    whole = sum(beat.planned_ms for beat in talk.beats[talk.began_at:]) or 1
    scale = talk.planned_ms / whole
    before = sum(beat.planned_ms for beat in talk.beats[talk.began_at:talk.at]) * scale
    after = before + talk.beats[talk.at].planned_ms * scale
    if elapsed > after + ON_PACE_MS:
        return "behind", round(elapsed - after)
    if elapsed < before - ON_PACE_MS:
        return "ahead", round(before - elapsed)
    return "on", 0


def report(talk: Talk) -> tuple[StepTime, ...]:
    """The time of every step after a talk."""
    return tuple(StepTime(number + 1, beat.planned_ms, spent)
                 for number, (beat, spent) in enumerate(zip(talk.beats, talk.spent, strict=True)))


def rehearsed(talk: Talk) -> tuple[int, ...]:
    """Seconds by step as they were rehearsed, for the story: whole ones, and the planned time of steps that were not
    shown."""
    return tuple(max(1, round(spent / 1000)) if spent else beat.planned_ms // 1000
                 for beat, spent in zip(talk.beats, talk.spent, strict=True))

"""Views to judge: a crowded invented dataset, and frames of windows of any length. No expectation is here."""
from __future__ import annotations

from random import Random

from fakes import MIDNIGHT
from lane_reading import at, counted, event, measure, within
from timeline_app.domain.calendar import DAY
from timeline_app.engine.dataset import Dataset, LaneSpec, Meta
from timeline_app.engine.series import Category
from timeline_app.viewmodel import moves, walk
from timeline_app.viewmodel.frame import Frame, FrameRequest, compose
from timeline_app.viewmodel.window import Window


def crowded() -> Dataset:
    """A thousand events in a fortnight, a few of them about, one lane of counts with a hole in it."""
    dice = Random(3)
    events = tuple(event(f"e{n}", at(dice.random() * 14) if n % 3 else within(dice.random() * 14, 24 * (1 + n % 5)),
                         hashtags=("one",) if n % 2 else ("two", "three")) for n in range(1_000))
    parts = tuple(Category(name, event(name, at(0)).title) for name in ("odd", "even"))
    series = counted(MIDNIGHT + DAY, [[n % 11, n % 5] for n in range(900)], categories=parts)
    lanes = (LaneSpec("many", "events", "documented", event("x", at(0)).title, event_ids=tuple(e.id for e in events)),
             LaneSpec("few", "floods", "documented", event("x", at(0)).title, event_ids=("e3", "e9", "e12")),
             LaneSpec("count", "counts", "counted", event("x", at(0)).title, series_id="s"))
    meta = Meta("made", "made", event("x", at(0)).title, "Asia/Seoul", lanes=lanes)
    return Dataset(meta, events=events, series=(series,))


def random_views(data: Dataset, number: int) -> list[Frame]:
    """Frames of windows of all lengths, wherever something is, in both languages, some with a search."""
    dice, limits, opening = Random(20), walk.limits_of(data), walk.opening(data)
    ids = [one.id for one in data.events]
    frames = []
    for turn in range(number):
        length = round(60_000_000 * (limits.length_us / 60_000_000) ** dice.random())
        middle = dice.choice(data.events).when.earliest_start * 1000 + dice.randint(-length, length)
        state = moves.show(opening, Window(middle - length // 2, middle + length // 2), limits)
        state = moves.set_up(state, language=("en", "ko")[turn % 2], same_scale=turn % 5 == 0)
        found = frozenset(dice.sample(ids, len(ids) // 3)) if turn % 4 == 0 else None
        frames.append(compose(FrameRequest(data, state, 1_100.0, 800.0, measure, found)))
    return frames

"""What is wrong with the stories of a dataset, and a hash of the data that a story needs: when the data changes under
a story, it is told.

Where a fault stands in the file is found by the id of its step; what a step shows is `viewmodel.story`.
"""
from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from timeline_app.base.problems import Problem
from timeline_app.domain.records import Words
from timeline_app.domain.stories import Kiosk, Step, Story, Surge
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset, LaneSpec
from timeline_app.engine.judging import judged
from timeline_app.engine.series import Series

ALGORITHM, KIOSK = "sha256:", "kiosk"
_SELECTED_OTHERWISE = ("tweet:", "cluster:")
_QUOTED = re.compile("“[^”]*”")  # somebody's word, not ours


def data_hash(story: Story, dataset: Dataset) -> str:
    """The SHA-256 over everything that the steps show or name: events with their claims, computed lines and questions,
    sources, bins in view or to be played, collections. Words of translations count; the order of tables does not."""
    events: set[str] = set()
    counted: dict[str, list] = {}
    for step in story.steps:
        span = Span(step.sight.start_us // 1000, -(-step.sight.end_us // 1000))
        lanes = _lanes(step, dataset)
        asked = (step.guess.event_id,) if step.guess is not None else ()
        events.update(step.events, asked, (step.sight.selected,), _touching(lanes, span, dataset))
        for lane in lanes:
            counted.setdefault(lane.series_id or lane.collection_id, []).extend(_bins(lane, span, dataset))
    surge = story.kiosk.surge if story.kiosk is not None else None
    if surge is not None:
        counted.setdefault(surge.series, []).extend(_series_bins(surge.series, _stretch(surge), dataset))
    named = {source for step in story.steps for source in step.sources}
    record = {
        "events": [_record(dataset.event_by_id[one]) for one in sorted(events & dataset.event_by_id.keys())],
        "rows": [_record(row) for table in ("questions", "claims", "derived") for one in sorted(events)
                 for row in sorted(dataset.of_event(table, one), key=repr)],
        "sources": [_record(dataset.sources[one]) for one in sorted(named & dataset.sources.keys())],
        "counted": {name: bins for name, bins in sorted(counted.items()) if name}}
    written = json.dumps(record, sort_keys=True, ensure_ascii=False, default=_plain)
    return ALGORITHM + hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def has_changed(story: Story, dataset: Dataset) -> bool:
    """Whether the data is not what the story was made with. A story without a hash does not know."""
    return bool(story.data_hash) and story.data_hash != data_hash(story, dataset)


def story_problems(dataset: Dataset) -> Iterator[Problem]:
    """Every fault of every story: what a step names and the dataset lacks, judging words, missing translations,
    guesses without a question, a surge without its count, data that has changed."""
    for story in dataset.stories:
        if has_changed(story, dataset):
            yield Problem("warning", "story_data_changed", story.file)
        yield from _untranslated((story.title,), "title", story.file, dataset)
        for step in story.steps:
            yield from _step_problems(step, story.file, dataset)
        if story.kiosk is not None:
            yield from _kiosk_problems(story.kiosk, story.file, dataset)


def _step_problems(step: Step, file: str, dataset: Dataset) -> Iterator[Problem]:
    selected = step.sight.selected
    named = (*step.events, *([selected] if selected and not selected.startswith(_SELECTED_OTHERWISE) else []))
    for one in dict.fromkeys(named):
        if one not in dataset.event_by_id:
            yield _problem("unknown_event", file, step, id=one)
    for one in step.sources:
        if one not in dataset.sources:
            yield _problem("unknown_source", file, step, id=one)
    lanes = {lane.id for lane in dataset.meta.lanes}
    for one in step.sight.shown:
        if one not in lanes and not step.sight.group and "/" not in one:
            yield _problem("unknown_lane", file, step, id=one)
    guess = step.guess
    if guess is not None and not any(one.name == guess.question
                                     for one in dataset.of_event("questions", guess.event_id)):
        yield _problem("guess_without_question", file, step, id=f"{guess.event_id}/{guess.question}")
    for text in step.headline.all():
        word = judged(text)
        if word:
            yield _problem("judged_word", file, step, word=word)
    yield from _untranslated((step.headline, step.sentence, step.footnote), step.id, file, dataset)


def _kiosk_problems(kiosk: Kiosk, file: str, dataset: Dataset) -> Iterator[Problem]:
    surge = kiosk.surge
    texts = (*kiosk.attract, *((surge.label, surge.counted, surge.ending) if surge is not None else ()))
    if surge is not None:
        yield from _surge_problems(surge, file, dataset)
    for text in (text for one in texts for text in one.all()):
        word = judged(_QUOTED.sub("", text))
        if word:
            yield _told("judged_word", file, KIOSK, word=word)
    yield from _untranslated(texts, KIOSK, file, dataset)


def _surge_problems(surge: Surge, file: str, dataset: Dataset) -> Iterator[Problem]:
    series = dataset.series_by_id.get(surge.series)
    if series is None or not series.bin_ms:
        yield _told("surge_without_series", file, KIOSK, id=surge.series)
    elif not _holds(series, _stretch(surge)):
        yield _told("surge_not_covered", file, KIOSK, id=surge.series)
    for name in ("label", "counted", "ending"):
        if not getattr(surge, name).text.strip():
            yield _told("surge_without_words", file, KIOSK, member=name)


def _holds(series: Series, stretch: Span) -> bool:
    """Whether the series was counted in all of a stretch and has a bin that begins in it."""
    has_bins = bool(((series.start >= stretch.start) & (series.start < stretch.end)).any())
    covered = series.covered
    return has_bins and (covered is None or covered.start <= stretch.start and stretch.end <= covered.end)


def _stretch(surge: Surge) -> Span:
    return Span(surge.start_ms, surge.end_ms)


def _problem(code: str, file: str, step: Step, **args: object) -> Problem:
    return _told(code, file, step.id, **args)


def _told(code: str, file: str, field: str, **args: object) -> Problem:
    return Problem("warning", code, file, 0, 0, field, tuple((name, str(value)) for name, value in args.items()))


def _untranslated(texts: Iterable[Words], field: str, file: str, dataset: Dataset) -> Iterator[Problem]:
    for language in dataset.meta.languages[1:]:
        if any(one.text and not dict(one.others).get(language) for one in texts):
            yield Problem("warning", "story_untranslated", file, 0, 0, field, (("language", language),))


def _lanes(step: Step, dataset: Dataset) -> list[LaneSpec]:
    shown = frozenset(step.sight.shown)
    own = [lane for lane in dataset.meta.lanes if lane.id in shown]
    return own or list(dataset.meta.lanes)


def _touching(lanes: Iterable[LaneSpec], span: Span, dataset: Dataset) -> set[str]:
    return {one for lane in lanes for one in lane.event_ids
            if one in dataset.event_by_id and dataset.event_by_id[one].when.span.overlaps(span)}


def _bins(lane: LaneSpec, span: Span, dataset: Dataset) -> list:
    if lane.series_id not in dataset.series_by_id:
        found = dataset.collection_by_id.get(lane.collection_id)
        return [found.store.folder.name] if found is not None else []
    return _series_bins(lane.series_id, span, dataset)


def _series_bins(series_id: str, span: Span, dataset: Dataset) -> list:
    series = dataset.series_by_id.get(series_id)
    if series is None:
        return []
    inside = (series.start < span.end) & (series.start + max(series.bin_ms, 1) > span.start)
    rows = zip(series.start[inside], series.values[inside], strict=True)
    return [[int(at), *map(int, values)] for at, values in rows] + [repr(point) for point in series.points]


def _record(row: object) -> dict[str, object]:
    """A record without what only says where it stood."""
    return {name: value for name, value in asdict(row).items() if name != "line"}


def _plain(value: object) -> object:
    """Sets in order; anything else by its name."""
    return sorted(value) if isinstance(value, (set, frozenset)) else str(value)

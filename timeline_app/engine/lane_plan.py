"""From the manifest to `Meta`: which lane holds which events and series, where the dataset opens, what keys
mean.

Without lanes in the manifest there is one lane for each kind of event and one for each series.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.domain.records import Event, Words
from timeline_app.engine.count_tables import stretch
from timeline_app.engine.dataset import Annotation, LaneSpec, Meta
from timeline_app.engine.event_table import Known
from timeline_app.engine.instants import moment
from timeline_app.engine.json_text import Document
from timeline_app.engine.manifest import Lane, Manifest, Stretch, words
from timeline_app.engine.series import Series

AWAITING = "awaiting"


def meta(manifest: Manifest, document: Document, known: Known, events: tuple[Event, ...],
         series: tuple[Series, ...]) -> Meta:
    """What the manifest says about the dataset as a whole, its lanes filled."""
    timeline = manifest.timeline
    opening = timeline.opening_view
    if opening.select and opening.select not in known.events:
        document.report("unknown_event", "$.timeline.opening_view.select", id=opening.select)
    if timeline.overview.series not in ("", *(one.id for one in series)):
        document.report("unknown_series", "$.timeline.overview.series", id=timeline.overview.series)
    title = words(timeline.titles or manifest.title or manifest.name, timeline.languages)
    waiting = {code for code, status in timeline.translation_status.items() if status.startswith(AWAITING)}
    return Meta(
        manifest.id, manifest.name, title, timeline.zone, timeline.languages,
        stretch(opening.span or Stretch(opening.start, opening.end), timeline.zone), opening.select,
        lanes(manifest, document, known, events, series), timeline.overview.series, names(manifest),
        {one.tag.removeprefix("#"): words(one.reason, timeline.languages) for one in manifest.masked_tags},
        frozenset(waiting), ", ".join(one.title or one.name for one in manifest.licenses),
        words(timeline.descriptions, timeline.languages), frozenset(timeline.crowds), manifest.accounts)


def names(manifest: Manifest) -> dict[tuple[str, str], Words]:
    """The readable words of every key: of the vocabulary, units, subjects and flags."""
    timeline = manifest.timeline
    tables: dict[str, Mapping[str, dict[str, str] | str]] = {
        "vocabulary": timeline.vocabulary, "units": timeline.units, "unit_patterns": timeline.unit_patterns,
        "content_policy": timeline.content_policy,
        "subjects": {key: _texts(value) for key, value in timeline.subjects.items()},
        "subject_notes": {key: _texts(value.get("note")) for key, value in timeline.subjects.items()}}
    return {(table, key): words(text, timeline.languages)
            for table, entries in tables.items() for key, text in entries.items() if text}


def lanes(manifest: Manifest, document: Document, known: Known, events: tuple[Event, ...],
          series: tuple[Series, ...]) -> tuple[LaneSpec, ...]:
    """The lanes in their order, each with the events it holds; a lane of an unknown series is left out."""
    if not manifest.timeline.lanes:
        return plain_lanes(events, series)
    named = {one for _, lane in manifest.lanes for one in lane.select.ids}
    counted = {one.id for one in series}
    specs: list[LaneSpec] = []
    for path, lane in manifest.lanes:
        for place, one in enumerate(lane.select.ids):
            if one not in known.events:
                document.report("unknown_event", f"{path}.select.ids[{place}]", id=one)
        if lane.series and lane.series not in counted:
            document.report("unknown_series", f"{path}.series", id=lane.series)
        elif any(spec.id == lane.id for spec in specs):
            document.report("lane_twice", f"{path}.id", id=lane.id)
        else:
            specs.append(_lane(path, lane, (manifest, document), events, named))
    return tuple(specs)


def _lane(path: str, lane: Lane, told: tuple[Manifest, Document], events: tuple[Event, ...],
          named: set[str]) -> LaneSpec:
    manifest, document = told
    timeline, ids, kinds = manifest.timeline, {*lane.select.ids}, {*lane.select.kind}
    held = tuple(event.id for event in events
                 if event.id in ids or (event.kind in kinds and event.id not in named))
    marks: list[Annotation] = []
    for place, remark in enumerate(lane.annotations):
        at = moment(remark.at, timeline.zone)
        if at is None:
            document.report("bad_instant", f"{path}.annotations[{place}].at", text=remark.at)
        else:
            marks.append(Annotation(at, words(remark.text, timeline.languages)))
    return LaneSpec(lane.id, lane.type, lane.half, words(lane.title, timeline.languages),
                    words(lane.note, timeline.languages), held, lane.series, tuple(marks))


def plain_lanes(events: Iterable[Event], series: Iterable[Series]) -> tuple[LaneSpec, ...]:
    held: dict[str, list[str]] = {}
    for event in events:
        held.setdefault(event.kind, []).append(event.id)
    documented = [LaneSpec(kind, "events", "documented", kind_words(kind), event_ids=tuple(ids))
                  for kind, ids in held.items()]
    counted = [LaneSpec(one.id, "counts" if one.bin_ms else "amounts", "counted",
                        one.short if one.short.text else one.title, series_id=one.id) for one in series]
    return (*documented, *counted)


def kind_words(kind: str) -> Words:
    """What a lane of one kind is called in each of our languages; a kind of the dataset's own keeps its name."""
    key = f"lane.kind.{kind}"
    if not catalogue(LANGUAGES[0]).has(key):
        return Words(kind)
    return Words(catalogue(LANGUAGES[0]).get(key), tuple((code, catalogue(code).get(key)) for code in LANGUAGES[1:]))


def _texts(value: object) -> dict[str, str]:
    """The texts by language of a member that may hold other things as well."""
    if isinstance(value, str):
        return {"": value}
    members = value.items() if isinstance(value, dict) else ()
    return {code: text for code, text in members if isinstance(text, str)}

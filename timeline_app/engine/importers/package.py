"""A data package, as a folder or a zip: its manifest, tables, sources and counts, made into a dataset.

What each part means is in `manifest`, `event_table`, `claim_tables`, `source_list` and `count_tables`; what
is wrong with its content, though it can be read, is in `check`.
"""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from timeline_app.base.bundle import Bundle, open_bundle, read_part
from timeline_app.base.problems import Problem, UserError
from timeline_app.base.safe_io import MEGABYTE
from timeline_app.domain import zones
from timeline_app.domain.notes import Note
from timeline_app.engine import claim_tables, lane_plan, note_file, story_file
from timeline_app.engine.count_tables import NOT_STATED, read_series
from timeline_app.engine.dataset import Collection, Dataset
from timeline_app.engine.event_table import KINDS, Known, read_events
from timeline_app.engine.json_text import Document
from timeline_app.engine.manifest import Manifest, read_manifest
from timeline_app.engine.reading import Building, Reading
from timeline_app.engine.series import Series
from timeline_app.engine.source_list import read_sources
from timeline_app.engine.tables import Header, Table, read_table

MANIFEST_LIMIT = 16 * MEGABYTE
PART_LIMIT = 64 * MEGABYTE  # a table takes about ten times its size in memory
MANIFEST = "datapackage.json"
BUILDS = True
TABLES = ("events", "questions", "claims", "derived", "quotes", "posts")


def recognise(path: Path) -> bool:
    """Whether this is a folder with a manifest, or an archive of anything but tweets."""
    if path.is_dir():
        return (path / MANIFEST).is_file()
    if path.suffix.lower() != ".zip":
        return False
    from timeline_app.engine.tweets import finding

    return not finding.recognise(path)


def read(path: Path, building: Building | None = None) -> Reading:
    """The dataset of a package with its rows and its collections of tweets; UserError where there is no manifest."""
    problems: list[Problem] = []
    found: tuple[Collection, ...] = ()
    if path.is_dir() and (path / "tweets").is_dir():
        found = _collections(path, building or Building(), problems)
    with open_bundle(path) as bundle:
        reading = _reading(bundle, str(path), problems)
    return replace(reading, dataset=_with(reading.dataset, found)) if found else reading


def _collections(path: Path, building: Building, problems: list[Problem]) -> tuple[Collection, ...]:
    from timeline_app.engine import collection_list  # a dataset without tweets does not wait for it

    found = collection_list.of_dataset(path, building, problems)
    problems += collection_list.refused(found)
    return found


def _with(dataset: Dataset, found: tuple[Collection, ...]) -> Dataset:
    """The dataset with its collections, and with their lanes below those that it has."""
    from timeline_app.engine.collection_lanes import defaults

    named = {lane.id for lane in dataset.meta.lanes}
    lanes = tuple(lane for one in found for lane in defaults(one) if lane.id not in named)
    return replace(dataset, meta=replace(dataset.meta, lanes=(*dataset.meta.lanes, *lanes)), collections=found)


def _reading(bundle: Bundle, path: str, problems: list[Problem]) -> Reading:
    if not bundle.has(MANIFEST):
        raise UserError("no_manifest", path=path)
    manifest, document = read_manifest(bundle.read(MANIFEST, MANIFEST_LIMIT), MANIFEST, problems)
    files = {one.name or one.path: one.path for one in manifest.resources}
    tables = {name: _table(bundle, files.get(name, ""), problems) for name in TABLES}
    listed = _data(bundle, files.get("sources", ""), problems)
    sources = read_sources(listed, files["sources"], problems) if listed else {}
    known = Known(
        manifest.timeline.languages, KINDS | _own_kinds(manifest),
        frozenset(row.text("id") for row in tables["events"].rows), sources.keys(),
        frozenset((row.text("event_id"), row.text("question")) for row in tables["questions"].rows))
    events = read_events(tables["events"], known, problems)
    series = _all_series(bundle, manifest, document, known)
    notes = _notes(bundle, files.get("notes", ""), (known.events, manifest.timeline.zone), problems)
    stories = story_file.read_stories(bundle, (manifest.timeline.languages, manifest.timeline.zone), problems,
                                      [one.path for one in manifest.resources])
    meta = lane_plan.meta(manifest, document, known, events, series)
    dataset = Dataset(
        meta, path, events,
        claim_tables.read_questions(tables["questions"], known, problems),
        claim_tables.read_claims(tables["claims"], known, problems),
        claim_tables.read_derived(tables["derived"], known, problems),
        claim_tables.read_quotes(tables["quotes"], known, problems),
        claim_tables.read_posts(tables["posts"], known, problems),
        sources, series, tuple(problems), notes=notes, stories=stories)
    return Reading(dataset, tables, manifest.accounts)


def _own_kinds(manifest: Manifest) -> frozenset[str]:
    """Kinds that the dataset has lanes for, beside the common ones."""
    return frozenset(kind for _, lane in manifest.lanes for kind in lane.select.kind)


def _data(bundle: Bundle, file: str, problems: list[Problem]) -> bytes:
    return (read_part(bundle, file, problems, PART_LIMIT) or b"") if file else b""


def _notes(bundle: Bundle, named: str, known: tuple[frozenset[str], str], problems: list[Problem]) -> tuple[Note, ...]:
    """The notes that came with the dataset: in the file that the manifest names, or beside it."""
    file = named or (note_file.FILE if bundle.has(note_file.FILE) else "")
    data = read_part(bundle, file, problems, note_file.MOST_BYTES) if file else None
    return note_file.read_notes(data, file, known, problems) if data else ()


def _table(bundle: Bundle, file: str, problems: list[Problem]) -> Table:
    data = _data(bundle, file, problems)
    return read_table(data, file, problems) if data else Table(Header(file))


def _all_series(bundle: Bundle, manifest: Manifest, document: Document, known: Known) -> tuple[Series, ...]:
    series: list[Series] = []
    for path, resource, entry in manifest.series:
        if entry.missing_bins_are_zero and entry.covered is None:
            document.report("zero_without_coverage", path, "warning")
        before = len(document.problems)
        if entry.zone != NOT_STATED and not zones.is_zone(entry.zone):
            document.report("unknown_zone", f"{path}.zone", zone=entry.zone)
        if entry.event_id and entry.event_id not in known.events:
            document.report("unknown_event", f"{path}.event_id", id=entry.event_id)
        for one in {entry.source_id, *entry.source_ids} - {"", *known.sources}:
            document.report("unknown_source", f"{path}.source_id", id=one)
        if not entry.source_id:
            document.report("series_without_source", path, id=entry.series)
        if any(one.id == entry.series for one in series):
            document.report("same_id", f"{path}.series", id=entry.series)
        data = _data(bundle, resource.path, document.problems)
        if data and len(document.problems) == before:
            series.append(read_series(entry, data, resource.path, known, document.problems))
    return tuple(series)

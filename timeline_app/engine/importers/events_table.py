"""A single CSV file of events as a dataset of its own: a header with at least `title` and `edtf`, any kinds,
no zone.

Tables with other column names need a mapping and are not read here.
"""
from __future__ import annotations

from pathlib import Path

from timeline_app.base.problems import Problem
from timeline_app.base.safe_io import MEGABYTE, open_regular, read_regular
from timeline_app.domain.records import Source, Words
from timeline_app.engine.dataset import Dataset, Meta
from timeline_app.engine.event_table import Known, read_events
from timeline_app.engine.lane_plan import plain_lanes
from timeline_app.engine.reading import Reading
from timeline_app.engine.tables import Header, Row, Table, read_table

LIMIT = 64 * MEGABYTE
NEEDED = frozenset({"title", "edtf"})


def recognise(path: Path) -> bool:
    """Whether the first line of a .csv file names a title and a date column."""
    if path.suffix.lower() != ".csv" or path.is_dir():
        return False
    with open_regular(path, follow=True) as handle:
        beginning = handle.read(65_536)
    columns = read_table(beginning.split(b"\n", 1)[0], path.name, []).header.columns
    return NEEDED.issubset(columns)


def read(path: Path) -> Reading:
    """The dataset of one table of events. Events without an id are named by their line, sources by their id
    alone."""
    problems: list[Problem] = []
    table = _with_ids(read_table(read_regular(path, LIMIT, follow=True), path.name, problems))
    languages = _languages(table.header)
    sources = {one: Source(one, title=one) for row in table.rows for one in row.items("source_ids")}
    known = Known(languages, None, frozenset(row.text("id") for row in table.rows), sources.keys())
    events = read_events(table, known, problems)
    meta = Meta("", path.stem, Words(path.stem), languages=languages, lanes=plain_lanes(events, ()))
    dataset = Dataset(meta, str(path), events, sources=sources, problems=tuple(problems))
    return Reading(dataset, {"events": table})


def _with_ids(table: Table) -> Table:
    if "id" in table.header.columns or not table.header.columns:
        return table
    header = Header(table.header.file, (*table.header.columns, "id"))
    places = header.places()
    return Table(header, tuple(Row(header, places, row.line, [*row.cells, f"event-{row.line}"])
                               for row in table.rows))


def _languages(header: Header) -> tuple[str, ...]:
    """English for the plain columns, and the languages that titles are translated to."""
    codes = [name.removeprefix("title.") for name in header.columns if name.startswith("title.")]
    return tuple(dict.fromkeys(("en", *codes)))

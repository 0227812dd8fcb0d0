"""What `twarc2 counts` writes as a dataset of one counted series: so many tweets per minute, hour or day.

Single tweets are not in such a file; those that hold them are read by `tweets`.
"""
from __future__ import annotations

from pathlib import Path

from timeline_app.domain.records import Words
from timeline_app.domain.time import Span
from timeline_app.engine.collection_lanes import said
from timeline_app.engine.collection_list import refused_lines, replaced_lines
from timeline_app.engine.dataset import Dataset, Meta
from timeline_app.engine.lane_plan import plain_lanes
from timeline_app.engine.reading import Reading
from timeline_app.engine.series import BIN_MS, Series
from timeline_app.engine.tweets.readers import count_files
from timeline_app.engine.tweets.readers.sniff import sniff
from timeline_app.engine.tweets.run import RefusedLine
from timeline_app.engine.tweets.source import head_of

BINS = {"1min": "tweets.counts.minute", "1h": "tweets.counts.hour", "1d": "tweets.counts.day"}


def recognise(path: Path) -> bool:
    """Whether a file begins as counts do."""
    return path.is_file() and sniff(head_of(path)[1]).refusal == "counts"


def read(path: Path) -> Reading:
    """The series of the file. The first and last span of a search are mostly shorter than the others; the series says
    so, and counts them in the bin that they begin in."""
    found = count_files.series(path)
    refused = [RefusedLine(one.file, one.offset, one.line, one.reason, one.start.decode("latin-1"))
               for one in found.refused]
    problems = (*refused_lines(refused, found.refused_count, path.name),
                *replaced_lines(found.replaced, path.name))
    meta = Meta("", path.stem, Words(path.name))
    if not len(found.starts):
        return Reading(Dataset(meta, str(path), problems=problems))
    series = _series(path, found)
    lanes = plain_lanes((), (series,))
    meta = Meta("", path.stem, Words(path.name), lanes=lanes, overview_series=series.id)
    return Reading(Dataset(meta, str(path), series=(series,), problems=problems))


def _series(path: Path, found: count_files.Series) -> Series:
    longest = int((found.ends - found.starts).max())
    bin_name = next((name for name in BINS if BIN_MS[name] >= longest), "1d")
    width = BIN_MS[bin_name]
    origin = next((one for one in found.origins if one.query), None)
    title = Words(origin.query if origin is not None else path.name)
    who = said("tweets.counts.who", tool=origin.tool or "twarc") if origin is not None else Words()
    return Series(
        "counts", title, title, said(BINS[bin_name]), who, "tweets", bin_name, "UTC", found.starts // width * width,
        found.counts.reshape(-1, 1), covered=Span(int(found.starts[0]), int(found.ends[-1])),
        caveat=said("tweets.counts.partial") if found.partial.any() else Words())

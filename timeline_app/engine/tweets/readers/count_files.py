"""What `twarc2 counts` writes: how many tweets there were from each start to each end. A ready series, and no tweets.

The search was asked from some moment to another, so the first and the last span of a file are mostly cut short: they
say so. Files that were joined may tell of a span twice; it is kept once, as it was told last.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from timeline_app.base.safe_io import open_regular
from timeline_app.engine.tweets.batch import REPLACED, Refused
from timeline_app.engine.tweets.lines import Stream
from timeline_app.engine.tweets.readers.gather import Notes, Origin
from timeline_app.engine.tweets.readers.json_lines import decoded
from timeline_app.engine.tweets.readers.records import Record, lines
from timeline_app.engine.tweets.readers.v2 import Twarc, origin
from timeline_app.engine.tweets.readers.written_times import UNREAD, seconds_of

MOST_SPANS = 10_000_000  # 19 years by the minute
MOST_COUNT = 10**11  # more than there were in a year; so many spans of it can still be added up
MOST_REFUSED = 10_000  # in the list; all are counted


class _Span(msgspec.Struct, gc=False):
    start: str
    end: str
    tweet_count: int


class _Line(msgspec.Struct, gc=False):
    data: list[_Span] | None = None
    errors: list[msgspec.Raw] | None = None
    twarc: Twarc | None = msgspec.field(default=None, name="__twarc")


_LINE = msgspec.json.Decoder(_Line)


@dataclass(frozen=True, slots=True)
class Series:
    """int64[n] starts and ends in ms UTC, ascending, and counts; bool[n] which spans are shorter than most; what could
    not be read; where it is from; how many lines were refused, and in how many U+FFFD stands for what is no UTF-8."""

    starts: np.ndarray
    ends: np.ndarray
    counts: np.ndarray
    partial: np.ndarray
    refused: tuple[Refused, ...]
    origins: tuple[Origin, ...]
    refused_count: int = 0
    replaced: int = 0


class _Refusals:
    """The first refused lines, and how many there are."""

    def __init__(self) -> None:
        self.first: list[Refused] = []
        self.count = 0

    def add(self, one: Refused) -> None:
        """One more."""
        self.count += 1
        if len(self.first) < MOST_REFUSED:
            self.first.append(one)


def series(path: Path) -> Series:
    """The series of a file, plain or gzip, also of UTF-16."""
    spans: list[tuple[_Span, Record]] = []
    refused, notes = _Refusals(), Notes()
    with open_regular(path, follow=True) as handle:
        for record in lines(Stream(handle), path.name):
            line = record if record.__class__ is Refused else decoded(_LINE, record, notes)
            if line.__class__ is Refused:
                refused.add(line)
            elif line.data is None and not line.errors:
                refused.add(record.refuse("not_counts"))
            elif len(spans) + len(line.data or ()) > MOST_SPANS:
                refused.add(record.refuse("too_many_counts"))
                break
            else:
                spans += [(one, record) for one in line.data or ()]
                if line.twarc is not None:
                    notes.hear(origin(line.twarc), 1)
    return _series(spans, refused, notes)


def _series(spans: list[tuple[_Span, Record]], refused: _Refusals, notes: Notes) -> Series:
    starts, ends = (seconds_of([getattr(span, name) for span, _ in spans]) for name in ("start", "end"))
    counts = np.array([one if 0 <= (one := span.tweet_count) <= MOST_COUNT else -1 for span, _ in spans], np.int64)
    good = (starts != UNREAD) & (ends > starts) & (counts >= 0)
    for at in np.flatnonzero(~good).tolist():
        refused.add(spans[at][1].refuse("bad_count"))
    starts, ends, counts = starts[good], ends[good], counts[good]
    order = np.lexsort((np.arange(len(starts)), ends, starts))
    starts, ends, counts = starts[order], ends[order], counts[order]
    last = np.ones(len(starts), np.bool_)
    last[:-1] = (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])
    starts, ends, counts = starts[last] * 1000, ends[last] * 1000, counts[last]
    usual = np.median(ends - starts) if len(starts) else 0
    return Series(starts, ends, counts, ends - starts < usual, tuple(refused.first), tuple(notes.origins),
                  refused.count, notes.passed[REPLACED])

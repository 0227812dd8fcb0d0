"""One way to read any file of tweets: its shape in, batches out. ID lists are read by `id_list`.

`read` takes a whole stream, `read_pieces` whole lines of one that may be divided (`is_divisible`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from timeline_app.engine.tweets.batch import Batch
from timeline_app.engine.tweets.lines import Piece
from timeline_app.engine.tweets.readers import (
    any_table,
    column_files,
    fourcat,
    snscrape,
    tags_sheet,
    tcat,
    times,
    twarc1_csv,
    twarc_csv,
    v2,
    v2_pieces,
    v11,
)
from timeline_app.engine.tweets.readers.gather import Notes, Reader, batches, batches_of_pieces
from timeline_app.engine.tweets.readers.records import Given, elements, lines
from timeline_app.engine.tweets.readers.sniff import Shape

READERS = {
    "v2": Reader(v2.tweets, v2.columns, v2_pieces.blocks),
    "v11": Reader(v11.tweets),
    "archive": Reader(v11.tweets),
    "twarc_csv": Reader(twarc_csv.tweets),
    "twarc1_csv": Reader(twarc1_csv.tweets),
    "sfm_older": Reader(twarc1_csv.older),
    "studio": Reader(twarc1_csv.studio),
    "tcat": Reader(tcat.tweets),
    "tcat_gaps": Reader(tcat.gaps),
    "tags_sheet": Reader(tags_sheet.tweets),
    "fourcat": Reader(fourcat.tweets),
    "fourcat_web": Reader(fourcat.web_objects),
    "snscrape": Reader(snscrape.tweets),
    "times": Reader(times.tweets),
    "any_table": Reader(any_table.tweets),
}


def is_divisible(shape: Shape) -> bool:
    """Whether whole lines of the file can be read by themselves."""
    return shape.layout == "lines"


def read(handle: BinaryIO, file: str, shape: Shape, notes: Notes) -> Iterator[Batch]:
    """The tweets of a stream, plain or gzip, in file order and bounded memory; at least one batch."""
    return batches(READERS[shape.kind], _records(handle, file, shape), notes)


def read_pieces(pieces: Iterable[Piece], file: str, shape: Shape, notes: Notes) -> Iterator[Batch]:
    """The tweets of pieces of a divisible file that follow each other; at least one batch."""
    return batches_of_pieces(READERS[shape.kind], pieces, file, notes)


def read_columns(path: Path, file: str) -> Iterator[Batch]:
    """The tweets of a file that is kept as columns; at least one batch."""
    return column_files.batches(path, file)


def _records(handle: BinaryIO, file: str, shape: Shape) -> Given:
    depth = {"objects": 0, "array": 1, "script": 1, "inner_array": 2}.get(shape.layout)
    if depth is None:
        return lines(handle, file, keep_blank=shape.layout == "table")
    return elements(handle, file, depth, b"=" if shape.layout == "script" else b"")

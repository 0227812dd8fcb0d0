"""Lists of tweet IDs, with what stands beside them: a piece of whole lines in, a `Batch` out.

Recognising is in `id_form`, one ID in `one_id`, the fast way for plain lists in `id_digits`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import numpy as np

from timeline_app.domain.snowflake import EPOCH_MS, FIRST_ID
from timeline_app.engine.instants import moment
from timeline_app.engine.tweets.batch import (
    BEFORE_SCHEME,
    DAMAGED,
    MOST_LANGS,
    SHOWN_BYTES,
    Batch,
    Clock,
    Refused,
    batch_of_ids,
    tags_of,
)
from timeline_app.engine.tweets.id_digits import read_lines
from timeline_app.engine.tweets.id_form import FLAGS, IdForm, cells
from timeline_app.engine.tweets.lines import Piece, words_of
from timeline_app.engine.tweets.one_id import CUT_WIDTH_MS, OneId, one_id

_TAG_BREAK = re.compile(r"[\s|,;]+")
_BEFORE = 20  # lines
_MOST_NUMBER = 2**31 - 1
_CLOCK_SHARE = 0.9  # so much of a file must agree on one offset before it is called constant
_BOM = b"\xef\xbb\xbf"


def read_ids(piece: Piece, form: IdForm, file: str) -> Batch:
    """The tweets of whole lines. The header, if the form has one, is the first line of the file."""
    if form.delimiter:
        return _table(piece, form, file)
    if _is_cut_off(piece):
        last = Refused(file, piece.offset, piece.line + 1, "cut_line", piece.data)
        return batch_of_ids(np.zeros(0, np.int64), refused=(last,))
    return _plain(piece, form, file)


def _is_cut_off(piece: Piece) -> bool:
    """Whether the file was cut within an ID: its last line has no line end, and fewer digits than each of those before
    it. Read as an ID it would be a tweet of another year."""
    before = piece.before.split()[-_BEFORE:]
    return (piece.data.isdigit() and len(before) == _BEFORE
            and all(one.isdigit() and len(one) > len(piece.data) for one in before))


def _plain(piece: Piece, form: IdForm, file: str) -> Batch:
    lines = read_lines(piece.data)
    ids = lines.ids
    if not len(lines.odd):
        return _with_cuts(ids, None, None, form, ())
    good, marked, refused = np.ones(len(ids), np.bool_), [], []
    good[lines.odd] = False
    for at, start, end in zip(lines.odd.tolist(), lines.starts.tolist(), lines.ends.tolist(), strict=True):
        line = piece.data[start:end]
        found = _judged(line, first=not start and not piece.offset, form=form)
        if found is None:
            continue
        ids[at], good[at] = found.id, found.found
        if found.flags:
            marked.append((at, found))
        if not found.found:
            refused.append(Refused(file, piece.offset + start, piece.line + at + 1, found.reason, line[:SHOWN_BYTES]))
    return _with_cuts(ids[good], *_marks(marked, good), form, tuple(refused))


def _marks(marked: list[tuple[int, OneId]], good: np.ndarray) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Flags and half widths of the good lines, or None where no line has any."""
    if not marked:
        return None, None
    flags, width = np.zeros(len(good), np.uint16), np.zeros(len(good), np.int64)
    for at, found in marked:
        flags[at], width[at] = found.flags, found.half_width_ms
    return flags[good], width[good]


def _judged(line: bytes, first: bool, form: IdForm) -> OneId | None:
    """The ID of an odd line; None for a blank line and for the header."""
    if first:
        line = line.removeprefix(_BOM)
        if form.names:
            return None
    found = one_id(line.decode("utf-8", "replace"))
    return None if found.reason == "no_id" else found


def _with_cuts(
    ids: np.ndarray, flags: np.ndarray | None, width: np.ndarray | None, form: IdForm, refused: tuple[Refused, ...]
) -> Batch:
    """The batch of a plain list; where a spreadsheet kept 15 digits, the IDs that end in zeros are damaged."""
    if form.cut_digits:
        flags = np.zeros(len(ids), np.uint16) if flags is None else flags
        width = np.zeros(len(ids), np.int64) if width is None else width
        cut = _cut(ids) & (flags & DAMAGED == 0)
        flags[cut] |= DAMAGED
        width[cut] = CUT_WIDTH_MS
    columns = {} if flags is None else {"flags": flags, "half_width_ms": width}
    return batch_of_ids(ids, refused=refused, **columns)


def _cut(ids: np.ndarray) -> np.ndarray:
    """bool[n]: everything behind the 15th digit is zero."""
    nineteen = ids >= 10**18
    return (nineteen & (ids % 10_000 == 0)) | (~nineteen & (ids >= 10**17) & (ids % 1_000 == 0))


def _table(piece: Piece, form: IdForm, file: str) -> Batch:
    """Lines of several cells, one after the other: what stands beside the ID is worth the time."""
    rows: list[tuple[OneId, list[str]]] = []
    refused: list[Refused] = []
    lines: list[int] = []
    not_utf8 = 0
    column, offset = form.roles.index("id"), piece.offset
    for number, line in enumerate(piece.data.split(b"\n")):
        begin, offset = offset, offset + len(line) + 1
        plain = line.removeprefix(_BOM) if not begin else line
        if not plain.strip() or (not begin and form.names):
            continue
        words, is_utf8 = words_of(plain.rstrip(b"\r"))
        row = cells(words, form.delimiter)
        not_utf8 += not is_utf8
        found = one_id(row[column]) if column < len(row) else OneId(reason="no_id" if row else "broken_row")
        if offset > piece.offset + len(piece.data) and column == len(row) - 1 < len(form.roles) - 1:
            found = OneId(reason="cut_line")  # the file ends within this ID, maybe
        if found.found:
            rows.append((found, row))
            lines.append(piece.line + number + 1)
        else:
            refused.append(Refused(file, begin, piece.line + number + 1, found.reason, line[:SHOWN_BYTES]))
    return replace(_batch(rows, form, tuple(refused)), line=np.array(lines, np.uint32),
                   not_utf8=not_utf8)


def _batch(rows: list[tuple[OneId, list[str]]], form: IdForm, refused: tuple[Refused, ...]) -> Batch:
    ids = np.array([found.id for found, _ in rows], np.int64)
    flags = np.array([found.flags for found, _ in rows], np.uint16)
    width = np.array([found.half_width_ms for found, _ in rows], np.int64)
    base = _with_cuts(ids, flags, width, form, refused)
    columns: dict[str, object] = {"flags": base.flags, "half_width_ms": base.half_width_ms, "refused": refused}
    table = [row for _, row in rows]
    columns["tags"] = tags_of([_tags(row, form) for row in table])
    for role in ("retweets", "likes"):
        if role in form.roles:
            columns[role] = np.array([_number(row, form.roles.index(role)) for row in table], np.int32)
    if "lang" in form.roles:
        columns |= _langs([_cell(row, form.roles.index("lang")) for row in table])
    if "time" in form.roles:
        columns["clock"] = clock_of(ids, base.flags, [_cell(row, form.roles.index("time")) for row in table])
    return batch_of_ids(ids, **columns)


def _cell(row: list[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _number(row: list[str], at: int) -> int:
    cell = _cell(row, at)
    number = int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 19 else 0
    return number if number <= _MOST_NUMBER else 0


def _tags(row: list[str], form: IdForm) -> list[str]:
    """The row's tags; a keyword that matched is one, and a word of a column of few words is `column=word`."""
    found: list[str] = []
    for name, role, cell in zip(form.names, form.roles, row, strict=False):
        if role == "flag" and FLAGS.get(cell.strip().lower()):
            found.append(name)
        elif role == "value" and cell.strip():
            found.append(f"{name}={cell.strip()}")
        elif role == "tags":
            found += [tag for tag in (part.lstrip("#＃") for part in _TAG_BREAK.split(cell.strip('[]"'))) if tag]
    return found


def _langs(values: list[str]) -> dict[str, object]:
    names = tuple(dict.fromkeys(("", *values)))[:MOST_LANGS]
    codes = {name: code for code, name in enumerate(names)}
    return {"lang": np.array([codes.get(value, 0) for value in values], np.uint16), "langs": names}


def clock_of(ids: np.ndarray, flags: np.ndarray, written: list[str]) -> Clock:
    """The times beside the IDs against the times in them, to the second; only rows with an exact ID are compared."""
    exact = (flags & (DAMAGED | BEFORE_SCHEME) == 0) & (ids >= FIRST_ID)
    offsets: Counter[int] = Counter()
    for number, usable, text in zip(ids.tolist(), exact.tolist(), written, strict=True):
        at = moment(text.replace(" ", "T", 1), "UTC") if usable and len(text) > 10 else None
        if at is not None:
            offsets[at // 1000 - ((number >> 22) + EPOCH_MS) // 1000] += 1
    if not offsets:
        return Clock()
    (offset, agreed), compared = offsets.most_common(1)[0], offsets.total()
    return Clock(compared, offset if agreed >= _CLOCK_SHARE * compared else None)

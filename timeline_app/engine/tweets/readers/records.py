"""What a reader is given, one after the other: a line or an element of an array, with its place; in bounded memory.

What the bytes mean is not here. Elements are found by counting brackets outside of strings, block by block, in numpy:
a file of one array is as large as it likes. Offsets and lines count in the unpacked bytes, lines from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec
import numpy as np

from timeline_app.engine.tweets.batch import SHOWN_BYTES, Refused
from timeline_app.engine.tweets.lines import GZIP, LINE_LIMIT, Piece, Unpacked

BLOCK = 1 << 20
_STEP = np.zeros(256, np.int8)
_STEP[[ord("{"), ord("[")]] = 1
_STEP[[ord("}"), ord("]")]] = -1
_QUOTE, _BACKSLASH = ord('"'), ord("\\")
_BETWEEN = b" \t\r\n,;[]\xef\xbb\xbf"
_BOM = b"\xef\xbb\xbf"
_VISIBLE = (b"{", b"[")


class Record(msgspec.Struct, frozen=True, gc=False):
    """The bytes of one line or element, maybe as a view, and where they begin."""

    file: str
    offset: int
    line: int
    data: bytes | memoryview

    def refuse(self, reason: str) -> Refused:
        """This record as one that no tweet could be read from."""
        return Refused(self.file, self.offset, self.line, reason, bytes(self.data[:SHOWN_BYTES]))


Given = Iterator[Record | Refused]


class Opened:
    """A binary stream that unpacks itself where it is gzip; `fault` says why it ended early, or is ""."""

    def __init__(self, handle: BinaryIO) -> None:
        begin = handle.read(2)
        self._begin, self._handle, self._unpacked = begin, handle, None
        if begin == GZIP:
            self._unpacked = Unpacked(self)  # type: ignore[arg-type]

    def read(self, size: int) -> bytes:
        """The packed bytes, for the unpacker; or the plain ones."""
        begin, self._begin = self._begin, b""
        return begin + self._handle.read(size - len(begin)) if begin else self._handle.read(size)

    def block(self, size: int = BLOCK) -> bytes:
        """Up to `size` unpacked bytes; empty only at the end."""
        return self._unpacked.read(size) if self._unpacked else self.read(size)

    @property
    def fault(self) -> str:
        """Why a packed stream ended early."""
        return self._unpacked.fault if self._unpacked else getattr(self._handle, "fault", "")


def of_piece(piece: Piece, file: str) -> Given:
    """The lines of a piece that are not blank, as views, and what the piece had to leave out."""
    yield from piece.refused
    data, view = piece.data, memoryview(piece.data)
    start = len(_BOM) if not piece.offset and data.startswith(_BOM) else 0
    number = piece.line
    while start < len(data):
        number += 1
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if data[start:start + 1] in _VISIBLE or not data[start:end].isspace() and end > start:
            yield Record(file, piece.offset + start, number, view[start:end])
        start = end + 1


def _of_parts(parts: list[bytes], before: Record, keep_blank: bool) -> Given:
    """The lines `parts` behind a place: its offset, and the number of lines before it."""
    file, offset = before.file, before.offset
    for number, line in enumerate(parts, before.line + 1):
        begin, offset = offset, offset + len(line) + 1
        if keep_blank or (line and not line.isspace()):
            yield Record(file, begin, number, line if begin else line.removeprefix(_BOM))


def lines(handle: BinaryIO, file: str, keep_blank: bool = False) -> Given:
    """Every line, blank ones only if asked for. A line above 16 MB is refused and passed over."""
    opened = Opened(handle)
    rest, offset, line = b"", 0, 0
    while block := opened.block():
        parts = (rest + block).split(b"\n")
        size = len(rest) + len(block)
        rest = parts.pop()
        yield from _of_parts(parts, Record(file, offset, line, b""), keep_blank)
        offset, line = offset + size - len(rest), line + len(parts)
        if len(rest) > LINE_LIMIT:
            yield Refused(file, offset, line + 1, "line_too_long", rest[:SHOWN_BYTES])
            skipped, behind = _after_line(opened)
            offset, line, rest = offset + len(rest) + skipped, line + 1, behind
    if opened.fault:
        yield Refused(file, offset, line + 1, opened.fault, rest[:SHOWN_BYTES])
    elif rest:
        yield from _of_parts(rest.removesuffix(b"\n").split(b"\n"), Record(file, offset, line, b""), keep_blank)


def _after_line(opened: Opened) -> tuple[int, bytes]:
    """How many bytes were passed over up to the next line, and what was read behind them."""
    skipped = 0
    while block := opened.block():
        found = block.find(b"\n") + 1
        if found:
            return skipped + found, block[found:]
        skipped += len(block)
    return skipped, b""


def elements(handle: BinaryIO, file: str, depth: int = 1, after: bytes = b"") -> Given:
    """Every object inside `depth` brackets: 0 objects one after the other, 1 an array, 2 an array in an object.

    Everything up to the first `after` is dropped and never looked at: the name that a script gives its array.
    """
    opened = Opened(handle)
    scan = _Elements(file, depth)
    while block := _unbroken(opened):
        if after:
            found = block.find(after)
            dropped, block = block[:found + len(after)], block[found + len(after):]
            if found < 0:
                yield Refused(file, 0, 1, "not_a_script", dropped[:SHOWN_BYTES])
                return
            scan.drop(dropped)
            after = b""
        yield from scan.feed(block)
        if scan.held > LINE_LIMIT:
            yield scan.open_record().refuse("element_too_long")
            return
    if opened.fault or scan.is_open:
        yield scan.open_record().refuse(opened.fault or "cut_file")


def _unbroken(opened: Opened) -> bytes:
    """A block that does not end within an escape."""
    block = opened.block()
    while block.endswith(b"\\") and len(block) <= LINE_LIMIT and (more := opened.block(1)):
        block += more
    return block


class _Elements:
    """Where in its brackets a stream stands, and the parts of the element that is open."""

    def __init__(self, file: str, base: int) -> None:
        self._file, self._base, self._depth, self._in_string = file, base, 0, False
        self._parts: list[bytes] = []
        self._offset, self._line, self.held = 0, 1, 0
        self._begin = (0, 1)

    def drop(self, data: bytes) -> None:
        """Pass over bytes."""
        self._offset, self._line = self._offset + len(data), self._line + data.count(b"\n")

    @property
    def is_open(self) -> bool:
        """Whether a bracket is not closed: that of an element, or that around them."""
        return self._depth > 0

    def open_record(self) -> Record:
        """The element that has not ended, or the place behind the last one."""
        begin = self._begin if self.held else (self._offset, self._line)
        return Record(self._file, *begin, b"".join(self._parts)[:SHOWN_BYTES])

    def feed(self, block: bytes) -> Given:
        """The elements that end in this block, and what stands between elements and is none."""
        at = 0
        for position, opens in self._edges(block):
            if opens:
                yield from self._between(block[at:position])
                self._begin, at = (self._offset, self._line), position
                continue
            data = b"".join([*self._parts, block[at:position + 1]])
            begin, self._parts, self.held = self._begin, [], 0
            self.drop(block[at:position + 1])
            at = position + 1
            yield Record(self._file, *begin, data)
        rest = block[at:]
        if self._depth > self._base:
            self._parts.append(rest)
            self.held += len(rest)
            self.drop(rest)
        else:
            yield from self._between(rest)

    def _between(self, data: bytes) -> Given:
        if self._base < 2 and (odd := data.strip(_BETWEEN)):
            yield Refused(self._file, self._offset, self._line, "not_an_object", odd[:SHOWN_BYTES])
        self.drop(data)

    def _edges(self, block: bytes) -> list[tuple[int, bool]]:
        """Where elements begin (True) and end (False); and on to the state behind the block."""
        codes = np.frombuffer(block, np.uint8)
        quotes = np.flatnonzero(codes == _QUOTE)
        quotes = quotes[_is_real(block, codes, quotes)]
        steps = _STEP[codes]
        at = np.flatnonzero(steps)
        outside = (np.searchsorted(quotes, at) + self._in_string) & 1 == 0
        at = at[outside]
        steps = steps[at]
        depth = self._depth + np.cumsum(steps, dtype=np.int64)
        edge = ((steps == 1) & (depth == self._base + 1)) | ((steps == -1) & (depth == self._base))
        self._in_string ^= bool(len(quotes) & 1)
        self._depth = int(depth[-1]) if len(depth) else self._depth
        return list(zip(at[edge].tolist(), (steps[edge] == 1).tolist(), strict=True))


def _is_real(block: bytes, codes: np.ndarray, quotes: np.ndarray) -> np.ndarray:
    """bool: which quotes are not escaped, by the backslashes before each."""
    real = np.ones(len(quotes), np.bool_)
    doubtful = np.flatnonzero((quotes > 0) & (codes[quotes - 1] == _BACKSLASH))
    for number in doubtful.tolist():
        at = first = int(quotes[number])
        while first and block[first - 1] == _BACKSLASH:
            first -= 1
        real[number] = (at - first) % 2 == 0
    return real



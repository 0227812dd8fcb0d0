"""Bytes of a source as pieces of whole lines, in bounded memory: plain or gzip, all of it or a byte range.

What a line means is not here. Offsets and lines count in the unpacked bytes; UTF-16 is handed on as UTF-8 and counted
so, half a pair of surrogates as bytes that are no UTF-8, which readers count. A line that is too long, a packed file
that is cut or that grows without bound ends as a `Refused`.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import numpy as np

from timeline_app.base.safe_io import open_regular
from timeline_app.engine.tweets.batch import SHOWN_BYTES, Refused

PIECE = 64_000_000
LINE_LIMIT = 16_000_000
GZIP = b"\x1f\x8b"
_BLOCK = 1 << 16
_LONG_LINE = 1 << 20  # a page of tweets is a line of a few hundred KB
_SHORT_LINE = 1_000
_LINE_FEED = 10
_BEFORE = 1_000  # bytes before a last line
_HARMLESS, _RATIO = 64_000_000, 300  # beyond so many bytes, nothing honest unpacks to more than 300 times itself
_NO_LETTER = b"\xff"  # in no UTF-8: half of a letter with which a file was cut
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

Read = Callable[[int], bytes]


@dataclass(frozen=True)
class Piece:
    """Whole lines: where they begin (bytes, and lines before them in the range) and what had to be left out. A last
    line without a line end is a piece of its own, with some bytes `before` it."""

    data: bytes
    offset: int
    line: int
    refused: tuple[Refused, ...] = ()
    before: bytes = b""

    @cached_property
    def ends(self) -> list[int]:
        """Where lines end, behind the line end. For long lines: it is sought, and nothing between is touched."""
        found, at = [], 0
        while at := self.data.find(b"\n", at) + 1:
            found.append(at)
        return found

    @cached_property
    def lines(self) -> int:
        """How many lines there are; the last one may lack its line end."""
        ends = len(self.ends) if self.data.find(b"\n") > _SHORT_LINE else line_ends(self.data)
        return ends + (bool(self.data) and not self.data.endswith(b"\n"))


def words_of(line: bytes) -> tuple[str, bool]:
    """A line of a table, and whether it is UTF-8. Other bytes are not guessed: they stay, written as they are, so that
    words that differ stay different."""
    try:
        return line.decode("utf-8"), True
    except UnicodeDecodeError:
        return line.decode("utf-8", "backslashreplace"), False


def line_ends(data: bytes) -> int:
    """How many there are; many times faster than `bytes.count` where lines are short."""
    found = np.frombuffer(data, np.uint8)
    return sum(int(np.count_nonzero(found[at : at + _BLOCK] == _LINE_FEED)) for at in range(0, len(data), _BLOCK))


class Unpacked:
    """Reads a gzip file of any number of members; `fault` says why it ended early, or is ""."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle, self._member, self._rest = handle, None, b""
        self._packed = self._made = 0
        self.fault = ""

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        made = []
        while size and not self.fault and (self._rest or self._fill()):
            made.append(self._inflated(size))
            size -= len(made[-1])
        return b"".join(made)

    def _fill(self) -> bool:
        self._rest = self._handle.read(_BLOCK)
        self._packed += len(self._rest)
        if not self._rest and self._member is not None:
            self.fault = "cut_file"
        return bool(self._rest)

    def _inflated(self, most: int) -> bytes:
        if self._member is None:
            self._rest = self._rest.lstrip(b"\0")  # tapes and some servers fill up with zeros
            if not self._rest:
                return b""
            self._member = zlib.decompressobj(31)
        try:
            block = self._member.decompress(self._rest, most)
        except zlib.error:
            self.fault = "broken_file"
            return b""
        over = self._member.eof
        self._rest = self._member.unused_data if over else self._member.unconsumed_tail
        self._member = None if over else self._member
        self._made += len(block)
        if self._made > max(_HARMLESS, _RATIO * self._packed):
            self.fault = "expands_too_far"
        return block


class Stream:
    """One open source as UTF-8 bytes, with what ended it early."""

    def __init__(self, handle: BinaryIO) -> None:
        begin = handle.read(2)
        given = _Behind(begin, handle)
        self._handle, self._unpacked = handle, Unpacked(given) if begin == GZIP else None
        self._read = self._unpacked.read if self._unpacked else given.read
        self._begin = self._read(2)
        wide = _WIDE.get(self._begin)
        self._decoder = codecs.getincrementaldecoder(wide)("surrogatepass") if wide else None

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, more where UTF-16 becomes longer; empty only at the end."""
        begin, self._begin = self._begin, b""
        if not self._decoder:
            return begin + self._read(size)
        while block := self._read(size):
            if text := self._decoder.decode(block):
                return text.encode("utf-8", "surrogatepass")
        rest, _ = self._decoder.getstate()
        self._decoder.reset()
        return _NO_LETTER if rest else b""

    @property
    def fault(self) -> str:
        """Why a stream ended early, or ""."""
        return (self._unpacked.fault if self._unpacked else "") or getattr(self._handle, "fault", "")


class _Behind:
    """What was read already, and then the rest: members of archives cannot go back."""

    def __init__(self, begin: bytes, handle: BinaryIO) -> None:
        self._begin, self._handle = begin, handle

    def read(self, size: int) -> bytes:
        begin, self._begin = self._begin[:size], self._begin[size:]
        return begin + self._handle.read(size - len(begin)) if len(begin) < size else begin


def is_packed(head: bytes) -> bool:
    """Whether a file that begins so can only be read from its beginning."""
    return head[:2] == GZIP or head[:2] in _WIDE


def head_of(path: Path, size: int = 1 << 20) -> bytes:
    """The first bytes of a source as UTF-8, unpacked."""
    with open_regular(path, follow=True) as handle:
        return Stream(handle).read(size)


def pieces(path: Path, start: int, end: int | None, size: int = PIECE) -> Iterator[Piece]:
    """All lines that begin in bytes [start, end) of a plain file; of any file, all of it, with end None."""
    with open_regular(path, follow=True) as handle:
        if end is None:
            yield from streamed(Stream(handle), path.name, size)
        else:
            begin = _first_line(handle, start)
            if begin < end:
                yield from _cut(_until(handle, end), _Place(path.name, begin, 0), size, lambda: "")


def streamed(stream: Stream, file: str, size: int = PIECE) -> Iterator[Piece]:
    """All lines of an open source."""
    yield from _cut(stream.read, _Place(file, 0, 0), size, lambda: stream.fault)


@dataclass(slots=True)
class _Place:
    file: str
    offset: int
    line: int

    def refuse(self, reason: str, start: bytes) -> Refused:
        return Refused(self.file, self.offset, self.line + 1, reason, start[:SHOWN_BYTES])

    def piece(self, data: bytes, refused: tuple[Refused, ...] = (), before: bytes = b"") -> Piece:
        made = Piece(data, self.offset, self.line, refused, before)
        self.offset, self.line = self.offset + len(data), self.line + made.lines
        return made


def _first_line(handle: BinaryIO, start: int) -> int:
    """Where the first line begins that begins at or after `start`; the handle stands there."""
    if start:
        handle.seek(start - 1)
        while (part := handle.readline(_BLOCK)) and not part.endswith(b"\n"):
            pass
    return handle.tell()


def _until(handle: BinaryIO, end: int) -> Read:
    """Reads up to `end`, and then on to the end of the line that begins before it."""
    ended = False

    def read(size: int) -> bytes:
        nonlocal ended
        if ended:
            return b""
        start = handle.tell()
        last = max(start, min(start + size, end) - 1)
        handle.seek(last)  # the line of this byte is read to its end, so that nothing is carried, and copied, again
        rest = handle.readline(min(size, _LONG_LINE))
        handle.seek(start)
        data = handle.read(last - start + len(rest))
        ended = not rest or (start + len(data) >= end and data.endswith(b"\n"))
        return data

    return read


def _cut(read: Read, place: _Place, size: int, fault: Callable[[], str]) -> Iterator[Piece]:
    """What `read` gives as pieces of whole lines. The unfinished line of a file that was cut is refused."""
    carry = before = b""
    while block := read(size):
        data = carry + block if carry else block
        whole = data.rfind(b"\n") + 1
        if whole:
            before = data[max(whole - _BEFORE, 0) : whole]
            yield place.piece(data[:whole])
        carry = data[whole:]
        if len(carry) > LINE_LIMIT:
            refused = place.refuse("line_too_long", carry)
            carry, skipped = _after_line_end(read, len(carry), size)
            place.offset, place.line = place.offset + skipped, place.line + 1
            yield place.piece(b"", (refused,))
    if fault():
        yield place.piece(b"", (place.refuse(fault(), carry),))
    elif carry:
        yield place.piece(carry, before=before)


def _after_line_end(read: Read, skipped: int, size: int) -> tuple[bytes, int]:
    """What was read behind the next line end, and how many bytes were passed over up to it."""
    while block := read(min(size, 1 << 20)):
        found = block.find(b"\n") + 1
        if found:
            return block[found:], skipped + found
        skipped += len(block)
    return b"", skipped

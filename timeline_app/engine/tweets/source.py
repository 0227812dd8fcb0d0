"""One source of tweets: a file, or a member of an archive; and its bytes. Which files are sources is in `finding`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from timeline_app.base.safe_io import open_regular
from timeline_app.engine.tweets.id_form import IdForm
from timeline_app.engine.tweets.lines import Stream
from timeline_app.engine.tweets.readers.sniff import Shape
from timeline_app.engine.tweets.zipped import BROKEN, opened_member


class Source(msgspec.Struct, frozen=True):
    """`name` is what the store says of it, the path stays here. `size` is that of the bytes that are read; one that is
    `packed` can only be read from its beginning; `member` is its name in the archive at the path, or ""."""

    path: str
    name: str
    size: int
    form: IdForm | Shape
    packed: bool = False
    member: str = ""


class Counted:
    """A stream that knows how much of it was read, and ends where it is broken: `fault` says so."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle, self.read_bytes, self.fault = handle, 0, ""

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; empty only at the end."""
        try:
            block = self._handle.read(size)
        except BROKEN:
            self.fault = "broken_file"
            return b""
        self.read_bytes += len(block)
        return block


@contextmanager
def opened(path: Path, member: str = "") -> Iterator[Counted]:
    """The bytes of a file, or of a member of an archive."""
    if member:
        with opened_member(path, member) as inner:
            yield Counted(inner)
    else:
        with open_regular(path, follow=True) as handle:
            yield Counted(handle)


def head_of(path: Path, member: str = "", size: int = 1 << 20) -> tuple[bytes, bytes]:
    """The first bytes as they are (four of them), and as UTF-8, unpacked."""
    with opened(path, member) as handle:
        begin = handle.read(4)
    with opened(path, member) as handle:
        return begin, Stream(handle).read(size)

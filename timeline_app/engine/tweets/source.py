"""One source of tweets: a file, or a member of an archive; and its bytes. Which files are sources is in `finding`."""

from __future__ import annotations

import io
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

_BLOCK, _HEAD = 1 << 18, 1 << 16


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
        """Up to `size` bytes, fewer only at the end. Of a broken stream all that comes before the fault."""
        blocks: list[bytes] = []
        left = 0 if self.fault else size
        try:
            while left and (block := self._handle.read(min(left, _BLOCK))):
                blocks.append(block)
                left -= len(block)
        except BROKEN:
            self.fault = "broken_file"
        self.read_bytes += sum(map(len, blocks))
        return blocks[0] if len(blocks) == 1 else b"".join(blocks)


@contextmanager
def opened(path: Path, member: str = "") -> Iterator[Counted]:
    """The bytes of a file, or of a member of an archive."""
    if member:
        with opened_member(path, member) as inner:
            yield Counted(inner)
    else:
        with open_regular(path, follow=True) as handle:
            yield Counted(handle)


def head_of(path: Path, member: str = "", size: int = _HEAD) -> tuple[bytes, bytes]:
    """The first bytes as they are (four of them), and as UTF-8, unpacked."""
    with opened(path, member) as handle:
        raw = handle.read(size)
    return raw[:4], Stream(io.BytesIO(raw)).read(size)

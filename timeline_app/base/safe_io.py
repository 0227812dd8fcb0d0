"""Reading and writing files that strangers made: regular files only, with limits, and never a half-written
one.

What a byte means is `decode`; which characters may stay is `clean_text`. Folders and archives are in
`bundle`.
"""
from __future__ import annotations

import codecs
import contextlib
import os
import re
import secrets
import stat
from pathlib import Path
from typing import BinaryIO

from timeline_app.base.problems import Problem, UserError

MEGABYTE = 1_000_000
CAREFUL = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_MARKS = (  # the longer mark first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LINE_END = re.compile("\r\n?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def must_be_regular(path: Path) -> None:
    """A UserError where there is something else than a regular file: a pipe, device, socket, folder or link."""
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise UserError("not_a_regular_file", path=path)


def open_regular(path: Path, follow: bool = False) -> BinaryIO:
    """An open regular file. A pipe, device, socket, folder or (unless `follow`) a link is a UserError, never
    a wait."""
    try:
        shape = os.stat(path) if follow else os.lstat(path)
        if not stat.S_ISREG(shape.st_mode):
            raise UserError("not_a_regular_file", path=path)
        handle = os.open(path, os.O_RDONLY | CAREFUL | (0 if follow else NO_LINK))
    except FileNotFoundError:
        raise UserError("not_found", path=path) from None
    except (OSError, ValueError):
        raise UserError("unreadable", path=path) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UserError("not_a_regular_file", path=path)
    return os.fdopen(handle, "rb")


def read_regular(path: Path, limit: int, follow: bool = False) -> bytes:
    """All bytes of a regular file of at most `limit` bytes, also while it grows; else a UserError."""
    with open_regular(path, follow) as handle:
        return read_limited(handle, limit, str(path))


def read_limited(handle: BinaryIO, limit: int, name: str) -> bytes:
    """The rest of an open file, which must not be longer than `limit`."""
    try:
        data = handle.read(limit + 1)
    except OSError:
        raise UserError("unreadable", path=name) from None
    if len(data) > limit:
        raise UserError("too_large", path=name, limit=f"{limit / MEGABYTE:,.0f}")
    return data


def decode(data: bytes, file: str = "") -> tuple[str, str, Problem | None]:
    """The text, the encoding it was read in, and what was wrong.

    UTF-8, or what a byte order mark says. Other bytes are not guessed: they become U+FFFD, and the problem
    names the first place and the encoding that would fit that line.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark):], encoding, file)
    if data[1:64:2].count(0) > 8 or data[0:64:2].count(0) > 8:
        bad = Problem("error", "no_byte_order_mark", file, 1)
        return data.decode("utf-8", "replace"), "utf-8", bad
    return _decode_as(data, "utf-8", file)


def _decode_as(data: bytes, encoding: str, file: str) -> tuple[str, str, Problem | None]:
    try:
        return data.decode(encoding), encoding, None
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        return text, encoding, _wrong_bytes(data, error, text.count("\ufffd"), file)


def _wrong_bytes(data: bytes, error: UnicodeDecodeError, places: int, file: str) -> Problem:
    before = data[:error.start].decode(error.encoding, "replace")
    fitting = likely_encoding(_line_around(data, error.start)) if error.encoding == "utf-8" else ""
    args = (("encoding", error.encoding), ("fitting", fitting), ("count", f"{places:,}"))
    code = "other_encoding" if fitting else "broken_bytes"
    return Problem("error", code, file, before.count("\n") + 1, len(before) - before.rfind("\n"), "", args)


def _line_around(data: bytes, at: int) -> bytes:
    start = data.rfind(b"\n", 0, at) + 1
    end = data.find(b"\n", at)
    return data[start:len(data) if end < 0 else end][:65_536]


def likely_encoding(line: bytes) -> str:
    """The name of an older encoding whose letters these bytes spell, or "": Korean, Japanese, then Western
    European. Japanese bytes are also rare Korean syllables, so Korean counts only the common ones."""
    for encoding, is_letter in _OLDER:
        with contextlib.suppress(UnicodeDecodeError):
            other = [letter for letter in line.decode(encoding) if letter > "\x7f"]
            if sum(map(is_letter, other)) * 2 > len(other):
                return encoding
    return ""


def _is_common_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣" and len(letter.encode("euc_kr", "ignore")) == 2


_OLDER = (("cp949", _is_common_hangul), ("shift_jis", lambda letter: "ぁ" <= letter <= "ヿ"),
          ("cp1252", lambda letter: "À" <= letter <= "ÿ" or letter in "‘’“”–—€"))


def clean_text(text: str) -> tuple[str, bool]:
    """The text without control characters (tab and newline stay) and lone surrogates, and whether it had any.

    Line ends become a newline; that alone does not count as a change.
    """
    plain = _LINE_END.sub("\n", text) if "\r" in text else text
    cleaned = _SURROGATE.sub("\ufffd", _CONTROL.sub("", plain))
    return cleaned, cleaned != plain


def readable(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The clean text of a file with everything that was wrong with its bytes."""
    text, _, problem = decode(data, file)
    found = () if problem is None else (problem,)
    cleaned, changed = clean_text(text)
    if not changed:
        return cleaned, found
    first = _CONTROL.search(text.replace("\r", "\n"))
    line = text.count("\n", 0, first.start()) + 1 if first else 0
    return cleaned, (*found, Problem("warning", "control_characters", file, line))


def write_atomic(path: Path, data: bytes, mode: int | None = None) -> None:
    """The file as a whole or not at all: written beside it, synced, put in its place; nothing is left on
    failure. Without `mode` a new file gets the user's own permissions, and an old one keeps its own."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    handle = os.open(beside, flags, 0o666 if mode is None else mode)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(OSError):
            os.chmod(beside, stat.S_IMODE(path.stat().st_mode) if mode is None else mode)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Let a new name in a folder outlive a loss of power."""
    if os.name == "nt":  # Windows cannot open a folder; its rename is ordered by the file system
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

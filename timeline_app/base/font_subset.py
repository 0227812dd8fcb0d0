"""The letters of a text out of a bundled OpenType font, as a WOFF file that a page carries with it.

Glyphs keep their numbers; outlines and subroutines that no letter of the text needs become empty. Tables for shaping
are left out: the app measures and draws without kerning. A changed font may not bear the reserved name of the one it
was made from (SIL Open Font License, section 3), so that it gets another; copyright and licence stay in it. Formats:
the OpenType specification, Adobe Technical Notes 5176 (CFF) and 5177 (charstrings), WOFF File Format 1.0 of the W3C.
"""
from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_KEPT = ("CFF ", "OS/2", "cmap", "head", "hhea", "hmtx", "maxp", "name", "post")
_NAMED = {1: "{name}", 2: "Regular", 3: "{name}", 4: "{name}", 6: "{name}"}
_RIGHTS = (0, 7, 13, 14)
_WINDOWS, _UNICODE, _ENGLISH = 3, 1, 0x409
_END, _RETURN, _CALL = 14, 11, 10
_STEMS, _MASKS = (1, 3, 18, 23), (19, 20)
_CHARSTRINGS, _FDARRAY, _PRIVATE, _SUBRS, _FDSELECT = 17, 1236, 18, 19, 1237
_DEEPEST = 10


def subset(font: bytes, characters: Iterable[str], name: str) -> bytes:
    """A WOFF of the glyphs of some characters, called `name` (letters, as long as the font's own family name or less);
    characters that the font does not have are left out."""
    tables = _tables(font)
    old = _family(tables["name"])
    cmap = _cmap(tables["cmap"])
    glyphs = {code: cmap[code] for code in sorted(set(map(ord, characters)) & cmap.keys())}
    kept = {0, *glyphs.values()}
    made = {tag: tables[tag] for tag in _KEPT}
    made["CFF "] = _renamed(_outlines(tables["CFF "], kept), old, name)
    made["cmap"] = _written_cmap(glyphs)
    made["hmtx"] = _widths(tables["hmtx"], struct.unpack_from(">H", tables["hhea"], 34)[0], kept)
    made["name"] = _written_names(_names(tables["name"]), name)
    return _woff(font[:4], made)


def has(font: bytes) -> frozenset[str]:
    """The characters that an OpenType font has glyphs for."""
    return frozenset(map(chr, _cmap(_tables(font)["cmap"])))


def _tables(font: bytes) -> dict[str, bytes]:
    count = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(count))
    return {tag.decode("ascii"): font[start:start + length] for tag, _, start, length in records}


def _cmap(table: bytes) -> dict[int, int]:
    """Glyphs by code point, from the table of format 12, which every bundled font has."""
    count = struct.unpack_from(">H", table, 2)[0]
    starts = [struct.unpack_from(">I", table, 8 + 8 * number)[0] for number in range(count)]
    start = next(one for one in starts if struct.unpack_from(">H", table, one)[0] == 12)
    found: dict[int, int] = {}
    for number in range(struct.unpack_from(">I", table, start + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", table, start + 16 + 12 * number)
        found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return found


def _written_cmap(glyphs: Mapping[int, int]) -> bytes:
    groups = b"".join(struct.pack(">III", code, code, glyph) for code, glyph in glyphs.items())
    head = struct.pack(">HHHHI", 0, 1, _WINDOWS, 10, 12)
    return head + struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(glyphs)) + groups


def _widths(table: bytes, long: int, kept: set[int]) -> bytes:
    """The widths, 0 where a glyph is empty; `long` records of width and bearing come first, then bearings alone."""
    empty = bytes(4)
    return b"".join(table[4 * one:4 * one + 4] if one in kept else empty for one in range(long)) + table[4 * long:]


def _names(table: bytes) -> dict[int, str]:
    """The English names of the font by their number."""
    _, count, start = struct.unpack_from(">HHH", table)
    found = {}
    for number in range(count):
        platform, _, language, name, length, at = struct.unpack_from(">HHHHHH", table, 6 + 12 * number)
        if (platform, language) == (_WINDOWS, _ENGLISH):
            found[name] = table[start + at:start + at + length].decode("utf-16-be")
    return found


def _family(table: bytes) -> str:
    """The name of the family: that of all its weights, where there is one."""
    names = _names(table)
    return names.get(16, names[1])


def _written_names(old: Mapping[int, str], name: str) -> bytes:
    said = {number: old[number] for number in _RIGHTS if number in old}
    said |= {number: text.format(name=name) for number, text in _NAMED.items()}
    records, texts = b"", b""
    for number in sorted(said):
        text = said[number].encode("utf-16-be")
        records += struct.pack(">HHHHHH", _WINDOWS, _UNICODE, _ENGLISH, number, len(text), len(texts))
        texts += text
    return struct.pack(">HHH", 0, len(said), 6 + len(records)) + records + texts


@dataclass(frozen=True, slots=True)
class _Index:
    """A list of byte strings within a CFF table: where its count stands, its items, and where it ends."""

    start: int
    items: list[bytes]
    end: int


def _index(table: bytes, start: int) -> _Index:
    count = struct.unpack_from(">H", table, start)[0]
    if not count:
        return _Index(start, [], start + 2)
    wide, at = table[start + 2], start + 3
    ends = [int.from_bytes(table[at + wide * one:at + wide * (one + 1)], "big") for one in range(count + 1)]
    first = at + wide * (count + 1) - 1
    items = [table[first + ends[one]:first + ends[one + 1]] for one in range(count)]
    return _Index(start, items, first + ends[-1])


def _put_back(table: bytearray, index: _Index, items: list[bytes]) -> None:
    """Shorter items in the place of an index; what they leave free is zeros, so that nothing else moves."""
    wide = table[index.start + 2]
    at, written = 1, bytearray()
    for item in (*items, b""):
        written += at.to_bytes(wide, "big")
        at += len(item)
    body = bytes(written) + b"".join(items)
    start = index.start + 3
    table[start:index.end] = body.ljust(index.end - start, b"\0")


def _dict(data: bytes) -> dict[int, list[int]]:
    """Operands by operator; those of two bytes are 1200 and more. Fractions, which no offset is, count as 0."""
    found: dict[int, list[int]] = {}
    operands: list[int] = []
    at = 0
    while at < len(data):
        first = data[at]
        if first <= 21:
            code, at = (1200 + data[at + 1], at + 2) if first == 12 else (first, at + 1)
            found[code], operands = operands, []
        elif first == 30:
            at += 1
            while data[at] & 0x0F != 0x0F and data[at] >> 4 != 0x0F:
                at += 1
            operands.append(0)
            at += 1
        else:
            value, at = _number(data, at)
            operands.append(value)
    return found


def _number(data: bytes, at: int) -> tuple[int, int]:
    """The whole number that begins at a place, of a dict or a charstring, and where it ends."""
    first = data[at]
    if first in (28, 29, 255):
        size = 2 if first == 28 else 4
        value = int.from_bytes(data[at + 1:at + 1 + size], "big", signed=True)
        return (value >> 16 if first == 255 else value), at + 1 + size
    if first <= 246:
        return first - 139, at + 1
    away = (first - 247) * 256 if first <= 250 else (first - 251) * 256
    return (away + data[at + 1] + 108 if first <= 250 else -away - data[at + 1] - 108), at + 2


def _outlines(table: bytes, kept: set[int]) -> bytes:
    """The CFF table with an empty outline for every other glyph, and an empty subroutine for each that none calls."""
    made = bytearray(table)
    tops = _index(table, _index(table, table[2]).end)
    top = _dict(tops.items[0])
    glyphs = _index(table, top[_CHARSTRINGS][0])
    homes = _homes(table, top[_FDSELECT][0], len(glyphs.items))
    for number, entry in enumerate(_index(table, top[_FDARRAY][0]).items):
        size, start = _dict(entry)[_PRIVATE]
        private = _dict(table[start:start + size])
        if _SUBRS in private:
            subrs = _index(table, start + private[_SUBRS][0])
            called: set[int] = set()
            for glyph in kept:
                if homes[glyph] == number:
                    _Calls(subrs.items, called).follow(glyphs.items[glyph])
            _put_back(made, subrs, [one if place in called else bytes([_RETURN])
                                    for place, one in enumerate(subrs.items)])
    _put_back(made, glyphs, [one if glyph in kept else bytes([_END]) for glyph, one in enumerate(glyphs.items)])
    return bytes(made)


def _homes(table: bytes, start: int, count: int) -> bytes:
    """Which font dict each glyph belongs to."""
    if table[start] == 0:
        return table[start + 1:start + 1 + count]
    ranges = struct.unpack_from(">H", table, start + 1)[0]
    firsts = [struct.unpack_from(">HB", table, start + 3 + 3 * one) for one in range(ranges)]
    ends = [first for first, _ in firsts[1:]] + [count]
    return b"".join(bytes([home]) * (end - first) for (first, home), end in zip(firsts, ends, strict=True))


class _Calls:
    """Follows one charstring and notes which subroutines it calls; hints are counted, because masks follow them."""

    def __init__(self, subrs: list[bytes], called: set[int]) -> None:
        self._subrs, self._called = subrs, called
        self._bias = 107 if len(subrs) < 1240 else 1131 if len(subrs) < 33_900 else 32_768
        self._stack: list[int] = []
        self._hints = 0

    def follow(self, code: bytes, depth: int = 0) -> None:
        """Run through the code and through what it calls."""
        at = 0
        while at < len(code) and depth <= _DEEPEST:
            first = code[at]
            if first >= 32 or first == 28:
                value, at = _number(code, at)
                self._stack.append(value)
                continue
            at += 2 if first == 12 else 1
            if first == _CALL:
                self._call(depth)
            elif first == _RETURN:
                return
            else:
                at += self._drawn(first)

    def _call(self, depth: int) -> None:
        number = self._stack.pop() + self._bias
        self._called.add(number)
        self.follow(self._subrs[number], depth + 1)

    def _drawn(self, operator: int) -> int:
        """How many bytes of mask follow an operator, which takes everything off the stack."""
        if operator in _STEMS or operator in _MASKS:
            self._hints += len(self._stack) // 2
        self._stack.clear()
        return (self._hints + 7) // 8 if operator in _MASKS else 0


def _renamed(table: bytes, old: str, name: str) -> bytes:
    """The CFF table under another name: in its index of names and in its strings, but for the notice of rights."""
    made = bytearray(table)
    names = _index(table, table[2])
    strings = _index(table, _index(table, names.end).end)
    new = name.ljust(len(old), "-").encode("ascii")
    for index, replaces in ((names, lambda one: True), (strings, lambda one: one.startswith(old.encode()))):
        items = [one.replace(old.encode(), new) if replaces(one) else one for one in index.items]
        _put_back(made, index, items)
    return bytes(made)


def _woff(flavour: bytes, tables: Mapping[str, bytes]) -> bytes:
    """The tables, each packed where that makes it shorter."""
    start = 44 + 20 * len(tables)
    directory, body = b"", b""
    for tag in sorted(tables):
        plain = tables[tag]
        packed = zlib.compress(plain, 9)
        data = packed if len(packed) < len(plain) else plain
        directory += struct.pack(">4sIIII", tag.encode("ascii"), start + len(body), len(data), len(plain),
                                 _checksum(plain))
        body += data + bytes(-len(data) % 4)
    size = 12 + 16 * len(tables) + sum(len(one) + -len(one) % 4 for one in tables.values())
    head = struct.pack(">4s4sIHHIHHIIIII", b"wOFF", flavour, start + len(body), len(tables), 0, size, 1, 0,
                       0, 0, 0, 0, 0)
    return head + directory + body


def _checksum(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF

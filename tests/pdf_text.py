"""The text of each page of a PDF that Qt wrote, read back as a search in it would: glyphs to letters, line by line.

No reader of PDFs in general: objects are found by their text, streams are plain or deflated.
"""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\b(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:\[(.*?)\]|<([0-9A-F]{4,})>)", re.DOTALL)
_DRAWN = re.compile(rb"/(F\d+) [\d.]+ Tf|([-\d.]+) ([-\d.]+) Td|<([0-9A-F]+)> Tj|(ET)")


def pages(data: bytes) -> list[str]:
    """The text of every page in order; each run that was drawn is a line."""
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    found = []
    for page in _kids(objects):
        fonts = {}
        resources = objects[_reference(page, b"Resources")]
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", resources):
            fonts[name] = _letters(objects[_reference(objects[int(number)], b"ToUnicode")])
        found.append(_drawn(_stream(objects[_reference(page, b"Contents")]), fonts))
    return found


def _kids(objects: dict[int, bytes]) -> list[bytes]:
    root = next(body for body in objects.values() if re.search(rb"/Type /Pages\b", body))
    kids = re.search(rb"/Kids\s*\[(.*?)\]", root, re.DOTALL)[1]
    return [objects[int(number)] for number in re.findall(rb"(\d+) 0 R", kids)]


def _reference(body: bytes, name: bytes) -> int:
    return int(re.search(rb"/" + name + rb" (\d+) 0 R", body)[1])


def _stream(body: bytes) -> bytes:
    raw = _STREAM.search(body)[1]
    return zlib.decompress(raw) if b"/FlateDecode" in body else raw


def _letters(body: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for first, _, many, one in _RANGE.findall(_stream(body).partition(b"beginbfrange")[2]):
        for place, code in enumerate(re.findall(rb"<([0-9A-F]+)>", many) if many else [one]):
            found[int(first, 16) + place] = bytes.fromhex(code.decode()).decode("utf-16-be")
    return found


def _drawn(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    lines, run, font = [], "", {}
    for name, _, _, glyphs, end in _DRAWN.findall(content):
        if name:
            font = fonts[name]
        elif glyphs:
            codes = [int(glyphs[place:place + 4], 16) for place in range(0, len(glyphs), 4)]
            run += "".join(font.get(code, "\N{REPLACEMENT CHARACTER}") for code in codes)
        elif end:
            lines.append(run)
            run = ""
    return "\n".join(line for line in lines if line.strip())

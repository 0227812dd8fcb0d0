"""Parts of pages that stand alone: escaped text, the head with its policy, and the fonts that a page carries.

A page reaches nothing outside itself. Text of data is cut as on screen and always escaped; none enters a style or a
script.
"""
from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from timeline_app.base.plain_text import one_line, plain

_POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"
_FACE = '@font-face {{ font-family: "{name}"; font-weight: {weight}; src: url({address}); }}\n'


@dataclass(frozen=True, slots=True)
class Face:
    """A font that a page carries: the family it is asked for by, its weight ("400", or "400 700" for all), its bytes
    and their kind ("woff" or "woff2")."""

    name: str
    weight: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Dress:
    """How a page looks and what it does: a style sheet with roles between two at signs, their colours, one fixed script
    ("" for none) and fonts."""

    style: str
    colours: Mapping[str, str]
    faces: tuple[Face, ...] = ()
    script: str = ""


def text(words: str) -> str:
    """Text of data as it may stand between tags; its lines are kept apart by the style."""
    return html.escape(plain(words), quote=True)


def line(words: str, limit: int = 300) -> str:
    """Text of data on one line, also for an attribute in quotation marks."""
    return html.escape(one_line(words, limit), quote=True)


def element(name: str, words: str, role: str = "") -> str:
    """An element that holds text of data, "" where there is none; its direction follows the text."""
    if not words.strip():
        return ""
    kind = f' class="{role}"' if role else ""
    return f'<{name}{kind} dir="auto">{text(words)}</{name}>'


def listed(items: Iterable[str], role: str = "", kind: str = "ul") -> str:
    """A list of texts of data, "" where there are none."""
    inner = "".join(element("li", one) for one in items)
    return f'<{kind} class="{role}">{inner}</{kind}>' if inner else ""


def page(title: str, language: str, body: str, dress: Dress) -> bytes:
    """A whole page in a language ("en", "ko"); `body` is markup that was escaped before."""
    script = f"<script>{dress.script}</script>\n" if dress.script else ""
    policy = _POLICY + (f"; script-src 'sha256-{fingerprint(dress.script)}'" if dress.script else "")
    head = (f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n<meta name="format-detection" content="telephone=no">\n'
            f"<title>{line(title)}</title>\n<style>\n{_faces(dress.faces)}{_dressed(dress)}</style>\n")
    return (f'<!DOCTYPE html>\n<html lang="{line(language)}">\n<head>\n{head}</head>\n<body>\n{body}\n{script}'
            "</body>\n</html>\n").encode()


def fingerprint(script: str) -> str:
    """The hash by which a policy lets one script run, of its very bytes."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")


def _dressed(dress: Dress) -> str:
    made = dress.style
    for role in sorted(dress.colours, key=len, reverse=True):
        made = made.replace(f"@{role}@", dress.colours[role])
    return made


def _faces(faces: Iterable[Face]) -> str:
    return "".join(_FACE.format(name=one.name, weight=one.weight, address=_address(one)) for one in faces)


def _address(face: Face) -> str:
    return f"data:font/{face.kind};base64,{base64.b64encode(face.data).decode('ascii')}"

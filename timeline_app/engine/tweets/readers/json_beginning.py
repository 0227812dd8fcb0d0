"""The value that a cut piece of JSON begins with, its open brackets closed. For recognising only, not for reading."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from timeline_app.engine.tweets.readers.json_lines import cleaned

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}
MOST_DEPTH = 100


def first_value(head: bytes) -> Any:
    """The first JSON value of the bytes as far as it goes; None where they begin with none or nest too deep."""
    text = cleaned(head).decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text[:1] not in ("{", "["):
        return None
    whole = _whole(text)
    try:
        return msgspec.json.decode(whole) if whole is not None else None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _whole(text: str) -> str | None:
    """The text up to the end of its value, or up to its last whole member with the brackets closed."""
    opened: list[str] = []
    end, closing = 0, ""
    for token in _TOKEN.finditer(text):
        one = token[0]
        if one in _CLOSING:
            opened.append(_CLOSING[one])
        elif one in ("}", "]"):
            if not opened or opened.pop() != one:
                return None
        elif one == '"':  # the string that was cut
            break
        elif one != ",":
            continue
        end, closing = token.start() if one == "," else token.end(), "".join(reversed(opened))
        if not opened:
            break
        if len(opened) > MOST_DEPTH:
            return None
    return text[:end] + closing

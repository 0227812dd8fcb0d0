"""One JSON record of a stranger decoded into typed pieces: cleaned once where it is not quite JSON, else refused.

Lone surrogates and bytes that are no UTF-8 become the replacement character, and the line is counted; nothing else is
mended.
"""

from __future__ import annotations

import re

import msgspec

from timeline_app.engine.tweets.batch import REPLACED
from timeline_app.engine.tweets.readers.gather import Notes
from timeline_app.engine.tweets.readers.records import Record

_ESCAPE = re.compile(
    rb"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?"
    rb"|u[dD][c-fC-F][0-9a-fA-F]{2}|[^u]|u)")


def decoded(decoder: msgspec.json.Decoder, record: Record, notes: Notes) -> object:
    """The record as the decoder's type, or a `Refused`: broken_json, cut_line, nested_too_deep, not_an_id or
    wrong_types. The notes count the lines that were mended."""
    try:
        return decoder.decode(record.data)
    except RecursionError:
        return record.refuse("nested_too_deep")
    except msgspec.ValidationError as error:
        return record.refuse(_wrong(error))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return _decoded_clean(decoder, record, notes, error)


def _decoded_clean(decoder: msgspec.json.Decoder, record: Record, notes: Notes, error: Exception) -> object:
    try:
        found = decoder.decode(cleaned(record.data))
    except RecursionError:
        return record.refuse("nested_too_deep")
    except msgspec.ValidationError as wrong:
        return record.refuse(_wrong(wrong))
    except (msgspec.DecodeError, UnicodeDecodeError):
        cut = isinstance(error, msgspec.DecodeError) and "truncated" in str(error)
        return record.refuse("cut_line" if cut else "broken_json")
    if notes.replaced_at != record.offset:  # a line may be decoded more than once, and in parts
        notes.replaced_at = record.offset
        notes.passed[REPLACED] += 1
    return found


def cleaned(data: bytes | memoryview) -> bytes:
    """The bytes as UTF-8 without halves of surrogate pairs."""
    return _ESCAPE.sub(_whole, bytes(data).decode("utf-8", "replace").encode())


def _whole(match: re.Match[bytes]) -> bytes:
    found = match[0]
    is_half = found[:2] == b"\\u" and len(found) == 6
    return b"\\ufffd" if is_half else found


def _wrong(error: msgspec.ValidationError) -> str:
    return "not_an_id" if "`$.id" in str(error) else "wrong_types"

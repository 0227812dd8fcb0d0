"""JSON from strangers: parsed with limits, taken piece by piece, each fault with its path and line.

Which pieces a file has is said by msgspec structs elsewhere.
"""
from __future__ import annotations

import json
import re
from typing import Any, TypeVar

import msgspec

from timeline_app.base.problems import Problem, Severity
from timeline_app.base.safe_io import clean_text, readable

NESTING = 64
MOST_FAULTS = 100  # the line of each is looked for from the start of the file
_Piece = TypeVar("_Piece", bound=msgspec.Struct)
_EXPECTED = re.compile(r"Expected `(?P<expected>[^`]*)`[^,]*, got `(?P<got>[^`]*)`")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_NAMES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}
_SPACE = re.compile(r"\s*")


class Document:
    """One JSON file: its text, its value and where faults are collected."""

    def __init__(self, data: bytes, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self._faults = 0
        self.text, found = readable(data, file)
        problems += found
        self.value = self._parsed()

    def _parsed(self) -> Any:
        try:
            return _clean(json.loads(self.text, parse_constant=_refuse_constant), NESTING)
        except json.JSONDecodeError as error:
            self._add("bad_json", "", error.lineno, reason=error.msg)
        except RecursionError:
            self._add("json_too_deep", "", 0, limit=NESTING)
        except ValueError as error:
            self._add("bad_json", "", 0, reason=str(error)[:100])
        return None

    def report(self, code: str, path: str, severity: Severity = "error", /, **args: object) -> None:
        """Add a fault at a JSON path; after a hundred only that there are more."""
        self._faults += 1
        if self._faults > MOST_FAULTS:
            if self._faults == MOST_FAULTS + 1:
                self._add("too_many_faults", "", 0)
            return
        self._add(code, path, line_of(self.text, path), severity, **args)

    def _add(self, code: str, path: str, at: int, severity: Severity = "error", /, **args: object) -> None:
        named = tuple((name, str(value)[:200]) for name, value in args.items())
        self.problems.append(Problem(severity, code, self.file, at, 0, path, named))

    def take(self, value: Any, kind: type[_Piece], path: str) -> _Piece | None:
        """The value as a struct. A member of a wrong type is reported and defaulted; None without a needed
        one."""
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError:
            pass
        if not isinstance(value, dict):
            self.report("wrong_type", path, expected="object", got=_json_type(value))
            return None
        members = msgspec.structs.fields(kind)
        given = [member for member in members if member.encode_name in value]
        good = {member.name: self._member(value, member, path) for member in given}
        missing = [member for member in members if member.required and good.get(member.name) is None]
        for member in missing:
            if member.encode_name not in value:
                self.report("missing_member", path, member=member.encode_name)
        return None if missing else kind(**{name: found for name, found in good.items() if found is not None})

    def _member(self, members: dict[str, Any], member: msgspec.structs.FieldInfo, above: str) -> Any:
        return self.piece(members[member.encode_name], member.type, f"{above}.{member.encode_name}")

    def piece(self, value: Any, kind: Any, path: str) -> Any:
        """The value as a type; None where it is of another, which is reported."""
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            message = str(error)
            below = message.rpartition(" - at `$")[2].rstrip("`") if " - at `$" in message else ""
            said = _EXPECTED.search(message)
            expected, got = said.group("expected", "got") if said else ("", _json_type(value))
            self.report("wrong_type", path + below, expected=_plain(expected), got=_plain(got))
            return None


def line_of(text: str, path: str) -> int:
    """The line of the value at a path such as `$.resources[3].bin`, or of the nearest value above it."""
    decoder = json.JSONDecoder()
    at = _after_space(text, 0)
    for key, index in _STEP.findall(path):
        found = _step(text, at, key or int(index), decoder)
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1


def _step(text: str, at: int, wanted: str | int, decoder: json.JSONDecoder) -> int | None:
    """Where the member of that name or number begins, inside the object or array at `at`."""
    if text[at:at + 1] != ("{" if isinstance(wanted, str) else "["):
        return None
    number = 0
    at = _after_space(text, at + 1)
    while at < len(text) and text[at] not in "]}":
        name: str | int = number
        if isinstance(wanted, str):
            name, at = decoder.raw_decode(text, at)
            at = _after_space(text, _after_space(text, at) + 1)
        if name == wanted:
            return at
        at = _after_space(text, decoder.raw_decode(text, at)[1])
        at = _after_space(text, at + 1) if text[at:at + 1] == "," else at
        number += 1
    return None


def _after_space(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")


def _clean(value: Any, depth: int) -> Any:
    """The value with clean texts and without null members; RecursionError below the depth."""
    if isinstance(value, str):
        return value if value.isprintable() else clean_text(value)[0]
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    if not isinstance(value, (dict, list)):
        return value
    if depth == 0:
        raise RecursionError
    if isinstance(value, dict):
        return {clean_text(key)[0] if not key.isprintable() else key: _clean(member, depth - 1)
                for key, member in value.items() if member is not None}
    return [_clean(member, depth - 1) for member in value]


def _plain(names: str) -> str:
    return " | ".join(_NAMES.get(name, name) for name in names.split(" | "))


def _json_type(value: Any) -> str:
    kinds = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}
    return kinds.get(type(value), "null")

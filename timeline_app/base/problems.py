"""What can be wrong with data, as values that are collected. Wording is not here: it is in the text catalogue.

A `Problem` says where (file, line, column, field) and what (a code with arguments); `base/text.py` turns the code into
a sentence and a hint in the reader's language. A `UserError` ends a command that cannot go on.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding in a file. Lines and columns count from 1; 0 means the finding has no such place.

    `code` names the texts `problem.<code>` and `problem.<code>.hint`; `args` fills their braces; one that
    begins with @ is the key of a text itself.
    """

    severity: Severity
    code: str
    file: str = ""
    line: int = 0
    column: int = 0
    field: str = ""
    args: tuple[tuple[str, str], ...] = ()

    @property
    def arguments(self) -> dict[str, str]:
        """The arguments of the message by name."""
        return dict(self.args)


class UserError(Exception):
    """A command cannot do what was asked, through no bug: the text is `error.<code>` of the catalogue."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = {name: str(value) for name, value in args.items()}


def counts(problems: Iterable[Problem]) -> dict[str, int]:
    """How many problems there are of each severity, both always named."""
    found = {"error": 0, "warning": 0}
    for problem in problems:
        found[problem.severity] += 1
    return found

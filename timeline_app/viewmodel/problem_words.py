"""A problem of a dataset in words: where it is, what is wrong, what helps. Wording is the catalogue's."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from timeline_app.base.problems import Problem
from timeline_app.base.text import Texts


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """One problem: `place` such as "claims.csv:4:7 source_id", `hint` "" where there is none."""

    severity: str
    place: str
    message: str
    hint: str = ""

    def line(self) -> str:
        """All of it on one line, parts separated by tabs."""
        return "\t".join(" ".join(part.split()) for part in (self.severity, self.place, self.message, self.hint))


def problem_words(problem: Problem, texts: Texts) -> ProblemWords:
    """The words of a problem; a code that the catalogue does not know is named as it is."""
    key, args = f"problem.{problem.code}", texts.said(problem.arguments)
    known = texts.has(key)
    message = _filled(texts, key, args) if known else texts.get("explore.problems.unknown", code=problem.code)
    hint = _filled(texts, f"{key}.hint", args) if texts.has(f"{key}.hint") else ""
    return ProblemWords(texts.get(f"explore.problems.{problem.severity}"), place(problem), message, hint)


def _filled(texts: Texts, key: str, args: dict[str, str]) -> str:
    """A text whose braces the problem does not fill is given without them: a list of problems must not fail."""
    try:
        return texts.get(key, **args) if args else texts.get(key)
    except (KeyError, IndexError):
        return texts.get(key)


def place(problem: Problem) -> str:
    """File, line and column as editors read them, and the field: "claims.csv:4:7 source_id"."""
    numbers = [str(number) for number in (problem.line, problem.column) if number]
    spot = ":".join([problem.file, *numbers]) if problem.file else ":".join(numbers)
    return " ".join(part for part in (spot, problem.field) if part)


def as_text(problems: Iterable[Problem], texts: Texts) -> str:
    """All problems as lines to paste elsewhere."""
    return "\n".join(problem_words(one, texts).line() for one in problems)

"""What a dataset holds and what is wrong with it, as JSON and as lines to read. Pure: nothing is opened or
printed."""
from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from timeline_app.base.log import visible
from timeline_app.base.problems import Problem, counts
from timeline_app.base.text import Texts
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND, civil_from_days
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset

ROWS = ("events", "questions", "claims", "quotes", "sources", "series", "posts", "derived", "stories")


def info(dataset: Dataset, problems: Iterable[Problem], language: str) -> dict[str, object]:
    """The title, how many rows of each kind could be read, the span in ISO UTC, and how many problems there
    are."""
    return {"title": dataset.meta.title.say(language), "name": dataset.meta.name,
            **{name: len(getattr(dataset, name)) for name in ROWS},
            "span": span_of(dataset.span), "zone": dataset.meta.zone,
            "languages": list(dataset.meta.languages), "problems": counts(problems)}


def span_of(span: Span | None) -> dict[str, str] | None:
    """The ends of a span in ISO 8601, UTC."""
    return None if span is None else {"start": iso(span.start), "end": iso(span.end)}


def iso(instant: int) -> str:
    """An instant in ISO 8601, UTC; years beyond four digits with their sign, as the standard has it."""
    days, clock = divmod(instant, DAY)
    year, month, day = civil_from_days(days)
    shown = f"{year:04}" if 0 <= year <= 9999 else f"{year:+05}"
    ms = f".{clock % SECOND:03}" if clock % SECOND else ""
    return (f"{shown}-{month:02}-{day:02}T{clock // HOUR:02}:{clock // MINUTE % 60:02}:"
            f"{clock // SECOND % 60:02}{ms}Z")


def info_lines(found: dict[str, object], texts: Texts) -> str:
    """The info for people: a line for each thing, names aligned."""
    span = found["span"]
    lines = [(texts.get("cli.info.title"), found["title"])]
    with_tweets = "tweets" in found  # they say their span themselves, and may be all there is
    lines += [(texts.get(f"cli.info.{name}"), f"{found[name]:,}") for name in ROWS if found[name] or not with_tweets]
    if span and (found["events"] or not with_tweets):
        lines.append((texts.get("cli.info.span"), texts.get("cli.info.from_to", **span)))
    lines.append((texts.get("cli.info.problems"), problem_counts(found["problems"], texts)))
    width = max(_width(name) for name, _ in lines)
    padded = (name + " " * (width - _width(name) + 2) for name, _ in lines)
    return "\n".join(name + visible(str(value)) for name, (_, value) in zip(padded, lines, strict=True))


def problem_counts(number: dict[str, int], texts: Texts) -> str:
    """How many errors and warnings, in words."""
    named = ("error", "warning")
    return ", ".join(texts.count(f"cli.problems.{severity}", number[severity]) for severity in named)


def problem_row(problem: Problem, texts: Texts) -> dict[str, object]:
    """One problem as an object, its message and hint in the reader's language."""
    return {"severity": problem.severity, "code": problem.code, "file": problem.file, "line": problem.line,
            "column": problem.column, "field": problem.field, "message": message(problem, texts),
            "hint": hint(problem, texts)}


def problem_lines(problems: Iterable[Problem], texts: Texts) -> str:
    """The problems for people: `file:line: error: message [field]`, and the hint below."""
    return "\n".join(line for problem in problems for line in _lines(problem, texts))


def message(problem: Problem, texts: Texts) -> str:
    """What is wrong, in a sentence."""
    return texts.get(f"problem.{problem.code}", **{"field": problem.field, **texts.said(problem.arguments)})


def hint(problem: Problem, texts: Texts) -> str:
    """What to do about it, or ""."""
    key = f"problem.{problem.code}.hint"
    return texts.get(key, **{"field": problem.field, **texts.said(problem.arguments)}) if texts.has(key) else ""


def _lines(problem: Problem, texts: Texts) -> list[str]:
    place = ":".join(str(part) for part in (problem.file, problem.line or "", problem.column or "") if part)
    where = f" [{problem.field}]" if problem.field else ""
    severity = texts.get(f"cli.severity.{problem.severity}")
    advice = hint(problem, texts)
    return [visible(f"{place}: {severity}: {message(problem, texts)}{where}"),
            *([f"    {visible(advice)}"] if advice else [])]


def _width(text: str) -> int:
    """Columns that a terminal takes for a text: two for a Korean syllable."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)

"""What a report says, as JSON and as lines for people."""

from __future__ import annotations

import json

import pytest

from timeline_app.base.problems import Problem
from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.domain.calendar import DAY
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.report import info, info_lines, iso, problem_lines, problem_row, span_of

PROBLEM = Problem("error", "unknown_word", "events.csv", 3, 10, "kind", (("word", "x\x1b[2Jy"), ("allowed", "a, b")))


@pytest.mark.parametrize(("instant", "text"), [
    (0, "1970-01-01T00:00:00Z"), (1_591_048_058_102, "2020-06-01T21:47:38.102Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (-62_167_219_200_000, "0000-01-01T00:00:00Z"), (-62_167_219_200_000 - DAY, "-0001-12-31T00:00:00Z"),
    (253_402_300_800_000, "+10000-01-01T00:00:00Z")])
def test_that_an_instant_is_written_in_iso_8601(instant, text):
    assert iso(instant) == text


def test_that_info_counts_what_could_be_read(package):
    found = info(open_dataset(package.write()), (PROBLEM,), "ko")
    assert found["title"] == "작은 것"
    assert [found[name] for name in ("events", "questions", "claims", "quotes", "sources", "series", "posts",
                                     "derived")] == [3, 2, 2, 1, 1, 1, 1, 1]
    assert found["problems"] == {"error": 1, "warning": 0}
    assert found["span"]["start"] == "2020-05-31T05:48:00Z"
    json.dumps(found)


def test_that_an_empty_dataset_has_no_span():
    assert span_of(None) is None
    assert span_of(Span(0, 1))["end"] == "1970-01-01T00:00:00.001Z"


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_lines_for_people_have_their_values_one_below_the_other(package, language):
    texts = catalogue(language)
    lines = info_lines(info(open_dataset(package.write()), (), language), texts).split("\n")
    wide = [sum(1 + (ord(letter) > 0x1100) for letter in line[:len(line) - len(line.split("  ")[-1].lstrip())])
            for line in lines]
    assert len(lines) == 12
    assert len(set(wide)) == 1


def test_that_a_problem_says_where_what_and_how_to_mend_it():
    row = problem_row(PROBLEM, catalogue("en"))
    assert (row["file"], row["line"], row["column"], row["field"]) == ("events.csv", 3, 10, "kind")
    assert "kind" not in row["message"]
    assert row["hint"] == "Possible: a, b."


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_text_from_data_cannot_steer_the_terminal(language):
    lines = problem_lines((PROBLEM,), catalogue(language))
    assert "\x1b" not in lines
    assert lines.startswith("events.csv:3:10: ")


def test_that_braces_in_data_are_only_braces():
    problem = Problem("error", "bad_instant", "f", 1, args=(("text", "{0.__class__} {text}"),))
    assert "{0.__class__}" in problem_lines((problem,), catalogue("en"))

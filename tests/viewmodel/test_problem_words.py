"""Problems in words: the place as editors read it, a sentence for every code, and never a failure of its own."""

from __future__ import annotations

import pytest

from timeline_app.base.problems import Problem
from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.viewmodel.problem_words import as_text, place, problem_words


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem("error", "x", "a.csv", 4, 7, "title"), "a.csv:4:7 title"),
        (Problem("error", "x", "a.csv", 4), "a.csv:4"),
        (Problem("error", "x", "a.csv"), "a.csv"), (Problem("error", "x", field="zone"), "zone"),
        (Problem("error", "x"), ""),
    ],
)  # fmt: skip
def test_that_a_place_is_written_as_editors_read_it(problem, words):
    assert place(problem) == words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_that_a_code_nobody_wrote_words_for_is_named(language, severity):
    words = problem_words(Problem(severity, "never_heard_of", "a.csv", 1), catalogue(language))
    assert "never_heard_of" in words.message and words.severity and not words.hint


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_problem_of_the_catalogue_makes_the_list_fail_without_its_arguments(language):
    texts = catalogue(language)
    codes = {key.removeprefix("problem.") for key in sorted(texts.keys()) if key.startswith("problem.")}
    codes = {code.removesuffix(".hint") for code in codes}
    for args in ((), (("stranger", "1"),)):
        found = [problem_words(Problem("error", code, args=args), texts) for code in sorted(codes)]
        assert all(words.message for words in found)


def test_that_problems_are_copied_one_a_line():
    text = as_text([Problem("error", "a\nb", "x\ty.csv", 2)] * 2, catalogue("en"))
    assert len(text.split("\n")) == 2 and all(line.count("\t") == 3 for line in text.split("\n"))

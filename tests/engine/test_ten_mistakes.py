"""Ten mistakes seeded into the bundled dataset: each is found with its file and line, and the rest still opens."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from timeline_app import cli
from timeline_app.engine.check import check


def change(folder: Path, table: str, number: int, edit: Callable[[str], str]) -> tuple[str, int]:
    """Edit one line of a table, which must change; says where."""
    path = folder / table
    lines = path.read_text(encoding="utf-8").split("\n")
    edited = edit(lines[number - 1])
    assert edited != lines[number - 1]
    lines[number - 1] = edited
    path.write_text("\n".join(lines), encoding="utf-8")
    return table, number


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda line: line.replace(old, new, 1)


def cp949(folder: Path) -> tuple[str, int]:
    """Line 12 of the questions as a Korean spreadsheet saves it."""
    path = folder / "questions.csv"
    lines = path.read_bytes().split(b"\n")
    lines[11] = lines[11].decode("utf-8").encode("cp949")
    path.write_bytes(b"\n".join(lines))
    return "questions.csv", 12


MISTAKES: dict[str, Callable[[Path], tuple[str, int]]] = {
    "date_words": lambda to: change(to, "events.csv", 2, swap(",2018-04-09/2018-04-30,", ",9 April 2018,")),
    "unknown_source": lambda to: change(to, "claims.csv", 3, swap(",oiaa-medium,", ",oiaa-midium,")),
    "unknown_word": lambda to: change(to, "events.csv", 3, swap(",report,", ",reprt,")),
    "unclosed_quote": lambda to: change(to, "quotes.csv", 5, lambda line: line.replace(",", ',"', 1)),
    "id_twice": lambda to: change(to, "events.csv", 6, swap("floyd-killed,", "chile-report,")),
    "unknown_zone": lambda to: change(to, "events.csv", 4, swap("Asia/Jakarta", "Asia/Jakerta")),
    "empty_title": lambda to: change(
        to, "events.csv", 7, lambda line: line.replace(line.split(",")[1], "", 1)),
    "other_encoding": cp949,
    "bad_degrees": lambda to: change(to, "events.csv", 9, lambda line: line.replace(",32.", ",NaN", 1)),
    "field_too_long": lambda to: change(to, "derived.csv", 3, swap("The article", "x" * 2_000_000)),
}


def seeded(folder: Path) -> dict[str, tuple[str, int]]:
    """The folder with all ten mistakes, and where each stands."""
    return {code: seed(folder) for code, seed in MISTAKES.items()}


@pytest.mark.parametrize("code", MISTAKES)
def test_that_a_single_mistake_is_found_where_it_stands(june, code):
    place = MISTAKES[code](june)
    found = [(one.file, one.line) for one in check(june) if one.code == code and one.severity == "error"]
    assert found == [place]


def test_that_all_ten_are_found_together(june):
    expected = {(code, *place) for code, place in seeded(june).items()}
    assert expected <= {(one.code, one.file, one.line) for one in check(june)}


def test_that_check_lists_all_ten_and_ends_with_one(june, capsys):
    expected = {place for place in seeded(june).values()}
    assert cli.main(["check", str(june), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert expected <= {(one["file"], one["line"]) for one in problems if one["severity"] == "error"}
    assert all(one["message"] for one in problems)


def test_that_info_shows_the_good_rows_and_the_count_of_the_bad_and_ends_with_none(june, capsys):
    seeded(june)
    assert cli.main(["info", str(june), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["events"] == 42 - 6
    assert found["claims"] > 180
    assert found["quotes"] == 42
    assert found["problems"]["error"] >= 10

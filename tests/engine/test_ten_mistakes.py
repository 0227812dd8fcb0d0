"""Ten mistakes seeded into the bundled dataset: each is found with its file and line, and the rest still opens."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from timeline_app import cli
from timeline_app.base import resources
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


def repeat(folder: Path, table: str, number: int) -> tuple[str, int]:
    """Write one line of a table a second time, at its end; says where."""
    lines = (folder / table).read_text(encoding="utf-8").rstrip("\n").split("\n")
    (folder / table).write_text("\n".join([*lines, lines[number - 1], ""]), encoding="utf-8")
    return table, len(lines) + 1


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
    "id_twice": lambda to: repeat(to, "events.csv", 6),
    "unknown_zone": lambda to: change(to, "events.csv", 4, swap("Asia/Jakarta", "Asia/Jakerta")),
    "empty_title": lambda to: change(
        to, "events.csv", 7, lambda line: line.replace(line.split(",")[1], "", 1)),
    "other_encoding": cp949,
    "bad_degrees": lambda to: change(to, "events.csv", 9, lambda line: line.replace(",32.", ",NaN", 1)),
    "field_too_long": lambda to: change(to, "derived.csv", 3, swap("The article", "x" * 2_000_000)),
}


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bundled dataset with all ten mistakes."""
    folder = tmp_path_factory.mktemp("spoilt") / "june-2020"
    return Path(shutil.copytree(resources.path("datasets", "june-2020"), folder))


@pytest.fixture(scope="module")
def places(june: Path) -> dict[str, tuple[str, int]]:
    """Where each mistake stands."""
    return {code: seed(june) for code, seed in MISTAKES.items()}


def test_that_each_of_the_ten_is_found_where_it_stands_and_nowhere_else(june, places):
    found = [(one.code, (one.file, one.line)) for one in check(june) if one.severity == "error"]
    assert [one for one in sorted(found) if one[0] in places] == sorted(places.items())
    assert len(found) == 10


def test_that_check_lists_all_ten_and_ends_with_one(june, places, capsys):
    assert cli.main(["check", str(june), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert set(places.values()) == {(one["file"], one["line"]) for one in problems if one["severity"] == "error"}
    assert all(one["message"] and one["hint"] for one in problems)


def test_that_info_shows_the_good_rows_and_the_count_of_the_bad_and_ends_with_none(june, places, capsys):
    assert cli.main(["info", str(june), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["events"], found["claims"], found["quotes"], found["derived"]) == (42 - 5, 195 - 1, 43 - 1, 13 - 1)
    assert found["problems"]["error"] == 10

"""The manual says what the code knows, no more and no less; the examples of the two guides run as they stand.

Columns are not listed by hand: opening the bundled dataset tells which cells are read.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from fakes import tiny_dataset
from ground import tree
from timeline_app import cli
from timeline_app.base import settings
from timeline_app.base.text import catalogue
from timeline_app.domain import edtf, records
from timeline_app.domain.answers import parse_answer
from timeline_app.domain.time import BadDate
from timeline_app.engine import (
    claim_tables,
    count_tables,
    event_table,
    importers,
    manifest,
    series,
    source_list,
    story_file,
    story_kiosk,
    tables,
)
from timeline_app.engine.dataset import open_dataset
from timeline_app.viewmodel import lanes
from timeline_app.viewmodel.commands import COMMANDS

DOCS = tree.ROOT / "docs"
TABLES = ["events", "questions", "claims", "derived", "quotes", "posts"]
FORMS = {"EDTF": "when", "duration": "duration", "actor": "keys", "another word": "amount"}


@cache
def section(title: str, page: str = "manual.md") -> str:
    """What stands under a heading, up to the next one of the same level or above."""
    text = (DOCS / page).read_text(encoding="utf-8")
    start = re.search(rf"^(#+) {re.escape(title)}$", text, re.MULTILINE)
    assert start, f"{page} has no heading {title!r}"
    end = re.compile(rf"^#{{1,{len(start[1])}}} ", re.MULTILINE).search(text, start.end())
    return text[start.end() : end.start() if end else len(text)]


def spans(text: str) -> list[str]:
    """Everything that is set as code, in order."""
    return re.findall(r"`([^`\n]+)`", text)


def rows(text: str) -> list[list[str]]:
    """The cells of every table of a text, without heads and rules."""
    lines = [line.strip() for line in text.splitlines()]
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
        if line.startswith("|") and not line.startswith("|---") and not following.startswith("|---")
    ]


def named(text: str) -> list[str]:
    """What stands as code in the first cells of the tables of a text."""
    return [name for row in rows(text) for name in spans(row[0])]


def bold(text: str) -> set[str]:
    return {name for row in rows(text) for name in re.findall(r"\*\*`([^`]+)`\*\*", row[0])}


# --- Commands, options, settings ---


def test_that_every_command_has_a_heading_with_its_keys():
    lines = re.findall(r"^#### (.*)$", section("Commands"), re.MULTILINE)
    written = {name: tuple(keys) for name, *keys in map(spans, lines)}
    assert written == {command.id: command.keys for command in COMMANDS}
    assert len(lines) == len(COMMANDS)


def test_that_every_command_says_what_it_does():
    parts = re.split(r"^#### .*$", section("Commands"), flags=re.MULTILINE)[1:]
    assert [number for number, words in enumerate(parts) if len(words.split()) < 3] == []


def options_by_command() -> dict[str, set[str]]:
    """Every long option with the commands that have it."""
    found: dict[str, set[str]] = {"--version": {"the app"}}
    action = next(one for one in cli.parser()._actions if isinstance(one, argparse._SubParsersAction))
    for command, own in action.choices.items():
        for option in (name for one in own._actions for name in one.option_strings):
            if option.startswith("--") and option != "--help":
                found.setdefault(option, set()).add(command)
    return found


def test_that_every_command_of_the_command_line_has_a_heading():
    headings = re.findall(r"^#### `(\w+)", section("The command line"), re.MULTILINE)
    assert headings == list(cli.COMMANDS)


def test_that_every_option_stands_beside_the_commands_that_have_it():
    written = {}
    for first, commands, _ in rows(section("The command line")):
        everywhere = {"all": set(cli.COMMANDS), "the app": {"the app"}}
        written[spans(first)[0]] = everywhere.get(commands) or set(spans(commands))
    assert written == options_by_command()


def test_that_every_setting_stands_there_with_its_default():
    written = [(spans(name)[0], json.loads(spans(default)[0])) for name, default, _ in rows(section("Settings"))]
    defaults = json.loads(json.dumps([(field.name, field.default) for field in fields(settings.Settings)]))
    assert [list(one) for one in written] == defaults


# --- The dataset format ---


@pytest.fixture(scope="module")
def read():
    """Which columns of which table opening june-2020 reads, and which of them no row can do without."""
    columns: dict[str, set[str]] = {}
    needed: dict[str, set[str]] = {}
    text, with_columns = tables.Row.text, tables.with_columns

    def table_of(header):
        return "counts" if header.file.startswith("counts/") else Path(header.file).stem

    def heard_text(row, column):
        columns.setdefault(table_of(row.header), set()).add(column.partition(".")[0])
        return text(row, column)

    def heard_columns(table, names, problems):
        needed.setdefault(table_of(table.header), set()).update(names)
        return with_columns(table, names, problems)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables.Row, "text", heard_text)
        for module in (event_table, claim_tables, count_tables):
            patch.setattr(module, "with_columns", heard_columns)
        open_dataset("june-2020")
    columns["counts"] |= {*count_tables.NEEDED, *count_tables.PART_COLUMNS}
    return columns, needed


@pytest.mark.parametrize("table", TABLES)
def test_that_every_column_that_is_read_has_a_row(table, read):
    columns, needed = read
    assert sorted(named(section(f"`{table}`"))) == sorted(columns[table])
    assert bold(section(f"`{table}`")) == needed[table]


def test_that_every_column_of_counts_has_a_row(read):
    columns, needed = read
    assert sorted(named(section("Counts"))) == sorted(columns["counts"])
    assert bold(section("Counts")) == needed["counts"]


def members(module: ModuleType) -> set[str]:
    """Every member that the structs of a module read, as the file spells it."""
    structs = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, msgspec.Struct)]
    own = [one for one in structs if one.__module__ == module.__name__ and one is not manifest.Manifest]
    return {member.encode_name for one in own for member in msgspec.structs.fields(one)}


@pytest.mark.parametrize(
    ("title", "modules", "beside"),
    [("The manifest", [manifest], {"accounts", "built"}), ("Sources", [source_list], set()),
     ("Stories", [story_file, story_kiosk], set())],
)
def test_that_every_member_that_is_read_is_written_down_and_no_other(title, modules, beside):
    known = set().union(*map(members, modules))
    assert sorted(known - set(spans(section(title)))) == []
    assert sorted(set(named(section(title))) - known - beside) == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("`events`", event_table.KINDS | event_table.STATES | event_table.FLAGS | event_table.PRECISIONS),
        ("`claims`", claim_tables.ATTITUDES | claim_tables.EVIDENCE | claim_tables.CONFIDENCE),
        ("Counts", count_tables.QUALIFIERS),
        ("The manifest", {*lanes.TABLE, *series.BIN_MS, "point", count_tables.NOT_STATED}),
    ],
)
def test_that_every_word_of_a_closed_list_is_written_down(title, words):
    written = spans(section(title))
    assert sorted(words - {word for span in written for word in (span, *span.split())}) == []


def test_that_every_code_of_a_problem_has_one_row():
    keys = catalogue("en").keys()
    known = {key.removeprefix("problem.") for key in keys if key.startswith("problem.")}
    written = named(section("Problems"))
    assert sorted(written) == sorted(code for code in known if not code.endswith(".hint"))


# --- Dates and answers ---


def examples(head: str) -> list[list[str]]:
    """The rows of the table of dates whose head begins with a word, each with its code spans."""
    table = re.search(rf"^\| {head} \|.*\n\|---.*\n((?:\|.*\n)+)", section("Dates"), re.MULTILINE)
    return [[spans(cell)[0] if spans(cell) else cell for cell in row] for row in rows("|\n|---\n" + table[1])]


@pytest.mark.parametrize("text", [row[0] for row in examples("understood")])
def test_that_every_date_of_the_manual_is_understood(text):
    assert edtf.resolve(text, "America/Chicago").is_ordered


@pytest.mark.parametrize(("text", "code"), [row[:2] for row in examples("refused")])
def test_that_every_date_it_calls_refused_is_refused_with_that_code(text, code):
    with pytest.raises(BadDate) as refused:
        edtf.parse(text)
    assert refused.value.code == code


@pytest.mark.parametrize("row", rows(section("Answers and disputes")), ids=lambda row: row[0])
def test_that_every_answer_of_the_manual_has_the_form_of_its_unit(row):
    unit = spans(row[0])[0] if spans(row[0]) else row[0]
    kinds = {parse_answer(text, unit, "America/Chicago").kind for text in spans(row[2])}
    assert kinds == {FORMS[unit]}


# --- The other pages ---

PAGES = [tree.ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
NEAR = [tree.ROOT, *(tree.PACKAGE / folder for folder in ("", "viewmodel", "engine"))]
INVENTED = ("hearings.py", "example_tool.py")  # what the guides make


@pytest.mark.parametrize("page", PAGES, ids=tree.name)
def test_that_every_module_a_page_names_by_its_path_is_there(page):
    paths = [name for name in spans(page.read_text(encoding="utf-8")) if re.fullmatch(r"[\w./-]+/[\w-]+\.py", name)]
    found = [name for name in paths if any((folder / name).is_file() for folder in NEAR)]
    assert [name for name in paths if name not in found and not name.endswith(INVENTED)] == []


def test_that_every_module_of_a_floor_is_on_it():
    floors = {spans(first)[0]: spans(held) for first, held in rows(section("Floors", "ARCHITECTURE.md"))[:13]}
    assert {"shells", "qt", "viewmodel", "engine", "domain", "base"} <= floors.keys()
    homes = {floor: tree.PACKAGE / floor for floor in floors if (tree.PACKAGE / floor).is_dir()}
    named = [(homes[floor], name.strip("/")) for floor in homes for name in floors[floor]]
    assert [name for home, name in named if not (home / name).is_dir() and not (home / f"{name}.py").is_file()] == []


# --- The guides ---


def block(page: str, number: int) -> str:
    return re.findall(r"```python\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)[number]


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Makes a module of a code block, under the name that it would have in the project."""

    def make(name: str, source: str) -> ModuleType:
        path = tmp_path / f"{name.rpartition('.')[2]}.py"
        path.write_text(source, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    return make


def test_that_the_lane_of_the_guide_passes_the_test_of_the_guide(made, monkeypatch):
    lane = made("timeline_app.viewmodel.lanes.hearings", block("ADD-A-LANE.md", 0))
    monkeypatch.setitem(lanes.TABLE, "hearings", lane)
    promises = made("test_lane_hearings", block("ADD-A-LANE.md", 1))
    promises.test_that_a_hearing_fades_over_what_is_not_known()
    promises.test_that_a_day_is_a_box_and_not_a_dot()
    promises.test_that_no_event_draws_nothing(("not-there",))
    assert [item.id for item in promises.drawn(*tiny_dataset().event_by_id).items][0] == "e-asks"


def test_that_the_importer_of_the_guide_reads_its_file(made, monkeypatch, tmp_path):
    name = "timeline_app.engine.importers.example_tool"
    made(name, block("ADD-AN-IMPORTER.md", 0))
    monkeypatch.setitem(importers.IMPORTERS, "example_tool", name)
    path = tmp_path / "made-up.json"
    items = [{"label": "One", "from": "2020-06-01", "to": "2020-06-03"}, {"label": "Two", "from": "June"}]
    path.write_text(json.dumps({"format": "example-timeline", "items": items}, indent=1), encoding="utf-8")
    dataset = open_dataset(path)
    assert [(event.title, event.when.text) for event in dataset.events] == [
        (records.Words("One"), "2020-06-01/2020-06-03")
    ]
    assert [(one.code, one.line, one.field) for one in dataset.problems] == [("date_words", 11, "$.items[1].from")]

"""The documents keep up: what they point to exists, and every command and option is written down."""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ground import tree

README = tree.ROOT / "README.md"
MANUAL = tree.ROOT / "docs" / "manual.md"
PAGES = [README, tree.ROOT / "CHANGELOG.md", *sorted((tree.ROOT / "docs").glob("*.md"))]
DELIVERED = ["WHY.md", "ARCHITECTURE.md", "ADD-A-LANE.md", "ADD-AN-IMPORTER.md", "WRITE-A-STORY.md"]


def links(page: Path) -> list[str]:
    """Every relative target of a link or a picture on the page."""
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    return [target for target in targets if "://" not in target and not target.startswith("mailto:")]


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every command and long option of a parser and its commands."""
    for action in parser._actions:
        yield from (option for option in action.option_strings if option.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):
            for command, own in action.choices.items():
                yield command
                yield from options(own)


@pytest.mark.parametrize("page", PAGES, ids=tree.name)
def test_that_every_link_of_a_page_leads_to_a_file(page):
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("name", DELIVERED)
def test_that_the_readme_leads_to_every_page_of_the_docs(name):
    assert f"docs/{name}" in links(README)


def test_that_every_command_and_option_is_written_down():
    from timeline_app import cli

    written = "\n".join(page.read_text(encoding="utf-8") for page in (README, MANUAL) if page.exists())
    code = " ".join(re.findall(r"```.*?```|`[^`]+`", written, re.DOTALL))
    assert sorted(set(options(cli.parser())) - set(re.findall(r"[\w-]+", code)) - {"--help"}) == []


@pytest.mark.parametrize("page", PAGES, ids=tree.name)
def test_that_the_examples_of_a_page_import_what_exists(page):
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    nodes = [node for block in blocks for node in ast.walk(ast.parse(block))]
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    wanted = [
        (node.module, alias.name) for node in imports for alias in node.names if node.module != "__future__"
    ]
    assert [name for name in wanted if not is_there(*name)] == []


def is_there(module: str, name: str) -> bool:
    """Whether a module has a name, or a module below it of that name."""
    return hasattr(importlib.import_module(module), name) or importlib.util.find_spec(f"{module}.{name}") is not None


def test_that_the_two_commands_of_the_readme_are_those_of_dev_py():
    text = README.read_text(encoding="utf-8")
    assert "python3 dev.py run" in text
    assert "python3 dev.py test" in text

"""The import contracts hold, and each one turns the check red when a copy of the app breaks it.

The command is the one that `dev.py check` runs. A contract without an offence in the table is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import dev
from ground import tree

LINTER = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract["name"] for contract in LINTER["contracts"]}
# contract, module that offends (made if it is not there), what it says
OFFENCES = [
    ("floors", "base/text.py", "import timeline_app.domain.calendar"),
    ("floors", "domain/time.py", "from timeline_app.engine import dataset"),
    ("floors", "engine/dataset.py", "from timeline_app.viewmodel import state"),
    ("floors", "viewmodel/state.py", "from timeline_app import qt"),
    ("floors", "qt/canvas.py", "from timeline_app.shells import explore"),
    ("floors", "shells/explore.py", "from timeline_app import app"),
    ("floors", "app.py", "from timeline_app import cli"),
    ("floors", "api.py", "from timeline_app import cli"),
    ("floors", "extras.py", ""),
    ("no-qt-below-qt", "viewmodel/scratch.py", "from PySide6 import QtCore"),
    ("no-qt-below-qt", "engine/scratch.py", "import shiboken6"),
    ("standard-library-only", "base/scratch.py", "import msgspec"),
    ("standard-library-only", "domain/scratch.py", "import numpy"),
    ("tables", "engine/scratch.py", "import pandas"),
    ("tables", "viewmodel/scratch.py", "def late():\n    import polars"),
    ("pyqtgraph", "qt/scratch.py", "import pyqtgraph"),
    ("offline", "engine/scratch.py", "import socket"),
    ("lanes", "viewmodel/lanes/scratch.py", "from timeline_app.viewmodel.lanes import neighbour"),
    ("importers", "engine/importers/scratch.py", "from timeline_app.engine.importers import neighbour"),
    ("circles", "base/problems.py", "from timeline_app.base import safe_io"),
    ("shells", "shells/scratch.py", "from timeline_app.shells import neighbour"),
]


def lint(folder: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, *dev.CHECKS["floors"]]
    wide = {**os.environ, "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=wide, capture_output=True, encoding="utf-8")


def copy_of_the_app(folder: Path) -> None:
    """A scratch project: the app, its contracts, and a neighbour in each room whose members must not meet."""
    shutil.copytree(tree.PACKAGE, folder / "timeline_app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(tree.ROOT / "pyproject.toml", folder)
    for room in ("viewmodel/lanes", "engine/importers", "shells"):
        (folder / "timeline_app" / room / "neighbour.py").write_text("", encoding="utf-8")


def report_on(offence: tuple[str, str, str], folder: Path) -> subprocess.CompletedProcess:
    """What the check says of a copy with the offence in it."""
    copy_of_the_app(folder)
    with (folder / "timeline_app" / offence[1]).open("a", encoding="utf-8") as source:
        source.write(f"\n{offence[2]}\n")
    return lint(folder)


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The reports on all offences, made side by side: each is a process of its own."""
    folders = [tmp_path_factory.mktemp("copy") for _ in OFFENCES]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(OFFENCES, pool.map(report_on, OFFENCES, folders), strict=True))


def test_that_all_contracts_hold():
    result = lint(tree.ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert all(f"{name} KEPT" in result.stdout for name in CONTRACTS.values())


def test_that_every_contract_has_an_offence_that_breaks_it():
    assert {contract for contract, *_ in OFFENCES} == CONTRACTS.keys()


@pytest.mark.parametrize("offence", OFFENCES, ids=lambda offence: "-".join(offence[:2]))
def test_that_breaking_a_contract_turns_the_check_red(offence, reports):
    assert f"{CONTRACTS[offence[0]]} BROKEN" in reports[offence].stdout, reports[offence].stdout
    assert reports[offence].returncode == 1

"""What a plain start loads: each heavy package only when needed, so that the frame is on screen at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ground import tree

SAY = "import sys; print(*sorted({n.split('.')[0] for n in sys.modules}))"
CALL = """
import timeline_app.cli
try:
    status = timeline_app.cli.main({!r})
except SystemExit as end:
    status = end.code
assert not status, status
"""


def loaded(*statements: str) -> set[str]:
    """Top-level names of all modules loaded after the statements, in a Python of its own."""
    program = "\n".join([*statements, SAY])
    command = [sys.executable, "-c", program]
    child = subprocess.run(command, cwd=tree.ROOT, capture_output=True, encoding="utf-8")
    assert child.returncode == 0, child.stderr
    return set(child.stdout.splitlines()[-1].split())


def test_that_the_command_line_loads_no_qt_no_numpy_and_no_tables():
    heavy = {"PySide6", "pyqtgraph", "numpy", "pandas", "polars"}
    assert loaded("import timeline_app, timeline_app.cli") & heavy == set()


def test_that_the_window_can_be_built_before_pyqtgraph_is_loaded():
    assert loaded("import timeline_app.app") & {"pyqtgraph", "pandas", "polars"} == set()


@pytest.mark.parametrize("arguments", [["info", "june-2020", "--json"], ["check", "june-2020", "--json"]])
def test_that_opening_a_dataset_loads_neither_pandas_nor_polars(arguments):
    assert loaded(CALL.format(arguments)) & {"PySide6", "pandas", "polars"} == set()


def test_that_a_picture_of_a_dataset_loads_neither_pandas_nor_polars(tmp_path):
    arguments = ["snapshot", "june-2020", "-o", str(tmp_path / "view.png"), "--size", "720x480"]
    assert loaded(CALL.format(arguments)) & {"pandas", "polars"} == set()

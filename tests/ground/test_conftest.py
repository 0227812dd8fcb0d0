"""Each thing that conftest forbids makes a test red: shown on a scratch project with one offence a test."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from ground import tree

OFFENCES = """
import logging, os, socket, sys, warnings
from pathlib import Path
import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QWidget

kept = []

def test_python_warning():
    warnings.warn("careful", stacklevel=1)

def test_logged_warning():
    logging.getLogger("room").warning("careful")

def test_qt_warning(qtbot):
    qWarning("careful")

def test_swallowed_network():
    try:
        socket.create_connection(("192.0.2.1", 9), timeout=1)
    except Exception:
        pass

def test_exception_in_a_slot(qtbot):
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(20)

def test_widget_left_behind(qtbot):
    kept.append(QWidget())

@pytest.mark.logs_warnings
def test_fine_logged_warning_as_promised():
    logging.getLogger("room").warning("careful")

def test_fine_widget_handed_to_qtbot(qtbot):
    qtbot.addWidget(QWidget())

def test_fine_home_is_empty_and_its_own():
    assert not Path.home().exists()
    assert os.environ["XDG_CONFIG_HOME"].startswith(str(Path.home()))

def test_fine_no_system_font_is_visible(qapp):
    assert set(QFontDatabase.families()) <= {"Monospace", "Sans Serif", "Serif"}  # names without a font

@pytest.mark.long
def test_long():
    pass
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Name of each test of the scratch project -> what became of it."""
    project = tmp_path_factory.mktemp("project")
    shutil.copy(tree.ROOT / "pyproject.toml", project)
    shutil.copytree(tree.ROOT / "tests" / "offline", project / "tests" / "offline")
    shutil.copy(tree.ROOT / "tests" / "conftest.py", project / "tests")
    (project / "tests" / "qt").mkdir()
    (project / "tests" / "qt" / "test_offences.py").write_text(OFFENCES, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "tests"]
    report = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8").stdout
    found = re.findall(r"^(PASSED|FAILED|ERROR) \S+::(\w+)", report, re.MULTILINE)
    passed = {name for outcome, name in found if outcome == "PASSED"}
    bad = {name for outcome, name in found if outcome != "PASSED"}
    assert "1 deselected" in report, report
    return {name: name in passed - bad for name in passed | bad}


NAMES = [name for name in re.findall(r"def (test_\w+)", OFFENCES) if name != "test_long"]


@pytest.mark.parametrize("name", NAMES)
def test_that_an_offence_is_red_and_what_is_fine_is_green(name, outcomes):
    assert outcomes[name] == name.startswith("test_fine")


def test_that_a_long_test_is_left_out_by_name(outcomes):
    assert set(outcomes) == set(NAMES)

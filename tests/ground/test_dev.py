"""What dev.py promises a newcomer, as far as it can be held without making an environment."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dev
from ground import tree


def test_that_the_usage_names_every_command():
    named = {line.split()[0] for line in dev.USAGE.splitlines() if line.startswith("  ")}
    assert named == dev.COMMANDS.keys()


def test_that_it_runs_on_the_pythons_of_the_project():
    asked = [(3, 9), (3, 10), (3, 11), (3, 12), (3, 13), (3, 14), (4, 0)]
    assert [version for version in asked if dev.fits(version)] == [(3, 11), (3, 12), (3, 13)]


def test_that_another_python_is_looked_for_on_path_before_giving_up(monkeypatch):
    taken = []
    monkeypatch.setattr(dev.shutil, "which", {"python3.12": "/usr/bin/python3.12"}.get)
    monkeypatch.setattr(dev, "works", lambda command: True)
    monkeypatch.setattr(dev, "hand_over", lambda command: taken.append(command) or 0)
    assert dev.hand_over_to_a_fitting_python(["run", "--help"]) == 0
    assert taken == [["/usr/bin/python3.12", str(tree.ROOT / "dev.py"), "run", "--help"]]


def test_that_without_a_fitting_python_it_says_which_ones_fit(monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    with pytest.raises(dev.Stop, match=r"3\.11, 3\.12 or 3\.13"):
        dev.hand_over_to_a_fitting_python(["test"])


def test_that_missing_packages_are_named_in_one_line_to_paste(monkeypatch):
    monkeypatch.setattr(dev, "is_root_on_debian", lambda: False)
    with pytest.raises(dev.Stop, match=r"\n    sudo apt-get install -y libegl1 libxcb-cursor0\n"):
        dev.install_packages(["libegl1", "libxcb-cursor0"], "Qt needs system libraries that are missing.")


def test_that_root_on_debian_is_told_before_packages_are_installed(monkeypatch, capsys):
    order = []
    monkeypatch.setattr(dev, "is_root_on_debian", lambda: True)
    monkeypatch.setattr(dev, "works", lambda command: True)
    monkeypatch.setattr(dev, "call", lambda command: order.append((capsys.readouterr().err, command)))
    dev.install_packages(["libegl1"], "Qt needs it.")
    (said, command), *others = order
    assert "libegl1" in said
    assert command[:3] == ["apt-get", "install", "-y"]
    assert not others


def test_that_every_missing_library_is_asked_for_by_its_package(monkeypatch):
    asked, missing = [], ["libEGL.so.1", "libgthread-2.0.so.0", "libglib-2.0.so.0"]
    monkeypatch.setattr(dev, "missing_libraries", lambda: missing)
    monkeypatch.setattr(dev, "install_packages", lambda packages, reason: asked.extend(packages))
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    dev.see_that_qt_starts()
    assert asked == ["libegl1", "libglib2.0-0"]


def test_that_a_changed_lock_makes_the_environment_anew(monkeypatch, tmp_path):
    before = dev.stamp()
    lock = tmp_path / "requirements.lock"
    lock.write_bytes(dev.LOCK.read_bytes() + b"#")
    monkeypatch.setattr(dev, "LOCK", lock)
    assert dev.stamp() != before


def test_that_options_of_the_app_are_left_to_the_app(monkeypatch):
    taken = []
    monkeypatch.setattr(dev, "prepare", lambda: None)
    monkeypatch.setattr(dev, "hand_over", lambda command: taken.append(command) or 0)
    assert dev.main(["run", "--help"]) == 0
    assert taken == [[dev.PYTHON, "-P", "-m", "timeline_app", "--help"]]


def test_that_a_check_that_fails_makes_the_whole_red(monkeypatch, capsys):
    monkeypatch.setattr(dev, "prepare", lambda: None)
    monkeypatch.setattr(dev, "passes", lambda command: "importlinter" not in " ".join(command))
    assert dev.check([]) == 1
    assert "floors" in capsys.readouterr().err


def test_that_an_unknown_command_ends_with_the_usage():
    command = [sys.executable, str(tree.ROOT / "dev.py"), "fly"]
    child = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert child.returncode == 2
    assert "'fly'" in child.stderr
    assert dev.USAGE in child.stderr


def test_that_all_tests_are_in_one_of_the_two_halves_that_run_side_by_side():
    folders = {f"tests/{one.name}" for one in (tree.ROOT / "tests").iterdir() if list(one.glob("test_*.py"))}
    assert set(dev.WITH_WINDOWS) < folders

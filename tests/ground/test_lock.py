"""The lock holds every dependency with hashes, one file for all systems, and names no place it came from."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib

from ground import tree

PROJECT = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (tree.ROOT / "requirements.lock").read_text(encoding="utf-8")
# name, version, marker, hashes
PIN = r"^([a-z0-9][a-z0-9.-]*)==([^ \\;]+)([^\\\n]*)\\\n((?:    --hash=\S+(?: \\)?\n?)+)"
PINS = re.findall(PIN, LOCK, re.MULTILINE)


def wanted() -> set[str]:
    extras = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *extras["dev"], *extras["cluster"]]
    return {re.split(r"[<>=!~\[ ;]", line)[0].lower().replace("_", "-") for line in lines}


def test_that_every_dependency_is_pinned_with_hashes():
    assert wanted() <= {name for name, *_ in PINS}
    assert all(hashes.count("--hash=sha256:") >= 1 for *_, hashes in PINS)


def test_that_every_line_of_the_lock_is_a_pin_a_hash_or_a_remark():
    assert sum(line[:1] not in ("#", " ", "") for line in LOCK.splitlines()) == len(PINS)
    assert "://" not in LOCK


def test_that_the_pyside_that_aborts_is_excluded_and_not_installed():
    pyside = next(line for line in PROJECT["dependencies"] if line.startswith("PySide6-Essentials"))
    assert "!=6.12.0" in pyside
    assert ("pyside6-essentials", "6.12.0") not in {(name, version) for name, version, *_ in PINS}
    assert importlib.metadata.version("PySide6-Essentials") != "6.12.0"


def test_that_the_environment_of_the_tests_is_the_locked_one():
    locked = {}
    for name, version, *_ in PINS:
        locked.setdefault(name, set()).add(version)
    here = {name: importlib.metadata.version(name) for name in wanted()}
    assert {name: version for name, version in here.items() if version not in locked[name]} == {}

"""Text of 200 % and scale factors from 1 to 3: nothing that is written is cut, covered, shortened or lost."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("scaled.py")
FACTORS = ("1", "1.25", "1.5", "2", "3")


def drawn(factor: str, language: str, percent: int, size: tuple[int, int] = (1280, 720)) -> dict:
    places = (os.environ["PYTHONPATH"], str(SCRIPT.parents[2]), str(SCRIPT.parents[1]))
    environment = os.environ | {"QT_SCALE_FACTOR": factor, "PYTHONPATH": os.pathsep.join(places)}
    command = [sys.executable, str(SCRIPT), "june-2020", language, str(percent), *map(str, size)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("factor", FACTORS)
def test_that_no_text_is_cut_at_any_scale_factor(factor):
    found = drawn(factor, "ko" if factor in ("1.25", "3") else "en", 100)
    assert found["ratio"] == float(factor) and found["texts"] > 60
    assert found["cut"] + found["covered"] + found["shortened"] + found["broken"] == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_no_text_is_cut_at_200_percent(language):
    found = drawn("1", language, 200)
    assert found["cut"] + found["covered"] + found["broken"] == [] and found["texts"] > 25


def test_that_large_text_on_a_large_scale_is_whole_too():
    found = drawn("2", "en", 200, (1600, 1000))
    assert found["cut"] + found["covered"] + found["broken"] == []

"""Bundles of a kiosk for tests of its shelf: four builds that differ, each with its hash, and what a shelf holds."""
from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from packages import Package
from timeline_app.base.problems import UserError
from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.engine import build, checksum, shelf
from timeline_app.engine.dataset import open_dataset


@pytest.fixture(scope="module")
def bundles(tmp_path_factory) -> list[Path]:
    """Four builds for a kiosk that differ, each with its hash, and all of one size."""
    folder = tmp_path_factory.mktemp("stick")
    made = []
    for number in range(4):
        package = Package(folder / f"from-{number}")
        package.timeline["titles"]["en"] = f"Number {number}"
        made.append(folder / f"exhibit-{number}.zip")
        build.build(package.write(), "kiosk", made[-1])
    return made


@pytest.fixture
def place(tmp_path) -> Path:
    return tmp_path / "shelf"


def name_of(bundle: Path) -> str:
    return f"{hashlib.sha256(bundle.read_bytes()).hexdigest()[:16]}.zip"


def title(path: Path) -> str:
    return open_dataset(path).meta.title.text


def held(place: Path) -> set[str]:
    return {one.name for one in place.iterdir()} - {shelf.LOCK}


def refusal(call, *given) -> str:
    """The code of a refusal, which has words in every language."""
    with pytest.raises(UserError) as told:
        call(*given)
    for language in LANGUAGES:
        assert catalogue(language).get(f"error.{told.value.code}", **told.value.arguments)
    return told.value.code


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    checksum.write(path, hashlib.sha256(path.read_bytes()).hexdigest())
    return path

"""The project's own files, as the ratchets read them. Not here: any rule about them."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "timeline_app"
FOREIGN = {"__pycache__", "dist", "build"}
BINARY = set(".woff2 .ttf .otf .png .jpg .ico .icns .pdf .zip .gz .npy .parquet .wav".split())


@cache
def everything() -> tuple[Path, ...]:
    """Every file of the project: no cache, no environment, hidden ones only at the top and in .ci."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [n for n in inner if n == ".ci" or not (n.startswith(".") or n in FOREIGN)]
        found += [Path(folder, name) for name in names if name != ".git"]  # in a worktree it is a file with a path
    return tuple(sorted(found))


def texts() -> Iterator[tuple[str, str]]:
    """Name and content of every text file of the project; bytes that are no UTF-8 are replaced."""
    for path in everything():
        if path.suffix not in BINARY and path.is_file():
            yield name(path), path.read_text(encoding="utf-8", errors="replace")


def modules() -> list[Path]:
    """Every Python file of the project."""
    return [path for path in everything() if path.suffix == ".py"]


def package_modules() -> list[Path]:
    """Every Python file of the app itself."""
    return [path for path in modules() if path.is_relative_to(PACKAGE)]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    """The path as a person of this project writes it."""
    return path.relative_to(ROOT).as_posix()

"""The project's own files, as the ratchets read them. Not here: any rule about them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "timeline_app"
FOREIGN = {".git", ".venv", "dist", "build"}
TEXT = {".py", ".md", ".toml", ".lock", ".json", ".csv", ".svg", ".txt", ".cfg", ".yml", ""}


def files(*suffixes: str) -> Iterator[Path]:
    """Every file of the project with one of the suffixes: no cache, no environment, hidden only in .ci."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in parts[:-1])
        if hidden or parts[0] in FOREIGN or "__pycache__" in parts:
            continue
        if path.suffix in suffixes and path.is_file():
            yield path


def modules() -> list[Path]:
    """Every Python file of the project."""
    return list(files(".py"))


def package_modules() -> list[Path]:
    """Every Python file of the app itself."""
    return [path for path in modules() if path.is_relative_to(PACKAGE)]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    """The path as a person of this project writes it."""
    return path.relative_to(ROOT).as_posix()

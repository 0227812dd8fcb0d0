"""What a person chose once: one small JSON file in the place the system has for it. Nothing about data is
kept.

A wrong or foreign value falls back to its default; the caller gets a notice for each.
"""
from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from timeline_app.base.problems import Problem, UserError
from timeline_app.base.safe_io import MEGABYTE, read_regular, write_atomic

FILE = "settings.json"
MOST_KEYS, LONGEST_KEY = 500, 200
_ONE_OF = {"language": ("", "en", "ko"), "theme": ("", "paper", "gallery", "contrast"),
           "reduced_motion": ("system", "on", "off")}
_BETWEEN = {"text_percent": (50, 300), "width": (320, 32_768), "height": (240, 32_768),
            "message_seconds": (0, 600)}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults. An empty language, theme or zone means: as the system or the dataset
    has it. `keys` are those a person changed, a command with its keys each: "fit_all J"."""

    language: str = ""
    theme: str = ""
    zone: str = ""
    width: int = 1440
    height: int = 900
    reduced_motion: str = "system"
    text_percent: int = 100
    wheel_pans: bool = False
    single_letter_keys: bool = True
    message_seconds: int = 6
    mouse_steps: bool = False
    esc_ends: bool = False
    keys: tuple[str, ...] = ()


def folder() -> Path:
    """Where this system keeps settings of the app; it need not exist."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return base / "timeline-explorer"


def data_folder() -> Path:
    """Where this system keeps what a person made with the app, such as notes; it need not exist."""
    if sys.platform in ("win32", "darwin"):
        return folder()
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "timeline-explorer"


def load(place: Path | None = None) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings, and a notice for everything in the file that could not be used."""
    path = (place or folder()) / FILE
    try:
        found = json.loads(read_regular(path, MEGABYTE))
    except UserError as error:
        absent = error.code == "not_found"
        return Settings(), () if absent else (Problem("warning", "settings_unreadable", str(path)),)
    except (ValueError, RecursionError):
        return Settings(), (Problem("warning", "settings_unreadable", str(path)),)
    if not isinstance(found, dict):
        return Settings(), (Problem("warning", "settings_unreadable", str(path)),)
    return _taken(found, str(path))


def save(settings: Settings, place: Path | None = None) -> None:
    """Keep the settings; a folder that cannot be written is a UserError."""
    target = place or folder()
    text = json.dumps(asdict(settings), indent=1, ensure_ascii=True) + "\n"
    try:
        target.mkdir(parents=True, exist_ok=True)
        write_atomic(target / FILE, text.encode())
    except OSError:
        raise UserError("settings_not_saved", path=target) from None


def _taken(found: dict[str, object], path: str) -> tuple[Settings, tuple[Problem, ...]]:
    values: dict[str, object] = {}
    notices: list[Problem] = []
    for field in fields(Settings):
        if field.name not in found:
            continue
        if _fits(field.name, field.default, found[field.name]):
            value = found[field.name]
            values[field.name] = tuple(value) if isinstance(value, list) else value
        else:
            notices.append(Problem("warning", "setting_not_used", path, field=field.name))
    return Settings(**values), tuple(notices)


def _fits(name: str, default: object, value: object) -> bool:
    if type(default) is tuple:
        return type(value) is list and len(value) <= MOST_KEYS and all(
            type(one) is str and len(one) <= LONGEST_KEY for one in value)
    if type(value) is not type(default):
        return False
    if name in _ONE_OF:
        return value in _ONE_OF[name]
    low, high = _BETWEEN.get(name, (0, 0))
    return name not in _BETWEEN or low <= value <= high

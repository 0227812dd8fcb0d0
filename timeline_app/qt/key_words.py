"""Keys in words: "Ctrl+Shift+P" as the caps a reader looks for, and the keys of each command after overrides.

Pure but for its place beside the widgets; what a key does is `actions`.
"""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from timeline_app.base.text import Texts
from timeline_app.viewmodel.commands import COMMANDS, Command, by_id

MODIFIERS = ("Ctrl", "Shift", "Alt")
RESERVED = ("Tab", "Backtab", "Shift+Backtab", "Shift+Tab")
Keys = tuple[str, ...]


def caps(key: str, texts: Texts) -> Keys:
    """The caps of a portable key name: "Ctrl+Left" -> ("Ctrl", "←")."""
    parts: list[str] = []
    rest = key
    for name in MODIFIERS:
        if rest.startswith(f"{name}+") and len(rest) > len(name) + 1:
            parts.append(name)
            rest = rest[len(name) + 1:]
    return tuple(_cap(part, texts) for part in (*parts, rest))


def _cap(name: str, texts: Texts) -> str:
    key = f"command.key.{name}"
    return texts.get(key) if texts.has(key) else name


def one_line(keys: Sequence[str], texts: Texts) -> str:
    """All keys of a command on one line: "/  ·  Ctrl F"; twins such as Return and Enter once."""
    return " · ".join(dict.fromkeys(" ".join(caps(key, texts)) for key in keys))


def key_map(mode: str, overrides: Mapping[str, Keys] | None = None, letters: bool = True) -> dict[str, Keys]:
    """The keys of each command of a mode. A key that an override takes is taken from the command that had it;
    without `letters` no key is a single character.
    """
    wanted = {one.id: tuple(keys) for one in of_mode(mode) if (keys := (overrides or {}).get(one.id)) is not None}
    taken: dict[str, str] = {}
    for command_id, keys in wanted.items():
        for key in keys:
            taken.setdefault(key, command_id)
    found: dict[str, Keys] = {}
    for command in of_mode(mode):
        keys = wanted.get(command.id, command.keys)
        kept = tuple(key for key in keys if taken.get(key, command.id) == command.id)
        found[command.id] = kept if letters else tuple(key for key in kept if len(key) > 1)
    return found


def given(overrides: Mapping[str, Keys], command_id: str, keys: Keys | None) -> dict[str, Keys]:
    """The overrides with other keys for one command, taken from whom they were given to; None gives it its own."""
    taken, modes = set(keys or ()), by_id(command_id).modes
    changed = {one: tuple(key for key in had if key not in taken or not by_id(one).modes & modes)
               for one, had in overrides.items()}
    changed.pop(command_id, None)
    return changed if keys is None else changed | {command_id: keys}


def written(overrides: Mapping[str, Keys]) -> Keys:
    """Overrides as the settings keep them, a command with its keys each: "fit_all J"; a space in the name of a key, as
    in "Volume Up", is written as an underscore."""
    return tuple(" ".join((one, *(key.replace(" ", "_") for key in keys))) for one, keys in overrides.items())


def read(lines: Sequence[str]) -> dict[str, Keys]:
    """Overrides from the settings; what no command and what no key is, is left out."""
    known = {one.id for one in COMMANDS}
    parts = [line.split() for line in lines]
    return {one[0]: tuple(filter(is_key, map(_spaced, one[1:]))) for one in parts if one and one[0] in known}


def _spaced(key: str) -> str:
    """The name of a key with its spaces; the underscore of the key of that name stays."""
    return re.sub(r"(?<=[A-Za-z])_(?=[A-Za-z])", " ", key)


def is_key(name: str) -> bool:
    """Whether Qt knows a key of that portable name."""
    sequence = QKeySequence(name, QKeySequence.SequenceFormat.PortableText)
    return sequence.count() == 1 and sequence[0].key() != Qt.Key.Key_unknown and name not in (*RESERVED, "Esc")


def of_mode(mode: str) -> tuple[Command, ...]:
    """The commands of a mode, in the order of the table."""
    return tuple(one for one in COMMANDS if mode in one.modes)

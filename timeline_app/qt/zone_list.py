"""All time zones as options to choose from: the dataset's, UTC and this computer's first, the others by name."""
from __future__ import annotations

import zoneinfo
from functools import cache

from PySide6.QtCore import QTimeZone

from timeline_app.base.text import Texts
from timeline_app.domain import zones
from timeline_app.qt.chooser import Option
from timeline_app.viewmodel import wording

_OTHER_NAMES_OF_UTC = {f"{prefix}{name}" for prefix in ("", "Etc/") for name in ("UTC", "UCT", "Universal", "Zulu")}


def here() -> str:
    """This computer's zone, "" where it has none that is known."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    if name in _OTHER_NAMES_OF_UTC:
        return "UTC"
    return name if zones.is_zone(name) else ""


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(name for name in zoneinfo.available_timezones() if "/" in name and zones.is_zone(name)))


def options(own: str, texts: Texts) -> list[Option]:
    """The three likely zones with a note why, then every zone of the IANA list with a place in its name."""
    notes = {own: "explore.zone.own", "UTC": "explore.zone.utc", here(): "explore.zone.here"}
    if own == here():
        notes[own] = "explore.zone.own_and_here"
    first = [_option(name, texts.get(key), texts) for name, key in notes.items() if name]
    return first + [_option(name, name, texts) for name in _names() if name not in notes]


def _option(name: str, note: str, texts: Texts) -> Option:
    return Option(name, wording.zone_name(name, texts), note, name.replace("_", " ").replace("/", " "))

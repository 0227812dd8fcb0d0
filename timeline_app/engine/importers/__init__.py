"""The formats that open: one module each, imported when it is needed. Importers do not know each other.

A module has `recognise(path) -> bool`, cheap and without reading rows, and `read(path) -> Reading`; one that says
`BUILDS` takes a `Building` as well.
"""
from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

from timeline_app.base.problems import UserError
from timeline_app.engine.reading import Building, Reading

IMPORTERS = {
    "package": "timeline_app.engine.importers.package",
    "events_table": "timeline_app.engine.importers.events_table",
    "tweet_counts": "timeline_app.engine.importers.tweet_counts",
    "tweets": "timeline_app.engine.importers.tweets",
}


def importer_for(path: Path) -> ModuleType:
    """The first module of the table that recognises what is at the path; UserError if none does."""
    for module in map(importlib.import_module, IMPORTERS.values()):
        if module.recognise(path):
            return module
    raise UserError("unknown_format", path=path)


def read(path: Path, building: Building | None = None) -> Reading:
    """What is at the path; a store of tweets that has to be built for it is built so."""
    module = importer_for(path)
    return module.read(path, building) if getattr(module, "BUILDS", False) else module.read(path)

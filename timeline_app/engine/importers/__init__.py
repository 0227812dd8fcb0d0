"""The formats that open: one module each, imported when it is needed. Importers do not know each other.

A module has `recognise(path) -> bool`, cheap and without reading rows, and `read(path) -> Reading`.
"""
from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

from timeline_app.base.problems import UserError

IMPORTERS = {
    "package": "timeline_app.engine.importers.package",
    "events_table": "timeline_app.engine.importers.events_table",
}


def importer_for(path: Path) -> ModuleType:
    """The first module of the table that recognises what is at the path; UserError if none does."""
    for module in map(importlib.import_module, IMPORTERS.values()):
        if module.recognise(path):
            return module
    raise UserError("unknown_format", path=path)

"""Where the shipped files are. The only module that knows; nothing is read here."""
from __future__ import annotations

from pathlib import Path

from timeline_app.base.problems import UserError

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE.parent / "resources", _PACKAGE / "_resources")


def root() -> Path:
    """The folder of shipped resources: beside the package in a checkout, inside it when installed."""
    for place in _PLACES:
        if place.is_dir():
            return place
    raise UserError("no_resources", place=_PLACES[0])


def path(*parts: str) -> Path:
    """A path inside the resources folder; it need not exist."""
    return root().joinpath(*parts)


def bundled_dataset(name: str) -> Path | None:
    """The folder of the bundled dataset of that name, or None when there is none."""
    folder = path("datasets", name)
    plain = bool(name) and all(c.isalnum() or c in "-_" for c in name)
    return folder if plain and (folder / "datapackage.json").is_file() else None

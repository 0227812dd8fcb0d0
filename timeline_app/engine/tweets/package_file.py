"""The `datapackage.json` of a folder that holds imported collections and nothing else. One that a person wrote, or has
changed since, is never touched.

Its bytes follow from the collections alone: no clock, no path, no name of the folder. Reading it is in the importers.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from pathlib import Path

from timeline_app.base.safe_io import MEGABYTE, read_regular, write_atomic
from timeline_app.engine.tweets.store import Manifest

NAME = "datapackage.json"
_LIMIT = 16 * MEGABYTE
_MARK = "imported"
_SPACE = uuid.UUID("6f1b7a52-0c5e-4c0b-9b58-6a2d3d2f5a11")
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_MOST_NAMED, _MOST_LISTED = 3, 1_000
_SLUG = re.compile("[^a-z0-9]+")


def write_package(folder: Path, collections: Mapping[str, Manifest], pointer: str) -> bool:
    """Describe the collections of a folder, unless somebody else describes it; whether the description is ours.
    `pointer` is where a collection stands in the folder, with its name in braces."""
    path = folder / NAME
    if path.exists() and not _is_ours(read_regular(path, _LIMIT, follow=True)):
        return False
    write_atomic(path, _written(_described(collections, pointer)))
    return True


def _is_ours(data: bytes) -> bool:
    """Whether this module wrote these bytes: they bear the hash of what they say."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and _MARK in said and _written(
        {name: one for name, one in said.items() if name != _MARK}) == data


def _written(said: dict[str, object]) -> bytes:
    plain = json.dumps(said, ensure_ascii=False, indent=1)
    mark = {_MARK: hashlib.sha256(plain.encode()).hexdigest()}
    return f"{json.dumps(said | mark, ensure_ascii=False, indent=1)}\n".encode()


def _described(collections: Mapping[str, Manifest], pointer: str) -> dict[str, object]:
    found = dict(sorted(collections.items()))
    hashes = [[name, sorted(one.sha256 for one in manifest.sources)] for name, manifest in found.items()]
    files = [one.name for manifest in found.values() for one in manifest.sources]
    title = ", ".join(files[:_MOST_NAMED]) + (f" +{len(files) - _MOST_NAMED}" if len(files) > _MOST_NAMED else "")
    return {"$schema": _PROFILE, "id": str(uuid.uuid5(_SPACE, json.dumps(hashes))),
            "name": _SLUG.sub("-", title.lower()).strip("-")[:80] or "tweets", "title": title,
            "resources": [_resource(name, manifest, pointer) for name, manifest in found.items()]}


def _resource(name: str, manifest: Manifest, pointer: str) -> dict[str, object]:
    """A collection: its files are named with size and hash, and not copied."""
    sources = [{"title": one.name, "bytes": one.size, "hash": f"sha256:{one.sha256}"}
               for one in manifest.sources[:_MOST_LISTED]]
    return {"name": f"tweets-{name.lower()}", "path": pointer.format(name), "format": "json",
            "mediatype": "application/json", "tweets": manifest.tweets, "sources": sources}

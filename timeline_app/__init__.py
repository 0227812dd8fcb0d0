"""Timeline Explorer. Only the version is here, so that importing it costs nothing; `open` comes when it is
asked for."""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """`open` of the Python interface, found by name so that no floor imports upward through this package."""
    if name != "open":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module("timeline_app.api").open

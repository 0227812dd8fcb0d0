"""The package that tests here write and read, and bundles of a kiosk."""
from __future__ import annotations

from packages import package  # noqa: F401
from shelves import bundles, place  # noqa: F401

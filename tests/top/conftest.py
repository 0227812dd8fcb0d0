"""The package that tests here write and read."""
from __future__ import annotations

from packages import package  # noqa: F401

"""Read by every Python that a test starts (this folder is on its PYTHONPATH): arms it against the network."""

from __future__ import annotations

import armed  # noqa: F401

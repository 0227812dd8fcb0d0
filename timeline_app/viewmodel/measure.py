"""How wide a text is. The floor above measures with the bundled fonts; tests measure with a fixed width."""
from __future__ import annotations

from collections.abc import Callable

Measure = Callable[[str, int, str], float]  # text, size in px, weight ("regular" | "semibold" | "bold") -> px

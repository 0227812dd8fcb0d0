"""Invented visits to a kiosk, and what is told of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from timeline_app.engine.visits import Visits

MORNING = int(datetime(2026, 11, 26, 9, tzinfo=UTC).timestamp()) // 3600
LATER = MORNING + 24 * 3_000


def visit(kept: Visits, hour: int, language: str = "en", dwell: float = 30, screens: Iterable[str] = ("home",)) -> None:
    kept.begin(hour)
    kept.language(language, hour)
    for name in screens:
        kept.screen(name, hour)
    kept.end(dwell, hour)


def counted(times: int, hour: int = MORNING, **what: object) -> Visits:
    kept = Visits(None)
    for _ in range(times):
        visit(kept, hour, **what)
    return kept


def told(kept: Visits, counted: str, which: str = "") -> list[tuple[int, int, int]]:
    """From, until and visits of one kind of row, in hours after the morning."""
    rows = [row for row in kept.table(LATER) if (row.counted, row.which) == (counted, which)]
    return [(row.first_hour - MORNING, row.end_hour - MORNING, row.visits) for row in rows]


def lines(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))

"""`import.log` beside a store: when it was imported, on which machine, by how many workers. One JSON object a line.

None of this is in the store, whose bytes follow from its sources alone. Nothing reads the log but people.
"""

from __future__ import annotations

import platform
import time
from concurrent.futures import Executor
from pathlib import Path

import msgspec

from timeline_app.engine.tweets.building import Plan

NAME = "import.log"


class Log:
    """Begun with an import, written when it is done; one that was ended writes nothing."""

    def __init__(self, home: Path, executor: Executor | None) -> None:
        self._path, self._begun = home / NAME, time.time()
        self._workers = getattr(executor, "count", None) if executor else 0

    def write(self, plan: Plan, tweets: int) -> None:
        """One line."""
        ended = time.time()
        row = {"begun": _iso(self._begun), "seconds": round(ended - self._begun, 1), "host": platform.node(),
               "workers": self._workers, "sources": len(plan.sources), "bytes": sum(one.size for one in plan.sources),
               "tweets": tweets}
        with self._path.open("ab") as out:
            out.write(msgspec.json.encode(row) + b"\n")


def _iso(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))

"""The yardstick alone: what a blit and a sum cost on this machine now."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import harness


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    return harness.calibrate()


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))

"""The real kiosk with a bug in it, which shows when a file is there: `python buggy.py FILE PATH`.

What the bug says is made up, and must be seen nowhere.
"""

from __future__ import annotations

import sys
from pathlib import Path

from timeline_app import cli
from timeline_app.shells.kiosk import Kiosk

BUG, tick = Path(sys.argv[1]), Kiosk.tick


def broken(self: Kiosk) -> None:
    if BUG.exists():
        BUG.unlink()
        raise ValueError("as @somebody typed it")
    tick(self)


Kiosk.tick = broken
sys.exit(cli.main(["kiosk", *sys.argv[2:]]))

"""The real kiosk with a visitor in front of it who never rests, and who writes down counts all the time:
`python lively.py SEED PATH`. For kills at random points of its life.
"""

from __future__ import annotations

import random
import sys

from PySide6.QtCore import QTimer

from timeline_app import cli, exhibit
from timeline_app.engine import visits
from timeline_app.shells.kiosk import Kiosk

exhibit.SAVE_EACH_MS, visits.SAVE_EACH_S = 5, 0.0
LOT = random.Random(int(sys.argv[1]))


def begin(self: Kiosk) -> None:
    first(self)
    visitor = QTimer(self, interval=20)
    visitor.timeout.connect(lambda: act(self))
    visitor.start()


def act(window: Kiosk) -> None:
    actions = [one.target.action for one in window.view.buttons]
    window.press(LOT.choice([*actions, "start_over", "closer", "know", "play"]))


first, Kiosk.begin = Kiosk.begin, begin
sys.exit(cli.main(["kiosk", *sys.argv[2:]]))

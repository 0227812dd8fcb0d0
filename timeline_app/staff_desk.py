"""What the staff of a kiosk can do at its screen, behind the number: end it, start it again, take the counts along,
show a new exhibit from a stick, go back to the one before. Whoever makes the window makes this.
"""
from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.base import log
from timeline_app.base.problems import UserError
from timeline_app.base.text import catalogue
from timeline_app.engine import checksum, shelf, staff_pin
from timeline_app.supervise import AGAIN

if TYPE_CHECKING:
    from timeline_app.engine.visits import Visits
    from timeline_app.shells.kiosk import Kiosk

STICKS = ("/run/media", "/media", "/mnt")
VISITS, UPDATE = "visits.csv", "update"
logger = logging.getLogger(f"{log.NAME}.kiosk")


def stick(roots: tuple[str, ...] = STICKS) -> Path | None:
    """A stick that is mounted; None without one."""
    for root in map(Path, roots):
        try:
            for one in (root, *sorted((*root.glob("*"), *root.glob("*/*")))):
                if one.is_mount() and os.access(one, os.R_OK):
                    return one
        except OSError:
            continue
    return None


def bundle_on(place: Path | None) -> Path | None:
    """The newest bundle on a stick that has its hash beside it."""
    try:
        found = [one for one in place.glob("*.zip") if checksum.beside(one).is_file()] if place is not None else []
        return max(found, key=lambda one: one.stat().st_mtime, default=None)
    except OSError:
        return None


class StaffDesk:
    """Answers what the window asks. `place` is where the number is kept, `path` what the kiosk was started with, `look`
    draws a bundle before it is shown."""

    def __init__(self, window: Kiosk, place: Path | None, path: str, visits: Visits,
                 ways: tuple[Callable[[int], None], Callable[[], int], Callable[[Path], None]]) -> None:
        self._window, self._place, self._path, self._visits = window, place, Path(path), visits
        self._end, self._clock, self._look = ways
        self._door = staff_pin.Door()
        window.asked.connect(self.ask)

    def ask(self, what: str) -> None:
        """Do what the staff ask for, if they have come in by the door."""
        from timeline_app.viewmodel.kiosk import visit

        name, _, digits = what.partition(":")
        if name == "close":  # only a window on trial asks so
            self._end(0)
        elif name == "pin":
            self._try_pin(digits)
        elif self._window.visit.screen == visit.STAFF:
            {"end": lambda: self._end(0), "restart": lambda: self._end(AGAIN), "export": self._export,
             "update": self._update, "rollback": self._roll_back}.get(name, lambda: None)()

    def greet(self) -> None:
        """Whoever comes to the pad is not told what became of another's wishes."""
        left = self._door.seconds_left(self._clock())
        self._window.answer(replace(self._window.staff, shut_s=left, message=""))

    def count_down(self) -> None:
        """The pad says for how long it is still shut; to be called each second."""
        if self._window.staff.shut_s != self._door.seconds_left(self._clock()):
            self.greet()

    def _say(self, key: str, is_right: bool | None = None, **words: object) -> None:
        """A sentence on the staff's screen, with what they can do now."""
        said = catalogue(self._window.visit.setting.language).get(key, **words) if key else ""
        found = stick()
        is_shelf = shelf.is_shelf(self._path)
        can = (("export",) if found is not None and os.access(found, os.W_OK) else ()) + (
            ("update",) if is_shelf and bundle_on(found) is not None else ()) + (
            ("rollback",) if is_shelf and shelf.names_previous(self._path) else ())
        staff = replace(self._window.staff, shut_s=self._door.seconds_left(self._clock()), message=said, can=can)
        self._window.answer(staff, is_right)

    def _try_pin(self, digits: str) -> None:
        now = self._clock()
        has_pin = staff_pin.has_pin(self._place)
        is_right = not self._door.is_shut(now) and has_pin and staff_pin.is_right(self._place, digits)
        self._door = self._door.tried(is_right, now)
        logger.info("the staff's number was %s", "right" if is_right else "wrong")
        self._say("" if is_right else "kiosk.pin.wrong" if has_pin else "kiosk.pin.none", is_right)

    def _export(self) -> None:
        place = stick()
        try:
            if place is None:
                raise UserError("not_found", path=VISITS)
            self._visits.export_csv(place / VISITS)
        except (OSError, UserError) as error:
            self._failed("kiosk.staff.not_exported", error)
        else:
            self._say("kiosk.staff.exported", name=VISITS)

    def _update(self) -> None:
        """Copy, check and draw the new exhibit on a worker; it is shown when the program starts again."""
        bundle = bundle_on(stick())
        if bundle is None:
            self._say("kiosk.staff.no_bundle")
            return
        self._say("kiosk.staff.updating", name=bundle.name)
        self._window.tasks.run(UPDATE, shelf.put, bundle, self._path, self._look,
                               done=lambda _: self._say("kiosk.staff.updated", name=bundle.name),
                               failed=lambda error: self._failed("kiosk.staff.not_updated", error))

    def _roll_back(self) -> None:
        """On a worker, too: the bundle before is read whole before it is trusted."""
        self._window.tasks.run(UPDATE, shelf.roll_back, self._path, done=lambda _: self._say("kiosk.staff.rolled_back"),
                               failed=lambda error: self._failed("kiosk.staff.not_updated", error))

    def _failed(self, key: str, error: Exception) -> None:
        """Say what did not come of it, in the words of the catalogue; a bug is a bug."""
        if not isinstance(error, OSError | UserError):
            raise error
        texts = catalogue(self._window.visit.setting.language)
        reason = texts.get(f"error.{error.code}", **texts.said(error.arguments)) if isinstance(error, UserError) else (
            error.strerror or "–")
        logger.warning("the staff's wish failed: %s", getattr(error, "code", type(error).__name__))
        self._say(key, reason=reason)

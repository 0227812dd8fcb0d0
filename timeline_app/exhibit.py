"""The kiosk put together: dataset, window, the staff's door, what is counted, and word to the supervisor. It builds
what `app` builds for explore, and no more.

Nothing of a visitor is kept but counts without persons, and nothing of a person's own settings is read or written.
"""
from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.base import log
from timeline_app.base.problems import UserError
from timeline_app.base.ring_log import RingLog
from timeline_app.base.text import catalogue
from timeline_app.engine import kiosk_place, shelf, staff_pin, visits
from timeline_app.engine.visits import Visits
from timeline_app.staff_desk import StaffDesk
from timeline_app.supervise import AGAIN, HEARTBEAT, SAFE

if TYPE_CHECKING:
    from timeline_app.domain.stories import Story
    from timeline_app.engine.dataset import Dataset
    from timeline_app.shells.kiosk import Kiosk, Manner
    from timeline_app.viewmodel.kiosk.visit import Visit

SIZE, TRIAL, LOG = (1920, 1080), (1280, 720), "kiosk.log"
AGAIN_AFTER_MS = 60_000  # what cannot be opened is tried again
GOOD_AFTER_MS = 600_000  # a bundle that has run so long without a crash is known to run
HOUR_S, SAVE_EACH_MS, SECOND_MS, LOOK_S = 3600, 10_000, 1000, 120
logger = logging.getLogger(f"{log.NAME}.kiosk")


def clock_ms() -> int:
    """Milliseconds of a clock that never goes back."""
    return time.monotonic_ns() // 1_000_000


def hour_now() -> int:
    """Whole hours since 1970, UTC: the only time of the wall that a kiosk keeps."""
    return int(time.time()) // HOUR_S


def bundle_of(path: str, is_safe: bool) -> Path | str:
    """What is shown: of a shelf its current bundle, in safe mode the last known good one; else the path itself."""
    if not shelf.is_shelf(path):
        return path
    return shelf.good(Path(path)) if is_safe else shelf.current(Path(path))


def opened(path: Path | str, options: Mapping[str, object]) -> tuple[Dataset, Story | None]:
    """The dataset as visitors get it, and the story that stands in it. UserError for a story that is not there."""
    from timeline_app.engine.audience import for_audience
    from timeline_app.engine.dataset import open_dataset
    from timeline_app.telling import named_story
    from timeline_app.viewmodel.kiosk import plan

    dataset = for_audience(open_dataset(str(path)), "open_kiosk" if options.get("show_masked") else "kiosk")
    story = named_story(dataset, options) if options.get("story") else plan.default_story(dataset)
    return dataset, story


def _opened_or_closed(path: str, is_safe: bool, options: Mapping[str, object]
                      ) -> tuple[Path | str, Dataset, Story | None]:
    """The bundle, its dataset and story; where it cannot be opened and nobody sits in front of it, a screen that says
    so in both languages: it is better than a dark one. Without a supervisor the UserError is for who typed the command.
    """
    try:
        bundle = bundle_of(path, is_safe)
        return bundle, *opened(bundle, options)
    except UserError as error:
        if HEARTBEAT not in os.environ:
            raise
        logger.error("the exhibit cannot be opened: %s", error.code)
        return path, closed(), None


def closed() -> Dataset:
    """A dataset that says that there is nothing to see now."""
    from timeline_app.domain.records import Words
    from timeline_app.engine.dataset import Dataset, Meta

    said = [Words(catalogue("en").get(key), (("ko", catalogue("ko").get(key)),))
            for key in ("kiosk.closed", "kiosk.closed.ask")]
    return Dataset(Meta("closed", "closed", title=said[0], description=said[1]))


def run(path: str, options: Mapping[str, object]) -> int:
    """Stand in front of visitors until the staff end it: 0 then, 75 where it is to be started again. Options: story,
    language, theme, quiet, count (s), screen, screen_mm, still, windowed, show_masked."""
    from timeline_app.qt import heartbeat
    from timeline_app.qt.main_window import application

    if os.environ.get(HEARTBEAT):
        heartbeat.arm()  # before anything is opened, which may crash, too
    place = kiosk_place.place_of(os.environ)
    with kiosk_place.hold(place):
        _keep_log(place)
        is_safe = os.environ.get(SAFE) == "1"
        app = application()
        app.setQuitOnLastWindowClosed(False)
        bundle, dataset, story = _opened_or_closed(path, is_safe, options)
        return Stand(dataset, story, (path, bundle), options, (place, is_safe)).run(app)


def _keep_log(place: Path | None) -> None:
    log.set_up(level=logging.INFO)
    if place is not None:
        logging.getLogger(log.NAME).addHandler(RingLog(place / LOG))


def manner_of(options: Mapping[str, object], marks: tuple[str, ...] = (), is_safe: bool = False) -> Manner:
    """How the kiosk stands, by its options."""
    from timeline_app.qt.wishes import Wishes
    from timeline_app.shells.kiosk import Manner
    from timeline_app.viewmodel.kiosk.scene import Staff
    from timeline_app.viewmodel.kiosk.visit import Pace
    from timeline_app.viewmodel.state import Setting

    is_still = bool(options.get("still")) or Wishes().stillness()
    setting = Setting(str(options.get("language") or "en"), str(options.get("theme") or "gallery"),
                      text_percent=int(options.get("text_percent") or 100), still=is_still)
    pace = Pace(int(options.get("quiet") or 60) * 1000, int(options.get("count") or 20) * 1000)
    return Manner(setting, pace, is_safe, options.get("screen_mm"), str(options.get("screen") or ""),
                  bool(options.get("windowed")), clock_ms, Staff(marks=marks), bool(options.get("windowed")))


class Stand:
    """A kiosk that runs: what the window tells goes to the counts, the log and the supervisor."""

    def __init__(self, dataset: Dataset, story: Story | None, paths: tuple[str, Path | str],
                 options: Mapping[str, object], state: tuple[Path | None, bool]) -> None:
        from timeline_app.qt.heartbeat import Heartbeat
        from timeline_app.qt.tasks import Tasks
        from timeline_app.shells.kiosk import Kiosk

        self._paths, (self._place, self._is_safe) = paths, state
        self._visits = Visits(self._place)
        self._language = str(options.get("language") or "en")
        manner = manner_of(options, self._marks(), self._is_safe)
        self.window: Kiosk = Kiosk(dataset, story, manner, Tasks())
        if manner.is_windowed:
            self.window.resize(*TRIAL)
        self._status, self._began_ms, self._came_ms, self._is_good = 0, manner.clock(), 0, False
        self._heart = Heartbeat(self.window)
        self._heart.unheard.connect(lambda: self._end(0))
        self.window.changed.connect(self._changed)
        self.window.view.painted.connect(lambda: logger.info("first frame screen=%s", self.window.visit.screen))
        ways = self._end, manner.clock, look
        self.desk = StaffDesk(self.window, self._place, paths[0], self._visits, ways)

    def run(self, app: object) -> int:
        """Until the staff, the supervisor or the system end it."""
        from PySide6.QtCore import QTimer

        from timeline_app.qt import errors

        give_back = errors.install(self._bug)
        heard = Signals(self.window, lambda: self._end(0))
        for each_ms, then in ((SAVE_EACH_MS, self._keep), (SECOND_MS, self.desk.count_down)):
            timer = QTimer(self.window, interval=each_ms)
            timer.timeout.connect(then)
            timer.start()
        if not self.window.dataset.path:
            QTimer.singleShot(AGAIN_AFTER_MS, self.window, lambda: self._end(AGAIN))
        bundle = self._paths[1].name if isinstance(self._paths[1], Path) else "-"
        logger.info("begin safe=%d memory=%d bundle=%s", self._is_safe, self._place is None, bundle)
        self.window.begin()
        self._heart.begin()
        if not self.window.is_over:  # a bug in the first picture has ended it before it began
            app.exec()
        self._visits.save_now()
        heard.close()
        give_back()
        logger.info("end status=%d", self._status)
        return self._status

    def _keep(self) -> None:
        """Now and then: the counts, what is unusual, and whether the bundle is known to run."""
        now = self.window.manner.clock()
        due = self._visits.due(now / SECOND_MS)
        if due is not None:  # on a worker: a slow disk must not hold the window
            self.window.tasks.run("visits", visits.write, *due, done=self._written)
        self._mark()
        path, bundle = self._paths
        is_time = not self._is_good and not self._is_safe and now - self._began_ms > GOOD_AFTER_MS
        if isinstance(bundle, Path) and is_time:  # on a worker: it reads all bundles
            self.window.tasks.run("good", shelf.mark_good, Path(path), bundle, done=self._marked)

    def _written(self, is_kept: bool) -> None:
        self._visits.written(is_kept)
        self._mark()

    def _mark(self) -> None:
        """Let the staff read what is unusual now."""
        if self._marks() != self.window.staff.marks:
            self.window.answer(replace(self.window.staff, marks=self._marks()))

    def _marked(self, is_good: bool) -> None:
        self._is_good = is_good

    def _marks(self) -> tuple[str, ...]:
        """What is unusual, in the words of the staff."""
        texts = catalogue(self._language)
        found = (("kiosk.staff.memory", not self._visits.is_kept), ("kiosk.staff.safe", self._is_safe),
                 ("kiosk.staff.no_pin", not staff_pin.has_pin(self._place)))
        return tuple(texts.get(key) for key, is_so in found if is_so)

    def _changed(self, old: Visit, new: Visit) -> None:
        """Count what is without persons: sessions, screens, languages, how long."""
        from timeline_app.viewmodel.kiosk import visit

        hour, start = hour_now(), self.window.start
        if visit.is_untouched(new, start):
            self._visits.end(max(0, old.touched_ms - self._came_ms) // SECOND_MS, hour)
            return
        if visit.is_untouched(old, start):
            self._came_ms = new.touched_ms
            self._visits.begin(hour)
            self._visits.language(new.setting.language, hour)
            self._visits.screen(new.screen, hour)
        if visit.PIN == new.screen != old.screen:
            self.desk.greet()
        if new.setting.language != old.setting.language:
            self._visits.language(new.setting.language, hour)
        for name in _screens(old, new):
            self._visits.screen(name, hour)

    def _bug(self, report: str) -> None:
        """A bug is for the record, never for a visitor: the supervisor starts the kiosk again."""
        print(report, file=sys.stderr, flush=True)
        self._end(1)

    def _end(self, status: int) -> None:
        from PySide6.QtCore import QThread
        from PySide6.QtWidgets import QApplication

        self._status = self._status or status
        if not self.window.is_over:
            self.window.end()
        if QThread.currentThread().loopLevel():  # an exit of no loop would be that of the next one
            QApplication.exit(self._status)


def _screens(old: Visit, new: Visit) -> list[str]:
    """The screens that were come to: a card counts as one, whatever is on it."""
    found = [new.screen] if new.screen != old.screen else []
    return [*found, "card"] if new.chosen and new.chosen != old.chosen else found


class Signals:
    """Ends well when the system asks for it. Python hears a signal when it next runs, and a window that nobody touches
    runs nothing: the signal writes into a pipe that the event loop listens to."""

    def __init__(self, window: Kiosk, end: Callable[[], None]) -> None:
        from PySide6.QtCore import QSocketNotifier

        self._pipe, self._end = os.pipe(), end
        for one in self._pipe:
            os.set_blocking(one, False)
        self._before = signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._pipe[0], QSocketNotifier.Type.Read, window)
        self._notifier.activated.connect(self._heard)
        names = [name for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)]
        self._old = {name: signal.signal(getattr(signal, name), lambda *_: None) for name in names}

    def _heard(self) -> None:
        if set(os.read(self._pipe[0], 64)) & {getattr(signal, name) for name in self._old}:
            self._end()

    def close(self) -> None:
        """Hear no more."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for name, old in self._old.items():
            signal.signal(getattr(signal, name), old)
        for one in self._pipe:
            os.close(one)


def look(path: Path) -> None:
    """Draw the home screen of a bundle in a process of its own, which may crash; UserError where it cannot be drawn."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-P", "-m", "timeline_app", "snapshot", str(path), "--kiosk", "home", "-o",
                   str(Path(folder) / "home.png")]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=LOOK_S)
        except subprocess.TimeoutExpired:
            raise UserError("bundle_not_drawn", name=path.name) from None
    if done.returncode:
        raise UserError("bundle_not_drawn", name=path.name)


def picture(dataset: Dataset, output: Path, options: Mapping[str, object]) -> int:
    """Draw a screen of the kiosk into a file. Options: kiosk (its name, as `snapshot --kiosk` has it), size, language,
    theme, text_percent, screen_mm, story, moment (the one whose card is open)."""
    from timeline_app.engine.audience import for_audience
    from timeline_app.qt import export
    from timeline_app.qt.main_window import without_platform_remarks
    from timeline_app.qt.tasks import Tasks
    from timeline_app.shells.kiosk import Kiosk
    from timeline_app.telling import named_story
    from timeline_app.viewmodel.kiosk import plan

    shown = for_audience(dataset, "open_kiosk" if options.get("show_masked") else "kiosk")
    story = named_story(shown, options) if options.get("story") else plan.default_story(shown)
    name, clock = str(options["kiosk"]), [0]
    manner = replace(manner_of({**options, "windowed": True, "still": True}, is_safe=name == "safe"),
                     clock=lambda: clock[0])
    with without_platform_remarks():
        window = Kiosk(shown, story, manner, Tasks())
        try:
            window.resize(*export.drawable(options.get("size") or SIZE))
            window.show()
            for action, after_ms in _way(name, window, str(options.get("moment") or "")):
                window.press(action)
                clock[0] += after_ms
                window.tick()
            window.settle()
            export.export(window, output, (window.windowTitle(), window.view.page.spoken))
        finally:
            window.end()
            window.deleteLater()
    return 0


def _way(name: str, window: Kiosk, moment: str) -> list[tuple[str, int]]:
    """The targets that lead to a screen, and how long is waited after each."""
    from timeline_app.viewmodel.kiosk import visit

    play = window.start.plan.play
    if name in ("play", "played") and play is None:
        raise UserError("no_surge", name=window.dataset.path)
    if name in ("pin", "staff"):
        window.become(visit.staff_asked(visit.touched(window.visit, 0), 0))
        window.become(visit.admitted(window.visit, True) if name == "staff" else window.visit)
    moments = [one.id for one in window.start.plan.moments]
    chosen = moment or next(iter(moments[1:2] or moments), "")
    card = [("stay", 0), (f"moment:{chosen}", 0), ("read_warning", 0)]
    ways = {"home": [("stay", 0)], "card": card, "know": [*card, ("know", 0)], "closer": [("stay", 0), ("closer", 0)],
            "play": [("stay", 0), ("play", (play.seconds if play else 30) * 550)],
            "played": [("stay", 0), ("play", (play.seconds if play else 30) * 1000)],
            "countdown": [*card, ("stay", window.manner.pace.quiet_ms + 5_000)]}
    return ways.get(name, [])

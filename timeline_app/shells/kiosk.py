"""The kiosk: one window for a visitor who stands alone in front of it, all day. Every touch and every tick of the clock
becomes a pure move of the visit; what follows on the screen is here and nowhere else.
"""
from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from timeline_app.base.text import catalogue
from timeline_app.domain.stories import Story
from timeline_app.engine.dataset import Dataset
from timeline_app.qt import ink, safe_text, theme
from timeline_app.qt.access import Announcer
from timeline_app.qt.kiosk_guard import KioskGuard
from timeline_app.qt.kiosk_lanes import KioskLanes
from timeline_app.qt.kiosk_view import KioskView
from timeline_app.qt.stay_awake import StayAwake
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel import walk
from timeline_app.viewmodel.kiosk import plan, screens, visit
from timeline_app.viewmodel.kiosk.page import Room
from timeline_app.viewmodel.kiosk.scene import Scene, Staff
from timeline_app.viewmodel.kiosk.visit import Pace, Start, Visit
from timeline_app.viewmodel.state import Setting, View, ViewState

TICK_MS = 50
REST_MS = 250  # between two looks at a screen that does not move
HOLD_MS = 5_000
FALLBACK_MM = 96 / 25.4
LEAST_DPI, MOST_DPI = 20.0, 400.0
KEYS = {Qt.Key.Key_Left: "earlier", Qt.Key.Key_Right: "later", Qt.Key.Key_Plus: "zoom_in", Qt.Key.Key_Minus: "zoom_out"}


@dataclass(frozen=True, slots=True)
class Manner:
    """How the kiosk stands: what a visit begins with, its pace, whether it is plain (safe mode), the size of the screen
    in mm (None: as the system says), the screen's name ("": the first one), whether the window is left to the desktop,
    a clock in ms that never goes back, and what the staff read."""

    setting: Setting
    pace: Pace = Pace()
    is_plain: bool = False
    screen_mm: tuple[float, float] | None = None
    screen: str = ""
    is_windowed: bool = False
    clock: Callable[[], int] = lambda: 0
    staff: Staff = Staff()
    is_trial: bool = False  # a window with a frame that whoever tries it can close


class Kiosk(QWidget):
    """The window. `changed` is sent with the visit before and after; `asked` with what the staff ask for ("end",
    "restart", "export", "update", "rollback", "pin:<digits>", "close"): who listens answers with `answer`. `is_over`
    lets it be closed."""

    changed = Signal(object, object)
    asked = Signal(str)

    def __init__(self, dataset: Dataset, story: Story | None, manner: Manner, tasks: Tasks) -> None:
        super().__init__()
        self.dataset, self.story, self.tasks, self.manner = dataset, story, tasks, manner
        self.is_over = False
        # Asked for at each tick, and found by reading every event and bin: once is enough.
        self._opening, self._limits = walk.opening(dataset).view, walk.limits_of(dataset)
        self.staff = manner.staff
        self.view = KioskView(self)
        self.view.chosen.connect(self.press)
        self.view.dragged.connect(lambda by: self.press(f"drag:{by}"))
        self.visit = visit.begin(self.start_in(manner.setting.language), manner.clock())
        self._lanes: KioskLanes | None = None
        self._drawn: tuple[object, ...] = ()
        self._held_since: int | None = None
        self._announcer = Announcer(self)
        said = catalogue(manner.setting.language).get("kiosk.window")
        self._awake = StayAwake(said, said, self)
        self._said = ""
        self.guard = KioskGuard(lambda: self.visit.screen == visit.ATTRACT, self.touch, self._pointed,
                                self._show_cursor)
        self.ticker = QTimer(self, interval=TICK_MS)
        self.ticker.timeout.connect(self.tick)
        self._dress()

    def _dress(self) -> None:
        self.setWindowTitle(catalogue(self.manner.setting.language).get("kiosk.window"))
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint, not self.manner.is_trial)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPalette(theme.qt_palette(theme.palette(self.manner.setting.theme)))
        self.setAutoFillBackground(True)
        self.setCursor(Qt.CursorShape.BlankCursor)
        safe_text.name(self, self.windowTitle())
        app = QGuiApplication.instance()
        for signal in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            signal.connect(self._screens_changed)

    def start_in(self, language: str) -> Start:
        """What a visit begins with, its words in a language."""
        return Start(plan.plan(self.dataset, self.story, language), self.manner.setting, self._opening, self._limits,
                     self.manner.pace, self.manner.is_plain)

    @property
    def start(self) -> Start:
        """What a visit begins with, in the language of now."""
        return self.start_in(self.visit.setting.language)

    def begin(self) -> None:
        """Show the window, stand between it and the visitor, let the clock run."""
        self.guard.arm()
        self._put()
        self._awake.begin()
        self.ticker.start()
        self.refresh()

    def end(self) -> None:
        """Let go of everything; the window can be closed now."""
        self.is_over = True
        self._awake.end()
        self.ticker.stop()
        self.guard.disarm()
        self.close()

    def press(self, action: str) -> None:
        """A target was pressed."""
        name, _, argument = action.partition(":")
        if name == "staff":
            self.become(visit.touched(self.visit, self.manner.clock()))
            self.asked.emit(f"pin:{self.visit.digits}" if argument == "enter" else argument)
            return
        self.become(visit.pressed(self.visit, action, self.start, self.manner.clock()))

    def touch(self, is_pointer: bool) -> None:
        """Somebody is there. While it is being asked whether they are, a finger is on a button that says so, and counts
        when it is lifted."""
        now = self.manner.clock()
        if is_pointer and visit.is_counting(self.visit, self.start, now):
            return
        self.become(visit.touched(self.visit, now))

    def tick(self) -> None:
        """Time has passed."""
        now = self.manner.clock()
        if self._held_since is not None and now - self._held_since >= HOLD_MS:
            self._held_since = None
            self.become(visit.staff_asked(self.visit, now))
            return
        self.become(visit.ticked(self.visit, self.start, now))

    def answer(self, staff: Staff, is_right: bool | None = None) -> None:
        """What came of what the staff asked; `is_right` where it was a number."""
        self.staff = staff
        if is_right is not None:
            self.visit = visit.admitted(self.visit, is_right)
        self.refresh()

    def become(self, new: Visit) -> None:
        """Take on a visit."""
        old, self.visit = self.visit, new
        if visit.essence(old) != visit.essence(new):
            if self._lanes is not None and visit.is_untouched(new, self.start):
                self._lanes.begin_again(ViewState(new.view, self._lane_setting()))
            self.changed.emit(old, new)
        self.refresh()

    def refresh(self) -> None:
        """Draw the visit of now, if anything of it has changed."""
        now = self.manner.clock()
        moves = self.visit.screen == visit.ATTRACT and not self.visit.setting.still
        frame = now // TICK_MS if moves else now // REST_MS if self._is_counting(now) else now // screens.SHIFT_MS
        sentence = now // 1000 if self.visit.screen == visit.ATTRACT else 0
        key = (visit.essence(self.visit), frame, sentence, self.width(), self.height(), self.staff,
               self._is_counting(now))
        if key == self._drawn or self.width() < 2:
            return
        self._drawn = key
        self._show(now)

    def settle(self) -> None:
        """Have everything on screen that is still to come."""
        if self._lanes is not None and self._lanes.isVisible():
            self._lanes.settle()
        self.tasks.settle()
        self.refresh()

    def _is_counting(self, now: int) -> bool:
        return visit.is_counting(self.visit, self.start, now)

    def _show(self, now: int) -> None:
        scene = Scene(self.visit, self.start, self.dataset, self.room, now, self.staff)
        page = screens.page(scene)
        if page.lanes is not None:
            self._show_lanes()
        self.view.setGeometry(self.rect())
        self.view.show_page(page, self.visit.setting.theme)
        if page.spoken != self._said and page.name != visit.ATTRACT:
            self._announcer.say(page.spoken)
        self._said = page.spoken

    def _show_lanes(self) -> None:
        setting = self._lane_setting()
        if self._lanes is None:
            self._lanes = KioskLanes(self.dataset, ViewState(self.visit.view, setting), self.tasks, self.view)
            self._lanes.looked.connect(self._looked)
            self.view.lanes = self._lanes
        self._lanes.show_state(self.visit.view, setting)

    def _looked(self, view: View) -> None:
        self.become(visit.looked(self.visit, view, self.manner.clock()))

    def _lane_setting(self) -> Setting:
        """The lanes in letters that are read at arm's length."""
        setting = self.visit.setting
        percent = round(setting.text_percent * max(1.0, 1.35 * min(self.width(), self.height()) / 1080))
        return replace(setting, text_percent=percent)

    @property
    def room(self) -> Room:
        """What the window has to stand on."""
        return Room(float(self.width()), float(self.height()), self.px_per_mm, self.visit.setting.text_percent,
                    ink.width)

    @property
    def px_per_mm(self) -> float:
        """Px in a millimetre: as told, else as the screen says, where that can be."""
        if self.manner.screen_mm is not None:
            return self.width() / self.manner.screen_mm[0]
        dpi = self.screen().physicalDotsPerInch()
        return dpi / 25.4 if LEAST_DPI <= dpi <= MOST_DPI else FALLBACK_MM

    def _pointed(self, at: QPointF | None) -> None:
        """A finger that is held in the upper left corner for five seconds asks for the staff's pad."""
        side = self.room.target
        local = self.mapFromGlobal(at) if at is not None else None
        is_in = local is not None and 0 <= local.x() < side and 0 <= local.y() < side
        if not is_in:
            self._held_since = None
        elif self._held_since is None:
            self._held_since = self.manner.clock()

    def _show_cursor(self, is_mouse: bool) -> None:
        """An arrow for who has a mouse, none for a finger, which knows where it is."""
        shape = Qt.CursorShape.ArrowCursor if is_mouse else Qt.CursorShape.BlankCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def _put(self) -> None:
        """Fill the screen, whatever was before."""
        if self.manner.is_windowed:
            self.show()
            return
        screen = self._own_screen()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.raise_()
        self.activateWindow()

    def _own_screen(self) -> QScreen:
        """The screen that was named by its name or serial number, else the first."""
        wanted = self.manner.screen
        named = (one for one in QGuiApplication.screens() if wanted and wanted in (one.name(), one.serialNumber()))
        return next(named, QGuiApplication.primaryScreen())

    def _screens_changed(self, _: object = None) -> None:
        if not self.is_over and self.isVisible():
            QTimer.singleShot(0, self, self._put_again)

    def _put_again(self) -> None:
        if not self.is_over:
            with contextlib.suppress(RuntimeError):  # a screen that has just gone
                self._put()

    def changeEvent(self, event: QEvent) -> None:
        """A window that was made small is made large again."""
        super().changeEvent(event)
        is_small = not self.isFullScreen() or self.isMinimized()
        if event.type() == QEvent.Type.WindowStateChange and is_small and not self.manner.is_windowed:
            QTimer.singleShot(0, self, self._put_again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything has its place in px."""
        super().resizeEvent(event)
        self.view.setGeometry(self.rect())
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from moment to moment, digits type on the pad."""
        if self.visit.screen == visit.PIN and event.text().isdecimal():
            self.press(f"digit:{event.text()}")
        elif event.key() in KEYS:
            action = KEYS[event.key()]
            if self.visit.screen == visit.CLOSER:
                action = {"earlier": "pan_earlier", "later": "pan_later"}.get(action, action)
            if action in [one.action for one in self.view.page.front.targets]:
                self.press(action)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody closes it but the staff, or who only tries it."""
        if not self.is_over:
            event.ignore()
            if self.manner.is_trial:
                self.asked.emit("close")
            return
        self.tasks.close()
        super().closeEvent(event)

"""The lanes in the kiosk, for who looks closer: the canvas that explore has, with fingers and without anything to leave
it by.
"""
from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from timeline_app.base.text import catalogue
from timeline_app.engine.dataset import Dataset
from timeline_app.qt import ink, theme
from timeline_app.qt.bind import listen
from timeline_app.qt.canvas import Canvas
from timeline_app.qt.gestures import Gestures
from timeline_app.qt.stage_headings import StageHeadings
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel import shown_lanes
from timeline_app.viewmodel.frame import Frame, FrameRequest, compose
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import Setting, View, ViewState

FRAME_MS = 24
COLUMN, LEAST_COLUMN, SHARE = 0.16, 190, 0.34  # of the width, px at 100 %, and of the width again: never more
NAME = "kiosk frame"


class KioskLanes(QWidget):
    """Lanes with their headings. `looked` sends the view that a hand has made."""

    looked = Signal(object)

    def __init__(self, dataset: Dataset, state: ViewState, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.session = Session(dataset, state)
        setting = state.setting
        self.canvas = Canvas(self.session, catalogue(setting.language), theme.palette(setting.theme))
        self.canvas.setParent(self)
        self.canvas.needs_frame.connect(self._ask_frame)
        self.canvas.first = tasks.first
        self.canvas.tip.blockSignals(True)  # no words come up by themselves
        self.headings = StageHeadings(self.canvas, self)
        self.gestures = Gestures(self.canvas, self.session, lambda *_: None)
        self._is_told = False
        tasks.pace(NAME, FRAME_MS)
        listen(self, self.session, self._changed)

    def show_state(self, view: View, setting: Setting) -> None:
        """Look at a view; nothing that was marked stays."""
        state = ViewState(replace(view, marked=None), setting)
        before = self.session.state
        self._is_told = True
        self.session.become(state)
        self._is_told = False
        if setting != before.setting:
            self.canvas.set_look(catalogue(setting.language), theme.palette(setting.theme))
            self.setPalette(theme.qt_palette(theme.palette(setting.theme)))
            self._lay_out()
        self._ask_frame()

    def begin_again(self, state: ViewState) -> None:
        """As if nobody had been here."""
        self.gestures.stop()
        self.show_state(state.view, state.setting)
        self.canvas.arrive()
        self.session.forget()

    def settle(self) -> None:
        """Be at the end of every way, with the exact picture."""
        self.canvas.arrive()
        self._tasks.settle()

    def _changed(self, state: ViewState) -> None:
        self.canvas.show_state(state)
        if not self._is_told:
            self.looked.emit(state.view)

    def _lay_out(self) -> None:
        shown = shown_lanes.shown(self.session.dataset, self.session.state.view.lanes)
        percent = self.session.state.setting.text_percent
        wished = max(self.width() * COLUMN, LEAST_COLUMN * percent / 100)
        column = round(min(wished, self.width() * SHARE)) if len(shown) > 1 else 0
        self.headings.setGeometry(0, 0, column, self.height())
        self.headings.setVisible(column > 0)
        self.canvas.setGeometry(column, 0, self.width() - column, self.height())

    def _ask_frame(self) -> None:
        canvas = self.canvas
        request = FrameRequest(self.session.dataset, canvas.shown, canvas.lane_width, canvas.lane_height, ink.width)
        self._tasks.run(NAME, compose, request, self._tasks.give_way, done=self._take_frame)

    def _take_frame(self, frame: Frame) -> None:
        self.canvas.show_frame(frame)
        self.headings.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Headings and canvas share the width."""
        super().resizeEvent(event)
        self._lay_out()

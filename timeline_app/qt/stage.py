"""The audience's screen as a widget: headline, sentence, a living timeline, answers, footnote, nothing else.

The audience window, the small copies of the presenter, snapshots and exports all draw with it. Where things stand is
`viewmodel.stage_layout`, what they say `viewmodel.stage`; the timeline is the canvas that explore has.
"""
from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from timeline_app.base.text import catalogue
from timeline_app.engine.dataset import Dataset
from timeline_app.qt import fonts, ink, ruler, safe_text, theme
from timeline_app.qt.bind import listen
from timeline_app.qt.canvas import Canvas
from timeline_app.qt.ink import Ink, TextBox
from timeline_app.qt.stage_cover import StageCover
from timeline_app.qt.stage_headings import StageHeadings
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel import moves, stage, stage_layout, walk
from timeline_app.viewmodel.frame import Frame, FrameRequest, compose
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.stage import StageDoc
from timeline_app.viewmodel.stage_layout import Layout
from timeline_app.viewmodel.state import Setting, ViewState

FRAME_MS = 24
COLUMN, LEAST_COLUMN = 0.17, 0.29  # of the width, of the height: for the titles of lanes where there are several
_EMPTY = Layout((), (0.0, 0.0, 1.0, 1.0), None, 100)


class Stage(QWidget):
    """Shows `StageDoc`s over a session of its own. `arrived` is sent with each exact picture; keys of jobs begin with
    `name`, so that several stages can share workers."""

    arrived = Signal()

    def __init__(self, dataset: Dataset, setting: Setting, tasks: Tasks, name: str = "stage") -> None:
        super().__init__()
        self._dataset, self._tasks, self._name, self._setting = dataset, tasks, name, setting
        self._texts, self._colours = catalogue(setting.language), theme.palette(setting.theme)
        self.doc: StageDoc | None = None
        self.boxes: list[TextBox] | None = None
        self._layout = _EMPTY
        self._ahead: dict[tuple, Frame] = {}
        self.session = Session(dataset, walk.opening(dataset, setting))
        self.canvas = Canvas(self.session, self._texts, self._colours)
        self.canvas.setParent(self)
        self.canvas.needs_frame.connect(self._ask_frame)
        self.canvas.first = tasks.first
        self.headings = StageHeadings(self.canvas, self)
        self.cover = StageCover(self)
        tasks.pace(f"{name} frame", FRAME_MS)
        listen(self, self.session, self._changed)
        self.setPalette(theme.qt_palette(self._colours))

    def show_doc(self, doc: StageDoc, flies: bool = True) -> None:
        """Show a step: its words at once, its timeline by a flight, or at once where a flight is under way already."""
        flies = flies and not self.canvas.is_under_way
        self.doc = doc
        self.canvas.remarks = doc.remarks
        seen = stage.seen(doc, self._dataset)
        if seen is not self.session.dataset:
            self.session.take(seen)
        before = self._layout.percent
        self._lay_out()
        self.session.become(self._sized(doc.state), glides=flies)
        if self._layout.percent != before:
            self.canvas.set_look(self._texts, self._colours)
        ready = self._ahead.get(self._key(doc))
        if not flies:
            self.canvas.arrive()
            if ready is not None:
                self.canvas.show_frame(ready)
        safe_text.name(self, stage.spoken(doc, self._texts))
        self._ask_frame()
        self.update()

    def prepare(self, doc: StageDoc) -> None:
        """Work out the picture of a step that may come next, so that it is there when it comes."""
        key = self._key(doc)
        if key in self._ahead or self.width() < 2:
            return
        request = self._request(doc, stage_layout.laid_out(doc, (self.width(), self.height()), fonts.width))
        self._tasks.run(f"{self._name} ahead", compose, request, done=lambda frame: self._keep(key, frame))

    def settle(self) -> None:
        """Be at the end of every way, with the exact picture."""
        self.canvas.arrive()
        self._tasks.settle()

    def set_cover(self, cover: str) -> None:
        """"black", "white" or "" for none."""
        self.cover.set_cover(cover, self._texts)

    def set_spotlight(self, at: QPointF | None) -> None:
        """Darken everything but a circle around a place given as shares of the screen; None lights it all."""
        self.cover.set_spotlight(at)

    def _sized(self, state: ViewState) -> ViewState:
        return moves.set_up(state, text_percent=self._layout.percent, still=self._setting.still)

    def _key(self, doc: StageDoc) -> tuple:
        """What a picture depends on: the guess too, whose answers are not in it, and the room that the words leave."""
        timeline = stage_layout.laid_out(doc, (self.width(), self.height()), fonts.width).timeline
        return doc.state, timeline, doc.withheld

    def _keep(self, key: tuple, frame: Frame) -> None:
        if len(self._ahead) > 3:
            self._ahead.pop(next(iter(self._ahead)))
        self._ahead[key] = frame

    def _request(self, doc: StageDoc, layout: Layout) -> FrameRequest:
        """The frame of a step as it will be asked for when it is shown."""
        state = moves.set_up(doc.state, text_percent=layout.percent, still=self._setting.still)
        _, _, wide, high = layout.timeline
        lanes = float(round(wide) - self._column(state)), float(round(high) - ruler.height(layout.percent))
        return FrameRequest(stage.seen(doc, self._dataset), state, *lanes, ink.width)

    def _column(self, state: ViewState) -> int:
        if not StageHeadings.is_needed(self._dataset, state.view.lanes):
            return 0
        return round(max(self.width() * COLUMN, self.height() * LEAST_COLUMN))

    def _lay_out(self) -> None:
        self.cover.setGeometry(self.rect())
        self.cover.raise_()
        if self.doc is None or self.width() < 2:
            return
        self._layout = stage_layout.laid_out(self.doc, (self.width(), self.height()), fonts.width)
        x, y, wide, high = (round(one) for one in self._layout.timeline)
        column = self._column(self.doc.state)
        self.headings.setGeometry(x, y, column, high)
        self.headings.setVisible(column > 0 and self.doc.lanes > 0)
        self.canvas.setVisible(self.doc.lanes > 0)
        self.canvas.setGeometry(x + column, y, wide - column, high)

    def _changed(self, state: ViewState) -> None:
        self.canvas.show_state(state)

    def _ask_frame(self) -> None:
        if self.doc is None:
            return
        canvas = self.canvas
        request = FrameRequest(self.session.dataset, canvas.shown, canvas.lane_width, canvas.lane_height, ink.width)
        self._tasks.run(f"{self._name} frame", compose, request, self._tasks.give_way, done=self._take_frame)

    def _take_frame(self, frame: Frame) -> None:
        self.canvas.show_frame(frame)
        self.headings.update()
        self.arrived.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All sizes are shares of the height."""
        super().resizeEvent(event)
        self._ahead.clear()
        self._lay_out()
        if self.doc is not None:
            self.session.become(self._sized(self.session.state), discrete=False)
            self.canvas.set_look(self._texts, self._colours)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The words; the timeline paints itself."""
        painter = QPainter(self)
        if self.boxes is not None:
            self.boxes.clear()
        whole = QRectF(self.rect())
        drawn = Ink(painter, self._colours, whole, self.boxes, "stage")
        drawn.rect(whole, "ground")
        if self._layout.side is not None:
            drawn.rect(QRectF(*self._layout.side), "panel")
        for line in self._layout.lines:
            drawn.text(QPointF(line.x, line.y), line.text, line.style)
        painter.end()


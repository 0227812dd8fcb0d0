"""Keeps the figures of the marked span up to date: counted on a worker, told when they are there."""
from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from timeline_app.base.text import Texts, catalogue
from timeline_app.qt.bind import listen
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel import marked
from timeline_app.viewmodel.marked import Marked
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState


class SpanReadout(QObject):
    """`told` sends lines: how long the marked span is, how many events it has, what was counted in it; none without a
    span."""

    told = Signal(object)

    def __init__(self, session: Session, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._tasks = session, tasks
        self._asked: tuple = ()
        listen(self, session, self._changed)

    @property
    def texts(self) -> Texts:
        """The catalogue of now."""
        return catalogue(self._session.state.setting.language)

    def _changed(self, state: ViewState) -> None:
        view, dataset = state.view, self._session.dataset
        asked = (view.marked, dataset, view.lanes, state.setting.language) if view.marked is not None else ()
        if asked == self._asked:
            return
        self._asked = asked
        if asked:
            self._tasks.run("marked", marked.account, *asked, done=self._take)
        else:
            self._tasks.cancel("marked")
            self.told.emit(())

    def _take(self, found: Marked) -> None:
        if found.span == self._session.state.view.marked:
            self.told.emit(marked.lines(found, self._session.dataset, self.texts))

"""Opens what a person chose or dropped: on a worker, with processes for large collections, and a way to stop.

The thread of the window never waits for it. What the paths are is judged by `engine.opening`; what then fills the
window is the app's affair.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext

from PySide6.QtCore import QObject, QTimer, Signal

from timeline_app.base.problems import UserError
from timeline_app.engine import opening
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.opening import Asked
from timeline_app.engine.reading import Building
from timeline_app.qt.tasks import Tasks, Watch

LATE_MS = 300  # what takes longer is told
SMALL = 4_000_000  # bytes that are read before worker processes would have started
Starter = Callable[[], AbstractContextManager[Executor]]


class Opening(QObject):
    """`sorted` sends the Asked that paths are, `begun` the name of what takes its time, `told` how far it is, `opened`
    the Dataset, `refused` a UserError; `ended` is sent when nothing is being read any more."""

    sorted = Signal(object)
    begun = Signal(str)
    told = Signal(object)
    opened = Signal(object)
    refused = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject, workers: Starter) -> None:
        super().__init__(parent)
        self.tasks = Tasks(self)
        self._workers = workers
        self._name = ""
        self._late = QTimer(self, singleShot=True, interval=LATE_MS)
        self._late.timeout.connect(self._begin)

    @property
    def is_busy(self) -> bool:
        """Whether something is being read."""
        return bool(self._name)

    def sort(self, paths: Sequence[str]) -> None:
        """Find out what the paths are."""
        self.tasks.run("sort", opening.sort, tuple(paths), done=self.sorted.emit, failed=self._failed)

    def read(self, asked: Asked, beside: Dataset | None = None) -> None:
        """Read it, beside a dataset where one is given; what was being read before is given up."""
        self._name = opening.title_of(asked.tweets or asked.datasets).text
        self._late.start()
        self.tasks.run("open", read, asked, beside, self._workers, done=self._done, failed=self._failed,
                       progress=self.told.emit)

    def cancel(self) -> None:
        """Give up what is being read."""
        self.tasks.cancel("open")
        self._finish()

    def close(self) -> None:
        """End everything, and wait for the thread, which has nothing more to wait for."""
        self._late.stop()
        self.tasks.close()

    def _begin(self) -> None:
        if self._name:
            self.begun.emit(self._name)

    def _done(self, dataset: Dataset) -> None:
        self._finish()
        self.opened.emit(dataset)

    def _failed(self, error: Exception) -> None:
        self._finish()
        if not isinstance(error, UserError):
            raise error
        self.refused.emit(error)

    def _finish(self) -> None:
        self._name = ""
        self._late.stop()
        self.ended.emit()


def read(asked: Asked, beside: Dataset | None, workers: Starter, watch: Watch) -> Dataset:
    """The job: everything that was asked for, with processes where it is much; they end with it, however it ends."""
    def tell(one: object) -> None:
        watch.tell(one.done / one.total if one.total else 0.0, one)

    watch.check()
    is_much = any(not path.is_file() or path.stat().st_size > SMALL for path in asked.tweets)
    with workers() if is_much else nullcontext() as executor:
        return opening.open_all(asked, beside, Building(executor, tell, watch.check, preview=True))

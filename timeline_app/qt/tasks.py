"""The only threads of the window. A job is a pure function of frozen arguments; its answer comes to the GUI thread.

Jobs have a key, and of each key the latest wins: while one runs, only the newest request waits, and an answer that a
newer request has overtaken is dropped; a key with a pace starts a job at most so often, and gets every answer. No
widget and no callback is ever touched by a worker.
"""
from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from time import thread_time

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from timeline_app.qt import errors
from timeline_app.qt.bind import is_alive

WORKERS = 2
COLLECT_EVERY_MS = 1_000
LONGEST_WAIT_S = 0.05
REST = 3  # a paced job takes at most one part in so many of the time
Job = Callable[..., object]
Told = Callable[[object], None]


class Cancelled(Exception):
    """Ends a watched job that nobody waits for any more."""


class Watch:
    """What a long job is given to say how far it is and to hear that it should end. Safe on any thread."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self.share = 0.0
        self.news: object = None
        self.cost_ms = 0
        self._wake = wake
        self._is_waking = False
        self._cancelled = threading.Event()

    def check(self) -> None:
        """Raise Cancelled if the job should end; call it often."""
        if self._cancelled.is_set():
            raise Cancelled

    def tell(self, share: float, news: object = None) -> None:
        """Say how much is done, 0 to 1, and what else there is to say; raises Cancelled like `check`. Of what is said
        faster than anybody listens, the last is heard."""
        self.check()
        is_new = news is not None or int(share * 100) != int(self.share * 100)
        self.share, self.news = share, news
        if is_new and not self._is_waking:
            self._is_waking = True
            self._wake()

    def heard(self) -> object:
        """What was said last: the news, or the share where there is none."""
        self._is_waking = False
        return self.share if self.news is None else self.news

    def cancel(self) -> None:
        """Ask the job to end."""
        self._cancelled.set()


@dataclass(frozen=True, slots=True, eq=False)
class _Call:
    """One request. `progress` None means the job is not watched."""

    key: str
    job: Job
    args: tuple
    done: Callable[[object], None] | None
    failed: Callable[[Exception], None] | None
    progress: Told | None


class _Held:
    """Keeps Python's collector off the workers: a wrapper of a Qt object must never be freed there.

    While any job of any `Tasks` runs, garbage is collected by a timer of the GUI thread instead.
    """

    everywhere = 0

    def __init__(self) -> None:
        self._here = 0

    def begin(self) -> None:
        """A job begins."""
        self._here += 1
        _Held.everywhere += 1
        gc.disable()

    def end(self) -> None:
        """A job has ended."""
        self._here -= 1
        _Held.everywhere -= 1
        if not _Held.everywhere:
            gc.enable()

    def end_all(self) -> None:
        """Nobody waits any more."""
        while self._here:
            self.end()


class Tasks(QObject):
    """Runs jobs. `changed` is sent when a key becomes busy or free; `close` ends it and must be called."""

    changed = Signal()
    _answered = Signal(object, object, object)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None, workers: int = WORKERS) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="task")
        self._running: dict[str, tuple[_Call, Watch]] = {}
        self._waiting: dict[str, _Call] = {}
        self._paces: dict[str, QTimer] = {}
        self._costs: dict[str, int] = {}
        self._free = threading.Event()
        self._free.set()
        self._closed = False
        self._held = _Held()
        self.destroyed.connect(self._held.end_all)
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._collector = QTimer(self, interval=COLLECT_EVERY_MS)
        self._collector.timeout.connect(self._collect)

    def run(self, key: str, job: Job, *args: object, done: Callable[[object], None] | None = None,
            failed: Callable[[Exception], None] | None = None, progress: Told | None = None) -> None:
        """Run a job on a worker and call `done(answer)` here. With `progress` the job gets `watch=` and `progress` is
        told its share or its news. Without `failed` an exception is reported as a bug. After `close` nothing is run.
        """
        if self._closed:
            return
        call = _Call(key, job, args, done, failed, progress)
        if key in self._running:
            self._waiting[key] = call
            self._running[key][1].cancel()
        elif key in self._paces and self._paces[key].isActive():
            self._waiting[key] = call
        else:
            self._start(call)
            self.changed.emit()

    def pace(self, key: str, apart_ms: int) -> None:
        """Let jobs of a key begin at least so many ms apart, and take no more than a third of the time, so that a
        stream of requests leaves the GUI thread its own; while they come, each answer that is ready is handed over.
        """
        timer = QTimer(self, singleShot=True)
        timer.setProperty("apart", apart_ms)
        timer.timeout.connect(lambda: self._next(key))
        self._paces[key] = timer

    @contextmanager
    def first(self) -> Iterator[None]:
        """What is done here is done before any job that gives way goes on."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def give_way(self) -> None:
        """Called by a job between its parts: wait while something comes first, but not for long."""
        self._free.wait(LONGEST_WAIT_S)

    def cancel(self, key: str) -> None:
        """Forget the requests of a key; a watched job is asked to end."""
        self._waiting.pop(key, None)
        if key in self._running:
            call, watch = self._running[key]
            watch.cancel()
            self._running[key] = (_Call(key, call.job, (), None, _nobody, None), watch)

    def busy(self, key: str) -> bool:
        """Whether a job of that key runs."""
        return key in self._running or key in self._waiting

    def idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        return not self._running and not self._waiting

    def settle(self) -> None:
        """Handle events until idle; answers that start further jobs are waited for, too."""
        while not self.idle():
            loop = QEventLoop()
            self.changed.connect(loop.quit)
            loop.exec()
            self.changed.disconnect(loop.quit)

    def close(self) -> None:
        """Ask all jobs to end, wait for them, and drop their answers."""
        self._closed = True
        self._waiting.clear()
        for _, watch in self._running.values():
            watch.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        for timer in (self._collector, *self._paces.values()):
            timer.stop()
        self._held.end_all()
        self._running.clear()

    def _start(self, call: _Call) -> None:
        watch = Watch(lambda: None)
        if call.progress is not None:
            watch = Watch(lambda: self._told.emit(watch))
        self._running[call.key] = (call, watch)
        if call.key in self._paces:
            apart_ms = max(self._paces[call.key].property("apart"), REST * self._costs.get(call.key, 0))
            self._paces[call.key].start(apart_ms)
        self._held.begin()
        self._collector.start()
        named = {"watch": watch} if call.progress is not None else {}
        self._pool.submit(self._work, watch, call.job, call.args, named)

    def _work(self, watch: Watch, job: Job, args: tuple, named: dict[str, object]) -> None:
        answer, error, begun = None, None, thread_time()
        try:
            answer = job(*args, **named)
        except Exception as raised:
            error = raised
        watch.cost_ms = round(1000 * (thread_time() - begun))
        if not self._closed:
            self._answered.emit(watch, answer, error)

    def _take(self, watch: Watch, answer: object, error: Exception | None) -> None:
        key = next((key for key, (_, one) in self._running.items() if one is watch), None)
        if key is None:
            return
        call, _ = self._running.pop(key)
        self._costs[key] = watch.cost_ms
        self._held.end()
        if key in self._waiting and key not in self._paces:
            self._start(self._waiting.pop(key))
            return
        try:
            _hand_over(call, answer, error)
        finally:
            if not self._running:
                self._collector.stop()
            self._next(key)
            self.changed.emit()

    def _next(self, key: str) -> None:
        """Start what waits under a key, if nothing of it runs and its pace allows."""
        is_held = key in self._paces and self._paces[key].isActive()
        if key in self._waiting and key not in self._running and not is_held and not self._closed:
            self._start(self._waiting.pop(key))

    def _tell(self, watch: Watch) -> None:
        for call, one in self._running.values():
            if one is watch and call.progress is not None and is_alive(call.progress):
                call.progress(watch.heard())

    def _collect(self) -> None:
        gc.collect(1)


def _nobody(_: Exception) -> None:
    """Hears of the failure of a job that was cancelled."""


def _hand_over(call: _Call, answer: object, error: Exception | None) -> None:
    if error is None:
        if call.done is not None and is_alive(call.done):
            call.done(answer)
    elif isinstance(error, Cancelled):
        return
    elif call.failed is None:
        errors.report(error)
    elif is_alive(call.failed):
        call.failed(error)

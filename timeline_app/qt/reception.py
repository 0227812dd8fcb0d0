"""Receives what comes to the window, dropped or chosen: asks where tweets shall stand, shows how far they are and what
is there of them, and gives the window its content when they are read. A cancelled import leaves the window as it was.

Reading is in `opening`; contents are made by the app.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QObject, Qt
from PySide6.QtWidgets import QWidget

from timeline_app.base.problems import UserError
from timeline_app.engine import loading, opening
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.opening import Asked
from timeline_app.qt import paths
from timeline_app.qt.import_bar import ImportBar
from timeline_app.qt.look import Look
from timeline_app.qt.main_window import MainWindow
from timeline_app.qt.opening import Opening, Starter
from timeline_app.qt.where_panel import WherePanel
from timeline_app.viewmodel import moves, walk
from timeline_app.viewmodel.import_words import Told
from timeline_app.viewmodel.window import Window

REDRAW_MS = 1_000  # between two pictures of what is there so far


class Reception(QObject):
    """One for a window. `make(dataset)` makes a content with `session`, `take(dataset)` and `requests`; `look()` is how
    things look now."""

    def __init__(self, window: MainWindow, workers: Starter, look: Callable[[], Look],
                 make: Callable[[Dataset], QWidget]) -> None:
        super().__init__(window)
        self._window, self._look, self._make = window, look, make
        self._asked = Asked()
        self._beside: Dataset | None = None
        self._followed: Window | None = None
        self._is_laid = False
        self._drawn = QElapsedTimer()
        self.bar: ImportBar | None = None
        self.opening = Opening(self, workers)
        self.opening.sorted.connect(self._sorted)
        self.opening.begun.connect(self._begun)
        self.opening.told.connect(self._told)
        self.opening.opened.connect(self._opened)
        self.opening.refused.connect(self._refused)
        self.opening.ended.connect(self._ended)
        window.dropped.connect(self._dropped)
        window.stopped.connect(self.cancel)
        window.asking.connect(lambda: self.open(paths.ask_files(window, look().texts)))

    @property
    def content(self) -> QWidget | None:
        """What is in the window, if it shows a dataset."""
        found = self._window.centralWidget()
        return found if hasattr(found, "session") else None

    def open(self, asked: Sequence[str]) -> None:
        """Open what is at the paths."""
        if asked:
            self.opening.sort(asked)

    def cancel(self) -> None:
        """Give up what is being read; what is on screen is as before."""
        if not self.opening.is_busy:
            return
        self._give_up()
        self._say(self._look().texts.get("opening.cancelled"))

    def close(self) -> None:
        """End all work."""
        self.opening.close()

    def _dropped(self, found: Sequence[str]) -> None:
        if found:
            self.open(found)
        else:
            self._say(self._look().texts.get("opening.not_local"))

    def _sorted(self, asked: Asked) -> None:
        self._give_up()
        content = self.content
        if content is None or not asked.is_tweets:
            self._read(asked, None)
            return
        look, dataset = self._look(), content.session.dataset
        name, title = (one.say(look.texts.language) for one in (opening.title_of(asked.tweets), dataset.meta.title))
        panel = WherePanel(content, look, name, title)
        panel.chosen.connect(lambda where: self._read(asked, content.session.dataset if where == "beside" else None))
        panel.open(focus=panel.beside)

    def _read(self, asked: Asked, beside: Dataset | None) -> None:
        self._asked, self._beside = asked, beside
        self._followed, self._is_laid = None, False
        self.opening.read(asked, beside)

    def _begun(self, name: str) -> None:
        self.bar = ImportBar(self._window, self._look(), name)
        self.bar.cancelled.connect(self.cancel)
        self._window.set_strip(self.bar)

    def _told(self, told: Told) -> None:
        if self.bar is not None:
            self.bar.set_look(self._look())
            self.bar.show_progress(told)
            self._preview(told)

    def _preview(self, told: Told) -> None:
        """Show what is there so far, at most once a second."""
        if told.counts is None or not len(told.counts) or (self._drawn.isValid() and not self._drawn.hasExpired(
                REDRAW_MS)):
            return
        self._drawn.start()
        title = opening.title_of(self._asked.tweets)
        dataset = loading.shown(title, self._beside, (told.minutes, told.counts), self.bar.now.percent)
        if self._beside is None and not self._is_laid:
            self._window.lay_over(self._make(dataset))
            self._is_laid = True
            self._followed = self.content.session.state.view.window
        else:
            self._take(dataset)

    def _take(self, dataset: Dataset) -> None:
        """Hand the content another dataset; its view stays, unless it only follows what there is."""
        content, session = self.content, self.content.session
        follows = self._followed is not None and session.state.view.window == self._followed
        content.take(dataset)
        if follows:
            self._followed = walk.opening(dataset).view.window
            session.amend(moves.show(session.state, self._followed, session.limits))

    def _opened(self, dataset: Dataset) -> None:
        content = self.content
        if self._is_laid:
            self._window.settle()
            self._take(dataset)
        elif self._beside is not None and content is not None:
            content.take(dataset)
            content.show_lane(dataset.meta.lanes[len(self._beside.meta.lanes)].id)
        else:
            self._window.fill(self._make(dataset))
        self._is_laid, self._beside = False, None
        if self._asked.tweets:
            number = sum(len(one.store) for one in dataset.collections)
            texts = self._look().texts
            self._say(texts.get("opening.done", name=opening.title_of(self._asked.tweets).say(texts.language),
                                n=f"{number:,}"))

    def _give_up(self) -> None:
        """Stop reading, and put back what was there."""
        if not self.opening.is_busy:
            return
        self.opening.cancel()
        self._put_back()

    def _put_back(self) -> None:
        if self._is_laid:
            self._window.lift()
        elif self._beside is not None and self.content is not None:
            self.content.take(self._beside)
        self._is_laid, self._beside = False, None

    def _refused(self, error: UserError) -> None:
        """What cannot be opened: said under the dataset that is open, else in the window."""
        self._put_back()
        texts = self._look().texts
        self._say(texts.get(f"error.{error.code}", **texts.said(error.arguments)))

    def _ended(self) -> None:
        had_focus = self.bar is not None and self.bar.isAncestorOf(self._window.focusWidget() or self._window)
        self.bar = None
        self._window.set_strip(None)
        if had_focus and self.content is not None:
            self.content.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sentence: str) -> None:
        content = self.content
        if content is not None:
            content.status.say(sentence)
        else:
            self._window.say(sentence)

"""The search field: what is typed becomes the query of the state, so that lanes dim, and a list of hits below.

Searching itself is `engine.search`, run on a worker 120 ms after the last key. Enter goes from hit to hit.
"""
from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from timeline_app.base.text import Texts
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.search import Hit, Index, Result
from timeline_app.qt import safe_text
from timeline_app.qt.bind import listen
from timeline_app.qt.look import Look
from timeline_app.qt.popup import host
from timeline_app.qt.search_results import LIMIT, Results
from timeline_app.qt.tasks import Tasks, Watch
from timeline_app.qt.theme import Colours
from timeline_app.viewmodel import commands, moves, search_words, status, tweet_hits
from timeline_app.viewmodel.notebook import NoteBook
from timeline_app.viewmodel.search_words import Row
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import LaneChoice, ViewState
from timeline_app.viewmodel.tweet_hits import TweetHits

WAIT_MS = 120
LONGEST = 200


def _find(index: Index, query: str, notes: NoteBook) -> tuple[str, Result]:
    return query, index.search(query, LIMIT, notes.own | notes.others)


def _find_tweets(dataset: Dataset, choice: LaneChoice, query: str, watch: Watch) -> TweetHits:
    return tweet_hits.find(dataset, choice, query, watch.check)


class SearchBox(QWidget):
    """The field with its hint and its list.

    `found` sends the Result of the query of now, or None when there is no query, `tweets_found` its TweetHits; `chosen`
    sends a Hit that was taken, `tweets_wanted` that the tweets that were found shall be listed.
    """

    found = Signal(object)
    chosen = Signal(object)
    tweets_found = Signal(object)
    tweets_wanted = Signal()

    def __init__(self, session: Session, tasks: Tasks, texts: Texts, colours: Colours,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self._look = Look.of(session, texts, colours)
        self._index: Index | None = None
        self._at = -1
        self._searched = ""
        self.result: Result | None = None
        self.tweets: TweetHits | None = None
        self.popup: Results | None = None
        self.field = QLineEdit(self)
        self.field.setObjectName("search")
        self.field.setMaxLength(LONGEST)
        self.field.setAcceptDrops(False)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.installEventFilter(self)
        self.hint = safe_text.label("", self, "muted")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self._ask)
        self.field.textEdited.connect(self._typed)
        listen(self, session, self._heard)
        self.set_look(texts, colours)
        self._heard(session.state)

    def set_look(self, texts: Texts, colours: Colours) -> None:
        """Take on a language, a theme and the text size of the session; an open list closes."""
        self._look = Look.of(self._session, texts, colours)
        if self.popup is not None:
            self.popup.deleteLater()
            self.popup = None
        self.field.setFont(self._look.font())
        self.hint.setFont(self._look.font(12, tabular=True))
        self.field.setPlaceholderText(self._shown_placeholder)
        safe_text.name(self.field, texts.get("explore.search.name"), self._placeholder)
        self._say_hint()

    @property
    def _placeholder(self) -> str:
        """What can be searched here."""
        has_tweets = bool(self._session.dataset.collections)
        return self._look.texts.get("tweet_search.placeholder" if has_tweets else "explore.search.placeholder")

    @property
    def _shown_placeholder(self) -> str:
        """All of it, or where that does not fit the one word that says what the field is for."""
        fits = self._look.width(self._placeholder) + 2 * self._look.px(13) + 8 <= self.width()
        return self._placeholder if fits else self._look.texts.get("explore.search.name")

    @property
    def _tweet_rows(self) -> tuple[Row, ...]:
        """The lines of tweets, which stand before those of the hits."""
        return tweet_hits.rows(self.tweets, self._session.dataset, self._look.texts) if self.tweets else ()

    def sizeHint(self) -> QSize:
        """One line with room around it."""
        return QSize(self._look.px(540), round(self._look.line()) + self._look.px(20))

    def begin(self) -> None:
        """Put the keyboard into the field, with its text marked."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def step(self, by: int) -> None:
        """Go to the next or previous hit that belongs to an event, round and round."""
        hits = self.result.hits if self.result else ()
        rows = [row for row, hit in enumerate(hits) if hit.event_id]
        if not rows:
            if self.tweets is not None and self.tweets.number:
                self.tweets_wanted.emit()
            return
        later = [row for row in rows if row > self._at] if by > 0 else [row for row in rows if row < self._at]
        self._take((later or rows)[0 if by > 0 else -1])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the field, and leaving it."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if watched is self.field and event.type() == QEvent.Type.FocusIn:
            self._prepare()
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._close_if_left)
        if self.popup is not None and watched is self.popup.list and event.type() == QEvent.Type.KeyPress:
            return self._list_key(event)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The field fills the box; the hint stands at its right where there is room."""
        super().resizeEvent(event)
        self.field.setGeometry(self.rect())
        self.field.setPlaceholderText(self._shown_placeholder)
        self._say_hint()

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._wait.stop()
            if self.field.text().strip() != self._session.state.view.query or self.result is None:
                self._ask()
            else:
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                self._close()
        elif key == Qt.Key.Key_Escape:
            self._step_back()
        elif key == Qt.Key.Key_Down and self.result is not None and (self.result.hits or self._tweet_rows):
            self._show()
            self.popup.choose(self._at + len(self._tweet_rows) if self._at >= 0 else 0)
            self.popup.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            return False
        return True

    def _list_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._taken(self.popup.row())
        elif key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and self.popup.row() <= 0):
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            if key == Qt.Key.Key_Escape:
                self._close()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        else:
            return False
        return True

    def _step_back(self) -> None:
        """Esc: close the list, else drop the query, else leave the field."""
        if self.popup is not None and self.popup.isVisible():
            self._close()
        elif self.field.text():
            self.field.clear()
            self._ask()
        else:
            self.field.clearFocus()

    def _prepare(self) -> None:
        """Make the index before the first letter is typed."""
        if self._index is None and not self._tasks.busy("search-index"):
            self._tasks.run("search-index", Index, self._session.dataset, done=self._indexed)

    def _indexed(self, index: Index) -> None:
        self._index = index
        if self._session.state.view.query:
            self._search(self._session.state.view.query)

    def _typed(self) -> None:
        self._tasks.cancel("search-tweets")
        self._wait.start()

    def _ask(self) -> None:
        """Make what is typed the query of the state, and search."""
        query = " ".join(self.field.text().split())
        changed = query != self._session.state.view.query
        self._session.become(moves.search(self._session.state, query), discrete=False)
        if not changed and query and self.result is not None:
            self._show()

    def _heard(self, state: ViewState) -> None:
        """A query that came from elsewhere (a step back, a story) is shown in the field; each new one is searched."""
        query = state.view.query
        if " ".join(self.field.text().split()) != query and not self._wait.isActive():
            self.field.setText(query)
        if query != self._searched:
            self._searched = query
            self._forget()
            if query:
                self._search(query)

    def forget(self) -> None:
        """The dataset is another one: what was found in it before is searched anew."""
        self._index, self._searched = None, ""
        self._tasks.cancel("search-index")
        self._heard(self._session.state)

    def _forget(self) -> None:
        self.result, self.tweets, self._at = None, None, -1
        if not self._searched:
            self._tasks.cancel("search")
            self._tasks.cancel("search-tweets")
            self._close()
            self.found.emit(None)
            self.tweets_found.emit(None)
        self._say_hint()

    def _search(self, query: str) -> None:
        if self._index is None:
            self._prepare()
        else:
            self._tasks.run("search", _find, self._index, query, self._session.notes, done=self._answered)
        if self._session.dataset.collections:
            self._tasks.run("search-tweets", _find_tweets, self._session.dataset, self._session.state.view.lanes, query,
                            done=self._tweets_answered, progress=lambda _: None)

    def _answered(self, answer: tuple[str, Result]) -> None:
        query, result = answer
        if query != self._session.state.view.query:
            return
        self.result, self._at = result, -1
        self.found.emit(result)
        self._say_hint()
        if self.field.hasFocus():
            self._show()

    def _tweets_answered(self, hits: TweetHits) -> None:
        if hits.query == self._session.state.view.query:
            self.tweets = hits
            self.tweets_found.emit(hits)
            self._say_hint()
            if self.field.hasFocus() and self.result is not None:
                self._show()

    def _show(self) -> None:
        if self.popup is None:
            self.popup = Results(host(self), self._look)
            self.popup.taken.connect(self._taken)
            self.popup.list.installEventFilter(self)
        self.popup.put(*self._rows_and_header())
        self.popup.choose(self._at + len(self._tweet_rows) if self._at >= 0 else -1)
        self.popup.place_below(self)
        self.popup.show()
        self.popup.raise_()

    def _rows_and_header(self) -> tuple[tuple[Row, ...], str]:
        texts, state, dataset = self._look.texts, self._session.state, self._session.dataset
        rows = search_words.rows(self.result, dataset, texts, status.zone_of(state, dataset))
        said = [search_words.count_words(self.result, texts, len(rows))]
        if self.tweets is None and dataset.collections:
            said.append(texts.get("tweet_search.looking"))
        elif self.tweets is not None and self.tweets.number:
            said.append(texts.get("tweet_search.count", n=f"{self.tweets.number:,}"))
        nothing = texts.get("explore.search.nothing", query=safe_text.one_line(state.view.query, 60))
        header = " · ".join(part for part in said if part) or nothing
        tip = "\n" + texts.get("tweet_search.tip") if dataset.collections else ""
        return self._tweet_rows + rows, header + tip

    def _close(self) -> None:
        if self.popup is not None:
            self.popup.hide()

    def _close_if_left(self) -> None:
        now = QApplication.focusWidget()
        inside = now is self.field or (self.popup is not None and now is self.popup.list)
        if not inside and self.isVisible():
            self._close()

    def _taken(self, row: int) -> None:
        first = len(self._tweet_rows)
        if row < first:
            self._close()
            self.tweets_wanted.emit()
            return
        self._take(row - first)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._close()

    def _take(self, row: int) -> None:
        """Select a hit's event and bring it into view; a list of another query than that of now has none."""
        if self.result is None or not 0 <= row < len(self.result.hits):
            return
        self._at = row
        hit: Hit = self.result.hits[row]
        if self.popup is not None:
            self.popup.choose(row + len(self._tweet_rows))
        self._say_hint()
        if hit.event_id:
            self._session.become(commands.chosen_state(self._session, hit.event_id))
        self.chosen.emit(hit)

    @property
    def _number(self) -> int:
        """How much was found in all."""
        return sum(self.result.counts.values()) + (self.tweets.number if self.tweets is not None else 0)

    def _say_hint(self) -> None:
        """At the right of the field: where one is among the hits, or the key that leads here."""
        texts, room = self._look.texts, self.width()
        if self.result is None:
            words = "" if self.field.text() else texts.get("explore.search.key")
            used = self._look.width(self._shown_placeholder)
        else:
            total = len(self.result.hits)
            at = texts.get("explore.search.at", at=f"{self._at + 1:,}", n=f"{total:,}")
            words = at if self._at >= 0 else texts.count("explore.search.hits", self._number)
            used = self._look.width(safe_text.one_line(self.field.text()))
        safe_text.put(self.hint, words)
        size = self.hint.sizeHint()
        pad = self._look.px(13)
        self.hint.setVisible(bool(words) and used + size.width() + 4 * pad < room)
        self.hint.resize(size)
        self.hint.move(room - size.width() - pad, (self.height() - size.height()) // 2)

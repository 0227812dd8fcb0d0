"""The list of tweets beside the timeline: of which lane and which time, in which order, with retweets under what they
repeat. Which tweets these are is worked out on a worker (`viewmodel/tweet_list`); the rows are `tweet_rows`.
"""
from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from timeline_app.base.text import Texts
from timeline_app.qt import safe_text
from timeline_app.qt.access import tab_order
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.tasks import Tasks
from timeline_app.qt.theme import Colours, colour
from timeline_app.qt.tweet_rows import TweetRows
from timeline_app.viewmodel import listed
from timeline_app.viewmodel.listed import Listed, Order
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.tweet_list import ORDERS

SIDE, GAP = 24, 14
PACE_MS = 120  # lists are made at most so often while the window moves


@dataclass(frozen=True, slots=True)
class _Pills:
    """Which orders a collection knows, and whether it has retweets to fold."""

    orders: tuple[str, ...] = ORDERS[:1]
    folds: bool = False


class TweetPane(QWidget):
    """The list. `chosen` sends the name of a tweet, `opened` that its document is wanted, `menu` where a menu is."""

    chosen = Signal(str)
    opened = Signal()
    menu = Signal(QPoint)

    def __init__(self, session: Session, tasks: Tasks, texts: Texts, colours: Colours) -> None:
        super().__init__()
        self._session, self._tasks = session, tasks
        self._look = Look.of(session, texts, colours)
        self._order = Order()
        self._known = _Pills()
        self._wanted: tuple | None = None
        self.found: Listed | None = None
        self.title = safe_text.label("", self, "bar_title")
        self.header = safe_text.label("", self, "muted")
        self.rows = TweetRows(self._look, self)
        self.orders = {name: Pill(self._look, "chip", self, 12) for name in ORDERS}
        self.fold = Pill(self._look, "chip", self, 12)
        tasks.pace("tweets", PACE_MS)
        self._arrange()
        self._wire()
        self.set_look(texts, colours)

    def _arrange(self) -> None:
        pills = QHBoxLayout()
        pills.setSpacing(2)
        for pill in self.orders.values():
            pills.addWidget(pill)
        pills.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.fold)
        head = QVBoxLayout()
        head.setContentsMargins(SIDE, GAP, SIDE - 10, 0)
        head.setSpacing(4)
        self.title.setWordWrap(True)
        self.header.setWordWrap(True)
        head.addLayout(top)
        head.addWidget(self.header)
        head.addLayout(pills)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self.rows, 1)
        self.setFocusProxy(self.rows)
        tab_order(self.fold, *self.orders.values(), self.rows)

    def _wire(self) -> None:
        self.rows.chosen.connect(self.chosen)
        self.rows.opened.connect(self.opened)
        self.rows.menu.connect(self.menu)
        self.fold.clicked.connect(lambda: self._put_order(self._order.fold_turned()))
        for name, pill in self.orders.items():
            pill.clicked.connect(lambda _=False, name=name: self._put_order(self._order.turned(name)))

    def set_look(self, texts: Texts, colours: Colours) -> None:
        """Say everything anew in a language, a theme and the text size of the session."""
        self._look = Look.of(self._session, texts, colours)
        self.title.setFont(self._look.font(16, "bold"))
        self.header.setFont(self._look.font(12, tabular=True))
        for pill in (*self.orders.values(), self.fold):
            pill.set_look(self._look)
        self.rows.set_look(self._look)
        self._wanted = None
        self._say()
        self.refresh()

    def show_list(self, is_wanted: bool) -> None:
        """Be there, and list what is looked at, or go."""
        self.setVisible(is_wanted)
        self.refresh()

    def refresh(self) -> None:
        """List what is looked at now, if that is another list than before."""
        if self.isHidden():
            self._tasks.cancel("tweets")
            self._wanted = None
            return
        request = listed.request_of(self._session, self._order, self._look.texts.language)
        key = listed.key_of(request)
        if key != self._wanted:
            self._wanted = key
            self._tasks.run("tweets", listed.make, request, done=self._take)
        elif self.found is not None:
            self.rows.select(self._session.state.view.selected)

    def _take(self, found: Listed) -> None:
        self.found = found
        self._known = _Pills(found.orders, found.folds)
        self.rows.put(found.tweets, found.has_text, self._session.state.view.selected)
        self._say()

    def _put_order(self, order: Order) -> None:
        self._order = order
        self._say()
        self.refresh()

    def _say(self) -> None:
        texts, found = self._look.texts, self.found
        safe_text.put(self.title, safe_text.one_line(found.title if found is not None else "", 120))
        safe_text.put(self.header, found.header if found is not None else texts.get("explore.busy"))
        safe_text.name(self, texts.get("tweet_pane.name"), self.header.text())
        for name, pill in self.orders.items():
            chosen = name == self._order.by
            words = texts.get(f"tweet_list.order.{name}")
            way = texts.get("tweet_pane.down" if self._order.descending else "tweet_pane.up")
            pill.tone = "ink" if chosen else "chip"
            pill.put(f"{words} {way}" if chosen else words,
                     texts.get(f"tweet_pane.order_now.{'down' if self._order.descending else 'up'}", order=words)
                     if chosen else texts.get("tweet_pane.order", order=words))
            pill.setVisible(name in self._known.orders)
        self._say_fold(texts)

    def _say_fold(self, texts: Texts) -> None:
        on = self._order.folded
        self.fold.tone = "ink" if on else "chip"
        words = texts.get("tweet_pane.fold")
        self.fold.put(f"✓ {words}" if on else words, texts.get("tweet_pane.fold_on" if on else "tweet_pane.fold_off"))
        self.fold.setVisible(self._known.folds)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The panel, and a hairline towards the timeline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._look.colours.panel))
        painter.fillRect(QRectF(0, 0, 1, self.height()), colour(self._look.colours.hairline))
        painter.end()

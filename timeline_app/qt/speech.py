"""What a screen reader is told without asking: what was selected, and the view in one sentence after it has changed and
come to rest. The sentence is made on a worker from the frame that is drawn.
"""
from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from timeline_app.base.text import Texts, catalogue
from timeline_app.qt.access import Announcer
from timeline_app.qt.access_timeline import TimelineTree
from timeline_app.qt.bind import listen
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel import in_view, mark_words, status, summary
from timeline_app.viewmodel.frame import Frame
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState
from timeline_app.viewmodel.summary import Account

REST_MS = 500


class Speech(QObject):
    """Speaks for one window. `text` is the view in words, "" until its first frame has rested; `told` sends it anew."""

    told = Signal(str)

    def __init__(self, session: Session, tasks: Tasks, announcer: Announcer, tree: TimelineTree) -> None:
        super().__init__(tree.canvas)
        self._session, self._tasks, self._announcer, self._tree = session, tasks, announcer, tree
        self.text = ""
        self._sentence = ""
        self._selected = session.state.view.selected
        self._points = False
        self._frame: Frame | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.tell)
        listen(self, session, self._changed)

    @property
    def texts(self) -> Texts:
        """The catalogue of now."""
        return catalogue(self._session.state.setting.language)

    def take_frame(self, frame: Frame) -> None:
        """A new picture is there; its sentence is said when it stays for half a second."""
        self._frame = frame
        self._rest.start()
        if self._points:
            self._points = False
            if not self._tree.point_at_selection():
                self._say_selection()

    def tell(self) -> None:
        """Put the picture of now into words."""
        self._rest.stop()
        if self._frame is not None:
            self._tasks.run("summary", summary.account, self._frame, done=self._take)

    def _changed(self, state: ViewState) -> None:
        """A new selection: a screen reader on the timeline is led to it when it is drawn; else it is said at once."""
        selected, before = state.view.selected, self._selected
        self._selected = selected
        self._points = bool(selected) and selected != before and self._tree.is_walked
        if selected and selected != before and not self._points:
            self._say_selection()

    def _say_selection(self) -> None:
        selected, dataset = self._session.state.view.selected, self._session.dataset
        words = status.zone_of(self._session.state, dataset), self.texts
        said = mark_words.of_selection(selected, dataset, words) or self._drawn(selected)
        if said:
            self._announcer.say(said)

    def _drawn(self, selected: str) -> str:
        """A selection as it is drawn, such as a note, which is of no dataset."""
        marks = in_view.of_frame(self._frame) if self._frame is not None else []
        return next((mark_words.of_mark(one).line for one in marks if one.selects == selected), "")

    def _take(self, account: Account) -> None:
        """Say the sentence if it is another one; the first is no news to anybody who opens a window."""
        sentence, before = summary.sentence(account, self.texts), self._sentence
        self.text, self._sentence = summary.summary(account, self.texts), sentence
        if before and sentence != before:
            self._announcer.say(sentence)
        self._tree.tell_changes()
        self.told.emit(self.text)

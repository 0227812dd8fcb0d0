"""Go to a date: a small panel with a field for a date as historians write it (EDTF). A text that is no date
is answered beside the field, in words, and nothing moves.
"""
from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from timeline_app.base.text import Texts
from timeline_app.domain import edtf
from timeline_app.domain.time import BadDate, Span
from timeline_app.qt import safe_text
from timeline_app.qt.access import Announcer
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import Panel
from timeline_app.viewmodel import moves, status, walk, wording
from timeline_app.viewmodel.session import Session


def bad_date_words(error: BadDate, typed: str, texts: Texts) -> str:
    """What is wrong with a date, in the words that the problems of a dataset use."""
    key = f"problem.{error.code}"
    return texts.get(key, **{"text": typed, **error.args_}) if texts.has(key) else texts.get("explore.go_to.not_a_date")


class GoTo(Panel):
    """Asks for a date and looks at it. `gone` sends the Span that was found."""

    gone = Signal(object)

    def __init__(self, window: QWidget, session: Session, look: Look) -> None:
        texts = look.texts
        super().__init__(window, look, texts.get("command.go_to_date"))
        self._session = session
        self.field = QLineEdit(self)
        self.field.setFont(look.font(15))
        self.field.setMaxLength(100)
        self.field.setAcceptDrops(False)
        self.field.setMinimumWidth(look.px(300))
        self.field.setPlaceholderText(texts.get("explore.go_to.placeholder"))
        safe_text.name(self.field, texts.get("command.go_to_date"), texts.get("explore.go_to.example"))
        self.field.textChanged.connect(lambda: self._answer(""))
        self.button = Pill(look, "ink", self)
        self.button.put(texts.get("explore.go_to.go"))
        self.button.clicked.connect(self.take)
        self.error = safe_text.label("", self, "problem")
        self.example = safe_text.label(texts.get("explore.go_to.example"), self, "muted")
        for label, weight in ((self.error, "semibold"), (self.example, "regular")):
            label.setFont(look.font(12, weight))
            label.setWordWrap(True)
        self.error.hide()
        self._announcer = Announcer(self)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.body.addWidget(self.error)
        self.body.addWidget(self.example)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        else:
            super().keyPressEvent(event)

    def take(self) -> None:
        """Go to the typed date, or say what is wrong with it."""
        texts, limits, typed = self.look.texts, self._session.limits, self.field.text().strip()
        zone = status.zone_of(self._session.state, self._session.dataset)
        try:
            span = edtf.resolve(typed, zone).span
        except BadDate as error:
            self._answer(bad_date_words(error, typed, texts))
            return
        if not span.overlaps(limits.span):
            self._answer(texts.get("explore.go_to.outside", span=wording.span_text(limits.span, zone, texts)))
            return
        self.dismiss()
        self._look_at(span)

    def _look_at(self, span: Span) -> None:
        session = self._session
        inside = span.intersect(session.limits.span) or span
        window = walk.fitted(inside, session.limits)
        session.become(moves.show(session.state, window, session.limits))
        self.gone.emit(span)

    def _answer(self, words: str) -> None:
        safe_text.put(self.error, words)
        self.error.setVisible(bool(words))
        self.field.setProperty("wrong", bool(words))
        self.field.style().polish(self.field)
        if words:
            self._announcer.say(words)
        self._refit()

    def _refit(self) -> None:
        if self.isVisible():
            self.layout().activate()
            self._place()

"""The line below the timeline: the visible span, what the bars are, what to keep in mind; at the right, hints.

Where the room is short whole items go, hints first; the span always stays. What is said is `viewmodel/status`.
"""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from timeline_app.base import problems
from timeline_app.base.text import Texts
from timeline_app.qt import safe_text
from timeline_app.qt.access import Announcer
from timeline_app.qt.bind import listen
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.tasks import Tasks
from timeline_app.qt.theme import Colours, colour
from timeline_app.viewmodel import status
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState
from timeline_app.viewmodel.status import Part

HEIGHT = 34
SIDE, GAP = 18, 22
SAID_S = 6
BUSY_AFTER_MS = 400
HINTS = ("explore.hint.wheel", "explore.hint.drag", "explore.hint.enter", "explore.hint.keys")


class StatusLine(QWidget):
    """Left: the parts of the state; right: a message, else hints; between them problems and work under way.

    `problems_wanted` is sent when the count of problems is pressed. `us_per_px` tells how wide the bars are drawn.
    """

    problems_wanted = Signal()

    def __init__(self, session: Session, tasks: Tasks, texts: Texts, colours: Colours,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self._look = Look.of(session, texts, colours)
        self._parts: tuple[Part, ...] = ()
        self._labels: list[QLabel] = []
        self._marked: tuple[str, ...] = ()
        self.us_per_px = 0.0
        self.problems = Pill(self._look, "chip", self, 12)
        self.problems.clicked.connect(self.problems_wanted)
        self.busy = safe_text.label("", self, "muted")
        self.message = safe_text.label("", self, "ink")
        self.hints = safe_text.label("", self, "muted")
        self.announcer = Announcer(self)
        self._said = QTimer(self, singleShot=True, interval=SAID_S * 1000)
        self._said.timeout.connect(lambda: self.say(""))
        self._slow = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._slow.timeout.connect(self._arrange)
        tasks.changed.connect(self._work_changed)
        listen(self, session, self._heard)
        self.set_look(texts, colours)

    def set_look(self, texts: Texts, colours: Colours) -> None:
        """Say everything anew in a language, a theme and the text size of the session."""
        self._look = Look.of(self._session, texts, colours)
        self.problems.set_look(self._look)
        for label in (self.busy, self.message, self.hints):
            label.setFont(self._look.font(12))
        self.message.setFont(self._look.font(12, "semibold"))
        self.setFixedHeight(max(HEIGHT, self.problems.sizeHint().height()))
        safe_text.put(self.busy, texts.get("explore.busy"))
        self.say_problems()
        self._parts = ()
        self._heard(self._session.state)

    def say(self, text: str) -> None:
        """Show a sentence for some seconds and say it to a screen reader; "" takes it away."""
        safe_text.put(self.message, safe_text.one_line(text, 300))
        self._said.start() if text and self._said.interval() else self._said.stop()
        if text:
            self.announcer.say(text)
        self._arrange()

    def set_stay(self, seconds: int) -> None:
        """How long a sentence stays; 0 keeps it until the next one."""
        self._said.setInterval(seconds * 1000)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show other parts; the first is in ink and stays, the others are muted and go when room is short."""
        if tuple(parts) == self._parts:
            return
        self._parts = tuple(parts)
        while len(self._labels) < len(parts):
            self._labels.append(safe_text.label("", self))
        for label, part in zip(self._labels, parts, strict=False):
            label.setObjectName("muted" if part.role in ("bins", "caveat") else "ink")
            label.style().polish(label)
            label.setFont(self._look.font(12, tabular=True))
            safe_text.put(label, safe_text.one_line(part.text, 300))
        safe_text.name(self, ". ".join(part.text for part in parts))
        self._arrange()

    def set_summary(self, text: str) -> None:
        """Offer the view in words under the pointer, and to who asks for more than the name."""
        safe_text.tip(self, text, safe_text.LINE_LIMIT)
        self.setAccessibleDescription(safe_text.one_line(text, safe_text.LINE_LIMIT))

    def set_scale(self, us_per_px: float) -> None:
        """Say how many microseconds a pixel has, which decides how wide the bars are."""
        if us_per_px != self.us_per_px:
            self.us_per_px = us_per_px
            self._heard(self._session.state)

    def set_marked(self, lines: Sequence[str]) -> None:
        """Say what the marked span holds, after the visible one; no lines say nothing."""
        self._marked = tuple(lines)
        if lines:
            self.announcer.say(self._look.texts.get("explore.marked.status", length=lines[0], events=lines[1]))
        self._heard(self._session.state)

    def _heard(self, state: ViewState) -> None:
        first, *rest = status.status_parts(state, self._session.dataset, self._look.texts, self.us_per_px)
        self.set_parts((first, *status.marked_parts(self._marked, self._look.texts), *rest))

    def say_problems(self) -> None:
        """Count what is wrong with the data, and with a person's notes on it."""
        found = (*self._session.dataset.problems, *self._session.notes.kept.problems)
        counted = problems.counts(found)
        words = self._look.texts.count("explore.problems.count", len(found))
        self.problems.put(words, self._look.texts.get("explore.problems.spoken", words=words, **counted))
        self.problems.setVisible(bool(found))
        self._arrange()

    def _work_changed(self) -> None:
        """The busy mark comes only when work takes long enough to be noticed."""
        if self._tasks.idle():
            self._slow.stop()
            self._arrange()
        elif not self._slow.isActive() and self.busy.isHidden():
            self._slow.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Give room in the order of weight: span, problems, message, bins and caveats, hints."""
        gap = self._look.px(GAP)
        self.busy.setVisible(not self._tasks.idle() and not self._slow.isActive())
        room = self.width() - 2 * SIDE
        fixed = [one for one in (self.problems, self.busy) if not one.isHidden()]
        room -= sum(one.sizeHint().width() + gap for one in fixed)
        if self.message.text():
            room -= self.message.sizeHint().width() + gap
        shown = self._fitting(room, gap)
        x = SIDE
        for widget in [*shown, *fixed]:
            x = self._put_at(widget, x) + gap
        self._place_right(x)

    def _fitting(self, room: int, gap: int) -> list[QLabel]:
        shown: list[QLabel] = []
        for number, label in enumerate(self._labels):
            wanted = label.sizeHint().width() + (gap if number else 0)
            fits = number < len(self._parts) and (number == 0 or wanted <= room)
            label.setVisible(fits)
            if fits:
                shown.append(label)
                room -= wanted
            elif number < len(self._parts):
                room = 0
        return shown

    def _put_at(self, widget: QWidget, x: int) -> int:
        size = widget.sizeHint()
        widget.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())
        return x + size.width()

    def _place_right(self, left: int) -> None:
        """The message, else, where every part is said, as many hints as fit; the last ones stay longest."""
        room = self.width() - SIDE - left
        self.message.setVisible(bool(self.message.text()))
        all_said = all(not label.isHidden() for label in self._labels[: len(self._parts)])
        hints = [self._look.texts.get(key) for key in HINTS] if all_said and not self.message.text() else []
        while hints and self._look.width(" · ".join(hints), 12) > room:
            del hints[0]
        safe_text.put(self.hints, " · ".join(hints))
        self.hints.setVisible(bool(hints))
        for label in (self.message, self.hints):
            size = label.sizeHint()
            x = max(left, self.width() - SIDE - size.width())
            width = min(size.width(), self.width() - x)
            label.setGeometry(x, (self.height() - size.height()) // 2, width, size.height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground and the hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._look.colours.panel))
        painter.fillRect(QRectF(0, 0, self.width(), 1), colour(self._look.colours.hairline))
        painter.end()

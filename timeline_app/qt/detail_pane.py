"""The pane beside the timeline: what is known about the selected event, who says so, and its neighbours in
time.

It shows a `DetailDoc` and asks for the rest by name (`asked`); the page, its shapes and the writing are in
`detail_page` and `detail_writer`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from timeline_app.base.text import Texts
from timeline_app.qt import detail_parts_writer as parts
from timeline_app.qt import safe_text
from timeline_app.qt.detail_page import DetailPage
from timeline_app.qt.detail_writer import LINK, Writer
from timeline_app.qt.look import BASE, Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.theme import Colours, colour
from timeline_app.viewmodel import tweet_pick
from timeline_app.viewmodel.detail_parts import DetailDoc
from timeline_app.viewmodel.notebook import is_note, is_own

SIDE, GAP = 24, 14
VEIL = 34


class _Veil(QWidget):
    """Lets the last lines of a page fade while more of it lies below, so that no line ends in a cut."""

    def __init__(self, page: DetailPage) -> None:
        super().__init__(page)
        self._page = page
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        page.verticalScrollBar().valueChanged.connect(self.settle)
        page.verticalScrollBar().rangeChanged.connect(self.settle)

    def settle(self) -> None:
        """Stand at the page's lower edge, or go where the page ends."""
        view, bar = self._page.viewport().geometry(), self._page.verticalScrollBar()
        self.setGeometry(view.x(), view.bottom() + 1 - VEIL, view.width(), VEIL)
        self.setVisible(bar.value() < bar.maximum())

    def paintEvent(self, _: QPaintEvent) -> None:
        """From nothing to the pane's own ground, whole before the edge."""
        ground = self._page.palette().base().color()
        shade = QLinearGradient(0.0, 0.0, 0.0, float(self.height()))
        for at, alpha in ((0.0, 0.0), (0.6, 1.0), (1.0, 1.0)):
            shade.setColorAt(at, colour(ground.name(), alpha))
        painter = QPainter(self)
        painter.fillRect(self.rect(), shade)
        painter.end()


class DetailPane(QWidget):
    """The pane. `asked` says what a reader wants: "previous", "next", "copy-citation", "copy:<address>",
    "add-note", "edit-note", "remove-note"."""

    asked = Signal(str)

    def __init__(self, texts: Texts, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look(texts, colours, self._percent())
        self._doc: DetailDoc | None = None
        self._about = ""
        self._width = 0
        self._open: frozenset[str] = frozenset()
        self._places: dict[str, int] = {}
        self.page = DetailPage(self._look, self)
        self.links = DetailPage(self._look, self)
        self.links.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.previous, self.next = Pill(self._look, "bare", self), Pill(self._look, "bare", self)
        self._veil = _Veil(self.page)
        self._arrange()
        self._wire()
        self._write()

    def _arrange(self) -> None:
        steps = QHBoxLayout()
        steps.setContentsMargins(SIDE - 12, 0, SIDE - 12, 8)
        steps.addWidget(self.previous)
        steps.addStretch(1)
        steps.addWidget(self.next)
        texts = QVBoxLayout()
        texts.setContentsMargins(SIDE, GAP, SIDE - 10, 0)
        texts.setSpacing(10)
        texts.addWidget(self.page, 1)
        texts.addWidget(self.links)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(14)
        whole.addLayout(texts, 1)
        whole.addLayout(steps)
        self.setFocusProxy(self.page)

    def _wire(self) -> None:
        self.page.anchorClicked.connect(self._follow)
        self.links.anchorClicked.connect(self._follow)
        self.previous.clicked.connect(lambda: self.asked.emit("previous"))
        self.next.clicked.connect(lambda: self.asked.emit("next"))

    def show_doc(self, doc: DetailDoc | None) -> None:
        """Show an event, or the empty state; another event begins at its top with everything folded."""
        if doc is None or self._doc is None or doc.event_id != self._doc.event_id:
            self._open = frozenset()
            self.page.verticalScrollBar().setValue(0)
        self._doc = doc
        self._write()

    def introduce(self, about: str) -> None:
        """What the dataset is, for the empty state."""
        self._about = about
        self._write()

    def set_look(self, texts: Texts, colours: Colours) -> None:
        """Take on a language and a theme; the text size is that of the window's font."""
        self._look = Look(texts, colours, self._percent())
        safe_text.name(self, texts.get("detail.name"))
        for part in (self.page, self.links, self.previous, self.next):
            part.set_look(self._look)
        self._write()
        self.update()

    def _percent(self) -> int:
        size = self.font().pixelSize()
        return round(100 * size / BASE) if size > 0 else 100

    def _write(self) -> None:
        """Write both pages anew, and keep the reader's place."""
        texts, doc, at = self._look.texts, self._doc, self.page.verticalScrollBar().value()
        self._width = self.width()
        writer = Writer(self.page, self._look)
        if doc is None:
            parts.write_empty(writer, self._about, texts)
        else:
            parts.write(writer, doc, self._open, texts)
        self._places = writer.finish()
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        self.page.verticalScrollBar().setValue(at)
        self._write_links()
        self.layout().activate()  # now: a picture that is taken at once must not find the links without their room
        self._name()

    def _write_links(self) -> None:
        writer, doc, texts = Writer(self.links, self._look), self._doc, self._look.texts
        writer.paragraph()
        wanted = _links(doc, texts) if doc is not None else []
        for number, (words, href) in enumerate(wanted):
            if number:
                writer.run("     ", LINK)
            writer.run(words.replace(" ", "\N{NO-BREAK SPACE}"), LINK, href)
        writer.finish()
        self.links.setVisible(bool(wanted))
        self._fit_links()

    def _name(self) -> None:
        texts, doc = self._look.texts, self._doc
        safe_text.name(self.page, texts.get("detail.name"), doc.title if doc else "")
        safe_text.name(self.links, texts.get("detail.links"))
        self.previous.put(texts.get("detail.previous_arrow"), texts.get("detail.previous"))
        self.next.put(texts.get("detail.next_arrow"), texts.get("detail.next"))
        self.previous.setEnabled(doc is None or bool(doc.previous))
        self.next.setEnabled(doc is None or bool(doc.next))

    def _fit_links(self) -> None:
        self.links.setFixedHeight(self.links.text_height(max(1, self.links.viewport().width())))

    def _follow(self, link: QUrl) -> None:
        """A link of ours: to a place on the page, to open or fold the words of sources, or something asked
        for."""
        kind, rest = link.scheme(), link.path()
        if kind == "to" and rest in self._places:
            self._go_to(self._places[rest])
        elif kind == "open":
            self._open = self._open ^ {rest}
            self._write()
        elif kind == "member" and self._doc is not None and rest.isdecimal() and int(rest) < len(self._doc.members):
            self.asked.emit(f"event:{self._doc.members[int(rest)].event_id}")
        elif kind == "copy" and self._doc is not None:
            self._copy(rest)
        elif kind == "ask":
            self.asked.emit(rest)

    def _copy(self, number: str) -> None:
        for line in self._doc.sources if self._doc else ():
            if str(line.number) == number:
                self.asked.emit(f"copy:{line.address}")

    def _go_to(self, position: int) -> None:
        block = self.page.document().findBlock(position)
        top = self.page.document().documentLayout().blockBoundingRect(block).top()
        self.page.verticalScrollBar().setValue(round(top))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The links wrap to as many lines as they need; pills to the new width."""
        super().resizeEvent(event)
        if self.width() != self._width:
            self._write()
        self.layout().activate()
        self._veil.settle()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._percent() != self._look.percent:
            self.set_look(self._look.texts, self._look.colours)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The panel, a hairline towards the timeline and one above the steps."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._look.colours.panel))
        hairline = colour(self._look.colours.hairline)
        painter.fillRect(QRectF(0, 0, 1, self.height()), hairline)
        above = self.previous.y() - 7
        painter.fillRect(QRectF(SIDE, above, self.width() - 2 * SIDE, 1), hairline)
        painter.end()


def _links(doc: DetailDoc, texts: Texts) -> list[tuple[str, str]]:
    """What can be done with what is shown: words and where they lead."""
    if is_note(doc.event_id):
        own = (("command.edit_note", "ask:edit-note"), ("command.remove_note", "ask:remove-note"))
        return [(texts.get(key), href) for key, href in own] if is_own(doc.event_id) else []
    wanted = [(texts.count("detail.sources_count", len(doc.sources)), "to:sources")] if doc.sources else []
    wanted.append((texts.get("detail.copy_citation"), "ask:copy-citation"))
    if tweet_pick.is_tweet(doc.event_id):
        wanted.append((texts.get("command.copy_id"), "ask:copy-id"))
    if doc.posts:
        wanted.append((texts.get("detail.date_check"), "to:posts"))
    return [*wanted, (texts.get("notes.add"), "ask:add-note")]

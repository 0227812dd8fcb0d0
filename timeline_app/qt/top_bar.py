"""The bar above the timeline: what is looked at, the search, and how it is shown. The choices it offers open
as panels; what a choice changes is a move.
"""
from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from timeline_app.base.text import LANGUAGES, Texts
from timeline_app.qt import safe_text, zone_list
from timeline_app.qt.access import tab_order
from timeline_app.qt.bind import listen
from timeline_app.qt.chooser import Chooser, Option
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import host
from timeline_app.qt.search_box import SearchBox
from timeline_app.qt.theme import THEMES, Colours, colour
from timeline_app.viewmodel import moves, status
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState

HEIGHT = 56
SIDE, GAP = 18, 14
TITLE = 16
TITLE_LEAST = 90
FIELD_WIDTH, FIELD_LEAST = 540, 310
TARGET = 48
AS_SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Fit:
    """How much the bar says: `counts` how many of them, whether the zone is named by its place, and whether the theme
    pill, those that jump to all events and to the opening view, and the one that presents are there (their keys and the
    list of commands always are).
    """

    counts: int
    place: bool = True
    theme: bool = True
    jumps: bool = True
    present: bool = True


FITS = (Fit(4), Fit(2), Fit(1), Fit(0), Fit(0, place=False), Fit(0, place=False, theme=False),
        Fit(0, place=False, theme=False, jumps=False), Fit(0, place=False, theme=False, jumps=False, present=False))


class TopBar(QWidget):
    """Title and counts, back and forward, zoom, jumps, search, and pills for zone, language, theme, mode and keys.

    `wanted` sends the id of the command that a pill stands for, `theme_chosen` a theme, "" for the system's. `search`
    is the search box, which the bar places.
    """

    wanted = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, session: Session, search: SearchBox, texts: Texts, colours: Colours,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = Look.of(session, texts, colours)
        self.search = search
        search.setParent(self)
        self._title = safe_text.label("", self, "bar_title")
        self._counts = safe_text.label("", self, "muted")
        self.back, self.forward, self.zoom_out, self.zoom_in, self.fit, self.home = (
            self._pill("bare") for _ in range(6))
        self.moving = (self.back, self.forward, self.zoom_out, self.zoom_in, self.fit, self.home)
        self.zone, self.language, self.theme = self._pill(), self._pill(), self._pill()
        self.mode, self.present, self.keys = self._pill("ink"), self._pill(), self._pill()
        self.mode.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.mode.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._connect()
        tab_order(*self.moving, search.field, self.zone, self.language, self.theme, self.present,
                  self.keys)
        listen(self, session, self._heard)
        self.set_look(texts, colours)

    def _pill(self, tone: str = "chip") -> Pill:
        return Pill(self._look, tone, self)

    def _connect(self) -> None:
        self.zone.clicked.connect(self.choose_zone)
        self.language.clicked.connect(self.choose_language)
        self.theme.clicked.connect(self.choose_theme)
        for pill, command in ((self.back, "view_back"), (self.forward, "view_forward"), (self.zoom_out, "zoom_out"),
                              (self.zoom_in, "zoom_in"), (self.fit, "fit_all"), (self.home, "home"),
                              (self.present, "present_story"), (self.keys, "key_list")):
            pill.clicked.connect(lambda _=False, command=command: self.wanted.emit(command))

    def set_look(self, texts: Texts, colours: Colours) -> None:
        """Say everything anew in a language, a theme and the text size of the session."""
        self._look = Look.of(self._session, texts, colours)
        for pill in self.findChildren(Pill):
            pill.set_look(self._look)
        self._title.setFont(self._look.font(TITLE, "bold"))
        self._counts.setFont(self._look.font())
        self.setFixedHeight(HEIGHT + max(0, self._look.px(26) - 26))
        self.search.set_look(texts, colours)
        safe_text.name(self, texts.get("explore.bar"))
        self._say()
        self._arrange()

    def choose_zone(self) -> None:
        """Offer the dataset's zone, UTC, this computer's zone and all others."""
        state, texts = self._session.state, self._look.texts
        options = zone_list.options(self._session.dataset.meta.zone, texts)
        now = status.zone_of(state, self._session.dataset)
        self._choose(self.zone, "explore.zone.title", options, now).chosen.connect(self._take_zone)

    def choose_language(self) -> None:
        """Offer the languages, each by its own name."""
        options = [Option(code, self._look.texts.get(f"explore.language.{code}")) for code in LANGUAGES]
        now = self._session.state.setting.language
        self._choose(self.language, "explore.language.title", options, now).chosen.connect(
            lambda code: self._set_up(language=code))

    def choose_theme(self) -> None:
        """Offer the themes."""
        options = [Option(name, self._look.texts.get(f"explore.theme.{name}")) for name in (*THEMES, AS_SYSTEM)]
        now = self._session.state.setting.theme
        self._choose(self.theme, "explore.theme.title", options, now).chosen.connect(self._take_theme)

    def _take_theme(self, name: str) -> None:
        chosen = "" if name == AS_SYSTEM else name
        self.theme_chosen.emit(chosen)
        if chosen:
            self._set_up(theme=chosen)

    def _choose(self, pill: Pill, title: str, options: list[Option], now: str) -> Chooser:
        chooser = Chooser(host(self), self._look, self._look.texts.get(title), options, now)
        chooser.open(pill if pill.isVisible() else self.keys)
        return chooser

    def _take_zone(self, zone: str) -> None:
        own = self._session.dataset.meta.zone
        self._set_up(zone="" if zone == own else zone)

    def _set_up(self, **changes: object) -> None:
        self._session.become(moves.set_up(self._session.state, **changes))

    def _heard(self, _: ViewState) -> None:
        self._say_changing()

    def _say(self) -> None:
        texts, setting = self._look.texts, self._session.state.setting
        self.back.put("←", texts.get("command.view_back"))
        self.forward.put("→", texts.get("command.view_forward"))
        self.zoom_out.put("−", texts.get("command.zoom_out"))
        self.zoom_in.put("+", texts.get("command.zoom_in"))
        self.fit.put(texts.get("explore.jump.all"), texts.get("command.fit_all"))
        self.home.put(texts.get("explore.jump.home"), texts.get("command.home"))
        language = texts.get(f"explore.language.{texts.language}")
        theme = texts.get(f"explore.theme.{setting.theme}")
        self.language.put(language, texts.get("explore.language.now", language=language))
        self.theme.put(theme, texts.get("explore.theme.now", theme=theme))
        mode = texts.get("explore.mode.explore")
        self.mode.put(mode, texts.get("explore.mode.now", mode=mode))
        self.present.put(texts.get("present.pill"), texts.get("command.present_story"))
        self.keys.put("?", texts.get("command.key_list"))
        self._say_changing()

    def _say_changing(self) -> None:
        """What can change with a move: the way back, and the zone's name as summer time comes and goes."""
        self.back.setEnabled(self._session.can_go_back)
        self.forward.setEnabled(self._session.can_go_forward)
        words = self._zone_words(place=True)
        if self.zone.accessibleName() != words:
            safe_text.name(self.zone, words)
            self._arrange()

    def _zone_words(self, place: bool) -> str:
        name, short = status.zone_words(self._session.state, self._session.dataset, self._look.texts)
        key = "explore.zone.same" if name == short else "explore.zone.place" if place else "explore.zone.short"
        return self._look.texts.get(key, place=name, short=short)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Take the fullest of FITS for which title, field and pills have room."""
        for fit in FITS:
            self._take_fit(fit)
            if self._width_wanted() <= self.width():
                break
        right = self._place_right()
        left = self._place_left(right)
        self._place_middle(left, right)

    def _take_fit(self, fit: Fit) -> None:
        counts = status.count_words(self._session.dataset, self._look.texts)[: fit.counts]
        safe_text.put(self._counts, " · ".join(counts))
        words = self._zone_words(fit.place)
        self.zone.put(words, self._zone_words(place=True), self._look.texts.get("command.zone"))
        self.theme.setVisible(fit.theme)
        self.present.setVisible(fit.present)
        for pill in (self.fit, self.home):
            pill.setVisible(fit.jumps)
        self._counts.setVisible(bool(counts))

    def _pills(self) -> list[Pill]:
        pills = (self.zone, self.language, self.theme, self.mode, self.present, self.keys)
        return [one for one in pills if not one.isHidden()]

    def _title_words(self) -> str:
        return safe_text.one_line(self._session.dataset.meta.title.say(self._look.texts.language))

    def _width_wanted(self) -> int:
        title = min(round(self._look.width(self._title_words(), TITLE, "bold")), self._look.px(260))
        counts = 0 if self._counts.isHidden() else self._counts.sizeHint().width() + GAP
        right = sum(pill.sizeHint().width() for pill in self._pills())
        arrows = sum(size.width() for size in self._targets().values())
        return 2 * SIDE + title + counts + 2 * GAP + arrows + self._look.px(FIELD_LEAST) + right
    def _targets(self) -> dict[Pill, QSize]:
        """The pills that move the view, each with room for a finger."""
        return {one: one.sizeHint().expandedTo(QSize(TARGET, TARGET)) for one in self.moving if not one.isHidden()}

    def _place_right(self) -> int:
        """The pills from the right; the x where they begin."""
        x = self.width() - SIDE
        for pill in reversed(self._pills()):
            size = pill.sizeHint()
            x -= size.width()
            pill.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())
        return x

    def _place_left(self, right: int) -> int:
        """Title and counts on one base line; the x where they end."""
        arrows = sum(size.width() for size in self._targets().values())
        room = max(self._look.px(TITLE_LEAST), right - SIDE - 2 * GAP - arrows - self._look.px(FIELD_LEAST))
        if not self._counts.isHidden():
            room -= self._counts.sizeHint().width() + GAP
        words = self._title_words()
        shown = self._title.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        safe_text.put(self._title, shown)
        safe_text.name(self._title, words)
        size, small = self._title.sizeHint(), self._counts.sizeHint()
        top = (self.height() - size.height()) // 2
        self._title.setGeometry(SIDE, top, size.width(), size.height())
        drop = self._title.fontMetrics().ascent() - self._counts.fontMetrics().ascent()
        end = SIDE + size.width()
        if not self._counts.isHidden():
            self._counts.setGeometry(end + GAP, top + drop, small.width(), small.height())
            end += GAP + small.width()
        return end

    def _place_middle(self, left: int, right: int) -> None:
        """The field, centred in the window where that fits, with the ways to move before it."""
        targets = self._targets()
        arrows = sum(size.width() for size in targets.values())
        room = right - left - 2 * GAP - arrows
        width = max(self._look.px(120), min(self._look.px(FIELD_WIDTH), room))
        x = max(left + GAP + arrows, min((self.width() - width) // 2, right - GAP - width))
        height = min(self.search.sizeHint().height(), self.height() - 8)
        self.search.setGeometry(QRect(x, (self.height() - height) // 2, width, height))
        for pill, size in reversed(targets.items()):
            x -= size.width()
            pill.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground and the hairline below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._look.colours.panel))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(self._look.colours.hairline))
        painter.end()

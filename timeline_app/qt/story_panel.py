"""A panel with every story of the dataset and of the person, the steps of the chosen one, and its words. What an edit
does is the desk's; a story of the dataset is only read here, and copied to be edited.
"""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListView, QVBoxLayout, QWidget

from timeline_app.base.problems import UserError
from timeline_app.domain.stories import Step, Story
from timeline_app.engine.story_report import clock
from timeline_app.qt import safe_text
from timeline_app.qt.access import Announcer
from timeline_app.qt.chooser import Option, OptionPainter, Options, quiet_list
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import EDGE, SHADOW, Panel
from timeline_app.qt.quiet_area import BAR, quiet_area, show_whole
from timeline_app.qt.story_fields import StoryFields
from timeline_app.qt.theme import colour
from timeline_app.viewmodel import note_words, status, story, story_edit

LISTS, FIELDS = 320, 480  # px of the two columns at most, at a text size of 100 %
STEP_PILLS = ("record", "retake", "up", "down", "remove")
STORY_PILLS = ("new", "copy", "remove_story", "save", "undo", "redo", "present")
ONLY_OWN = ("retake", "up", "down", "remove", "remove_story")


class _Rows(Options):
    """Stories or steps; none is left out, since there are never very many."""

    def put(self, options: Sequence[Option]) -> None:
        """Show other rows, unless they are the same."""
        if list(options) != self.options:
            self.beginResetModel()
            self.options = list(options)
            self.endResetModel()


class RowList(QListView):
    """Rows with one that is current. `moved` sends by how many places: 1 or -1 for Alt+Down and Alt+Up, or as far as a
    row was dragged; `came_in` Enter or two clicks, `removing` Delete, `turned` the row that became current by hand."""

    moved = Signal(int)
    came_in = Signal()
    removing = Signal()
    turned = Signal(int)

    def __init__(self, look: Look, spoken: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.has_order = False  # whether rows can be dragged
        self._held: tuple[int, QPoint] | None = None  # a row under a pressed button, and where it was pressed
        self._goal = -1  # the row whose place a dragged one takes
        self._is_told = False  # whether a row is made current by its owner rather than by a hand
        self.rows = _Rows(self)
        self.setModel(self.rows)
        quiet_list(self, OptionPainter(look, "", self), spoken)
        self.doubleClicked.connect(lambda _: self.came_in.emit())

    def put(self, options: Sequence[Option], row: int) -> None:
        """Show rows with one of them current."""
        self._is_told = True
        self.rows.put(options)
        self.setCurrentIndex(self.rows.index(row) if 0 <= row < len(options) else QModelIndex())
        self._is_told = False

    def currentChanged(self, now: QModelIndex, before: QModelIndex) -> None:
        """Tell it, where a hand did it."""
        super().currentChanged(now, before)
        if not self._is_told and now.isValid():
            self.turned.emit(now.row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a row, and hold it where rows have an order."""
        super().mousePressEvent(event)
        row = self.indexAt(event.position().toPoint()).row()
        if self.has_order and event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self._held = row, event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a dragged row would stand; pulling over rows chooses none of them."""
        if self._held is None:
            super().mouseMoveEvent(event)
            return
        at, pressed = event.position().toPoint(), self._held[1]
        if self._goal >= 0 or (at - pressed).manhattanLength() >= QApplication.startDragDistance():
            height = max(1, self.sizeHintForRow(0))
            row = (at.y() + self.verticalOffset()) // height
            self._goal = min(max(row, 0), self.model().rowCount() - 1)
            self.scrollTo(self.rows.index(self._goal))
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let a dragged row go where it is."""
        super().mouseReleaseEvent(event)
        held, goal = self._held, self._goal
        self._let_go()
        if held is not None and goal >= 0 and goal != held[0]:
            self.moved.emit(goal - held[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and a line where a dragged one would stand."""
        super().paintEvent(event)
        if self._held is not None and self._goal >= 0 and self._goal != self._held[0]:
            rect = self.visualRect(self.rows.index(self._goal))
            y = rect.bottom() - 1 if self._goal > self._held[0] else rect.top()
            with QPainter(self.viewport()) as painter:
                painter.fillRect(QRect(rect.left(), y, rect.width(), 2), colour(self._look.colours.interaction))

    def _let_go(self) -> None:
        self._held, self._goal = None, -1
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets a dragged row stay; Alt with up and down, Enter, Delete; the other keys as in any list."""
        key, held = event.key(), event.modifiers()
        if key == Qt.Key.Key_Escape and self._goal >= 0:
            self._let_go()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and held & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.came_in.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removing.emit()
        elif held & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class StoryPanel(Panel):
    """The stories. Every edit is taken at once; the panel stays until it is closed or a step is gone to."""

    def __init__(self, window: QWidget, look: Look, desk: QObject) -> None:
        texts = look.texts
        super().__init__(window, look, texts.get("command.story_panel"))
        self._desk = desk
        page = QWidget(self)
        self.stories = RowList(look, texts.get("stories.stories"), page)
        self.steps = RowList(look, texts.get("stories.steps"), page)
        self.fields = StoryFields(look, page)
        self.pills = {name: Pill(look, "ink" if name == "present" else "chip", page, 12)
                      for name in ("optional", "guess", *STEP_PILLS, *STORY_PILLS)}
        self.hint = safe_text.label("", page, "muted")
        self.problem = safe_text.label("", page, "problem")
        for label in (self.hint, self.problem):
            label.setFont(look.font(12))
            label.setWordWrap(True)
        self.problem.hide()
        self._announcer = Announcer(self)
        self._arrange(window, page)
        self.area = quiet_area(self, page, texts.get("command.story_panel"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # everything in it can have the keyboard itself
        self.body.addWidget(self.area)
        self._wire()
        desk.changed.connect(self._refresh)
        self._refresh()

    def _arrange(self, window: QWidget, page: QWidget) -> None:
        look, room = self.look, self._room(window) - BAR - 8 - self.look.px(16)
        row = round(look.line()) + look.px(14)
        lists = QVBoxLayout()
        for words, one in (("stories.stories", self.stories), ("stories.steps", self.steps)):
            label = safe_text.label(look.texts.get(words), page, "muted")
            label.setFont(look.font(12, "semibold"))
            lists.addWidget(label)
            lists.addWidget(one)
            one.setFixedWidth(min(look.px(LISTS), round(room * 0.4)))
        few = window.height() < look.px(800)
        self.stories.setFixedHeight((3 if few else 4) * row)
        self.steps.setMinimumHeight((4 if few else 8) * row)
        right = QVBoxLayout()
        self.fields.setFixedWidth(min(look.px(FIELDS), round(room * 0.6)))
        right.addWidget(self.fields, 1)
        right.addLayout(self._row(("optional", "guess")))
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addLayout(lists)
        middle.addLayout(right, 1)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(2, 2, 2, 2)
        whole.setSpacing(look.px(8))
        whole.addLayout(middle, 1)
        whole.addWidget(self.problem)
        whole.addWidget(self.hint)
        self._rows = whole

    def _row(self, names: Sequence[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        for name in names:
            if name == "present":
                row.addStretch(1)
            row.addWidget(self.pills[name])
        if "present" not in names:
            row.addStretch(1)
        return row

    def _add_rows(self, names: Sequence[str]) -> None:
        """Buttons side by side, on further rows where the window is narrow or the text large."""
        room = self.fields.width() + self.stories.width() + self.look.px(16)
        row: list[str] = []
        for name in names:
            if row and sum(self.pills[one].sizeHint().width() + 2 for one in (*row, name)) > room:
                self._rows.addLayout(self._row(row))
                row = []
            row.append(name)
        self._rows.addLayout(self._row(row))

    def _room(self, window: QWidget) -> int:
        """px across that a panel of a window has for what is in it."""
        return window.width() - 2 * (EDGE + self.look.px(16))

    def _fit(self) -> None:
        """As large as what is in it, within the window; what finds no room is scrolled to."""
        window, head = self.parentWidget(), round(self.look.line(15)) + self.look.px(60) + 2 * SHADOW
        show_whole(self.area, QSize(self._room(window), window.height() - head))
        self.layout().activate()
        if self.isVisible():
            self._place()

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        super()._focus_moved(before, now)
        if now is not None and self.area.isAncestorOf(now):
            self.area.ensureWidgetVisible(now, 0, self.look.px(12))

    def _wire(self) -> None:
        desk = self._desk
        does = {"record": desk.record_step, "new": desk.record_new, "retake": desk.retake,
                "up": lambda: desk.move_step(-1), "down": lambda: desk.move_step(1), "remove": desk.remove_step,
                "copy": desk.copy, "remove_story": desk.remove_story, "undo": desk.undo, "redo": desk.redo,
                "save": desk.save_as, "present": self._present, "optional": self._turn_optional,
                "guess": self._turn_guess}
        for name, do in does.items():
            if name not in ("optional", "guess"):
                self.pills[name].put(self.look.texts.get(f"stories.do.{name}"))
            self.pills[name].clicked.connect(lambda _=False, do=do: self._do(do))
        for names in (STEP_PILLS, STORY_PILLS):
            self._add_rows(names)
        self.fields.edited.connect(self._edited)
        self.stories.turned.connect(lambda row: self._do(lambda: desk.choose(desk.stories[row].id, 0)))
        self.steps.turned.connect(lambda row: self._do(lambda: desk.choose(desk.chosen.id, row)))
        self.stories.removing.connect(lambda: self._do(desk.remove_story))
        self.steps.removing.connect(lambda: self._do(desk.remove_step))
        self.steps.moved.connect(lambda by: self._do(lambda: desk.move_step(by)))
        self.steps.came_in.connect(self._go)
        self.stories.came_in.connect(self.steps.setFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z and Ctrl+Shift+Z outside of fields, Ctrl+Enter closes; Esc, too."""
        held, shift = event.modifiers(), Qt.KeyboardModifier.ShiftModifier
        if held & Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Z:
            self._do(self._desk.redo if held & shift else self._desk.undo)
        elif held & Qt.KeyboardModifier.ControlModifier and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def dismiss(self) -> None:
        """Close; what was typed is kept."""
        if not self._closing:
            self.fields.flush()
            self._desk.changed.disconnect(self._refresh)
        super().dismiss()

    def _do(self, act: object) -> None:
        """Do what a button or a key asks for; what cannot be done is said here."""
        self.fields.flush()
        words = ""
        try:
            act()
        except UserError as error:
            words = self.look.texts.get(f"error.{error.code}", **self.look.texts.said(error.arguments))
        self._tell(words)

    def _go(self) -> None:
        self.dismiss()
        self._desk.go()

    def _present(self) -> None:
        self.dismiss()
        self._desk.present()

    def _turn_optional(self) -> None:
        told, at = self._desk.chosen, self._desk.number
        self._desk.edit(story_edit.made_optional(told, at, not told.steps[at].is_optional))

    def _turn_guess(self) -> None:
        told, at, dataset = self._desk.chosen, self._desk.number, self._desk.session.dataset
        self._desk.edit(story_edit.guessed(told, at, story_edit.next_question(told.steps[at], dataset), dataset))

    def _edited(self, name: str, text: str) -> None:
        told, at, desk = self._desk.chosen, self._desk.number, self._desk
        if told is None or not desk.is_own:
            return
        language, first = self.look.texts.language, desk.session.dataset.meta.languages[0]
        mark = f"{told.id} {at} {name}"
        if name == "title":
            desk.edit(story_edit.titled(told, text, language, first), mark)
        elif name == "seconds":
            seconds = story_edit.seconds_of(text)
            if seconds is not None:
                desk.edit(story_edit.timed(told, at, seconds), mark)
            self._tell("" if seconds is not None else self.look.texts.get("stories.no_time"))
        else:
            plain = text if name == "notes" else " ".join(text.split())
            desk.edit(story_edit.worded(told, at, name, (plain, language, first)), mark)

    def _tell(self, words: str) -> None:
        """What is wrong, beside the fields and aloud; "" for nothing."""
        if words == self.problem.text():
            return
        safe_text.put(self.problem, words)
        self.problem.setVisible(bool(words))
        if words:
            self._announcer.say(words)
        self._fit()

    # --- What is shown ---

    def _refresh(self) -> None:
        desk = self._desk
        told, at = desk.chosen, desk.number
        rows = [self._story_row(one) for one in desk.stories]
        self.stories.put(rows, next((row for row, one in enumerate(desk.stories) if one is told), -1))
        steps = told.steps if told is not None else ()
        self.steps.has_order = desk.is_own
        self.steps.put([self._step_row(number, one) for number, one in enumerate(steps)], at)
        step = steps[at] if 0 <= at < len(steps) else None
        self.fields.put(self._texts_of(told, step), desk.is_own)
        self._say_step(step)
        for name in ONLY_OWN:
            self._offer(name, desk.is_own)
        self._offer("copy", told is not None and not desk.is_own)
        for name, can in (("undo", desk.history.past), ("redo", desk.history.future), ("save", told),
                          ("present", told)):
            self._offer(name, True, bool(can))
        key = "none" if told is None else "own" if desk.is_own else "of_dataset"
        lacks = [self.look.texts.get(f"stage.missing.{one.what}", id=one.id)
                 for one in (story.missing(step, desk.session.dataset) if step is not None else ())]
        safe_text.put(self.hint, "  ".join((*lacks, self.look.texts.get(f"stories.hint.{key}"))))
        self._fit()

    def _offer(self, name: str, is_there: bool, can: bool = True) -> None:
        """Show a button or not; one that goes hands the keyboard to the steps, so that it stays in the panel."""
        pill = self.pills[name]
        if pill.hasFocus() and not (is_there and can):
            self.steps.setFocus()
        pill.setVisible(is_there)
        pill.setEnabled(can)

    def _story_row(self, told: Story) -> Option:
        texts = self.look.texts
        whose = "" if self._desk.history.named(told.id) else f"{texts.get('stories.of_dataset')} · "
        return Option(told.id, told.title.say(texts.language), f"{whose}{clock(told.seconds)}")

    def _step_row(self, number: int, step: Step) -> Option:
        texts = self.look.texts
        optional = f"{texts.get('present.optional')} · " if step.is_optional else ""
        return Option(step.id, f"{number + 1}  {step.headline.say(texts.language) or self._when(step)}",
                      f"{optional}{clock(step.seconds)}")

    def _when(self, step: Step) -> str:
        session = self._desk.session
        zone = status.zone_of(session.state, session.dataset)
        return note_words.when(step.sight.start_us // 1000, step.sight.end_us // 1000, zone, self.look.texts)

    def _texts_of(self, told: Story | None, step: Step | None) -> dict[str, str]:
        """What the fields hold: of an own story the text of this language alone, of another what is shown."""
        language, first = self.look.texts.language, self._desk.session.dataset.meta.languages[0]

        def said(words: object) -> str:
            return story_edit.text_in(words, language, first) if self._desk.is_own else words.say(language)

        found = {"title": said(told.title)} if told is not None else {}
        if step is not None:
            found |= {name: said(getattr(step, name)) for name in story_edit.TEXTS}
            found["seconds"] = clock(step.seconds)
        return found

    def _say_step(self, step: Step | None) -> None:
        """Whether the step is optional, and what the audience guesses in it."""
        texts, can = self.look.texts, step is not None and self._desk.is_own
        questions = story_edit.questions_of(step, self._desk.session.dataset) if step is not None else ()
        asked = dict(questions).get(step.guess.question) if step is not None and step.guess is not None else None
        now = safe_text.one_line(asked.say(texts.language), 40) if asked is not None else texts.get("stories.no_guess")
        optional = texts.get("stories.optional" if step is not None and step.is_optional else "stories.core")
        for name, words in (("optional", optional), ("guess", texts.get("stories.guess", now=now))):
            self.pills[name].put(words, texts.get("stories.press", now=words))
            self._offer(name, step is not None, can and (name == "optional" or bool(questions)))

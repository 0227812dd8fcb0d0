"""A talk: the presenter's window, the audience's window, and the `Talk` between them. Every key and button becomes a
pure move of the talk; what follows from it on the screens is here and nowhere else.
"""
from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timeline_app.base.text import catalogue
from timeline_app.domain.stories import Story
from timeline_app.engine.dataset import Dataset
from timeline_app.qt import key_words, popup, safe_text, theme
from timeline_app.qt.access import Announcer
from timeline_app.qt.actions import Actions
from timeline_app.qt.any_key import AnyKey
from timeline_app.qt.audience_window import AudienceWindow
from timeline_app.qt.bind import listen
from timeline_app.qt.gestures import Gestures
from timeline_app.qt.look import Look
from timeline_app.qt.notes_drawer import NotesDrawer
from timeline_app.qt.presenter_view import PresenterView
from timeline_app.qt.screens import Screens
from timeline_app.qt.stage import Stage
from timeline_app.qt.stay_awake import StayAwake
from timeline_app.qt.talk_panels import TalkPanels
from timeline_app.qt.talk_report import TalkReport
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel import moves, pacing, stage, talk
from timeline_app.viewmodel.state import Setting, View, ViewState

TICK_MS = 250
THEME = "gallery"  # the presenter's window, whatever the audience sees
CENTRE = QPointF(0.5, 0.5)


def clock_ms() -> int:
    """Milliseconds of a clock that never goes back."""
    return time.monotonic_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Manner:
    """How a talk is given: planned minutes (None: as the story has it), the first step, whether the windows are left to
    the desktop, whether the mouse steps, whether one Esc ends, the clock (ms), the clock on the wall (None: it is not
    told), and whether the data has changed since the story was written."""

    minutes: float | None = None
    at: int = 0
    is_windowed: bool = False
    mouse_steps: bool = False
    ends_at_once: bool = False
    clock: Callable[[], int] = clock_ms
    wall: Callable[[], datetime] | None = None
    has_changed: bool = False


class Present(QWidget):
    """The presenter's window. `over` is sent with the last `Talk` when it is closed, `choice_changed` with a setting's
    name and value when keys, the mouse or Esc are set up otherwise."""

    over = Signal(object)
    choice_changed = Signal(str, object)

    def __init__(self, dataset: Dataset, story: Story, setting: Setting, tasks: Tasks, manner: Manner = Manner()
                 ) -> None:
        super().__init__()
        self.dataset, self.story, self.tasks = dataset, story, tasks
        self._setting, self._manner, self._clock = setting, manner, manner.clock
        self.texts = catalogue(setting.language)
        look = Look(self.texts, theme.palette(THEME), setting.text_percent)
        headlines = [step.headline.say(setting.language) for step in story.steps]
        self._headlines = headlines
        cards = [(line, self.texts.get("present.optional") if step.is_optional else "")
                 for line, step in zip(headlines, story.steps, strict=True)]
        still = replace(setting, still=True)
        self.view = PresenterView(dataset, (setting, still), tasks, look, cards)
        self.audience = AudienceWindow(Stage(dataset, setting, tasks, "far"), manner.mouse_steps)
        self.panels = TalkPanels(self, look, cards)
        self.drawer = NotesDrawer(look, self.audience)
        self.screens = Screens(self, self.audience, manner.is_windowed)
        self.talk = talk.begin(talk.beats_of(story, dataset), manner.clock(), manner.minutes, manner.at)
        self._shown: tuple[object, ...] = (None, None, False)
        self._at_rest: View | None = None  # what the near stage looks at as long as nobody moves it
        self._said, self._warned = ("", ""), ""  # what was announced last
        self._notice = ""  # what was set up a moment ago, until the next key
        self._is_told = False  # whether a stage is being told what to show, rather than moved by hand
        self._handlers = self._made_handlers()
        self.actions = self._actions(self)
        self.far_actions = self._actions(self.audience)
        self.gestures = Gestures(self.view.near.canvas, self.view.near.session, lambda *_: None)
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self._tick)
        self._awake = StayAwake(self.texts.get("present.window"), safe_text.one_line(story.title.text), self)
        self._any_key = AnyKey(self, self.audience, self.drawer)
        self._announcer = Announcer(self)
        self._wire()
        self._name(look)
        self._refresh(flies=False)

    def _actions(self, window: QWidget) -> Actions:
        made = Actions(window, self.view.near.session, self.texts, "present")
        made.handlers |= self._handlers
        return made

    def _made_handlers(self) -> dict[str, Callable[[], object]]:
        act, last = self._act, len(self.story.steps) - 1
        return {
            "next_step": lambda: act(talk.forward), "previous_step": lambda: act(talk.backward),
            "first_step": lambda: self.jump(0), "last_step": lambda: self.jump(last),
            "black_screen": lambda: act(talk.cover, "black"), "white_screen": lambda: act(talk.cover, "white"),
            "freeze_screen": lambda: act(talk.freeze), "leave_path": lambda: act(talk.leave),
            "spotlight": lambda: act(talk.spotlight), "pause_clock": lambda: act(talk.pause),
            "reset_clock": lambda: act(talk.reset), "swap_screens": self.screens.swap,
            "jump_to_step": lambda: self.panels.ask_step(self.talk.at),
            "step_overview": lambda: self.panels.show_overview(self.talk.at), "notes_drawer": self.switch_drawer,
            "notes_larger": lambda: self._resize_notes(1), "notes_smaller": lambda: self._resize_notes(-1),
            "key_list": lambda: self.panels.list_keys(self.actions),
            "palette": lambda: self.panels.show_palette(self.actions),
            "learn_clicker": lambda: self.panels.learn_clicker(self.actions),
            "mouse_steps": self.switch_mouse, "esc_ends": self.switch_esc,
            "search": self.begin_search, "end_talk": self.escape,
        }

    def _wire(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.view.keys.wanted.connect(self.actions.run)
        for part in (self.view.strip, self.panels):
            part.chosen.connect(self.jump)
        self._any_key.pressed.connect(self._bring_back)
        self.audience.stepped.connect(lambda step: self._act(talk.forward if step > 0 else talk.backward))
        self.audience.pointed.connect(self._point)
        self.audience.closing.connect(self._end)
        self.screens.changed.connect(self._screens_changed)
        for part in (self.view.near, self.view.near.canvas.viewport()):
            part.setMouseTracking(True)
            part.installEventFilter(self)
        listen(self, self.view.near.session, self._moved)
        for actions in (self.actions, self.far_actions):
            actions.keys_changed.connect(lambda actions=actions: self._keys_changed(actions))

    def _name(self, look: Look) -> None:
        title = safe_text.one_line(self.story.title.say(self._setting.language))
        self.setWindowTitle(f"{title} · {self.texts.get('present.window')}")
        self.audience.setWindowTitle(title)
        self.audience.set_theme(self._setting.theme)
        self.setPalette(theme.qt_palette(look.colours))
        self.view.keys.show_keys(self.actions.keys)

    def take_keys(self, overrides: Mapping[str, key_words.Keys], letters: bool = True) -> None:
        """Other keys in both windows, and whether those of a single character are on."""
        for actions in (self.actions, self.far_actions):
            actions.set_keys(overrides, letters)
        self.view.keys.show_keys(self.actions.keys)

    def _keys_changed(self, actions: Actions) -> None:
        self.take_keys(actions.overrides, actions.letters)
        self.choice_changed.emit("keys", key_words.written(actions.overrides))

    def begin(self) -> None:
        """Show both windows, keep the screens awake, let the clock run."""
        self.screens.show()
        self._awake.begin()
        self._ticker.start()
        self.view.near.setFocus()

    def jump(self, to: int) -> None:
        """A step by its number from 0."""
        self._act(talk.jump, to)

    def escape(self) -> None:
        """Close what floats; else end, on the second press."""
        if not popup.close_all(self):
            self._act(talk.escape, ends_at_once=self._manner.ends_at_once)

    def switch_mouse(self) -> None:
        """Let clicks and the wheel on the audience's window step, or no more."""
        self.audience.mouse_steps = steps = not self.audience.mouse_steps
        self._set_up("mouse_steps", steps)

    def switch_esc(self) -> None:
        """Let one Esc end the talk, or two again."""
        self._manner = replace(self._manner, ends_at_once=not self._manner.ends_at_once)
        self._set_up("esc_ends", self._manner.ends_at_once)

    def _set_up(self, name: str, value: bool) -> None:
        self.choice_changed.emit(name, value)
        self._notice = self.texts.get(f"present.{name}.{'on' if value else 'off'}")
        self._refresh()

    def _bring_back(self, key: int) -> None:
        """Any key while the screen is black or white: the picture is back. Esc is its first press, too."""
        self._act(talk.escape if key == Qt.Key.Key_Escape else talk.uncovered)

    def _screens_changed(self) -> None:
        if self.drawer.isVisible():
            self.drawer.open_over(self.audience)
        self._refresh()

    def switch_drawer(self) -> None:
        """Notes over the foot of the audience's screen, for who has only one; or away with them."""
        if self.drawer.isVisible() or self.talk.is_over:
            self.drawer.hide()
        else:
            self.drawer.open_over(self.audience)

    def begin_search(self) -> None:
        """Search, off the path."""
        if self.talk.is_off_path:
            self.view.search.begin()

    def _resize_notes(self, step: int) -> None:
        for page in (self.view.notes, self.drawer.notes):
            page.larger(step)

    def _act(self, move: Callable[..., talk.Talk], *args: object, **options: object) -> None:
        self._notice = ""
        self.talk = move(self.talk, *args, self._clock(), **options)
        self._refresh()
        if self.talk.has_spotlight and self.audience.stage.cover.spot is None:
            self._point(CENTRE)

    def _tick(self) -> None:
        self.talk = talk.ticked(self.talk, self._clock())
        self._show_pace()

    def _refresh(self, flies: bool = True) -> None:
        """Bring every part to the talk of now."""
        now = self.talk
        if now.is_over:
            self._end()
            return
        near, far = self.view.near, self.audience.stage
        following = talk.following(now)
        wanted = (now.at, now.is_revealed, now.is_off_path), (now.shown, now.shows_answers), self._is_led
        self._is_told = True
        if wanted[0] != self._shown[0] and not now.is_off_path:
            self._at_rest = self._doc(now.at, False).state.view
            near.show_doc(self._doc(now.at, now.is_revealed), flies)
            self.view.following.show_doc(self._doc(following, False))
        if now.shown < 0 and wanted[1] != self._shown[1]:
            far.show_doc(stage.title(self.story, self.dataset, self._setting), False)
        elif wanted[1] != self._shown[1] or (self._shown[2] and not wanted[2]):
            far.show_doc(self._doc(now.shown, now.shows_answers), flies)
        self._shown = wanted
        self._is_told = False
        if self._is_led:
            self._lead()
        far.set_cover(now.blank)
        self._any_key.watch(bool(now.blank))
        if not now.has_spotlight:
            far.set_spotlight(None)
            near.set_spotlight(None)
        self.view.show_search(now.is_off_path)
        far.prepare(self._doc(following, False))
        self._say(now)

    @property
    def _is_led(self) -> bool:
        """Whether the audience follows a presenter who has left the path."""
        return self.talk.is_off_path and not self.talk.is_frozen and self.talk.shown == self.talk.at

    def _doc(self, at: int, is_revealed: bool) -> stage.StageDoc:
        return stage.doc(self.story, at, self.dataset, self._setting, is_revealed)

    def _say(self, now: talk.Talk) -> None:
        notes = self.story.steps[now.at].notes.say(self._setting.language)
        following = talk.following(now)
        upcoming = self._headlines[following] if following != now.at else self.texts.get("present.last_step")
        for page in (self.view.notes, self.drawer.notes):
            page.show_notes(notes)
        safe_text.put(self.drawer.next, f"{self.texts.get('present.next')}: {upcoming}")
        self.view.strip.show_step(now.at)
        is_on = now.shown >= 0
        place = self.texts.get("present.on_screen" if is_on else "present.nothing_yet", n=now.shown + 1,
                               of=len(self.story.steps))
        safe_text.put(self.view.place, place)
        message = self._message(now)
        self._show_pace()
        said = (f"{place}. {self._headlines[now.shown]}" if is_on else place, message)
        if said != self._said:
            safe_text.put(self.view.message, message)
            self._announcer.say(message if said[0] == self._said[0] else " ".join(said))
            self._said = said

    def _message(self, now: talk.Talk) -> str:
        """What is unusual now, in words."""
        texts, said = self.texts, [self._notice] if self._notice else []
        if now.armed_at is not None:
            said.append(texts.get("present.message.armed"))
        if now.asks:
            flags = ", ".join(texts.get(f"present.flag.{one}") for one in now.beats[now.at].flags)
            said.append(texts.get("present.message.asks", flags=flags))
        if now.blank:
            said.append(texts.get(f"present.message.{now.blank}"))
        for is_so, key in ((now.is_frozen, "frozen"), (now.is_off_path, "off_path"), (now.has_spotlight, "spotlight")):
            if is_so:
                said.append(texts.get(f"present.message.{key}"))
        if self.story.steps[now.at].guess is not None and not now.is_revealed:
            said.append(texts.get("present.message.guess"))
        if any(beat.is_optional for beat in now.beats[now.at + 1:]) and talk.is_short(now):
            said.append(texts.get("present.message.short"))
        said += self._doc(now.at, False).notices
        if self._manner.has_changed:
            said.append(texts.get("present.message.changed"))
        return "  ".join(said)

    def _show_pace(self) -> None:
        pace = pacing.pace(self.talk, self.texts)
        if pace.warning and pace.warning != self._warned:
            self._announcer.say(pace.warning)
        self._warned = pace.warning
        by_the_wall = self._by_the_wall()
        for clock in (self.view.clock, self.drawer.clock):
            clock.show_pace(pace, by_the_wall)

    def _by_the_wall(self) -> str:
        """The time of day, and when the talk is to end."""
        if self._manner.wall is None:
            return ""
        now = self._manner.wall()
        end = now + timedelta(milliseconds=self.talk.planned_ms - self.talk.elapsed_ms)
        return self.texts.get("present.by_the_wall", now=f"{now:%H:%M}", end=f"{end:%H:%M}")

    def _moved(self, state: ViewState) -> None:
        """The near stage was moved: by hand off the path, where the audience follows unless its screen is frozen."""
        if self._is_told or state.view == self._at_rest and not self.talk.is_off_path:
            return
        if not self.talk.is_off_path:
            self.talk = talk.leave(replace(self.talk, blank=""), self._clock())
            self._refresh()
        if self._is_led:
            self._lead()

    def _lead(self) -> None:
        """Let the audience look where the presenter looks, in the type of its own screen."""
        near, far = self.view.near.session, self.audience.stage.session
        far.become(moves.set_up(near.state, text_percent=far.state.setting.text_percent), glides=near.glides)

    def _point(self, at: QPointF) -> None:
        if self.talk.has_spotlight:
            self.audience.stage.set_spotlight(at)
            self.view.near.set_spotlight(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The spotlight follows the pointer over the small copy, too."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove and isinstance(watched, QWidget):
            near = self.view.near
            at = watched.mapTo(near, event.position())
            self._point(QPointF(at.x() / max(1, near.width()), at.y() / max(1, near.height())))
        return False

    def _end(self) -> None:
        """The audience's window goes; the presenter sees how long the steps took."""
        if not self._ticker.isActive() and not self.audience.isVisible():
            return
        self._ticker.stop()
        self._awake.end()
        self._any_key.watch(False)
        self.drawer.hide()
        self.screens.end()
        self.talk = talk.over(self.talk, self._clock())
        popup.close_all(self)
        safe_text.put(self.view.message, "")
        report = TalkReport(self, self.view.look, self.talk, self._headlines)
        report.closed.connect(self.close)
        report.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the workers before the widgets go."""
        self._ticker.stop()
        self._awake.end()
        self._any_key.watch(False)
        self.screens.end()
        for window in (self.drawer, self.audience):
            window.hide()
            window.deleteLater()
        self.tasks.close()
        self.over.emit(self.talk)
        super().closeEvent(event)

"""Stories in one window: recording views as steps, the panel in which own stories are edited, and the way to the disk.

An edit is on screen at once and on its way to the disk at the same time; what the disk refuses stays on screen and is
tried again with the next edit and when the window closes.
"""
from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from timeline_app.base.problems import Problem, UserError
from timeline_app.base.text import Texts
from timeline_app.domain.records import Words
from timeline_app.domain.stories import MOST_STEPS, Story
from timeline_app.engine import story_shelf
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.report import message
from timeline_app.qt import errors, key_words, popup, safe_text
from timeline_app.qt.story_panel import StoryPanel
from timeline_app.viewmodel import story, story_edit
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.story_edit import History

JOB, READ_JOB, FILE_JOB = "stories", "stories_read", "story_file"
SAID_LENGTH = 60


class StoryDesk(QObject):
    """Answers for one window, which has `session`, `actions`, `requests`, `status`, `tasks` and `presenting`. `changed`
    is sent after each edit and choice. Without `begin` nothing is read or written: stories then live as long as the
    window."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._place: Path | None = None
        self._keeps = False
        self._touched: tuple[str, ...] = ()
        self._is_pending = False
        self.history = History()
        self.problems: tuple[Problem, ...] = ()
        self.story_id, self.step = "", -1
        self.fresh: Callable[[], str] = lambda: f"own-{secrets.token_hex(4)}"
        self._beside: dict[int, str] = {}  # the last edit of notes when an edit of stories was made, by its number
        self._ahead: dict[int, str] = {}  # the note edit to be redone when an edit of stories was taken back
        handlers = window.actions.handlers
        note_undo, note_redo = handlers["undo"], handlers["redo"]
        handlers |= {"record_step": self.record_step, "story_panel": self.open_panel,
                     "undo": lambda: (self.undo if self._is_latest() else note_undo)(),
                     "redo": lambda: (self.redo if self._is_next() else note_redo)()}

    # --- The files ---

    def begin(self) -> None:
        """Read the person's stories on the dataset, and keep what is made from now on."""
        self._keeps = True
        self._open()

    def follow(self) -> None:
        """The window has taken another dataset."""
        if self._keeps and story_shelf.place_of(self._session.dataset) != self._place:
            self.flush()
            self.history, self.story_id, self.step, self._touched = History(), "", -1, ()
            self._open()

    def flush(self) -> None:
        """Write what is pending before the window goes."""
        popup.close_all(self._window)
        if self._is_pending and self._place is not None:
            with contextlib.suppress(UserError):
                story_shelf.keep(self._place, self._session.dataset, self.history.now, self._touched)
                self._is_pending = False

    def _open(self) -> None:
        self._place = story_shelf.place_of(self._session.dataset)
        if self._place is not None:
            self._window.tasks.run(READ_JOB, story_shelf.read, self._place, self._session.dataset, done=self._take,
                                   failed=self._failed)

    def _take(self, found: story_shelf.Read) -> None:
        stories, self.problems = found
        known = {*self._touched, *(one.id for one in self.history.now)}
        self.history = self.history.joined(tuple(one for one in stories if one.id not in known))
        if self.problems:
            self._window.status.say(message(self.problems[0], self._texts))
        self.changed.emit()

    def _keep(self) -> None:
        if self._place is not None and self._touched:
            self._window.tasks.run(JOB, story_shelf.keep, self._place, self._session.dataset, self.history.now,
                                   self._touched, done=self._kept, failed=self._failed)

    def _kept(self, _: None) -> None:
        self._is_pending = self._window.tasks.busy(JOB)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._window.requests.say_refused(error)
        else:
            errors.report(error)

    # --- What is there ---

    @property
    def dataset(self) -> Dataset:
        """The dataset with the person's stories after its own."""
        return story_shelf.with_stories(self._session.dataset, self.history.now)

    @property
    def stories(self) -> tuple[Story, ...]:
        """The stories of the dataset, then the person's own."""
        return (*self._session.dataset.stories, *self.history.now)

    @property
    def chosen(self) -> Story | None:
        """The story that was recorded into or looked at last; else the first."""
        return next((one for one in self.stories if one.id == self.story_id), next(iter(self.stories), None))

    @property
    def is_own(self) -> bool:
        """Whether the chosen story can be edited."""
        return self.chosen is not None and self.history.named(self.chosen.id) is not None

    @property
    def number(self) -> int:
        """The number from 0 of the chosen step; -1 where there is none."""
        return min(self.step, len(self.chosen.steps) - 1) if self.chosen is not None else -1

    # --- What can be done ---

    def record_step(self) -> None:
        """Make the view a step of the own story that was used last, or of a new one."""
        own = self.history.named(self.story_id) or next(reversed(self.history.now), None)
        if own is not None and own.id != self.story_id:
            self.story_id, self.step = own.id, len(own.steps) - 1
        self._record(own or self._new_story())

    def record_new(self) -> None:
        """Begin a story with the view as its first step."""
        self._record(self._new_story())

    def _record(self, told: Story) -> None:
        self._must_be_read()
        if len(told.steps) >= MOST_STEPS:
            raise UserError("story_is_full", most=MOST_STEPS)
        after = self.step if told.id == self.story_id else len(told.steps) - 1
        told, at = story_edit.recorded(told, self._session.state.view, self._session.dataset, after)
        self.story_id, self.step = told.id, at
        self.edit(told)
        keys = key_words.one_line(self._window.actions.keys["story_panel"], self._texts)
        self._say("stories.recorded", n=at + 1, of=len(told.steps), title=self._title(told),
                  keys=keys or self._texts.get("command.story_panel"))

    def _new_story(self) -> Story:
        number = len(self.history.now) + 1
        return story_edit.begun(self.fresh(), self._words(self._texts.get("stories.untitled", n=number)))

    def _words(self, text: str) -> Words:
        first = self._session.dataset.meta.languages[0]
        return story_edit.said(Words(), text, self._texts.language, first)

    def copy(self) -> None:
        """The chosen story as one's own, to edit."""
        told = self.chosen
        if told is not None:
            self._must_be_read()
            text = self._texts.get("stories.copy_of", title=told.title.say(self._texts.language))
            made = story_edit.copied(told, self.fresh(), self._words(text))
            self.story_id = made.id
            self.edit(made)
            self._say("stories.copied", title=self._title(made))

    def edit(self, told: Story, mark: str = "") -> None:
        """Take on an edited story, and write it."""
        self._become(self.history.with_story(told, mark))

    def remove_step(self) -> None:
        """Take the chosen step out of its story; without its last step a story is gone. An undo brings it back."""
        told = self.chosen
        if told is not None and self.is_own and told.steps:
            self.step = max(self.number, 0)
            self.edit(story_edit.removed(told, self.number if self.number >= 0 else 0))
            self._say("stories.step_removed" if len(told.steps) > 1 else "stories.removed", title=self._title(told))

    def remove_story(self) -> None:
        """Remove the chosen story with its file. An undo brings it back."""
        told = self.chosen
        if told is not None and self.is_own:
            self._become(self.history.without(told.id))
            self._say("stories.removed", title=self._title(told))

    def move_step(self, by: int) -> None:
        """Move the chosen step so many places later."""
        if self.chosen is not None and self.is_own and self.number >= 0:
            told, self.step = story_edit.moved(self.chosen, self.number, by)
            self.edit(told)

    def retake(self) -> None:
        """Let the chosen step look at the view of now."""
        if self.chosen is not None and self.is_own and self.number >= 0:
            self.edit(story_edit.retaken(self.chosen, self.number, self._session.state.view, self._session.dataset))
            self._say("stories.retaken", n=self.number + 1)

    def undo(self) -> None:
        """Take back the last edit of stories."""
        before = self._session.notes.journal.redoable
        self._return(self.history.undone(), "nothing_to_undo", "stories.undone")
        self._ahead[len(self.history.future)] = before.id if before is not None else ""

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._return(self.history.redone(), "nothing_to_redo", "stories.redone")

    def choose(self, story_id: str, step: int) -> None:
        """Look at a step of a story in the panel, and record behind it."""
        if (story_id, step) != (self.story_id, self.step):
            self.story_id, self.step = story_id, step
            self.changed.emit()

    def go(self) -> None:
        """Look at what the chosen step looks at."""
        if self.chosen is not None and self.number >= 0:
            view = story.view_of(self.chosen.steps[self.number], self._session.dataset)
            self._session.become(replace(self._session.state, view=view))
            self._window.reveal()

    def present(self) -> None:
        """Give a talk with the chosen story from the chosen step."""
        if self.chosen is not None:
            self._window.presenting.emit(max(self.number, 0), self.chosen.id)

    def save_as(self) -> None:
        """Ask for a file and write the chosen story into it."""
        told, texts = self.chosen, self._texts
        if told is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(self._window, texts.get("stories.save_title"), f"{told.id}.json",
                                                f"{texts.get('stories.file_kind')} (*.json)")
        if chosen:
            place = Path(chosen)  # the dialog of the system has asked whether to replace
            self._window.tasks.run(FILE_JOB, story_shelf.export, place, told, self._session.dataset, True,
                                   done=lambda _: self._say("stories.saved", name=place.name), failed=self._failed)

    def open_panel(self) -> None:
        """Show the stories, the steps of one, and its words."""
        if self.chosen is not None and self.story_id != self.chosen.id:
            self.story_id, self.step = self.chosen.id, 0
        panel = StoryPanel(self._window, self._window.requests.look, self)
        panel.open(focus=panel.steps if self.stories else None)

    # --- How ---

    @property
    def session(self) -> Session:
        """The session of the window."""
        return self._session

    @property
    def _texts(self) -> Texts:
        return self._window.requests.texts

    def _must_be_read(self) -> None:
        if self._keeps and self._place is None:
            raise UserError("stories_while_reading")

    def _is_latest(self) -> bool:
        """Whether the last edit that stands is one of stories, rather than one of notes."""
        last = self._session.notes.journal.undoable
        return bool(self.history.past) and self._beside.get(len(self.history.past)) == (last.id if last else "")

    def _is_next(self) -> bool:
        """Whether the edit that was taken back last is one of stories."""
        following = self._session.notes.journal.redoable
        wanted = self._ahead.get(len(self.history.future))
        return bool(self.history.future) and wanted == (following.id if following else "")

    def _return(self, history: History | None, refused: str, said: str) -> None:
        if history is None:
            raise UserError(refused)
        touched = story_edit.changed(self.history.now, history.now)
        named = next(found for one in touched for found in (history.named(one), self.history.named(one)) if found)
        there = [one for one in touched if history.named(one) is not None]
        if there and self.story_id not in there:
            self.story_id = there[0]
        self._become(history)
        self._say(said, title=self._title(named))

    def _become(self, history: History) -> None:
        if len(history.past) > len(self.history.past):
            last = self._session.notes.journal.undoable
            self._beside[len(history.past)] = last.id if last is not None else ""
        changed = story_edit.changed(self.history.now, history.now)
        self.history = history
        self._touched = tuple(dict.fromkeys((*self._touched, *changed)))
        self._is_pending = self._is_pending or bool(changed)
        self._keep()
        self.changed.emit()

    def _title(self, told: Story) -> str:
        return safe_text.one_line(told.title.say(self._texts.language), SAID_LENGTH)

    def _say(self, key: str, **args: object) -> None:
        self._window.status.say(self._texts.get(key, **args))

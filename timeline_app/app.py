"""The only place that builds objects and wires them: dataset, session, window. Nothing is decided about data here.

The window's frame is shown with Qt alone; pyqtgraph and the dataset come after it. Without a screen nothing fails: the
opening view is written as a picture instead.
"""
from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.base import settings as kept
from timeline_app.base.problems import UserError
from timeline_app.base.text import LANGUAGES, catalogue

if TYPE_CHECKING:
    from timeline_app.engine.dataset import Dataset
    from timeline_app.engine.reading import Building
    from timeline_app.qt.look import Look
    from timeline_app.qt.main_window import MainWindow
    from timeline_app.qt.reception import Reception
    from timeline_app.shells.explore import Explore
    from timeline_app.shells.present import Present
    from timeline_app.viewmodel.notebook import NoteBook
    from timeline_app.viewmodel.state import Setting, ViewState

PICTURE = "timeline-explorer.png"
SIZE = (1920, 1080)
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")


def has_screen() -> bool:
    """Whether a window can be shown: on Linux a display must be named, elsewhere there always is one."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform:
        return platform not in ("offscreen", "minimal")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in SCREENS)


def explore(path: str, language: str | None = None, theme: str | None = None) -> int:
    """Open the window and stay until it closes; without a screen write the opening view to ./timeline-explorer.png."""
    if not has_screen():
        print(catalogue(language or "en").get("cli.no_screen", name=PICTURE), file=sys.stderr)
        return snapshot(path, PICTURE, {"language": language, "theme": theme})
    from timeline_app.qt.main_window import application  # Qt alone, so that the frame is there at once

    app = application()
    desk = Desk(language, theme)
    app.processEvents()
    desk.open(path)
    return app.exec()


def snapshot(path: str, output: str, options: Mapping[str, object], building: Building | None = None) -> int:
    """Render a view into a file, without a screen. Options: size (w, h), span (EDTF), select, theme, language, zone,
    notes (whether a person's own and those of the dataset are drawn), group (what lanes are made by); or a step of a
    story, see `telling.step_snapshot`, or a screen of the kiosk, see `exhibit.picture`."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from timeline_app import telling
    from timeline_app.engine.dataset import open_dataset
    from timeline_app.qt.export import drawable
    from timeline_app.qt.main_window import application, without_platform_remarks

    application()
    dataset = open_dataset(path, building)
    if options.get("kiosk"):
        from timeline_app import exhibit

        return exhibit.picture(dataset, Path(output), options)
    if options.get("story") or options.get("step"):
        return telling.step_snapshot(dataset, Path(output), options)
    notes = noted(dataset) if options.get("notes") else None
    state, size = state_for(dataset, options, notes), drawable(options.get("size") or SIZE)
    with without_platform_remarks():
        window = pictured(dataset, state, size, notes)
    try:
        window.requests.draw(Path(output))
    finally:
        window.close()
        window.deleteLater()
    return 0


def present(path: str, options: Mapping[str, object]) -> int:
    """Give a talk and stay until it is over. Options: story, from_step, minutes, language, theme, windowed, mouse,
    esc_ends, rehearse (a file for the story with the times that its steps took)."""
    if not has_screen():
        raise UserError("needs_screen")
    from timeline_app import telling
    from timeline_app.engine import story_shelf
    from timeline_app.engine.dataset import open_dataset
    from timeline_app.qt.main_window import application
    from timeline_app.viewmodel.state import Setting

    app = application()
    kept_settings, _ = kept.load()
    dataset = story_shelf.with_own(open_dataset(path))
    language = str(options.get("language") or kept_settings.language or _language_of_system())
    setting = Setting(language, str(options.get("theme") or kept_settings.theme or "paper"), kept_settings.zone,
                      still=kept_settings.reduced_motion == "on")
    window = telling.talking(dataset, setting, _talk_options(kept_settings, options))
    _give_keys(window, kept_settings)
    window.choice_changed.connect(lambda name, value: _save(replace(kept.load()[0], **{name: value})))
    window.over.connect(lambda talk: telling.keep_times(dataset, window.story, talk, options.get("rehearse")))
    window.over.connect(app.quit)
    window.begin()
    return app.exec()


def kiosk(path: str, options: Mapping[str, object]) -> int:
    """Stand in front of visitors until the staff end it, see `exhibit.run`. A platform that is named is believed, also
    one that shows nothing."""
    if not has_screen() and not os.environ.get("QT_QPA_PLATFORM"):
        raise UserError("needs_screen")
    from timeline_app import exhibit

    return exhibit.run(path, options)


def _talk_options(settings: kept.Settings, options: Mapping[str, object]) -> dict[str, object]:
    """The options of a talk with what was set up once for all talks."""
    return {**options, "wall": True, "mouse": options.get("mouse") or settings.mouse_steps,
            "esc_ends": options.get("esc_ends") or settings.esc_ends}


def _give_keys(window: Present, settings: kept.Settings) -> None:
    from timeline_app.qt import key_words

    window.take_keys(key_words.read(settings.keys), settings.single_letter_keys)


def _save(settings: kept.Settings) -> None:
    try:
        kept.save(settings)
    except UserError:
        return  # a read-only home keeps nothing, and that is no reason to disturb anybody


def noted(dataset: Dataset) -> NoteBook:
    """The notes on a dataset: those that a person has kept, and those that came with it."""
    from timeline_app.engine import note_journal
    from timeline_app.viewmodel.notebook import NoteBook

    place = note_journal.place_of(dataset)
    return NoteBook(note_journal.read(place) if place is not None else note_journal.Journal(), came=dataset.notes)


def pictured(dataset: Dataset, state: ViewState, size: tuple[int, int], notes: NoteBook | None = None) -> Explore:
    """The explore window of a state at a size, with everything in it that is still to come; without notes unless they
    are given."""
    from timeline_app.qt.tasks import Tasks
    from timeline_app.shells.explore import Explore
    from timeline_app.viewmodel.notebook import NoteBook
    from timeline_app.viewmodel.session import Session

    session = Session(dataset, state)
    session.take_notes(notes or NoteBook())
    window = Explore(session, Tasks())
    window.resize(*size)
    window.show()
    window.tasks.settle()
    return window


def state_for(dataset: Dataset, options: Mapping[str, object], notes: NoteBook | None = None) -> ViewState:
    """The dataset's opening state with the options of a snapshot, which does not move; UserError for what cannot be."""
    from timeline_app.domain import edtf, zones
    from timeline_app.domain.time import BadDate
    from timeline_app.viewmodel import moves, tweet_pick, walk
    from timeline_app.viewmodel.window import Window

    wanted = {name: options[name] for name in ("language", "theme", "zone") if options.get(name)}
    if "zone" in wanted and not zones.is_zone(str(wanted["zone"])):
        raise UserError("unknown_zone", zone=wanted["zone"])
    state = moves.set_up(walk.opening(dataset), still=True, **wanted)
    selected = str(options.get("select") or "")
    is_note = notes is not None and notes.named(selected) is not None
    if selected and not is_note and selected not in dataset.event_by_id and tweet_pick.found(selected, dataset) is None:
        raise UserError("unknown_event", id=selected)
    if selected:
        state = moves.select(state, selected)
    if options.get("group"):
        state = grouped(state, dataset, str(options["group"]))
    if options.get("span"):
        try:
            span = edtf.resolve(str(options["span"]), state.setting.zone or dataset.meta.zone).span
        except BadDate as error:
            raise UserError("bad_span", span=options["span"]) from error
        state = moves.show(state, Window.of(span), walk.limits_of(dataset).around(Window.of(span)))
    return state


def grouped(state: ViewState, dataset: Dataset, group: str) -> ViewState:
    """The state with lanes grouped by a column; UserError where its values tell no events apart."""
    from timeline_app.viewmodel import grouping, moves

    known = {one.name.removeprefix(grouping.COLUMN): one.name for one in reversed(grouping.ways(dataset))}
    if group not in known:
        raise UserError("unknown_group", group=group, known=", ".join(sorted(known)))
    return moves.group_lanes(state, known[group])


def _language_of_system() -> str:
    """The first of our languages that the system asks for."""
    from PySide6.QtCore import QLocale

    asked = (name[:2] for name in QLocale.system().uiLanguages())
    return next((code for code in asked if code in LANGUAGES), LANGUAGES[0])


def _workers() -> AbstractContextManager[Executor]:
    from timeline_app.engine.tweets.workers import start_workers

    return start_workers()


class Desk:
    """The window, the dataset in it, what comes in to be opened, and the settings that outlive them."""

    def __init__(self, language: str | None, theme: str | None) -> None:
        from timeline_app.qt.main_window import MainWindow
        from timeline_app.qt.theme import palette
        from timeline_app.qt.wishes import Wishes

        self._kept, self._notices = kept.load()
        self._wishes, self._follows = Wishes(), not (theme or self._kept.theme)
        self._language = language or self._kept.language or _language_of_system()
        self._theme = theme or self._kept.theme or self._wishes.theme()
        self.window: MainWindow = MainWindow(catalogue(self._language), palette(self._theme))
        self.window.closing.connect(self._closed)
        self.window.resize(self._kept.width, self._kept.height)
        self._wishes.changed.connect(self._follow)
        self.window.show()

    @cached_property
    def reception(self) -> Reception:
        """Where paths come in; made behind the frame of the window, which is there at once."""
        from timeline_app.qt.reception import Reception

        return Reception(self.window, _workers, self._look, self._made)

    def open(self, *paths: str) -> None:
        """Open what is at the paths on a worker; what cannot be opened is said in the window."""
        self.reception.open(paths)

    def _look(self) -> Look:
        from timeline_app.qt.look import Look
        from timeline_app.qt.theme import palette

        return Look(catalogue(self._language), palette(self._theme), self._kept.text_percent)

    def _made(self, dataset: Dataset) -> Explore:
        """The content of the window for a dataset."""
        from timeline_app.engine.report import message
        from timeline_app.qt import errors, key_words
        from timeline_app.qt.tasks import Tasks
        from timeline_app.shells.explore import Explore
        from timeline_app.viewmodel import moves, walk
        from timeline_app.viewmodel.session import Session

        state = moves.set_up(walk.opening(dataset), language=self._language, theme=self._theme,
                             zone=self._kept.zone, text_percent=self._kept.text_percent, still=self._is_still())
        content = Explore(Session(dataset, state), Tasks())
        content.actions.set_keys(key_words.read(self._kept.keys), self._kept.single_letter_keys)
        content.gestures.wheel.pans = self._kept.wheel_pans
        content.status.set_stay(self._kept.message_seconds)
        content.setting_changed.connect(self._keep)
        content.choice_changed.connect(self._keep_choice)
        content.opening.connect(self.reception.open)
        content.stopped.connect(self.reception.cancel)
        content.presenting.connect(lambda *asked: self._present(content, *asked))
        content.notes.begin()
        content.stories.begin()
        errors.install(content.requests.show_bug)
        if self._notices:
            content.status.say(message(self._notices[0], catalogue(self._language)))
        return content

    def _present(self, content: Explore, step: int, story: str) -> None:
        """A talk over what is explored; this window comes back when it is over."""
        setting = replace(content.session.state.setting, text_percent=100)
        from timeline_app import telling

        options = _talk_options(self._kept, {"story": story, "from_step": str(step + 1)})
        talk = telling.talking(content.stories.dataset, setting, options)
        talk.take_keys(content.actions.overrides, content.actions.letters)
        talk.choice_changed.connect(self._keep_choice)
        talk.over.connect(lambda: content.actions.set_keys(talk.actions.overrides))
        talk.over.connect(self.window.show)
        talk.over.connect(talk.deleteLater)
        self.window.hide()
        talk.begin()

    def _is_still(self) -> bool:
        """Whether motion is reduced, as a person said or else as the system asks."""
        return {"on": True, "off": False}.get(self._kept.reduced_motion, self._wishes.stillness())

    def _follow(self) -> None:
        """Take on what the system asks for now, where a person has not said otherwise."""
        from timeline_app.qt.theme import palette
        from timeline_app.shells.explore import Explore
        from timeline_app.viewmodel import moves

        self._theme = self._wishes.theme() if self._follows else self._theme
        content = self.window.centralWidget()
        if isinstance(content, Explore):
            state = content.session.state
            content.session.become(moves.set_up(state, theme=self._theme, still=self._is_still()))
        else:
            self.window.set_colours(palette(self._theme))

    def _keep(self, setting: Setting) -> None:
        """Keep what was set; a theme that only follows the system was chosen by nobody."""
        from timeline_app.qt.theme import palette

        self._follows = self._follows and setting.theme == self._theme
        self._language, self._theme = setting.language, setting.theme
        self.window.set_colours(palette(setting.theme))
        self._kept = replace(self._kept, language=setting.language, theme="" if self._follows else setting.theme,
                             zone=setting.zone, text_percent=setting.text_percent)
        self._save()

    def _keep_choice(self, name: str, value: object) -> None:
        self._kept = replace(self._kept, **{name: value})
        if name == "theme":
            self._follows = not value
            self._follow()
        self._save()

    def _closed(self, width: int, height: int) -> None:
        if "reception" in vars(self):
            self.reception.close()
        if width and height:
            self._kept = replace(self._kept, width=width, height=height)
        self._save()

    def _save(self) -> None:
        _save(self._kept)

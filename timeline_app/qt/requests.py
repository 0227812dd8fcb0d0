"""What the window itself does when a command has no move: fields, panels, the clipboard, files.

One handler a command; the command table says which there are (`Actions.unanswered` is empty, a test says so).
"""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from timeline_app import __version__
from timeline_app.base.problems import UserError
from timeline_app.base.text import Texts, catalogue
from timeline_app.qt import export, paths, popup, safe_text, theme
from timeline_app.qt.actions import Actions
from timeline_app.qt.cache_panel import CachePanel
from timeline_app.qt.chooser import Chooser, Option
from timeline_app.qt.collections_panel import CollectionsPanel
from timeline_app.qt.error_panel import ErrorPanel
from timeline_app.qt.go_to import GoTo
from timeline_app.qt.key_list import KeyList
from timeline_app.qt.lane_chooser import LaneChooser
from timeline_app.qt.lane_desk import LaneDesk
from timeline_app.qt.look import Look
from timeline_app.qt.palette_box import open_palette
from timeline_app.qt.problem_list import ProblemList
from timeline_app.qt.table_panel import TablePanel
from timeline_app.qt.view_words import ViewWords
from timeline_app.viewmodel import (
    citation,
    clusters,
    commands,
    detail,
    lane_sound,
    moves,
    status,
    story,
    tweet_doc,
    tweet_pick,
    walk,
)
from timeline_app.viewmodel.notebook import is_note
from timeline_app.viewmodel.window import Window

LANE_MENU = ("choose_lanes", "group_lanes", "order_lanes", "", "fold_lane", "open_lane", "pin_lane", "hide_lane",
             "lane_up", "lane_down", "lane_higher", "lane_lower", "", "fold_lanes", "show_lanes", "", "lane_scale",
             "lane_weight", "lane_apart", "same_scale")
TWEET_MENU = ("copy_id", "copy_citation", "", "fit_selection", "tweets")
NOTE_MENU = ("edit_note", "remove_note", "", "fit_selection", "undo", "redo")
MENU = ("copy_citation", "cite_view", "", "note_moment", "note_span", "", "fit_selection", "zoom_out", "home", "",
        "record_step", "export_picture")


class Requests:
    """Answers for one window, which has `session`, `actions`, `bar`, `search`, `status`, `canvas` and `pane`."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._session = window.session
        self.lanes = LaneDesk(window)
        actions: Actions = window.actions
        actions.handlers |= {
            "go_to_date": self.go_to_date, "search": window.search.begin, "palette": self.open_palette,
            "copy_citation": self.copy_citation, "cite_view": self.cite_view, "export_picture": self.export_picture,
            "open": self.open_files, "open_folder": self.open_folder, "step_back": self.step_back,
            "problems": self.show_problems, "language": window.bar.choose_language,
            "theme": window.bar.choose_theme, "zone": window.bar.choose_zone, "letters": self.switch_letters,
            "wheel_pans": self.switch_wheel, "motion": self.switch_motion,
            "key_list": self.list_keys, "tweets": window.switch_tweets, "copy_id": self.copy_id,
            "choose_lanes": self.choose_lanes, "group_lanes": lambda: self.lanes.ask_group(self.look),
            "order_lanes": lambda: self.lanes.ask_order(self.look), "cache": self.show_cache,
            "collections": self.show_collections, "say_view": self.say_view, "view_table": self.show_table,
            "lane_sound": self.export_sound,
            "present": self.present, "present_here": lambda: self.present(here=True),
            "present_story": self.present_story,
            "quit": lambda: window.window().close(),
        }

    @property
    def look(self) -> Look:
        """Texts, colours and text size of now."""
        setting = self._session.state.setting
        return Look.of(self._session, self.texts, theme.palette(setting.theme))

    @property
    def texts(self) -> Texts:
        """The catalogue of now."""
        return catalogue(self._session.state.setting.language)

    def go_to_date(self) -> None:
        """Ask for a date."""
        asked = GoTo(self._window, self._session, self.look)
        asked.open(focus=asked.field)

    def open_palette(self) -> None:
        """Offer every command."""
        open_palette(self._window, self._window.actions, self.look)

    def list_keys(self) -> None:
        """Show every command with its keys."""
        KeyList(self._window, self.look, self._window.actions).open()

    def show_problems(self) -> None:
        """Show what is wrong with the data."""
        found = (*self._session.dataset.problems, *self._session.notes.kept.problems,
                 *self._window.stories.problems)
        ProblemList(self._window, self.look, found).open()

    def choose_lanes(self) -> None:
        """Offer every lane, to show or to hide."""
        chooser = LaneChooser(self._window, self.look, self._session)
        chooser.open(focus=chooser.field)

    def show_collections(self) -> None:
        """Show where the collections of tweets are from, and what is known of their faults."""
        CollectionsPanel(self._window, self.look, self._window.tasks, self._session.dataset).open()

    def show_cache(self) -> None:
        """Show what is kept of opened tweet files."""
        CachePanel(self._window, self.look, self._window.tasks, self._session.dataset).open()

    def say_view(self) -> None:
        """The view in words, shown and said aloud."""
        text = self._window.speech.text or self.texts.get("summary.wait")
        shown = ViewWords(self._window, self.look, text)
        shown.open(focus=shown.page)
        self._window.status.announcer.say(text)

    def show_table(self) -> None:
        """What is in view, as a table."""
        frame, session = self._window.canvas.frame, self._session
        if frame is None:
            return
        panel = TablePanel(self._window, self.look, self._window.tasks, frame)
        panel.chosen.connect(self._choose)
        panel.zoomed.connect(lambda span: session.become(moves.show(session.state, Window.of(span), session.limits)))
        panel.open(focus=panel.table)
        panel.ask(session.state.view.selected)

    def switch_letters(self) -> None:
        """Single-letter keys on or off, for people whose screen reader or speech input needs them."""
        actions: Actions = self._window.actions
        actions.set_keys(letters=not actions.letters)
        self._window.choice_changed.emit("single_letter_keys", actions.letters)
        self._say("cite.letters_on" if actions.letters else "cite.letters_off")

    def switch_wheel(self) -> None:
        """The wheel zooms, or pans as in tools that some people come from."""
        wheel = self._window.gestures.wheel
        wheel.pans = not wheel.pans
        self._window.choice_changed.emit("wheel_pans", wheel.pans)
        self._say("cite.wheel_pans" if wheel.pans else "cite.wheel_zooms")

    def switch_motion(self) -> None:
        """Moves without motion, or with it again, whatever the system asks for."""
        state = self._session.state
        still = not state.setting.still
        self._window.choice_changed.emit("reduced_motion", "on" if still else "off")
        self._session.become(moves.set_up(state, still=still))
        self._say("access.motion_off" if still else "access.motion_on")

    def copy_citation(self) -> None:
        """The selected event with its sources onto the clipboard."""
        state, dataset = self._session.state, self._session.dataset
        doc = detail.describe(state.view.selected, dataset, self.texts.language, status.zone_of(state, dataset))
        self._copy(doc.citation if doc is not None else "")

    def copy_id(self) -> None:
        """The ID of the selected tweet onto the clipboard, nothing else."""
        found = tweet_doc.id_of(self._session.state.view.selected, self._session.dataset)
        self._copy(found, "tweet_pane.id_copied", "tweet_pane.no_id")

    def cite_view(self) -> None:
        """What is on screen, as a citation, onto the clipboard."""
        self._copy(citation.cite_view(self._session.state, self._session.dataset, __version__, self.texts))

    def export_picture(self) -> None:
        """Ask for a file and write the window into it."""
        name = f"{self._session.dataset.meta.name or 'timeline'}.png"
        chosen, _ = QFileDialog.getSaveFileName(self._window, self.texts.get("cite.save_title"), name,
                                                "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)")
        if chosen:
            self.write_picture(Path(chosen))

    def export_sound(self) -> None:
        """Ask for a file and write the chosen counted lane into it as a sound."""
        chosen, _ = QFileDialog.getSaveFileName(self._window, self.texts.get("access.sound_title"),
                                                f"timeline{lane_sound.FORMAT}", "WAV (*.wav)")
        if chosen:
            self.write_sound(Path(chosen))

    def write_sound(self, place: Path) -> None:
        """Write the chosen counted lane, or the first, as a sound; made on a worker."""
        frame = self._window.canvas.frame
        lane = lane_sound.chosen(frame, self._session.state.view.lane) if frame is not None else None
        if lane is None:
            self._say("access.sound_none")
            return
        self._window.tasks.run("sound", lane_sound.write, lane, frame.scale.window.span, place, failed=self._refuse,
                               done=lambda title: self._say("access.sound_saved", title=safe_text.one_line(title)))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.say_refused(error)

    def write_picture(self, place: Path) -> None:
        """Write the window as a picture, without the pointer and the last message; the ending names the format."""
        self._window.canvas.show_cursor(None)
        self._window.status.say("")
        self.draw(place)
        self._say("cite.saved", name=place.name)

    def draw(self, place: Path) -> None:
        """Write the window as it is, where a move leads. UserError where that cannot be."""
        if self._window.canvas.arrive():
            self._window.tasks.settle()
        export.export(self._window, place, self.words(), (self._window.canvas, self._window.tweets, self._window.pane))

    def words(self) -> tuple[str, str]:
        """Title and description of a picture of the window."""
        title = self._session.dataset.meta.title.say(self.texts.language)
        cited = citation.cite_view(self._session.state, self._session.dataset, __version__, self.texts)
        return safe_text.one_line(title), safe_text.plain(cited)

    def present(self, here: bool = False) -> None:
        """Give a talk: the story that is chosen, else the first, from its start or the step that is on screen."""
        told = self._window.stories.chosen
        if told is None:
            self._say("present.no_story")
            return
        self._window.presenting.emit(story.nearest(told, self._session.state.view) if here else 0, told.id)

    def present_story(self) -> None:
        """Give a talk of a story that is asked for where there are several."""
        stories = self._window.stories.dataset.stories
        if len(stories) < 2:
            self.present()
            return
        options = [Option(one.id, one.title.say(self.texts.language),
                          self.texts.count("present.steps.count", len(one.steps))) for one in stories]
        title, now = self.texts.get("command.present_story"), self._window.stories.chosen.id
        chooser = Chooser(self._window, self.look, title, options, now)
        chooser.chosen.connect(lambda name: self._window.presenting.emit(0, name))
        chooser.open(self._window.bar.present)

    def open_files(self) -> None:
        """Ask for files of any kind."""
        self._open(paths.ask_files(self._window, self.texts))

    def open_folder(self) -> None:
        """Ask for a folder."""
        self._open(paths.ask_folder(self._window, self.texts))

    def _open(self, chosen: tuple[str, ...]) -> None:
        if chosen:
            self._window.opening.emit(chosen)

    def step_back(self) -> None:
        """What Esc does: close what floats, else be where a move leads, else step back in the view, else end what is
        being read."""
        before = self._session.state
        if not popup.close_all(self._window) and not self._window.canvas.arrive():
            self._session.become(moves.step_back(before))
            if self._session.state == before:
                self._window.stopped.emit()

    def open_lane_menu(self, at: QPoint) -> None:
        """The menu of a lane's heading."""
        self.open_menu(at, LANE_MENU)

    def open_tweet_menu(self, at: QPoint) -> None:
        """The menu of a tweet in the list."""
        self.open_menu(at, TWEET_MENU)

    def open_canvas_menu(self, at: QPoint) -> None:
        """The menu of the lanes; of a note, where one is selected there. A note made from it is put where it opened."""
        self._window.notes.ask_at(at)
        menu = self.open_menu(at, NOTE_MENU if self._window.notes.is_asked_of_note else MENU)
        menu.aboutToHide.connect(lambda: self._window.notes.ask_at(None))

    def open_menu(self, at: QPoint, command_ids: Sequence[str]) -> QMenu:
        """The menu of the right mouse button, from the command table."""
        menu = QMenu(self._window)
        for command_id in command_ids:
            if command_id:
                menu.addAction(self._window.actions.actions[command_id])
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        return menu

    def answer_pane(self, asked: str) -> None:
        """What the detail pane asks for: a neighbour, a citation, an event, an address."""
        if asked in ("next", "previous"):
            self._walk(1 if asked == "next" else -1)
        elif asked == "copy-citation":
            self.copy_citation()
        elif asked == "add-note":
            self._window.notes.note_selected()
        elif asked in ("edit-note", "remove-note"):
            self._window.actions.run(asked.replace("-", "_"))
        elif asked == "copy-id":
            self.copy_id()
        elif asked.startswith("event:"):
            self._choose(asked.removeprefix("event:"))
        elif asked.startswith("copy:"):
            self._copy(asked.removeprefix("copy:"))

    def say_refused(self, error: UserError) -> None:
        """An expected failure, in words."""
        self._window.status.say(self.texts.get(f"error.{error.code}", **self.texts.said(error.arguments)))

    def show_bug(self, report: str) -> None:
        """A bug, with a report to copy."""
        ErrorPanel(self._window, self.look, report).open()

    def _walk(self, step: int) -> None:
        selected = self._session.state.view.selected
        is_cluster = clusters.Name.read(selected) is not None
        if tweet_pick.is_tweet(selected) or is_note(selected) or is_cluster:
            where = "in_lane" if is_note(selected) else "event"
            self._window.actions.run(f"next_{where}" if step > 0 else f"previous_{where}")
            return
        order = walk.in_order(self._session.dataset)
        self._choose(walk.neighbour(order, selected, step))

    def _choose(self, event_id: str) -> None:
        self._session.become(commands.chosen_state(self._session, event_id))
        self._window.reveal()

    def _copy(self, text: str, copied: str = "cite.copied", nothing: str = "cite.nothing_selected") -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
        self._say(copied if text else nothing)

    def _say(self, key: str, **args: str) -> None:
        self._window.status.say(self.texts.get(key, **args))

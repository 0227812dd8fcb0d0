"""The explore window: bar, lanes, overview, pane and status line around one session.

It wires and does no more: what widgets show is computed below, what a command does stands in the command table or in
`requests`.
"""
from __future__ import annotations

import gc

from PySide6.QtCore import QLocale, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from timeline_app.base.text import Texts, catalogue
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.search import Hit, Result
from timeline_app.qt import fonts, ink, key_words, safe_text, theme
from timeline_app.qt.access import tab_order
from timeline_app.qt.access_timeline import TimelineTree
from timeline_app.qt.actions import Actions
from timeline_app.qt.bind import listen
from timeline_app.qt.canvas import Canvas
from timeline_app.qt.detail_pane import DetailPane
from timeline_app.qt.finger_scroll import scroll_by_finger
from timeline_app.qt.gestures import Gestures
from timeline_app.qt.headings import Headings
from timeline_app.qt.note_desk import NoteDesk
from timeline_app.qt.overview import Overview
from timeline_app.qt.requests import Requests
from timeline_app.qt.search_box import SearchBox
from timeline_app.qt.span_readout import SpanReadout
from timeline_app.qt.speech import Speech
from timeline_app.qt.status_line import StatusLine
from timeline_app.qt.story_desk import StoryDesk
from timeline_app.qt.tasks import Tasks
from timeline_app.qt.theme import Colours
from timeline_app.qt.top_bar import TopBar
from timeline_app.qt.tweet_pane import TweetPane
from timeline_app.viewmodel import commands, detail, moves, note_words, shown_lanes, tweet_pick, view_tree
from timeline_app.viewmodel.detail_parts import DetailDoc
from timeline_app.viewmodel.frame import Frame, FrameRequest, compose
from timeline_app.viewmodel.notebook import is_note
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import Setting, ViewState
from timeline_app.viewmodel.tweet_hits import TweetHits

REST_MS = 500
MANY_EVENTS = 20_000
FRAME_MS = 24  # lanes are laid out at most so often while the axis moves
WIDE, NARROW = 1680, 1180
PANE = (420, 340)
HEADING = (250, 190)
LOW = 620  # px of a window that has no room for a list and a tweet at once, at a text size of 100 %
MOST_GROWN = 130  # percent that the side columns grow by, at most, with larger text


class Explore(QWidget):
    """The whole window. `setting_changed` is sent when language, theme, zone or text size change, `choice_changed` with
    a setting's name and value when keys or the wheel are set up otherwise; `opening` asks for what is at some paths,
    `presenting` for a talk that begins with a step of a story, `stopped` is sent when Esc has nothing left to step back
    from."""

    setting_changed = Signal(object)
    choice_changed = Signal(str, object)
    opening = Signal(object)
    presenting = Signal(int, str)
    stopped = Signal()

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self.session, self.tasks = session, tasks
        self._setting: Setting = session.state.setting
        self._described: tuple[object, ...] | None = None
        self._reveals = False
        self._lists: bool | None = None  # whether the reader wants the list of tweets; None: as the view has it
        self._chosen = ("", "")
        self._reads = False  # whether the tweet takes the place of the list, where there is no room for both
        texts, colours = catalogue(self._setting.language), theme.palette(self._setting.theme)
        self.search = SearchBox(session, tasks, texts, colours)
        self.bar = TopBar(session, self.search, texts, colours)
        self.canvas = Canvas(session, texts, colours)
        self.headings = Headings(session, self.canvas, texts, colours)
        self.overview = Overview(session, texts, colours)
        self.side = QWidget()
        self.tweets = TweetPane(session, tasks, texts, colours)
        self.pane = DetailPane(texts, colours)
        self.status = StatusLine(session, tasks, texts, colours)
        self.tree = TimelineTree(self.canvas, lambda entry: session.become(view_tree.pressed(entry, session)))
        self.speech = Speech(session, tasks, self.status.announcer, self.tree)
        self.readout = SpanReadout(session, tasks, self)
        tasks.pace("frame", FRAME_MS)
        self.actions = Actions(self, session, texts)
        self.requests = Requests(self)
        self.notes, self.stories = NoteDesk(self), StoryDesk(self)
        self.gestures = Gestures(self.canvas, session, self._asked_by_gesture)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(session.rest)
        self._arrange()
        self._wire()
        self._dress()
        self._changed(session.state)
        self.canvas.setFocus()
        self._spare_collector()

    def _spare_collector(self) -> None:
        """To look through a million events for garbage takes longer than many frames."""
        if len(self.session.dataset.events) > MANY_EVENTS:
            gc.freeze()

    def _arrange(self) -> None:
        """Bar on top, the status line below; between them lanes over the overview, and the pane at the right."""
        lanes = QGridLayout()
        lanes.setSpacing(0)
        lanes.addWidget(self.headings, 0, 0)
        lanes.addWidget(self.canvas, 0, 1)
        lanes.addWidget(self.overview, 1, 0, 1, 2)
        lanes.setColumnStretch(1, 1)
        lanes.setRowStretch(0, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(lanes, 1)
        middle.addWidget(self.side)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tweets, 2)
        column.addWidget(self.pane, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)
        tab_order(self.bar.keys, self.headings.lanes, self.headings, self.overview, self.canvas, self.tweets.fold,
                  *self.tweets.orders.values(), self.tweets.rows, self.pane.page)

    def _wire(self) -> None:
        self.canvas.needs_frame.connect(self._ask_frame)
        self.canvas.first = self.tasks.first
        self.bar.wanted.connect(self.actions.run)
        self.bar.theme_chosen.connect(lambda name: self.choice_changed.emit("theme", name))
        self.headings.lanes.clicked.connect(lambda: self.actions.run("choose_lanes"))
        self.headings.menu.connect(self.requests.open_lane_menu)
        self.search.found.connect(self._found)
        self.search.tweets_found.connect(self._found_tweets)
        self.search.tweets_wanted.connect(self._list_found)
        self.search.chosen.connect(self._show_source)
        self.status.problems_wanted.connect(lambda: self.actions.run("problems"))
        for area in (self.pane.page, self.tweets.rows):
            scroll_by_finger(area)
        self.pane.asked.connect(self.requests.answer_pane)
        self.tweets.chosen.connect(self._choose_tweet)
        self.tweets.opened.connect(self._read_tweet)
        self.tweets.menu.connect(self.requests.open_tweet_menu)
        self.actions.refused.connect(self.requests.say_refused)
        self.actions.ran.connect(self._ran)
        self.actions.keys_changed.connect(lambda: self.choice_changed.emit(
            "keys", key_words.written(self.actions.overrides)))
        self.speech.told.connect(self.status.set_summary)
        self.speech.told.connect(self.canvas.set_summary)
        self.search.chosen.connect(self.reveal)
        self.readout.told.connect(self.canvas.show_marked)
        self.readout.told.connect(self.status.set_marked)
        listen(self, self.session, self._changed)

    def _dress(self) -> None:
        """Take on the language, theme and text size of the setting."""
        setting = self.session.state.setting
        texts, colours = catalogue(setting.language), theme.palette(setting.theme)
        self.setPalette(theme.qt_palette(colours))
        self.setStyleSheet(theme.style_sheet(colours))
        self.setFont(fonts.font(13 * setting.text_percent / 100))
        self.setAutoFillBackground(True)
        self.setLocale(QLocale(setting.language))
        self.actions.set_texts(texts)
        self.pane.setFont(self.font())  # while it is hidden nobody else tells it
        self._name_parts(texts, colours)

    def _name_parts(self, texts: Texts, colours: Colours) -> None:
        """Let every part say what there is in a language."""
        dataset = self.session.dataset
        title = safe_text.one_line(dataset.meta.title.say(texts.language))
        self.setWindowTitle(texts.get("explore.window", title=title))
        empty = "" if dataset.events or dataset.series or dataset.collections else texts.get("explore.nothing_to_draw")
        self.pane.introduce(dataset.meta.description.say(texts.language) or empty)
        for part in (self.bar, self.canvas, self.headings, self.overview, self.tweets, self.pane, self.status):
            part.set_look(texts, colours)

    def take(self, dataset: Dataset) -> None:
        """Show another dataset that holds more of the same, or less; the view stays."""
        setting = self.session.state.setting
        self.session.take(dataset)
        self.notes.follow()
        self.stories.follow()
        self.search.forget()
        self._described = None
        self._name_parts(catalogue(setting.language), theme.palette(setting.theme))
        self._changed(self.session.state)

    def _changed(self, state: ViewState) -> None:
        """Show a new state: at once what can be, the rest when the worker has it."""
        if state.setting != self._setting:
            self._setting = state.setting
            self._dress()
            self._fit(self.width())
            self.setting_changed.emit(state.setting)
        self.canvas.show_state(state)
        self.headings.refresh()
        self._describe(state)
        self._arrange_side(state)
        self._rest.start()

    def _ask_frame(self) -> None:
        canvas = self.canvas
        self.status.set_scale(canvas.scale.us_per_px)
        self.overview.follow(canvas.scale.window)
        request = FrameRequest(self.session.dataset, canvas.shown, canvas.lane_width, canvas.lane_height,
                               ink.width, self.session.matches, self.session.tweet_matches, self.session.notes)
        self.tasks.run("frame", compose, request, self.tasks.give_way, done=self._take_frame)

    def _take_frame(self, frame: Frame) -> None:
        self.canvas.show_frame(frame)
        self.speech.take_frame(frame)
        self.headings.refresh()
        if self._reveals:
            self._reveals = False
            state = self.session.state
            to = frame.scroll_to(state.view.lane, self.canvas.scroll, self.canvas.lane_height)
            self.session.amend(moves.scroll(state, round(to)))

    def _ran(self, command_id: str) -> None:
        if commands.by_id(command_id).group == "walk":
            self.reveal()

    def reveal(self) -> None:
        """Scroll the lanes, once their frame is there, so that the chosen one is in sight."""
        self._reveals = True
        self._ask_frame()

    def _found(self, result: Result | None) -> None:
        """Dim what a search did not find."""
        self.session.matches = result.event_ids if result is not None else None
        self._ask_frame()

    def _found_tweets(self, hits: TweetHits | None) -> None:
        """Lanes draw what matches apart, and the list holds nothing else."""
        self.session.tweet_matches = hits.matches if hits is not None else None
        self._ask_frame()
        self.tweets.refresh()

    def _list_found(self) -> None:
        """List the tweets that a search found."""
        self._lists = True
        self._arrange_side(self.session.state)
        self.tweets.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_source(self, hit: Hit) -> None:
        """A source is shown at the first event that rests on it."""
        events = (e for e in self.session.dataset.events if hit.kind == "sources" and hit.id in e.source_ids)
        event = min(events, key=lambda e: e.when.earliest_start, default=None)
        if event is not None:
            self.session.become(commands.chosen_state(self.session, event.id))

    def show_lane(self, lane: str) -> None:
        """Choose a lane and bring it into sight."""
        self.session.become(moves.look(self.session.state, lane=lane))
        self.reveal()

    def switch_tweets(self) -> None:
        """The list of tweets, or no list, whatever the view has by itself."""
        self._lists = self.tweets.isHidden()
        self._arrange_side(self.session.state)
        (self.canvas if self.tweets.isHidden() else self.tweets.rows).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange_side(self, state: ViewState) -> None:
        """Tweets where they are meant: a tweet or its lane is chosen, there is nothing else, or the reader says so."""
        view, dataset = state.view, self.session.dataset
        if (view.selected, view.lane) != self._chosen and self._lists is False:
            self._lists = None
        self._chosen = (view.selected, view.lane)
        lane = shown_lanes.by_id(dataset, view.lanes, view.lane) if not view.selected else None
        by_itself = tweet_pick.is_tweet(view.selected) or not dataset.events or (
            lane is not None and lane.kind == shown_lanes.TWEETS)
        lists = bool(dataset.collections) and (by_itself if self._lists is None else self._lists)
        self._reads = self._reads and bool(view.selected)
        is_low = self.height() < LOW * state.setting.text_percent / 100
        reads = bool(view.selected) and (self._reads or not is_low)
        self.pane.setVisible(not lists or reads)
        self.tweets.show_list(lists and not (reads and is_low))

    def _read_tweet(self) -> None:
        """The chosen tweet in full, with the keyboard."""
        self._reads = True
        self._arrange_side(self.session.state)
        self.pane.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_tweet(self, name: str) -> None:
        """A tweet chosen in the list: the lane stays, and walking through the list fills no history."""
        self.session.become(moves.select(self.session.state, name), discrete=False)

    def _describe(self, state: ViewState) -> None:
        wanted = (state.view.selected, state.setting.language, self.canvas.zone)
        of_note = is_note(state.view.selected)
        now = (*wanted, state.view.lanes, id(self.session.notes) if of_note else 0)
        if now == self._described:
            return
        self._described = now
        if of_note or not state.view.selected:
            self.tasks.cancel("detail")
            self._take_doc(note_words.describe(wanted[0], self.session.notes, self.session.dataset, *wanted[1:]))
        else:
            self.tasks.run("detail", detail.describe, wanted[0], self.session.dataset, *wanted[1:], state.view.lanes,
                           done=self._take_doc)

    def _take_doc(self, doc: DetailDoc | None) -> None:
        self.pane.show_doc(doc)

    def _asked_by_gesture(self, what: str, at: QPoint) -> None:
        if what == "menu":
            self.requests.open_canvas_menu(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The buttons back and forward of a mouse, wherever no part of the window has taken them."""
        buttons = {Qt.MouseButton.BackButton: "view_back", Qt.MouseButton.ForwardButton: "view_forward"}
        if event.button() in buttons:
            self.actions.run(buttons[event.button()])
        else:
            super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side columns follow the width of the window."""
        self._fit(event.size().width())
        super().resizeEvent(event)
        self._arrange_side(self.session.state)

    def _fit(self, width: int) -> None:
        """Pane and headings keep their widths on a large screen, give way on a small one and grow with the text."""
        share = min(1.0, max(0.0, (width - NARROW) / (WIDE - NARROW)))
        grown = min(self.session.state.setting.text_percent, MOST_GROWN) / 100
        pane, heading = (round((pair[1] + (pair[0] - pair[1]) * share) * max(1.0, grown)) for pair in (PANE, HEADING))
        self.side.setFixedWidth(pane)
        self.headings.setFixedWidth(heading)
        self.overview.set_left(heading)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is written, and end the workers before the widgets go."""
        self.notes.flush()
        self.stories.flush()
        self.tasks.close()
        gc.unfreeze()
        super().closeEvent(event)

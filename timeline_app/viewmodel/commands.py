"""The one table of commands: what each does, by which keys, in which mode. Menus, the key list, the palette and the
manual are made from it. A command with no `move` asks the window for something (a field, a popup).
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from timeline_app.domain.time import Span
from timeline_app.engine.dataset import LaneSpec
from timeline_app.viewmodel import cluster_doc, lane_commands, marking, moves, note_lanes, tweet_pick, tweet_walk, walk
from timeline_app.viewmodel.notebook import is_note
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState
from timeline_app.viewmodel.window import Window

Move = Callable[[Session], ViewState]
NOTCH = 1.2
STEP = 1.5
TEXT = (75, 200)


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `keys` are portable key names; `group` orders the key list; text keys are `command.<id>`.
    `anywhere` commands work from every place of the window, the others while no text field has the focus."""

    id: str
    group: str
    keys: tuple[str, ...]
    move: Move | None = None
    anywhere: bool = False
    modes: frozenset[str] = frozenset({"explore"})
    continuous: bool = False

    @property
    def single_letters(self) -> tuple[str, ...]:
        """Its keys that are one character without a modifier, which a setting can switch off."""
        return tuple(key for key in self.keys if len(key) == 1)


def _lanes(session: Session) -> tuple[LaneSpec, ...]:
    return note_lanes.shown(session.dataset, session.notes, session.state.view.lanes)


def _order(session: Session, lane_only: bool) -> tuple[str, ...]:
    """Events in time, of what a search found where one is on, of the selected event's lane where asked."""
    view, among = session.state.view, session.matches
    lane = next((one for one in _lanes(session) if view.selected in one.event_ids), None)
    if lane_only and lane is not None:
        ids = frozenset(lane.event_ids)
        among = ids if among is None else among & ids
    return walk.in_order(session.dataset, among)


def _walk(step: int, lane_only: bool = False) -> Move:
    def move(session: Session) -> ViewState:
        others = note_lanes.stepped(session, step, lane_only) or tweet_walk.stepped(session, step, lane_only)
        if others is not None:
            return others
        state, order = session.state, _order(session, lane_only)
        chosen = cluster_doc.step_into(state.view.selected, session.dataset, state.view.lanes, step)
        chosen = chosen or walk.neighbour(order, state.view.selected, step)
        if is_note(state.view.selected):
            chosen = note_lanes.event_beside(session, order, step) or chosen
        if not state.view.selected:
            chosen = walk.nearest(session.dataset, order, state.view.window.centre_us // 1000)
        return chosen_state(session, chosen)
    return move


def _lane_of(session: Session, event_id: str) -> str:
    """A lane in sight with an event, the chosen one where it has it; "" where none has."""
    view, lanes = session.state.view, [lane.id for lane in _lanes(session) if event_id in lane.event_ids]
    return view.lane if view.lane in lanes else next(iter(lanes), "")


def chosen_state(session: Session, event_id: str) -> ViewState:
    """The state with an event, tweet or note and its lane selected and, if it was out of sight, brought into view."""
    if is_note(event_id):
        return note_lanes.chosen_state(session, event_id)
    if tweet_pick.is_tweet(event_id):
        return tweet_walk.chosen_state(session, event_id)
    event = session.dataset.event_by_id.get(event_id)
    if event is None:
        return session.state
    selected = moves.select(session.state, event_id, _lane_of(session, event_id))
    return walk.brought_into_view(selected, walk.bounded(event.when), session.limits)


def _end(step: int) -> Move:
    def move(session: Session) -> ViewState:
        of_tweets = tweet_walk.end(session, step)
        if of_tweets is not None:
            return of_tweets
        order = walk.in_order(session.dataset)
        return chosen_state(session, (order[0] if step < 0 else order[-1]) if order else "")
    return move


def _lane(step: int) -> Move:
    def move(session: Session) -> ViewState:
        lanes = _lanes(session)
        ids = [lane.id for lane in lanes]
        if not ids:
            return session.state
        at = ids.index(session.state.view.lane) + step if session.state.view.lane in ids else 0
        lane = lanes[min(max(at, 0), len(lanes) - 1)]
        order = walk.in_order(session.dataset, frozenset(lane.event_ids))
        here = _selected_span(session)
        at_ms = here.start if here is not None else session.state.view.window.centre_us // 1000
        if lane.half == note_lanes.HALF:
            return note_lanes.nearest(session, lane.id, at_ms)
        chosen = walk.nearest(session.dataset, order, at_ms)
        state = chosen_state(session, chosen) if chosen else session.state
        return moves.look(state, lane=lane.id)
    return move


def _pan(share: float) -> Move:
    return lambda session: moves.pan(session.state, share, session.limits)


def _selected_span(session: Session) -> Span | None:
    """The time of the selected event, tweet or note."""
    selected = session.state.view.selected
    event = session.dataset.event_by_id.get(selected)
    if is_note(selected):
        return note_lanes.span_of(session)
    return walk.bounded(event.when) if event is not None else tweet_pick.span(selected, session.dataset)


def _anchor(session: Session) -> int:
    window, span = session.state.view.window, _selected_span(session)
    if span is not None:
        middle = (span.start + span.end) * 500
        if window.start_us <= middle < window.end_us:
            return middle
    return window.centre_us


def _zoom(factor: float) -> Move:
    return lambda session: moves.zoom(session.state, factor, _anchor(session), session.limits)


def _home(session: Session) -> ViewState:
    return moves.show(session.state, walk.opening(session.dataset).view.window, session.limits)


def _all(session: Session) -> ViewState:
    return moves.show(session.state, walk.all_events(session.dataset), session.limits)


def _fit(session: Session) -> ViewState:
    """Centre the selection; if it is centred already, fit it."""
    span, window = _selected_span(session), session.state.view.window
    if span is None:
        return session.state
    centred = window.centred((span.start + span.end) * 500).kept_within(session.limits)
    wanted = centred if centred != window else walk.fitted(span, session.limits)
    return moves.look(session.state, window=wanted)


def _enter(session: Session) -> ViewState:
    """Zoom to the marked span; else choose the event nearest to the middle, so that the pane opens."""
    view = session.state.view
    if view.marked is not None:
        return moves.mark(moves.show(session.state, Window.of(view.marked), session.limits), None)
    return session.state if view.selected else _walk(1)(session)


def _mark(side: str, step: int) -> Move:
    return lambda session: marking.moved(session, _selected_span(session), side, step)


def _text(step: int) -> Move:
    def move(session: Session) -> ViewState:
        now = session.state.setting.text_percent
        return moves.set_up(session.state, text_percent=min(max(now + step, TEXT[0]), TEXT[1]))
    return move


def _same_scale(session: Session) -> ViewState:
    return moves.set_up(session.state, same_scale=not session.state.setting.same_scale)


def _pin(session: Session) -> ViewState:
    lane = session.state.view.lane
    return moves.toggle_pin(session.state, lane) if lane else session.state


def _hide(session: Session) -> ViewState:
    """Hide the chosen lane, never the last one."""
    state, shown = session.state, [lane.id for lane in _lanes(session)]
    return moves.toggle_lane(state, state.view.lane) if state.view.lane in shown and len(shown) > 1 else state


PRESENT = frozenset({"present"})
BOTH = frozenset({"explore", "present"})
COMMANDS: tuple[Command, ...] = (
    Command("next_event", "walk", ("Right",), _walk(1)),
    Command("previous_event", "walk", ("Left",), _walk(-1)),
    Command("next_in_lane", "walk", (".",), _walk(1, lane_only=True)),
    Command("previous_in_lane", "walk", (",",), _walk(-1, lane_only=True)),
    Command("next_lane", "walk", ("Down",), _lane(1)),
    Command("previous_lane", "walk", ("Up",), _lane(-1)),
    Command("first_event", "walk", ("Home",), _end(-1)),
    Command("last_event", "walk", ("End",), _end(1)),
    Command("enter", "walk", ("Return", "Enter"), _enter),
    Command("pan_later", "look", ("Ctrl+Right",), _pan(0.2), continuous=True),
    Command("pan_earlier", "look", ("Ctrl+Left",), _pan(-0.2), continuous=True),
    Command("page_later", "look", ("PgDown",), _pan(1.0)),
    Command("page_earlier", "look", ("PgUp",), _pan(-1.0)),
    Command("zoom_in", "look", ("+", "="), _zoom(STEP), continuous=True, modes=BOTH),
    Command("zoom_out", "look", ("-",), _zoom(1 / STEP), continuous=True, modes=BOTH),
    Command("mark_end_later", "look", ("Shift+Right",), _mark("end", 1), continuous=True),
    Command("mark_end_earlier", "look", ("Shift+Left",), _mark("end", -1), continuous=True),
    Command("mark_start_later", "look", ("Ctrl+Shift+Right",), _mark("start", 1), continuous=True),
    Command("mark_start_earlier", "look", ("Ctrl+Shift+Left",), _mark("start", -1), continuous=True),
    Command("fit_all", "look", ("0",), _all),
    Command("fit_selection", "look", ("F",), _fit),
    Command("home", "look", ("Alt+Home",), _home, anywhere=True),
    Command("view_back", "look", ("Alt+Left", "Back"), anywhere=True, modes=BOTH),
    Command("view_forward", "look", ("Alt+Right", "Forward"), anywhere=True, modes=BOTH),
    Command("go_to_date", "find", ("G",)),
    Command("search", "find", ("/", "Ctrl+F", "Ctrl+K"), anywhere=True, modes=BOTH),
    Command("tweets", "find", ("T",)),
    Command("palette", "find", ("Ctrl+Shift+P",), anywhere=True, modes=BOTH),
    Command("pin_lane", "lanes", ("P",), _pin),
    Command("hide_lane", "lanes", ("H",), _hide),
    Command("show_lanes", "lanes", ("Shift+H",), lambda session: moves.show_lanes(session.state)),
    Command("fold_lane", "lanes", ("C",), lane_commands.fold),
    Command("fold_lanes", "lanes", ("Shift+C",), lane_commands.fold_all),
    Command("open_lane", "lanes", ("O",), lane_commands.grow),
    Command("lane_up", "lanes", ("Alt+Up",), lambda session: lane_commands.shift(session, -1)),
    Command("lane_down", "lanes", ("Alt+Down",), lambda session: lane_commands.shift(session, 1)),
    Command("lane_higher", "lanes", ("Alt+PgUp",), lambda session: lane_commands.taller(session, 1)),
    Command("lane_lower", "lanes", ("Alt+PgDown",), lambda session: lane_commands.taller(session, -1)),
    Command("group_lanes", "lanes", ("B",)),
    Command("order_lanes", "lanes", ("R",)),
    Command("same_scale", "lanes", ("S",), _same_scale),
    Command("choose_lanes", "lanes", ("L",)),
    Command("lane_scale", "lanes", ("Y",), lane_commands.scale),
    Command("lane_weight", "lanes", ("W",), lane_commands.weight),
    Command("lane_apart", "lanes", ("A",), lane_commands.apart),
    Command("say_view", "take", ("V",)),
    Command("lane_sound", "take", (), anywhere=True),
    Command("view_table", "take", ("Ctrl+Shift+A",), anywhere=True),
    Command("note_moment", "notes", ("M",)),
    Command("note_span", "notes", ("Shift+M",)),
    Command("edit_note", "notes", ("F2",)),
    Command("remove_note", "notes", ("Del",)),
    Command("undo", "notes", ("Ctrl+Z",)),
    Command("redo", "notes", ("Ctrl+Shift+Z",)),
    Command("export_notes", "notes", ()),
    Command("copy_citation", "take", ("Ctrl+C",)),
    Command("copy_id", "take", ("Ctrl+I",)),
    Command("cite_view", "take", ("Ctrl+Shift+C",), anywhere=True),
    Command("export_picture", "take", ("Ctrl+E",), anywhere=True),
    Command("open", "take", ("Ctrl+O",), anywhere=True),
    Command("open_folder", "take", ("Ctrl+Shift+O",), anywhere=True),
    Command("collections", "take", ("I",)),
    Command("cache", "take", (), anywhere=True),
    Command("problems", "take", ("Ctrl+Shift+L",), anywhere=True),
    Command("language", "settings", ("Ctrl+L",), anywhere=True),
    Command("theme", "settings", ("Ctrl+T",), anywhere=True),
    Command("zone", "settings", ("Ctrl+Shift+T",), anywhere=True),
    Command("text_larger", "settings", ("Ctrl++", "Ctrl+="), _text(25), anywhere=True),
    Command("text_smaller", "settings", ("Ctrl+-",), _text(-25), anywhere=True),
    Command("motion", "settings", (), anywhere=True),
    Command("letters", "settings", (), anywhere=True),
    Command("wheel_pans", "settings", (), anywhere=True),
    Command("key_list", "help", ("?", "F1"), anywhere=True, modes=BOTH),
    Command("step_back", "help", ("Esc",), lambda session: moves.step_back(session.state)),
    Command("quit", "help", ("Ctrl+Q",), anywhere=True),
    Command("present", "talk", ("F5",), anywhere=True),
    Command("present_here", "talk", ("Shift+F5",), anywhere=True),
    Command("record_step", "talk", ("K",)),
    Command("story_panel", "talk", ("Shift+K",)),
    Command("present_story", "talk", ("Ctrl+F5",), anywhere=True),
    Command("next_step", "talk", ("Right", "PgDown", "Space", "N", "Return", "Enter"), modes=PRESENT),
    Command("previous_step", "talk", ("Left", "PgUp", "Backspace"), modes=PRESENT),
    Command("first_step", "talk", ("Home",), modes=PRESENT),
    Command("last_step", "talk", ("End",), modes=PRESENT),
    Command("black_screen", "talk", ("B", "."), modes=PRESENT),
    Command("white_screen", "talk", ("W", ","), modes=PRESENT),
    Command("freeze_screen", "talk", ("F",), modes=PRESENT),
    Command("leave_path", "talk", ("E",), modes=PRESENT),
    Command("jump_to_step", "talk", ("G",), modes=PRESENT),
    Command("step_overview", "talk", ("O",), modes=PRESENT),
    Command("spotlight", "talk", ("L",), modes=PRESENT),
    Command("swap_screens", "talk", ("X",), modes=PRESENT),
    Command("notes_drawer", "talk", ("D",), modes=PRESENT),
    Command("notes_larger", "talk", ("Ctrl++", "Ctrl+="), modes=PRESENT),
    Command("notes_smaller", "talk", ("Ctrl+-",), modes=PRESENT),
    Command("pause_clock", "talk", ("P",), modes=PRESENT),
    Command("reset_clock", "talk", ("Shift+P",), modes=PRESENT),
    Command("learn_clicker", "talk", ("K",), modes=PRESENT),
    Command("mouse_steps", "talk", (), modes=PRESENT),
    Command("esc_ends", "talk", (), modes=PRESENT),
    Command("end_talk", "talk", ("Esc",), modes=PRESENT),
)


def by_id(command_id: str) -> Command:
    """The command of that id; KeyError where there is none."""
    return next(command for command in COMMANDS if command.id == command_id)

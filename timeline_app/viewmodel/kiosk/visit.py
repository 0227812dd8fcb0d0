"""A visit as a value: which screen, what is looked at, how, and when somebody last touched. Pure moves from one visit
to the next; a touch, a key and a tick of the clock are all the same thing. No widget and no clock is here.

Times are milliseconds of a clock that never goes back, so that neither a wrong clock on the wall nor the night in which
it is changed can hold a timer.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from timeline_app.viewmodel.kiosk.plan import Plan
from timeline_app.viewmodel.state import Setting, View
from timeline_app.viewmodel.window import Window

ATTRACT, HOME, KNOW, CLOSER, PLAY, PIN, STAFF = "attract", "home", "know", "closer", "play", "pin", "staff"
SCREENS = (ATTRACT, HOME, KNOW, CLOSER, PLAY, PIN, STAFF)
PERCENTS = (100, 150, 200)
THEMES = ("gallery", "paper", "contrast")
LANGUAGES = ("en", "ko")
ZOOM, DEEPEST_US, SHIFT = 1.6, 6 * 3_600_000_000, 0.4
MOST_DIGITS = 12
EVENT = "event:"  # before the id of an event that was found among the lanes


@dataclass(frozen=True, slots=True)
class Pace:
    """How long nothing may be touched before a visitor is asked, how long the question stands, and how many times
    longer that is for who asks for more time (WCAG 2.2, 2.2.1)."""

    quiet_ms: int = 60_000
    count_ms: int = 20_000
    more: int = 10


@dataclass(frozen=True, slots=True)
class Start:
    """What every visit begins with. `is_plain` is safe mode: a list, and nothing that moves by itself. `opening` and
    `limits` are those of the lanes that can be looked at closer."""

    plan: Plan
    setting: Setting
    opening: View
    limits: Window
    pace: Pace = Pace()
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. `chosen` is a moment's id or "event:" and an event's; `part` the page of what is read; `warned` the
    moments whose warning was read; `play_ms` how far the surge has come; `digits` what stands on the pad.

    The clock's fields come last: `began_ms`, `touched_ms`, `ticked_ms`."""

    screen: str
    setting: Setting
    window: Window
    view: View
    chosen: str = ""
    part: int = 0
    warned: frozenset[str] = frozenset()
    has_more_time: bool = False
    play_ms: int = 0
    is_playing: bool = False
    digits: str = ""
    came_from: str = HOME
    began_ms: int = 0
    touched_ms: int = 0
    ticked_ms: int = 0


def begin(start: Start, now_ms: int) -> Visit:
    """The visit that nobody has touched yet."""
    screen = HOME if start.is_plain else ATTRACT
    return Visit(screen, start.setting, start.plan.window, start.opening, began_ms=now_ms, touched_ms=now_ms,
                 ticked_ms=now_ms)


def essence(visit: Visit) -> Visit:
    """The visit without its clock: two visits with the same essence show the same."""
    return replace(visit, began_ms=0, touched_ms=0, ticked_ms=0)


def is_untouched(visit: Visit, start: Start) -> bool:
    """Whether nobody has done anything yet."""
    return essence(visit) == essence(begin(start, 0))


def touched(visit: Visit, now_ms: int) -> Visit:
    """Somebody is there: any touch ends the countdown, and opens what attracts."""
    if visit.screen == ATTRACT:
        return replace(visit, screen=HOME, began_ms=now_ms, touched_ms=now_ms, ticked_ms=now_ms)
    return replace(visit, touched_ms=now_ms)


def quiet_ms(visit: Visit, pace: Pace) -> int:
    """How long this visitor may be still."""
    return pace.quiet_ms * (pace.more if visit.has_more_time else 1)


def is_counting(visit: Visit, start: Start, now_ms: int) -> bool:
    """Whether the visitor is being asked whether they are still there."""
    if visit.screen == ATTRACT or visit.is_playing or is_untouched(visit, start):
        return False
    return now_ms - visit.touched_ms >= quiet_ms(visit, start.pace)


def left_ms(visit: Visit, pace: Pace, now_ms: int) -> int:
    """How long the question still stands."""
    return max(0, quiet_ms(visit, pace) + pace.count_ms - (now_ms - visit.touched_ms))


def ticked(visit: Visit, start: Start, now_ms: int) -> Visit:
    """The visit after time has passed: the surge goes on, and whoever has left makes room for the next. While the surge
    plays nobody has to touch anything."""
    if visit.is_playing:
        visit = _played(visit, start.plan, now_ms)
    elif is_counting(visit, start, now_ms) and not left_ms(visit, start.pace, now_ms):
        return begin(start, now_ms)
    return replace(visit, ticked_ms=now_ms)


def _played(visit: Visit, plan: Plan, now_ms: int) -> Visit:
    whole = plan.play.seconds * 1000 if plan.play is not None else 0
    come = min(whole, visit.play_ms + max(0, now_ms - visit.ticked_ms))
    return replace(visit, play_ms=come, is_playing=come < whole, touched_ms=now_ms)


def pressed(visit: Visit, action: str, start: Start, now_ms: int) -> Visit:
    """The visit after a target was pressed: "name" or "name:argument". What no move knows changes nothing but the time
    of the last touch."""
    name, _, argument = action.partition(":")
    visit = touched(visit, now_ms)
    move = _MOVES.get(name)
    return move(visit, argument, start) if move is not None else visit


def _choose(visit: Visit, moment_id: str, start: Start) -> Visit:
    """Open a moment's card; one that lies outside what home shows is brought there."""
    found = start.plan.moment(moment_id)
    if found is None:
        return visit
    window = visit.window
    if not window.start_us <= found.start_ms * 1000 < window.end_us:
        window = window.centred(found.start_ms * 1000).kept_within(start.plan.limits)
    return replace(visit, screen=HOME, chosen=moment_id, part=0, window=window)


def _beside(step: int) -> Callable[[Visit, str, Start], Visit]:
    return lambda visit, _, start: _choose(visit, start.plan.beside(visit.chosen, step), start)


def _go(screen: str) -> Callable[[Visit, str, Start], Visit]:
    return lambda visit, _, start: replace(visit, screen=screen, part=0, came_from=visit.screen)


def _know(visit: Visit, _: str, start: Start) -> Visit:
    return replace(visit, screen=KNOW, part=0, came_from=visit.screen) if visit.chosen else visit


def _back(visit: Visit, _: str, start: Start) -> Visit:
    """Where one came from."""
    where = visit.came_from if visit.screen == KNOW else HOME
    return replace(visit, screen=where, part=0, is_playing=False, digits="")


def _close(visit: Visit, _: str, start: Start) -> Visit:
    view = replace(visit.view, selected="")
    return replace(visit, chosen="", part=0, view=view)


def _turn(step: int) -> Callable[[Visit, str, Start], Visit]:
    return lambda visit, _, start: replace(visit, part=max(0, visit.part + step))


def _zoom(factor: float) -> Callable[[Visit, str, Start], Visit]:
    def move(visit: Visit, _: str, start: Start) -> Visit:
        if visit.screen == CLOSER:
            view = visit.view
            return replace(visit, view=replace(view, window=view.window.zoomed(factor, view.window.centre_us)
                                               .kept_within(start.limits)))
        chosen = start.plan.moment(visit.chosen)
        anchor = chosen.start_ms * 1000 if chosen is not None else visit.window.centre_us
        window = visit.window.zoomed(factor, anchor)
        if window.length_us < DEEPEST_US:
            return visit
        return replace(visit, window=window.kept_within(start.plan.limits))

    return move


def _shift(share: float) -> Callable[[Visit, str, Start], Visit]:
    def move(visit: Visit, _: str, start: Start) -> Visit:
        window = visit.view.window
        moved = window.moved(round(window.length_us * share)).kept_within(start.limits)
        return replace(visit, view=replace(visit.view, window=moved))

    return move


def _drag(visit: Visit, argument: str, start: Start) -> Visit:
    """Home dragged by so many thousandths of its width, later where positive."""
    if visit.screen != HOME or not argument.lstrip("-").isdecimal():
        return visit
    by = visit.window.length_us * int(argument[:7]) // 1000
    return replace(visit, window=visit.window.moved(by).kept_within(start.plan.limits))


def _scrub(visit: Visit, argument: str, start: Start) -> Visit:
    """Go to so many thousandths: of all time where lanes are looked at, of the surge where it plays."""
    if not argument.isdecimal():
        return visit
    share = min(1000, int(argument[:6]))
    if visit.screen == PLAY and start.plan.play is not None:
        return replace(visit, play_ms=start.plan.play.seconds * share, is_playing=False)
    if visit.screen != CLOSER:
        return visit
    at = start.limits.start_us + start.limits.length_us * share // 1000
    return replace(visit, view=replace(visit.view, window=visit.view.window.centred(at).kept_within(start.limits)))


def _play(visit: Visit, _: str, start: Start) -> Visit:
    """Play from the beginning, or go on from where it was halted."""
    if start.plan.play is None:
        return visit
    whole = start.plan.play.seconds * 1000
    goes_on = visit.screen == PLAY and 0 < visit.play_ms < whole
    return replace(visit, screen=PLAY, play_ms=visit.play_ms if goes_on else 0, is_playing=True,
                   ticked_ms=visit.touched_ms)


def _pause(visit: Visit, _: str, start: Start) -> Visit:
    return replace(visit, is_playing=False)


def _set(visit: Visit, **changes: object) -> Visit:
    return replace(visit, setting=replace(visit.setting, **changes), part=0)


def _language(visit: Visit, language: str, start: Start) -> Visit:
    """The other language at the same place."""
    if language not in LANGUAGES:
        return visit
    return replace(visit, setting=replace(visit.setting, language=language))


def _text_size(visit: Visit, _: str, start: Start) -> Visit:
    return _set(visit, text_percent=following(PERCENTS, visit.setting.text_percent))


def _contrast(visit: Visit, _: str, start: Start) -> Visit:
    return replace(visit, setting=replace(visit.setting, theme=following(THEMES, visit.setting.theme)))


def following(ring: tuple, now: object) -> object:
    """The next of a ring, its first after something that is not in it."""
    return ring[(ring.index(now) + 1) % len(ring)] if now in ring else ring[0]


def _read_warning(visit: Visit, _: str, start: Start) -> Visit:
    return replace(visit, warned=visit.warned | {visit.chosen}, part=0)


def _more_time(visit: Visit, _: str, start: Start) -> Visit:
    return replace(visit, has_more_time=True)


def _start_over(visit: Visit, _: str, start: Start) -> Visit:
    return begin(start, visit.touched_ms)


def _digit(visit: Visit, digit: str, start: Start) -> Visit:
    if visit.screen != PIN or not digit.isdecimal() or len(digit) != 1 or len(visit.digits) >= MOST_DIGITS:
        return visit
    return replace(visit, digits=visit.digits + digit)


def _erase(visit: Visit, _: str, start: Start) -> Visit:
    return replace(visit, digits=visit.digits[:-1])


def staff_asked(visit: Visit, now_ms: int) -> Visit:
    """The pad for the number of the staff."""
    return replace(touched(visit, now_ms), screen=PIN, digits="", is_playing=False)


def admitted(visit: Visit, is_right: bool) -> Visit:
    """The visit after the number was tried."""
    return replace(visit, screen=STAFF if is_right else PIN, digits="")


def looked(visit: Visit, view: View, now_ms: int) -> Visit:
    """The lanes as somebody has moved them by hand; a mark that they chose opens its card."""
    if visit.screen != CLOSER:
        return visit
    chosen = visit.chosen
    if view.selected != visit.view.selected:
        chosen = EVENT + view.selected if view.selected else ""
    return replace(touched(visit, now_ms), view=view, chosen=chosen, part=0 if chosen != visit.chosen else visit.part)


_MOVES: dict[str, Callable[[Visit, str, Start], Visit]] = {
    "moment": _choose, "earlier": _beside(-1), "later": _beside(1), "know": _know, "back": _back, "close": _close,
    "more": _turn(1), "less": _turn(-1), "zoom_in": _zoom(ZOOM), "zoom_out": _zoom(1 / ZOOM),
    "pan_earlier": _shift(-SHIFT), "pan_later": _shift(SHIFT), "scrub": _scrub, "drag": _drag, "closer": _go(CLOSER),
    "play": _play, "pause": _pause, "language": _language, "text_size": _text_size, "contrast": _contrast,
    "read_warning": _read_warning, "stay": lambda visit, _, start: visit, "more_time": _more_time,
    "start_over": _start_over, "digit": _digit, "erase": _erase}

"""What is on screen, as one value. `View` says what is looked at, `Setting` says how; data and window size are not
here. Moves make new states, `Session` keeps them.
"""
from __future__ import annotations

from dataclasses import dataclass

from timeline_app.domain.time import Span
from timeline_app.viewmodel.window import Window

SCALES = ("linear", "root", "log")
WEIGHTS = ("", "retweets", "likes")
ORDERS = ("", "name", "count", "first")


@dataclass(frozen=True, slots=True)
class LaneLook:
    """How one counted lane is drawn: the scale of its bars, what a tweet weighs ("" one each), and whether the parts of
    a stack stand apart, in lanes of their own."""

    lane: str
    scale: str = "linear"
    weight: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class LaneChoice:
    """The viewer's arrangement of lanes by id; empty means the dataset's own. `taller` holds (lane, steps): each step
    makes a lane a fifth higher, or lower where negative. `added` are lanes of collections that the dataset does not
    show by itself, `looks` how lanes are drawn that are not drawn plainly. `group` is what documented lanes are made
    by, a name of `grouping`; `order` one of ORDERS, `arranged` the lanes that were moved by hand, in their order.
    `folded` are strips, `opened` is the lane that has grown over the others."""

    hidden: frozenset[str] = frozenset()
    pinned: tuple[str, ...] = ()
    taller: tuple[tuple[str, int], ...] = ()
    added: tuple[str, ...] = ()
    looks: tuple[LaneLook, ...] = ()
    group: str = ""
    order: str = ""
    arranged: tuple[str, ...] = ()
    folded: frozenset[str] = frozenset()
    opened: str = ""

    def look(self, lane: str) -> LaneLook:
        """How a lane is drawn."""
        return next((one for one in self.looks if one.lane == lane), LaneLook(lane))


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at. `selected` is an event's id, "tweet:<collection>:<ID>" or "", `marked` a span drawn on the
    ruler, `scroll` the px that the lanes are scrolled down by."""

    window: Window
    selected: str = ""
    lane: str = ""
    marked: Span | None = None
    query: str = ""
    lanes: LaneChoice = LaneChoice()
    scroll: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """How it is shown. `zone` "" is the dataset's own; `text_percent` scales all text."""

    language: str = "en"
    theme: str = "paper"
    zone: str = ""
    text_percent: int = 100
    same_scale: bool = False
    still: bool = False


@dataclass(frozen=True, slots=True)
class ViewState:
    """Everything about the picture except the data and the size of the window."""

    view: View
    setting: Setting = Setting()

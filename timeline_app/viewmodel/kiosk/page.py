"""What a screen of the kiosk is made of: lines of text, shapes, and the targets that can be pressed. Everything has its
place in px; the floor above paints it and asks it what lies under a finger.
"""
from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from timeline_app.viewmodel.measure import Measure

LEADING = 1.3
LEAST_TARGET, LEAST_PX = 24.0, 11
TARGET_MM = 20.0
BODY, TITLE, HEAD, SMALL = 27.0, 50.0, 34.0, 22.0  # px of a screen whose shorter side has 1080
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with the left end of its baseline, (role, px, weight) and the language of its words where that is
    not the screen's."""

    x: float
    y: float
    text: str
    style: tuple[str, int, str]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape in a box: "rect" (filled), "outline", "hatch", "disc", "half" or "ring", with the radius of its
    corners."""

    kind: str
    box: Box
    role: str
    radius: float = 0.0
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Bars:
    """Stacked bars in a box: `heights` from 0 to 1 for each bar and part, `roles` of the parts; each bar has `width` px
    from its `lefts`. What is not yet told is not there."""

    box: Box
    lefts: tuple[float, ...]
    width: float
    heights: tuple[tuple[float, ...], ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What can be pressed: its action, its box, its name for who does not see it, and how it looks: "button",
    "primary", "on" (chosen), "quiet" or "bare". `lines` are painted over it."""

    action: str
    box: Box
    name: str
    look: str = "button"
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A button that is wanted: action, words, look, and a fuller name where the words alone say too little."""

    action: str
    text: str
    look: str = "button"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One screen. Targets that come later lie above. `lanes` is where the timeline itself stands, None where it does
    not; `over` lies over it and takes every touch; `spoken` says the screen aloud."""

    name: str
    spoken: str
    lines: tuple[Line, ...] = ()
    shapes: tuple[Shape, ...] = ()
    bars: tuple[Bars, ...] = ()
    targets: tuple[Target, ...] = ()
    lanes: Box | None = None
    over: Page | None = None

    @property
    def front(self) -> Page:
        """What can be pressed now: what lies over the page, else the page."""
        return self.over or self

    @property
    def title(self) -> str:
        """What the screen is called: its first line."""
        return self.front.lines[0].text if self.front.lines else self.spoken

    def hit(self, x: float, y: float) -> Target | None:
        """The target at a place, None where there is none."""
        return next((one for one in reversed(self.front.targets) if _holds(one.box, x, y)), None)

    def target(self, action: str) -> Target | None:
        """The target of an action."""
        return next((one for one in self.front.targets if one.action == action), None)


@dataclass(frozen=True, slots=True)
class Room:
    """What a screen has to stand on: its size in px, px in a millimetre, the text size, how texts are measured."""

    width: float
    height: float
    px_per_mm: float
    percent: int
    measure: Measure

    @property
    def is_tall(self) -> bool:
        """Whether it stands upright."""
        return self.height > self.width

    @property
    def unit(self) -> float:
        """Px for each px of a screen whose shorter side has 1080."""
        return min(self.width, self.height) / 1080

    @property
    def target(self) -> float:
        """The least px that a target has both ways: 20 mm, and never under 24 px."""
        return max(LEAST_TARGET, TARGET_MM * self.px_per_mm)

    @property
    def edge(self) -> float:
        """The margin around everything."""
        return round(48 * self.unit)

    @property
    def gap(self) -> float:
        """Between two targets."""
        return round(18 * self.unit)

    def px(self, size: float) -> int:
        """The px of a text size at the text size of now."""
        return max(LEAST_PX, round(size * self.unit * self.percent / 100))

    def title_px(self, size: float = TITLE) -> int:
        """A headline grows less: it is large already."""
        return max(16, round(size * self.unit * (1 + (self.percent / 100 - 1) * 0.4)))

    def wide(self, text: str, px: int, weight: str = "regular") -> float:
        """The px that a text is wide."""
        return self.measure(text, px, weight)

    def split(self, text: str, wide: float, px: int, weight: str = "regular") -> list[str]:
        """A text in as many lines as it needs, broken between words; a word that is wider than a line, as an address
        is, is broken where the line ends, and nothing is cut away."""
        found: list[str] = []
        space = self.measure("x x", px, weight) - 2 * self.measure("x", px, weight)
        for paragraph in text.split("\n"):
            line, long = "", 0.0
            for word in paragraph.split(" "):
                own = self.measure(word, px, weight)  # of words, not of lines: a cache of widths then stays small
                if line and long + space + own <= wide:
                    line, long = f"{line} {word}", long + space + own
                    continue
                found += [line] if line else []
                *whole, line = self._pieces(word, wide, px, weight) if own > wide else [word]
                found += whole
                long = own if not whole else self.measure(line, px, weight)
            found.append(line)
        return [one for one in found if one]

    def _pieces(self, word: str, wide: float, px: int, weight: str) -> list[str]:
        found = []
        while len(word) > 1 and self.measure(word, px, weight) > wide:
            end = bisect_right(range(1, len(word)), wide, key=lambda n: self.measure(word[:n], px, weight))
            found.append(word[:max(1, end)])
            word = word[max(1, end):]
        return [*found, word]


def written(parts: list[str], at: tuple[float, float], style: tuple[str, int, str], language: str = ""
            ) -> tuple[Line, ...]:
    """Lines below each other, the first one's top at a y."""
    x, top = at
    step = style[1] * LEADING
    return tuple(Line(x, top + step * number + style[1] * 1.02, text, style, language)
                 for number, text in enumerate(parts))


def height_of(count: int, px: int) -> float:
    """The px that so many lines take."""
    return count * px * LEADING


def button(wanted: Wanted, box: Box, room: Room) -> Target:
    """A target with its words in its middle, in as many lines as they need."""
    action, text, look, name = wanted.action, wanted.text, wanted.look, wanted.name
    x, y, wide, high = box
    px = room.px(BODY)
    while px > LEAST_PX and any(room.wide(word, px, "semibold") > wide - px * 0.5 for word in text.split()):
        px -= 1  # a word is never broken
    role = {"on": "ground", "primary": "ground", "quiet": "muted"}.get(look, "ink")
    parts = room.split(text, wide - px * 0.5, px, "semibold")
    top = y + (high - height_of(len(parts), px)) / 2
    lines = tuple(Line(round(x + (wide - room.wide(part, px, "semibold")) / 2), top + px * (LEADING * n + 0.99), part,
                       (role, px, "semibold")) for n, part in enumerate(parts))
    return Target(action, box, name or text, look, lines)


def button_size(text: str, room: Room, most: float) -> tuple[float, float]:
    """The px that a button of these words needs, at most so wide."""
    px = room.px(BODY)
    pad = px * 1.3
    wide = min(most, max(room.target, room.wide(text, px, "semibold") + pad))
    parts = room.split(text, wide - px * 0.5, px, "semibold")
    return float(round(wide)), float(round(max(room.target, 84 * room.unit, height_of(len(parts), px) + px)))


def moved(page: Page, dx: float, dy: float) -> Page:
    """The page by some px elsewhere: no pixel of a screen should show the same for hours."""
    def at(box: Box) -> Box:
        return (box[0] + dx, box[1] + dy, box[2], box[3])

    def line(one: Line) -> Line:
        return replace(one, x=one.x + dx, y=one.y + dy)

    return replace(page, lines=tuple(map(line, page.lines)),
                   shapes=tuple(replace(one, box=at(one.box)) for one in page.shapes),
                   bars=tuple(replace(one, box=at(one.box)) for one in page.bars),
                   targets=tuple(replace(one, box=at(one.box), lines=tuple(map(line, one.lines)))
                                 for one in page.targets),
                   lanes=at(page.lanes) if page.lanes is not None else None,
                   over=moved(page.over, dx, dy) if page.over is not None else None)


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[0] + box[2] and box[1] <= y < box[1] + box[3]

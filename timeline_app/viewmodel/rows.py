"""Rows of a lane and what stands in them: marks with the labels that they would like, and stretches that are taken. All
places are px. Which row and which side a piece gets is decided in `layout` and `crowding`.
"""
from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

GAP = 7.0
EDGE = 4.0
TOUCH = 0.01  # a label stands exactly GAP from its own mark
INFINITE = float("inf")
View = tuple[float, float]
Ends = tuple[float, View]  # of what marks stand in, and between which labels may


@dataclass(frozen=True, slots=True)
class Piece:
    """A mark from `left` to `right`, and the widths its label may have, widest first. `holds` a label on itself;
    `also` are further stretches that it takes, such as those of rival dates. One that `lines_up` takes the first free
    row, so that its like stand side by side. The more it weighs, the sooner it gets a label."""

    key: int
    left: float
    right: float
    widths: tuple[float, ...] = ()
    holds: bool = False
    also: tuple[tuple[float, float], ...] = ()
    lines_up: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a piece went. `choice` is the index of its label's width, -1 for none; `under` puts it a row lower,
    `across` on a mark that was not made to hold it; `is_held` says that it stands where the view leaves room."""

    key: int
    row: int
    choice: int = -1
    x: float = 0.0
    under: bool = False
    across: bool = False
    is_held: bool = False


@dataclass(slots=True)
class Rows:
    """Occupied stretches, row by row: in order, and those that overlap as one. `is_apart` says that no mark lies on
    another."""

    count: int
    taken: list[list[tuple[float, float]]] = field(default_factory=list)
    is_apart: bool = True

    def __post_init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Give all room back."""
        self.taken = [[] for _ in range(self.count)]

    def is_free(self, row: int, left: float, right: float) -> bool:
        """Whether nothing stands in that stretch of the row; a row that does not exist is not free."""
        if row >= self.count:
            return False
        taken = self.taken[row]
        later = bisect_left(taken, (left,))
        return (later == len(taken) or right + GAP <= taken[later][0] + TOUCH) and (
            later == 0 or taken[later - 1][1] + GAP <= left + TOUCH)

    def take(self, row: int, left: float, right: float) -> None:
        """Keep a stretch for a mark or a label."""
        taken = self.taken[row]
        first = last = bisect_left(taken, (left,))
        if first and taken[first - 1][1] >= left:
            first -= 1
        while last < len(taken) and taken[last][0] <= right:
            last += 1
        merged = [(left, right), *taken[first:last]]
        taken[first:last] = [(min(a for a, _ in merged), max(b for _, b in merged))]

    def room(self, row: int, left: float, right: float) -> View:
        """Between what a stretch that is taken could reach without touching another one of its row."""
        taken = self.taken[row]
        at = bisect_left(taken, (left,))
        later = next((a for a, _ in taken[at:] if a >= right), INFINITE)
        return (taken[at - 1][1] if at else -INFINITE) + GAP, later - GAP

    @property
    def used(self) -> int:
        """How many rows hold anything."""
        return max((row + 1 for row, taken in enumerate(self.taken) if taken), default=0)

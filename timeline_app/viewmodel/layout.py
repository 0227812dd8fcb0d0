"""Where marks and their labels go in a lane: rows, and a side for each label. Pure geometry in px; no drawing.

A label stands on its mark, right of it, left of it, under it or across it, and never over another label, another
mark or the edge of the view. Where nothing fits, the note is dropped, then the label; the mark always stays.
"""
from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

GAP = 7.0
EDGE = 4.0
TOUCH = 0.01  # a label stands exactly GAP from its own mark
ROUNDS = 4
Reach = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A mark from `left` to `right`, and the widths its label may have, widest first. `holds` a label on itself;
    `also` are further stretches that it takes, such as those of rival dates."""

    key: int
    left: float
    right: float
    widths: tuple[float, ...] = ()
    holds: bool = False
    also: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a piece went. `choice` is the index of its label's width, -1 for none; `under` puts it a row lower,
    `across` on a mark that was not made to hold it."""

    key: int
    row: int
    choice: int = -1
    x: float = 0.0
    under: bool = False
    across: bool = False


@dataclass(slots=True)
class Rows:
    """Occupied stretches, row by row: in order, and those that overlap as one."""

    count: int
    taken: list[list[tuple[float, float]]] = field(default_factory=list)

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

    def stretch(self, row: int, left: float) -> tuple[float, float]:
        """The occupied stretch of the row that holds a place."""
        taken = self.taken[row]
        return taken[bisect_left(taken, (left, float("inf"))) - 1]

    @property
    def used(self) -> int:
        """How many rows hold anything."""
        return max((row + 1 for row, taken in enumerate(self.taken) if taken), default=0)


def place(pieces: Sequence[Piece], width: float, rows: Rows) -> tuple[Placed, ...]:
    """A place for each piece that is in view; `rows` afterwards holds what is taken.

    Who finds no row free is served first in the next of a few rounds, so that labels give way to marks. If even that
    fails there are more marks than rows: they are drawn over each other, with the labels that still fit.
    """
    order = [piece for piece in pieces if piece.right >= 0 and piece.left <= width]
    for _ in range(ROUNDS if _deepest(order, width) <= rows.count else 0):
        rows.clear()
        placed = [_place(piece, width, rows) for piece in order]
        homeless = {piece.key for piece, found in zip(order, placed, strict=True) if found is None}
        if not homeless:
            return tuple(one for one in placed if one is not None)
        order.sort(key=lambda piece: piece.key not in homeless)
    return _crowded(order, width, rows)


def _deepest(order: Sequence[Piece], width: float) -> int:
    """How many marks stand at the fullest place: fewer rows than that can never keep them apart."""
    ends = [edge for left, right, _ in (_reach(piece, width) for piece in order) for edge in ((left, 1), (right, -1))]
    deepest = depth = 0
    for _, step in sorted(ends):
        depth += step
        deepest = max(deepest, depth)
    return deepest


def _crowded(order: Sequence[Piece], width: float, rows: Rows) -> tuple[Placed, ...]:
    """More marks than rows: all marks first, spread over the rows, then the labels that still fit. Only a mark that
    nothing else crosses can hold its label."""
    rows.clear()
    in_time = [(piece, _reach(piece, width)) for piece in sorted(order, key=lambda piece: piece.left)]
    homes = [_spread(piece, reach, rows) for piece, reach in in_time]
    sharing = Counter((row, rows.stretch(row, left)) for row, (piece, reach) in zip(homes, in_time, strict=True)
                      for left in (reach[0], *(left for left, _ in piece.also)))
    alone = [sharing[row, rows.stretch(row, reach[0])] == 1 for row, (_, reach) in zip(homes, in_time, strict=True)]
    return tuple(_labelled(piece, reach, rows, home) or Placed(piece.key, home[0])
                 for home, (piece, reach) in zip(zip(homes, alone, strict=True), in_time, strict=True))


def _spread(piece: Piece, reach: Reach, rows: Rows) -> int:
    """The row where a mark is furthest behind what stands before it; it is taken there."""
    row = min(range(rows.count), key=lambda row: rows.taken[row][-1][1] if rows.taken[row] else -1e9)
    _take(piece, reach, rows, row)
    return row


def _labelled(piece: Piece, reach: Reach, rows: Rows, home: tuple[int, bool]) -> Placed | None:
    """A place for the label of a mark that has its row already, and that stands alone there or not."""
    row, is_alone = home
    if not is_alone:
        piece = replace(piece, holds=False)
    for find in (_beside, _across) if is_alone else (_beside,):
        for choice, wide in enumerate(piece.widths):
            x = find(piece, reach, choice, rows, row)
            if x is not None:
                rows.take(row, x, x + wide)
                return Placed(piece.key, row, choice, x, across=find is _across)
    return None


def _place(piece: Piece, width: float, rows: Rows) -> Placed | None:
    """The first row and side where mark and label fit, else the mark alone; None where no row is free."""
    reach = _reach(piece, width)
    free = [row for row in range(rows.count) if _has_room(piece, reach, rows, row)]
    for find, lower in ((_beside, 0), (_under, 1), (_across, 0)):
        for choice, wide in enumerate(piece.widths):
            for row in free:
                x = find(piece, reach, choice, rows, row)
                if x is not None:
                    _take(piece, reach, rows, row)
                    rows.take(row + lower, x, x + wide)
                    return Placed(piece.key, row, choice, x, find is _under, find is _across)
    if not free:
        return None
    _take(piece, reach, rows, free[0])
    return Placed(piece.key, free[0])


def _reach(piece: Piece, width: float) -> Reach:
    """What is in view of a mark, and the width of the view."""
    return max(piece.left, 0.0), min(max(piece.right, piece.left), width), width


def _has_room(piece: Piece, reach: Reach, rows: Rows, row: int) -> bool:
    return rows.is_free(row, *reach[:2]) and all(rows.is_free(row, *one) for one in piece.also)


def _take(piece: Piece, reach: Reach, rows: Rows, row: int) -> None:
    for left, right in (reach[:2], *piece.also):
        rows.take(row, left, right)


def _beside(piece: Piece, reach: Reach, choice: int, rows: Rows, row: int) -> float | None:
    """The x of a label on its mark, right of it or left of it."""
    left, right, width = reach
    wide = piece.widths[choice]
    if piece.holds and right - left >= wide + 2 * GAP and _is_clear(piece, left + GAP, wide):
        return left + GAP
    for x in (right + GAP, left - GAP - wide):
        inside = x >= EDGE and x + wide <= width - EDGE
        if inside and _is_clear(piece, x - GAP, wide + 2 * GAP) and rows.is_free(row, x, x + wide):
            return x
    return None


def _is_clear(piece: Piece, x: float, wide: float) -> bool:
    """Whether a label keeps off the further stretches of its own piece."""
    return all(x + wide <= a or b <= x for a, b in piece.also)


def _under(piece: Piece, reach: Reach, choice: int, rows: Rows, row: int) -> float | None:
    """The x of a label one row lower, below what is in view of the mark."""
    left, _, width = reach
    wide = piece.widths[choice]
    x = min(max(left, EDGE), width - EDGE - wide)
    return x if x >= EDGE and rows.is_free(row + 1, x, x + wide) else None


def _across(piece: Piece, reach: Reach, choice: int, rows: Rows, row: int) -> float | None:
    """The x of a label on a mark that fills the view, near its left end."""
    left, right, _ = reach
    x, wide = left + 3 * GAP, piece.widths[choice]
    return x if x + wide + 3 * GAP <= right and _is_clear(piece, x, wide) else None


@dataclass(frozen=True, slots=True)
class Wish:
    """A lane's wishes when heights are shared out."""

    least: float
    ideal: float
    keen: float


def share_out(wishes: Sequence[Wish], available: float) -> tuple[float, ...]:
    """A height for each lane: all get their least, then up to their ideal in equal shares of what is missing, then
    the rest by how keen they are. Whole px; the sum is more than `available` only when the least ones are."""
    least = sum(wish.least for wish in wishes)
    ideal = sum(wish.ideal for wish in wishes)
    if available >= ideal:
        keen = sum(wish.keen for wish in wishes)
        rest = available - ideal if keen else 0.0
        heights = [wish.ideal + rest * wish.keen / (keen or 1.0) for wish in wishes]
    else:
        share = max(0.0, available - least) / max(ideal - least, 1e-9)
        heights = [wish.least + (wish.ideal - wish.least) * share for wish in wishes]
    return _whole(heights)


def _whole(heights: Sequence[float]) -> tuple[float, ...]:
    """The same heights on whole px, with the sum kept."""
    edges = [0.0]
    for height in heights:
        edges.append(edges[-1] + height)
    snapped = [float(round(edge)) for edge in edges]
    return tuple(b - a for a, b in zip(snapped, snapped[1:], strict=False))

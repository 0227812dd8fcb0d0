"""Where marks and their labels go in a lane: rows, and a side for each label. Pure geometry in px; no drawing.

A label stands on its mark, right of it, left of it, under it or across it, and never over another label, another
mark or the edge of the view. Where nothing fits, the note is dropped, then the label; the mark always stays.
"""
from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

GAP = 7.0
EDGE = 4.0
TOUCH = 0.01  # a label stands exactly GAP from its own mark
ROUNDS = 4
FEW = 120  # pieces that are placed with care; more cost more than a frame may take
INFINITE = float("inf")
View = tuple[float, float]
Reach = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A mark from `left` to `right`, and the widths its label may have, widest first. `holds` a label on itself;
    `also` are further stretches that it takes, such as those of rival dates. One that `lines_up` takes the first free
    row, so that its like stand side by side."""

    key: int
    left: float
    right: float
    widths: tuple[float, ...] = ()
    holds: bool = False
    also: tuple[tuple[float, float], ...] = ()
    lines_up: bool = False


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

    @property
    def used(self) -> int:
        """How many rows hold anything."""
        return max((row + 1 for row, taken in enumerate(self.taken) if taken), default=0)


def place(pieces: Sequence[Piece], width: float, rows: Rows, right: float | None = None) -> tuple[Placed, ...]:
    """A place for each piece between 0 and `width`; no label reaches beyond `right`. `rows` afterwards holds what is
    taken.

    Who finds no row free is served first in the next of a few rounds, so that labels give way to marks. Where that
    fails, or pieces are many, marks are spread over the rows first, and then the labels get what is left beside them.
    """
    order = [piece for piece in pieces if piece.right >= 0 and piece.left <= width]
    right = width if right is None else right
    rows.is_apart = _deepest(order, width) <= rows.count
    for _ in range(ROUNDS if len(order) <= FEW and rows.is_apart else 0):
        rows.clear()
        placed = [_place(piece, _reach(piece, width, (0.0, right)), rows) for piece in order]
        homeless = {piece.key for piece, found in zip(order, placed, strict=True) if found is None}
        if not homeless:
            return tuple(_worded(piece, one, right, rows) for piece, one in zip(order, placed, strict=True) if one)
        order.sort(key=lambda piece: piece.key not in homeless)
    rows.is_apart = rows.is_apart and not any(piece.also for piece in order)
    return _spread_out(order, (width, right), rows)


def _worded(piece: Piece, one: Placed, right: float, rows: Rows) -> Placed:
    """What lines up gets its label last, when all marks have their places."""
    return _relabelled(piece, one, (0.0, right), rows) or one if piece.lines_up else one


def brought_into_view(placed: Sequence[Placed], pieces: Mapping[int, Piece], view: View, rows: Rows
                      ) -> tuple[Placed, ...]:
    """The same, seen through a smaller view: marks and rows stay, and a label that the view cuts is put where it is
    seen whole, or left out. So what is well inside the view does not change when the view moves."""
    return tuple(_in_view(one, pieces[one.key], view, rows) for one in placed)


def _in_view(one: Placed, piece: Piece, view: View, rows: Rows) -> Placed:
    low, high = view
    if piece.right < low or piece.left > high:
        return Placed(piece.key, one.row)
    if one.choice >= 0 and one.x >= low + EDGE and one.x + piece.widths[one.choice] <= high - EDGE:
        return one
    if one.choice < 0 and (not piece.widths or piece.left >= low and piece.right <= high):
        return one
    found = _relabelled(piece, one, view, rows)
    return replace(found, is_held=True) if found is not None else Placed(piece.key, one.row)


def _relabelled(piece: Piece, one: Placed, view: View, rows: Rows) -> Placed | None:
    """A mark at its place with a label where the view has room for it."""
    reach, finders = _reach(piece, INFINITE, view), FINDERS if rows.is_apart else FINDERS[:2]
    piece = piece if rows.is_apart else replace(piece, holds=False)
    for find, lower in finders[:1] if piece.lines_up else finders:
        for choice, wide in enumerate(piece.widths):
            x = find(piece, reach, choice, rows, one.row)
            if x is not None:
                rows.take(one.row + lower, x, x + wide)
                return Placed(piece.key, one.row, choice, x, find is _under, find is _across)
    return None


def _deepest(order: Sequence[Piece], width: float) -> int:
    """How many marks stand at the fullest place: fewer rows than that can never keep them apart."""
    ends = [edge for left, right, *_ in (_reach(piece, width, (0.0, width)) for piece in order)
            for edge in ((left, 1), (right, -1))]
    deepest = depth = 0
    for _, step in sorted(ends):
        depth += step
        deepest = max(deepest, depth)
    return deepest


Stretch = tuple[float, float, Piece | None]


def _spread_out(order: Sequence[Piece], ends_at: tuple[float, float], rows: Rows) -> tuple[Placed, ...]:
    """All marks, each in the row that is free for the longest time, then in each row the labels that fit between them.
    Marks that find no free row are drawn over each other."""
    width, most_right = ends_at
    lines: list[list[Stretch]] = [[] for _ in range(rows.count)]
    ends = [-INFINITE] * rows.count
    for piece in sorted(order, key=lambda piece: piece.left):
        left, right, *_ = _reach(piece, width, (0.0, width))
        row = _row_for(piece, left, ends)
        lines[row].append((left, right, piece))
        lines[row] += ((a, b, None) for a, b in piece.also)
        ends[row] = max(ends[row], right, *(b for _, b in piece.also))
    rows.clear()
    found: list[Placed] = []
    for row, line in enumerate(lines):
        found += _labelled(row, sorted(line, key=lambda one: one[0]), most_right, rows)
    return tuple(found)


def _row_for(piece: Piece, left: float, ends: Sequence[float]) -> int:
    """The row that is free for the longest time, or of a piece that lines up the first that is free."""
    longest = ends.index(min(ends))
    return next((row for row, end in enumerate(ends) if end + GAP <= left), longest) if piece.lines_up else longest


def _labelled(row: int, line: Sequence[Stretch], most_right: float, rows: Rows) -> Iterator[Placed]:
    """The pieces of one row from left to right, with the labels that fit before or after them."""
    before, last = EDGE - GAP, most_right - EDGE + GAP
    for number, (left, right, piece) in enumerate(line):
        following = min(line[number + 1][0], last) if number + 1 < len(line) else last
        if piece is not None:
            is_alone = left >= before and right <= following
            choice, x = _fitting(piece, (left, right), (before, following), is_alone)
            across = choice < 0 and left >= before and (following == last or right <= following)
            if across:
                choice, x = _fitting_across(piece, left, min(right, last))
            if choice >= 0:
                rows.taken[row].append((x, x + piece.widths[choice]))
                before = max(before, x + piece.widths[choice])
            yield Placed(piece.key, row, choice, x, across=across and choice >= 0)
        rows.taken[row].append((left, right))
        before = max(before, right)
    rows.taken[row] = _merged(rows.taken[row])


def _fitting(piece: Piece, mark: tuple[float, float], free: View, is_alone: bool) -> tuple[int, float]:
    """The widest wording that fits on a mark, or into what is free after or before it, and its x; -1 where none
    does."""
    (left, right), (low, high) = mark, free
    for choice, wide in enumerate(piece.widths):
        if is_alone and piece.holds and right - left >= wide + 2 * GAP:
            return choice, left + GAP
        if right >= low and right + wide + 2 * GAP <= high:
            return choice, right + GAP
        if left - wide - 2 * GAP >= low and left - GAP <= high:
            return choice, left - GAP - wide
    return -1, 0.0


def _fitting_across(piece: Piece, left: float, right: float) -> tuple[int, float]:
    """The widest wording that fits across a mark of its own row, where beside it there is no room, and its x."""
    found = (choice for choice, wide in enumerate(piece.widths)
             if right - left >= wide + 4 * GAP and _is_clear(piece, left + 2 * GAP, wide))
    return next(((choice, left + 2 * GAP) for choice in found), (-1, 0.0))


def _merged(taken: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches in order, those that overlap as one."""
    found: list[tuple[float, float]] = []
    for left, right in sorted(taken):
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _place(piece: Piece, reach: Reach, rows: Rows) -> Placed | None:
    """The first row and side where mark and label fit, else the mark alone; None where no row is free."""
    free = [row for row in range(rows.count) if _has_room(piece, reach, rows, row)]
    for find, lower in FINDERS if not piece.lines_up else ():
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


def _reach(piece: Piece, width: float, labels: View) -> Reach:
    """What is in sight of a mark, and between what its label may stand."""
    low, high = labels
    return max(piece.left, low), min(max(piece.right, piece.left), width), low, high


def _has_room(piece: Piece, reach: Reach, rows: Rows, row: int) -> bool:
    return rows.is_free(row, *reach[:2]) and all(rows.is_free(row, *one) for one in piece.also)


def _take(piece: Piece, reach: Reach, rows: Rows, row: int) -> None:
    for left, right in (reach[:2], *piece.also):
        rows.take(row, left, right)


def _beside(piece: Piece, reach: Reach, choice: int, rows: Rows, row: int) -> float | None:
    """The x of a label on its mark, right of it or left of it."""
    left, right, low, high = reach
    wide = piece.widths[choice]
    if piece.holds and min(right, high) - left >= wide + 2 * GAP and _is_clear(piece, left + GAP, wide):
        return left + GAP
    for x in (right + GAP, left - GAP - wide):
        inside = x >= low + EDGE and x + wide <= high - EDGE
        if inside and _is_clear(piece, x - GAP, wide + 2 * GAP) and rows.is_free(row, x, x + wide):
            return x
    return None


def _is_clear(piece: Piece, x: float, wide: float) -> bool:
    """Whether a label keeps off the further stretches of its own piece."""
    return all(x + wide <= a or b <= x for a, b in piece.also)


def _under(piece: Piece, reach: Reach, choice: int, rows: Rows, row: int) -> float | None:
    """The x of a label one row lower, below what is in view of the mark."""
    left, _, low, high = reach
    wide = piece.widths[choice]
    x = min(max(left, low + EDGE), high - EDGE - wide)
    return x if x >= low + EDGE and left <= high and rows.is_free(row + 1, x, x + wide) else None


def _across(piece: Piece, reach: Reach, choice: int, rows: Rows, row: int) -> float | None:
    """The x of a label on a mark that fills the view, near its left end."""
    left, right, _, high = reach
    x, wide = left + 3 * GAP, piece.widths[choice]
    return x if x + wide + 3 * GAP <= min(right, high) and _is_clear(piece, x, wide) else None


FINDERS = ((_beside, 0), (_under, 1), (_across, 0))


@dataclass(frozen=True, slots=True)
class Wish:
    """A lane's wishes when heights are shared out."""

    least: float
    ideal: float
    keen: float
    most: float = math.inf


def share_out(wishes: Sequence[Wish], available: float) -> tuple[float, ...]:
    """A height for each lane: all get their least, then up to their ideal in equal shares of what is missing, then
    the rest by how keen they are, none more than its most. Whole px; the sum is more than `available` only when the
    least ones are, and less only where nobody takes the rest."""
    least = sum(wish.least for wish in wishes)
    ideal = sum(wish.ideal for wish in wishes)
    if available >= ideal:
        return _whole(_grown(wishes, available - ideal))
    share = max(0.0, available - least) / max(ideal - least, 1e-9)
    return _whole([wish.least + (wish.ideal - wish.least) * share for wish in wishes])


def _grown(wishes: Sequence[Wish], rest: float) -> list[float]:
    """The ideal heights and more: what one lane does not take is left to the others."""
    heights = [wish.ideal for wish in wishes]
    while rest > TOUCH:
        hungry = [n for n, wish in enumerate(wishes) if wish.keen and wish.most > heights[n]]
        keen, left = sum(wishes[n].keen for n in hungry), rest
        for n in hungry:
            more = min(left * wishes[n].keen / keen, wishes[n].most - heights[n])
            heights[n], rest = heights[n] + more, rest - more
        if not hungry:
            break
    return heights


def _whole(heights: Sequence[float]) -> tuple[float, ...]:
    """The same heights on whole px, with the sum kept."""
    edges = [0.0]
    for height in heights:
        edges.append(edges[-1] + height)
    snapped = [float(round(edge)) for edge in edges]
    return tuple(b - a for a, b in zip(snapped, snapped[1:], strict=False))

"""Many marks in few rows: each gets a row where it and its name are in nobody's way, and in each row as many names as
fit between the marks, the weightiest first. Pure geometry in px.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from timeline_app.viewmodel.rows import EDGE, GAP, INFINITE, Ends, Piece, Placed, Rows, View

CAREFUL = 80  # marks whose rows are chosen for their names; with more there is hardly room for any
ON, RIGHT, LEFT, ACROSS, NONE = range(5)
WORTH = {ON: 1.0, RIGHT: 1.0, LEFT: 0.999, ACROSS: 0.5, NONE: 0.0}  # of a name: across a mark it hides some of that
Stretch = tuple[float, float, Piece | None]


@dataclass(frozen=True, slots=True)
class Chain:
    """Labels of a row up to some mark: what they are worth, where they end, and the side of the last one."""

    worth: float
    end: float
    side: int
    before: Chain | None = None


def spread_out(order: Sequence[Piece], ends: Ends, rows: Rows) -> tuple[Placed, ...]:
    """All marks with the names that fit. Marks that find no free row are drawn over each other."""
    width, view = ends
    lines = _Lines(rows.count, (view[0] + EDGE, view[1] - EDGE), len(order) <= CAREFUL)
    for piece in sorted(order, key=lambda piece: (not piece.also, piece.left)):
        lines.give(piece, (max(piece.left, 0.0), min(max(piece.right, piece.left), width)))
    rows.is_apart = lines.marks.is_apart
    rows.clear()
    found: list[Placed] = []
    for row, line in enumerate(lines.found):
        found += _labelled(row, sorted(line, key=lambda one: one[0]), view, rows)
    return tuple(found)


@dataclass(slots=True)
class _Lines:
    """Rows while marks are given to them, those with rival dates first, the others from left to right: `found` are the
    marks of each row, `names` where their names may stand and what these weigh, as long as no mark takes the place,
    `ends` where each row ends, between what names may stand its `view`."""

    count: int
    view: View
    is_careful: bool
    found: list[list[Stretch]] = field(default_factory=list)
    names: list[list[tuple[float, float, float]]] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    marks: Rows = field(default_factory=lambda: Rows(0))

    def __post_init__(self) -> None:
        self.found, self.names = [[] for _ in range(self.count)], [[] for _ in range(self.count)]
        self.ends, self.marks = [-INFINITE] * self.count, Rows(self.count)

    def give(self, piece: Piece, mark: View) -> None:
        """A row for a mark: the one where the cheapest names are lost, of several the one that is nearest to its last
        mark; else the one that is free for the longest time; of a piece that lines up the first that is free."""
        stretches = (mark, *piece.also)
        row = self._row(piece, mark) if self.is_careful else self._row_by_end(piece, mark)
        spot = self._spot(row, piece, mark) if self.is_careful else None
        for left, right in stretches if self.is_careful else ():
            self.marks.take(row, left, right)
        self.names[row] = [one for one in self.names[row] if not _touch(one, stretches)]
        self.names[row] += [(*spot, piece.weight)] if spot is not None else []
        self.found[row] += ((*mark, piece), *((a, b, None) for a, b in piece.also))
        self.ends[row] = max(self.ends[row], mark[1], *(b for _, b in piece.also), *(spot or ())[1:])

    def _row(self, piece: Piece, mark: View) -> int:
        free = [row for row in range(self.count)
                if all(self.marks.is_free(row, *one) for one in (mark, *piece.also))]
        if not free:
            self.marks.is_apart = False
            return self.ends.index(min(self.ends))
        if piece.lines_up:
            return free[0]
        return min(free, key=lambda row: (self._price(row, piece, mark), -self.ends[row], row))

    def _row_by_end(self, piece: Piece, mark: View) -> int:
        longest = self.ends.index(min(self.ends))
        self.marks.is_apart = self.marks.is_apart and self.ends[longest] + GAP <= mark[0] and not piece.also
        free = (row for row, end in enumerate(self.ends) if end + GAP <= mark[0])
        return next(free, longest) if piece.lines_up else longest

    def _price(self, row: int, piece: Piece, mark: View) -> float:
        """What the names weigh that a mark takes the place of, and its own where that finds none."""
        name, wide = piece.widths[-1] if piece.widths else 0.0, mark[1] - mark[0]
        own = 0.0
        if name and self._spot(row, piece, mark) is None:
            own = piece.weight * (1 - WORTH[ACROSS] if wide >= name + 4 * GAP and not piece.also else 1.0)
        return own + sum(one[2] for one in self.names[row] if _touch(one, (mark, *piece.also)))

    def _spot(self, row: int, piece: Piece, mark: View) -> View | None:
        """Where the name of a mark would stand if nothing came between: left of it, else right of it."""
        if not piece.widths:
            return None
        (left, right), name = mark, piece.widths[-1]
        kept = [one for one in self.names[row] if not _touch(one, (mark, *piece.also))]
        for one in ((left - GAP - name, left - GAP), (right + GAP, right + GAP + name)):
            is_free = self.marks.is_free(row, *one) and not _touch((*one, 0.0), (*kept, *piece.also))
            if one[0] >= self.view[0] and one[1] <= self.view[1] and is_free:
                return one
        return None


def _touch(name: tuple[float, float, float], others: Sequence[tuple[float, ...]]) -> bool:
    return any(name[0] < one[1] + GAP and one[0] < name[1] + GAP for one in others)


def _labelled(row: int, line: Sequence[Stretch], view: View, rows: Rows) -> Iterator[Placed]:
    """The pieces of one row from left to right, with their labels."""
    sides = _sides(line, view)
    before, last, taken = view[0] + EDGE - GAP, view[1] - EDGE + GAP, []
    for number, (left, right, piece) in enumerate(line):
        following = last
        if number + 1 < len(line):
            later_left, _, later = line[number + 1]
            following = min(last, later_left - (later.widths[-1] + GAP if sides[number + 1] == LEFT else 0.0))
        taken.append((left, right))
        if piece is not None:
            options = _options(piece, (left, right), (before, following), range(len(piece.widths)))
            choice, x = next(((choice, x) for choice, side, x in options if side == sides[number]), (-1, 0.0))
            if choice >= 0:
                taken.append((x, x + piece.widths[choice]))
                before = max(before, x + piece.widths[choice])
            yield Placed(piece.key, row, choice, x, across=choice >= 0 and sides[number] == ACROSS)
        before = max(before, right)
    for left, right in taken:
        rows.take(row, left, right)


def _sides(line: Sequence[Stretch], view: View) -> list[int]:
    """Where each name of a row stands, so that the names that are there are worth the most together."""
    last = view[1] - EDGE + GAP
    chains = [Chain(0.0, view[0] + EDGE - GAP, NONE)]
    for number, (left, right, piece) in enumerate(line):
        following = min(line[number + 1][0], last) if number + 1 < len(line) else last
        best: dict[int, Chain] = {}
        for chain in chains:
            ways = [(NONE, right)]
            if piece is not None and piece.widths:
                name = len(piece.widths) - 1
                ways += ((side, max(right, x + piece.widths[name])) for _, side, x in
                         _options(piece, (left, right), (chain.end, following), (name,)))
            for side, end in ways:
                worth = chain.worth + (WORTH[side] * piece.weight if piece is not None else 0.0)
                if side not in best or worth > best[side].worth:
                    best[side] = Chain(worth, max(end, chain.end), side, chain)
        chains = list(best.values())
    chain: Chain | None = max(chains, key=lambda one: one.worth)
    found: list[int] = []
    while chain is not None and chain.before is not None:
        found.append(chain.side)
        chain = chain.before
    return found[::-1]


def _options(piece: Piece, mark: View, free: View, choices: Sequence[int]) -> Iterator[tuple[int, int, float]]:
    """Where the wordings of a piece fit, on its mark, right of it, left of it or across it: which, the side, its x."""
    (left, right), (low, high) = mark, free
    for choice in choices:
        wide = piece.widths[choice]
        is_clear = all(left + 2 * GAP + wide <= a or b <= left + GAP for a, b in piece.also)
        is_alone, shown = left >= low and is_clear, min(right, high) - left
        if is_alone and piece.holds and shown >= wide + 2 * GAP:
            yield choice, ON, left + GAP
        if right >= low and right + wide + 2 * GAP <= high:
            yield choice, RIGHT, right + GAP
        if left - wide - 2 * GAP >= low and left - GAP <= high:
            yield choice, LEFT, left - GAP - wide
        if is_alone and shown >= wide + 4 * GAP and choice == len(piece.widths) - 1:
            yield choice, ACROSS, left + 2 * GAP

"""Where marks and their labels go in a lane: rows, and a side for each label. Pure geometry in px; no drawing.

A label stands on its mark, right of it, left of it, under it or across it, and never over another label, another
mark or the edge of the view. Where nothing fits, the note is dropped, then the label; the mark always stays.
"""
from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from timeline_app.viewmodel.crowding import spread_out
from timeline_app.viewmodel.rows import EDGE, GAP, INFINITE, TOUCH, Ends, Piece, Placed, Rows, View

ROUNDS = 4
FEW = 20  # pieces that are placed with care; more cost more than a frame may take
Reach = tuple[float, float, float, float]


def place(pieces: Sequence[Piece], width: float, rows: Rows, view: View | None = None) -> tuple[Placed, ...]:
    """A place for each piece between 0 and `width`; no label reaches beyond the `view`, where one is given. `rows`
    afterwards holds what is taken.

    First labels as wide as they would like to be, then names alone, which grow where they can; last marks are spread
    over the rows, and names get what is left beside them. The way is taken that leaves out the fewest names.
    """
    order = [piece for piece in pieces if piece.right >= 0 and piece.left <= width]
    ends = width, view if view is not None else (0.0, width)
    rows.is_apart = _deepest(order, width) <= rows.count
    best: tuple[float, tuple[Placed, ...], Rows] | None = None
    for way in (_with_care, _names_first, spread_out):
        if way is not spread_out and (len(order) > FEW or not rows.is_apart):
            continue
        tried = Rows(rows.count, is_apart=rows.is_apart)
        placed = way(order, ends, tried)
        lost = _lost(order, placed) if placed is not None else INFINITE
        if placed is not None and (best is None or lost < best[0]):
            best = lost, placed, tried
        if best is not None and not best[0]:
            break
    _, placed, tried = best
    rows.taken, rows.is_apart = tried.taken, tried.is_apart
    return placed


def _lost(order: Sequence[Piece], placed: Sequence[Placed]) -> float:
    """What the names weigh that are left out; what lines up is told by its number."""
    named = {one.key for one in placed if one.choice >= 0}
    return sum(piece.weight for piece in order if piece.widths and not piece.lines_up and piece.key not in named)


def _with_care(order: Sequence[Piece], ends: Ends, rows: Rows) -> tuple[Placed, ...] | None:
    """Each piece in turn, with the widest label that fits; who finds no row free is served first in the next of a few
    rounds, so that labels give way to marks. None where that fails."""
    (width, view), order = ends, list(order)
    for _ in range(ROUNDS):
        rows.clear()
        placed = [_place(piece, _reach(piece, width, view), rows, width) for piece in order]
        homeless = {piece.key for piece, found in zip(order, placed, strict=True) if found is None}
        if not homeless:
            return tuple(_worded(piece, one, view, rows) for piece, one in zip(order, placed, strict=True) if one)
        order.sort(key=lambda piece: piece.key not in homeless)
    return None


def _names_first(order: Sequence[Piece], ends: Ends, rows: Rows) -> tuple[Placed, ...] | None:
    """The same with the shortest wordings, the weightiest first, which then grow as wide as there is room."""
    by_weight = sorted(order, key=lambda piece: -piece.weight)
    placed = _with_care([replace(piece, widths=piece.widths[-1:]) for piece in by_weight], ends, rows)
    if placed is None:
        return None
    by_key = {piece.key: piece for piece in order}
    return tuple(_grown(by_key[one.key], one, ends[1], rows) if one.choice >= 0 else one for one in placed)


def _grown(piece: Piece, one: Placed, view: View, rows: Rows) -> Placed:
    """A name with as much beside it as there is room for, on the side where it stands."""
    least, row = piece.widths[-1], one.row + one.under
    last = len(piece.widths) - 1
    if one.across or (piece.left <= one.x < piece.right and not one.under):
        return replace(one, choice=last)
    low, high = rows.room(row, one.x, one.x + least)
    low, high = max(low, view[0] + EDGE), min(high, view[1] - EDGE)
    for choice, wide in enumerate(piece.widths[:-1]):
        x = one.x if one.x >= piece.left else one.x + least - wide
        if x >= low and x + wide <= high and _is_clear(piece, x - GAP, wide + 2 * GAP):
            rows.take(row, x, x + wide)
            return replace(one, choice=choice, x=x)
    return replace(one, choice=last)


def _worded(piece: Piece, one: Placed, view: View, rows: Rows) -> Placed:
    """What lines up gets its label last, when all marks have their places."""
    return _relabelled(piece, one, view, rows) or one if piece.lines_up else one


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


def _place(piece: Piece, reach: Reach, rows: Rows, width: float) -> Placed | None:
    """The first row and side where mark and label fit, else the mark alone; None where no row is free."""
    mark = _reach(piece, width, (0.0, width))
    free = [row for row in range(rows.count) if _has_room(piece, mark, rows, row)]
    for find, lower in FINDERS if not piece.lines_up else ():
        for choice, wide in enumerate(piece.widths):
            for row in free:
                x = find(piece, reach, choice, rows, row)
                if x is not None:
                    _take(piece, mark, rows, row)
                    rows.take(row + lower, x, x + wide)
                    return Placed(piece.key, row, choice, x, find is _under, find is _across)
    if not free:
        return None
    _take(piece, mark, rows, free[0])
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
        return _whole(_heights(wishes, available - ideal))
    share = max(0.0, available - least) / max(ideal - least, 1e-9)
    return _whole([wish.least + (wish.ideal - wish.least) * share for wish in wishes])


def _heights(wishes: Sequence[Wish], rest: float) -> list[float]:
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

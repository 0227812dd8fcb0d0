"""Rows and labels: nothing covers anything, every mark stays, heights add up. All places are px."""
from __future__ import annotations

from itertools import combinations
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from timeline_app.viewmodel.layout import EDGE, GAP, Piece, Placed, Rows, Wish, place, share_out

WIDTH = 600.0
SLACK = 0.02


def made(seed: int, count: int) -> list[Piece]:
    """Marks in and around the view, with up to three wordings and now and then a rival date. From a seed, because
    drawing each number would take most of the time of these tests."""
    dice, found = Random(seed), []
    for key in range(count):
        left = dice.uniform(-200, 600)
        wide = dice.choice((5.0, 10.0, 31.0, 86.0, 240.0, 1500.0))
        widths = sorted((dice.uniform(8, 420) for _ in range(dice.randrange(4))), reverse=True)
        rival = dice.uniform(-100, 700)
        also = ((rival, rival + dice.choice((4.0, 90.0))),) if dice.random() < 0.4 else ()
        found.append(Piece(key, left, left + wide, tuple(widths), dice.random() < 0.5, also))
    return found


pieces = st.builds(made, st.integers(0, 2**32), st.integers(0, 14))


def label(piece: Piece, placed: Placed) -> tuple[int, float, float]:
    """The row of a label, its left and its right."""
    return placed.row + placed.under, placed.x, placed.x + piece.widths[placed.choice]


def cross(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] - SLACK and other[0] < one[1] - SLACK


def in_view(piece: Piece) -> bool:
    return piece.right >= 0 and piece.left <= WIDTH


@given(pieces, st.integers(1, 6))
@example([Piece(0, 10, 90, (20.0,), True), Piece(1, 10, 90, (20.0,), True)], 1)
@example([Piece(0, 0, 600, (50.0,)), Piece(1, 0, 600, (50.0,))], 1)
@example([Piece(0, 10, 90, (20.0,), True, ((30.0, 34.0),))], 1)
def test_that_no_label_covers_a_label_a_mark_a_rival_date_or_the_edge(given_pieces: list[Piece], count: int):
    placed = place(given_pieces, WIDTH, Rows(count))
    labels = [(one.key, *label(given_pieces[one.key], one)) for one in placed if one.choice >= 0]
    for (_, row, *one), (_, other_row, *other) in combinations(labels, 2):
        assert row != other_row or not cross(one, other)
    for key, row, left, right in labels:
        assert left >= EDGE and right <= WIDTH - EDGE and 0 <= row < count
        for other in placed:
            mark = given_pieces[other.key]
            if other.row == row:
                assert other.key == key or not cross((left, right), (mark.left, mark.right))
                assert not any(cross((left, right), rival) for rival in mark.also)


@given(pieces, st.integers(1, 6))
def test_that_every_piece_in_view_is_placed_once_and_no_other(given_pieces: list[Piece], count: int):
    placed = place(given_pieces, WIDTH, Rows(count))
    assert sorted(one.key for one in placed) == [piece.key for piece in given_pieces if in_view(piece)]
    assert all(0 <= one.row < count for one in placed)


@given(pieces)
def test_that_with_rows_enough_marks_stand_apart_and_every_label_that_fits_the_view_is_there(given_pieces: list[Piece]):
    placed = place(given_pieces, WIDTH, Rows(2 * len(given_pieces) + 1))
    for one in placed:
        widths = given_pieces[one.key].widths
        assert (one.choice >= 0) == bool(widths and widths[-1] <= WIDTH - 2 * EDGE)
    for one, other in combinations(placed, 2):
        marks = [(given_pieces[p.key].left, given_pieces[p.key].right) for p in (one, other)]
        assert one.row != other.row or not cross(*marks)


@given(pieces, st.integers(1, 4))
def test_that_the_same_pieces_are_always_placed_alike(given_pieces: list[Piece], count: int):
    assert place(given_pieces, WIDTH, Rows(count)) == place(given_pieces, WIDTH, Rows(count))


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 30)), max_size=8), st.integers(0, 90), st.integers(0, 30))
def test_that_a_row_is_free_exactly_where_nothing_stands_closer_than_the_gap(taken, left: int, wide: int):
    rows = Rows(1)
    for start, length in taken:
        rows.take(0, start, start + length)
    apart = all(left + wide + GAP <= a or a + length + GAP <= left for a, length in taken)
    assert rows.is_free(0, left, left + wide) == apart
    assert not rows.is_free(1, left, left + wide), "a row that does not exist is not free"


def one_label(piece: Piece, rows: int = 2, width: float = WIDTH) -> Placed:
    (placed,) = place([piece], width, Rows(rows))
    return placed


def test_that_a_label_stands_right_of_its_mark_else_left_else_under_else_across():
    assert one_label(Piece(0, 100, 110, (50.0,))).x == 110 + GAP
    assert one_label(Piece(0, 560, 570, (50.0,))).x == 560 - GAP - 50
    under = one_label(Piece(0, -10, 700, (50.0,)))
    assert under.under and under.x == EDGE
    across = one_label(Piece(0, -10, 700, (50.0,)), rows=1)
    assert across.across and not across.under and across.row == 0


def test_that_a_mark_holds_its_label_only_where_it_has_room_for_it():
    assert one_label(Piece(0, 100, 200, (80.0,), holds=True)).x == 100 + GAP
    assert one_label(Piece(0, 100, 200, (90.0,), holds=True)).x == 200 + GAP


def test_that_the_note_is_dropped_before_the_name_and_the_name_before_the_mark():
    choices = [one_label(Piece(0, 10, 20, (300.0, 100.0)), 1, width).choice for width in (400.0, 200.0, 100.0)]
    assert choices == [0, 1, -1]


def test_that_labels_give_way_when_a_later_mark_finds_no_row():
    crowd = [Piece(0, 10, 20, (400.0,)), Piece(1, 100, 110)]
    assert [(one.key, one.choice) for one in sorted(place(crowd, WIDTH, Rows(1)), key=lambda one: one.key)] == [
        (0, -1), (1, -1)]


def test_that_a_mark_that_found_no_row_is_served_first_in_the_next_round():
    crowd = [Piece(0, 300, 310, (30.0,)), Piece(1, 300, 310, (120.0,)), Piece(2, 350, 450), Piece(3, 50, 150, (60.0,))]
    placed = {one.key: one for one in place(crowd, WIDTH, Rows(2))}
    assert [placed[key].choice for key in range(4)] == [0, 0, -1, 0]
    assert placed[2].row == placed[0].row != placed[1].row


wishes = st.lists(st.builds(lambda least, more, keen: Wish(least, least + more, keen), st.floats(1, 200),
                            st.floats(0, 200), st.floats(0.1, 5)), min_size=1, max_size=8)


@given(wishes, st.floats(0, 1500))
def test_that_heights_are_whole_sum_to_what_there_is_and_give_each_lane_its_least(asked: list[Wish], more: float):
    least = sum(wish.least for wish in asked)
    available = least + more
    heights = share_out(asked, available)
    assert all(height == int(height) for height in heights)
    assert abs(sum(heights) - available) <= 0.5 + 1e-6
    assert all(height > wish.least - 1 for height, wish in zip(heights, asked, strict=True))


@given(wishes, st.floats(0, 1))
def test_that_with_too_little_room_lanes_keep_their_least_and_the_rest_is_scrolled_to(asked: list[Wish], share: float):
    least = sum(wish.least for wish in asked)
    assert abs(sum(share_out(asked, least * share)) - least) <= 0.5 + 1e-6


def test_that_room_to_spare_goes_to_the_keen_and_strips_stay_strips():
    assert share_out((Wish(27, 27, 0), Wish(40, 80, 1), Wish(40, 80, 3)), 387) == (27, 130, 230)
    assert share_out((Wish(27, 27, 0), Wish(27, 27, 0)), 500) == (27, 27)
    assert share_out((), 500) == ()


def test_that_a_lane_of_few_things_leaves_the_rest_to_others_or_to_nobody():
    few, many = Wish(33, 33, 0.1, 66), Wish(40, 80, 1)
    assert share_out((few, few, few), 870) == (66, 66, 66)
    assert share_out((few, many), 870) == (66, 804)
    assert share_out((few, many), 122) == (34, 88)


def test_that_rows_are_chosen_so_that_names_have_room_beside_their_marks():
    crowd = [Piece(n, 10 + 42.0 * n, 20 + 42.0 * n, (100.0,)) for n in range(12)]
    placed = place(crowd, WIDTH, Rows(3))
    assert all(one.choice == 0 for one in placed)


def test_that_of_two_names_for_one_place_the_weightier_is_there():
    for heavy in (0, 1):
        pair = [Piece(n, 100.0 + n * 200, 110.0 + n * 200, (120.0,), weight=1.0 + (n == heavy)) for n in range(2)]
        placed = {one.key: one.choice for one in place([*pair, Piece(2, 320.0, 590.0)], WIDTH, Rows(1))}
        assert placed == {heavy: 0, 1 - heavy: -1, 2: -1}


def test_that_no_label_leaves_the_view_that_is_given_and_marks_stay_whole():
    pair = [Piece(0, 100.0, 300.0, (80.0,)), Piece(1, 330.0, 340.0, (60.0,))]
    rows = Rows(2)
    placed = place(pair, WIDTH, rows, (200.0, 380.0))
    assert all(one.x >= 204.0 and one.x + pair[one.key].widths[one.choice] <= 376.0 for one in placed)
    assert not rows.is_free(next(one.row for one in placed if not one.key), 120.0, 150.0)

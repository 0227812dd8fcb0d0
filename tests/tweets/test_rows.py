"""Joining is associative, whatever stands in the columns: runs may be merged in any order of pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.engine.tweets.ragged import Ragged
from timeline_app.engine.tweets.rows import NUMBERS, RAGGED, Rows, filled, join

MOST = {"flags": 31, "lang": 3, "file": 3, "line": 9}


def lists(found: list[list[int]], dtype: type) -> Ragged:
    offsets = np.zeros(len(found) + 1, np.int64)
    np.cumsum([len(one) for one in found], out=offsets[1:])
    return Ragged(offsets, np.array([value for one in found for value in one], dtype))


@st.composite
def parts(draw) -> list[Rows]:
    """Three parts of a few tweets that share their IDs, each with columns of its own."""
    made = []
    for number in range(3):
        ids = draw(st.lists(st.integers(1, 9), max_size=8))
        size = st.integers(0, 2)
        numbers = {name: np.array([draw(st.integers(0, MOST.get(name, 4))) for _ in ids], kind)
                   for name, kind in NUMBERS.items() if name not in ("file", "line") and draw(st.booleans())}
        if draw(st.booleans()):
            numbers["line"] = np.array([draw(st.integers(0, 9)) for _ in ids], np.uint32)
            numbers["file"] = np.where(numbers["line"] > 0, number, 0).astype(np.uint32)
        ragged = {name: lists([sorted({draw(st.integers(0, 4)) for _ in range(draw(size))}) for _ in ids], kind)
                  for name, kind in RAGGED.items() if draw(st.booleans())}
        made.append(filled(Rows(np.array(ids, np.int64), numbers, ragged)))
    return made


def plain(rows: Rows) -> dict[str, list]:
    """All columns, those that say nothing left out."""
    rows = filled(rows)
    found = {"ids": rows.ids.tolist()} | {name: one.tolist() for name, one in rows.numbers.items()}
    for name, one in rows.ragged.items():
        found[name] = [one.part(at, at + 1).values.tolist() for at in range(len(rows))]
    return found


@given(parts())
def test_that_joining_is_associative(given_parts):
    one, two, three = given_parts
    together = plain(join([one, two, three]))
    assert plain(join([join([one, two]), three])) == together
    assert plain(join([one, join([two, three])])) == together
    assert together["ids"] == sorted({int(number) for part in given_parts for number in part.ids})


@pytest.mark.parametrize(("lines", "files", "expected"), [
    ([[0], [7], [5]], [[0], [1], [2]], (1, 7)), ([[3], [7]], [[0], [1]], (0, 3)), ([[0], [0]], [[0], [0]], (0, 0))])
def test_that_file_and_line_are_those_of_the_first_copy_whose_line_is_known(lines, files, expected):
    given_parts = [filled(Rows(np.array([4]), {"line": np.array(line, np.uint32), "file": np.array(file, np.uint32)}))
                   for line, file in zip(lines, files, strict=True)]
    found = join(given_parts).numbers
    assert tuple(int(found[name][0]) if name in found else 0 for name in ("file", "line")) == expected

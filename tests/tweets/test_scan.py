"""A scan of bytes finds what plain Python finds, however rows and blocks lie; and it can be ended."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.engine.tweets import scan
from timeline_app.engine.tweets.ragged import Ragged

LETTERS = st.text("ab\0€", max_size=12).map(str.encode)


def column(rows: list[bytes]) -> Ragged:
    return Ragged(np.append(0, np.cumsum([len(row) for row in rows], dtype=np.int64)),
                  np.frombuffer(b"".join(rows), np.uint8))


@pytest.fixture(scope="module", params=[(1 << 20, 128), (40, 128), (40, 1), (40, 1 << 40)],
                ids=["one block", "small blocks", "nothing is many", "all are many"])
def sizes(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "_BLOCK", request.param[0])
        patch.setattr(scan, "_PIECE", 4 * request.param[0])
        patch.setattr(scan, "_MANY", request.param[1])
        yield


@settings(max_examples=150)
@given(st.lists(LETTERS, max_size=30), st.text("ab\0€", max_size=4).map(str.encode))
def test_that_the_rows_are_those_of_plain_python(sizes, rows, wanted):
    expected = [place for place, row in enumerate(rows) if wanted in row]
    assert scan.rows_with(column(rows), scan.Needle(wanted)).tolist() == expected


@settings(max_examples=100)
@given(st.lists(LETTERS, max_size=30), st.text("ab€", min_size=1, max_size=3).map(str.encode))
def test_that_a_byte_may_be_forbidden_behind_a_hit(sizes, rows, wanted):
    not_before = np.zeros(256, np.bool_)
    not_before[ord("a")] = True
    expected = [place for place, row in enumerate(rows) if re.search(re.escape(wanted) + b"(?!a)", row)]
    assert scan.rows_with(column(rows), scan.Needle(wanted, not_before)).tolist() == expected


def test_that_nothing_is_found_over_the_border_of_two_rows(sizes):
    rows = [b"ab", b"cd", b"", b"abcd", b"a", b"bcd"] * 50
    assert scan.rows_with(column(rows), scan.Needle(b"bc")).tolist() == [n for n in range(300) if n % 6 in (3, 5)]


def test_that_a_scan_can_be_ended_between_pieces(monkeypatch):
    monkeypatch.setattr(scan, "_PIECE", 100)
    asked = []

    def check():
        asked.append(1)
        if len(asked) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        scan.rows_with(column([b"words"] * 1_000), scan.Needle(b"word"), check)
    assert len(asked) == 3

"""The fast ways through a plain list read what int() reads, line for line, and hand back every other line."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.engine.tweets import id_digits
from timeline_app.engine.tweets.id_digits import read_lines

LIMIT = 2**63 - 1


def slowly(data: bytes) -> tuple[list[int], list[tuple[int, int, int]]]:
    """The numbers and the odd lines (line, start, end), one line after the other."""
    ids, odd, at = [], [], 0
    lines = data.split(b"\n")
    for number, line in enumerate(lines[:-1] if lines[-1] == b"" else lines):
        plain = line.removesuffix(b"\r")
        good = 15 <= len(plain) <= 19 and plain.isdigit() and int(plain) <= LIMIT
        ids.append(int(plain) if good else 0)
        if not good:
            odd.append((number, at, at + len(plain)))
        at += len(line) + 1
    return ids, odd


def check(data: bytes) -> None:
    found = read_lines(data)
    odd = list(zip(found.odd.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True))
    assert (found.ids.tolist(), odd) == slowly(data)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(id_digits, "_LINES", 8)
    monkeypatch.setattr(id_digits, "_BYTES", 160)


def listed(digits: int, end: bytes = b"\n", count: int = 60) -> bytes:
    luck = random.Random(digits)
    most = min(10**digits, LIMIT)
    return b"".join(b"%d" % luck.randrange(10 ** (digits - 1), most) + end for _ in range(count))


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("digits", range(13, 20))
def test_that_lines_of_one_length_are_read(digits, end):
    check(listed(digits, end))
    check(listed(digits, end)[: -len(end)])


@pytest.mark.parametrize("wrong", [b"\n", b"\r", b"x", b"/", b":", b"\0", b"\x0b", b"\xb9", b"-", b" "])
def test_that_a_wrong_byte_anywhere_costs_its_line_and_no_other(wrong):
    for end in (b"\n", b"\r\n"):
        data = listed(19, end, 16)
        for at in range(len(data)):
            check(data[:at] + wrong + data[at + 1 :])


def test_that_a_missing_or_a_further_byte_anywhere_moves_no_other_line():
    data = listed(18, count=16)
    for at in range(len(data)):
        check(data[:at] + data[at + 1 :])
        check(data[:at] + b"7" + data[at:])


def test_that_numbers_above_int64_are_handed_back():
    check(listed(19) + b"9223372036854775807\n9223372036854775808\n9999999999999999999\n" + listed(19))


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\n", b"1", b"\n\n\n", b"1267727923328540673", b"\r", b"x" * 400,
                                  b"x" * 400 + b"\n" + b"1267727923328540673\n" * 20])
def test_that_short_and_empty_lists_are_read(data):
    check(data)


@given(st.lists(st.tuples(
    st.one_of(st.integers(0, 10**20), st.integers(10**18, LIMIT)).map(str) | st.text("0123456789x ", max_size=22),
    st.sampled_from(["\n", "\r\n"]), st.integers(1, 30)), max_size=12), st.booleans())
def test_that_any_mixture_of_lines_is_read_as_int_reads_it(parts, whole):
    data = "".join((text + end) * times for text, end, times in parts).encode()
    check(data if whole else data[:-1])

"""Plain ID lists as fast as memory allows: one decimal number a line, eight digits at a time, in numpy.

Where all lines of a block are of one length, their words stand at even steps and no line end is searched for; other
blocks are read line by line end. Lines that are not 15 to 19 digits are not read here; their places are handed back
for `id_list` to judge. Eight ASCII digits in one 64-bit word are turned into a number with three multiplications:
D. Lemire, "Quickly parsing eight digits" (2018), here over whole columns of words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST_DIGITS, MOST_DIGITS = 15, 19
PAD = 24  # bytes before the first line, so that the three words before its end exist
_LINES = 16_384  # at a time: the columns of a block stay in the processor's cache
_BYTES = _LINES * 20
_LINE_FEED, _RETURN = 10, 13
_ZEROS = np.uint64(0x3030303030303030)
_ABOVE_NINE = np.uint64(0x7676767676767676)
_HIGH_BITS = np.uint64(0x8080808080808080)
_PAIRS = np.uint64(0x000000FF000000FF)
_HUNDREDS = np.uint64(100 + (1_000_000 << 32))
_ONES = np.uint64(1 + (10_000 << 32))
_LIMIT = np.uint64(2**63 - 1)
_E8, _E16 = np.uint64(10**8), np.uint64(10**16)


@dataclass(frozen=True, slots=True)
class Lines:
    """`ids` int64[n], one a line. `odd` int64[k] are the lines that are not 15 to 19 digits, ascending; their ID is 0,
    and `starts` and `ends` int64[k] (before LF or CR LF) are their places in the bytes."""

    ids: np.ndarray
    odd: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


def read_lines(data: bytes) -> Lines:
    """The numbers of all lines; the last one may lack its line end."""
    blocks, at, line = [_NO_LINES], 0, 0
    while at < len(data):
        ids, after = _even(data, at)
        if after == at:
            after = _some_lines(data, at)
            blocks.append(_uneven(data[at:after], at, line))
        else:
            blocks.append(Lines(ids, _NONE, _NONE, _NONE))
        at, line = after, line + len(blocks[-1].ids)
    return Lines(*(np.concatenate([getattr(one, name) for one in blocks]) for name in Lines.__slots__))


_NONE = np.zeros(0, np.int64)
_NO_LINES = Lines(_NONE, _NONE, _NONE, _NONE)


def _even(data: bytes, at: int) -> tuple[np.ndarray, int]:
    """The numbers of lines from `at` on that all have the length of the first, and where they end: `at` itself where
    the block is not such."""
    width = data.find(b"\n", at, at + MOST_DIGITS + 2) + 1 - at
    behind = 2 if width > 1 and data[at + width - 2] == _RETURN else 1
    if at < PAD or not LEAST_DIGITS <= width - behind <= MOST_DIGITS:
        return _NONE, at
    count = min(_LINES, (len(data) - at) // width)
    after = at + count * width
    bytes_of_all = np.frombuffer(data, np.uint8)
    fits = all((bytes_of_all[at + width - back : after : width] == mark).all()
               for back, mark in ((1, _LINE_FEED), (2, _RETURN))[:behind])
    numbers = _columns(data, at, width, width - behind, count) if fits else None
    return (_NONE, at) if numbers is None else (numbers, after)


def _columns(data: bytes, at: int, width: int, digits: int, count: int) -> np.ndarray | None:
    """int64[count] numbers of so many digits that begin every `width` bytes; None if any byte is none."""
    words = np.empty((3, count), np.uint64)
    for column, back in zip(words, (24, 16, 8), strict=True):
        place = at + digits - back
        np.bitwise_xor(np.ndarray(count, np.uint64, data, place, (width,)), _ZEROS, out=column)
    words[0] = _without(words[0], np.uint64(24 - digits))
    if digits < 16:
        words[1] = _without(words[1], np.uint64(16 - digits))
    if np.bitwise_or.reduce(_not_digits(words), axis=None):
        return None
    number = _joined(words)
    return number.view(np.int64) if digits < MOST_DIGITS or (number <= _LIMIT).all() else None


def _some_lines(data: bytes, at: int) -> int:
    """Where whole lines from `at` on end that are a block; at the beginning, as few as leave room for words."""
    least = at + (_BYTES if at >= PAD else PAD)
    return data.find(b"\n", least) + 1 or len(data)


def _uneven(data: bytes, at: int, line: int) -> Lines:
    """Lines of any length, found by their line ends; `at` and `line` are bytes and lines before them."""
    buffer = padded(data)
    starts, ends = lines_of(buffer)
    ids, good = numbers_of(buffer, starts, ends)
    odd = np.flatnonzero(~good)
    return Lines(ids, odd + line, starts[odd] + (at - PAD), ends[odd] + (at - PAD))


def padded(data: bytes) -> np.ndarray:
    """uint8[PAD + n + 1]: the bytes with room before them and a line end behind, if they lack one."""
    buffer = np.zeros(PAD + len(data) + 1, np.uint8)
    buffer[PAD:-1] = np.frombuffer(data, np.uint8)
    buffer[-1] = _LINE_FEED
    return buffer if not len(data) or buffer[-2] != _LINE_FEED else buffer[:-1]


def lines_of(buffer: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int64[n] starts and int64[n] ends (before LF or CR LF) of the lines of a padded buffer."""
    ends = np.flatnonzero(buffer == _LINE_FEED)
    starts = np.empty_like(ends)
    starts[:1] = PAD
    np.add(ends[:-1], 1, out=starts[1:])
    return starts, ends - ((buffer[ends - 1] == _RETURN) & (ends > starts))


def numbers_of(buffer: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int64[n] numbers, and bool[n] which lines are 15 to 19 digits that fit int64; the others are 0."""
    lengths = ends - starts
    fits = (lengths >= LEAST_DIGITS) & (lengths <= MOST_DIGITS)
    at, size = np.where(fits, ends, PAD), np.where(fits, lengths, MOST_DIGITS)
    every = np.ndarray((len(buffer) - 7,), np.uint64, buffer, strides=(1,))
    words = np.stack([every[at - back] ^ _ZEROS for back in (24, 16, 8)])
    words[0] = _without(words[0], (24 - size).view(np.uint64))
    words[1] = _without(words[1], np.maximum(16 - size, 0).view(np.uint64))
    good = fits & (np.bitwise_or.reduce(_not_digits(words), axis=0) == 0)
    number = _joined(words)
    good &= number <= _LIMIT
    return np.where(good, number, np.uint64(0)).view(np.int64), good


def _without(words: np.ndarray, leading: np.ndarray | np.uint64) -> np.ndarray:
    """The words with their first bytes (the lowest, as memory has them) made zero; eight or more empty the word."""
    shift = leading << np.uint64(3)
    return words >> shift << shift


def _not_digits(words: np.ndarray) -> np.ndarray:
    """Not zero where a byte is above nine."""
    found = words + _ABOVE_NINE
    found |= words
    found &= _HIGH_BITS
    return found


def _joined(words: np.ndarray) -> np.ndarray:
    """uint64[n] numbers that the digits 0 to 9 in three rows of words spell; the words are used up."""
    _eight(words)
    words[0] *= _E16
    words[1] *= _E8
    return words[0] + words[1] + words[2]


def _eight(words: np.ndarray) -> None:
    """Each word becomes the number that its eight bytes of 0 to 9 spell, first byte first."""
    spare = words >> np.uint64(8)
    words *= np.uint64(10)
    words += spare
    np.right_shift(words, np.uint64(16), out=spare)
    spare &= _PAIRS
    spare *= _ONES
    words &= _PAIRS
    words *= _HUNDREDS
    words += spare
    words >>= np.uint64(32)

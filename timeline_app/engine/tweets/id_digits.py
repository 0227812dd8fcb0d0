"""Plain ID lists as fast as memory allows: one decimal number a line, eight digits at a time, in numpy.

Lines that are not 15 to 19 digits are not read here; their places are handed back for `id_list` to judge.
Eight ASCII digits in one 64-bit word are turned into a number with three multiplications: D. Lemire, "Quickly
parsing eight digits" (2018), here over whole columns of words.
"""

from __future__ import annotations

import numpy as np

LEAST_DIGITS, MOST_DIGITS = 15, 19
PAD = 24  # bytes before the first line, so that the three words before its end exist
_BLOCK = 32_768  # lines at a time: the columns of a block stay in the processor's cache
_LINE_FEED, _RETURN = 10, 13
_ZEROS = np.uint64(0x3030303030303030)
_ABOVE_NINE = np.uint64(0x7676767676767676)
_HIGH_BITS = np.uint64(0x8080808080808080)
_PAIRS = np.uint64(0x000000FF000000FF)
_HUNDREDS = np.uint64(100 + (1_000_000 << 32))
_ONES = np.uint64(1 + (10_000 << 32))
_LIMIT = np.uint64(2**63 - 1)
_E8, _E16 = np.uint64(10**8), np.uint64(10**16)


def padded(data: bytes | bytearray | memoryview) -> np.ndarray:
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
    if len(ends) and buffer[ends[0] - 1] == _RETURN or (buffer[ends[-1:] - 1] == _RETURN).any():
        ends = ends - ((buffer[ends - 1] == _RETURN) & (ends > starts))
    return starts, ends


def numbers_of(buffer: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int64[n] numbers, and bool[n] which lines are 15 to 19 digits that fit int64; the others are 0."""
    numbers, good = np.empty(len(ends), np.int64), np.empty(len(ends), np.bool_)
    words = np.ndarray((len(buffer) - 7,), np.uint64, buffer, strides=(1,))
    for first in range(0, len(ends), _BLOCK):
        part = slice(first, first + _BLOCK)
        numbers[part], good[part] = _block(words, starts[part], ends[part])
    return numbers, good


def _block(words: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    lengths = ends - starts
    fits = (lengths >= LEAST_DIGITS) & (lengths <= MOST_DIGITS)
    whole = fits.all()
    at, size = (ends, lengths) if whole else (np.where(fits, ends, PAD), np.where(fits, lengths, MOST_DIGITS))
    low, middle, high = (words[at - back] ^ _ZEROS for back in (8, 16, 24))
    high = _without(high, 24 - size)
    if not whole or size.min() < 16:
        middle = _without(middle, np.maximum(16 - size, 0))
    wrong = _not_digits(low) | _not_digits(middle) | _not_digits(high)
    number = _eight(low) + _eight(middle) * _E8 + _eight(high) * _E16
    good = (wrong == 0) & (number <= _LIMIT)
    if not whole:
        good &= fits
    return np.where(good, number, np.uint64(0)).view(np.int64), good


def _without(words: np.ndarray, leading: np.ndarray) -> np.ndarray:
    """The words with their first bytes (the lowest, as memory has them) made zero; eight or more empty the word."""
    shift = (leading * 8).view(np.uint64)
    return words >> shift << shift


def _not_digits(words: np.ndarray) -> np.ndarray:
    """Not zero where a byte is above nine."""
    return ((words + _ABOVE_NINE) | words) & _HIGH_BITS


def _eight(words: np.ndarray) -> np.ndarray:
    """The number that eight bytes of 0 to 9 spell, first byte first."""
    pairs = words * np.uint64(10) + (words >> np.uint64(8))
    upper = (pairs & _PAIRS) * _HUNDREDS
    lower = ((pairs >> np.uint64(16)) & _PAIRS) * _ONES
    return (upper + lower) >> np.uint64(32)

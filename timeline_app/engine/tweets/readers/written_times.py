"""Times as tweet files write them, whole columns at a time, without locale: to the second, UTC.

Two forms are read: ISO 8601 ("2021-09-22T16:38:35.000Z", also with a space, without zone, with +09:00) and that of the
v1.1 API, "%a %b %d %H:%M:%S %z %Y" in English ("Tue Nov 08 21:16:42 +0000 2022"). Without a zone a time is UTC.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

UNREAD = np.int64(-(2**62))
_LENGTH = 32
_MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_DAYS_BEFORE = np.array([0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334], np.int64)
_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int64)


def seconds_of(written: Sequence[str]) -> np.ndarray:
    """int64[n] seconds since 1970; UNREAD for what is in neither form."""
    found = np.full(len(written), UNREAD)
    if not len(written):
        return found
    letters = _letters(written)
    iso = (letters[:, 4] == ord("-")) & (letters[:, 7] == ord("-")) & (letters[:, 16] == ord(":"))
    english = (letters[:, 3] == ord(" ")) & (letters[:, 13] == ord(":")) & (letters[:, 25] == ord(" "))
    for those, read in ((iso, _iso), (english, _english)):
        if those.all():
            return read(letters)
        if those.any():
            found[those] = read(letters[those])
    return found


def _letters(written: Sequence[str]) -> np.ndarray:
    """int32[n, 32]: the first letters of each, then zeros. Where all are as long, uint8, column behind column."""
    every, count = "".join(written), len(written)
    length = len(every) // count
    if not every.isascii() or not 0 < length <= _LENGTH or set(map(len, written)) != {length}:
        return np.array(written, f"U{_LENGTH}").view(np.int32).reshape(count, _LENGTH)
    letters = np.zeros((_LENGTH, count), np.uint8).T
    letters[:, :length] = np.frombuffer(every.encode(), np.uint8).reshape(count, length)
    return letters


def _iso(letters: np.ndarray) -> np.ndarray:
    days = _days(_number(letters, 0, 4), _number(letters, 5, 7), _number(letters, 8, 10))
    return _together(days, letters[:, 11:19], _offset(_zone(letters)))


def _zone(letters: np.ndarray) -> np.ndarray:
    """[n, 6]: what stands behind the seconds and their fraction."""
    zone = letters[:, 19:25]
    fraction = zone[:, 0] == ord(".")
    if not fraction.any():
        return zone
    zone = zone.copy(order="F")
    end, running = 20, fraction
    while running.any():
        running = running & (_is_digit(letters[:, end]) if end < _LENGTH else False)
        ended = fraction & ~running
        if ended.any():
            behind = letters[:, end:end + 6]
            zone[:, :behind.shape[1]][ended] = behind[ended]
            zone[:, behind.shape[1]:][ended] = 0
            fraction = running
        end += 1
    return zone


def _english(letters: np.ndarray) -> np.ndarray:
    month = np.zeros(len(letters), np.int64)
    for name, number in _MONTHS.items():
        month[(letters[:, 4:7] == [ord(letter) for letter in name]).all(axis=1)] = number
    days = _days(_number(letters, 26, 30), month, _number(letters, 8, 10))
    return _together(days, letters[:, 11:19], _offset(letters[:, 20:25]))


def _together(days: np.ndarray, clock: np.ndarray, offset: np.ndarray) -> np.ndarray:
    hours, minutes, seconds = _number(clock, 0, 2), _number(clock, 3, 5), _number(clock, 6, 8)
    good = (days != UNREAD) & (offset != UNREAD) & (np.minimum(np.minimum(hours, minutes), seconds) >= 0)
    good &= (hours < 24) & (minutes < 60) & (seconds < 61)
    return np.where(good, days * 86_400 + hours * 3_600 + minutes * 60 + seconds - np.where(good, offset, 0), UNREAD)


def _days(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Days since 1970 in the Gregorian calendar; UNREAD where there is no such day."""
    known = np.clip(month, 0, 12)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _MONTH_DAYS[known] + (leap & (known == 2))
    good = (year >= 1970) & (month > 0) & (month < 13) & (day > 0) & (day <= last)
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400 - 719_162
    return np.where(good, days + _DAYS_BEFORE[known] + (leap & (known > 2)) + day - 1, UNREAD)


def _offset(zone: np.ndarray) -> np.ndarray:
    """Seconds east of UTC of "Z", "+0900", "+09:00" or nothing; UNREAD of anything else."""
    sign = (zone[:, 0] == ord("+")).astype(np.int64) - (zone[:, 0] == ord("-"))
    colon = zone[:, 3] == ord(":")
    late = _number(zone, 4, 6) if zone.shape[1] > 5 else np.full(len(zone), -1)
    hours, minutes = _number(zone, 1, 3), np.where(colon, late, _number(zone, 3, 5))
    none = (zone[:, 0] == 0) | (zone[:, 0] == ord("Z"))
    good = none | ((sign != 0) & (hours >= 0) & (minutes >= 0))
    return np.where(good, np.where(none, 0, sign * (hours * 3_600 + minutes * 60)), UNREAD)


def _number(letters: np.ndarray, first: int, last: int) -> np.ndarray:
    """The digits in these columns as a number; -1 or less where one is no digit."""
    digits = letters[:, first:last]
    good = _is_digit(digits).all(axis=1)
    number = np.zeros(len(letters), np.int64)
    for column in range(last - first):
        number = number * 10 + (digits[:, column] - ord("0"))
    return np.where(good, number, -1)


def _is_digit(letters: np.ndarray) -> np.ndarray:
    return (letters >= ord("0")) & (letters <= ord("9"))

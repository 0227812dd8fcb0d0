"""The number that lets the staff in: kept as a slow hash, and tried through a door that shuts after five wrong ones.

There is no number from the start, and a file that cannot be read as one lets nobody in: setting a number anew mends it.
"""
from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from timeline_app.base.problems import UserError
from timeline_app.base.safe_io import read_regular, write_atomic

FILE = "staff.json"
OWNER_ONLY = 0o600
LEAST_DIGITS, MOST_DIGITS = 4, 12
MOST_WRONG, SHUT_MS = 5, 60_000
COST = (1 << 15, 8, 1)  # n, r, p of scrypt: about a tenth of a second and 32 MB, which a small machine has
MOST_MEMORY = 1 << 27
MOST_BYTES = 4096
ON_A_PAD = {"2580", "0852"}  # the only column of a pad that is long enough
State = Literal["none", "fine", "open", "damaged"]
_Some = Annotated[bytes, msgspec.Meta(min_length=16, max_length=64)]


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file. Its costs are bounded, so that a damaged one cannot hold the kiosk for long."""

    n: Annotated[int, msgspec.Meta(ge=1 << 10, le=1 << 17)]
    r: Annotated[int, msgspec.Meta(ge=1, le=16)]
    p: Annotated[int, msgspec.Meta(ge=1, le=4)]
    salt: _Some
    hash: _Some


@dataclass(frozen=True, slots=True)
class Door:
    """How often in a row the number was wrong, and until when nobody is let in, in ms of a clock that never goes
    back."""

    wrong: int = 0
    shut_until_ms: int = 0

    def tried(self, is_right: bool, now_ms: int) -> Door:
        """The door after a number was tried. While it is shut no number counts, not even the right one."""
        if self.is_shut(now_ms):
            return self
        if is_right:
            return Door()
        return Door(self.wrong + 1) if self.wrong + 1 < MOST_WRONG else Door(0, now_ms + SHUT_MS)

    def is_shut(self, now_ms: int) -> bool:
        """Whether nobody is let in now."""
        return now_ms < self.shut_until_ms

    def seconds_left(self, now_ms: int) -> int:
        """Whole seconds until a number counts again."""
        return max(0, -(-(self.shut_until_ms - now_ms) // 1000))


def set_pin(place: Path, pin: str) -> None:
    """Keep a number, whatever was there before; UserError where it is too simple or the disk refuses."""
    if is_simple(pin):
        raise UserError("pin_too_simple")
    salt = secrets.token_bytes(16)
    kept = _Kept(*COST, salt, _hashed(pin, salt, COST))
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(place / FILE, msgspec.json.encode(kept) + b"\n", OWNER_ONLY)
    except OSError:
        raise UserError("pin_not_saved", path=place) from None


def is_simple(pin: str) -> bool:
    """Whether a number is none of 4 to 12 digits, repeats itself, counts up or down, or is a line on a pad."""
    if not (pin.isascii() and pin.isdecimal() and LEAST_DIGITS <= len(pin) <= MOST_DIGITS) or pin in ON_A_PAD:
        return True
    steps = {(int(after) - int(before)) % 10 for before, after in zip(pin, pin[1:], strict=False)}
    return steps in ({0}, {1}, {9}) or pin in (pin + pin)[1:-1]


def has_pin(place: Path | None) -> bool:
    """Whether there is a number that somebody could be let in with."""
    return _read(place) is not None


def is_right(place: Path | None, pin: str) -> bool:
    """Whether this is the number. It takes as long for a wrong one as for the right one."""
    kept = _read(place)
    if kept is None or len(pin) > MOST_DIGITS:
        return False
    try:
        return hmac.compare_digest(_hashed(pin, kept.salt, (kept.n, kept.r, kept.p), len(kept.hash)), kept.hash)
    except (ValueError, MemoryError):  # costs that scrypt refuses, as of a damaged file, or a machine without room
        return False


def state_of(place: Path | None) -> State:
    """What is there: no file, a number, one whose file others can read, or a file that is no number."""
    if place is None or not os.path.lexists(place / FILE):
        return "none"
    if _read(place) is None:
        return "damaged"
    is_open = os.name != "nt" and stat.S_IMODE((place / FILE).stat().st_mode) & 0o077
    return "open" if is_open else "fine"


def _read(place: Path | None) -> _Kept | None:
    if place is None:
        return None
    try:
        kept = msgspec.json.decode(read_regular(place / FILE, MOST_BYTES), type=_Kept)
    except (UserError, ValueError, RecursionError):
        return None
    is_possible = kept.n & (kept.n - 1) == 0 and 128 * kept.n * kept.r <= MOST_MEMORY // 2
    return kept if is_possible else None


def _hashed(pin: str, salt: bytes, cost: tuple[int, int, int], length: int = 32) -> bytes:
    n, r, p = cost
    return hashlib.scrypt(pin.encode("utf-8", "replace"), salt=salt, n=n, r=r, p=p, maxmem=MOST_MEMORY, dklen=length)

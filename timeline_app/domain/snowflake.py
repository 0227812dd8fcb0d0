"""The time in a post ID: a check of dates that needs no network. Not for user IDs, nor for other platforms.

The scheme: Twitter, "Announcing Snowflake" (2010), and its open source code: 41 bits of milliseconds since
EPOCH_MS, 10 bits of worker (5 of data centre, 5 of machine), 12 bits of sequence; in use from 4 November
2010. Before, IDs were counted up and carry no time: decoded they would all fall on that one day, so they are
refused. Between workers, the order of IDs says nothing within about a second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

EPOCH_MS = 1_288_834_974_657  # 2010-11-04T01:42:54.657Z

# The bound used by TweetedAt (Old Dominion University, 2019) between counted IDs and Snowflake IDs.
FIRST_ID = 29_700_859_247
LAST_ID = 2**63 - 1

_TIME_SHIFT = 22
_WORKER_SHIFT = 12
_WORKER_MASK = 2**10 - 1
_SEQUENCE_MASK = 2**12 - 1
_DECIMAL = re.compile(r"[0-9]{1,19}")


class BadId(ValueError):
    """A post ID that has no time in it; `code` names the message in the text catalogue, `args_` its parts."""

    def __init__(self, code: str, args: dict[str, object] | None = None) -> None:
        super().__init__(code, args)  # in this form it survives the way between processes
        self.code = code
        self.args_ = dict(args or {})


@dataclass(frozen=True, slots=True)
class Parts:
    """What a post ID is made of: instant in ms UTC, worker 0..1023, sequence 0..4095."""

    instant: int
    worker: int
    sequence: int


def instant(post_id: int | str) -> int:
    """When the post with this ID was made: ms UTC, exact to the millisecond of the machine that made it."""
    return (_number(post_id) >> _TIME_SHIFT) + EPOCH_MS


def parts(post_id: int | str) -> Parts:
    """An ID taken apart."""
    number = _number(post_id)
    return Parts(instant(number), (number >> _WORKER_SHIFT) & _WORKER_MASK, number & _SEQUENCE_MASK)


def first_id(instant: int) -> int:
    """The least ID a post of this millisecond can have."""
    return _number((instant - EPOCH_MS) << _TIME_SHIFT)


def _number(post_id: int | str) -> int:
    """The ID as a number in range. A float is refused: it has already lost the last digits."""
    if isinstance(post_id, str):
        if not _DECIMAL.fullmatch(post_id):
            raise BadId("post_id_not_decimal", {"length": len(post_id)})
        post_id = int(post_id)
    if not isinstance(post_id, int) or isinstance(post_id, bool):
        raise BadId("post_id_type", {"type": type(post_id).__name__})
    if post_id > LAST_ID:
        raise BadId("post_id_too_large", {})
    if post_id < FIRST_ID:
        raise BadId("post_id_before_scheme", {})
    return post_id

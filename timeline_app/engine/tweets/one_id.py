"""One written ID, judged: digits, a link to a tweet, or what a spreadsheet made of it. Columns are in `id_digits`.

A number in scientific notation keeps its leading digits: `1.26426E+18` is known to half of its last digit, +-20
minutes. A spreadsheet keeps 15 digits, which leaves the millisecond right; the tweet cannot be looked up again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from timeline_app.domain.snowflake import FIRST_ID, LAST_ID
from timeline_app.engine.tweets.batch import BEFORE_SCHEME, DAMAGED

_TIME_SHIFT = 22
_URL = re.compile(r"(?:twitter|x)\.com/[^/\s]+/status(?:es)?/([0-9]{1,19})(?!\w)", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]*))?[eE]\+?([0-9]{1,2})")
_DECIMAL = re.compile(r"([0-9]{1,19})[.,]0+")
CUT_WIDTH_MS = 1  # up to 9,999 of the 4,194,304 IDs of a millisecond are lost
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class OneId:
    """`id` with its flags, or the `reason` why there is none: not_an_id, too_large, no_id."""

    id: int = 0
    flags: int = 0
    half_width_ms: int = 0
    reason: str = ""

    @property
    def found(self) -> bool:
        """Whether there is an ID."""
        return not self.reason


def one_id(text: str) -> OneId:
    """What is written, as an ID. Digits of other scripts are none."""
    given = text.strip(" \t\r\n\f\v\ufeff\xa0\"'")
    if not given:
        return OneId(reason="no_id")
    if given.isascii() and given.isdecimal():
        return _exact(given)
    if len(given) > _LONGEST:
        return OneId(reason="not_an_id")
    if match := _URL.search(given):
        return _exact(match[1])
    if match := _SCIENTIFIC.fullmatch(given):
        return _scientific(match[1] + (match[2] or ""), int(match[3]))
    if match := _DECIMAL.fullmatch(given):
        found = _exact(match[1])
        return OneId(found.id, found.flags | DAMAGED, CUT_WIDTH_MS) if found.found else found
    return OneId(reason="not_an_id")


def _exact(digits: str) -> OneId:
    if len(digits.lstrip("0")) > 19 or int(digits) > LAST_ID:
        return OneId(reason="too_large")
    number = int(digits)
    if not number:
        return OneId(reason="not_an_id")
    return OneId(number, BEFORE_SCHEME if number < FIRST_ID else 0)


def _scientific(digits: str, exponent: int) -> OneId:
    if exponent < len(digits) - 1:
        return OneId(reason="not_an_id")
    unit = 10 ** (exponent - len(digits) + 1)
    number = int(digits) * unit
    if number > LAST_ID:
        return OneId(reason="too_large")
    if number < FIRST_ID:
        return OneId(reason="not_an_id")
    return OneId(number, DAMAGED, max(CUT_WIDTH_MS, -(-unit // 2 >> _TIME_SHIFT)))
